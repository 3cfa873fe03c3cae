"""Table sheets: treaties, authorities, staff, requests by year; one sheet a table.

The defined name of the question covers the headings, the rows and the line that ends the table, so
that rows inserted anywhere inside are part of it; each heading has a name of its own, so that
inserted columns change nothing. A table with fixed rows has the row's id beside it.
"""

from __future__ import annotations

from typing import Any

from assessments.pack.model import QuestionType, TableColumn
from assessments.workbook.book import Book
from assessments.workbook.entries import choice_entry, entry
from assessments.workbook.hidden import (
    TABLE_HEADER_ROW,
    TABLE_PART_ROWS,
    table_first_row,
)
from assessments.workbook.layout import (
    Part,
    answer_name,
    choice_labels,
    column_names,
    item_id,
    table_part_name,
)
from assessments.workbook.plan import Place, reference
from assessments.workbook.sections import guidance, headings
from assessments.workbook.styles import height

_WIDTH = {
    QuestionType.TEXT: 30.0,
    QuestionType.SELECT_ONE: 24.0,
    QuestionType.SELECT_MULTIPLE: 28.0,
    QuestionType.DATE: 14.0,
}


def write_table(book: Book, place: Place) -> None:
    """Write one table's sheet."""
    question, style = place.question, book.style
    sheet = book.sheet(place.table_sheet)
    sheet.set_landscape()
    widths = _set_columns(book, sheet, place)
    _head(book, sheet, place)
    names = column_names(question)
    for index, column in enumerate(question.columns):
        label = column.label.in_(book.edition.language)
        sheet.write_string(TABLE_HEADER_ROW - 1, index + 1, label, style["header"])
        book.name(names[column.name], place.table_sheet, TABLE_HEADER_ROW, index + 2)
    sheet.write_string(TABLE_HEADER_ROW - 1, 0, book.translate("No."), style["header"])
    labels = [
        (c.label.in_(book.edition.language), w)
        for c, w in zip(question.columns, widths, strict=True)
    ]
    sheet.set_row(TABLE_HEADER_ROW - 1, height(labels, least=30, line=15))
    first, count = table_first_row(place), place.table_rows
    for offset in range(count):
        _row(book, sheet, place, first + offset, offset, widths)
    end = first + count
    for number in range(1 + len(question.columns)):
        sheet.write_blank(end - 1, number, None, style["end"])
    text = book.translate("End of the table. Insert more rows above this line.")
    sheet.write_string(end - 1, 0, "" if question.row_key else text, style["end"])
    top = reference(place.table_sheet, TABLE_HEADER_ROW, 1)
    bottom = reference(place.table_sheet, end, 1 + len(question.columns)).rpartition("!")[2]
    book.workbook.define_name(answer_name(question.name), f"={top}:{bottom}")
    sheet.freeze_panes(TABLE_HEADER_ROW, 2 if question.row_key else 1)
    sheet.repeat_rows(TABLE_HEADER_ROW - 1)
    if not question.row_key:  # rows may be added where their number is open
        sheet.protect(
            "",
            {"format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True},
        )


def _set_columns(book: Book, sheet: Any, place: Place) -> list[float]:
    widths = []
    for index, column in enumerate(place.question.columns):
        label = column.label.in_(book.edition.language)
        least = _WIDTH.get(column.type, 13.0)
        if index < 2:
            least = max(least, 24.0 if index == 0 else 30.0)
        widths.append(max(least, max((len(word) for word in label.split()), default=0) * 1.25 + 2))
        sheet.set_column(index + 1, index + 1, widths[-1])
    sheet.set_column(0, 0, 9)
    if len(widths) == 1:
        sheet.set_column(2, 2, 30)
    return widths


def _head(book: Book, sheet: Any, place: Place) -> None:
    question, translate, style = place.question, book.translate, book.style
    order = {"reading_order": 2} if book.rtl else {}
    base = {"font_name": "Arial", "valign": "top", **order}
    title = book.workbook.add_format(
        {**base, "font_size": 12, "bold": True, "font_color": "#1F3864"}
    )
    note = book.workbook.add_format(
        {**base, "font_size": 9, "italic": True, "font_color": "#595959"}
    )
    label = " ".join(question.label.in_(book.edition.language).split())
    sheet.write_string(0, 0, question.name, style["id"])
    sheet.write_string(0, 1, label, title)
    leads = question.lead == book.edition.institution
    role = translate("answer") if leads else translate("confirm or dispute")
    sheet.write_string(
        1, 1, f"{translate('You are asked to')}: {role}. {guidance(book, question)}", note
    )
    target = f"internal:'{place.sheet}'!A{place.row}"
    sheet.write_url(2, 1, target, style["link"], translate("Back to the questions"))
    sheet.set_row(0, 20)
    texts = headings(translate)
    for part, row in TABLE_PART_ROWS.items():
        sheet.write_string(row - 1, 1, texts[part], style["label"])
        if part is Part.REASON:
            choice_entry(book, sheet, row, 3, book.reasons)
        elif part is Part.EVIDENCE_CLASS:
            choice_entry(book, sheet, row, 3, book.evidence_classes)
        else:
            sheet.write_blank(row - 1, 2, None, style["entry"])
        sheet.set_row(row - 1, 18)
        book.name(table_part_name(question.name, part), place.table_sheet, row, 3)


def _row(book: Book, sheet: Any, place: Place, row: int, offset: int, widths: list[float]) -> None:
    question, style = place.question, book.style
    texts = []
    for index, column in enumerate(question.columns):
        if column.name == question.row_key:
            name, label = list(choice_labels(column.choices, book.edition.language).items())[offset]
            sheet.write_string(row - 1, 0, item_id(question.name, name), style["id"])
            sheet.write_string(row - 1, index + 1, label, style["fixed"])
            texts += [(label, widths[index]), (item_id(question.name, name), 10)]
        else:
            entry(book, sheet, row, index + 2, column, question.name, _hint(book, column))
    if not question.row_key:
        sheet.write_number(row - 1, 0, offset + 1, style["id"])
    sheet.set_row(row - 1, height(texts, least=18))


def _hint(book: Book, column: TableColumn) -> str:
    label = column.label.in_(book.edition.language)
    if column.type is QuestionType.SELECT_MULTIPLE:
        choices = "; ".join(choice_labels(column.choices, book.edition.language).values())
        advice = book.translate("Several are possible, separated by a semicolon")
        return f"{label}. {advice}: {choices}"
    return label
