"""The cell that confirms or disputes what is known, and the hidden copy of what is shown."""

from __future__ import annotations

from assessments.workbook.book import Book
from assessments.workbook.entries import Offers
from assessments.workbook.known import stored, verdicts
from assessments.workbook.layout import Part, known_name
from assessments.workbook.plan import Place


def known_entry(book: Book, place: Place, offers: Offers) -> None:
    """Offer both verdicts beside the line."""
    name, row = place.question.name, place.known_row
    hint = book.translate(
        "Choose Confirmed if this is right: it is then your answer. Choose Disputed and answer "
        "above if it is not. It does not count until you choose."
    )
    listed = book.choices(verdicts(book.translate))
    offers.add(row, Part.ANSWER.column, listed, "entry_choice", hint)
    book.name(known_name(name), place.sheet, row, Part.ANSWER.column)


def identity_rows(book: Book) -> list[tuple[str, ...]]:
    """Reasons and known values for the hidden identity sheet."""
    edition = book.edition
    return [
        *(("why", name, text) for name, texts in edition.why.items() for text in texts),
        *(
            ("known", name, item.source, stored(item.value), item.text)
            for name, item in edition.known.items()
            if name in book.plan.places
        ),
    ]
