"""Establish a level from facts: what the answers given prove, how far it is open, and why.

The method says which level is stated: that of the answered facts, or the lower end of the interval,
which counts only what the answers establish. Missing is never scored as zero; where too much is
missing, or an essential answer, there is no level (docs/decisions/0005-level-and-interval.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assessments.language import Said
from assessments.pack.method import AggregationName, Method
from assessments.results import AnswerState
from assessments.scoring import level_words as words
from assessments.scoring.aggregate import aggregate, one_decides
from assessments.scoring.facts import TOP, Fact
from assessments.scoring.gather import Gathered

Basis = Literal["facts", "self_rated", "validated", "none"]
PLACES = 4  # decimals kept, so that a sum in another order is the same level


@dataclass(frozen=True, slots=True)
class Material:
    """All that one sub-dimension's level rests on."""

    method: Method
    name: AggregationName
    facts: tuple[Fact, ...]
    rating: Gathered | None  # the respondents' own rating

    @property
    def strict(self) -> bool:
        """True where the level stated is the established one."""
        return self.method.published.value == "established"

    @property
    def missing(self) -> tuple[str, ...]:
        """Questions that were due and have no score."""
        return tuple(f.question.name for f in self.facts if f.missing)

    @property
    def essential_missing(self) -> tuple[str, ...]:
        """Knock-out questions among the missing ones."""
        return tuple(f.question.name for f in self.facts if f.missing and f.shown.knockout)

    @property
    def failing(self) -> tuple[str, ...]:
        """Knock-out questions that fail, undisputed."""
        at = self.method.knockout.fails_at
        return tuple(f.question.name for f in self.facts if f.fails(at))

    @property
    def said(self) -> list[tuple[float, float]]:
        """What the answers say, with weights: each score, and what an answer implies elsewhere.

        Empty where nothing was answered here: what only other parts imply is no profile.
        """
        if all(f.score is None or f.said is None for f in self.facts):
            return []
        return [(f.said, f.shown.weight) for f in self.facts if f.said is not None]

    @property
    def facts_level(self) -> float | None:
        """The level of the answered facts and what follows from them, before any knock-out."""
        return rounded(aggregate(self.name, self.said))

    @property
    def within_reach(self) -> float | None:
        """The level if what is missing or disputed turned out best; None where nothing applies."""
        best = [(f.hoped, f.shown.weight) for f in self.facts if f.hoped is not None]
        level = aggregate(self.name, best)
        if level is None or not self.failing:
            return level
        return min(level, self.method.knockout.cap)

    @property
    def coverage(self) -> float | None:
        """Share of the applicable scored questions that is known, by weight; None if none applies.

        Known is what was answered, and what an answer rules out or leaves nothing to mend in.
        """
        due = [f for f in self.facts if f.applies or f.implied is not None]
        total = sum(f.shown.weight for f in due)
        if total <= 0:
            return None
        return round(sum(f.shown.weight for f in due if not f.missing) / total, PLACES)

    @property
    def weighted(self) -> list[tuple[float, float]]:
        """What each fact establishes, with its weight."""
        return [(f.established, f.shown.weight) for f in self.facts if f.established is not None]


@dataclass(frozen=True, slots=True)
class Level:
    """One way to a level, before it is dressed for show."""

    basis: Basis
    level: float | None
    low: float | None
    high: float | None
    because: Said
    knocked_out_by: tuple[str, ...] = ()


def establish(material: Material) -> Level:
    """The level by the strongest way there is: validated, facts, self-rating, or none."""
    rating = material.rating
    if rating is not None and rating.agreed and (agreed := rating.score()) is not None:
        because = words.validated(material.facts_level)
        return Level("validated", agreed, agreed, agreed, because)
    if len(material.facts) < material.method.minimum_facts.value:
        return _self_rated(material)
    obstacle = _obstacle(material)
    return _none(obstacle) if obstacle else _from_facts(material)


def _obstacle(material: Material) -> Said:
    """Why no level can be stated from the facts; empty where one can."""
    facts, coverage = material.facts, material.coverage
    floor = material.method.coverage.sub_dimension_floor.value
    if not material.weighted:
        return words.nothing_applies()
    if coverage == 0:
        return words.nothing_answered(len(facts))
    if coverage is not None and coverage < floor:
        return words.too_little(coverage, floor)
    if material.essential_missing:
        return words.essential_unknown(material.essential_missing)
    if material.strict and material.missing and one_decides(material.name):
        return words.one_could_decide(material.missing, material.name.value)
    return Said()


def _from_facts(material: Material) -> Level:
    level = aggregate(material.name, material.weighted) if material.strict else material.facts_level
    if level is None:  # only implied facts, and the method counts answered ones alone
        return _none(words.nothing_applies())
    failing = material.failing
    cap = material.method.knockout.cap if failing else TOP
    capped = min(level, cap)
    low, high = _bounds(material)
    low, high = min(capped, low), max(capped, high)
    count = sum(f.score is not None and not f.missing for f in material.facts)
    facts_level, missing = material.facts_level, material.missing
    because = Said.together(
        words.from_facts(count, len(material.said) - count, facts_level)
        if facts_level is not None
        else "",
        _what_is_missing(material, len(missing), capped, (low, high)),
        words.knocked_out(failing, cap) if capped < level else "",
    )
    return Level("facts", rounded(capped), rounded(low), rounded(high), because, failing)


def _what_is_missing(
    material: Material, count: int, level: float, span: tuple[float, float]
) -> str:
    if not count:
        return ""
    if material.strict:
        return words.established(count, level, span[1])
    return words.still_open(count, *span)


def _self_rated(material: Material) -> Level:
    """The lead's own rating, where the questionnaire has too few facts to judge by.

    Too few counts the questions, not the answers: else leaving a fact out would bring the
    respondent's own, kinder rating in.
    """
    method, rating = material.method, material.rating
    minimum = method.minimum_facts.value
    score = rating.score() if rating else None
    if rating is None and not material.facts:
        return _none(words.nothing_scored())
    if rating is not None and rating.state is AnswerState.NOT_APPLICABLE:
        return _none(words.nothing_applies())
    if rating is None or score is None or rating.standing is None:
        return _none(words.no_self_rating(minimum))
    if material.essential_missing:
        return _none(words.essential_unknown(material.essential_missing))
    failing = material.failing
    cap = method.knockout.cap if failing else TOP
    width = method.interval.width[rating.standing.evidence_state].value
    said = (score, *rating.scores())
    level = min(score, cap)
    because = Said.together(
        words.self_rated(rating.standing.institution, minimum),
        words.knocked_out(failing, cap) if level < score else "",
    )
    low = min(level, max(0.0, min(said) - width))
    high = max(level, min(cap, max(said) + width))
    return Level("self_rated", level, rounded(low), rounded(high), because, failing)


def worst_case(material: Material) -> float:
    """What a sub-dimension without a level establishes for a profile line, 0 to 4."""
    if material.missing and one_decides(material.name):
        return 0.0
    worst = aggregate(material.name, material.weighted) or 0.0
    capped = material.essential_missing or material.failing
    return min(worst, material.method.knockout.cap) if capped else worst


def _none(because: Said) -> Level:
    return Level("none", None, None, None, because)


def _bounds(material: Material) -> tuple[float, float]:
    """Worst and best case of the level: missing answers, other respondents, evidence."""
    kept = [f for f in material.facts if f.established is not None]
    lows = [(f.implied.value if f.implied else f.low, f.shown.weight) for f in kept]
    highs = [(f.implied.value if f.implied else f.high, f.shown.weight) for f in kept]
    low = aggregate(material.name, lows) or 0.0
    high = aggregate(material.name, highs) or 0.0
    knockout = material.method.knockout
    could_fail = any(f.shown.knockout and f.low <= knockout.fails_at for f in kept)
    if material.failing:
        return min(low, knockout.cap), min(high, knockout.cap)
    return (min(low, knockout.cap) if could_fail else low), high


def rounded(value: float | None) -> float | None:
    """A level with the decimals that are kept."""
    return None if value is None else round(value, PLACES)
