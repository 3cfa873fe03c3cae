"""How long it takes to build all workbooks of a country, against xlsxwriter writing the cells bare.

The baseline writes the same sheets with the same texts, numbers and formulas, and nothing else: no
format, no drop-down, no name, no height. `tana questionnaire build` is a new process, so that its
seconds are those from the command line to the answer, in each language.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import openpyxl
import xlsxwriter

from assessments.pack.load import find_pack, load_pack
from benchmarks.measure import Measure, command, in_turns

LIMIT, WITHIN, ROUNDS = 6.0, 4.0, 3
Cells = list[tuple[int, int, str | float]]


def contents(path: Path) -> dict[str, Cells]:
    """Sheet -> its cells, rows and columns from 0."""
    return {
        sheet.title: [
            (cell.row - 1, cell.column - 1, cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        for sheet in openpyxl.load_workbook(path).worksheets
    }


def write_bare(sheets: dict[str, Cells], path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    for title, cells in sheets.items():
        sheet = book.add_worksheet(title)
        for row, column, value in cells:
            sheet.write(row, column, value)
    book.close()


def measures() -> list[Measure]:
    languages = load_pack(find_pack("cooperation")).languages
    return [_built_in(language) for language in languages]


def _built_in(language: str) -> Measure:
    with tempfile.TemporaryDirectory() as name:
        home, folder = Path(name) / "home", Path(name) / "to-send"

        def build() -> None:
            command("questionnaire", "build", "--country", "XAB", "--round", "2026",
                    "--language", language, "--out", folder, home=home)  # fmt: skip

        build()
        bare = [contents(path) for path in sorted(folder.glob("*.xlsx"))]

        def write_all() -> None:
            for number, sheets in enumerate(bare):
                write_bare(sheets, Path(name) / f"bare-{number}.xlsx")

        seconds = in_turns({"built": build, "bare": write_all}, ROUNDS)
    return Measure(
        f"{len(bare)} workbooks of a country ({language}), from the command line, against "
        "xlsxwriter writing the same cells bare",
        seconds["built"] / seconds["bare"], LIMIT, at_most=True,
        seconds=seconds["built"], within=WITHIN,
    )  # fmt: skip
