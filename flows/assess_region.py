"""Assess several countries in one go, each as `assess_country` would."""

from __future__ import annotations

from prefect import flow
from prefect.task_runners import ThreadPoolTaskRunner

from flows.assess_country import STEPS_AT_ONCE, assess, start_jobs
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
    return assess(start_jobs(iso3s, assessment_round, pack, budget), by)
