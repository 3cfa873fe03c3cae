"""The values that cross a boundary: between layers, out of a notebook, into the store, to a report.

All are frozen and forbid unknown fields. A result that a notebook writes carries
`schema_version`; a reader refuses another version. Missing is never zero: a level, rate or
verdict that is not known is `None` or `unknown`, never 0. Sentences are messages with their values
(`Said`), names are codes: results speak no language, the report does.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assessments.language import Said

SCHEMA_VERSION = 1
PUBLIC_EDITION = "public_"  # before the names under which a run keeps its public edition


class Value(BaseModel):
    """Base of all result models."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sensitivity(StrEnum):
    """Who may see an answer; whatever rests on it inherits the highest."""

    PUBLIC = "public"
    RESTRICTED = "restricted"
    CONFIDENTIAL = "confidential"

    @classmethod
    def highest(cls, *marks: Sensitivity) -> Sensitivity:
        """The strictest of `marks`; public where there is none."""
        order = list(cls)
        return max(marks, key=order.index, default=cls.PUBLIC)


class AnswerState(StrEnum):
    """What became of a question. Only `answered` scores."""

    ANSWERED = "answered"
    NO_INFORMATION = "no_information"  # asked, not known
    NOT_APPLICABLE = "not_applicable"
    WITHHELD = "withheld"
    SKIPPED = "skipped"  # by skip logic
    BLANK = "blank"
    UNUSABLE = "unusable"  # a value was given that cannot be read as an answer


class EvidenceState(StrEnum):
    """What stands behind an answer, strongest first."""

    SEEN = "document_seen"
    OBSERVED = "expert_observed"
    STATED = "stated_only"


# Canonical answer values: a choice name or text (str), choice names (tuple of str), a number,
# an ISO date (str), or the rows of a table (column name -> str or number; absent = blank).
Row = dict[str, str | float]
AnswerValue = str | float | tuple[str, ...] | tuple[Row, ...]


class Source(Value):
    """Where an answer stands in the file it came from."""

    workbook_sha256: str
    sheet: str
    cell: str  # A1 address; stands even where the cell is blank
    file_name: str = ""


class Answer(Value):
    """One institution's answer to one question, in the version that stands now."""

    id: str  # ANS_XAA_2026_CA_STR_1_02
    question: str
    institution: str
    state: AnswerState
    value: AnswerValue | None = None  # only where state is answered
    raw: str = ""  # what was in the cell, where it could not be read
    evidence: str = ""  # the respondent's reference to a document
    evidence_class: str = ""  # choice of list `evidence_classes`, "" where none was given
    evidence_state: EvidenceState = EvidenceState.STATED
    comment: str = ""
    source: Source
    # An answer given to an earlier version of the pack, and the rule that brought it here.
    carried: str = ""
    carried_from: str = ""  # id of the answer as it was given


class AssessmentRef(Value):
    """Which assessment, and with which pack and method."""

    iso3: str
    round: str
    pack: str
    pack_version: str
    pack_digest: str
    method_version: str


class CountryProfile(Value):
    """What is known of a country before anyone is asked: pre-fill, for it to confirm."""

    iso3: str
    un_name: str
    fictional: bool = False
    region: str = ""
    subregion: str = ""
    income_group: str = ""  # low, lower_middle, upper_middle, high, "" unknown
    resource_setting: str = ""  # low, low_middle, middle, high, "" unknown
    legal_tradition: str = ""  # civil, common, mixed, islamic, "" unknown
    treaty_effect: str = ""  # monist, dualist, mixed, "" unknown
    official_languages: tuple[str, ...] = ()  # ISO 639 codes
    working_language: str = "en"  # of questionnaires and report, a language of the pack if it can
    networks: tuple[str, ...] = ()  # codes of reference networks
    ldc: bool = False
    lldc: bool = False
    sids: bool = False
    untoc_status: str = ""  # ratified, acceded ..., "" unknown
    untoc_year: str = ""
    notes: tuple[Said, ...] = ()  # verification marks worth printing


# --- 1_check_answers --------------------------------------------------------------------------


class Respondent(Value):
    """One institution's current submission."""

    institution: str
    workbook_sha256: str
    version: int
    received_at: datetime
    asked: int  # questions put to it, without those skipped or not applicable
    answered: int
    unusable: int
    with_evidence: int  # answers of those that ask for a document which cite one


class StateCount(Value):
    """How many question-respondent pairs are in one state."""

    state: AnswerState
    count: int


class CoverageLine(Value):
    """Answered against applicable questions of one part, by weight; each question counts once."""

    id: str
    part: str  # dimension or sub-dimension code, or "all"
    applicable: int
    answered: int
    coverage: float | None  # 0 to 1, None where nothing applies


class Voice(Value):
    """What one institution said on one question, as it can be shown beside the others."""

    institution: str
    answer: str  # id
    state: AnswerState
    score: float | None = None  # 0 to 4
    text: str = ""  # the answer in words, English


class Divergence(Value):
    """Respondents two or more levels apart on one question. Shown, never averaged."""

    question: str
    sub_dimension: str
    voices: tuple[Voice, ...]
    spread: float
    sensitivity: Sensitivity


class Attention(Value):
    """An answer that an analyst should look at: unusable, implausible, without evidence."""

    answer: str
    question: str
    institution: str
    code: str
    message: Said
    sensitivity: Sensitivity


class AnswersReview(Value):
    """Result of notebook 1_check_answers."""

    schema_version: Literal[1] = 1
    assessment: AssessmentRef
    respondents: tuple[Respondent, ...]
    silent: tuple[str, ...]  # institutions of the pack that have not answered
    states: tuple[StateCount, ...]
    coverage: tuple[CoverageLine, ...]
    divergences: tuple[Divergence, ...]
    attention: tuple[Attention, ...]


# --- 2_score_gaps -----------------------------------------------------------------------------


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


# --- 3_set_priorities -------------------------------------------------------------------------


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


# --- 4_design_project -------------------------------------------------------------------------


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
    phase: int
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
