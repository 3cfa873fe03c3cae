"""The conflict sheet of a merged workbook: what two colleagues answered differently.

Each line leads to its cell, which is hatched for as long as it holds what the merge left in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.language import Translator
from assessments.untrusted.cells import address
from assessments.workbook.book import Book
from assessments.workbook.entries import Offers
from assessments.workbook.fit import HIGHEST, Text, one_row, row_height
from assessments.workbook.layout import CONFLICTS_NAME, settled_name, tick_labels
from assessments.workbook.placing import Spot
from assessments.workbook.plan import reference
from assessments.workbook.three_ways import COMMENT, EVIDENCE

_WIDTHS = (5, 12, 46, 14, 26, 32, 32, 11, 11)
_LONGEST = 200  # characters of a text that a formula compares


@dataclass(frozen=True, slots=True)
class Conflict:
    """One line of the sheet."""

    question: str
    part: str  # ANSWER, EVIDENCE, COMMENT, ROW
    key: str  # fixed row of a table, "" otherwise
    base: str  # as a person reads it, in the workbook's language
    first: str
    second: str
    left: str  # digest of what the merge left in the cells
    cells: Mapping[Spot, str | float | None]  # what the merge left in each


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merged workbook tells of its making."""

    first: str  # who filled the first copy
    second: str
    conflicts: tuple[Conflict, ...]


def conflicts_title(translate: Translator) -> str:
    return translate("Conflicts")


def write_conflicts(book: Book, merged: Merged) -> None:
    """Write the sheet's lines and mark the cells; the sheet itself stands behind the cover."""
    title = conflicts_title(book.translate)
    sheet = book.workbook.get_worksheet_by_name(title)
    translate, style = book.translate, book.style
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, title, style["title_line"])
    sheet.set_row(0, 28)
    advice = translate(
        "The two copies say different things here. Nothing was decided: the cells are left as "
        "they were before, and do not count. Agree, follow the link and enter the answer; if the "
        "cell is right as it stands, choose Yes under “Settled”."
    )
    sheet.merge_range(1, 0, 1, len(_WIDTHS) - 1, "", style["plain"])
    sheet.write_string(1, 0, advice, style["plain"])
    sheet.set_row(1, one_row([Text(advice, "plain", sum(_WIDTHS))], least=32))
    sheet.fixed_rows.add(1)
    headings = (
        translate("No."), translate("Question"), translate("Wording"), translate("Cell"),
        translate("Before"), merged.first, merged.second, translate("Settled"), translate("Status"),
    )  # fmt: skip
    for column, text in enumerate(headings):
        sheet.write_string(3, column, text, style["header"])
    named = [Text(text, "header", wide) for text, wide in zip(headings, _WIDTHS, strict=True)]
    sheet.set_row(3, one_row(named, least=32))
    offers = Offers(book, sheet)
    for number, conflict in enumerate(merged.conflicts, start=1):
        _line(book, sheet, offers, 4 + number, number, conflict)
        _mark(book, conflict)
    offers.write()
    book.name(CONFLICTS_NAME, title, 1, 1)
    sheet.freeze_panes(4, 2)
    sheet.repeat_rows(3)


def _line(
    book: Book, sheet: Any, offers: Offers, row: int, number: int, conflict: Conflict
) -> None:
    translate, style = book.translate, book.style
    place = book.plan.places[conflict.question]
    home, line, column = next(iter(conflict.cells))
    label = " ".join(place.question.label.in_(book.edition.language).split())
    parts = {EVIDENCE: translate("Evidence: title, number, date"), COMMENT: translate("Comment")}
    wording = f"{label} – {parts[conflict.part]}" if conflict.part in parts else label
    texts = (wording, f"{home.split()[0]} {address(line, column)}", conflict.base or "—",
             conflict.first or "—", conflict.second or "—")  # fmt: skip
    sheet.write_number(row - 1, 0, number, style["number"])
    sheet.write_string(row - 1, 1, conflict.question, style["id"])
    sheet.write_string(row - 1, 2, texts[0], style["question"])
    target = f"internal:{reference(home, line, column).replace('$', '')}"
    sheet.write_url(row - 1, 3, target, style["link"], texts[1])
    for offset, text in enumerate(texts[2:], start=4):
        sheet.write_string(row - 1, offset, text, style["said"])
    offers.add(row, 8, book.ticks, "entry_choice")
    book.name(settled_name(number), conflicts_title(translate), row, 8)
    yes = tick_labels(translate)["yes"]
    same = ",".join(_as_left(spot, left) for spot, left in list(conflict.cells.items())[:30])
    formula = (
        f'=IF(OR(H{row}="{yes}",NOT(AND({same}))),"{translate("settled")}","{translate("open")}")'
    )
    sheet.write_formula(row - 1, 8, formula, style["status"], translate("open"))
    said = [Text(text, "said", wide) for text, wide in zip(texts, _WIDTHS[2:], strict=False)]
    sheet.set_row(row - 1, min(row_height(said, least=18), HIGHEST))


def _as_left(spot: Spot, left: str | float | None, *, here: bool = False) -> str:
    """A formula that is true while the cell holds what the merge left in it."""
    sheet, row, column = spot
    cell = address(row, column) if here else reference(sheet, row, column)
    if left is None:
        return f"ISBLANK({cell})"
    if isinstance(left, float):
        return f"{cell}={left:.15g}"
    quoted = left[:_LONGEST].replace('"', '""')
    return f'LEFT({cell},{_LONGEST})="{quoted}"'


def _mark(book: Book, conflict: Conflict) -> None:
    """Hatch the cells while the conflict is open, and say on the first what it is about."""
    cells = list(conflict.cells.items())[:30]
    for (home, row, column), left in cells:
        criteria = f"={_as_left((home, row, column), left, here=True)}"
        rule = {"type": "formula", "criteria": criteria, "format": book.style["conflict"]}
        book.workbook.get_worksheet_by_name(home).conditional_format(
            row - 1, column - 1, row - 1, column - 1, rule
        )
    (home, row, column), _ = cells[0]
    text = book.translate(
        "Two answers: {one} / {other}. See the sheet {sheet}.",
        one=conflict.first[:200] or "—",
        other=conflict.second[:200] or "—",
        sheet=conflicts_title(book.translate),
    )
    book.workbook.get_worksheet_by_name(home).write_comment(
        row - 1, column - 1, text, {"author": "tana", "x_scale": 2, "font_name": "Arial"}
    )


def identity_rows(merged: Merged) -> list[tuple[str, ...]]:
    """The same list for the hidden identity sheet."""
    return [
        ("conflict", item.question, f"{item.part}/{item.key}", item.left, _both(item))
        for item in merged.conflicts
    ]


def _both(conflict: Conflict) -> str:
    return f"{conflict.first or '—'} / {conflict.second or '—'}"
