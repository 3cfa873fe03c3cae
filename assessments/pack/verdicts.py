"""Where a treaty paragraph stands by one answer: met, partly, not met, or not known.

A requirement names its deciding question (with the item and column, where the question is a
table or takes several choices) and the answers that mean met, partly and not met. An answer that
none of the three speaks of leaves the paragraph unknown: silence is never a failure.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assessments.errors import TanaError
from assessments.pack.bands import Band, read_band
from assessments.pack.expressions import as_number, chosen
from assessments.pack.model import Question, QuestionType, Requirement
from assessments.pack.scores import any_cell
from assessments.results import AnswerValue, Verdict

SELECTED = "selected"
NOT_SELECTED = "not_selected"


class UnreadableAnswers(TanaError):
    """The answers that decide a paragraph cannot be read."""


@dataclass(frozen=True, slots=True)
class Answers:
    """A set of answers as the columns `met`, `partly` and `not_met` write it."""

    names: tuple[str, ...] = ()  # choices
    bands: tuple[Band, ...] = ()  # of a number
    counts: tuple[Band, ...] = ()  # of the number of choices selected
    rows: tuple[Band, ...] = ()  # of the number of filled rows of a table
    selected: bool | None = None  # whether the item is selected

    def __bool__(self) -> bool:
        return bool(self.names or self.bands or self.counts or self.rows) or (
            self.selected is not None
        )


@lru_cache(maxsize=1024)
def read_answers(text: str) -> Answers:
    """Read a bar-separated set of answers.

    Raises UnreadableAnswers where a band is misspelt or the set contradicts itself.
    """
    names: list[str] = []
    bands: dict[str, list[Band]] = {"": [], "count": [], "rows": []}
    selected: bool | None = None
    for piece in filter(None, (piece.strip() for piece in text.split("|"))):
        if piece in (SELECTED, NOT_SELECTED):
            if selected is not None and selected is not (piece == SELECTED):
                raise UnreadableAnswers(
                    f"«{text}» says both selected and not_selected.", "Keep one of the two."
                )
            selected = piece == SELECTED
            continue
        word = next((w for w in ("count", "rows") if piece[len(w) :][:1] in set("<>=")
                     and piece.startswith(w)), "")  # fmt: skip
        if word or piece[0] in "<>=":
            band = read_band(piece.removeprefix(word))
            if band is None:
                raise UnreadableAnswers(
                    f"«{piece}» is no band of numbers.", "Write a sign and a number, such as >=1."
                )
            bands[word].append(band)
            continue
        names.append(piece)
    return Answers(
        tuple(names), tuple(bands[""]), tuple(bands["count"]), tuple(bands["rows"]), selected
    )


def decided(value: AnswerValue | None, question: Question, requirement: Requirement) -> Verdict:
    """The verdict on `requirement` by one answer to its deciding question.

    Whether the requirement applies at all is for the caller to say.
    Raises UnreadableAnswers only for a pack that was not checked.
    """
    if value is None or value in ("", ()):
        return Verdict.UNKNOWN
    for text, verdict in (
        (requirement.met, Verdict.MET),
        (requirement.partly, Verdict.PARTLY),
        (requirement.not_met, Verdict.NOT_MET),
    ):
        if text and _among(value, question, requirement, read_answers(text)):
            return verdict
    return Verdict.UNKNOWN


def _among(
    value: AnswerValue, question: Question, requirement: Requirement, answers: Answers
) -> bool:
    if question.type is QuestionType.TABLE:
        return _table_among(value, question, requirement, answers)
    names = chosen(value)
    if question.type is QuestionType.SELECT_MULTIPLE:
        if answers.selected is not None and (requirement.item in names) is answers.selected:
            return True
        exclusive = {choice.name for choice in question.choices if choice.exclusive}
        count = float(len([name for name in names if name not in exclusive]))
        return any(name in names for name in answers.names) or _in(answers.counts, count)
    return _cell_among(value, answers)


def _table_among(
    value: AnswerValue, question: Question, requirement: Requirement, answers: Answers
) -> bool:
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, tuple) else []
    if requirement.item:
        rows = [row for row in rows if row.get(question.row_key) == requirement.item]
        if not requirement.column:
            return False
        cells = [row.get(requirement.column, "") for row in rows]
        return any(_cell_among(cell, answers) for cell in cells if cell != "")
    filled = float(len([row for row in rows if any_cell(row)]))
    if _in(answers.rows, filled):
        return True
    cells = [row.get(requirement.column, "") for row in rows] if requirement.column else []
    return any(_cell_among(cell, answers) for cell in cells if cell != "")


def _cell_among(value: AnswerValue, answers: Answers) -> bool:
    if any(name in chosen(value) for name in answers.names):
        return True
    number = None if isinstance(value, tuple) else as_number(value)
    return number is not None and _in(answers.bands, number)


def _in(bands: tuple[Band, ...], number: float) -> bool:
    return any(band.holds(number) for band in bands)
