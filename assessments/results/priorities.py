"""The result of notebook 3_set_priorities: the gaps in their order, and why each matters."""

from __future__ import annotations

from typing import Literal

from assessments.language import Said
from assessments.results.assessment import AssessmentRef
from assessments.results.value import Sensitivity, Value


class Part(Value):
    """One factor of a severity, visible so that it can be questioned."""

    name: str
    value: float
    reason: Said


class Gap(Value):
    """A sub-dimension below its target, with why it matters."""

    id: str
    rank: int
    sub_dimension: str
    score: str  # id of the SubDimensionScore
    level: float
    target: float
    gap: float
    severity: float
    parts: tuple[Part, ...]
    unmet: tuple[str, ...]  # ids of requirement statuses that are gaps
    depends_on: tuple[str, ...]  # sub-dimensions that come first
    robustness: Literal["robust", "depends_on_weights", "needs_evidence_first"]
    best_rank: int
    worst_rank: int  # when each weight moves by the method's share
    probability_top: float | None = None  # share of draws in which it is among the top gaps
    reason: Said
    sensitivity: Sensitivity


class NotScored(Value):
    """A sub-dimension without a value: what should be asked next."""

    sub_dimension: str
    reason: Said


class Priorities(Value):
    """Result of notebook 3_set_priorities."""

    schema_version: Literal[1] = 1
    assessment: AssessmentRef
    gaps: tuple[Gap, ...]
    strengths: tuple[str, ...]  # ids of scores at or above target
    not_scored: tuple[NotScored, ...]
