"""The helper process behind the cage: forks children with limits for the orders it is given.

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
import struct
import sys
import time
from importlib import import_module
from typing import Any, NoReturn

from assessments.untrusted.cage import PIPE, Allowance, LastAnswer

Spent = tuple[float, int]  # seconds of processor time, bytes at the highest
Told = tuple[bytes, str, Spent]  # the answer, or the reason why there is none
_OUT_OF_MEMORY = 3
_SIZE = struct.Struct("!Q")  # before each order
_HEAD = struct.Struct("!Q?dQ")  # before each answer: size, the last one, seconds, bytes
# A questionnaire takes a hundredth of a second and 40 MB. A child that needed more reads no other.
_ORDINARY_SECONDS, _ORDINARY_MEMORY = 0.5, 200 * 2**20


def keep() -> None:
    """Serve orders from standard input until it is closed."""
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it for nothing
    # every file needs it: loaded, and tried on a workbook of our own, before the first
    reader = import_module("assessments.untrusted.reader")
    reader.read(import_module("assessments.untrusted.rehearsal").sample())
    lasting: _Child | None = None
    while line := sys.stdin.buffer.readline():
        order = json.loads(line)
        task, size = order.pop("task"), order.pop("size")
        given = sys.stdin.buffer.read(size)
        allowance = Allowance(**order)
        if allowance.files == 1:
            told = _Child(task, allowance, beside=lasting).order(given)
        else:
            lasting, told = _by_lasting(lasting, task, allowance, given)
        answer, reason, spent = told
        head = {"size": len(answer), "reason": reason, "spent": spent}
        sys.stdout.buffer.write(json.dumps(head).encode())
        sys.stdout.buffer.write(b"\n" + answer)
        sys.stdout.buffer.flush()


def _by_lasting(
    child: _Child | None, task: str, allowance: Allowance, given: bytes
) -> tuple[_Child | None, Told]:
    """What a child that goes on answers, and the child for the next order, if it lives.

    Where one that has read other files gives no answer, a new one is asked: no file is refused for
    what another left behind.
    """
    if child and child.serves != (task, allowance):
        child.end()
        child = None
    used = child is not None
    child = child or _Child(task, allowance)
    told = child.order(given)
    if used and told[1]:
        child = _Child(task, allowance)
        told = child.order(given)
    return None if child.ended else child, told


class _Child:
    """A process with limits, forked from this one, and the pipes to it."""

    def __init__(self, task: str, allowance: Allowance, beside: _Child | None = None) -> None:
        self.serves = (task, allowance)
        self.ended = False
        module, _, function = task.partition(":")
        work = getattr(__import__(module, fromlist=[function]), function)
        gc.freeze()  # what is loaded stays shared with every child
        orders, self.orders = _pipe()
        self.answers, answers = _pipe()
        self.pid = os.fork()
        if self.pid == 0:
            for ours in (self, beside):  # a child speaks with this process and no other child
                if ours:
                    os.close(ours.orders)
                    os.close(ours.answers)
            _live(work, allowance, orders, answers)
        os.close(orders)
        os.close(answers)

    def order(self, given: bytes) -> Told:
        """What it answers, or why it does not; afterwards `ended` where it takes no more."""
        allowance = self.serves[1]
        with contextlib.suppress(BrokenPipeError):  # it ended: why, is told below
            _write(self.orders, _SIZE.pack(len(given)), given)
        head, reason = _listen(self.answers, _HEAD.size, allowance)
        if len(head) < _HEAD.size:
            return b"", *self.end(reason)
        size, last, seconds, peak = _HEAD.unpack(head)
        if size > allowance.answer:
            return b"", *self.end("more text than a questionnaire holds")
        answer, reason = _listen(self.answers, size, allowance)
        if len(answer) < size:
            return b"", *self.end(reason)
        if last:
            self.end()
        return answer, "", (seconds, peak)

    def end(self, reason: str = "") -> tuple[str, Spent]:
        """Let it end, by force where it met a limit; why it ended, and what it used."""
        self.ended = True
        os.close(self.orders)
        os.close(self.answers)
        if reason:
            os.kill(self.pid, signal.SIGKILL)
        _, status, used = os.wait4(self.pid, 0)
        spent = (used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)
        return reason or _ending(os.waitstatus_to_exitcode(status), self.serves[1]), spent


def _pipe() -> tuple[int, int]:
    ends = os.pipe()
    with contextlib.suppress(AttributeError, OSError):  # not on every system; only slower
        fcntl.fcntl(ends[1], fcntl.F_SETPIPE_SZ, PIPE)
    return ends


def _write(pipe: int, *parts: bytes) -> None:
    for part in parts:
        left = memoryview(part)
        while left:
            left = left[os.write(pipe, left) :]


def _listen(reading: int, size: int, allowance: Allowance) -> tuple[bytes, str]:
    """So many bytes of what a child says; fewer where it ends or, with the reason, waits."""
    end = time.monotonic() + allowance.wall
    pieces: list[bytes] = []
    while size:
        ready, _, _ = select.select([reading], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            return b"", f"more than {allowance.wall:g} seconds"
        piece = os.read(reading, min(size, 2**20))
        if not piece:
            break
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces), ""


def _live(work: Any, allowance: Allowance, orders: int, answers: int) -> NoReturn:
    """The child's whole life: limits, then orders and answers. It leaves without looking back."""
    status = 1
    try:
        gc.disable()  # it lives too short to be worth tidying
        os.close(0)
        os.close(1)
        _limit(allowance)
        with os.fdopen(orders, "rb") as given:
            for number in range(allowance.files):
                head = given.read(_SIZE.size)
                if not head:
                    break
                begun = _processor_seconds()
                _limit_time(allowance, begun, first=number == 0)
                answer = work(given.read(_SIZE.unpack(head)[0]))
                seconds, peak = _processor_seconds() - begun, _highest_memory()
                ordinary = seconds < _ORDINARY_SECONDS and peak < _ORDINARY_MEMORY
                last = number + 1 == allowance.files or isinstance(answer, LastAnswer)
                last = last or not ordinary
                _write(answers, _HEAD.pack(len(answer), last, seconds, peak), answer)
                if last:
                    break
        status = 0
    except MemoryError:
        status = _OUT_OF_MEMORY
    finally:
        os._exit(status)


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _highest_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _ending(code: int, allowance: Allowance) -> str:
    if code == -signal.SIGXCPU:
        return f"more than {allowance.processor} seconds of processor time"
    if code == _OUT_OF_MEMORY:
        return "more memory than a questionnaire needs"
    return "the reader stopped"


def _limit(allowance: Allowance) -> None:
    """Take the allowance away from this process, for good."""
    _set_limit(resource.RLIMIT_AS, allowance.memory)
    _set_limit(resource.RLIMIT_FSIZE, allowance.scratch)
    _set_limit(resource.RLIMIT_CORE, 0)


def _limit_time(allowance: Allowance, begun: float, *, first: bool) -> None:
    """The processor's time for one file: a second for what a new child would get once more."""
    seconds = allowance.processor if first else int(begun) + 1
    # past the soft limit a process is told why it ends, past the hard one it is not
    beyond = max(allowance.files, allowance.processor) + 1
    _set_limit(resource.RLIMIT_CPU, seconds, beyond)


def _set_limit(kind: int, allowed: int, beyond: int | None = None) -> None:
    hard = resource.getrlimit(kind)[1]
    ceiling = allowed if beyond is None else beyond
    if hard != resource.RLIM_INFINITY:
        allowed, ceiling = min(allowed, hard), min(ceiling, hard)
    resource.setrlimit(kind, (allowed, ceiling))
