"""Runs of workers on other machines that stop giving signs of life are marked Crashed.

By Prefect's own automation. On one machine it is not used: there a lock says for certain whether a
run lives, while a laptop that slept has sent no heartbeats either.
"""

from __future__ import annotations

from datetime import timedelta

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture

from flows.prefect_home import HEARTBEAT_SECONDS

NAME = "tana: runs without a sign of life"
MISSED = 5  # heartbeats in a row
SILENT = "No sign of life from this run any more. Start it again: what was done is not redone."
_LIFE = "prefect.flow-run.heartbeat"
_ENDS = {f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Cancelled", "Crashed")}


def watch_heartbeats() -> None:
    """Make the automation, once."""
    trigger = EventTrigger(
        after={_LIFE},
        expect={_LIFE} | _ENDS,
        match={"prefect.resource.id": ["prefect.flow-run.*"]},
        for_each={"prefect.resource.id"},
        posture=Posture.Proactive,
        threshold=1,
        within=timedelta(seconds=HEARTBEAT_SECONDS * MISSED),
    )
    crash = ChangeFlowRunState(state=StateType.CRASHED, message=SILENT, force=True)
    with get_client(sync_client=True) as client:
        if not client.read_automations_by_name(NAME):
            client.create_automation(
                AutomationCore(
                    name=NAME,
                    description="A run that has missed five heartbeats is marked Crashed.",
                    trigger=trigger,
                    actions=[crash],
                )
            )
