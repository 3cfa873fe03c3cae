"""Repeat groups of an export: each on a sheet (or in a file) of its own, tied to its submission.

KoboToolbox ties them by `_parent_index` to `_index` of the main sheet, ODK by `PARENT_KEY` to
`KEY`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.pack.model import Pack, Question, QuestionType
from assessments.untrusted.cells import Cells, Sheet
from assessments.workbook.values import alike
from assessments.workbook.xlsform.headings_of_answers import column_of_table

_TIES = (("_parent_index", "_index"), ("parent_key", "key"))
_SHEET_NAME = 31  # characters of a sheet's name that Excel keeps


def headings_of(sheet: Sheet) -> dict[int, str]:
    """What stands in the first row, by column."""
    return {column: sheet.text(1, column) for row, column in sheet.cells if row == 1}


def _place(headings: Mapping[int, str], name: str) -> int:
    return next((column for column, text in headings.items() if alike(text) == name), 0)


def is_child(sheet: Sheet) -> bool:
    """True for a sheet whose rows belong to rows of another."""
    headings = headings_of(sheet)
    return not headings or any(_place(headings, parent) for parent, _ in _TIES)


@dataclass(frozen=True, slots=True)
class Repeat:
    """The rows of one table of one submission."""

    sheet: Sheet
    rows: tuple[int, ...]
    columns: Mapping[str, int]  # table column -> column of the sheet


class Repeats:
    """The tables of an export."""

    def __init__(self, cells: Cells, main: Sheet, pack: Pack) -> None:
        self.main, self.pack = main, pack
        self.headings = headings_of(main)
        self.sheets = {
            question.name: sheet
            for question in pack.questions
            if question.type is QuestionType.TABLE
            for sheet in [self._sheet_of(question, cells)]
            if sheet is not None
        }

    def _sheet_of(self, question: Question, cells: Cells) -> Sheet | None:
        names = {question.name, *(question.label.in_(code) for code in self.pack.languages)}
        wanted = {alike(name)[:_SHEET_NAME] for name in names}
        for sheet in cells.sheets:
            title = alike(sheet.name)
            ends = {title, title.rpartition("-")[2], title.rpartition("/")[2]}
            if is_child(sheet) and ends & wanted:
                return sheet
        return None

    def of(self, question: Question, number: int) -> Repeat | None:
        """The rows of a table that belong to row `number` of the main sheet; None: no sheet."""
        sheet = self.sheets.get(question.name)
        if sheet is None:
            return None
        headings = headings_of(sheet)
        rows: tuple[int, ...] = ()
        for parent, own in _TIES:
            here, there = _place(headings, parent), _place(self.headings, own)
            if here and there:
                key = self.main.text(number, there)
                numbers = sorted({row for row, _ in sheet.cells if row > 1})
                rows = tuple(row for row in numbers if key and sheet.text(row, here) == key)
                break
        columns = {
            column.name: column_of_table(headings, column, self.pack) for column in question.columns
        }
        return Repeat(sheet, rows, columns)
