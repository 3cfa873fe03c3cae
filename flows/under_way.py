"""Which flow runs of this machine are alive, whatever happened to the processes that ran them.

Each running flow holds a lock that the system gives back when its process ends, killed or not. So a
run that died is found at once and for certain, and no clock is asked. Runs of workers on other
machines are watched by their heartbeats (`flows.watch_heartbeats`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from filelock import FileLock, Timeout

from assessments.results import Value
from assessments.settings import FILE_MODE, private_folder, read_settings


class UnderWay(Value):
    """A flow run whose process lives, or died without saying so."""

    id: str  # Prefect's
    name: str
    flow: str
    alive: bool = True


def folder_of(home: Path) -> Path:
    return home / "under_way"


@contextmanager
def known_to_run(*tags: str) -> Iterator[None]:
    """Inside a flow: its run is known to be alive for as long as this lasts, and bears `tags`."""
    from prefect.client.orchestration import get_client
    from prefect.runtime import flow_run

    if tags:
        with get_client(sync_client=True) as client:
            client.update_flow_run(UUID(flow_run.id), tags={*flow_run.tags, *tags})

    run = UnderWay(id=str(flow_run.id), name=str(flow_run.name), flow=str(flow_run.flow_name))
    with _alive(run, private_folder(folder_of(read_settings().prefect))):
        yield


@contextmanager
def _alive(run: UnderWay, folder: Path) -> Iterator[None]:
    note = folder / f"{run.id}.json"
    lock = FileLock(folder / f"{run.id}.lock", mode=FILE_MODE)
    lock.acquire()  # before the note: who finds a note and no holder knows that the run died
    try:
        note.write_text(run.model_dump_json(), encoding="utf-8")
        yield
    finally:
        note.unlink(missing_ok=True)
        (folder / f"{run.id}.lock").unlink(missing_ok=True)
        lock.release()


def under_way(home: Path) -> tuple[UnderWay, ...]:
    """Every flow run of this machine that has begun and did not end well or badly by itself."""
    found = []
    for note in sorted(folder_of(home).glob("*.json")):
        try:
            run = UnderWay.model_validate_json(note.read_bytes())
        except (OSError, ValueError):  # it ended in this moment, or is being written
            continue
        lock = FileLock(note.with_suffix(".lock"), mode=FILE_MODE)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            found.append(run)
            continue
        lock.release()
        if note.is_file():
            found.append(run.model_copy(update={"alive": False}))
    return tuple(found)
