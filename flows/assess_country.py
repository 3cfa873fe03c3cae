"""Assess one country: check answers, score, set priorities, design a project."""

from __future__ import annotations

from prefect import flow

from assessments.settings import read_settings
from flows.assess_countries import assess, task_runner
from flows.assess_steps import Asked
from flows.choose import chosen_country, chosen_round, named_run
from flows.retrying import patient
from flows.run_story import link_report, tell_standing
from flows.still_holds import Outcome
from flows.under_way import known_to_run
from flows.write_reports import write_country_report


@flow(
    name="assess_country",
    flow_run_name=named_run,
    task_runner=task_runner(),
    persist_result=False,
)
def assess_country(
    country: str,
    round: str = "",  # noqa: A002 - what officers and Prefect's form call it
    pack: str = "",
    budget: str = "",
    by: str = "",
    draft_report: bool = False,
    fast_track: bool = False,
) -> Outcome:
    """Assess one country from its accepted answers and keep the run as a draft.

    Without `round`, the one that is open; without `pack`, the one its questionnaires were built
    from. Steps whose answers, pack, method and notebook are unchanged are not done again.
    `fast_track` is for an ad hoc request: a project of one outcome, with its doubt stated.
    """
    iso3 = chosen_country(country)
    chosen = chosen_round(iso3, round)
    with known_to_run(iso3, chosen):
        (outcome,) = assess([iso3], chosen, Asked(pack, budget, by, fast_track=fast_track))
        if draft_report:
            write_draft(iso3, chosen, by)
        tell_standing()
        return outcome


@patient("write the report", "{iso3} {round_}: Write the report")
def write_draft(iso3: str, round_: str, by: str) -> None:
    """The report as it stands, with a link on the run's page."""
    made = write_country_report(iso3, round_, read_settings().reports, by=by)
    link_report(iso3, round_, made.docx)
