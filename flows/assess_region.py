"""Assess several countries in one go, each as `assess_country` would, and what joins them."""

from __future__ import annotations

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.task_runners import ThreadPoolTaskRunner

from assessments.errors import Mistake
from assessments.results import Sensitivity
from flows.assess_country import STEPS_AT_ONCE, assess, start_jobs
from flows.design_now import corridors_now
from flows.progress import tell
from flows.still_holds import Outcome


@flow(
    name="assess_region",
    flow_run_name="{assessment_round}: several countries",
    task_runner=ThreadPoolTaskRunner(max_workers=STEPS_AT_ONCE),  # type: ignore[arg-type]
    persist_result=False,
)
def assess_region(
    iso3s: list[str],
    assessment_round: str,
    pack: str = "",
    budget: str = "",
    by: str = "",
) -> list[Outcome]:
    """Assess these countries from their accepted answers; a profile each, and no ranking."""
    outcomes = assess(start_jobs(iso3s, assessment_round, pack, budget), by)
    tell_corridors(iso3s, assessment_round, pack)
    return outcomes


def tell_corridors(iso3s: list[str], round_: str, pack: str) -> None:
    """The weakest links between each two of the countries as an artifact, public ones only."""
    try:
        view = corridors_now(iso3s, round_, pack)
    except Mistake as error:  # of two questionnaires: each country's own run stands all the same
        tell(error.message)
        return
    create_table_artifact(
        key=f"corridors-{round_}".lower(),
        description=f"{round_}: what cooperation between {', '.join(iso3s)} carries at most (0-4), "
        "and its weakest link; corridors that rest on answers which are not public are left out",
        table=[
            {
                "form": one.form,
                "requesting": one.requesting,
                "requested": one.requested,
                "carries at most": "not known" if one.at_most is None else f"{one.at_most:.1f}",
                "weakest link": ", ".join(link.replace("_", " ") for link in one.weakest),
            }
            for one in view.corridors
            if one.sensitivity is Sensitivity.PUBLIC
        ],
    )
