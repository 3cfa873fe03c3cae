"""Assess several countries in one go, each as `assess_country` would, and what joins them."""

from __future__ import annotations

from prefect import flow

from assessments.errors import NothingToAssess
from assessments.store import open_store
from flows.assess_countries import assess, task_runner
from flows.assess_steps import Asked
from flows.choose import chosen_country, common_round, named_run
from flows.region_story import tell_shared_gaps
from flows.run_story import tell_corridors
from flows.still_holds import Outcome
from flows.under_way import known_to_run

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
) -> list[Outcome]:
    """Assess these countries from their accepted answers; a profile each, and no ranking.

    An empty list means every country with answers in that round.
    """
    chosen = common_round(map(chosen_country, countries), round)
    iso3s = list(dict.fromkeys(map(chosen_country, countries))) or _with_answers(chosen)
    with known_to_run(chosen):
        outcomes = assess(iso3s, chosen, Asked(pack, budget, by, fast_track=fast_track))
        if len(iso3s) <= CORRIDORS_OF:
            tell_corridors(iso3s, chosen, pack)
        tell_shared_gaps(outcomes)
        return outcomes


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
