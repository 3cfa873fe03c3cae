"""The fields of the logical framework and the budget; see `context` for the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from assessments.report.context_findings import Fact, Finding, PrintedId


@dataclass(frozen=True, slots=True)
class Indicator:
    """How a result is measured."""

    id: PrintedId
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

    id: PrintedId
    text: Annotated[str, "the activity"]
    period: Annotated[str, "quarters of the project"]
    phase: Annotated[str, "phase of the project, as in the picture of the work plan"]
    owner: Annotated[str, "who leads"]
    after: Annotated[tuple[Finding, ...], "activities that come first, with their printed ids"]
    government: Annotated[str, "what the Government says of it; may be empty"]


@dataclass(frozen=True, slots=True)
class Output:
    """A product or service fully in the project's control."""

    id: PrintedId
    number: Annotated[str, "number, as 1.2"]
    text: Annotated[str, "the output"]
    indicators: Annotated[tuple[Indicator, ...], "its indicators"]
    assumptions: Annotated[tuple[str, ...], "assumptions"]
    sustainability: Annotated[str, "who keeps it up after the project"]
    activities: Annotated[tuple[Activity, ...], "its activities"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A change in what institutions do."""

    id: PrintedId
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

    id: PrintedId
    description: Annotated[str, "what is paid for"]
    what: Annotated[str, "what is paid for, under the activity it is a part of"]
    category: Annotated[str, "budget category"]
    year: Annotated[str, "project year"]
    quantity: Annotated[str, "quantity and unit"]
    unit_cost: Annotated[str, "unit cost"]
    range: Annotated[str, "low and high unit cost"]
    source: Annotated[
        str, "number of the source of the unit cost, and the share the line has of it"
    ]
    amount: Annotated[str, "quantity times unit cost"]


@dataclass(frozen=True, slots=True)
class BudgetGroup:
    """The budget lines of one activity."""

    title: Annotated[str, "the activity, by its intervention"]
    id: Annotated[str, "printed id of the activity"]
    lines: Annotated[tuple[BudgetLine, ...], "its lines"]


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
    groups: Annotated[tuple[BudgetGroup, ...], "all lines, by activity"]
    sources: Annotated[tuple[Fact, ...], "sources of the unit costs, by number"]
    subtotal: Annotated[str, "sum of the lines"]
    support_label: Annotated[str, "programme support cost with its rate"]
    support_cost: Annotated[str, "programme support cost"]
    total: Annotated[str, "total"]
