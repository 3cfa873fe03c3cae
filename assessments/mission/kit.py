"""What the papers of a mission say, as values: the mission, whom it visits, what is asked there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assessments.language import Translator
from assessments.pack.model import Pack, Question
from assessments.results import CountryProfile, Sensitivity

OPENING, CLOSING = 10, 10  # minutes of an interview that no question takes
LEAST = 3  # minutes that talking through an answer takes, however short it is to write
_ORDER = tuple(Sensitivity)


@dataclass(frozen=True, slots=True)
class Asking:
    """One question of an interview, with why it is worth asking."""

    question: Question
    reasons: tuple[str, ...]  # in the language of the kit
    before: str = ""  # what the institution itself answered; "" where it did not, or in confidence
    in_confidence: bool = False  # it answered, and the answer is not printed

    @property
    def minutes(self) -> float:
        """Estimated time to talk it through."""
        return max(LEAST, self.question.minutes)


@dataclass(frozen=True, slots=True)
class Visit:
    """One institution: its questionnaire, where that stands, and what to ask there."""

    institution: str
    questions: int  # of its questionnaire
    minutes: float  # to fill that in
    received: date | None  # None: no questionnaire has come back
    answered: int
    asked: tuple[Asking, ...]  # in this interview, by topic, the most valuable topic first
    further: tuple[Asking, ...]  # if time is left, the most valuable first
    length: int  # minutes of the interview

    @property
    def mark(self) -> Sensitivity:
        """The highest sensitivity of what its guide asks."""
        marks = {item.question.sensitivity for item in (*self.asked, *self.further)}
        return max(marks, key=_ORDER.index, default=Sensitivity.PUBLIC)


@dataclass(frozen=True)
class Mission:
    """Everything the papers draw on. Texts come in its language through `translate`."""

    country: CountryProfile
    round: str
    pack: Pack
    language: str
    translate: Translator
    office: str  # of the programme that sends it; "" for the officer to fill in
    deadline: date  # for the questionnaires
    start: date | None  # of the mission; None where it is not settled
    visits: tuple[Visit, ...]

    @cached_property
    def title(self) -> str:
        return self.pack.title.in_(self.language)

    def institution(self, code: str) -> str:
        """Its name in the language of the kit."""
        return self.pack.institutions[code].label.in_(self.language)

    def workbook(self, code: str) -> str:
        """The file name of its questionnaire, as `questionnaire build` gives it."""
        return f"{self.country.iso3}_{self.round}_{code}.xlsx"


def fitted(
    ranked: Iterable[Asking], length: int, further: int
) -> tuple[tuple[Asking, ...], tuple[Asking, ...]]:
    """What fits into an interview of `length` minutes, by topic; and the next few beyond it.

    The most valuable come first; one topic is talked through before the next, and topics follow
    each other as their most valuable question ranks. At least one question is always asked.
    """
    left = float(length - OPENING - CLOSING)
    chosen: list[Asking] = []
    beyond: list[Asking] = []
    for item in ranked:
        if item.minutes <= left or not chosen:
            chosen.append(item)
            left -= item.minutes
        else:
            beyond.append(item)
    topics = list(dict.fromkeys(item.question.sub_dimension for item in chosen))
    by_topic = sorted(chosen, key=lambda item: topics.index(item.question.sub_dimension))
    return tuple(by_topic), tuple(beyond[:further])
