"""What an officer fills in to start a run from Prefect's page: one model a deployment.

Each field is a parameter of the flow of the same name. Countries and rounds become drop-downs of
what is open in the store (`form`), so that a code that does not exist cannot be chosen; the flow
checks again, because a program may send anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assessments.language import languages
from assessments.reference import country_name
from assessments.store import Assessment

_LISTED = 25  # names of countries that a help text holds
_AMOUNT = r"^[0-9]{0,12}$"


class Form(BaseModel):
    """A deployment's parameters."""

    model_config = ConfigDict(extra="forbid")


class ReceiveWorkbooks(Form):
    """Take in what lies in the inbox."""

    by: str = Field(
        "",
        title="Received by",
        max_length=200,
        description="Who takes the workbooks in, for the audit trail; may be left empty.",
    )


class AssessCountry(Form):
    """Check answers, score, set priorities, design a project."""

    country: str = Field(title="Country", description="The country to assess.")
    round: str = Field(title="Round", description="The round of the assessment, a year.")
    budget: str = Field(
        "",
        title="Budget ceiling in USD",
        pattern=_AMOUNT,
        description="Ceiling of the full package, with support cost, in whole US dollars; empty: "
        "no ceiling.",
    )
    draft_report: bool = Field(
        True,
        title="Write the report",
        description="Also write the Word report. It says DRAFT until the run is approved.",
    )
    by: str = Field(
        "", title="Started by", max_length=200, description="Your name, for the audit trail."
    )


class AssessRegion(Form):
    """Assess several countries in one go."""

    countries: list[str] = Field(
        default_factory=list,
        title="Countries",
        description="The countries to assess; none chosen: every one with answers in that round.",
    )
    round: str = Field(title="Round", description="The round of the assessments, a year.")
    budget: str = Field(
        "",
        title="Budget ceiling in USD for each country",
        pattern=_AMOUNT,
        description="In whole US dollars; empty: no ceiling.",
    )
    draft_report: bool = Field(
        True,
        title="Write the view of the region",
        description="Also write the Word document on what cooperation between these countries "
        "rests on and what they could do together, from their public answers.",
    )
    language: str = Field(
        "en", title="Language", description="The language of the view of the region."
    )
    country_reports: bool = Field(
        True,
        title="Write the countries' reports",
        description="Also write the Word report of each country whose run has none yet. It says "
        "DRAFT until the run is approved.",
    )
    by: str = Field(
        "", title="Started by", max_length=200, description="Your name, for the audit trail."
    )


class PublishReport(Form):
    """Approve the run that stands, and write its final report."""

    country: str = Field(title="Country", description="The country whose run is approved.")
    round: str = Field(title="Round", description="The round of the assessment, a year.")
    approved_by: str = Field(
        title="Approved by",
        min_length=1,
        max_length=200,
        pattern=r"\S",
        description="Name of the person who approves. It is recorded with the time and the run.",
    )
    note: str = Field(
        "", title="Remark", max_length=2000, description="A remark to keep with the approval."
    )
    language: str = Field("en", title="Language", description="The language of the report.")
    restricted: bool = Field(
        False,
        title="Also the restricted version",
        description="Also write the version with restricted and confidential answers. Never send "
        "it by open mail.",
    )
    pdf: bool = Field(False, title="Also as PDF", description="Needs LibreOffice on the machine.")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the drop-downs offer: the assessments that are open in the store."""

    countries: tuple[str, ...]
    rounds: tuple[str, ...]  # the latest first

    @classmethod
    def of(cls, assessments: Sequence[Assessment]) -> Choices:
        """The countries and rounds of these assessments."""
        return cls(
            tuple(sorted({item.iso3 for item in assessments})),
            tuple(sorted({item.round for item in assessments}, reverse=True)),
        )

    @property
    def named(self) -> str:
        """The first countries with their names, for a help text."""
        if not self.countries:
            return "No assessment is open yet: make its questionnaires first."
        names = [f"{iso3} {country_name(iso3, 'en')}" for iso3 in self.countries[:_LISTED]]
        return ", ".join(names) + (" ..." if len(self.countries) > _LISTED else ".")


def form(model: type[Form], choices: Choices) -> dict[str, Any]:
    """The JSON Schema that Prefect makes a form from, with today's choices as drop-downs."""
    schema = model.model_json_schema()
    for position, (name, field) in enumerate(schema["properties"].items()):
        field["position"] = position
        if name in {"country", "countries"}:
            target = field["items"] if name == "countries" else field
            field["description"] += f" {choices.named}"
            if choices.countries:
                target["enum"] = list(choices.countries)
            if name == "country" and len(choices.countries) == 1:
                field["default"] = choices.countries[0]
        if name == "language":
            field["enum"] = list(languages())
        if name == "round" and choices.rounds:
            field["enum"] = list(choices.rounds)
            field["default"] = choices.rounds[0]
    required = [name for name in schema.get("required", []) if name != "round"]
    return schema | {"required": required, "definitions": {}}


def defaults(model: type[Form]) -> dict[str, Any]:
    """What holds where nothing is said, for a run that a program starts as well."""
    return {
        name: field.get_default(call_default_factory=True)
        for name, field in model.model_fields.items()
        if not field.is_required()
    }
