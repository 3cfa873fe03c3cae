"""The helper process behind the cage: forks one child with limits for each order it is given.

It opens nothing from outside itself. An order is a line of JSON and the bytes; the answer is a
line of JSON and the bytes. It ends when the process that started it closes the pipe.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import json
import os
import resource
import select
import signal
import sys
import time
from importlib import import_module
from typing import Any, NoReturn

from assessments.untrusted.cage import PIPE, Allowance

Spent = tuple[float, int]  # seconds of processor time, bytes at the highest
_OUT_OF_MEMORY = 3
_KEPT_LIMITS = (
    ("RLIMIT_AS", "memory"),
    ("RLIMIT_CPU", "processor"),
    ("RLIMIT_FSIZE", "scratch"),
)


def keep() -> None:
    """Serve orders from standard input until it is closed."""
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it for nothing
    # every file needs it: loaded, and tried on a workbook of our own, before the first
    reader = import_module("assessments.untrusted.reader")
    reader.read(import_module("assessments.untrusted.rehearsal").sample())
    while line := sys.stdin.buffer.readline():
        order = json.loads(line)
        task, size = order.pop("task"), order.pop("size")
        given = sys.stdin.buffer.read(size)
        answer, reason, spent = _carry_out(task, given, Allowance(**order))
        head = {"size": len(answer), "reason": reason, "spent": spent}
        sys.stdout.buffer.write(json.dumps(head).encode())
        sys.stdout.buffer.write(b"\n" + answer)
        sys.stdout.buffer.flush()


def _carry_out(task: str, given: bytes, allowance: Allowance) -> tuple[bytes, str, Spent]:
    module, _, function = task.partition(":")
    work = getattr(__import__(module, fromlist=[function]), function)
    gc.freeze()  # what is loaded stays shared with every child
    reading, writing = _pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _live(work, given, allowance, writing)
    os.close(writing)
    answer, reason = _listen(reading, allowance)
    os.close(reading)
    if reason:
        os.kill(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    spent = (used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)
    reason = reason or _ending(os.waitstatus_to_exitcode(status), allowance)
    return (b"", reason, spent) if reason else (answer, "", spent)


def _pipe() -> tuple[int, int]:
    ends = os.pipe()
    with contextlib.suppress(AttributeError, OSError):  # not on every system; only slower
        fcntl.fcntl(ends[1], fcntl.F_SETPIPE_SZ, PIPE)
    return ends


def _live(work: Any, given: bytes, allowance: Allowance, writing: int) -> NoReturn:
    """The child's whole life: limits, task, answer. It leaves without looking back."""
    status = 1
    try:
        gc.disable()  # it lives too short to be worth tidying
        os.close(0)
        os.close(1)
        limit(allowance)
        answer = work(given)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(answer)
        status = 0
    except MemoryError:
        status = _OUT_OF_MEMORY
    finally:
        os._exit(status)


def _listen(reading: int, allowance: Allowance) -> tuple[bytes, str]:
    """All that the child says, or the limit it ran into while saying it."""
    end = time.monotonic() + allowance.wall
    pieces: list[bytes] = []
    size = 0
    while True:
        ready, _, _ = select.select([reading], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            return b"", f"more than {allowance.wall:g} seconds"
        piece = os.read(reading, 2**20)
        if not piece:
            return b"".join(pieces), ""
        pieces.append(piece)
        size += len(piece)
        if size > allowance.answer:
            return b"", "more text than a questionnaire holds"


def _ending(code: int, allowance: Allowance) -> str:
    if code == -signal.SIGXCPU:
        return f"more than {allowance.processor} seconds of processor time"
    if code == _OUT_OF_MEMORY:
        return "more memory than a questionnaire needs"
    return "the reader stopped" if code else ""


def limit(allowance: Allowance) -> None:
    """Take the allowance away from this process, for good."""
    wanted = {name: getattr(allowance, part) for name, part in _KEPT_LIMITS} | {"RLIMIT_CORE": 0}
    for name, amount in wanted.items():
        kind = getattr(resource, name)
        hard = resource.getrlimit(kind)[1]
        allowed = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        # a process past its soft limit of time is told why it ends, past the hard one it is not
        ceiling = allowed + 1 if kind == resource.RLIMIT_CPU else allowed
        if hard != resource.RLIM_INFINITY:
            ceiling = min(ceiling, hard)
        resource.setrlimit(kind, (allowed, ceiling))
