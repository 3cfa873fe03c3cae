"""What colleagues do to a workbook in Excel and LibreOffice before it comes back.

Each edit ends in one of two ways: the same answers are read, or the problem is told with its cell
or question. None reads an answer that was not given.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from assessments.pack.model import Pack
from assessments.results import AnswerState
from assessments.workbook.read import Reading, read_workbook

from .conftest import GOOD_VALUES

OPS, STR, TABLE = "OPS Operational procedures", "STR Strategies of national", "LEG_1_03"


def shift_names(book: Any, sheet: str, *, rows_from: int = 0, columns_from: int = 0) -> None:
    """What Excel does to names when a row or column is inserted, and openpyxl does not."""
    for name in book.defined_names.values():
        home, _, reference = name.attr_text.rpartition("!")
        if home.strip("'") != sheet:
            continue
        moved = []
        for corner in reference.split(":"):
            letters, row = corner.strip("$").split("$")
            column = openpyxl.utils.column_index_from_string(letters)
            column += 1 if columns_from and column >= columns_from else 0
            number = int(row) + (1 if rows_from and int(row) >= rows_from else 0)
            moved.append(f"${openpyxl.utils.get_column_letter(column)}${number}")
        name.attr_text = f"{home}!{':'.join(moved)}"


def insert_row(book: Any) -> None:
    book[OPS].insert_rows(6)
    shift_names(book, OPS, rows_from=6)


def insert_column(book: Any) -> None:
    book[OPS].insert_cols(4)
    shift_names(book, OPS, columns_from=4)


def insert_row_without_names(book: Any) -> None:
    """A program that moves cells and leaves the names behind."""
    book[OPS].insert_rows(6)


def delete_row(book: Any) -> None:
    book[OPS].delete_rows(6)


def rename_sheet(book: Any) -> None:
    book[OPS].title = "Annexe (copie)"
    for name in book.defined_names.values():
        name.attr_text = name.attr_text.replace(OPS, "Annexe (copie)")


def rename_sheet_without_names(book: Any) -> None:
    book[OPS].title = "Annexe (copie)"


def sort_rows(book: Any) -> None:
    """All columns of the question's lines in the reverse order."""
    sheet = book[OPS]
    rows = [[sheet.cell(row, column).value for column in range(1, 11)] for row in (6, 7)]
    for row, values in zip((7, 6), rows, strict=True):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column).value = value


def sort_answers_alone(book: Any) -> None:
    """Only the answer column sorted: nothing but the values changes places."""
    sheet = book[STR]
    sheet["E6"].value, sheet["E7"].value = sheet["E7"].value, sheet["E6"].value


def move_cell(book: Any) -> None:
    """Cut and paste to a free cell takes the name along."""
    book[OPS]["E30"], book[OPS]["E6"] = book[OPS]["E6"].value, None
    book.defined_names["q_OPS_1_01"] = DefinedName("q_OPS_1_01", attr_text=f"'{OPS}'!$E$30")


def paste_over(book: Any) -> None:
    """The answer of one line copied over the next, drop-down and all."""
    sheet = book[STR]
    sheet["E7"].value = sheet["E6"].value
    sheet["E7"].number_format = sheet["E6"].number_format


def drop_downs_gone(book: Any) -> None:
    for sheet in book.worksheets:
        sheet.data_validations.dataValidation = []


def other_drop_down(book: Any) -> None:
    rule = DataValidation("list", formula1='"Maybe,Perhaps"')
    rule.add("E6")
    book[STR].data_validations.dataValidation = [rule]
    book[STR]["E6"] = "Maybe"


def delete_sheet(book: Any) -> None:
    book.remove(book[STR])


def delete_hidden_sheets(book: Any) -> None:
    for name in ("tana_lists", "tana_state", "tana_identity"):
        book.remove(book[name])


def delete_names(book: Any) -> None:
    for name in list(book.defined_names):
        del book.defined_names[name]


def two_names_on_one_cell(book: Any) -> None:
    target = book.defined_names["q_OPS_1_02"].attr_text
    book.defined_names["q_OPS_1_01"] = DefinedName("q_OPS_1_01", attr_text=target)


def delete_column(book: Any) -> None:
    book[OPS].delete_cols(8)


EDITS = (
    insert_row, insert_column, insert_row_without_names, delete_row, rename_sheet,
    rename_sheet_without_names, sort_rows, sort_answers_alone, move_cell, paste_over,
    drop_downs_gone, other_drop_down, delete_sheet, delete_hidden_sheets, delete_names,
    two_names_on_one_cell, delete_column,
)  # fmt: skip
# must be read; the identity stands in the properties as well, the wording in the cells
SAME = {insert_row, insert_column, rename_sheet, drop_downs_gone, delete_hidden_sheets}


def edited(path: Path, change: Callable[[Any], None]) -> Path:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def wrong(reading: Reading, put: dict[str, object]) -> list[str]:
    """Questions whose answer is neither the given one, nor told, nor put there by the edit."""
    if not reading.accepted:
        assert all(problem.message and problem.remedy for problem in reading.problems)
        return []
    told = {problem.question for problem in reading.problems}
    return [
        answer.question
        for answer in reading.answers
        if answer.value != GOOD_VALUES[answer.question]
        and answer.question not in told
        and answer.value != put.get(answer.question, object())
    ]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_an_edit_leaves_the_answers_or_is_told(
    fill: Callable[..., Path], pack: Pack, edit: Callable[[Any], None]
) -> None:
    reading = read_workbook(edited(fill(), edit), pack)
    # pasting puts a valid answer into a cell: that is what the respondent then says
    put: dict[str, object] = {"STR_1_03": None}
    assert wrong(reading, put if edit is paste_over else {}) == []
    if edit in SAME:
        assert reading.accepted
        assert {a.question: a.value for a in reading.answers} == GOOD_VALUES
    else:
        assert any(
            p.cell or p.question or p.sheet or not reading.accepted for p in reading.problems
        )


def test_a_choice_pasted_into_a_date_is_unusable(fill: Callable[..., Path], pack: Pack) -> None:
    reading = read_workbook(edited(fill(), paste_over), pack)
    state = next(a.state for a in reading.answers if a.question == "STR_1_03")
    assert state is AnswerState.UNUSABLE
