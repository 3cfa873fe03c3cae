"""What is worth asking next: questions whose answer could change the priorities most.

Each question that is missing, disputed or only claimed is tried at its worst and at its best. How
far that opens or closes its sub-dimension's gap, times what the gap weighs, is what an answer is
worth: a level that stays above its target either way moves nothing. It feeds the follow-up
questionnaire.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.pack.method import AggregationName, Method
from assessments.pack.model import Pack
from assessments.results import Answer, AssessmentRef, CountryProfile, EvidenceState
from assessments.scoring.aggregate import aggregate
from assessments.scoring.assess import workings
from assessments.scoring.capability import Scored
from assessments.scoring.facts import Fact


@dataclass(frozen=True, slots=True)
class WorthAsking:
    """One question with what a firm answer to it could do."""

    question: str
    sub_dimension: str
    lead: str
    reason: str  # missing, disputed, claimed
    change: float  # levels between its worst and its best case, in its sub-dimension
    worth: float  # change of the gap, times the weights of the order of gaps


def worth_asking(
    pack: Pack, country: CountryProfile, answers: Iterable[Answer], ref: AssessmentRef
) -> tuple[WorthAsking, ...]:
    """Open questions, the most valuable first; context comes last, for it has no gap.

    What a validation meeting settled is not asked again.
    """
    work = workings(pack, country, answers, ref)
    found = [
        _worth(work.method, item, fact)
        for item in work.scored
        if item.shown.basis != "validated"
        for fact in item.facts
        if _reason(fact)
    ]
    return tuple(sorted(found, key=lambda w: (-w.worth, -w.change, w.question)))


def _worth(method: Method, item: Scored, fact: Fact) -> WorthAsking:
    low, high = (_level_with(method, item, fact, value) for value in (fact.low, fact.high))
    target = item.shown.target or 0.0  # context has none, and no gap
    gap = max(0.0, target - low) - max(0.0, target - high)
    weight = method.dimension_weight(item.shown.dimension)
    weight *= method.weight_of(item.shown.sub_dimension).value
    return WorthAsking(
        question=fact.question.name,
        sub_dimension=item.shown.sub_dimension,
        lead=fact.question.lead,
        reason=_reason(fact),
        change=round(high - low, 4),
        worth=round(gap * weight, 4),
    )


def _level_with(method: Method, item: Scored, asked: Fact, value: float) -> float:
    """The level, 0 to 4, with one fact settled at `value`, the others as the method takes them."""
    strict = method.published.value == "established"
    others = [fact for fact in item.facts if fact is not asked]
    taken = [(fact.established if strict else fact.said, fact.shown.weight) for fact in others]
    known = [(score, weight) for score, weight in taken if score is not None]
    level = aggregate(
        AggregationName(item.shown.aggregation), [(value, asked.shown.weight), *known]
    )
    assert level is not None  # every scored fact has weight
    at = method.knockout.fails_at
    fails = asked.shown.knockout and value <= at
    if fails or any(fact.fails(at) for fact in others):
        return min(level, method.knockout.cap)
    return level


def _reason(fact: Fact) -> str:
    if fact.missing:
        return "missing"
    if fact.shown.disputed:
        return "disputed"
    if fact.score and fact.question.evidence and fact.shown.evidence is EvidenceState.STATED:
        return "claimed"
    return ""
