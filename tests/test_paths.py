"""What ships with tana is found from a checkout, wherever the command is run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from assessments import paths
from assessments.runner import STEPS

CHECKOUT = Path(__file__).resolve().parent.parent


def test_a_checkout_uses_its_own_files() -> None:
    assert CHECKOUT / "questionnaires" == paths.QUESTIONNAIRES
    assert CHECKOUT / "notebooks" == paths.NOTEBOOKS
    assert (paths.QUESTIONNAIRES / "cooperation" / "survey.csv").is_file()
    assert (paths.REPORT_TEMPLATES / "project_design.docx").is_file()
    assert all(step.notebook.is_file() for step in STEPS)


def test_examples_are_of_fictional_countries() -> None:
    codes = {folder.name for folder in paths.EXAMPLES.iterdir() if folder.is_dir()}
    assert codes == {"XAA", "XAB", "XAC", "XAD"}


def test_another_working_directory_finds_the_same(tmp_path: Path) -> None:
    code = "from assessments import paths; print(paths.QUESTIONNAIRES)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert Path(done.stdout.strip()) == CHECKOUT / "questionnaires"
