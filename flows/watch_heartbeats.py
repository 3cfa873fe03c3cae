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
_BEGUN = "prefect.flow-run.Running"  # told by the server: a run may die before its first heartbeat
_ENDS = {f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Cancelled", "Crashed")}


def watch_heartbeats() -> None:
    """Make the automation, once, or bring one of an earlier version up to date."""
    trigger = EventTrigger(
        after={_LIFE, _BEGUN},
        expect={_LIFE} | _ENDS,
        match={"prefect.resource.id": ["prefect.flow-run.*"]},
        for_each={"prefect.resource.id"},
        posture=Posture.Proactive,
        threshold=1,
        within=timedelta(seconds=HEARTBEAT_SECONDS * MISSED),
    )
    crash = ChangeFlowRunState(state=StateType.CRASHED, message=SILENT, force=True)
    with get_client(sync_client=True) as client:
        wanted = AutomationCore(
            name=NAME,
            description="A run that has missed five heartbeats is marked Crashed.",
            trigger=trigger,
            actions=[crash],
        )
        found = client.read_automations_by_name(NAME)
        if not found:
            client.create_automation(wanted)
        for there in found:  # untouched where it is as it should be: it remembers who it waits for
            if getattr(there.trigger, "after", None) != trigger.after:
                client.update_automation(there.id, wanted)
