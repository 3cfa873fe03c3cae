"""How long it takes to build all workbooks of a country, against xlsxwriter writing the cells bare.

The baseline writes the same sheets with the same texts, numbers and formulas, and nothing else: no
format, no drop-down, no name, no height.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import openpyxl
import xlsxwriter

from assessments.pack.load import find_pack, load_pack
from assessments.pack.model import Pack, Tier
from assessments.reference import country
from assessments.workbook.write import build_workbook
from benchmarks.measure import Measure, in_turns

LIMIT, ROUNDS = 3.0, 5
Cells = list[tuple[int, int, str | float]]


def build(pack: Pack, folder: Path) -> list[Path]:
    """The workbooks of every institution that is asked something."""
    asked = [code for code in pack.institutions if pack.asked_of(code, Tier.STANDARD)]
    return [
        build_workbook(
            pack, country("XAA"), "2026", code, "fr", Tier.STANDARD, folder / f"{code}.xlsx",
            reference_date=date(2026, 3, 31), deadline=date(2026, 6, 30),
        )
        for code in asked
    ]  # fmt: skip


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
    pack = load_pack(find_pack("cooperation"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = [contents(path) for path in build(pack, folder)]

        def write_all() -> None:
            for number, sheets in enumerate(bare):
                write_bare(sheets, folder / f"bare-{number}.xlsx")

        seconds = in_turns({"built": lambda: build(pack, folder), "bare": write_all}, ROUNDS)
    what = f"{len(bare)} workbooks of a country against xlsxwriter writing the same cells bare"
    return [Measure(what, seconds["built"] / seconds["bare"], LIMIT, at_most=True)]
