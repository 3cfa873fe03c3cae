"""Say what a question that was rightly not asked means for the level.

Where the answer that ruled a question out is itself scored, leaving the question out would make
"no" the better answer: a country without a strategy would not be asked whether the strategy is
funded. So a question that a better answer would have brought up counts as absent, and one that
only a worse answer would have brought up counts as met. Where nothing scored stands before it,
it leaves the denominator, as `method.toml` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from assessments.pack.model import Pack, Question, QuestionType
from assessments.pack.scores import ScoreRule
from assessments.results import AnswerValue

ABSENT = 0.0
PRESENT = 4.0
_MOST_TRIED = 5000  # combinations of better answers; a rule rarely reads more than two questions


@dataclass(frozen=True, slots=True)
class Implied:
    """What a skipped question counts as, and the scored questions that ruled it out."""

    value: float  # 0 absent or 4 met
    parents: tuple[str, ...]


def implied_by_skip(
    pack: Pack, question: Question, values: Mapping[str, AnswerValue | None]
) -> Implied | None:
    """What a skipped question counts as in the level; None where it leaves the denominator."""
    if question.relevant is None:
        return None
    names = sorted(n for n in question.relevant.names if n in pack.question)
    better = {n: _at_least(pack.question[n], values.get(n)) for n in names}
    parents = tuple(n for n in names if better[n])
    if not parents:
        return None
    for some in islice(product(*(better[n] for n in parents)), _MOST_TRIED):
        if question.relevant.holds({**values, **dict(zip(parents, some, strict=True))}):
            return Implied(ABSENT, parents)
    return Implied(PRESENT, parents)


def _at_least(question: Question, value: AnswerValue | None) -> tuple[AnswerValue, ...]:
    """Answers to a scored question worth as much as the one given, or more; all where none was."""
    rule = question.score
    if rule is None:
        return ()
    given = None if value is None else rule.score(value, question)
    scored = [(rule.score(c, question), c) for c in _answers(question, rule)]
    return tuple(c for s, c in scored if s is not None and (given is None or s >= given))


def _answers(question: Question, rule: ScoreRule) -> tuple[AnswerValue, ...]:
    """The answers between which the score can tell."""
    names = tuple(choice.name for choice in question.choices)
    if question.type is QuestionType.SELECT_MULTIPLE:
        usual = tuple(choice.name for choice in question.choices if not choice.exclusive)
        return (*((name,) for name in names), *((usual[:n]) for n in range(2, len(usual) + 1)))
    if names:
        return names
    return _numbers(rule)


@lru_cache(maxsize=1024)
def _numbers(rule: ScoreRule) -> tuple[float, ...]:
    """Each cut of the scoring bands, and a number on either side of it."""
    cuts = {part.band.limit for part in rule.parts if part.band is not None}
    return tuple(sorted(cuts | {c - 1 for c in cuts} | {c + 1 for c in cuts}))
