"""The method of a pack as values: every weight, threshold and ceiling with its reason.

`method.toml` is dated data that an analyst changes and a delegation may question, so no number
stands in it without the reason beside it. This module says what a method *is*; `method_file`
reads one and names all its faults at once.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Literal

from pydantic import Field

from assessments.pack.design_method import (
    Capacity,
    Closure,
    DesignMethod,
    DonorTable,
    FactQuestion,
    GenderMarker,
    Order,
    PackageCeiling,
    PackageName,
    Phase,
    RobustnessWeights,
)
from assessments.pack.model import Words
from assessments.pack.reasoned import (
    CountValue,
    FactorValue,
    Level,
    LevelValue,
    Part,
    PositiveCountValue,
    Reasoned,
    ShareValue,
    Text,
    TextValue,
    Weight,
    reasons,
)
from assessments.results import AnswerState, EvidenceState

Resources = Literal["low", "low_middle", "middle", "high"]

__all__ = [
    "Aggregation",
    "AggregationChoice",
    "AggregationFamily",
    "AggregationName",
    "Capacity",
    "Closure",
    "CountValue",
    "Coverage",
    "Dependency",
    "DesignMethod",
    "DonorTable",
    "Evidence",
    "Existence",
    "FactQuestion",
    "FactorValue",
    "GenderMarker",
    "ImpossiblePair",
    "Interval",
    "Knockout",
    "LevelValue",
    "LiftsClaim",
    "Method",
    "Order",
    "PackageCeiling",
    "PackageName",
    "Part",
    "Phase",
    "PrioritiesMethod",
    "PublishedLevel",
    "RateRule",
    "Reasoned",
    "Resources",
    "RobustnessWeights",
    "Scale",
    "ShareValue",
    "Simulation",
    "SmallNumbers",
    "StateRule",
    "SubDimensionWeights",
    "Targets",
    "TextValue",
    "Weight",
    "Weights",
]


class Scale(Reasoned):
    """The five levels by name, from 0."""

    names: tuple[Text, Text, Text, Text, Text]


class StateRule(Reasoned):
    """Whether a question in this state still counts as one that should have been answered."""

    counts_in_denominator: bool


class Existence(Reasoned):
    """What a plain yes is worth, and which evidence classes show more than existence."""

    cap: Level
    lifted_by: tuple[Text, ...]  # choices of `evidence_classes`


class Knockout(Reasoned):
    """The level a sub-dimension cannot pass while a knock-out question fails undisputed."""

    cap: Level
    fails_at: Level = 0.0  # a score at or below this fails


class PublishedLevel(Reasoned):
    """What a missing answer does to the level that is stated.

    `established`: the level that the answers given establish; a missing one adds nothing until
    it is given. `answered`: the level of the answers alone, with what follows from them.
    """

    value: Literal["established", "answered"]


class Coverage(Part):
    """Below these shares of applicable questions, by weight, there is no value."""

    floor: ShareValue  # of a dimension or a cooperation form
    sub_dimension_floor: ShareValue


class SubDimensionWeights(Part):
    """Weight of a sub-dimension inside its dimension and in the order of gaps."""

    default: Weight
    overrides: Mapping[str, Weight] = Field(default_factory=dict)


class Weights(Part):
    """Weights by dimension code and by sub-dimension code."""

    dimension: Mapping[str, Weight]
    sub_dimension: SubDimensionWeights


class AggregationName(StrEnum):
    """How the facts of one sub-dimension become its level."""

    WEIGHTED_MEAN = "weighted_mean"
    WEAKEST_LINK = "weakest_link"  # PEFA M1
    PEFA_M2 = "pefa_m2"  # PEFA's published conversion table, which is not a mean
    GEOMETRIC_MEAN = "geometric_mean"


class AggregationFamily(Part):
    """What is to be known of one aggregation before it is used."""

    source: Text
    limits: Text


class AggregationChoice(Reasoned):
    """The aggregation chosen for a sub-dimension, or for the profile lines."""

    value: AggregationName


class Aggregation(Part):
    """Which aggregation serves where; each is documented with its source and limits."""

    default: AggregationChoice
    profile: AggregationChoice  # sub-dimensions into a dimension or cooperation form
    methods: Mapping[AggregationName, AggregationFamily]
    overrides: Mapping[str, AggregationChoice] = Field(default_factory=dict)


class LiftsClaim(Reasoned):
    """Evidence states that turn a claimed level into a shown one."""

    value: tuple[EvidenceState, ...]


class Evidence(Part):
    """From which level on a statement alone is called claimed."""

    claimed_from: LevelValue
    lifts_claim: LiftsClaim


class Targets(Part):
    """The level aimed at: default, by sub-dimension, by resource setting and sub-dimension."""

    default: LevelValue
    sub_dimension: Mapping[str, LevelValue] = Field(default_factory=dict)
    resource_setting: Mapping[Resources, Mapping[str, LevelValue]] = Field(default_factory=dict)


class Interval(Part):
    """Half-width in levels that an answer's evidence state leaves open."""

    width: Mapping[EvidenceState, LevelValue]


class Simulation(Part):
    """How doubt is carried into the order of gaps; the seed makes it repeatable."""

    draws: PositiveCountValue
    seed: CountValue
    weight_spread: ShareValue  # each weight moves by up to this share, up or down
    top: PositiveCountValue  # "among the top N" of the gaps
    robust_from: ShareValue  # share of draws in which a robust gap keeps its side of the top


class ProtectedCount(CountValue):
    """Counts that could point to a person: in these forms of cooperation none is printed."""

    forms: tuple[str, ...]


class SmallNumbers(Part):
    """Below these counts a rate is marked, or a number that could name a person is not printed."""

    cases: CountValue
    protected: ProtectedCount


class PrioritiesMethod(Part):
    """How a gap becomes a severity: every factor visible."""

    weight_of_severity: Weight
    compliance_factor: FactorValue  # a mandatory paragraph is not met or partly met
    breadth_step: ShareValue  # added for each further form and institution helped
    breadth_cap: FactorValue
    enabling_step: ShareValue  # added for each other gap that depends on this one
    enabling_cap: FactorValue
    tie_within: ShareValue  # severities this close are a tie, ordered by national priority
    national_priority: TextValue  # the question that names the government's own priorities
    weight_shift: ShareValue  # one-at-a-time test of the order
    weak_evidence_coverage: ShareValue  # below it a gap needs evidence first


class Dependency(Reasoned):
    """Sub-dimensions that come first because this one cannot stand without them."""

    comes_first: tuple[str, ...]


class Translated(Reasoned):
    """A rule with a text that is printed: language code -> words; English is always there."""

    def _words(self, texts: Mapping[str, str]) -> Words:
        return Words(texts, frozenset(self.unreviewed))


class RateRule(Translated):
    """A derived indicator from hard data. Sums of questions: `${OPS_1_04} + ${OPS_1_05}`."""

    label: Mapping[str, Text]
    numerator: Text
    denominator: str = ""  # empty: the numerator is the value (a median)
    cases: str = ""  # number of cases behind a value that has no denominator
    unit: Text  # percent, days, files per person ...
    protected: bool = False  # the stricter small-number rule holds

    @property
    def words(self) -> Words:
        """What it is called."""
        return self._words(self.label)


class ImpossiblePair(Translated):
    """Numbers that cannot both be right: `part` is never more than `whole` (sums of questions)."""

    part: Text
    whole: Text
    message: Mapping[str, Text]

    @property
    def words(self) -> Words:
        """What is wrong where it happens."""
        return self._words(self.message)


class Method(Part):
    """A dated method of record."""

    version: Text
    date: datetime.date
    pack: Text
    scale: Scale
    states: Mapping[AnswerState, StateRule]
    existence: Existence
    knockout: Knockout
    published: PublishedLevel = PublishedLevel(
        value="established", reason="Leaving out a bad answer must never raise a level."
    )
    coverage: Coverage
    minimum_facts: CountValue  # with fewer scored facts a level is marked self-rated
    weights: Weights
    aggregation: Aggregation
    evidence: Evidence
    divergence: LevelValue  # respondents this many levels apart are divergent
    targets: Targets
    interval: Interval
    simulation: Simulation
    small_numbers: SmallNumbers
    priorities: PrioritiesMethod
    forms: Mapping[str, Reasoned]  # kinds of cooperation shown apart: formal, informal, support
    # most questions an institution gets
    tiers: Mapping[Literal["fast_track", "core", "standard"], CountValue]
    dependencies: Mapping[str, Dependency] = Field(default_factory=dict)
    design: DesignMethod
    rates: Mapping[str, RateRule] = Field(default_factory=dict)
    impossible: Mapping[str, ImpossiblePair] = Field(default_factory=dict)

    def texts(self) -> Iterator[Words]:
        """Every text of the method that is printed."""
        yield from (rate.words for rate in self.rates.values())
        yield from (pair.words for pair in self.impossible.values())
        yield from reasons(self)

    def target(self, sub_dimension: str, resource_setting: str = "") -> LevelValue:
        """The level aimed at, most specific first: setting and sub-dimension, sub-dimension,
        default. Context has no target: do not ask."""
        setting: Mapping[str, LevelValue] = {}
        for name, overrides in self.targets.resource_setting.items():
            if name == resource_setting:
                setting = overrides
        return (
            setting.get(sub_dimension)
            or self.targets.sub_dimension.get(sub_dimension)
            or self.targets.default
        )

    def aggregation_of(self, sub_dimension: str) -> AggregationChoice:
        """How the facts of this sub-dimension are put together, with the reason."""
        return self.aggregation.overrides.get(sub_dimension, self.aggregation.default)

    def weight_of(self, sub_dimension: str) -> Weight:
        """Weight of a sub-dimension inside its dimension."""
        return self.weights.sub_dimension.overrides.get(
            sub_dimension, self.weights.sub_dimension.default
        )

    def dimension_weight(self, dimension: str) -> float:
        """Weight of a dimension in the order of gaps; 0 where the method names none."""
        weight = self.weights.dimension.get(dimension)
        return weight.value if weight else 0.0

    def counts(self, state: AnswerState) -> bool:
        """True where a question in this state stays in the denominator of coverage."""
        return self.states[state].counts_in_denominator
