"""The cover: what the questionnaire is for, who fills it in, until when, and how far it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from assessments.language import written_date
from assessments.workbook.book import Book
from assessments.workbook.fit import Text, one_row
from assessments.workbook.layout import FILLED_BY_NAME, choice_labels
from assessments.workbook.progress import LABEL, NAME, WIDTHS, minutes, write_progress
from assessments.workbook.statements import confidentiality, purpose


def cover_title(book: Book) -> str:
    return book.translate("Cover")


def write_cover(book: Book) -> None:
    """Write the first sheet; its name must stand before others link to it."""
    sheet = book.workbook.get_worksheet_by_name(cover_title(book))
    sheet.set_portrait()
    sheet.fit_to_pages(1, 1)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    row = _title(book, sheet)
    row = _facts(book, sheet, row)
    row = _instructions(book, sheet, row)
    write_progress(book, sheet, row)
    sheet.activate()


def _across(
    book: Book, sheet: Any, row: int, text: str, style: str, least: float, first: int = LABEL,
    beside: Text | None = None,
) -> None:  # fmt: skip
    """A text merged to the right edge, in a row that is high enough; none of them is an answer."""
    sheet.merge_range(row, first, row, len(WIDTHS) - 1, "", book.style[style])
    sheet.write_string(row, first, text, book.style[style])
    texts = [Text(text, style, sum(WIDTHS[first:])), *([beside] if beside else [])]
    sheet.set_row(row, one_row(texts, least))
    sheet.fixed_rows.add(row)


def _title(book: Book, sheet: Any) -> int:
    edition, translate = book.edition, book.translate
    _across(book, sheet, 0, edition.pack.title.in_(edition.language), "title", 34)
    subtitle = f"{edition.country.un_name} · {edition.institution_name} · {edition.round}"
    _across(book, sheet, 1, subtitle, "subtitle", 22)
    line = translate("Questionnaire for planning technical assistance. Not an official document.")
    _across(book, sheet, 2, line, "note", 15)
    return 4


def _facts(book: Book, sheet: Any, row: int) -> int:
    translate = book.translate
    again = [(translate("Follow-up"), _follow_up(book))] if book.edition.only else []
    facts = (
        *again,
        (translate("Purpose"), purpose(book.edition.pack, book.edition.language, translate)),
        (
            translate("Who fills it in"),
            translate(
                "{institution}: the unit that does the work, with the agreement of its head. "
                "One copy for the institution.",
                institution=book.edition.institution_name,
            ),
        ),
        (translate("Extent"), _extent(book)),
        (translate("Reference date"), _reference_date(book)),
        (translate("Please return by"), _day(book, book.edition.deadline)),
        (translate("How to return it"), _return(book)),
        (
            translate("Confidentiality"),
            confidentiality(book.edition.pack, book.edition.language, translate),
        ),
    )
    for label, text in facts:
        sheet.write_string(row, LABEL, label, book.style["label"])
        strong = label == translate("Please return by")
        beside = Text(label, "label", WIDTHS[LABEL])
        _across(book, sheet, row, text, "strong" if strong else "text", 18, NAME, beside)
        row += 1
    label = translate("Filled in by (post and unit)")
    sheet.write_string(row, LABEL, label, book.style["label"])
    sheet.write_string(row, NAME, book.edition.filled_by, book.style["entry"])
    sheet.set_row(row, one_row([Text(label, "label", WIDTHS[LABEL])], 24))
    book.name(FILLED_BY_NAME, cover_title(book), row + 1, NAME + 1)
    return row + 2


def _follow_up(book: Book) -> str:
    return book.translate(
        "Thank you for your answers. This workbook asks again only what is still open; under each "
        "question stands why. What you leave blank stays as you answered it before."
    )


def _extent(book: Book) -> str:
    translate, edition = book.translate, book.edition
    questions = [place.question for place in book.plan.places.values()]
    own = sum(question.lead == edition.institution for question in questions)
    count = translate.ngettext("{count} question", "{count} questions", len(questions))
    confirm = translate.ngettext(
        "{count} to confirm or dispute", "{count} to confirm or dispute", len(questions) - own
    )
    time = translate("about {minutes} minutes", minutes=minutes(book))
    return f"{count} ({confirm}), {time}"


def _reference_date(book: Book) -> str:
    day = date.fromisoformat(book.edition.reference_date)
    return book.translate(
        "{date}. Facts: as they stand on this day. All counts: the last full calendar year before "
        "it, 1 January to 31 December {year}.",
        date=written_date(day, book.edition.language),
        year=day.year - 1,
    )


def _day(book: Book, iso: str) -> str:
    return written_date(date.fromisoformat(iso), book.edition.language)


def _return(book: Book) -> str:
    translate, to = book.translate, book.edition.return_to
    send = (
        translate("Send it as an attachment to {office}.", office=to)
        if to
        else translate("Send it as an attachment to the office that sent it to you.")
    )
    save = translate("Save the file as an Excel workbook (.xlsx) under the name that it has.")
    after = translate(
        "A partly filled file is welcome. Where something has to be corrected you get a copy with "
        "a note on each cell."
    )
    return f"{save} {send} {after}"


def _instructions(book: Book, sheet: Any, row: int) -> int:
    translate = book.translate
    sheet.write_string(row, LABEL, translate("How to fill it in"), book.style["heading"])
    sheet.set_row(row, 22)
    steps = (
        translate("Fill in the yellow, framed cells only. Tab takes you to the next one."),
        translate(
            "Where a list opens, choose from it. Numbers are digits only: 1200, not “about 1 200 "
            "requests”."
        ),
        translate(
            "Where you cannot answer, leave the answer empty and choose in “No answer because”: "
            "{reasons}. Zero means zero, never “unknown”.",
            reasons=translate.joined(book.shown(book.reasons)),
        ),
        translate(
            "“Answer” marks the facts your institution is responsible for (in bold). “Confirm or "
            "dispute” marks facts asked of another institution as well: say how you see them."
        ),
        translate(
            "Cite the document that shows your answer: title, number, date. It need not be "
            "attached. Kinds of evidence: {kinds}.",
            kinds=translate.joined(_own_evidence(book)),
        ),
        translate(
            "Choose the highest level of which every part is true; if in doubt, the lower one."
        ),
        *_verdict_step(book),
    )
    for number, text in enumerate(steps, start=1):
        row += 1
        sheet.write_number(row, 0, number, book.style["legend_number"])
        _across(book, sheet, row, text, "plain", 17)
    return row + 2


def _verdict_step(book: Book) -> tuple[str, ...]:
    """How to take what is known already, where the workbook shows any of it."""
    if not any(place.is_known for place in book.plan.places.values()):
        return ()
    text = book.translate(
        "“Known already” under a question shows what somebody said before, and its source. Choose "
        "“Confirmed” and it is your answer, or “Disputed” and answer above. Until you choose, it "
        "does not count."
    )
    return (text,)


def _own_evidence(book: Book) -> list[str]:
    """The kinds of evidence that the institution can give: only an observer attests what was seen.

    The drop-down holds all of them, as does the list that reading knows.
    """
    edition = book.edition
    observes = edition.pack.institutions[edition.institution].kind == "observer"
    kinds = edition.pack.choice_lists["evidence_classes"]
    own = [kind for kind in kinds if observes or kind.kind not in ("seen", "observed")]
    return list(choice_labels(own, edition.language).values())
