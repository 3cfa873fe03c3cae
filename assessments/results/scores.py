"""The result of notebook 2_score_gaps: capability levels, compliance, and rates from hard data."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from assessments.language import Said
from assessments.results.answers import AnswerState, EvidenceState, Voice
from assessments.results.assessment import AssessmentRef
from assessments.results.value import Sensitivity, Value


class FactScore(Value):
    """One scored question in its sub-dimension."""

    question: str
    state: AnswerState
    score: float | None  # 0 to 4 after caps; None where not answered
    uncapped: float | None
    weight: float
    knockout: bool
    disputed: bool  # respondents two or more levels apart
    evidence: EvidenceState | None
    voices: tuple[Voice, ...]
    because: Said = Said()  # why capped or left out, in words
    due: bool = True  # an answer was due, so that it stays in the denominator of coverage
    implied: float | None = None  # what it counts as where it was rightly not asked
    unconfirmed: bool = False  # answered, but what it follows from is not


class SubDimensionScore(Value):
    """The capability level of one sub-dimension."""

    id: str
    sub_dimension: str
    dimension: str
    level: float | None  # 0 to 4; None: not enough information
    low: float | None  # interval from missing answers, disagreement and evidence
    high: float | None
    basis: Literal["facts", "self_rated", "validated", "none"]
    facts_level: float | None
    self_rated: tuple[Voice, ...]  # shown beside, never averaged in
    aggregation: str  # weighted_mean, weakest_link ...
    knocked_out_by: tuple[str, ...]
    coverage: float | None
    evidence: EvidenceState | None  # the weakest that carries the level
    claimed: bool  # level 3 or more without evidence seen
    divergent: bool
    target: float | None  # None for context
    gap: float | None  # target minus level, never below 0
    facts: tuple[FactScore, ...]
    sensitivity: Sensitivity
    because: Said = Said()


class ProfileLine(Value):
    """A dimension or a cooperation form in the profile. A profile, never an index."""

    id: str
    code: str
    level: float | None  # None where coverage is below the floor
    coverage: float | None
    lowest: float | None
    highest: float | None
    scored: int  # sub-dimensions with a level
    of: int
    sensitivity: Sensitivity


class Verdict(StrEnum):
    """Where a treaty paragraph stands."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


class RequirementStatus(Value):
    """The compliance ledger's entry for one treaty paragraph."""

    id: str
    requirement: str
    ref: str
    obligation: str
    verdict: Verdict
    disputed: bool
    gap: bool  # a mandatory paragraph not met or partly met
    question: str
    voices: tuple[Voice, ...]
    met_by: str = ""  # alternative row that satisfies the group
    sensitivity: Sensitivity
    because: Said = Said()


class VerdictCount(Value):
    """How many mandatory paragraphs stand at one verdict."""

    verdict: Verdict
    count: int


class Rate(Value):
    """A derived indicator from hard data, always with its counts."""

    name: str
    label: str
    value: float | None
    unit: str
    numerator: float | None
    denominator: float | None
    small_number: bool
    in_doubt: bool = False  # it rests on numbers that cannot all be right, and has no value
    answers: tuple[str, ...]
    sensitivity: Sensitivity


class Scores(Value):
    """Result of notebook 2_score_gaps: the two ledgers, never merged."""

    schema_version: Literal[1] = 1
    assessment: AssessmentRef
    sub_dimensions: tuple[SubDimensionScore, ...]
    dimensions: tuple[ProfileLine, ...]
    forms: tuple[ProfileLine, ...]
    requirements: tuple[RequirementStatus, ...]
    mandatory: tuple[VerdictCount, ...]
    rates: tuple[Rate, ...]
