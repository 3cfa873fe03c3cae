"""Tell Prefect which runs have died, so that nothing stays Running for ever. Needs a server."""

from __future__ import annotations

import time
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

from flows.under_way import UnderWay, folder_of, under_way

DIED = "The process of this run ended without a word. Start it again: what was done is not redone."
_UNFINISHED = (StateType.PENDING, StateType.RUNNING, StateType.CANCELLING)
NEVER_BEGAN = "This run was handed to a worker and never began. Start it again."


def mark_dead(home: Path) -> tuple[UnderWay, ...]:
    """Mark runs of this machine whose process is gone as Crashed; returns those marked now."""
    marked = []
    dead = [run for run in under_way(home) if not run.alive]
    if not dead:
        return ()
    with get_client(sync_client=True) as client:
        for run in dead:
            try:
                state = client.read_flow_run(UUID(run.id)).state
                if state is not None and not state.is_final():
                    client.set_flow_run_state(UUID(run.id), Crashed(message=DIED), force=True)
                    marked.append(run)
            except ObjectNotFound:  # its history was cleared
                pass
            for left in (".json", ".lock"):
                (folder_of(home) / f"{run.id}{left}").unlink(missing_ok=True)
    return tuple(marked)


def mark_left_over(home: Path, *, of_workers: bool = False) -> int:
    """Mark what an earlier service of this machine, the only one, left behind; returns how many.

    For a moment without a worker: what is not alive now has ended, however it ended. With
    `of_workers` only what a worker was given, because commands may be about to begin runs.
    """
    alive = {run.id for run in under_way(home) if run.alive}
    left = 0
    with get_client(sync_client=True) as client:
        for run in client.read_flow_runs(flow_run_filter=_in(*_UNFINISHED)):
            if str(run.id) not in alive and (run.deployment_id or not of_workers):
                client.set_flow_run_state(run.id, Crashed(message=DIED), force=True)
                left += 1
    return left


def mark_never_begun(seen: dict[str, float], after: float) -> None:
    """Mark runs as Crashed that have been pending for `after` seconds.

    `seen` is kept between calls: since when each is pending, on a clock that never jumps.
    """
    now = time.monotonic()
    with get_client(sync_client=True) as client:
        runs = {
            str(run.id) for run in client.read_flow_runs(flow_run_filter=_in(StateType.PENDING))
        }
        for gone in seen.keys() - runs:
            del seen[gone]
        for run in runs:
            if now - seen.setdefault(run, now) > after:
                client.set_flow_run_state(UUID(run), Crashed(message=NEVER_BEGAN), force=True)


def _in(*states: StateType) -> FlowRunFilter:
    return FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(states))))
