"""The lines below a question: why it comes again, and what is known already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessments.pack.model import Question
from assessments.workbook.fit import row_height
from assessments.workbook.known import verdicts
from assessments.workbook.layout import KNOWN_ITEM, Part, item_id
from assessments.workbook.lines import Line, Said

if TYPE_CHECKING:
    from assessments.workbook.plan import Edition

_LEAST = 17  # height of a line in points


def notes_of(edition: Edition, question: Question) -> tuple[Line, ...]:
    """A line a reason, then one for what is known."""
    translate, name = edition.translate, question.name
    again = [
        _line(
            Said(Part.ROLE, translate("asked again"), "why"),
            Said(Part.QUESTION, text, "why"),
        )
        for text in edition.why.get(name, ())
    ]
    known = edition.known.get(name)
    if known is None:
        return tuple(again)
    shown = _line(
        Said(Part.ID, item_id(name, KNOWN_ITEM), "item"),
        Said(Part.ROLE, translate("known already"), "known"),
        Said(Part.QUESTION, known.text, "known"),
        Said(Part.GUIDANCE, translate("Source: {source}", source=known.source), "known"),
        Said(Part.UNIT, translate("confirm or dispute"), "known"),
        offered=[
            Said(Part.ANSWER, label, "entry_choice") for label in verdicts(translate).values()
        ],
    )
    return (*again, shown)


def _line(*said: Said, offered: list[Said] | None = None) -> Line:
    seen = [part.measured for part in (*said, *(offered or ())) if part.style != "item"]
    return Line(said, row_height(seen, _LEAST))
