"""The result of notebook 4_design_project: a project, from what was on offer to its budget."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from assessments.language import Said
from assessments.results.assessment import AssessmentRef, CountryProfile
from assessments.results.value import Sensitivity, Value


class AppliedRule(Value):
    """A tailoring rule that fired for an intervention."""

    rule: str  # TAI_012
    effect: str
    kind: str
    how: Said
    reason: Said
    verification: str
    answers: tuple[str, ...] = ()  # ids of answers its condition read
    sensitivity: Sensitivity = Sensitivity.PUBLIC


class ChosenIntervention(Value):
    """An intervention of the project, tailored."""

    id: str  # INT_XAA_2026_014
    intervention: str  # INT_014
    title: str
    gaps: tuple[str, ...]
    rules: tuple[AppliedRule, ...]
    packages: tuple[str, ...]  # essential, core, full
    phase: int  # in which it begins
    start_month: int  # 0 = first month of the project
    months: int
    quantity: Decimal
    unit: str
    unit_cost_low: Decimal
    unit_cost_high: Decimal
    cost: Decimal  # planning figure, without support cost
    after: tuple[str, ...]  # chosen interventions (INT_014) that come first
    lead: str
    hrddp: bool
    tool: str
    tool_verification: str
    sdg_target: str
    coordinate_with: tuple[str, ...]  # donor projects on the same gap
    benefit: float
    why: Said
    sensitivity: Sensitivity


class RejectedIntervention(Value):
    """Considered and left out of the full package."""

    intervention: str
    title: str
    code: Literal["rule", "cost", "prerequisite", "capacity", "little_effect", "in_place"]
    reason: Said
    rules: tuple[AppliedRule, ...] = ()
    sensitivity: Sensitivity = Sensitivity.PUBLIC


class Package(Value):
    """One of the offers a government can choose from; totals include support cost."""

    id: str
    name: Literal["essential", "core", "full"]
    ceiling: Decimal | None
    subtotal: Decimal
    support_cost: Decimal
    total: Decimal
    benefit: float
    chosen: tuple[str, ...]  # INT_014 ...


class FrontierPoint(Value):
    """The most that can be achieved for a cost."""

    total: Decimal
    benefit: float
    chosen: tuple[str, ...]


class Indicator(Value):
    """How a result is measured; baseline from the assessment where it can be."""

    id: str
    text: Said
    question: str  # question id of the next round, "" where the source is another
    baseline: Said
    baseline_year: str
    target: Said
    target_date: Said
    source: Said
    frequency: Said
    owner: str
    disaggregation: Said
    sensitivity: Sensitivity = Sensitivity.PUBLIC


class Activity(Value):
    """What is done; each belongs to an output and rests on a chosen intervention."""

    id: str
    output: str
    intervention: str  # id of ChosenIntervention
    text: Said
    start_quarter: int  # 1 = first quarter of the project
    end_quarter: int
    after: tuple[str, ...]  # activity ids
    owner: str
    sensitivity: Sensitivity = Sensitivity.PUBLIC


class Output(Value):
    """A product or service fully in the project's control."""

    id: str
    outcome: str
    text: Said
    indicators: tuple[Indicator, ...]
    assumptions: tuple[Said, ...]  # what must hold so that it leads to its outcome
    sustainability: Said  # who pays and keeps it up after the project, and what if not
    activities: tuple[str, ...]
    conditions: tuple[Said, ...] = ()  # what must hold so that its activities deliver it
    sensitivity: Sensitivity = Sensitivity.PUBLIC


class Outcome(Value):
    """A change in what named institutions do."""

    id: str
    text: Said
    institutions: tuple[str, ...]
    gaps: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    assumptions: tuple[Said, ...]
    outputs: tuple[str, ...]
    sensitivity: Sensitivity = Sensitivity.PUBLIC


class BudgetLine(Value):
    """One line, bottom-up. `amount` = quantity x unit cost, in USD and cents."""

    id: str
    activity: str
    outcome: str
    category: str  # UN harmonized category
    description: Said
    year: int  # 1 = first project year
    quantity: Decimal
    unit: str
    unit_cost: Decimal
    unit_cost_low: Decimal
    unit_cost_high: Decimal
    amount: Decimal
    basis: Said
    sensitivity: Sensitivity = Sensitivity.PUBLIC


class BudgetTotal(Value):
    """A sum of lines by one key (category, year or outcome), without support cost."""

    key: str
    amount: Decimal


class Budget(Value):
    """The budget of the package recommended for discussion."""

    package: Literal["essential", "core", "full"]
    currency: str
    lines: tuple[BudgetLine, ...]
    by_category: tuple[BudgetTotal, ...]
    by_year: tuple[BudgetTotal, ...]
    by_outcome: tuple[BudgetTotal, ...]
    subtotal: Decimal
    support_rate: Decimal
    support_cost: Decimal
    total: Decimal


class Risk(Value):
    """One entry of the risk register; likelihood and impact 1 to 5."""

    id: str
    category: str
    event: Said
    cause: Said
    likelihood: int
    impact: int
    rating: int
    warning_sign: Said
    mitigation: Said
    owner: str
    residual: int
    rests_on: tuple[str, ...] = ()  # scores or answers
    sensitivity: Sensitivity = Sensitivity.PUBLIC


class DonorProject(Value):
    """Assistance that is running or past, from the country's own answers."""

    donor: str
    title: str
    amount: str
    period: str
    overlaps: tuple[str, ...]  # chosen interventions; coordinate, never remove
    answer: str
    sensitivity: Sensitivity


class Stakeholder(Value):
    """An institution with its part in the project."""

    institution: str
    involvement: Said
    assets: Said
    gaps: Said
    desired: Said
    rests_on: tuple[str, ...]


class ProjectDesign(Value):
    """Result of notebook 4_design_project: a draft for discussion with the government."""

    schema_version: Literal[1] = 1
    assessment: AssessmentRef
    country: CountryProfile
    context: tuple[tuple[str, Said], ...]  # what rules saw: fact -> value ("unknown" where so)
    assumptions: tuple[Said, ...]  # what was assumed where the country is unknown
    title: Said
    impact: Said
    impact_indicators: tuple[Indicator, ...]
    outcomes: tuple[Outcome, ...]
    outputs: tuple[Output, ...]
    activities: tuple[Activity, ...]
    interventions: tuple[ChosenIntervention, ...]
    rejected: tuple[RejectedIntervention, ...]
    packages: tuple[Package, ...]
    frontier: tuple[FrontierPoint, ...]
    budget: Budget
    risks: tuple[Risk, ...]
    donors: tuple[DonorProject, ...]
    stakeholders: tuple[Stakeholder, ...]
    months: int
    gender_marker: int
    gender_reason: Said
    sdg_targets: tuple[str, ...]
    runner_up: FrontierPoint | None = None  # the next best set under the full package's ceiling
    restricted_facts: tuple[str, ...] = ()  # names in `context` that rest on answers not public
    doubt: Said = Said()  # what a design of one outcome rests on, where it is one
    messages: tuple[Said, ...] = ()  # why nothing could be chosen, where so
