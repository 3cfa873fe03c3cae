"""A Prefect server for the time of one command: started first, ready when the first flow needs it.

Prefect would start one by itself, but late, with its server loaded a second time in our process,
and at a port that a neighbour may take at the same moment. This one is a process of its own on the
loopback address, ends with the process that started it, and writes to `server.log` in its folder.
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
from collections.abc import Callable
from pathlib import Path

from assessments.errors import RunFailed

LOOPBACK = "127.0.0.1"
START_SECONDS = 120  # a first start makes Prefect's database, on a slow disk for long


def start_server(folder: Path) -> Callable[[], None]:
    """Start the server with its state in `folder` and point Prefect at it; returns at once.

    Call it before `prefect` is imported, from the main thread. The function it returns waits until
    the server answers, and raises RunFailed where it does not.
    """
    port = _free_port()
    log = folder / "server.log"
    with log.open("ab") as output:
        log.chmod(0o600)
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.temporary_server", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"},
        )
    url = f"http://{LOOPBACK}:{port}/api"
    os.environ["PREFECT_API_URL"] = url
    owner = os.getpid()

    def stop() -> None:
        if os.getpid() == owner and process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    atexit.register(stop)
    return lambda: _wait(process, url, log)


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with direct.open(f"{url}/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RunFailed(
        "Prefect's server did not start.",
        f"See {log}; another program may have used up memory or disk.",
    )


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _end_with_parent() -> None:
    """Ask Linux for SIGTERM when the parent dies, so that a killed run leaves no server behind."""
    if sys.platform == "linux":
        import ctypes
        import signal

        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # 1 is PR_SET_PDEATHSIG
        if os.getppid() == 1:  # it died before we asked
            sys.exit(1)


def main() -> None:
    """Be the server, at the port given as the only argument."""
    _end_with_parent()
    import uvicorn
    from prefect.server.api.server import create_app

    app = create_app(ephemeral=True, final=True)  # no page, no background services
    uvicorn.run(app, host=LOOPBACK, port=int(sys.argv[1]), log_level="error", lifespan="on")


if __name__ == "__main__":
    main()
