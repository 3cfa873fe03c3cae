"""What a Word template may say: every field of a report, typed and explained, plain values only.

Each part of a report has its fields in a module of its own, `context_findings` and so on; `Report`
holds them all. The list of fields in `report_templates/README.md` is generated from it, and
`tana report check-template` judges a template by it. Values are words ready to print: numbers are
already in the reader's format, and whatever a version of the report may not show has already been
replaced. `id` fields are the printed ids that `tana trace` follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from assessments.report.context_annexes import Annexes
from assessments.report.context_findings import (
    Compliance,
    Cover,
    DimensionFinding,
    PrioritySection,
    ProfileRow,
    Provenance,
    Rate,
    Summary,
)
from assessments.report.context_project import Project


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
    short: Annotated[str, "how many rose and fell, and which most: for a summary"]
    lines: Annotated[tuple[ProgressLine, ...], "baseline, now and target by sub-dimension"]


@dataclass(frozen=True, slots=True)
class Response:
    """What the Government says of one finding or activity."""

    id: Annotated[str, "printed id of the finding or activity"]
    finding: Annotated[str, "what the report states of it, which was responded to"]
    answer: Annotated[str, "printed id of the response, which leads to its cell"]
    choice: Annotated[str, "accepted, corrected or objected to"]
    words: Annotated[str, "its own words; may be empty"]
    evidence: Annotated[str, "document it names; may be empty"]
    signed: Annotated[str, "who signed for it, by function"]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: its caption and the words a screen reader says."""

    caption: Annotated[str, "caption, with the unit"]
    alternative_text: Annotated[str, "what the picture shows, in words"]


@dataclass(frozen=True, slots=True)
class Charts:
    """The pictures. In the template they are pictures named `heat_map` and so on."""

    heat_map: Annotated[Chart, "levels of all sub-dimensions"]
    profile: Annotated[Chart, "level by dimension, a chart that can be edited in Word"]
    budget: Annotated[Chart, "budget by category, a chart that can be edited in Word"]
    priority_matrix: Annotated[Chart, "severity against feasibility, with cost"]
    theory_of_change: Annotated[
        tuple[Chart, ...], "from gaps to impact, with the assumption on each arrow, by sheet"
    ]
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
