"""What a Word template may say: every field of a report, typed and explained, plain values only.

The list of fields in `report_templates/README.md` is generated from this module, and
`tana report check-template` judges a template by it. Values are words ready to print: numbers are
already in the reader's format, and whatever a version of the report may not show has already been
replaced. `id` fields are the printed ids that `tana trace` follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from assessments.report.context_findings import (
    Compliance,
    Count,
    Cover,
    DimensionFinding,
    Fact,
    Finding,
    Gap,
    GapPart,
    PrioritySection,
    ProfileRow,
    Provenance,
    Rate,
    Requirement,
    Respondent,
    Score,
    Summary,
)

__all__ = [
    "Activity",
    "Amount",
    "Annexes",
    "AnsweredQuestion",
    "Budget",
    "BudgetLine",
    "Chart",
    "Charts",
    "Compliance",
    "Count",
    "Cover",
    "Difference",
    "DimensionFinding",
    "Donor",
    "Fact",
    "Finding",
    "Gap",
    "GapPart",
    "Indicator",
    "Intervention",
    "Outcome",
    "Output",
    "Package",
    "PrioritySection",
    "ProfileRow",
    "Progress",
    "ProgressLine",
    "Project",
    "Provenance",
    "Rate",
    "Rejected",
    "Report",
    "Requirement",
    "Respondent",
    "Response",
    "Risk",
    "Rule",
    "Score",
    "ShownAnswer",
    "Stakeholder",
    "Summary",
]


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


@dataclass(frozen=True, slots=True)
class Intervention:
    """An activity package offered, tailored to the country."""

    id: Annotated[str, "printed id"]
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
    id: Annotated[str, "printed id"]
    reason: Annotated[str, "why"]


@dataclass(frozen=True, slots=True)
class Rejected:
    """Interventions considered and left out on one kind of ground."""

    ground: Annotated[str, "kind of reason"]
    count: Annotated[str, "how many interventions"]
    interventions: Annotated[tuple[LeftOut, ...], "each with its reason"]


@dataclass(frozen=True, slots=True)
class FrontierLine:
    """The most that one sum of money buys."""

    total: Annotated[str, "cost with support cost"]
    benefit: Annotated[str, "share of the weighted gaps that it closes"]
    count: Annotated[str, "how many interventions"]
    package: Annotated[str, "package that stands here; may be empty"]


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


@dataclass(frozen=True, slots=True)
class Package:
    """One of the offers a government can choose from."""

    id: Annotated[str, "printed id"]
    name: Annotated[str, "name"]
    meaning: Annotated[str, "what it is for"]
    ceiling: Annotated[str, "ceiling it was built under"]
    count: Annotated[str, "number of interventions"]
    interventions: Annotated[str, "their titles"]
    subtotal: Annotated[str, "cost of activities"]
    support: Annotated[str, "programme support cost"]
    total: Annotated[str, "total"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """How a result is measured."""

    id: Annotated[str, "printed id"]
    text: Annotated[str, "the indicator"]
    baseline: Annotated[str, "baseline with its year"]
    target: Annotated[str, "target with its date"]
    source: Annotated[str, "means of verification"]
    frequency: Annotated[str, "how often"]
    owner: Annotated[str, "who collects it"]
    disaggregation: Annotated[str, "how it is broken down"]
    question: Annotated[str, "question of the next round that measures it; may be empty"]


@dataclass(frozen=True, slots=True)
class Activity:
    """What is done."""

    id: Annotated[str, "printed id"]
    text: Annotated[str, "the activity"]
    period: Annotated[str, "quarters of the project"]
    owner: Annotated[str, "who leads"]
    after: Annotated[tuple[Finding, ...], "activities that come first, with their printed ids"]
    government: Annotated[str, "what the Government says of it; may be empty"]


@dataclass(frozen=True, slots=True)
class Output:
    """A product or service fully in the project's control."""

    id: Annotated[str, "printed id"]
    number: Annotated[str, "number, as 1.2"]
    text: Annotated[str, "the output"]
    indicators: Annotated[tuple[Indicator, ...], "its indicators"]
    assumptions: Annotated[tuple[str, ...], "assumptions"]
    sustainability: Annotated[str, "who keeps it up after the project"]
    activities: Annotated[tuple[Activity, ...], "its activities"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A change in what institutions do."""

    id: Annotated[str, "printed id"]
    number: Annotated[str, "number"]
    text: Annotated[str, "the outcome"]
    institutions: Annotated[str, "institutions that change"]
    indicators: Annotated[tuple[Indicator, ...], "its indicators"]
    assumptions: Annotated[tuple[str, ...], "assumptions"]
    outputs: Annotated[tuple[Output, ...], "its outputs"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of budget lines."""

    label: Annotated[str, "category, year or outcome"]
    amount: Annotated[str, "sum"]
    share: Annotated[str, "share of the subtotal"]


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of the budget."""

    id: Annotated[str, "printed id"]
    description: Annotated[str, "what is paid for"]
    category: Annotated[str, "budget category"]
    year: Annotated[str, "project year"]
    quantity: Annotated[str, "quantity and unit"]
    unit_cost: Annotated[str, "unit cost"]
    range: Annotated[str, "low and high unit cost"]
    source: Annotated[str, "number of the source of the unit cost"]
    amount: Annotated[str, "quantity times unit cost"]


@dataclass(frozen=True, slots=True)
class Budget:
    """The budget of the package put forward for discussion."""

    sentence: Annotated[str, "the budget in a sentence"]
    assumption: Annotated[str, "what the figures are and are not"]
    currency: Annotated[str, "currency"]
    by_category: Annotated[tuple[Amount, ...], "sums by category"]
    by_year: Annotated[tuple[Amount, ...], "sums by project year"]
    by_outcome: Annotated[tuple[Amount, ...], "sums by outcome"]
    lines: Annotated[tuple[BudgetLine, ...], "all lines"]
    sources: Annotated[tuple[Fact, ...], "sources of the unit costs, by number"]
    subtotal: Annotated[str, "sum of the lines"]
    support_label: Annotated[str, "programme support cost with its rate"]
    support_cost: Annotated[str, "programme support cost"]
    total: Annotated[str, "total"]


@dataclass(frozen=True, slots=True)
class Risk:
    """One entry of the risk register."""

    id: Annotated[str, "printed id"]
    category: Annotated[str, "category"]
    event: Annotated[str, "what could happen"]
    cause: Annotated[str, "why"]
    rating: Annotated[str, "likelihood x impact = rating"]
    sign: Annotated[str, "early warning sign"]
    mitigation: Annotated[str, "what is done about it"]
    owner: Annotated[str, "who watches it"]
    residual: Annotated[str, "rating that remains"]
    shade: Annotated[str, "colour of the rating, as RRGGBB"]


@dataclass(frozen=True, slots=True)
class Donor:
    """Assistance that is running or past."""

    donor: Annotated[str, "donor"]
    title: Annotated[str, "project"]
    amount: Annotated[str, "amount as reported"]
    period: Annotated[str, "period"]
    overlaps: Annotated[str, "interventions to coordinate; may be empty"]
    id: Annotated[str, "printed id of the answer that reports it"]


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """An institution with its part in the project."""

    institution: Annotated[str, "institution"]
    involvement: Annotated[str, "part in the project"]
    assets: Annotated[str, "capacity it brings"]
    gaps: Annotated[str, "capacity it lacks"]
    desired: Annotated[str, "what it should be able to do"]


@dataclass(frozen=True, slots=True)
class Project:
    """PART B: a draft for discussion with the government."""

    title: Annotated[str, "title"]
    intro: Annotated[str, "what the design is, and who decides"]
    notices: Annotated[tuple[str, ...], "its doubt, or why nothing could be chosen"]
    impact: Annotated[str, "the wider change it serves"]
    duration: Annotated[str, "length"]
    packages_intro: Annotated[str, "sentence before the packages"]
    packages: Annotated[tuple[Package, ...], "three offers"]
    frontier: Annotated[tuple[FrontierLine, ...], "what more money would buy, cheapest first"]
    runner_up: Annotated[str, "the next best choice in a sentence; may be empty"]
    different_lead: Annotated[str, "sentence before what is different for this country"]
    differences: Annotated[tuple[Difference, ...], "what differs for this country, by trait"]
    different_note: Annotated[str, "what another country with the same gap would be told"]
    interventions: Annotated[tuple[Intervention, ...], "tailored interventions"]
    hidden: Annotated[str, "what is not shown in this version; empty if nothing"]
    rejected: Annotated[tuple[Rejected, ...], "considered and left out, by reason"]
    rejected_lead: Annotated[str, "how many were considered and left out; may be empty"]
    impact_indicators: Annotated[tuple[Indicator, ...], "indicators of the impact"]
    outcomes: Annotated[tuple[Outcome, ...], "logical framework"]
    budget: Annotated[Budget, "budget"]
    risks: Annotated[tuple[Risk, ...], "risk register"]
    indicators: Annotated[tuple[Indicator, ...], "all indicators, for the monitoring plan"]
    donors: Annotated[tuple[Donor, ...], "donor map"]
    stakeholders: Annotated[tuple[Stakeholder, ...], "institutions and their part"]
    markers: Annotated[tuple[Fact, ...], "gender marker and Sustainable Development Goals"]


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """One sub-dimension in the earlier round, now, and where it is meant to stand."""

    name: Annotated[str, "name"]
    id: Annotated[str, "printed id of its level now"]
    baseline: Annotated[str, "level as the earlier round stated it"]
    baseline_id: Annotated[str, "printed id of that level, which `tana trace` follows"]
    now: Annotated[str, "level as this round states it"]
    target: Annotated[str, "target"]
    change: Annotated[str, "change on what both rounds asked alike and answered"]
    shared: Annotated[str, "how many questions that is"]
    note: Annotated[str, "what is not comparable, and why; empty if everything is"]


@dataclass(frozen=True, slots=True)
class Progress:
    """This round beside the one before it."""

    round: Annotated[str, "the earlier round; empty where there is none"]
    sentence: Annotated[str, "what is compared, and how many rose and fell"]
    lines: Annotated[tuple[ProgressLine, ...], "baseline, now and target by sub-dimension"]


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer that this version may show."""

    id: Annotated[str, "printed id"]
    institution: Annotated[str, "institution"]
    answer: Annotated[str, "answer in words"]
    evidence: Annotated[str, "document cited; may be empty"]


@dataclass(frozen=True, slots=True)
class Response:
    """What the Government says of one finding or activity."""

    id: Annotated[str, "printed id of the finding or activity"]
    answer: Annotated[str, "printed id of the response, which leads to its cell"]
    choice: Annotated[str, "accepted, corrected or objected to"]
    words: Annotated[str, "its own words; may be empty"]
    evidence: Annotated[str, "document it names; may be empty"]
    signed: Annotated[str, "who signed for it, by function"]


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """One question with what each institution answered."""

    code: Annotated[str, "code of the question, as STR_1_05"]
    question: Annotated[str, "its wording"]
    answers: Annotated[tuple[ShownAnswer, ...], "answers, one for each institution"]


@dataclass(frozen=True, slots=True)
class Annexes:
    """What stands behind the findings."""

    answers_note: Annotated[str, "which answers are shown"]
    answers: Annotated[tuple[AnsweredQuestion, ...], "answers by question"]
    rules: Annotated[tuple[Rule, ...], "tailoring rules that were applied"]
    context: Annotated[tuple[Fact, ...], "what the rules knew of the country"]
    assumptions: Annotated[tuple[str, ...], "what was assumed where nothing is known"]
    method: Annotated[tuple[Fact, ...], "versions"]
    glossary: Annotated[tuple[Fact, ...], "terms"]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: its caption and the words a screen reader says."""

    caption: Annotated[str, "caption, with the unit"]
    alternative_text: Annotated[str, "what the picture shows, in words"]


@dataclass(frozen=True, slots=True)
class Charts:
    """The pictures. In the template they are pictures named `heat_map` and so on."""

    heat_map: Annotated[Chart, "levels of all sub-dimensions"]
    priority_matrix: Annotated[Chart, "severity against feasibility, with cost"]
    theory_of_change: Annotated[Chart, "from gaps to impact, with the assumption on each arrow"]
    work_plan: Annotated[Chart, "interventions over the quarters of the project"]


@dataclass(frozen=True, slots=True)
class Report:
    """All fields of a report, by section."""

    cover: Annotated[Cover, "cover, header and footer"]
    service: Annotated[tuple[str, ...], "in whose service the assessment is"]
    provenance: Annotated[Provenance, "provenance box"]
    summary: Annotated[Summary, "executive summary"]
    purpose: Annotated[tuple[str, ...], "purpose and method, in paragraphs"]
    limits: Annotated[tuple[str, ...], "limits, one sentence each"]
    dimension_profile: Annotated[tuple[ProfileRow, ...], "profile by dimension"]
    form_profile: Annotated[tuple[ProfileRow, ...], "profile by form of cooperation"]
    profile_note: Annotated[str, "what the lines of the profile leave out; empty if nothing"]
    dimensions: Annotated[tuple[DimensionFinding, ...], "findings by dimension"]
    progress: Annotated[Progress, "baseline, now and target, from a second round on"]
    compliance: Annotated[Compliance, "treaty paragraphs"]
    rates: Annotated[tuple[Rate, ...], "the country's own figures"]
    priorities: Annotated[PrioritySection, "gaps in order"]
    project: Annotated[Project, "project design"]
    responses: Annotated[tuple[Response, ...], "corrections and objections of the Government"]
    annexes: Annotated[Annexes, "annexes"]
    charts: Annotated[Charts, "pictures"]
    disclaimer: Annotated[tuple[str, ...], "what the report is not, in paragraphs"]
