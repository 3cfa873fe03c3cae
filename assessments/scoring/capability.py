"""Put facts together: the capability level of each sub-dimension, with its doubt and its reasons.

Three values stand side by side and are never averaged: the level that the answered facts give,
the respondents' own rating, and the level that is stated (see `establish`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.identifiers import Kind, printed_id
from assessments.language import Said
from assessments.pack.method import Method
from assessments.pack.model import Pack, SubDimension, Tier
from assessments.results import (
    AnswerValue,
    AssessmentRef,
    CountryProfile,
    EvidenceState,
    Sensitivity,
    SubDimensionScore,
)
from assessments.scoring import level_words as words
from assessments.scoring.establish import Level, Material, establish, rounded, worst_case
from assessments.scoring.facts import Fact, score_fact
from assessments.scoring.gather import Gathered, voices


@dataclass(frozen=True, slots=True)
class Case:
    """One assessment as it goes into scoring."""

    pack: Pack
    method: Method
    country: CountryProfile
    ref: AssessmentRef
    gathered: Mapping[str, Gathered]
    values: Mapping[str, AnswerValue | None]  # standing answers
    skipped: frozenset[str]  # questions that skip logic left out
    unknown: frozenset[str]  # questions whose answer was due and is missing
    tier: Tier  # how deep the questionnaire went


@dataclass(frozen=True, slots=True)
class Scored:
    """A sub-dimension's result with what the profile lines and the simulation need besides."""

    shown: SubDimensionScore
    facts: tuple[Fact, ...]
    applies: bool  # False where none of its questions applies
    established: float  # 0 to 4: worst case where there is no level
    coverage: float  # 0 to 1
    within_reach: float | None  # 0 to 4: the level if what is missing or disputed turned out best


def score_sub_dimension(case: Case, sub: SubDimension) -> Scored:
    """The level of one sub-dimension, 0 to 4, or None with the reason."""
    method = case.method
    asked = [
        item
        for item in case.gathered.values()
        if item.question.sub_dimension == sub.code and case.tier.includes(item.question.tier)
    ]
    scored = [i for i in asked if i.question.score and not i.question.is_level]
    facts = tuple(
        score_fact(case.pack, method, item, case.values, skipped=case.skipped, unknown=case.unknown)
        for item in scored
        if item.question.weight > 0
    )
    rating = next((item for item in asked if item.question.is_level), None)
    material = Material(method, method.aggregation_of(sub.code).value, facts, rating)
    found = establish(material)
    heard = [item for item in (*scored, *([rating] if rating else [])) if item.voices]
    shown = _shown(case, sub, material, found, heard)
    applies = bool(material.weighted) or (not facts and rating is not None)
    worst = found.level if found.level is not None else worst_case(material)
    rated = 1.0 if found.basis in ("self_rated", "validated") else 0.0
    coverage = max(material.coverage or 0.0, rated)
    return Scored(shown, facts, applies, worst, coverage, material.within_reach)


def _shown(
    case: Case, sub: SubDimension, material: Material, found: Level, heard: list[Gathered]
) -> SubDimensionScore:
    method, rating, facts_level = case.method, material.rating, material.facts_level
    evidence = _evidence(material, found)
    claimed = (
        found.level is not None
        and found.level >= method.evidence.claimed_from.value
        and evidence not in method.evidence.lifts_claim.value
    )
    target = None
    if not case.pack.dimension[sub.dimension].context:
        target = method.target(sub.code, case.country.resource_setting).value
    gap = None
    if target is not None and found.level is not None:
        gap = rounded(max(0.0, target - found.level))
    ratings_apart = rating is not None and rating.spread() >= method.divergence.value
    return SubDimensionScore(
        id=printed_id(Kind.SCORE, case.ref.iso3, case.ref.round, sub.code),
        sub_dimension=sub.code,
        dimension=sub.dimension,
        level=found.level,
        low=found.low,
        high=found.high,
        basis=found.basis,
        facts_level=facts_level,
        self_rated=voices(rating) if rating else (),
        aggregation=material.name.value,
        knocked_out_by=found.knocked_out_by,
        coverage=material.coverage,
        evidence=evidence,
        claimed=claimed,
        divergent=ratings_apart or any(fact.shown.disputed for fact in material.facts),
        target=target,
        gap=gap,
        facts=tuple(fact.shown for fact in material.facts),
        sensitivity=Sensitivity.highest(*(item.question.sensitivity for item in heard)),
        because=Said.together(
            found.because,
            words.claimed() if claimed else "",
            _beside(method, rating, facts_level),
        ),
    )


def _beside(method: Method, rating: Gathered | None, facts_level: float | None) -> str:
    """The sentence on a self-rating that stands far from the facts."""
    said = rating.score() if rating and not rating.agreed else None
    if said is None or facts_level is None or abs(said - facts_level) < method.divergence.value:
        return ""
    return words.beside(facts_level, said)


def _evidence(material: Material, found: Level) -> EvidenceState | None:
    """The weakest evidence that carries the level; None where there is no level.

    A question that asks for no document (a count, a date) does not weaken what documents show.
    Answers of nothing in place need no proof. A validation meeting counts as observed.
    """
    rating = material.rating
    if found.basis == "validated":
        return EvidenceState.OBSERVED
    if found.basis == "self_rated" and rating is not None and rating.standing is not None:
        return rating.standing.evidence_state
    if found.basis == "none":
        return None
    carrying = [f for f in material.facts if f.score]
    asked = [f for f in carrying if f.question.evidence] or carrying
    states = [f.shown.evidence for f in asked if f.shown.evidence is not None]
    return max(states, key=list(EvidenceState).index, default=None)
