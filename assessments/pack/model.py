"""The questionnaire pack as values: what an expert wrote in the tables, validated and immutable.

A pack is a folder of tables (see `questionnaires/cooperation/README.md`). This module only says
what a pack *is*; `load` reads one, `check` lists its faults, `expressions` evaluates its rules.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assessments.results import Sensitivity

if TYPE_CHECKING:
    from assessments.pack.changes import DeclaredChange
    from assessments.pack.contradictions import ContradictionRule
    from assessments.pack.corridors import LinkRule
    from assessments.pack.expressions import Expression
    from assessments.pack.method import Method
    from assessments.pack.offers import ResultGroup, StandardRisk
    from assessments.pack.scores import ScoreRule

SOURCE_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in several languages; English is always there."""

    texts: Mapping[str, str]  # language code -> text
    unreviewed: frozenset[str] = frozenset()  # languages no speaker has checked yet

    def __str__(self) -> str:
        return self.texts.get(SOURCE_LANGUAGE, "")

    def __bool__(self) -> bool:
        return bool(str(self))

    def in_(self, language: str) -> str:
        """The text in `language`, or in English where the pack has no translation."""
        return self.texts.get(language) or str(self)


NO_WORDS = Words({})


class Tier(StrEnum):
    """How far a questionnaire goes: each tier includes the ones before it."""

    FAST_TRACK = "fast_track"  # the short questionnaire for an ad hoc request
    CORE = "core"
    STANDARD = "standard"
    DEEP = "deep"

    def includes(self, other: Tier) -> bool:
        return _DEPTH[other] <= _DEPTH[self]


_DEPTH = {tier: depth for depth, tier in enumerate(Tier)}


class QuestionType(StrEnum):
    """What kind of answer a question takes; the values are XLSForm's, but for `level`."""

    LEVEL = "level"  # one of the five levels of its sub-dimension (select_one level_STR_1)
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TEXT = "text"
    TABLE = "table"  # begin_repeat ... end_repeat


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a choice list."""

    name: str  # what is stored
    label: Words
    kind: str = ""  # for cooperation forms: formal, informal or support
    exclusive: bool = False  # cannot stand beside other choices, and counts as nothing selected
    hint: Words = NO_WORDS  # for institutions: what each answers on


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table question."""

    name: str
    label: Words
    type: QuestionType  # never LEVEL or TABLE
    choices: tuple[Choice, ...] = ()  # of a select_one or select_multiple column
    constraint: Expression | None = None
    constraint_message: Words = NO_WORDS


@dataclass(frozen=True, slots=True)
class Question:
    """One question, with everything a workbook, a score and a report need to know of it."""

    name: str  # STR_1_02: XLSForm name, printed id; its answer cell is named q_STR_1_02
    type: QuestionType
    label: Words
    hint: Words
    dimension: str  # STR
    sub_dimension: str  # STR-1
    cooperation_form: str  # MLA, EXT ... (choice list cooperation_forms)
    institutions: tuple[str, ...]  # who sees the question, the lead among them
    lead: str  # whose answer is the fact; the others confirm or dispute
    tier: Tier
    untoc_refs: tuple[str, ...] = ()
    list_name: str = ""  # choice list as written in the survey, "" where none
    choices: tuple[Choice, ...] = ()  # of select_one, select_multiple and level (names "0".."4")
    columns: tuple[TableColumn, ...] = ()  # of a table
    row_key: str = ""  # table with fixed rows: the name of its first column, a select_one whose
    #                    choices are the rows, one each, already written in the workbook
    unit: str = ""  # of a number: "days", "USD", "percent", "requests" ...
    required: bool = False
    relevant: Expression | None = None  # asked only where true
    constraint: Expression | None = None
    constraint_message: Words = NO_WORDS
    weight: float = 1.0  # within its sub-dimension, 0 to 3
    evidence: bool = False  # a document is asked for
    knockout: bool = False  # score 0, undisputed, caps the sub-dimension
    existence: bool = False  # a plain yes says only that the thing exists
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    score: ScoreRule | None = None  # None: context, not scored
    minutes: float = 1.0  # estimated time to answer
    row: int = 0  # 1-based row in survey.csv

    @property
    def is_level(self) -> bool:
        """True for the self-rating of a sub-dimension."""
        return self.type is QuestionType.LEVEL


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the seven considerations of the mission."""

    code: str  # STR
    name: Words
    consideration: str  # the mission's own wording
    context: bool  # CTX: no target and no gap; feeds feasibility and risk
    short: Words = NO_WORDS  # for the tab of its sheet


@dataclass(frozen=True, slots=True)
class SubDimension:
    """One capability, with the text of each of its five levels."""

    code: str  # STR-1
    dimension: str
    name: Words
    cooperation_form: str
    institutions: tuple[str, ...]
    indicators: Words
    levels: tuple[Words, Words, Words, Words, Words]  # 0 absent .. 4 sustained
    no_intervention_reason: Words = NO_WORDS  # stated where nothing is offered on purpose


class Obligation(StrEnum):
    """How strongly the Convention asks for a thing. Only the first two can be a compliance gap."""

    MANDATORY = "mandatory"
    MANDATORY_QUALIFIED = "mandatory_qualified"
    CONSIDER = "duty_to_consider_or_endeavour"
    OPTIONAL = "optional"
    ENCOURAGED = "encouraged"
    PROTECTIVE = "protective_clause"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One treaty paragraph as something that can be checked, and what decides it."""

    name: str  # UNTOC_18_21
    article: str
    article_title: Words
    ref: str  # 18(13)
    text: Words
    obligation: Obligation
    alternative_group: str  # rows of one group are met when one of them is
    cooperation_form: str
    dimension: str
    sub_dimension: str
    institutions: tuple[str, ...]
    check_type: str  # law, practice, notification, designation, data
    question: str = ""  # the deciding question; "" only where `reason` says why none is asked
    item: str = ""  # row of a fixed-row table, or choice of a select_multiple
    column: str = ""  # column of the table
    met: str = ""  # answers (bar separated choice names, `selected`, or bands such as <=365)
    partly: str = ""
    not_met: str = ""
    applies: Expression | None = None  # not applicable where false
    reason: Words = NO_WORDS  # why this question decides, or why none does
    verification: str = ""  # verified, unverified, ""


@dataclass(frozen=True, slots=True)
class Intervention:
    """Something that can be offered. Costs are illustrative planning figures in USD."""

    name: str  # INT_014
    title: Words
    type: str  # legislative_drafting, training ...
    sub_dimensions: tuple[str, ...]
    untoc_refs: tuple[str, ...]
    prerequisites: tuple[str, ...]  # ids of interventions that come first unless in place
    prerequisite_note: Words  # conditions that are no intervention (posts approved ...)
    in_place: Expression | None  # true where the thing already exists: then it is no prerequisite
    unit: str
    unit_cost_low: int
    unit_cost_high: int
    months_min: int
    months_max: int
    cost_basis: str
    tool: Words  # manual, model law or tool offered with it; empty where none
    tool_year: str
    tool_verification: str  # verified, unverified, ""
    already_used: Expression | None  # true where the country uses the tool already
    output: Words  # output indicator
    outcome: Words  # outcome indicator
    means_of_verification: Words
    risk: Words
    sdg_target: str
    phase: int  # before which it does not begin: 1 quick win, 2 build, 3 consolidate
    demand: str  # absorptive demand: low, medium, high
    hrddp: bool  # human-rights due diligence screening is due
    lead: str  # institution that owns the result


class Effect(StrEnum):
    """What a tailoring rule does to an intervention."""

    REQUIRE = "require"
    ADAPT = "adapt"
    RESCALE = "rescale"
    POSTPONE = "postpone"
    RULE_OUT = "rule_out"


@dataclass(frozen=True, slots=True)
class TailoringRule:
    """When an intervention fits, changes or is ruled out, and why, as a sentence for the report."""

    name: str  # TAI_012
    interventions: tuple[str, ...]  # ids; `type:training` and `*` are expanded by the loader
    when: Expression
    effect: Effect
    factor: float | None  # rescale: quantity multiplier; postpone: months
    how: Words  # adapt: what is done differently
    reason: Words
    factor_kind: str  # legal_tradition, resources, treaty_effect, network ...
    basis: str
    verification: str


@dataclass(frozen=True, slots=True)
class CostShare:
    """How the cost of a type of intervention falls into the UN harmonized budget categories."""

    type: str
    category: str  # personnel, supplies, equipment, contractual, travel, transfers, operating
    share: float  # of the cost, shares of a type add to 1
    unit: str
    reason: Words


@dataclass(frozen=True)
class Pack:
    """A validated questionnaire pack."""

    id: str
    version: str
    title: Words
    languages: tuple[str, ...]  # codes with at least the labels of every question
    questions: tuple[Question, ...]
    choice_lists: Mapping[str, tuple[Choice, ...]]
    dimensions: tuple[Dimension, ...]
    sub_dimensions: tuple[SubDimension, ...]
    requirements: tuple[Requirement, ...]
    interventions: tuple[Intervention, ...]
    tailoring: tuple[TailoringRule, ...]
    cost_shares: tuple[CostShare, ...]
    method: Method | None  # None: a third party's form, nothing is scored
    digest: str  # SHA-256 over the content of its files
    folder: str = field(default="", compare=False)
    piloted: bool = False
    treaty: str = ""  # short name before the number of a paragraph: UNTOC
    subject: Words = NO_WORDS  # "The assessment asks what the country needs for ..."
    service: Words = NO_WORDS  # why the assessment serves the country, first words of a report
    purpose: Words = NO_WORDS  # for the cover of a workbook
    confidentiality: Words = NO_WORDS  # who sees the answers
    default_language: str = SOURCE_LANGUAGE
    outcomes: tuple[ResultGroup, ...] = ()  # outcomes.csv: sentences of the logical framework
    standard_risks: tuple[StandardRisk, ...] = ()  # risks.csv
    contradictions: tuple[ContradictionRule, ...] = ()  # contradictions.csv
    changes: tuple[DeclaredChange, ...] = ()  # changes.csv: what became of earlier questions
    corridors: tuple[LinkRule, ...] = ()  # corridors.csv: cooperation between two States

    @cached_property
    def words(self) -> Mapping[str, Words]:
        """Every text of the pack by its English, which stands for it in results."""
        found: dict[str, Words] = {}
        of_method = self.method.texts() if self.method else ()
        for text in (*_words_in(self), *of_method):
            known = found.get(str(text))
            if known is None or len(known.texts) < len(text.texts):
                found[str(text)] = text
        return found

    @cached_property
    def worked_out(self) -> dict[Hashable, Any]:
        """What others work out of the pack alone, which never changes, and need again and again."""
        return {}

    @cached_property
    def question(self) -> Mapping[str, Question]:
        return {question.name: question for question in self.questions}

    @cached_property
    def sub_dimension(self) -> Mapping[str, SubDimension]:
        return {sub.code: sub for sub in self.sub_dimensions}

    @cached_property
    def dimension(self) -> Mapping[str, Dimension]:
        return {dimension.code: dimension for dimension in self.dimensions}

    @cached_property
    def intervention(self) -> Mapping[str, Intervention]:
        return {intervention.name: intervention for intervention in self.interventions}

    @cached_property
    def requirement(self) -> Mapping[str, Requirement]:
        return {requirement.name: requirement for requirement in self.requirements}

    @cached_property
    def institutions(self) -> Mapping[str, Choice]:
        """Respondents by code (choice list `institutions`)."""
        return {choice.name: choice for choice in self.choice_lists.get("institutions", ())}

    @cached_property
    def cooperation_forms(self) -> Mapping[str, Choice]:
        """Forms of cooperation by code; `kind` is formal, informal or support."""
        return {choice.name: choice for choice in self.choice_lists.get("cooperation_forms", ())}

    def asked_of(self, institution: str, tier: Tier = Tier.DEEP) -> tuple[Question, ...]:
        """The questions of one institution's workbook, in the order of the survey."""
        return tuple(
            question
            for question in self.questions
            if institution in question.institutions and tier.includes(question.tier)
        )


def _words_in(part: object) -> Iterator[Words]:
    """The texts anywhere inside a part of a pack."""
    if isinstance(part, Words):
        yield part
    elif is_dataclass(part):
        for one in fields(part):
            yield from _words_in(getattr(part, one.name))
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _words_in(value)
    elif isinstance(part, tuple):
        for value in part:
            yield from _words_in(value)
