"""Entry cells: the style, the drop-down, the rule and the input message of one answer cell."""

from __future__ import annotations

from typing import Any

from assessments.pack.expressions import Expression, to_excel
from assessments.pack.model import Question, QuestionType, TableColumn
from assessments.untrusted.cells import address
from assessments.workbook.book import Book, message
from assessments.workbook.hidden import state_value
from assessments.workbook.layout import labels

_STYLE = {
    QuestionType.INTEGER: "entry_integer",
    QuestionType.DECIMAL: "entry_decimal",
    QuestionType.DATE: "entry_date",
    QuestionType.SELECT_ONE: "entry_choice",
    QuestionType.LEVEL: "entry_choice",
}


def style_of(asked: Question | TableColumn) -> str:
    """Name of the style of an answer cell."""
    return _STYLE.get(asked.type, "entry")


def entry(
    book: Book,
    sheet: Any,
    row: int,
    column: int,
    asked: Question | TableColumn,
    title: str,
    hint: str,
) -> None:
    """Write the blank answer cell of a question or of a table's column (row, column from 1)."""
    sheet.write_blank(row - 1, column - 1, None, book.style[style_of(asked)])
    rule: dict[str, Any] = {"validate": "any"}
    if asked.type in (QuestionType.SELECT_ONE, QuestionType.LEVEL):
        rule = _list(book, book.choices(labels(asked, book.edition.language, book.translate)))
    elif asked.type in (QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.DATE):
        rule = _number(book, asked, row, column)
    shown = message(hint)
    if shown:
        rule |= {"input_title": title[:32], "input_message": shown}
    if len(rule) > 1:
        sheet.data_validation(row - 1, column - 1, row - 1, column - 1, rule)


class Offers:
    """Blank cells of one sheet that offer a list for many lines: reasons, evidence, ticks.

    Cells that offer the same share one rule, which keeps the file small.
    """

    def __init__(self, book: Book, sheet: Any) -> None:
        self._book, self._sheet = book, sheet
        self._cells: dict[tuple[int, str], list[tuple[int, int]]] = {}

    def add(self, row: int, column: int, number: int, style: str, hint: str = "") -> None:
        """Write a blank cell (row, column from 1) whose drop-down is list `number`."""
        self._sheet.write_blank(row - 1, column - 1, None, self._book.style[style])
        self._cells.setdefault((number, hint), []).append((row - 1, column - 1))

    def write(self) -> None:
        """Write the rules, once all cells are known."""
        for (number, hint), cells in self._cells.items():
            rule = _list(self._book, number)
            if hint:
                rule["input_message"] = message(hint)
            first, *others = _ranges(cells)
            self._sheet.data_validation(*first, {**rule, "other_cells": others})


def _ranges(cells: list[tuple[int, int]]) -> list[list[int]]:
    """Cells (row, column) as ranges of neighbours in a column."""
    ranges: list[list[int]] = []
    for row, column in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        if ranges and ranges[-1][1] == column and ranges[-1][2] == row - 1:
            ranges[-1][2] = row
        else:
            ranges.append([row, column, row, column])
    return ranges


def _list(book: Book, number: int) -> dict[str, Any]:
    _ = book.translate
    return {
        "validate": "list",
        "source": f"={book.list_range(number)}",
        "error_title": _("Not on the list"),
        "error_message": message(_("Please choose from the list, or leave the cell empty.")),
    }


def _number(book: Book, asked: Question | TableColumn, row: int, column: int) -> dict[str, Any]:
    _ = book.translate
    cell = address(row, column)
    tests = [f"ISNUMBER({cell})"]
    if asked.type is QuestionType.INTEGER:
        tests.append(f"{cell}=INT({cell})")
        error = _("Please enter a whole number, digits only, without unit.")
    elif asked.type is QuestionType.DECIMAL:
        error = _("Please enter a number, digits only, without unit.")
    else:
        tests.append(f"{cell}>2100")  # a year typed alone is no date
        error = _("Please enter a date: year-month-day, such as 2024-05-31.")
    if asked.constraint is not None and _reads_only(book, asked.constraint):
        tests.append(constraint_formula(book, asked.constraint, cell))
        error = asked.constraint_message.in_(book.edition.language) or error
    return {
        "validate": "custom",
        "value": f"=AND({','.join(tests)})",
        "error_title": _("Not a number")
        if asked.type is not QuestionType.DATE
        else _("Not a date"),
        "error_message": message(error),
    }


def _reads_only(book: Book, rule: Expression) -> bool:
    """True where the workbook asks every question that the rule reads."""
    return all(name in book.plan.places for name in rule.names)


def constraint_formula(book: Book, rule: Expression, cell: str) -> str:
    return to_excel(rule, lambda name: state_value(book.plan.places[name]), here=cell)
