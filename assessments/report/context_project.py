"""The fields of Part B, the project design; see `context` for the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from assessments.report.context_findings import Fact, PrintedId
from assessments.report.context_logframe import Budget, Indicator, Outcome
from assessments.report.context_region import Abroad
from assessments.report.context_tailoring import Difference, Intervention, Rejected


@dataclass(frozen=True, slots=True)
class Package:
    """One of the offers a government can choose from."""

    id: PrintedId
    name: Annotated[str, "name"]
    meaning: Annotated[str, "what it is for"]
    ceiling: Annotated[str, "ceiling it was built under"]
    count: Annotated[str, "number of interventions"]
    interventions: Annotated[str, "their titles"]
    subtotal: Annotated[str, "cost of activities"]
    support: Annotated[str, "programme support cost"]
    total: Annotated[str, "total"]


@dataclass(frozen=True, slots=True)
class FrontierLine:
    """The most that one sum of money buys."""

    total: Annotated[str, "cost with support cost"]
    benefit: Annotated[str, "share of the weighted gaps that it closes"]
    count: Annotated[str, "how many interventions"]
    package: Annotated[str, "package that stands here; may be empty"]


@dataclass(frozen=True, slots=True)
class Risk:
    """One entry of the risk register."""

    id: PrintedId
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
    abroad: Annotated[Abroad, "what this State brings to cooperation with others"]
    markers: Annotated[tuple[Fact, ...], "gender marker and Sustainable Development Goals"]
