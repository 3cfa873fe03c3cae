"""What we write on the lines of a dimension sheet, and how high each line is.

A question takes a line; below it stand its five levels, or one line a choice to tick. A text that
is higher than Excel's highest row takes several rows, its cell merged over them; answer cells are
never merged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessments.language import Translator
from assessments.pack.model import Question, QuestionType
from assessments.workbook.fit import Text, room, row_height, rows_for, size
from assessments.workbook.layout import (
    WIDTHS,
    Part,
    choice_labels,
    item_id,
    labels,
    level_words,
)
from assessments.workbook.letters import width
from assessments.workbook.statements import in_confidence
from assessments.workbook.units import unit_shown

if TYPE_CHECKING:
    from assessments.workbook.plan import Edition

_QUESTION, _CHOICE, _LEVEL = 30, 17, 15  # least height of a line in points


@dataclass(frozen=True, slots=True)
class Said:
    """One text of a line."""

    part: Part
    text: str
    style: str

    @property
    def measured(self) -> Text:
        return Text(self.text, self.style, WIDTHS[self.part])


@dataclass(frozen=True, slots=True)
class Line:
    """The texts of a line and the points that it needs."""

    said: tuple[Said, ...]
    height: float

    @property
    def rows(self) -> int:
        """Rows of the sheet that the line takes."""
        return rows_for(self.height)


def lines_of(edition: Edition, question: Question) -> tuple[Line, ...]:
    """The question's line, then those of its levels or of the choices to tick."""
    first = _question(edition, question)
    if question.type is QuestionType.LEVEL:
        return (first, *_levels(edition, question))
    if question.type is QuestionType.SELECT_MULTIPLE:
        return (first, *_choices(edition, question))
    return (first,)


def one_line(text: str) -> str:
    """A text of the pack without its line breaks and doubled spaces."""
    return " ".join(text.split())


def role(edition: Edition, question: Question) -> str:
    """What the institution is asked to do with the question."""
    translate = edition.translate
    leads = question.lead == edition.institution
    return translate("answer") if leads else translate("confirm or dispute")


def guidance(edition: Edition, question: Question) -> str:
    """The hint, who will not see the answer, that a document is asked for, and long choices."""
    translate, language = edition.translate, edition.language
    texts = [in_confidence(question, translate), one_line(question.hint.in_(language))]
    if question.evidence:
        texts.append(translate("Please cite a document."))
    if question.type is QuestionType.SELECT_MULTIPLE:
        texts.append(translate("Choose Yes or No on each line below."))
    shown = " ".join(text for text in texts if text)
    if question.type is not QuestionType.SELECT_ONE or not _too_wide(edition, question):
        return shown
    choices = choice_labels(question.choices, language).values()
    return "\n".join([shown, *(f"– {label}" for label in choices)]).strip()


def _too_wide(edition: Edition, question: Question) -> bool:
    """True where the drop-down, which is as wide as its cell, would cut a choice."""
    style = "entry_choice"
    free = room(style, WIDTHS[Part.ANSWER])
    listed = choice_labels(question.choices, edition.language).values()
    return any(width(label, size(style), bold=True) > free for label in listed)


def _question(edition: Edition, question: Question) -> Line:
    leads = question.lead == edition.institution
    said = (
        Said(Part.ID, question.name, "id"),
        Said(Part.ROLE, role(edition, question), "lead" if leads else "confirm"),
        Said(
            Part.QUESTION,
            one_line(question.label.in_(edition.language)),
            "question_lead" if leads else "question",
        ),
        Said(Part.GUIDANCE, guidance(edition, question), "guidance"),
        Said(Part.UNIT, unit_shown(question.unit, edition.translate), "unit"),
    )
    entered = () if question.type is QuestionType.TABLE else _entered(edition, question)
    texts = [part.measured for part in (*said, *entered)]
    return Line(said, row_height(texts, _QUESTION))


def _entered(edition: Edition, question: Question) -> list[Said]:
    """Whatever can be chosen on the line: the longest must be readable once it is chosen."""
    pack, language = edition.pack, edition.language
    offered = {
        Part.REASON: pack.choice_lists["no_answer_reasons"],
        Part.EVIDENCE_CLASS: pack.choice_lists["evidence_classes"],
    }
    said = [
        Said(part, label, "entry_beside")
        for part, choices in offered.items()
        for label in choice_labels(choices, language).values()
    ]
    if question.type in (QuestionType.SELECT_ONE, QuestionType.LEVEL):
        listed = labels(question, language, edition.translate).values()
        said += [Said(Part.ANSWER, label, "entry_choice") for label in listed]
    return said


def _levels(edition: Edition, question: Question) -> list[Line]:
    texts = edition.pack.sub_dimension[question.sub_dimension].levels
    return [
        _line(
            (
                Said(Part.ROLE, str(level), "legend_number"),
                Said(Part.QUESTION, one_line(text.in_(edition.language)), "legend"),
                Said(Part.GUIDANCE, word, "legend_word"),
            ),
            _LEVEL,
        )
        for level, (text, word) in enumerate(
            zip(texts, level_words(edition.translate), strict=True)
        )
    ]


def _choices(edition: Edition, question: Question) -> list[Line]:
    return [
        _line(
            (
                Said(Part.ID, item_id(question.name, choice.name), "item"),
                Said(Part.QUESTION, one_line(choice.label.in_(edition.language)), "option"),
            ),
            _CHOICE,
        )
        for choice in question.choices
    ]


def _line(said: tuple[Said, ...], least: float) -> Line:
    """A line whose hidden id takes no room."""
    seen = [part.measured for part in said if part.style != "item"]
    return Line(said, row_height(seen, least))


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
