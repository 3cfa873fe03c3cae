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
    sheet.write_blank(row - 1, column - 1, None, book.style[_STYLE.get(asked.type, "entry")])
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


def choice_entry(
    book: Book, sheet: Any, row: int, column: int, number: int, hint: str = ""
) -> None:
    """Write a blank cell whose drop-down is list `number` (reasons, kinds of evidence, ticks)."""
    sheet.write_blank(row - 1, column - 1, None, book.style["entry"])
    rule = _list(book, number)
    if hint:
        rule["input_message"] = message(hint)
    sheet.data_validation(row - 1, column - 1, row - 1, column - 1, rule)


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
