"""Prefect's server as a process of ours, on the loopback address, that ends when we do.

Without one Prefect would start its own: late, with its server loaded a second time in our process,
and at a port that a neighbour may take at the same moment. `tana assess` brings one for the time of
a command, without page and services; `tana serve` one that lasts, with both.
"""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from assessments.errors import Mistake, RunFailed
from assessments.settings import FILE_MODE
from flows.end_with_parent import end_with_parent, parent_named

LOOPBACK = "127.0.0.1"
_NOTE = "serving"  # holds the address of the API
START_SECONDS = 300  # a first start makes Prefect's database: minutes on a machine that is busy
STOP_SECONDS = 10


@dataclass(frozen=True, slots=True)
class PrefectServer:
    """A server that has been started, and perhaps answers already."""

    process: subprocess.Popen[bytes]
    url: str  # of its API
    log: Path

    def wait(self) -> None:
        """Return as soon as it answers. Raises RunFailed where it does not."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            if answers(self.url):
                return
            time.sleep(0.05)
        raise RunFailed(
            "Prefect's server did not start.",
            f"See {self.log}; another program may have used up memory or disk.",
        )

    def again(self, host: str) -> PrefectServer:
        """Another one at the same address, after this one was stopped."""
        port = urlsplit(self.url).port or 0
        return launch_server(self.log.parent, host=host, port=port, lasting=True)

    def stop(self) -> None:
        """End it, at once where it does not end when asked to."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def answers(url: str) -> bool:
    """True where a Prefect server answers at this address of an API."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"{url}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False


def launch_server(
    folder: Path, *, host: str = LOOPBACK, port: int = 0, lasting: bool = False
) -> PrefectServer:
    """Start the server with its log in `folder`, and point Prefect at it; returns at once.

    Call it before `prefect` is imported. `port` 0 takes one the system gives out. Raises Mistake
    where the port is taken.
    """
    port = _free_port(host, port)
    url = f"http://{LOOPBACK}:{port}/api"
    log = folder / "server.log"
    with log.open("ab") as output:
        log.chmod(0o600)
        process = subprocess.Popen(
            [sys.executable, "-m", __name__, host, str(port), "lasting" if lasting else ""],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
            # The page asks the address it came from, whatever that is called outside. The log is
            # the only place where a fault of one of the server's own services is told.
            | {"PREFECT_UI_API_URL": "/api", "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "ERROR"}
            | parent_named(),
        )
    os.environ["PREFECT_API_URL"] = url
    return PrefectServer(process, url, log)


def start_server(folder: Path) -> Callable[[], None]:
    """A server for the time of this process, or the one that serves this home already.

    The function it returns waits until the server answers, and raises RunFailed where it does not.
    """
    given = os.environ.get("PREFECT_API_URL") or serving(folder)
    if given:
        os.environ["PREFECT_API_URL"] = given
        return lambda: _wait_for(given)
    server = launch_server(folder)
    owner = os.getpid()
    atexit.register(lambda: server.stop() if os.getpid() == owner else None)
    return server.wait


@contextmanager
def only_service(folder: Path) -> Iterator[Path]:
    """Be the only `tana serve` of this home; the note of its address is removed at the end.

    Raises Mistake where there is one already.
    """
    lock = FileLock(folder / "serving.lock", mode=FILE_MODE)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise Mistake(
            f"tana serve runs for this home already, at {serving(folder) or 'an address unknown'}.",
            "Use that one, or stop it first.",
        ) from None
    try:
        yield folder / _NOTE
    finally:
        (folder / _NOTE).unlink(missing_ok=True)
        lock.release()


def serving(folder: Path) -> str:
    """Address of the API of the `tana serve` of this home; "" where none answers."""
    lock = FileLock(folder / "serving.lock", mode=FILE_MODE)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        note = folder / _NOTE
        url = note.read_text(encoding="utf-8").strip() if note.is_file() else ""
        return url if url and answers(url) else ""
    lock.release()  # nobody holds it: a note that is there was left by a killed one
    return ""


def _wait_for(url: str) -> None:
    if not answers(url):
        raise RunFailed(
            f"No Prefect server answers at {url}.",
            "Start it (tana serve), or leave prefect_api_url out of the settings.",
        )


def _free_port(host: str, port: int) -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Mistake(
                f"Prefect's server cannot use {host}:{port} ({error.strerror}).",
                "Name another port, such as --port 4201.",
            ) from None
        free: int = probe.getsockname()[1]
        return free


def main() -> None:
    """Be the server, at the host and port given as arguments."""
    end_with_parent()
    host, port, lasting = sys.argv[1:]
    import uvicorn
    from prefect.server.api.server import create_app

    # A server for one command has neither page nor background services.
    app = create_app(ephemeral=not lasting, final=True)
    uvicorn.run(app, host=host, port=int(port), log_level="error", lifespan="on")


if __name__ == "__main__":
    main()
