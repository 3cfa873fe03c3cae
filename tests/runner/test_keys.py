"""Content keys rest on all the source that results are computed with."""

from pathlib import Path
from shutil import copytree

import pytest

import assessments
from assessments.runner.keys import library_digest

PACKAGE = Path(assessments.__file__).parent


@pytest.mark.parametrize(
    "source",
    [
        "design/cost.py",
        "identifiers.py",
        "pack/load.py",
        "reference/data/countries.csv",
        "results/project.py",
        "results/scores.py",
        "scoring/severity.py",
    ],
)
def test_a_changed_source_gives_another_library(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copytree(PACKAGE, tmp_path / "assessments")
    monkeypatch.setattr(assessments, "__file__", str(copy / "__init__.py"))
    before = library_digest.__wrapped__()
    with (copy / source).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert library_digest.__wrapped__() != before
