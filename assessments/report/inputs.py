"""What a report is made from, and what it leaves behind: plain values, no store and no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from assessments.pack.model import Pack
from assessments.results import (
    Answer,
    AnswersReview,
    CountryProfile,
    Priorities,
    ProjectDesign,
    Scores,
)
from assessments.scoring.rounds import RoundLine
from assessments.workbook.response.form import Response

Edition = Literal["public", "restricted"]


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved the run this report rests on. A person's name, given for this purpose."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which run made the report, with what, and whether it was approved."""

    run: str  # key of the run: content hash of all its inputs
    made_at: datetime
    tana_version: str
    notebooks: tuple[tuple[str, str], ...] = ()  # name -> digest of its source
    approval: Approval | None = None  # None: DRAFT


@dataclass(frozen=True, slots=True)
class EarlierRound:
    """The round that this one is measured against, in the same edition."""

    round: str
    made_at: datetime
    lines: tuple[RoundLine, ...]  # none where it cannot be read any more
    ids: Mapping[str, str]  # sub-dimension -> printed id of its score then


@dataclass(frozen=True, slots=True)
class ReportInputs:
    """The results of one run, in one edition, with the pack they were made with."""

    pack: Pack
    country: CountryProfile
    review: AnswersReview
    scores: Scores
    priorities: Priorities
    design: ProjectDesign
    answers: tuple[Answer, ...]
    provenance: Provenance
    edition: Edition = "public"  # computed from public answers alone, or from all
    # what the Government says of what this edition states, by printed id
    responses: Mapping[str, Response] = field(default_factory=dict)
    earlier: EarlierRound | None = None  # None in a country's first round


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Where the report was published."""

    docx: Path
    pdf: Path | None = None
    contents: bool = True  # False where the PDF's table of contents is not up to date
    printed_ids: tuple[str, ...] = ()  # every id that is a bookmark in the Word file
