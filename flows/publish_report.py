"""Approve the run that stands, in a named person's name, and write its reports without DRAFT."""

from __future__ import annotations

from pathlib import Path

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from flows.choose import chosen_country, chosen_round, named_run
from flows.publish import Published, publish
from flows.retrying import patient
from flows.run_story import artifact_key, link, tell_standing
from flows.under_way import known_to_run


@flow(name="publish_report", flow_run_name=named_run, persist_result=False)
def publish_report(
    country: str,
    approved_by: str,
    round: str = "",  # noqa: A002 - what officers and Prefect's form call it
    note: str = "",
    language: str = "en",
    restricted: bool = False,
    pdf: bool = False,
) -> Published:
    """Approve the run that stands and write its final report.

    What is recorded: the name, the time, and the key of the run. Any later change of an answer, the
    method or the pack voids the approval.
    """
    iso3 = chosen_country(country)
    chosen = chosen_round(iso3, round)
    with known_to_run(iso3, chosen):
        published = publish_one(
            iso3,
            chosen,
            by=approved_by,
            note=note,
            language=language,
            restricted=restricted,
            pdf=pdf,
        )
        _tell_officer(published)
        return published


# The same person approves the same run once, so that it is safe to repeat.
publish_one = patient("approve and write the report", "Approve and write the report")(publish)


def _tell_officer(published: Published) -> None:
    approval, key = published.approval, artifact_key(published.iso3, published.round)
    what = f"{published.iso3} {published.round}"
    create_markdown_artifact(
        key=f"approval-{key}",
        description=f"{what}: approved by {approval.name}",
        markdown=f"# {what}: approved\n\n"
        f"By **{approval.name}**, {approval.approved_at:%Y-%m-%d %H:%M} UTC, run "
        f"`{approval.run}`.\n\n{approval.note}\n\n"
        "Any later change of an answer, the method or the pack voids this approval; the table "
        "«standing» and `tana status` then say so.",
    )
    for number, report in enumerate(published.reports, 1):
        link(f"report-{number}-{key}", Path(report), f"{what}: the approved report")
    tell_standing()
