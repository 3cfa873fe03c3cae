"""The process of one flow run, as a worker starts it.

Importing Prefect and ourselves takes seconds, so the run is a fork of a process that has done so
(`flows.preloaded_flows`); this one hands it the environment, passes signals on, and ends with it.
Where there is no such process the run takes place here. Light to import, on purpose.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from pathlib import Path
from types import FrameType

SOCKET = "TANA_PRELOADED_FLOWS"  # path of the socket of `flows.preloaded_flows`


def main() -> None:
    """Run the flow that Prefect's worker has named in the environment."""
    from flows.end_with_parent import end_with_parent

    end_with_parent()
    status = _in_a_fork(os.environ.get(SOCKET, ""))
    if status is None:
        run_here()
    else:
        sys.exit(status if status >= 0 else 128 - status)


def run_here() -> None:
    """Run the flow in this process."""
    import logging
    import runpy

    from assessments.settings import private_files

    private_files()
    logging.getLogger("tana").setLevel(logging.INFO)
    sys.modules.pop("prefect.engine", None)  # it is run as a program, not imported
    sys.argv = [sys.argv[0]]  # else Prefect takes an argument for the run's id
    runpy.run_module("prefect.engine", run_name="__main__", alter_sys=True)


def _in_a_fork(path: str) -> int | None:
    """Exit status of the fork (negative: the signal that ended it), None where there was none."""
    if not path:
        return None
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as channel:
        try:
            channel.connect(path)
        except OSError:
            return None
        asked = {"env": dict(os.environ), "cwd": str(Path.cwd())}
        channel.sendall((json.dumps(asked) + "\n").encode())
        answers = channel.makefile("r", encoding="utf-8")
        pid = int(json.loads(answers.readline())["pid"])

        def pass_on(number: int, _frame: FrameType | None) -> None:
            os.kill(pid, number)

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, pass_on)
        ended = answers.readline()
        return int(json.loads(ended)["status"]) if ended else -signal.SIGKILL


if __name__ == "__main__":
    main()
