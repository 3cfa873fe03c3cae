"""The wheel holds all that tana needs, and finds it with no checkout near."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that an installer would write the wheel into."""
    pytest.importorskip("hatchling", reason="hatchling builds the wheel")
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")],
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
        timeout=120,
    )
    (wheel,) = (folder / "dist").glob("tana-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_holds_packs_notebooks_and_templates_and_no_tests(unpacked: Path) -> None:
    shipped = unpacked / "assessments" / "shipped"
    assert (shipped / "questionnaires" / "cooperation" / "method.toml").is_file()
    assert (shipped / "questionnaires" / "examples" / "XAA" / "CA.csv").is_file()
    assert len(list((shipped / "notebooks").glob("*.ipynb"))) == 4
    assert (shipped / "report_templates" / "project_design.docx").is_file()
    top = {item.name for item in unpacked.iterdir()}
    assert {name for name in top if not name.endswith(".dist-info")} == {"assessments", "flows"}
    assert not [path for path in unpacked.rglob("*") if path.name == "tests"]
    data = {path.suffix for path in (CHECKOUT / "assessments" / "language").rglob("*.po")}
    assert data <= {path.suffix for path in unpacked.rglob("*.po")}


def test_the_wheel_works_where_there_is_no_checkout(unpacked: Path, tmp_path: Path) -> None:
    """PYTHONPATH stands before the editable install, as the assertion on the path shows."""
    code = (
        "from assessments import paths; from assessments.cli.main import run; "
        "import sys; sys.stderr.write(str(paths.QUESTIONNAIRES)); run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "pack", "list", "--json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked), "TANA_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == str(unpacked / "assessments" / "shipped" / "questionnaires")
    (pack,) = [item for item in json.loads(done.stdout)["packs"] if item["id"] == "cooperation"]
    assert pack["questions"] > 200
