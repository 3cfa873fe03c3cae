"""A child process with little memory and little time, in which files from outside are opened.

The parent hands the bytes over through a pipe and takes JSON back: no pickle, no path, no object
crosses. The child is forked from a `warden` that holds nothing but the loaded libraries, so that
starting Python is paid once. It has 700 MB of address space, 4 s of processor time a file and
writes no file (but for the scratch file of a task that is given one); a crash, a hang or an abort
of a C library ends it and nothing else. It works on one file and ends, unless its allowance lets it
go on to the next: then anything out of the ordinary is the last thing that it reads.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

ROOT = str(Path(__file__).resolve().parents[2])
_ENTER = (
    "import sys; sys.path.insert(0, {root!r}); "
    "from assessments.untrusted.warden import keep; keep()"
)
PIPE = 2**20  # bytes: a workbook and its answer each go through without anybody waiting
_PATIENCE = 30.0  # seconds beyond the allowance until a warden that does not answer is given up


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the child may use.

    The processor's time is the limit that counts; the wall clock is only there for what waits
    without computing, and is long so that a busy machine refuses no good file.
    """

    memory: int = 700 * 2**20  # bytes of address space
    processor: int = 4  # seconds
    wall: float = 20.0  # seconds
    scratch: int = 0  # bytes of a temporary file
    answer: int = 32 * 2**20  # bytes that come back
    files: int = 1  # that one child works on, one after another, while all of them are ordinary


ALLOWANCE = Allowance()


class LastAnswer(bytes):
    """What a task answers to a file that is not in order: its process reads no other file."""


class CageBroken(Exception):
    """The child ended without an answer; `reason` says which limit it met."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def run(task: str, given: bytes, allowance: Allowance = ALLOWANCE) -> bytes:
    """What `module:function` answers to `given`, in a child process. Raises CageBroken."""
    warden = _wardens.take()
    try:
        answer, reason = warden.order(task, given, allowance)
    except (OSError, ValueError):
        warden.dismiss()
        raise CageBroken("the reader stopped") from None
    except BaseException:
        warden.dismiss()  # interrupted half-way: what it says next would be another file's
        raise
    _wardens.give_back(warden)
    if reason:
        raise CageBroken(reason)
    return answer


class _Warden:
    """One helper process and the pipes to it."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-c", _ENTER.format(root=ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pipesize=PIPE,
            env={
                "PATH": os.defpath,
                "LC_ALL": "C.UTF-8",
                "OMP_NUM_THREADS": "1",
                # the two readers share no parser; the pre-flight has refused every DTD before
                "OPENPYXL_LXML": "False",
                "OPENPYXL_DEFUSEDXML": "False",
            },
            cwd="/",
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.orders: IO[bytes] = self.process.stdin
        self.answers: IO[bytes] = self.process.stdout

        self.seconds = 0.0  # of processor time that all children together took
        self.peak = 0  # bytes of memory that the largest of them held

    def order(self, task: str, given: bytes, allowance: Allowance) -> tuple[bytes, str]:
        """The answer, or the reason why there is none."""
        head = {"task": task, "size": len(given), **asdict(allowance)}
        self.orders.write(json.dumps(head).encode() + b"\n" + given)
        self.orders.flush()
        ready, _, _ = select.select([self.answers], [], [], allowance.wall + _PATIENCE)
        line = self.answers.readline() if ready else b""
        said = json.loads(line)  # ValueError where it ended or said nothing
        seconds, peak = said["spent"]
        self.seconds, self.peak = self.seconds + seconds, max(self.peak, peak)
        answer = self.answers.read(said["size"])
        if len(answer) < said["size"]:
            raise ValueError("cut off")
        return answer, said["reason"]

    def dismiss(self) -> None:
        """End the process, if need be by force."""
        self.process.kill()
        with contextlib.suppress(OSError):  # what was still to be sent has no reader any more
            self.orders.close()
        self.answers.close()
        self.process.wait()


class _Wardens:
    """Idle wardens of this process; as many as threads ever read at the same time."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.owner = os.getpid()
        self.idle: list[_Warden] = []
        self.parents: list[list[_Warden]] = []  # of the process this one was forked from

    def take(self) -> _Warden:
        with self.lock:
            if self.owner != os.getpid():
                self.parents.append(self.idle)
                self.owner, self.idle = os.getpid(), []
            while self.idle:
                warden = self.idle.pop()
                if warden.process.poll() is None:
                    return warden
                warden.dismiss()
        return _Warden()

    def give_back(self, warden: _Warden) -> None:
        with self.lock:
            self.idle.append(warden)

    def end(self) -> None:
        if self.owner == os.getpid():
            while self.idle:
                self.idle.pop().dismiss()


_wardens = _Wardens()
atexit.register(_wardens.end)
os.register_at_fork(after_in_child=lambda: setattr(_wardens, "lock", threading.Lock()))
