"""`tana serve`: Prefect's server with its page, the deployments, and a worker, until it is stopped.

This process holds the others: it starts them, looks after them, and ends them. They are in groups
of their own, so that an interrupt from the terminal reaches only this one, and they end with it
even where it is killed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from assessments.errors import RunFailed, StoreFault
from assessments.settings import Settings, private_folder
from assessments.store import open_store
from flows.end_with_parent import parent_named
from flows.prefect_home import settle_prefect
from flows.prefect_server import PrefectServer, launch_server, only_service
from flows.progress import tell

if TYPE_CHECKING:
    from flows.forms import Choices

LOOK_SECONDS = 10.0  # at the worker, at runs that died, and at what has been opened in the store
STOP_SECONDS = 15.0
MOVED_SECONDS = 60.0  # a clock that has moved by more was set, or the machine slept
PENDING_SECONDS = 240.0  # a run that was handed out and has not begun by then never will


class Stopped(BaseException):
    """Someone asked for the end: an interrupt from the terminal, or SIGTERM."""


def serve(settings: Settings) -> None:
    """Serve until interrupted; then end everything that was started, and return.

    Raises Mistake where this home is served already or the port is taken, RunFailed where Prefect's
    server does not start or ends by itself.
    """
    folder = private_folder(settings.prefect)
    private_folder(settings.inbox_folder)
    with open_store(settings):  # a store that cannot be used is told at once
        pass
    with only_service(folder) as note, _told_to_stop():
        settle_prefect(settings)
        server = launch_server(
            folder, host=settings.serve_host, port=settings.serve_port, lasting=True
        )
        service = worker = None
        try:
            tell("Prefect's server is starting")
            server.wait()
            note.write_text(server.url, encoding="utf-8")
            service = Service(settings, server)
            worker = service.start()
            tell(f"Ready: {server.url.removesuffix('/api')}  (stop with Ctrl-C)")
            tell(f"Inbox: {settings.inbox_folder}")
            service.look_after(worker)
        except Stopped:
            tell("Stopping")
        finally:
            if worker is not None:
                worker.stop()
                _mark_dead(settings)
            (service.server if service else server).stop()
    tell("Stopped")


@contextmanager
def _told_to_stop() -> Iterator[None]:
    """Until the end of this, an interrupt or SIGTERM raises Stopped; a second one is ignored."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in before:
            signal.signal(number, signal.SIG_IGN)
        raise Stopped

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        for number in before:
            signal.signal(number, stop)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Worker:
    """The worker's process, with the group of its runs."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "worker.log"
        self.process = self._launch()

    def _launch(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as output:
            self.log.chmod(0o600)
            return subprocess.Popen(
                [sys.executable, "-m", "flows.worker"],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=os.environ | parent_named(),
                start_new_session=True,
            )

    def ended(self) -> bool:
        """True where it has ended by itself; its runs then end too."""
        if self.process.poll() is None:
            return False
        self._end_group(signal.SIGKILL)
        return True

    def start_again(self) -> None:
        """Start it after it has ended."""
        self.process = self._launch()

    def stop(self) -> None:
        """End the worker and its runs; what does not end when asked to is killed."""
        self._end_group(signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        while time.monotonic() < until and self._group_lives():
            time.sleep(0.1)
        self._end_group(signal.SIGKILL)
        self.process.wait()

    def _group_lives(self) -> bool:
        self.process.poll()
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def _end_group(self, number: signal.Signals) -> None:
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return


class Service:
    """What `tana serve` does while it serves."""

    def __init__(self, settings: Settings, server: PrefectServer) -> None:
        from flows.deployments import offers
        from flows.forms import Choices

        self.settings, self.server = settings, server
        self.offered = offers(timedelta(seconds=settings.inbox_seconds))
        self.choices = Choices((), ())
        self.pending: dict[str, float] = {}  # since when a run is pending, on a clock of our own
        self.set_at = _clock_set_at()

    def start(self) -> Worker:
        """Work pool, deployments, and the worker; what died under an earlier service is marked."""
        from prefect.client.orchestration import get_client

        from flows.dead_runs import mark_left_over
        from flows.deployments import make_pool
        from flows.watch_heartbeats import watch_heartbeats

        _mark_dead(self.settings)
        if self.settings.on_one_machine:
            mark_left_over(self.settings.prefect)
        else:
            watch_heartbeats()
        with get_client(sync_client=True) as client:
            make_pool(client)
        self.choices = self._today()
        self._deploy()
        return Worker(self.settings.prefect)

    def look_after(self, worker: Worker) -> None:
        """Look in turn at all that can go wrong, until Stopped is raised."""
        while True:
            time.sleep(LOOK_SECONDS)
            if self.server.process.poll() is not None:
                raise RunFailed(
                    "Prefect's server has ended by itself.",
                    f"See {self.server.log}, then start tana serve again: runs go on where they "
                    "were.",
                )
            try:
                self._look(worker)
            except (StoreFault, OSError) as error:  # the database is away: it may come back
                tell(f"Not now: {error}")

    def _look(self, worker: Worker) -> None:
        from httpx import HTTPError

        from flows.dead_runs import mark_left_over, mark_never_begun

        try:
            if worker.ended():
                if self.settings.on_one_machine:  # also those killed before they held a lock
                    mark_left_over(self.settings.prefect, of_workers=True)
                worker.start_again()
                tell("The worker had ended and was started again")
            _mark_dead(self.settings)
            mark_never_begun(self.pending, PENDING_SECONDS)
            today = self._today()
            if today != self.choices:
                self.choices = today
                self._deploy()
                tell("The forms offer what has been opened in the store since")
            self._follow_clock()
        except HTTPError as error:  # a busy server: the next look will do
            tell(f"Prefect's server did not answer ({type(error).__name__})")

    def _follow_clock(self) -> None:
        """Start Prefect's server anew where the clock was set back.

        Its services wait for a time of day: after a day back they would do nothing for a day.
        """
        moved = _clock_set_at() - self.set_at
        if abs(moved) < MOVED_SECONDS:
            return
        self.set_at += moved
        tell(f"The clock has moved by {moved / 60:+.0f} minutes")
        if moved < 0:
            self.server.stop()
            self.server = self.server.again(self.settings.serve_host)
            self.server.wait()
            self._deploy()
            tell("Prefect's server was started again, since it waits for times of the day")

    def _today(self) -> Choices:
        from flows.forms import Choices

        with open_store(self.settings) as store:
            return Choices.of(store.assessments())

    def _deploy(self) -> None:
        from prefect.client.orchestration import get_client

        from flows.deployments import deploy

        with get_client(sync_client=True) as client:
            deploy(client, self.offered, self.choices)


def _clock_set_at() -> float:
    """What the clock showed when the clock that nobody can set began to run, in seconds."""
    return time.time() - time.monotonic()


def _mark_dead(settings: Settings) -> None:
    from flows.dead_runs import mark_dead

    for run in mark_dead(settings.prefect):
        tell(f"{run.flow} «{run.name}» died and was marked so")
