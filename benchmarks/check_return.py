"""How soon a returned workbook is checked, from the command line to the answer.

`tana ingest FILE --dry-run` in a new process, against a new process in which
`openpyxl.load_workbook` opens the file and nothing is checked. Two files: that of the institution
which is asked most, and one with faults, for which a copy that says what to correct is written.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from assessments.paths import EXAMPLES
from assessments.workbook.fill import fill_workbook
from benchmarks.measure import Measure, command, in_new_process, in_turns

COUNTRY, ROUND = "XAA", "2026"
FILES = {"CA": "of the largest return", "POL": "of a return with faults"}
LIMIT, WITHIN, ROUNDS = 5.0, 1.5, 7
_LOAD = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1])"


def returned(institution: str, home: Path, folder: Path) -> Path:
    """The institution's workbook, filled; its round is open in the store in `home`."""
    sent = folder / "sent"
    command("questionnaire", "build", "--country", COUNTRY, "--round", ROUND, "--tier", "deep",
            "--institution", institution, "--out", sent, home=home)  # fmt: skip
    blank = next(sent.glob(f"*_{institution}*.xlsx"))
    answers = EXAMPLES / COUNTRY / f"{institution}.csv"
    return fill_workbook(blank, answers, folder / f"{institution}.xlsx")


def measures() -> list[Measure]:
    with tempfile.TemporaryDirectory() as name:
        home, folder = Path(name) / "home", Path(name)

        def against(institution: str) -> dict[str, float]:
            file = returned(institution, home, folder)
            asked = ("ingest", file, "--dry-run", "--out", folder)
            ways = {
                "tana": lambda: command(*asked, home=home),
                "openpyxl": lambda: in_new_process(_LOAD, file),
            }
            return in_turns(ways, ROUNDS)

        seconds = {institution: against(institution) for institution in FILES}
    return [
        Measure(
            f"tana ingest --dry-run {FILES[institution]}, against a process that loads it with "
            "openpyxl",
            took["tana"] / took["openpyxl"], LIMIT, at_most=True,
            seconds=took["tana"], within=WITHIN,
        )
        for institution, took in seconds.items()
    ]  # fmt: skip
