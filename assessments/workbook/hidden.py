"""The hidden sheets: choice lists, the state of each question, and who the workbook is.

`tana_state` has a line a question: its answer as the pack names it, whether it is asked, done, or
still to do. Skip logic and progress read it, so that inserted rows and translated labels change
nothing. `tana_identity` and the document's custom properties say the same twice, because either
may be lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from assessments.pack.expressions import to_excel
from assessments.pack.model import QuestionType
from assessments.untrusted.cells import address
from assessments.workbook.book import Book
from assessments.workbook.known import CONFIRM, verdicts
from assessments.workbook.layout import (
    FOLLOW_UP,
    IDENTITY,
    IDENTITY_NAME,
    LAYOUT,
    LISTS,
    STATE,
    TABLE_PARTS,
    Part,
    labels,
    question_hash,
    tick_labels,
)
from assessments.workbook.plan import Place, reference
from assessments.workbook.units import unit_shown

VALUE, ASKED, DONE, TO_DO = 2, 3, 4, 5  # columns of the state sheet, from 1


def create(book: Book) -> None:
    """Add the hidden sheets, still empty, so that formulas can point at them."""
    for name in (LISTS, STATE, IDENTITY):
        book.hidden(name)


def write(book: Book, noted: Iterable[tuple[str, ...]] = ()) -> None:
    """Fill the hidden sheets, after all lists are known; `noted` are more lines of identity."""
    _write_state(book, book.workbook.get_worksheet_by_name(STATE))
    _write_identity(book, book.workbook.get_worksheet_by_name(IDENTITY), noted)
    book.write_lists()


def state_value(place: Place) -> str:
    """Where the answer stands as the pack names it (choice names, not labels)."""
    return reference(STATE, place.state_row, VALUE)


def state_cell(place: Place, column: int) -> str:
    return reference(STATE, place.state_row, column)


def state_range(book: Book, column: int) -> str:
    last = max((place.state_row for place in book.plan.places.values()), default=2)
    end = reference(STATE, last, column).rpartition("!")[2]
    return f"{reference(STATE, 2, column)}:{end}"


def _write_state(book: Book, sheet: Any) -> None:
    for column, heading in enumerate(("question", "value", "asked", "done", "to_do", "section")):
        sheet.write_string(0, column, heading)
    for place in book.plan.places.values():
        row = place.state_row - 1
        sheet.write_string(row, 0, place.question.name)
        sheet.write_formula(
            row, 1, f'=IF({_asked(book, place)},{_value(book, place)},"")', None, ""
        )
        sheet.write_formula(row, 2, f"={_asked(book, place)}", None, asked_when_blank(book, place))
        sheet.write_formula(
            row, 3, f"=IF({state_cell(place, ASKED)},{_done(book, place)},0)", None, 0
        )
        asked = int(asked_when_blank(book, place))
        sheet.write_formula(
            row, 4, f"=IF({state_cell(place, ASKED)},1-{state_cell(place, DONE)},0)", None, asked
        )
        sheet.write_string(row, 5, place.question.dimension)


def asked_when_blank(book: Book, place: Place) -> bool:
    rule = place.question.relevant
    if rule is None or not all(name in book.plan.places for name in rule.names):
        return True
    return rule.holds({})


def _asked(book: Book, place: Place) -> str:
    """Skip logic; a rule that reads a question this workbook does not ask skips nothing."""
    rule = place.question.relevant
    places = book.plan.places
    if rule is None or not all(name in places for name in rule.names):
        return "TRUE"

    def selected(name: str, choice: str) -> str:
        other = places[name]
        if other.question.type is not QuestionType.SELECT_MULTIPLE:
            return f'({state_value(other)}="{choice}")'
        names = [option.name for option in other.question.choices]
        row = other.tick_row(names.index(choice))
        yes = tick_labels(book.translate)["yes"]
        ticked = f'({reference(other.sheet, row, Part.ANSWER.column)}="{yes}")'
        if other.is_known and choice in _known_names(book, other):
            return f"OR({ticked},{_confirmed(book, other)})"
        return ticked

    return to_excel(
        rule,
        lambda name: state_value(places[name]),
        selected=selected,
        count_selected=lambda name: f"N({state_value(places[name])})",
    )


def _value(book: Book, place: Place) -> str:
    entered = _entered(book, place)
    if not place.is_known:
        return entered
    value = book.edition.known[place.question.name].value
    if isinstance(value, tuple):
        said = str(len(value))
    else:
        said = f"{value:.15g}" if isinstance(value, float) else _quoted(value[:250])
    return f"IF({_confirmed(book, place)},{said},{entered})"


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _known_names(book: Book, place: Place) -> set[str]:
    value = book.edition.known[place.question.name].value
    return {str(name) for name in value} if isinstance(value, tuple) else set()


def _entered(book: Book, place: Place) -> str:
    question, cell = place.question, place.cell(Part.ANSWER)
    if question.type in (QuestionType.SELECT_ONE, QuestionType.LEVEL):
        number = book.choices(labels(question, book.edition.language, book.translate))
        names, shown = book.list_range(number, names=True), book.list_range(number)
        return f'IFERROR(INDEX({names},MATCH({cell},{shown},0)),"")'
    if question.type is QuestionType.TABLE:
        return f"{_filled(place)}"
    return f'IF(ISBLANK({cell}),"",{cell})'


def _done(book: Book, place: Place) -> str:
    question = place.question
    reason = f'{place.cell(Part.REASON)}<>""'
    if question.type is QuestionType.TABLE:
        given = f"{_filled(place)}>0"
        reason = f'{table_cell(place, Part.REASON)}<>""'
    elif question.type is QuestionType.SELECT_MULTIPLE:
        given = f"COUNTA({tick_range(place)})>0"
    else:
        given = f"NOT(ISBLANK({place.cell(Part.ANSWER)}))"
    confirmed = f",{_confirmed(book, place)}" if place.is_known else ""
    return f"IF(OR({given},{reason}{confirmed}),1,0)"


def _confirmed(book: Book, place: Place) -> str:
    """True where what is known was confirmed."""
    cell = reference(place.sheet, place.known_row, Part.ANSWER.column)
    return f'({cell}="{verdicts(book.translate)[CONFIRM]}")'


def tick_range(place: Place) -> str:
    """The tick cells of a question with several choices."""
    end = reference(place.sheet, place.last_answer_row, Part.ANSWER.column).rpartition("!")[2]
    return f"{reference(place.sheet, place.tick_row(0), Part.ANSWER.column)}:{end}"


def _filled(place: Place) -> str:
    """How many entries a table holds, without its fixed first column."""
    question = place.question
    first = 3 if question.row_key else 2
    last_row = table_first_row(place) + place.table_rows - 1
    last = reference(place.table_sheet, last_row, 1 + len(question.columns)).rpartition("!")[2]
    return f"COUNTA({reference(place.table_sheet, table_first_row(place), first)}:{last})"


def table_first_row(place: Place) -> int:
    """First row of a table's content (from 1); the headings stand above."""
    return TABLE_HEADER_ROW + 1 if place.table_sheet else 0


def table_cell(place: Place, part: Part) -> str:
    """A table's own reason, evidence or comment cell."""
    return reference(place.table_sheet, TABLE_PART_ROW, TABLE_PART_COLUMNS[part])


# what is said of the whole table stands side by side, so that the frozen head stays low
TABLE_PART_ROW = 4
TABLE_PART_COLUMNS = {part: column for column, part in enumerate(TABLE_PARTS, start=2)}
TABLE_HEADER_ROW = 6


def _write_identity(book: Book, sheet: Any, noted: Iterable[tuple[str, ...]]) -> None:
    edition = book.edition
    facts = {
        "layout": LAYOUT,
        "pack": edition.pack.id,
        "pack_version": edition.pack.version,
        "pack_digest": edition.pack.digest,
        "iso3": edition.country.iso3,
        "round": edition.round,
        "institution": edition.institution,
        "language": edition.language,
        "tier": edition.tier.value,
        "reference_date": edition.reference_date,
        "deadline": edition.deadline,
        "return_to": edition.return_to[:255],  # as long as a property of the document may be
        "questions": str(len(book.plan.places)),
        **({"extent": FOLLOW_UP} if edition.only else {}),
    }
    for row, (key, value) in enumerate(facts.items()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
        book.workbook.set_custom_property(f"tana_{key}", value, "text")
    book.name(IDENTITY_NAME, IDENTITY, 1, 1)
    lists = {"no_answer_reasons": book.reasons, "evidence_classes": book.evidence_classes}
    row = len(facts) + 1
    for name, number in lists.items():
        sheet.write_string(row, 0, "list")
        sheet.write_string(row, 1, name)
        sheet.write_string(row, 4, _list_address(number))
        row += 1
    questions = (_identity_rows(book, place) for place in book.plan.places.values())
    for cells in (*chain.from_iterable(questions), *noted):
        for column, value in enumerate(cells):
            sheet.write_string(row, column, value)
        row += 1


def _identity_rows(book: Book, place: Place) -> list[tuple[str, ...]]:
    """What `fill` and `read` need of a question: name, type, hash, list, unit; then a table's
    columns.
    """
    question, language = place.question, book.edition.language

    def listed(asked: Any) -> str:
        if asked.type is QuestionType.SELECT_MULTIPLE and asked is question:
            return _list_address(book.ticks)
        if not asked.choices:
            return ""
        return _list_address(book.choices(labels(asked, language, book.translate)))

    digest = question_hash(question, language)
    rows: list[tuple[str, ...]] = [
        (
            "question",
            question.name,
            question.type.value,
            digest,
            listed(question),
            unit_shown(question.unit, book.translate),
        )
    ]
    rows += [
        ("column", f"{question.name}/{column.name}", column.type.value, "", listed(column))
        for column in question.columns
    ]
    return rows


def _list_address(number: int) -> str:
    """First cell of a list's names on the lists sheet."""
    return address(2, 2 * number + 1)
