"""How soon a flow runs on a fresh machine, and later against `tana serve`.

The baseline is Prefect as it comes: a flow in a process of its own with an empty home, whose
ephemeral server makes its database by a hundred migrations in turn. Ours takes an empty home, our
own server and the same flow. Both do nothing else, and both include starting Python.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import ways
from benchmarks.measure import Measure, in_turns
from benchmarks.size import rounds

HALF, SECONDS = 0.5, 5.0
_TANA = "from assessments.cli.main import run; run()"
_FLOW = "from prefect import flow\n@flow\ndef nothing() -> None: ...\nnothing()\n"
_OURS = (
    "from assessments.settings import read_settings\n"
    "from flows.prefect_home import settle_prefect\n"
    "settings = read_settings(); settle_prefect(settings)\n"
    "from flows.prefect_server import start_server\n"
    "answers = start_server(settings.prefect)\n"
    "import prefect.flow_engine\nanswers()\n" + _FLOW
)


def run(code: str, **environment: str) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    subprocess.run(
        [sys.executable, "-c", code],
        env=clean | {"DO_NOT_TRACK": "1"} | environment,
        capture_output=True,
        check=True,
    )


def as_prefect_comes() -> None:
    with tempfile.TemporaryDirectory() as home:
        run(
            _FLOW,
            PREFECT_HOME=home,
            PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS="120",
        )


def fresh() -> None:
    with tempfile.TemporaryDirectory() as home:
        run(_OURS, TANA_HOME=home)


def serve(home: Path) -> subprocess.Popen[bytes]:
    """`tana serve` of this home, once it answers."""
    from flows.prefect_server import serving

    service = subprocess.Popen(
        [sys.executable, "-c", _TANA, "serve", "--port", "0"],
        env={**os.environ, "TANA_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 120
    while not serving(home / "prefect"):
        if service.poll() is not None or time.monotonic() > until:
            raise RuntimeError("tana serve did not start")
        time.sleep(0.5)
    return service


def measures() -> list[Measure]:
    """Medians; the second is seconds on the wall."""
    first = in_turns({"ours": fresh, "prefect": as_prefect_comes}, rounds())
    with ways.a_home(1):
        home = Path(os.environ["TANA_HOME"])
        service = serve(home)
        try:
            later = in_turns({"ours": lambda: run(_OURS, TANA_HOME=str(home))}, rounds())
        finally:
            service.terminate()
            service.wait()
    return [
        Measure(
            "first flow on a fresh machine against Prefect as it comes",
            first["ours"] / first["prefect"], HALF, at_most=True,
        ),
        Measure("a later flow against tana serve: seconds", later["ours"], SECONDS, at_most=True),
    ]  # fmt: skip
