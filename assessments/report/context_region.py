"""The fields of what concerns other States: the part in a country's report, and the document of a
region; see `context` for the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from assessments.report.context_findings import Cover, Finding


@dataclass(frozen=True, slots=True)
class End:
    """One form of cooperation as far as this State carries it."""

    form: Annotated[str, "form of cooperation"]
    asks: Annotated[str, "level as the State that asks"]
    asks_shade: Annotated[str, "colour of that level, as RRGGBB"]
    asks_held_by: Annotated[tuple[Finding, ...], "links and levels that hold it back there"]
    asks_unknown: Annotated[str, "links without a level there; may be empty"]
    asked: Annotated[str, "level as the State that is asked"]
    asked_shade: Annotated[str, "colour of that level, as RRGGBB"]
    asked_held_by: Annotated[tuple[Finding, ...], "links and levels that hold it back there"]
    asked_unknown: Annotated[str, "links without a level there; may be empty"]


@dataclass(frozen=True, slots=True)
class Network:
    """A network of this State or of its region."""

    name: Annotated[str, "name with its code"]
    kind: Annotated[str, "what it connects"]
    part: Annotated[str, "member, or could join"]


@dataclass(frozen=True, slots=True)
class Abroad:
    """What this State brings to cooperation with others; of no other State anything is said."""

    sentence: Annotated[str, "how the table is read"]
    ends: Annotated[tuple[End, ...], "every form of cooperation, in both directions"]
    note: Annotated[str, "what only the view of a region can say"]
    networks: Annotated[tuple[Network, ...], "networks it belongs to or could join"]
    share_lead: Annotated[str, "sentence before the activities that can be shared"]
    share: Annotated[tuple[Finding, ...], "activities of the project that States can share"]


@dataclass(frozen=True, slots=True)
class Member:
    """A State that the view of a region speaks of."""

    name: Annotated[str, "name in United Nations usage"]
    status: Annotated[str, "whether its report was approved"]
    run: Annotated[str, "run that it rests on"]


@dataclass(frozen=True, slots=True)
class SharedLine:
    """One sub-dimension over all States, without names."""

    name: Annotated[str, "name"]
    known: Annotated[str, "States with a level"]
    absent: Annotated[str, "States at level 0"]
    initial: Annotated[str, "States at level 1"]
    partial: Annotated[str, "States at level 2"]
    functional: Annotated[str, "States at level 3"]
    sustained: Annotated[str, "States at level 4"]
    below: Annotated[str, "States below their own target"]


@dataclass(frozen=True, slots=True)
class Direction:
    """One form of cooperation from one State to another."""

    requesting: Annotated[str, "State that asks"]
    requested: Annotated[str, "State that is asked"]
    level: Annotated[str, "what the chain carries at most"]
    shade: Annotated[str, "colour of that level, as RRGGBB"]
    weakest: Annotated[str, "weakest links"]
    held_by: Annotated[tuple[Finding, ...], "levels that hold them, at either end"]
    shared: Annotated[str, "what the two have or lack in common, where it decides"]
    unknown: Annotated[str, "links without a level; may be empty"]


@dataclass(frozen=True, slots=True)
class Form:
    """One form of cooperation between all States."""

    name: Annotated[str, "form of cooperation"]
    directions: Annotated[tuple[Direction, ...], "every pair, both ways"]


@dataclass(frozen=True, slots=True)
class Joint:
    """An activity that costs less together than apart."""

    title: Annotated[str, "activity"]
    states: Annotated[str, "States whose projects hold it"]
    apart: Annotated[str, "cost apart"]
    together: Annotated[str, "cost together"]
    saved: Annotated[str, "difference"]
    why: Annotated[str, "what is paid once, and which forms of cooperation it works on"]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A network in which States could meet."""

    name: Annotated[str, "name with its code"]
    kind: Annotated[str, "what it connects"]
    members: Annotated[str, "members among these States"]
    could_join: Annotated[str, "who could join"]


@dataclass(frozen=True, slots=True)
class RegionReport:
    """All fields of the view of a region: what holds between several States."""

    cover: Annotated[Cover, "cover, header and footer"]
    members: Annotated[tuple[Member, ...], "the States, in the order of their names"]
    reading: Annotated[tuple[str, ...], "how to read it, in paragraphs"]
    shared_lead: Annotated[str, "sentence before what the States share"]
    shared: Annotated[tuple[SharedLine, ...], "levels as distributions; none with few States"]
    forms: Annotated[tuple[Form, ...], "corridors by form of cooperation"]
    left_out: Annotated[str, "forms that are not shown, and why; may be empty"]
    joint_lead: Annotated[str, "sentence before what is cheaper together"]
    joint: Annotated[tuple[Joint, ...], "activities that cost less together"]
    networks: Annotated[tuple[Meeting, ...], "networks in which States could meet"]
    limits: Annotated[tuple[str, ...], "limits, one sentence each"]
    disclaimer: Annotated[tuple[str, ...], "what the document is not, in paragraphs"]
