"""The cover: what the questionnaire is for, who fills it in, until when, and how far it is."""

from __future__ import annotations

from typing import Any

from assessments.workbook import hidden
from assessments.workbook.book import Book
from assessments.workbook.layout import FILLED_BY_NAME
from assessments.workbook.plan import Section
from assessments.workbook.sections import section_link
from assessments.workbook.styles import height

_WIDTHS = (3, 30, 58, 12, 12, 14)
_TEXT_WIDTH = sum(_WIDTHS[2:])


def cover_title(book: Book) -> str:
    return book.translate("Cover")


def write_cover(book: Book) -> None:
    """Write the first sheet; its name must stand before others link to it."""
    sheet = book.workbook.get_worksheet_by_name(cover_title(book))
    sheet.set_portrait()
    sheet.fit_to_pages(1, 1)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    row = _title(book, sheet)
    row = _facts(book, sheet, row)
    row = _instructions(book, sheet, row)
    _progress(book, sheet, row)
    sheet.activate()


def _merged(book: Book, sheet: Any, row: int, text: str, style: str, first: int = 1) -> None:
    """A text across the page. Only the cover has merged cells, and none of them is an answer."""
    sheet.merge_range(row, first, row, len(_WIDTHS) - 1, "", book.style[style])
    sheet.write_string(row, first, text, book.style[style])


def _title(book: Book, sheet: Any) -> int:
    edition, translate = book.edition, book.translate
    title = edition.pack.title.in_(edition.language)
    _merged(book, sheet, 0, title, "title")
    sheet.set_row(0, height([(title, 62)], least=34, line=25))
    subtitle = f"{edition.country.un_name} · {edition.institution_name} · {edition.round}"
    _merged(book, sheet, 1, subtitle, "subtitle")
    sheet.set_row(1, height([(subtitle, 95)], least=22, line=16))
    line = translate("Questionnaire for planning technical assistance. Not an official document.")
    _merged(book, sheet, 2, line, "note")
    return 4


def _facts(book: Book, sheet: Any, row: int) -> int:
    edition, translate = book.edition, book.translate
    questions = [place.question for place in book.plan.places.values()]
    own = sum(question.lead == edition.institution for question in questions)
    minutes = sum(question.minutes for question in questions)
    count = translate.ngettext("{count} question", "{count} questions", len(questions))
    confirm = translate.ngettext(
        "{count} to confirm or dispute", "{count} to confirm or dispute", len(questions) - own
    )
    time = translate("about {minutes} minutes", minutes=max(5, round(minutes / 5) * 5))
    facts = (
        (
            translate("Purpose"),
            edition.pack.purpose.in_(edition.language)
            or translate(
                "Your answers show what works and what is missing in your institution’s part of "
                "international cooperation. They are the basis of a plan of assistance that your "
                "country can discuss, correct and adopt. This is no inspection and no ranking."
            ),
        ),
        (
            translate("Who fills it in"),
            translate(
                "{institution}: the unit that does the work, with the agreement of its head. "
                "One copy for the institution.",
                institution=edition.institution_name,
            ),
        ),
        (translate("Extent"), f"{count} ({confirm}), {time}"),
        (
            translate("Reference date"),
            translate(
                "{date}: all counts are for the last full calendar year before this date, all "
                "facts as they stood on it.",
                date=edition.reference_date,
            ),
        ),
        (translate("Please return by"), edition.deadline),
        (
            translate("Confidentiality"),
            edition.pack.confidentiality.in_(edition.language)
            or translate(
                "Answers are used for planning assistance only; restricted ones are left out of "
                "public reports. Write no names of suspects, victims, witnesses or informants, "
                "and no details of running cases."
            ),
        ),
        (
            translate("How to return it"),
            translate(
                "Save the file as an Excel workbook (.xlsx) and send it as an attachment to the "
                "office that sent it to you. A partly filled file is welcome."
            ),
        ),
    )
    for label, text in facts:
        sheet.write_string(row, 1, label, book.style["label"])
        _merged(book, sheet, row, text, "text", first=2)
        sheet.set_row(row, height([(text, _TEXT_WIDTH), (label, _WIDTHS[1])], least=18))
        row += 1
    sheet.write_string(row, 1, translate("Filled in by (post and unit)"), book.style["label"])
    sheet.write_string(row, 2, edition.filled_by, book.style["entry"])
    sheet.set_row(row, 20)
    book.name(FILLED_BY_NAME, cover_title(book), row + 1, 3)
    return row + 2


def _instructions(book: Book, sheet: Any, row: int) -> int:
    translate = book.translate
    sheet.write_string(row, 1, translate("How to fill it in"), book.style["heading"])
    sheet.set_row(row, 22)
    steps = (
        translate("Fill in the yellow cells only. Tab takes you to the next one."),
        translate(
            "Where a list opens, choose from it. Numbers are digits only: 1200, not “about 1 200 "
            "requests”."
        ),
        translate(
            "Not known, not applicable or not to be disclosed: leave the answer empty and choose "
            "the reason in “No answer because”."
        ),
        translate(
            "“Answer” marks the facts your institution is responsible for (in bold). “Confirm or "
            "dispute” marks facts asked of another institution as well: say how you see them."
        ),
        translate(
            "Cite the document that shows your answer: title, number, date. "
            "It need not be attached."
        ),
        translate(
            "Choose the highest level of which every part is true; if in doubt, the lower one."
        ),
    )
    for number, text in enumerate(steps, start=1):
        row += 1
        sheet.write_number(row, 0, number, book.style["legend_number"])
        _merged(book, sheet, row, text, "plain")
        sheet.set_row(row, height([(text, _TEXT_WIDTH + _WIDTHS[1])], least=17))
    return row + 2


def _progress(book: Book, sheet: Any, row: int) -> None:
    translate, style = book.translate, book.style
    sheet.write_string(row, 1, translate("Progress"), style["heading"])
    sheet.set_row(row, 22)
    row += 1
    headings = (translate("Sheet"), translate("Part"), translate("done"), translate("to do"))
    for column, text in enumerate((*headings, translate("Share")), start=1):
        sheet.write_string(row, column, text, style["header"])
    sheet.set_row(row, 20)
    first = row + 1
    for section in book.plan.sections:
        row += 1
        _section_line(book, sheet, row, section)
    row += 1
    sheet.write_string(row, 1, translate("All"), style["label"])
    sheet.write_blank(row, 2, None, style["label"])
    for column, state in ((3, hidden.DONE), (4, hidden.TO_DO)):
        total = f"=SUM({hidden.state_range(book, state)})"
        sheet.write_formula(row, column, total, style["number"], _at_first(book, state, ""))
    _share(book, sheet, row)
    bar = {
        "type": "data_bar",
        "bar_solid": True,
        "bar_color": "#8EA9DB",
        "bar_border_color": "#1F3864",
    }
    bar |= {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
    if book.rtl:
        bar["bar_direction"] = "right"
    sheet.conditional_format(first, 5, row, 5, bar)


def _section_line(book: Book, sheet: Any, row: int, section: Section) -> None:
    style = book.style
    link = f"internal:{section_link(section)}"
    sheet.write_url(row, 1, link, style["link"], section.title)
    sheet.write_string(row, 2, section.name, style["text"])
    for column, state in ((3, hidden.DONE), (4, hidden.TO_DO)):
        codes, counted = hidden.state_range(book, 6), hidden.state_range(book, state)
        formula = f'=SUMIF({codes},"{section.code}",{counted})'
        sheet.write_formula(
            row, column, formula, style["number"], _at_first(book, state, section.code)
        )
    _share(book, sheet, row)
    sheet.set_row(row, height([(section.title, _WIDTHS[1]), (section.name, _WIDTHS[2])], least=17))


def _share(book: Book, sheet: Any, row: int) -> None:
    """Done of what is asked: done / (done + to do), which inserted rows cannot change."""
    done, to_do = f"D{row + 1}", f"E{row + 1}"
    formula = f"=IF({done}+{to_do}=0,1,{done}/({done}+{to_do}))"
    sheet.write_formula(row, 5, formula, book.style["percent"], 0)


def _at_first(book: Book, state: int, code: str) -> int:
    """What the count shows before anything is filled in."""
    if state == hidden.DONE:
        return 0
    return sum(
        hidden.asked_when_blank(book, place)
        for place in book.plan.places.values()
        if code in ("", place.question.dimension)
    )
