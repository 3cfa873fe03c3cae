"""The four deployments of `tana serve`, and the work pool whose workers carry them out."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.schedules import IntervalSchedule
from prefect.exceptions import ObjectAlreadyExists

from assessments import __version__
from flows.forms import (
    AssessCountry,
    AssessRegion,
    Choices,
    Form,
    PublishReport,
    ReceiveWorkbooks,
    defaults,
    form,
)

POOL = "tana"


@dataclass(frozen=True, slots=True)
class Offer:
    """A flow that officers may start, with its form and what the page says of it."""

    flow: str  # its name, and the name of its module
    form: type[Form]
    says: str
    tags: tuple[str, ...]
    every: timedelta | None = None


def offers(inbox_every: timedelta) -> tuple[Offer, ...]:
    """What `tana serve` offers, in the order of an assessment."""
    return (
        Offer(
            "receive_workbooks",
            ReceiveWorkbooks,
            "Takes in the workbooks that lie in the inbox: checks each, stores the good ones, says "
            "what to correct in the others. Runs by itself; start it to have it done now.",
            ("inbox",),
            every=inbox_every,
        ),
        Offer(
            "assess_country",
            AssessCountry,
            "Checks the answers of one country, scores them, sets priorities, designs a project. "
            "Ends as a draft. What has not changed since the last run is not done again.",
            ("assessment",),
        ),
        Offer(
            "assess_region",
            AssessRegion,
            "Does the same for several countries. Each gets its own profile; there is no ranking.",
            ("assessment", "region"),
        ),
        Offer(
            "publish_report",
            PublishReport,
            "Approves the run that stands, in your name, and writes the report without DRAFT. Any "
            "later change of an answer, the method or the pack voids the approval.",
            ("approval",),
        ),
    )


def make_pool(client: SyncPrefectClient, runs_at_once: int | None = None) -> None:
    """The work pool, made once."""
    try:
        client.create_work_pool(
            WorkPoolCreate(
                name=POOL,
                type="process",
                description="Runs of tana; each is a process of a worker (tana worker).",
                base_job_template=_job_template(),
                concurrency_limit=runs_at_once,
            )
        )
    except ObjectAlreadyExists:
        return


def _job_template() -> dict[str, Any]:
    from prefect.workers.process import ProcessWorker

    return ProcessWorker.get_default_base_job_template()


def deploy(client: SyncPrefectClient, offered: tuple[Offer, ...], choices: Choices) -> None:
    """Make or renew the deployments, with today's countries and rounds in their forms."""
    for offer in offered:
        client.create_deployment(
            flow_id=client.create_flow_from_name(offer.flow),
            name=offer.flow,  # what the page shows large
            version=__version__,
            description=offer.says,
            tags=["tana", *offer.tags],
            entrypoint=f"flows.{offer.flow}.{offer.flow}",
            work_pool_name=POOL,
            job_variables={"command": f"{sys.executable} -m flows.flow_process"},
            parameter_openapi_schema=form(offer.form, choices),
            parameters=defaults(offer.form),
            enforce_parameter_schema=True,
            schedules=_schedules(offer),
            # None for the inbox either, which has a lock that the system keeps: a slot of Prefect's
            # that a killed server had given away would stay taken for good.
            concurrency_limit=None,
        )


def _schedules(offer: Offer) -> list[DeploymentScheduleCreate]:
    if offer.every is None:
        return []
    return [
        DeploymentScheduleCreate(
            schedule=IntervalSchedule(interval=offer.every), active=True, slug="inbox"
        )
    ]
