"""What is worth asking next: questions whose answer could change the priorities most.

Each question that is missing, disputed or only claimed is tried at its worst and at its best; the
change of its sub-dimension's level, times what that level weighs in the order of gaps, is what an
answer is worth. It feeds the follow-up questionnaire.
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
    worth: float  # change times the weights of the order of gaps


def worth_asking(
    pack: Pack, country: CountryProfile, answers: Iterable[Answer], ref: AssessmentRef
) -> tuple[WorthAsking, ...]:
    """Open questions, the most valuable first; context comes last, for it has no gap."""
    work = workings(pack, country, answers, ref)
    found = [
        _worth(pack, work.method, item, fact)
        for item in work.scored
        for fact in item.facts
        if _reason(fact)
    ]
    return tuple(sorted(found, key=lambda w: (-w.worth, -w.change, w.question)))


def _worth(pack: Pack, method: Method, item: Scored, fact: Fact) -> WorthAsking:
    name = AggregationName(item.shown.aggregation)
    low, high = (_level_with(name, item.facts, fact, value) for value in (fact.low, fact.high))
    change = round(max(0.0, high - low), 4)
    context = pack.dimension[item.shown.dimension].context
    weight = method.dimension_weight(item.shown.dimension)
    weight *= method.weight_of(item.shown.sub_dimension).value
    return WorthAsking(
        question=fact.question.name,
        sub_dimension=item.shown.sub_dimension,
        lead=fact.question.lead,
        reason=_reason(fact),
        change=change,
        worth=0.0 if context else round(change * weight, 4),
    )


def _level_with(name: AggregationName, facts: tuple[Fact, ...], asked: Fact, value: float) -> float:
    """The level with one fact at `value` and the others as they stand."""
    weighted = [
        (value if fact is asked else fact.established, fact.shown.weight)
        for fact in facts
        if fact is asked or fact.established is not None
    ]
    return aggregate(name, [(s, w) for s, w in weighted if s is not None]) or 0.0


def _reason(fact: Fact) -> str:
    if fact.missing:
        return "missing"
    if fact.shown.disputed:
        return "disputed"
    if fact.score and fact.question.evidence and fact.shown.evidence is EvidenceState.STATED:
        return "claimed"
    return ""
