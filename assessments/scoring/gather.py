"""Gather what was said: for each question the answer that stands, and every voice beside it.

A fact is asked of its lead institution; the others confirm or dispute it. What a validation
meeting agreed (institution `AGREED`) stands before the lead's answer, and the originals stay
beside it. A lead that sent a workbook answers for its own facts, so that leaving one out does not
bring a kinder voice in. Where the lead sent nothing at all, the next institution that answered
stands in for it, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.pack.model import Pack, Question, QuestionType, Tier
from assessments.results import Answer, AnswerState, AnswerValue, Voice

AGREED = "AGREED"  # the outcome of a validation meeting comes in as this institution's workbook


@dataclass(frozen=True, slots=True)
class Gathered:
    """One question with all that was said on it, the answer that stands first."""

    question: Question
    standing: Answer | None  # None: nobody who may answer for it was heard
    voices: tuple[Answer, ...]  # agreed value, lead, the others in the order of the pack
    stands_in: bool = False  # another institution, because the lead sent nothing

    @property
    def state(self) -> AnswerState:
        """What became of the question; nobody heard is blank."""
        return self.standing.state if self.standing else AnswerState.BLANK

    @property
    def agreed(self) -> bool:
        """True where a validation meeting settled it."""
        return self.standing is not None and self.standing.institution == AGREED

    @property
    def value(self) -> AnswerValue | None:
        """The value that stands; None where there is none."""
        return self.standing.value if self.standing and is_answered(self.standing) else None

    @property
    def heard(self) -> Answer | None:
        """What a rule of the pack reads: the standing answer, else the first that was given.

        A rule on how a project is built may lean on what anyone said where the lead said nothing;
        a score may not, for no other voice may lift it.
        """
        said = (self.standing, *self.voices)
        return next((one for one in said if one is not None and is_answered(one)), None)

    def score(self) -> float | None:
        """What the standing answer is worth before any cap, 0 to 4; None where not answered."""
        return score_of(self.question, self.standing) if self.standing else None

    def scores(self) -> tuple[float, ...]:
        """What each respondent's own answer is worth, the agreed value left out."""
        given = (score_of(self.question, a) for a in self.voices if a.institution != AGREED)
        return tuple(score for score in given if score is not None)

    def spread(self) -> float:
        """Levels between the lowest and the highest respondent; 0 where fewer than two scored."""
        scores = self.scores()
        return max(scores) - min(scores) if scores else 0.0


def gather(pack: Pack, answers: Iterable[Answer]) -> Mapping[str, Gathered]:
    """Every question of the pack, in its order, with what was said on it.

    The order of `answers` changes nothing. One institution counts once for a question, however
    often it is given. Answers to questions that the pack does not know are left out.
    """
    by_question: dict[str, dict[str, Answer]] = {}
    heard: set[str] = set()
    for answer in sorted(answers, key=_place):
        if answer.question in pack.question:
            by_question.setdefault(answer.question, {})[answer.institution] = answer
            heard.add(answer.institution)
    return {
        question.name: _gathered(question, by_question.get(question.name, {}), heard)
        for question in pack.questions
    }


def tier_asked(gathered: Mapping[str, Gathered]) -> Tier:
    """How deep this assessment went: the deepest tier that was put to anyone, or all of it."""
    asked = {item.question.tier for item in gathered.values() if item.voices}
    order = list(Tier)
    return max(asked, key=order.index) if asked else Tier.DEEP


def answer_values(gathered: Mapping[str, Gathered]) -> dict[str, AnswerValue | None]:
    """What a rule of the pack reads, by question (see `Gathered.heard`)."""
    return {name: item.heard.value if item.heard else None for name, item in gathered.items()}


def standing_values(gathered: Mapping[str, Gathered]) -> dict[str, AnswerValue | None]:
    """The standing answers alone: what a score may lean on, for no other voice may lift it."""
    return {name: item.value for name, item in gathered.items()}


def is_answered(answer: Answer) -> bool:
    """True where the answer has a value; only then can it score."""
    return answer.state is AnswerState.ANSWERED and answer.value is not None


def score_of(question: Question, answer: Answer) -> float | None:
    """What one answer is worth before any cap, 0 to 4; None where it scores nothing."""
    if question.score is None or not is_answered(answer) or answer.value is None:
        return None
    return question.score.score(answer.value, question)


def voice(question: Question, answer: Answer) -> Voice:
    """One institution's answer as it is shown beside the others."""
    return Voice(
        institution=answer.institution,
        answer=answer.id,
        state=answer.state,
        score=score_of(question, answer),
        text=in_words(question, answer),
    )


def voices(item: Gathered) -> tuple[Voice, ...]:
    """Everything said on a question, the standing order kept."""
    return tuple(voice(item.question, answer) for answer in item.voices)


def in_words(question: Question, answer: Answer) -> str:
    """The answer as a person would read it, in English; empty where there is none."""
    value = answer.value
    if value is None or not is_answered(answer):
        return ""
    labels = {choice.name: str(choice.label) or choice.name for choice in question.choices}
    if question.type is QuestionType.TABLE or (isinstance(value, tuple) and not _names(value)):
        count = len(value) if isinstance(value, tuple) else 0
        return f"{count} row" if count == 1 else f"{count} rows"
    if isinstance(value, tuple):
        return ", ".join(labels.get(name, name) for name in _names(value))
    if isinstance(value, str):
        return labels.get(value, value)
    return f"{value:,.10g} {question.unit}".strip()


def _names(value: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str))


def _gathered(question: Question, said: Mapping[str, Answer], heard: set[str]) -> Gathered:
    others = [code for code in question.institutions if code != question.lead]
    known = [AGREED, question.lead, *others]
    order = known + sorted(set(said) - set(known))
    answers = tuple(said[code] for code in order if code in said)
    agreed = said.get(AGREED)
    if agreed is not None and is_answered(agreed):
        return Gathered(question, agreed, answers)
    if question.lead in said:
        return Gathered(question, said[question.lead], answers)
    if question.lead not in heard:
        standing = next((a for a in answers if a.institution != AGREED and is_answered(a)), None)
        if standing is not None:
            return Gathered(question, standing, answers, stands_in=True)
    return Gathered(question, None, answers)


def _place(answer: Answer) -> tuple[str, str, str, str, str]:
    """A fixed order, so that the same answers in any order give the same result."""
    source = answer.source
    return (answer.question, answer.institution, answer.id, source.workbook_sha256, source.cell)
