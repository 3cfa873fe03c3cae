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
    pack: Pack,
    question: Question,
    values: Mapping[str, AnswerValue | None],
    skipped: frozenset[str] = frozenset(),
) -> Implied | None:
    """What a skipped question counts as in the level; None where it leaves the denominator.

    `skipped` are the other skipped questions: what follows from one that counts as met can bring
    nothing up.
    """
    if question.relevant is None:
        return None
    names = sorted(n for n in question.relevant.names if n in pack.question)
    parents = tuple(n for n in names if pack.question[n].score is not None)
    if not parents:
        return None
    better = {
        name: (None,) if _met(pack, name, values, skipped) else _at_least(pack, name, values)
        for name in parents
    }
    for some in islice(product(*better.values()), _MOST_TRIED):
        if question.relevant.holds({**values, **dict(zip(parents, some, strict=True))}):
            return Implied(ABSENT, parents)
    return Implied(PRESENT, parents)


def _met(
    pack: Pack,
    name: str,
    values: Mapping[str, AnswerValue | None],
    skipped: frozenset[str],
) -> bool:
    """True where a question was itself skipped because there is nothing to mend."""
    if name not in skipped:
        return False
    implied = implied_by_skip(pack, pack.question[name], values, skipped - {name})
    return implied is not None and implied.value == PRESENT


def _at_least(
    pack: Pack, name: str, values: Mapping[str, AnswerValue | None]
) -> tuple[AnswerValue, ...]:
    """Answers to a scored question worth as much as the one given, or more; all where none was."""
    question, value = pack.question[name], values.get(name)
    rule = question.score
    assert rule is not None  # only scored questions are parents
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
