"""Assess several countries in one go, each as `assess_country` would, and what joins them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from prefect import flow

from assessments.errors import Mistake, NothingToAssess, StoreFault
from assessments.settings import read_settings
from assessments.store import open_store
from flows.assess_countries import assess, task_runner
from flows.assess_steps import Asked
from flows.choose import chosen_country, common_round, named_run
from flows.memory import give_back
from flows.progress import tell
from flows.retrying import patient
from flows.run_story import link, link_report, tell_corridors, tell_shared_gaps
from flows.still_holds import Outcome
from flows.under_way import known_to_run
from flows.write_region import region_inputs, write_region_report
from flows.write_reports import ReportWriters, without_report

CORRIDORS_OF = 12  # countries whose corridors a page can hold: their number grows with the square


@flow(
    name="assess_region",
    flow_run_name=named_run,
    task_runner=task_runner(),
    persist_result=False,
)
def assess_region(
    countries: list[str],
    round: str = "",  # noqa: A002 - what officers and Prefect's form call it
    pack: str = "",
    budget: str = "",
    by: str = "",
    fast_track: bool = False,
    draft_report: bool = False,
    language: str = "en",
    country_reports: bool = False,
) -> list[Outcome]:
    """Assess these countries from their accepted answers; a profile each, and no ranking.

    An empty list means every country with answers in that round. `draft_report` also writes the
    view of the region, in `language`: what holds between them, from their public answers.
    With `country_reports` each run that has no report yet gets one.
    """
    chosen = common_round(map(chosen_country, countries), round)
    iso3s = list(dict.fromkeys(map(chosen_country, countries))) or _with_answers(chosen)
    asked = Asked(pack, budget, by, fast_track=fast_track)
    folder = read_settings().reports
    with known_to_run(chosen), ReportWriters(chosen, folder, by=by) as writers:

        def begin_draft(outcome: Outcome) -> None:
            # a store that does not answer now is asked again at the end
            with suppress(StoreFault):
                if country_reports and _wanting([outcome], folder):
                    writers.begin(outcome.iso3)

        outcomes = assess(iso3s, chosen, asked, kept=begin_draft)
        if 1 < len(iso3s) <= CORRIDORS_OF:
            _tell_region(outcomes, language if draft_report else "", by)
        tell_shared_gaps(outcomes)
        if country_reports:
            write_drafts(outcomes, chosen, folder, writers)
    give_back()
    return outcomes


@patient("tell of the region", "Tell of the region")
def _tell_region(outcomes: list[Outcome], language: str, by: str) -> None:
    """The corridors on the page of the run; with a language, the document for the States too."""
    try:
        with open_store() as store:
            runs = [run for one in outcomes if (run := store.run(one.run)) is not None]
            found = region_inputs(store, runs)
        tell_corridors(found)
        if not language:
            return
        iso3s = [run.iso3 for run in runs]
        folder = read_settings().reports
        made = write_region_report(iso3s, found.round, folder, language=language, by=by)
    except (Mistake, NothingToAssess) as error:  # each country's own run stands all the same
        tell(error.message)
        return
    link(
        f"region-{found.round}".lower(),
        made.docx,
        f"{found.round}: the view of the region for {', '.join(iso3s)}, from public answers",
    )


@patient("write the countries' reports")
def write_drafts(
    outcomes: list[Outcome], round_: str, folder: Path, writers: ReportWriters
) -> None:
    """The report of each run that has none, with a link on the run's page.

    Most were begun while other countries were assessed.
    """
    for iso3, docx in writers.written().items():
        link_report(iso3, round_, docx)
    for iso3, docx in writers.write_all(_wanting(outcomes, folder)):
        link_report(iso3, round_, docx)


def _wanting(outcomes: Sequence[Outcome], folder: Path) -> list[str]:
    with open_store() as store:
        return without_report(store, [one.run for one in outcomes], folder)


@patient("see who has answers")
def _with_answers(round_: str) -> list[str]:
    with open_store() as store:
        found = [
            item.iso3
            for item in store.assessments()
            if item.round == round_ and store.submissions(item.iso3, round_)
        ]
    if not found:
        raise NothingToAssess(
            f"No country has accepted answers for round {round_}.",
            "Ingest the returned workbooks first: tana ingest FILE...",
        )
    return found
