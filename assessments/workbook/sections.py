"""Dimension sheets: one line a question, with what belongs to its answer beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assessments.language import Translator
from assessments.pack.model import QuestionType
from assessments.untrusted.cells import address
from assessments.workbook import hidden
from assessments.workbook.book import Book
from assessments.workbook.entries import Offers, entry
from assessments.workbook.fit import HIGHEST, Text, row_height
from assessments.workbook.known_line import known_entry
from assessments.workbook.layout import (
    HEADER_ROW,
    WIDTHS,
    Part,
    answer_name,
    header_name,
    tick_names,
)
from assessments.workbook.lines import Line, guidance, headings, one_line
from assessments.workbook.pages import Block, breaks, page_height, scale
from assessments.workbook.plan import Place, Section, reference

_HEAD = (28, 18, 6)  # points of the rows above the headings
_BAND = 18


def statuses(translate: Translator) -> tuple[str, str, str]:
    """Done, to do, not asked."""
    return translate("done"), translate("to do"), translate("not asked")


def write_section(book: Book, section: Section) -> None:
    """Write one dimension's sheet."""
    sheet = book.sheet(section.title, section.name)
    head = _head(book, sheet, section)
    offers = Offers(book, sheet)
    for place, band in _with_bands(section):
        if band:
            _band(book, sheet, place.row - 1, place.question.sub_dimension)
        for line, start in zip(place.lines, place.starts, strict=True):
            _line(book, sheet, line, start)
        _answers(book, sheet, place, offers)
    offers.write()
    _colours(book, sheet, section)
    _pages(sheet, section, head)


def _with_bands(section: Section) -> Iterator[tuple[Place, bool]]:
    """Each question, and whether a new sub-dimension begins with it."""
    before = ""
    for place in section.places:
        yield place, place.question.sub_dimension != before
        before = place.question.sub_dimension


def _head(book: Book, sheet: Any, section: Section) -> float:
    """Write title, advice and headings; returns the points that they take."""
    translate, style = book.translate, book.style
    for part in Part:
        sheet.set_column(part.column - 1, part.column - 1, WIDTHS[part])
    sheet.write_string(0, 0, f"{section.code}  {section.name}", style["title_line"])
    cover = book.workbook.worksheets()[0].get_name()
    sheet.write_url(1, 0, f"internal:'{cover}'!A1", style["advice_link"], translate("Cover"))
    advice = translate(
        "Fill in the yellow cells. Where you cannot answer, say why in “No answer because”. "
        "Grey lines need no answer."
    )
    sheet.write_string(1, Part.QUESTION.column - 1, advice, style["advice"])
    texts = headings(translate)
    for part in Part:
        sheet.write_string(HEADER_ROW - 1, part.column - 1, texts[part], style["header"])
        book.name(header_name(section.code, part), section.title, HEADER_ROW, part.column)
    heading = row_height((Text(texts[part], "header", WIDTHS[part]) for part in Part), least=32)
    for row, height in enumerate((*_HEAD, heading)):
        sheet.set_row(row, height)
        sheet.fixed_rows.add(row)
    sheet.freeze_panes(HEADER_ROW, Part.QUESTION.column)
    sheet.repeat_rows(0, HEADER_ROW - 1)
    return sum(_HEAD) + heading


def _band(book: Book, sheet: Any, row: int, sub_dimension: str) -> None:
    name = book.edition.pack.sub_dimension[sub_dimension].name.in_(book.edition.language)
    for column in range(len(Part)):
        sheet.write_blank(row - 1, column, None, book.style["band"])
    sheet.write_string(row - 1, 0, sub_dimension, book.style["band"])
    sheet.write_string(row - 1, Part.ROLE.column - 1, name, book.style["band"])
    sheet.set_row(row - 1, _BAND)


def _line(book: Book, sheet: Any, line: Line, start: int) -> None:
    """The texts of a line, each merged over the line's rows where there are several."""
    for row in range(start, start + line.rows):
        sheet.set_row(row - 1, min(line.height / line.rows, HIGHEST))
        if line.rows > 1:
            sheet.fixed_rows.add(row - 1)
    for said in line.said:
        column, style = said.part.column - 1, book.style[said.style]
        if line.rows > 1:
            last = start + line.rows - 2
            sheet.merge_range(start - 1, column, last, column, "", style)
        sheet.write_string(start - 1, column, said.text, style)


def _answers(book: Book, sheet: Any, place: Place, offers: Offers) -> None:
    """The cells that a respondent fills in, with their names."""
    question, row = place.question, place.row
    if question.type is QuestionType.TABLE:
        _table_pointer(book, sheet, place)
    else:
        _answer(book, sheet, place, offers)
        offers.add(row, Part.REASON.column, book.reasons, "entry_beside")
        offers.add(row, Part.EVIDENCE_CLASS.column, book.evidence_classes, "entry_beside")
        for part in (Part.EVIDENCE, Part.COMMENT):
            sheet.write_blank(row - 1, part.column - 1, None, book.style["entry_beside"])
    if question.type is QuestionType.LEVEL:
        _level_ground(book, sheet, place)
    if place.is_known:
        known_entry(book, place, offers)
    _status(book, sheet, place)


def _answer(book: Book, sheet: Any, place: Place, offers: Offers) -> None:
    question, row, column = place.question, place.row, Part.ANSWER.column
    if question.type is QuestionType.SELECT_MULTIPLE:
        yes = book.translate("Yes")
        formula = f'=COUNTIF({hidden.tick_range(place)},"{yes}")'
        sheet.write_formula(row - 1, column - 1, formula, book.style["count"], 0)
        _ticks(book, sheet, place, offers)
    else:
        hint = guidance(book.edition, question)
        label = one_line(question.label.in_(book.edition.language))
        entry(book, sheet, row, column, question, question.name, hint or label)
    book.name(answer_name(question.name), place.sheet, row, column)


def _ticks(book: Book, sheet: Any, place: Place, offers: Offers) -> None:
    hint = book.translate("Choose Yes for each that applies.")
    for index, name in enumerate(tick_names(place.question).values()):
        row = place.tick_row(index)
        offers.add(row, Part.ANSWER.column, book.ticks, "entry_choice", hint)
        book.name(name, place.sheet, row, Part.ANSWER.column)
        for part in (Part.ROLE, Part.GUIDANCE):
            sheet.write_blank(row - 1, part.column - 1, None, book.style["leader"])


def _level_ground(book: Book, sheet: Any, place: Place) -> None:
    """What stands under the id, and the level that was chosen set off from the others."""
    first, last = place.answer_rows[1], place.last_answer_row
    for start in place.answer_rows[1:]:
        sheet.write_blank(start - 1, 0, None, book.style["legend"])
    answer = address(place.row, Part.ANSWER.column)
    column = Part.ROLE.column
    number, absolute = address(first, column), _absolute(answer)
    sheet.conditional_format(
        first - 1,
        column - 1,
        last - 1,
        Part.GUIDANCE.column - 1,
        {
            "type": "formula",
            "criteria": f'=LEFT({absolute},1)=${number}&""',
            "format": book.style["chosen"],
        },
    )


def _absolute(cell: str) -> str:
    letters = cell.rstrip("0123456789")
    return f"${letters}${cell[len(letters) :]}"


def _table_pointer(book: Book, sheet: Any, place: Place) -> None:
    text = book.translate("→ sheet {sheet}", sheet=place.table_sheet)
    target = f"internal:'{place.table_sheet}'!A1"
    sheet.write_url(place.row - 1, Part.ANSWER.column - 1, target, book.style["link"], text)
    for part in (Part.REASON, Part.EVIDENCE, Part.EVIDENCE_CLASS, Part.COMMENT):
        sheet.write_blank(place.row - 1, part.column - 1, None, book.style["text"])


def _status(book: Book, sheet: Any, place: Place) -> None:
    """Done, to do, or not asked; the colours go by it."""
    done, to_do, not_asked = statuses(book.translate)
    asked, finished = (hidden.state_cell(place, c) for c in (hidden.ASKED, hidden.DONE))
    formula = f'=IF({asked},IF({finished}=1,"{done}","{to_do}"),"{not_asked}")'
    now = to_do if hidden.asked_when_blank(book, place) else not_asked
    style = book.style["status"]
    sheet.write_formula(place.row - 1, Part.STATUS.column - 1, formula, style, now)


def _colours(book: Book, sheet: Any, section: Section) -> None:
    """Grey where a question is not asked, with all that stands below it; green where it is done."""
    done, _, not_asked = statuses(book.translate)
    status = address(HEADER_ROW + 1, Part.STATUS.column)
    first, last, across = HEADER_ROW, section.last_row - 1, len(Part) - 1

    def colour(top: int, left: int, bottom: int, criteria: str, style: str) -> None:
        rule = {"type": "formula", "criteria": criteria, "format": book.style[style]}
        sheet.conditional_format(top, left, bottom, across, rule)

    colour(first, 0, last, f'=${status}="{not_asked}"', "skipped")
    colour(first, Part.STATUS.column - 1, last, f'=${status}="{done}"', "done")
    for place in section.places:
        if place.question.relevant is not None and place.last_row > place.row:
            cell = _absolute(address(place.row, Part.STATUS.column))
            colour(place.row, 0, place.last_row - 1, f'={cell}="{not_asked}"', "skipped")


def _pages(sheet: Any, section: Section, head: float) -> None:
    """Landscape, with the headings on each page and no question parted from its choices."""
    percent = scale(WIDTHS.values())
    blocks = [
        Block(place.row - band, place.height + band * _BAND) for place, band in _with_bands(section)
    ]
    sheet.set_landscape()
    sheet.set_print_scale(percent)
    # a break is set above a row, counted from 1 by the rows before it
    sheet.set_h_pagebreaks([row - 1 for row in breaks(blocks, page_height(percent, head))])
    sheet.print_area(0, 0, section.last_row - 1, len(Part) - 1)


def section_link(section: Section) -> str:
    """Where a link to the section leads: its first answer."""
    return reference(section.title, HEADER_ROW + 2, Part.ANSWER.column).replace("$", "")
