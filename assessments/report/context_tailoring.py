"""The fields of what is offered to this country, why, and what was left out; see `context`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from assessments.report.context_findings import Fact, Finding, PrintedId


@dataclass(frozen=True, slots=True)
class Rule:
    """A tailoring rule that changed or chose an intervention."""

    rule: Annotated[str, "rule, as TAI_012"]
    effect: Annotated[str, "what it does"]
    kind: Annotated[str, "what in the country it looks at"]
    how: Annotated[str, "what is done differently; may be empty"]
    reason: Annotated[str, "why, as a sentence"]
    verification: Annotated[str, "whether its basis was verified; may be empty"]
    applies_to: Annotated[str, "interventions it was applied to"]
    place: Annotated[str, "says where Part B prints how and why; empty if nowhere"]


@dataclass(frozen=True, slots=True)
class Intervention:
    """An activity package offered, tailored to the country."""

    id: PrintedId
    number: Annotated[str, "place in the list"]
    title: Annotated[str, "title"]
    phase: Annotated[str, "phase of the project"]
    period: Annotated[str, "months of the project"]
    quantity: Annotated[str, "how much of what"]
    cost: Annotated[str, "planning figure"]
    cost_range: Annotated[str, "low to high"]
    lead: Annotated[str, "institution that owns the result"]
    packages: Annotated[str, "packages it belongs to"]
    gaps: Annotated[tuple[Finding, ...], "the gaps it closes"]
    why: Annotated[str, "why it was chosen"]
    rules: Annotated[tuple[Rule, ...], "what is different for this country and why"]
    standard: Annotated[str, "says so where no rule changed it; else empty"]
    notes: Annotated[tuple[Fact, ...], "tool, order, safeguards, coordination"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One intervention that was considered and left out."""

    title: Annotated[str, "title"]
    id: PrintedId
    reason: Annotated[str, "why"]


@dataclass(frozen=True, slots=True)
class LeftOutTogether:
    """Interventions left out for the same reason."""

    reason: Annotated[str, "why"]
    interventions: Annotated[tuple[Finding, ...], "their titles, each with its printed id"]


@dataclass(frozen=True, slots=True)
class Rejected:
    """Interventions considered and left out on one kind of ground."""

    ground: Annotated[str, "kind of reason"]
    count: Annotated[str, "how many interventions"]
    interventions: Annotated[tuple[LeftOut, ...], "each with its reason"]
    reasons: Annotated[tuple[LeftOutTogether, ...], "the same, each reason once"]


@dataclass(frozen=True, slots=True)
class Difference:
    """What one trait of the country changes in the advice, by one rule."""

    ground: Annotated[str, "trait of the country, as its legal tradition"]
    value: Annotated[str, "what is known of the country there; may be empty"]
    advice: Annotated[str, "what is done differently"]
    reason: Annotated[str, "why, in the words of the rule"]
    rule: Annotated[str, "rule, as TAI_012"]
    more: Annotated[str, "how many more rules look at the same trait; empty if none"]
    intervention: Annotated[str, "intervention it changes"]
    id: Annotated[str, "printed id of that intervention"]
