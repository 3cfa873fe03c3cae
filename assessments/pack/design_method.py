"""The part of a method that the project design reads: phases, ceilings, rates, rules of order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from assessments.pack.reasoned import (
    Count,
    Level,
    Part,
    Positive,
    PositiveCountValue,
    Reasoned,
    Share,
    ShareValue,
    Text,
    TextValue,
)

PackageName = Literal["essential", "core", "full"]


class Phase(Reasoned):
    """A stretch of the project, in months from its start."""

    number: Annotated[int, Field(ge=1, le=3)]
    name: Text
    from_month: Count
    to_month: Annotated[int, Field(gt=0)]


class PackageCeiling(Reasoned):
    """What an offer may cost, support cost included; absent means no ceiling."""

    ceiling: Positive | None = None


class Capacity(Reasoned):
    """High-demand interventions a counterpart can carry at once, by its CTX-6 level 0 to 4."""

    sub_dimension: Text
    by_level: tuple[Count, Count, Count, Count, Count]
    unknown: Count


class Closure(Reasoned):
    """Levels by which one intervention is expected to close a gap: a planning assumption."""

    primary: Level  # of the sub-dimension it names first
    further: Level  # of each other sub-dimension it serves
    by_type: Mapping[str, Share] = Field(default_factory=dict)  # types that only prepare a change


class RobustnessWeights(Reasoned):
    """How far a gap counts in the choice of interventions, by how sure its place is."""

    robust: Share
    depends_on_weights: Share
    needs_evidence_first: Share


class Order(Reasoned):
    """Types of intervention on one sub-dimension that begin only after others have ended."""

    first: tuple[Text, ...]
    then: tuple[Text, ...]


class FactQuestion(Reasoned):
    """A question whose answer corrects what the reference data say of the country."""

    question: Text
    values: Mapping[str, str] = Field(default_factory=dict)  # choice -> value of the fact


class DonorTable(Reasoned):
    """A table question on other partners' assistance; the values name its columns."""

    question: Text
    donor: Text
    title: Text
    amount: str = ""
    start: str = ""
    end: str = ""
    form: str = ""  # column holding cooperation forms


class GenderMarker(Reasoned):
    """What the gender marker (0 to 3) is drawn from."""

    significant: tuple[Text, ...]  # types of intervention that make it 2
    counted: tuple[Text, ...]  # types that count people, by sex: they make it 1


class AidSector(Reasoned):
    """Sector of aid statistics under which an institution's activities are reported."""

    code: Annotated[str, Field(pattern=r"^[0-9]{5}$")]  # five-digit purpose code of the OECD DAC
    name: Text


class JointDelivery(Reasoned):
    """What an activity costs when several States do it together: a planning assumption."""

    once: Mapping[str, Share]  # type of intervention -> part of its cost that is paid only once
    interpretation: Share  # added to the joint cost where no official language serves all
    distance: Share  # added where the States lie in different regions


class DesignMethod(Part):
    """Ceilings, rates and rules of sequence of the project design."""

    phases: tuple[Phase, Phase, Phase]
    packages: Mapping[PackageName, PackageCeiling]
    high_demand_at_once: Capacity
    max_outcomes: PositiveCountValue
    max_outputs: PositiveCountValue  # under one outcome
    support_rate: ShareValue  # programme support cost, of the subtotal
    contingency: ShareValue  # of the subtotal
    monitoring: ShareValue  # monitoring and evaluation, of the subtotal
    currency: TextValue
    months: PositiveCountValue  # length of the project
    minimum_benefit: ShareValue  # below it an intervention has little effect
    feasibility_floor: ShareValue  # below it: later phase, not dropped
    closure: Closure
    robustness: RobustnessWeights
    planning_point: ShareValue  # planning figure between low (0) and high (1) of a range
    frontier_points: PositiveCountValue  # ceilings tried for the frontier of benefit against cost
    monitoring_category: TextValue  # budget category of monitoring and evaluation
    contingency_category: TextValue
    order: tuple[Order, ...] = ()
    facts: Mapping[str, FactQuestion] = Field(default_factory=dict)
    donor_tables: tuple[DonorTable, ...] = ()
    gender: GenderMarker | None = None
    sectors: Mapping[str, AidSector] = Field(default_factory=dict)  # by lead; "" for all others
    joint: JointDelivery | None = None  # None: nothing is offered jointly

    def phase_in(self, month: int) -> int:
        """The number of the phase under way in a month of the project, 0 the first."""
        return max((one.number for one in self.phases if one.from_month <= month), default=1)
