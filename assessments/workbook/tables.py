"""Table sheets: treaties, authorities, staff, requests by year; one sheet a table.

The defined name of the question covers the headings, the rows and the line that ends the table, so
that rows inserted anywhere inside are part of it; each heading has a name of its own, so that
inserted columns change nothing. A table with fixed rows has the row's id beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Any

from assessments.pack.model import Question, QuestionType, TableColumn
from assessments.workbook.book import Book
from assessments.workbook.entries import Offers, entry, style_of
from assessments.workbook.fit import DIGIT, Text, bold, one_row, size
from assessments.workbook.hidden import (
    TABLE_HEADER_ROW,
    TABLE_PART_COLUMNS,
    TABLE_PART_ROW,
    table_first_row,
)
from assessments.workbook.known import CONFIRM, DISPUTE, verdicts
from assessments.workbook.layout import (
    Part,
    answer_name,
    choice_labels,
    column_names,
    item_id,
    table_part_name,
)
from assessments.workbook.letters import width
from assessments.workbook.lines import guidance, headings, one_line, role
from assessments.workbook.plan import Edition, Place, reference

_LEAST = {  # width of a column in figures, by what is entered
    QuestionType.TEXT: 30.0,
    QuestionType.SELECT_ONE: 24.0,
    QuestionType.SELECT_MULTIPLE: 28.0,
    QuestionType.DATE: 14.0,
}
_KEY, _NUMBER, _REMARK = 44.0, 9.0, 30.0
_ENTRY_ROW, _GAP = 20, 6  # points


def write_table(book: Book, place: Place) -> None:
    """Write one table's sheet."""
    sheet = book.sheet(place.table_sheet, place.table_sheet)
    widths = column_widths(book.edition, place.question)
    sheet.set_column(0, 0, _NUMBER)
    for index, wide in enumerate(widths, start=1):
        sheet.set_column(index, index, wide)
    offers = Offers(book, sheet)
    _head(book, sheet, place, widths)
    _parts(book, sheet, place, offers, widths)
    _headings(book, sheet, place, widths)
    first, count = table_first_row(place), place.table_rows
    for offset in range(count):
        _row(book, sheet, place, first + offset, offset, widths)
    offers.write()
    _end(book, sheet, place, first + count)
    _set_up(sheet, place.question, first + count, len(widths))


def column_widths(edition: Edition, question: Question) -> list[float]:
    """Width of each column in figures: no word of its heading is parted, no choice cut."""
    language = edition.language
    widths = []
    for column in question.columns:
        least = _LEAST.get(column.type, 13.0)
        if column.name == question.row_key:
            least = _KEY
        words = [(word, "header") for word in column.label.in_(language).split()]
        if column.type is QuestionType.SELECT_ONE and column.name != question.row_key:
            words += [
                (label, style_of(column))
                for label in choice_labels(column.choices, language).values()
            ]
        widest = max((_figures(word, style) for word, style in words), default=0.0)
        widths.append(min(max(least, widest), max(least, _KEY)))
    # what is said of the whole table stands in columns of its own, even if the table has fewer
    return widths + [_REMARK] * (len(TABLE_PART_COLUMNS) - len(widths))


def _figures(text: str, style: str) -> float:
    """Width of a text in figures of the default type, rounded up."""
    return ceil(width(text, size(style), bold(style)) / DIGIT)


def _head(book: Book, sheet: Any, place: Place, widths: list[float]) -> None:
    """The question, what is asked of it, and the way back."""
    question, edition, style = place.question, book.edition, book.style
    across = sum(widths)
    note = f"{book.translate('You are asked to')}: {role(edition, question)}. "
    texts = (
        (one_line(question.label.in_(edition.language)), "table_title"),
        (note + _all_guidance(book, question), "table_note"),
    )
    back = book.translate("Back")
    sheet.write_string(0, 0, question.name, style["id"])
    target = f"internal:'{place.sheet}'!A{place.row}"
    sheet.write_url(1, 0, target, style["back"], back)
    beside = {1: [Text(back, "back", _NUMBER)]}
    for row, (text, name) in enumerate(texts):
        sheet.merge_range(row, 1, row, len(widths), "", style[name])
        sheet.write_string(row, 1, text, style[name])
        said = [Text(text, name, across), *beside.get(row, ())]
        sheet.set_row(row, one_row(said, least=18))
        sheet.fixed_rows.add(row)


def _all_guidance(book: Book, question: Question) -> str:
    """The question's guidance, and that of columns whose input message may be cut."""
    several = [_hint(book, c) for c in question.columns if c.type is QuestionType.SELECT_MULTIPLE]
    known = [_known_already(book, question)] if question.name in book.edition.known else []
    return "\n".join([guidance(book.edition, question), *known, *several])


def _known_already(book: Book, question: Question) -> str:
    """Where what is known stands, and what becomes of it together with what is entered here."""
    said = verdicts(book.translate)
    fields = {
        "back": book.translate("Back"),
        "confirmed": said[CONFIRM],
        "disputed": said[DISPUTE],
    }
    if question.row_key:
        return book.translate(
            "Known already: follow “{back}” to see it. Choose “{confirmed}” there and it is your "
            "answer; what you enter here completes or corrects it.",
            **fields,
        )
    return book.translate(
        "Known already: follow “{back}” to see it. Choose “{confirmed}” there and it is your "
        "answer, with the rows that you add here; or choose “{disputed}” and enter all rows here.",
        **fields,
    )


def _parts(book: Book, sheet: Any, place: Place, offers: Offers, widths: list[float]) -> None:
    """What is said of the whole table: a reason, its evidence, a comment."""
    question, style = place.question, book.style
    texts = headings(book.translate)
    lists = {Part.REASON: book.reasons, Part.EVIDENCE_CLASS: book.evidence_classes}
    labels, entries = list[Text](), list[Text]()
    for part, column in TABLE_PART_COLUMNS.items():
        wide = widths[column - 2]
        sheet.write_string(TABLE_PART_ROW - 2, column - 1, texts[part], style["label"])
        labels.append(Text(texts[part], "label", wide))
        if part in lists:
            offers.add(TABLE_PART_ROW, column, lists[part], "entry_beside")
            entries += [Text(said, "entry_beside", wide) for said in book.shown(lists[part])]
        else:
            sheet.write_blank(TABLE_PART_ROW - 1, column - 1, None, style["entry_beside"])
        name = table_part_name(question.name, part)
        book.name(name, place.table_sheet, TABLE_PART_ROW, column)
    sheet.set_row(TABLE_PART_ROW - 2, one_row(labels, least=18))
    sheet.set_row(TABLE_PART_ROW - 1, one_row(entries, least=18))
    sheet.set_row(TABLE_PART_ROW, _GAP)
    sheet.fixed_rows.add(TABLE_PART_ROW)


def _headings(book: Book, sheet: Any, place: Place, widths: list[float]) -> None:
    question, style = place.question, book.style
    names, language = column_names(question), book.edition.language
    sheet.write_string(TABLE_HEADER_ROW - 1, 0, book.translate("No."), style["header"])
    texts = []
    for index, column in enumerate(question.columns):
        label = one_line(column.label.in_(language))
        sheet.write_string(TABLE_HEADER_ROW - 1, index + 1, label, style["header"])
        book.name(names[column.name], place.table_sheet, TABLE_HEADER_ROW, index + 2)
        texts.append(Text(label, "header", widths[index]))
    sheet.set_row(TABLE_HEADER_ROW - 1, one_row(texts, least=30))


def _row(book: Book, sheet: Any, place: Place, row: int, offset: int, widths: list[float]) -> None:
    question, style, language = place.question, book.style, book.edition.language
    texts = list[Text]()
    for index, column in enumerate(question.columns):
        if column.name == question.row_key:
            name, label = list(choice_labels(column.choices, language).items())[offset]
            sheet.write_string(row - 1, 0, item_id(question.name, name), book.shows(offset + 1))
            sheet.write_string(row - 1, index + 1, label, style["fixed"])
            texts.append(Text(label, "fixed", widths[index]))
        else:
            entry(book, sheet, row, index + 2, column, question.name, _hint(book, column))
            texts += _choices(column, language, widths[index])
    if not question.row_key:
        sheet.write_number(row - 1, 0, offset + 1, style["id"])
    sheet.set_row(row - 1, one_row(texts, least=_ENTRY_ROW))


def _choices(column: TableColumn, language: str, wide: float) -> Iterable[Text]:
    if column.type is not QuestionType.SELECT_ONE:
        return ()
    labels = choice_labels(column.choices, language).values()
    return (Text(label, style_of(column), wide) for label in labels)


def _end(book: Book, sheet: Any, place: Place, end: int) -> None:
    """The line that ends the table, and the name that covers it all."""
    question, style = place.question, book.style
    for number in range(1 + len(question.columns)):
        sheet.write_blank(end - 1, number, None, style["end"])
    if not question.row_key:
        text = book.translate("End of the table. Insert more rows above this line.")
        sheet.write_string(end - 1, 0, text, style["end"])
    top = reference(place.table_sheet, TABLE_HEADER_ROW, 1)
    bottom = reference(place.table_sheet, end, 1 + len(question.columns)).rpartition("!")[2]
    book.workbook.define_name(answer_name(question.name), f"={top}:{bottom}")


def _set_up(sheet: Any, question: Question, end: int, columns: int) -> None:
    sheet.freeze_panes(TABLE_HEADER_ROW, 2 if question.row_key else 1)
    sheet.repeat_rows(TABLE_HEADER_ROW - 1)
    sheet.print_area(0, 0, end - 1, columns)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    if not question.row_key:  # rows may be added where their number is open
        sheet.protect(
            "",
            {"format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True},
        )


def _hint(book: Book, column: TableColumn) -> str:
    label = one_line(column.label.in_(book.edition.language))
    if column.type is QuestionType.SELECT_MULTIPLE:
        labels = choice_labels(column.choices, book.edition.language).values()
        choices = book.translate.joined([*labels])
        advice = book.translate("Several are possible, separated by a semicolon")
        return f"{label}. {advice}: {choices}"
    return label
