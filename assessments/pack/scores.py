"""How one answer becomes a score of 0 to 4, as the `score` column of the survey says.

The column holds `level`, or parts separated by semicolons of which the first that holds decides:
`yes=4;no=0`, `<=60=4;<=120=3;>120=0`, `count>=3=4;count<3=1`, `rows>=1=2;rows<1=0`,
`none=0;otherwise=3`. An answer that no part speaks of has no score.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assessments.errors import TanaError
from assessments.pack.bands import Band, read_band
from assessments.pack.expressions import as_number, chosen
from assessments.pack.model import Question
from assessments.results import AnswerValue

HIGHEST = 4.0
_REMEDY = (
    "Write `level`, or parts such as yes=4;no=0, <=60=4;>60=0, count>=3=4;count<3=0, "
    "rows>=1=2;rows<1=0, none=0;otherwise=3, with scores from 0 to 4."
)


class UnreadableScore(TanaError):
    """The `score` column says something that cannot be read; `part` is the piece."""

    def __init__(self, text: str, part: str, reason: str) -> None:
        self.part = part
        super().__init__(f"The score «{text}» cannot be read at «{part}»: {reason}.", _REMEDY)


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part of a score: what the answer must be, and the score it then has."""

    on: Literal["choice", "number", "count", "rows", "otherwise"]
    score: float  # 0 to 4
    choice: str = ""
    band: Band | None = None


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """Turns the answer of one question into 0 to 4."""

    text: str
    level: bool  # the answer is the level itself
    parts: tuple[ScorePart, ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        """The choices the rule names, in order."""
        return tuple(part.choice for part in self.parts if part.on == "choice")

    @property
    def has_otherwise(self) -> bool:
        """True where every answer that is not named has a score too."""
        return any(part.on == "otherwise" for part in self.parts)

    def score(self, value: AnswerValue, question: Question) -> float | None:
        """The score, 0 to 4; None where the rule does not speak of this answer."""
        if self.level:
            number = None if isinstance(value, tuple) else as_number(value)
            return number if number is not None and 0 <= number <= HIGHEST else None
        for part in self.parts:
            if _holds(part, value, question):
                return part.score
        return None


def _holds(part: ScorePart, value: AnswerValue, question: Question) -> bool:
    match part.on:
        case "otherwise":
            return True
        case "choice":
            if isinstance(value, str | tuple):
                return part.choice in chosen(value)
            return as_number(part.choice) == value
        case "number":
            number = None if isinstance(value, tuple) else as_number(value)
        case "count":
            exclusive = {choice.name for choice in question.choices if choice.exclusive}
            number = float(len([name for name in chosen(value) if name not in exclusive]))
        case "rows":
            rows = value if isinstance(value, tuple) else ()
            number = float(len([row for row in rows if isinstance(row, dict) and any_cell(row)]))
    return number is not None and part.band is not None and part.band.holds(number)


def any_cell(row: dict[str, str | float]) -> bool:
    """True where at least one cell of a table's row is filled."""
    return any(cell not in ("", None) for cell in row.values())


def parse_score(text: str) -> ScoreRule:
    """Read the `score` column.

    Raises UnreadableScore naming the piece that cannot be read, and why.
    """
    text = text.strip()
    if text == "level":
        return ScoreRule(text, level=True)
    parts: list[ScorePart] = []
    for piece in filter(None, (piece.strip() for piece in text.split(";"))):
        if parts and parts[-1].on == "otherwise":
            raise UnreadableScore(text, piece, "nothing after `otherwise` is ever reached")
        parts.append(_part(text, piece))
    if not parts:
        raise UnreadableScore(text, text, "it is empty")
    keys = [_key(part) for part in parts]
    repeated = [part for number, part in enumerate(parts) if keys[number] in keys[:number]]
    if repeated:
        raise UnreadableScore(text, repeated[0].choice or "a band", "it is scored twice")
    return ScoreRule(text, False, tuple(parts))


def _key(part: ScorePart) -> tuple[str, str, Band | None]:
    return part.on, part.choice, part.band


def _part(text: str, piece: str) -> ScorePart:
    left, equals, right = piece.rpartition("=")
    number = as_number(right)
    if not equals or not left or number is None:
        raise UnreadableScore(text, piece, "a part ends in = and a score")
    if not 0 <= number <= HIGHEST:
        raise UnreadableScore(text, piece, "a score lies between 0 and 4")
    left = left.strip()
    if left == "otherwise":
        return ScorePart("otherwise", number)
    for word in ("count", "rows"):
        if left.startswith(word) and (band := read_band(left.removeprefix(word))):
            return ScorePart("count" if word == "count" else "rows", number, band=band)
    if left[0] in "<>=":
        if (band := read_band(left)) is None:
            raise UnreadableScore(text, piece, "a band is a sign and a number, such as <=60")
        return ScorePart("number", number, band=band)
    return ScorePart("choice", number, choice=left)
