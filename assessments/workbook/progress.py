"""How far the questionnaire is, on the cover: each section with its minutes, its counts and a bar.

The counts are formulas, so that they are right in every program and at every moment.
"""

from __future__ import annotations

from typing import Any

from assessments.workbook import hidden
from assessments.workbook.book import Book
from assessments.workbook.fit import Text, one_row
from assessments.workbook.plan import Section
from assessments.workbook.sections import section_link

WIDTHS = (4, 25, 35, 10, 10, 11, 11, 23)  # of the cover's columns, in figures
LABEL, NAME, _MINUTES, _DONE, _TO_DO, _SHARE, _BAR = range(1, 8)
_STEPS_OF_BAR = 20


def minutes(book: Book) -> int:
    """Of the whole, as the lines of the sections say it."""
    return sum(map(section_minutes, book.plan.sections))


def section_minutes(section: Section) -> int:
    """Estimated minutes, in steps of five: nobody knows it more exactly."""
    estimated = sum(place.question.minutes for place in section.places)
    return max(5, round(estimated / 5) * 5)


def write_progress(book: Book, sheet: Any, row: int) -> None:
    """Write the lines of the sections from `row` (from 0), and one for all."""
    translate, style = book.translate, book.style
    sheet.write_string(row, LABEL, translate("Progress"), style["heading"])
    sheet.set_row(row, 22)
    row += 1
    headings = {
        LABEL: translate("Sheet"),
        NAME: translate("Part"),
        _MINUTES: translate("minutes"),
        _DONE: translate("done"),
        _TO_DO: translate("to do"),
        _SHARE: translate("Share"),
        _BAR: "",
    }
    for column, text in headings.items():
        named = "header" if column < _MINUTES else "column_number"
        sheet.write_string(row, column, text, style[named])
    sheet.set_row(row, 20)
    for section in book.plan.sections:
        row += 1
        _section_line(book, sheet, row, section)
    row += 1
    sheet.write_string(row, LABEL, translate("All"), style["label"])
    sheet.write_blank(row, NAME, None, style["label"])
    sheet.write_number(row, _MINUTES, minutes(book), style["number"])
    for column, state in ((_DONE, hidden.DONE), (_TO_DO, hidden.TO_DO)):
        total = f"=SUM({hidden.state_range(book, state)})"
        sheet.write_formula(row, column, total, style["number"], _at_first(book, state, ""))
    _share(book, sheet, row)


def _section_line(book: Book, sheet: Any, row: int, section: Section) -> None:
    style = book.style
    link = f"internal:{section_link(section)}"
    sheet.write_url(row, LABEL, link, style["link"], section.title)
    sheet.write_string(row, NAME, section.name, style["text"])
    sheet.write_number(row, _MINUTES, section_minutes(section), style["number"])
    for column, state in ((_DONE, hidden.DONE), (_TO_DO, hidden.TO_DO)):
        codes, counted = hidden.state_range(book, 6), hidden.state_range(book, state)
        formula = f'=SUMIF({codes},"{section.code}",{counted})'
        sheet.write_formula(
            row, column, formula, style["number"], _at_first(book, state, section.code)
        )
    _share(book, sheet, row)
    texts = (
        Text(section.title, "link", WIDTHS[LABEL]),
        Text(section.name, "text", WIDTHS[NAME]),
    )
    sheet.set_row(row, one_row(texts, least=17))


def _share(book: Book, sheet: Any, row: int) -> None:
    """Done of what is asked: done / (done + to do), which inserted rows cannot change.

    The bar is made of letters, so that it prints, needs no colour and stands in every program.
    """
    done, to_do = (f"{chr(ord('A') + column)}{row + 1}" for column in (_DONE, _TO_DO))
    formula = f"=IF({done}+{to_do}=0,1,{done}/({done}+{to_do}))"
    asked = _at_first(book, hidden.TO_DO, "")
    sheet.write_formula(row, _SHARE, formula, book.style["percent"], 0 if asked else 1)
    full = f"ROUND({chr(ord('A') + _SHARE)}{row + 1}*{_STEPS_OF_BAR},0)"
    bar = f'=REPT("█",{full})&REPT("░",{_STEPS_OF_BAR}-{full})'
    sheet.write_formula(row, _BAR, bar, book.style["bar"], "░" * _STEPS_OF_BAR)


def _at_first(book: Book, state: int, code: str) -> int:
    """What the count shows before anything is filled in."""
    if state == hidden.DONE:
        return 0
    return sum(
        hidden.asked_when_blank(book, place)
        for place in book.plan.places.values()
        if code in ("", place.question.dimension)
    )
