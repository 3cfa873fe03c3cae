"""The process that flow runs are forked from: it has imported Prefect and every flow.

`flows.flow_process` connects to its socket with the environment of a run and is told the process
and, in the end, its exit status. A run whose `flow_process` is gone is ended. No thread and no
event loop may exist here before a fork.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

from flows.end_with_parent import STARTED_BY, end_with_parent, parent_named
from flows.flow_process import SOCKET, run_here

_PRELOADED = (
    "prefect.flow_engine",
    "prefect._internal.metrics",
    "papermill",
    "assessments.report.write",
    "assessments.report.charts",
    "assessments.workbook.annotate",
    "flows.assess_country",
    "flows.assess_region",
    "flows.publish_report",
    "flows.receive_workbooks",
)
_LOOK_SECONDS = 0.05  # at forks that may have ended
LINE = 1 << 22  # an environment is smaller


def launch() -> None:
    """Start this process and tell those we start where it is; nothing where forks are not safe."""
    if sys.platform != "linux":
        return
    folder = tempfile.mkdtemp(prefix="tana-flows-")
    owner = os.getpid()
    atexit.register(
        lambda: shutil.rmtree(folder, ignore_errors=True) if os.getpid() == owner else None
    )
    os.environ[SOCKET] = str(Path(folder) / "socket")
    subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.DEVNULL,
        env=os.environ | parent_named(),
    )


class Forks:
    """The forks under way, each with the connection of its `flow_process`."""

    def __init__(self, listening: socket.socket) -> None:
        self.listening = listening
        self.waiting = selectors.DefaultSelector()
        self.waiting.register(listening, selectors.EVENT_READ)
        self.running: dict[int, socket.socket] = {}

    def serve(self) -> None:
        """Answer for as long as the worker lives."""
        while True:
            for key, _ in self.waiting.select(_LOOK_SECONDS if self.running else None):
                if key.fileobj is self.listening:
                    self._accept()
                else:
                    self._gone(key.fileobj)  # type: ignore[arg-type]
            for pid in list(self.running):
                ended, status = os.waitpid(pid, os.WNOHANG)
                if ended:
                    self._ended(pid, os.waitstatus_to_exitcode(status))

    def _accept(self) -> None:
        channel, _ = self.listening.accept()
        line = channel.makefile("r", encoding="utf-8").readline(LINE)
        if not line:
            channel.close()
            return
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            self._become(asked, channel)
        self.running[pid] = channel
        self.waiting.register(channel, selectors.EVENT_READ)
        _say(channel, {"pid": pid})

    def _become(self, asked: dict[str, object], channel: socket.socket) -> NoReturn:
        status = 1
        try:
            for held in (self.listening, channel, *self.running.values()):
                held.close()
            self.waiting.close()
            gc.unfreeze()
            os.environ.clear()
            os.environ.update(asked["env"])  # type: ignore[call-overload]
            os.environ[STARTED_BY] = str(os.getppid())
            end_with_parent()
            os.chdir(str(asked["cwd"]))
            run_here()
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        finally:
            atexit._run_exitfuncs()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    def _gone(self, channel: socket.socket) -> None:
        """The `flow_process` has been killed: so is its run."""
        for pid, held in self.running.items():
            if held is channel:
                os.kill(pid, signal.SIGKILL)
        self.waiting.unregister(channel)

    def _ended(self, pid: int, status: int) -> None:
        channel = self.running.pop(pid)
        if channel in self.waiting.get_map():
            self.waiting.unregister(channel)
        _say(channel, {"status": status})
        channel.close()


def _say(channel: socket.socket, answer: dict[str, int]) -> None:
    try:
        channel.sendall((json.dumps(answer) + "\n").encode())
    except OSError:  # nobody is there to hear it
        return


def main() -> None:
    """Load everything, then fork runs until the worker is gone."""
    end_with_parent()
    for module in _PRELOADED:
        __import__(module)
    gc.collect()
    gc.freeze()  # shared pages stay shared
    path = os.environ[SOCKET]
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(path)
        listening.listen(64)
        Forks(listening).serve()


if __name__ == "__main__":
    main()
