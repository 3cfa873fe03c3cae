"""Files of text: what a CSV file or an archive of them holds, line by line.

Exports of forms come so, and tables that colleagues write themselves: one line a thing, a heading
over each column.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assessments.problems import Problem, Severity
from assessments.untrusted import Cells, Unreadable
from assessments.untrusted.cells import Sheet
from assessments.untrusted.delimited import read_export

Lines = tuple[tuple[int, Mapping[str, str]], ...]  # row number, and cells by heading
SHEET = "CSV"  # how the place of a line is named where a workbook would name a sheet
_TEXT = "csv-not-workbook"
_OTHER_KINDS = frozenset({_TEXT, "not-a-workbook"})


def is_csv(refused: Unreadable) -> bool:
    """True where a file was refused as a workbook because it is plain text."""
    return _TEXT in {problem.code for problem in refused.problems}


def cells_of_text(path: Path, name: str, refused: Unreadable) -> Cells | None:
    """The cells of a file refused as a workbook, if it is CSV or an archive of such files.

    None where it is neither. Raises Unreadable where it is one and cannot be read.
    """
    if not {problem.code for problem in refused.problems} & _OTHER_KINDS:
        return None
    try:
        return read_export(path, name)
    except Unreadable as unreadable:
        vague = {"damaged", "csv-encoding"} & {problem.code for problem in unreadable.problems}
        if vague and not name.lower().endswith((".csv", ".zip")):
            return None  # what was said of it as a workbook says more
        raise


def headings_of(sheet: Sheet) -> dict[int, str]:
    """Column number -> heading, in the order of the columns."""
    last = max((column for row, column in sheet.cells if row == 1), default=0)
    return {column: sheet.text(1, column).strip() for column in range(1, last + 1)}


def lines_of(sheet: Sheet, headings: Mapping[int, str]) -> Lines:
    """Every line that holds anything, by heading."""
    rows = sorted({row for row, _ in sheet.cells if row > 1})
    lines = (
        (row, {name: sheet.text(row, column).strip() for column, name in headings.items()})
        for row in rows
    )
    return tuple((row, line) for row, line in lines if any(line.values()))


def given_twice(lines: Lines, heading: str) -> list[tuple[str, str]]:
    """What stands under the heading in more than one line, with the numbers of its rows."""
    rows: dict[str, list[int]] = {}
    for row, cells in lines:
        rows.setdefault(cells[heading], []).append(row)
    return [(about, ", ".join(map(str, found))) for about, found in rows.items() if len(found) > 1]


def fault(code: str, name: str, message: str, remedy: str, **place: str) -> Problem:
    """What is wrong with such a file; its author sits at the same desk, so it is refused whole."""
    return Problem(
        code=code, severity=Severity.FILE, message=message, remedy=remedy, file=name, **place
    )
