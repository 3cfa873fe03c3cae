"""Dimension sheets: one line a question, with what belongs to its answer beside it."""

from __future__ import annotations

from typing import Any

from assessments.language import Translator
from assessments.pack.model import Question, QuestionType
from assessments.untrusted.cells import address
from assessments.workbook import hidden
from assessments.workbook.book import Book
from assessments.workbook.entries import choice_entry, entry
from assessments.workbook.layout import (
    HEADER_ROW,
    WIDTHS,
    Part,
    answer_name,
    header_name,
    item_id,
    level_words,
    tick_names,
)
from assessments.workbook.plan import Place, Section, reference
from assessments.workbook.styles import height
from assessments.workbook.units import unit_shown


def headings(translate: Translator) -> dict[Part, str]:
    """What stands above each column."""
    return {
        Part.ID: translate("No."),
        Part.ROLE: translate("You are asked to"),
        Part.QUESTION: translate("Question"),
        Part.GUIDANCE: translate("Guidance"),
        Part.ANSWER: translate("Your answer"),
        Part.UNIT: translate("Unit"),
        Part.REASON: translate("No answer because"),
        Part.EVIDENCE: translate("Evidence: title, number, date"),
        Part.EVIDENCE_CLASS: translate("Kind of evidence"),
        Part.COMMENT: translate("Comment"),
        Part.STATUS: translate("Status"),
    }


def statuses(translate: Translator) -> tuple[str, str, str]:
    """Done, to do, not asked."""
    return translate("done"), translate("to do"), translate("not asked")


def write_section(book: Book, section: Section) -> None:
    """Write one dimension's sheet."""
    sheet = book.sheet(section.title)
    _head(book, sheet, section)
    row, sub_dimension = HEADER_ROW + 1, ""
    for place in section.places:
        if place.question.sub_dimension != sub_dimension:
            sub_dimension = place.question.sub_dimension
            _band(book, sheet, row, sub_dimension)
            row += 1
        _question(book, sheet, place)
        row = place.row + _extra_rows(book, sheet, place) + 1
    _skip_logic(book, sheet, section)
    sheet.print_area(0, 0, section.last_row - 1, len(Part) - 1)


def _head(book: Book, sheet: Any, section: Section) -> None:
    translate, style = book.translate, book.style
    sheet.set_landscape()
    for part in Part:
        sheet.set_column(part.column - 1, part.column - 1, WIDTHS[part])
    sheet.set_row(0, 28)
    plain = book.workbook.add_format(
        {
            "font_name": "Arial",
            "font_size": 16,
            "bold": True,
            "font_color": "#1F3864",
            **({"reading_order": 2} if book.rtl else {}),
        }
    )
    sheet.write_string(0, 0, f"{section.code}  {section.name}", plain)
    cover = book.workbook.worksheets()[0].get_name()
    sheet.write_url(1, 0, f"internal:'{cover}'!A1", book.style["note"], translate("Cover"))
    advice = translate(
        "Fill in the yellow cells. Where you cannot answer, say why in “No answer because”. "
        "Grey lines need no answer."
    )
    sheet.write_string(
        1,
        2,
        advice,
        book.workbook.add_format(
            {
                "font_name": "Arial",
                "font_size": 10,
                "italic": True,
                "font_color": "#595959",
                **({"reading_order": 2} if book.rtl else {}),
            }
        ),
    )
    sheet.set_row(1, 18)
    sheet.set_row(2, 6)
    texts = headings(translate)
    for part in Part:
        sheet.write_string(HEADER_ROW - 1, part.column - 1, texts[part], style["header"])
        book.name(header_name(section.code, part), section.title, HEADER_ROW, part.column)
    sheet.set_row(HEADER_ROW - 1, height(((texts[p], WIDTHS[p]) for p in Part), least=32, line=15))
    sheet.freeze_panes(HEADER_ROW, Part.QUESTION.column)
    sheet.repeat_rows(0, HEADER_ROW - 1)


def _band(book: Book, sheet: Any, row: int, sub_dimension: str) -> None:
    name = book.edition.pack.sub_dimension[sub_dimension].name.in_(book.edition.language)
    for column in range(len(Part)):
        sheet.write_blank(row - 1, column, None, book.style["band"])
    sheet.write_string(row - 1, 0, sub_dimension, book.style["band"])
    sheet.write_string(row - 1, Part.ROLE.column - 1, name, book.style["band"])
    sheet.set_row(row - 1, 18)


def guidance(book: Book, question: Question) -> str:
    """The hint, and that a document is asked for where it is."""
    hint = " ".join(question.hint.in_(book.edition.language).split())
    asked = book.translate("Please cite a document.") if question.evidence else ""
    return f"{hint} {asked}".strip()


def _question(book: Book, sheet: Any, place: Place) -> None:
    question, edition, row = place.question, book.edition, place.row
    translate, style = book.translate, book.style
    leads = question.lead == edition.institution
    label = " ".join(question.label.in_(edition.language).split())
    role = translate("answer") if leads else translate("confirm or dispute")
    hint = guidance(book, question)
    unit = unit_shown(question.unit, translate)

    def put(part: Part, text: str, name: str) -> None:
        sheet.write_string(row - 1, part.column - 1, text, style[name])

    put(Part.ID, question.name, "id")
    put(Part.ROLE, role, "lead" if leads else "confirm")
    put(Part.QUESTION, label, "question_lead" if leads else "question")
    put(Part.GUIDANCE, hint, "guidance")
    put(Part.UNIT, unit, "unit")
    sheet.set_row(
        row - 1,
        height(
            [
                (label, WIDTHS[Part.QUESTION] * (0.93 if leads else 1)),
                (hint, WIDTHS[Part.GUIDANCE] * 1.08),
                (role, WIDTHS[Part.ROLE]),
                (unit, WIDTHS[Part.UNIT]),
            ],
            least=30,
        ),
    )
    if question.type is QuestionType.TABLE:
        _table_pointer(book, sheet, place)
    else:
        _answer(book, sheet, place, label, hint)
        _beside(book, sheet, place)
    book_status(book, sheet, place, row)


def _answer(book: Book, sheet: Any, place: Place, label: str, hint: str) -> None:
    question, row, column = place.question, place.row, Part.ANSWER.column
    if question.type is QuestionType.SELECT_MULTIPLE:
        yes = book.translate("Yes")
        formula = f'=COUNTIF({hidden.tick_range(place)},"{yes}")'
        sheet.write_formula(row - 1, column - 1, formula, book.style["count"], 0)
    else:
        entry(book, sheet, row, column, question, question.name, hint or label)
    book.name(answer_name(question.name), place.sheet, row, column)


def _beside(book: Book, sheet: Any, place: Place) -> None:
    row = place.row
    choice_entry(book, sheet, row, Part.REASON.column, book.reasons)
    sheet.write_blank(row - 1, Part.EVIDENCE.column - 1, None, book.style["entry"])
    choice_entry(book, sheet, row, Part.EVIDENCE_CLASS.column, book.evidence_classes)
    sheet.write_blank(row - 1, Part.COMMENT.column - 1, None, book.style["entry"])


def _table_pointer(book: Book, sheet: Any, place: Place) -> None:
    text = book.translate("→ sheet {sheet}", sheet=place.table_sheet)
    target = f"internal:'{place.table_sheet}'!A1"
    sheet.write_url(place.row - 1, Part.ANSWER.column - 1, target, book.style["link"], text)
    for part in (Part.REASON, Part.EVIDENCE, Part.EVIDENCE_CLASS, Part.COMMENT):
        sheet.write_blank(place.row - 1, part.column - 1, None, book.style["text"])


def book_status(book: Book, sheet: Any, place: Place, row: int) -> None:
    """The status of a line: done, to do, or not asked; skip logic colours by it."""
    done, to_do, not_asked = statuses(book.translate)
    asked, finished = (hidden.state_cell(place, c) for c in (hidden.ASKED, hidden.DONE))
    formula = f'=IF({asked},IF({finished}=1,"{done}","{to_do}"),"{not_asked}")'
    now = to_do if hidden.asked_when_blank(book, place) else not_asked
    style = book.style["status"]
    sheet.write_formula(row - 1, Part.STATUS.column - 1, formula, style, now)


def _extra_rows(book: Book, sheet: Any, place: Place) -> int:
    """The lines below a question: its five levels, or its ticks. How many there are."""
    if place.question.type is QuestionType.LEVEL:
        return _levels(book, sheet, place)
    if place.question.type is QuestionType.SELECT_MULTIPLE:
        return _ticks(book, sheet, place)
    return 0


def _levels(book: Book, sheet: Any, place: Place) -> int:
    language, style = book.edition.language, book.style
    texts = book.edition.pack.sub_dimension[place.question.sub_dimension].levels
    for level, word in enumerate(level_words(book.translate)):
        row = place.row + 1 + level
        text = " ".join(texts[level].in_(language).split())
        sheet.write_blank(row - 1, 0, None, style["legend"])
        sheet.write_number(row - 1, Part.ROLE.column - 1, level, style["legend_number"])
        sheet.write_string(row - 1, Part.QUESTION.column - 1, text, style["legend"])
        sheet.write_string(row - 1, Part.GUIDANCE.column - 1, word, style["legend_word"])
        sheet.set_row(row - 1, height([(text, WIDTHS[Part.QUESTION] * 1.1)], line=12.5))
    return len(texts)


def _ticks(book: Book, sheet: Any, place: Place) -> int:
    question, style, language = place.question, book.style, book.edition.language
    names = tick_names(question)
    hint = book.translate("Choose Yes for each that applies.")
    for offset, choice in enumerate(question.choices, start=1):
        row = place.row + offset
        text = " ".join(choice.label.in_(language).split())
        sheet.write_string(row - 1, 0, item_id(question.name, choice.name), style["item"])
        sheet.write_string(row - 1, Part.QUESTION.column - 1, text, style["option"])
        choice_entry(book, sheet, row, Part.ANSWER.column, book.ticks, hint)
        book.name(names[choice.name], place.sheet, row, Part.ANSWER.column)
        book_status(book, sheet, place, row)
        sheet.set_row(
            row - 1,
            height(
                [
                    (text, WIDTHS[Part.QUESTION] - 3),
                ],
                least=17,
            ),
        )
    return len(question.choices)


def _skip_logic(book: Book, sheet: Any, section: Section) -> None:
    done, _, not_asked = statuses(book.translate)
    status = f"${address(1, Part.STATUS.column)[:-1]}{HEADER_ROW + 1}"
    first, last = HEADER_ROW, section.last_row - 1
    for word, style in ((not_asked, "skipped"), (done, "done")):
        start = 0 if style == "skipped" else Part.STATUS.column - 1
        sheet.conditional_format(
            first,
            start,
            last,
            len(Part) - 1,
            {"type": "formula", "criteria": f'={status}="{word}"', "format": book.style[style]},
        )


def section_link(section: Section) -> str:
    """Where a link to the section leads: its first answer."""
    return reference(section.title, HEADER_ROW + 2, Part.ANSWER.column).replace("$", "")
