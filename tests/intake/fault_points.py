"""Kill an ingest, or fail one of its system calls, at every file-system call it makes.

The ingest runs in a fork of a process that has imported everything and started the process that
reads files, which is not what is tried here. strace attaches to it, counts
its file-system calls, and in each later run kills it at one of them or makes that call fail. After
each run the store must hold the file's answers whole or not at all, and a rerun must complete.

`make faults` tries all points; a sample of them runs as a test.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from assessments.errors import TanaError
from assessments.settings import Settings
from assessments.store import Store, open_store
from assessments.untrusted import cage, read_cells

CALLS = (
    "openat,read,pread64,write,pwrite64,fsync,fdatasync,rename,unlink,ftruncate,"
    "newfstatat,fcntl,close,mkdir,chmod"
)
FAILING = {
    "ENOSPC": {"openat", "write", "pwrite64", "ftruncate", "fsync", "fdatasync", "mkdir"},
    "EIO": {"read", "pread64", "write", "pwrite64", "fsync", "fdatasync", "rename", "unlink"},
}
_TALKING = {"read", "write", "close"}  # calls by which the reading process is spoken to
DONE, TYPED, UNTYPED, KILLED = 0, 10, 99, -9
Ingest = Callable[[Path, Store], object]


@dataclass(frozen=True)
class Point:
    """One call of one kind in the ingest, and what is to happen to it."""

    call: str
    number: int
    fault: str  # KILL, ENOSPC, EIO

    @property
    def injection(self) -> str:
        what = "signal=KILL" if self.fault == "KILL" else f"error={self.fault}"
        return f"inject={self.call}:{what}:when={self.number}"


def prepared(home: Path, pack: object, other: Path, ingest: Ingest) -> None:
    """A home in which XAA 2026 is open and another file was accepted."""
    with open_store(Settings(home=home)) as store:
        store.open_assessment(
            "XAA",
            "2026",
            pack.id,  # type: ignore[attr-defined]
            pack.version,  # type: ignore[attr-defined]
            pack.digest,  # type: ignore[attr-defined]
            pack_folder=pack.folder,  # type: ignore[attr-defined]
        )
        ingest(other, store)


def points(home: Path, file: Path, ingest: Ingest) -> list[Point]:
    """Every point of one undisturbed ingest, in the order of the calls."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        scratch = Path(folder) / "home"
        shutil.copytree(home, scratch)
        log = Path(folder) / "log"
        status = _run(scratch, file, ingest, ["-o", str(log), "-e", f"trace={CALLS}"])
        assert status == DONE, f"the undisturbed ingest ended with {status}"
        seen: Counter[str] = Counter()
        found = []
        for line in log.read_text(errors="replace").splitlines():
            if match := re.match(r"(\w+)\(", line):
                call = match[1]
                seen[call] += 1
                found.append(Point(call, seen[call], "KILL"))
                found += [
                    Point(call, seen[call], fault)
                    for fault, calls in FAILING.items()
                    if call in calls
                ]
        return found


def try_point(
    point: Point, home: Path, file: Path, ingest: Ingest, expected: dict[str, object]
) -> str:
    """What broke at this point, "" where nothing did."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        scratch = Path(folder) / "home"
        shutil.copytree(home, scratch)
        options = ["-o", "/dev/null", "-e", f"trace={point.call}", "-e", point.injection]
        status = _run(scratch, file, ingest, options)
        if point.call in _TALKING:
            cage._wardens.end()  # what it says next may be an answer to the process that is gone
        allowed = {DONE, TYPED, KILLED}
        if status not in allowed:
            return f"{point}: the ingest ended with {status}, not with a message"
        return _broken(point, scratch, file, ingest, expected, told=status)


def _broken(
    point: Point, home: Path, file: Path, ingest: Ingest, expected: dict[str, object], *, told: int
) -> str:
    settings = Settings(home=home)
    with open_store(settings) as store:
        found = {item.question: item.value for item in store.answers("XAA", "2026")}
        versions = len(store.submissions("XAA", "2026", history=True))
        if versions not in (1, 2) or (versions == 2 and found != expected):
            return f"{point}: half of the file is visible"
        if told == DONE and versions != 2:
            return f"{point}: said to be accepted, and lost"
        checked = store.verify()
        if not checked.ok:
            return f"{point}: {checked.first_fault}"
        ingest(file, store)  # the rerun completes, once
        found = {item.question: item.value for item in store.answers("XAA", "2026")}
        versions = len(store.submissions("XAA", "2026", history=True))
        if versions != 2 or found != expected:
            return f"{point}: the rerun left {versions} versions"
        checked = store.verify()
        return "" if checked.ok else f"{point}: after the rerun {checked.first_fault}"


def _run(home: Path, file: Path, ingest: Ingest, options: Iterable[str]) -> int:
    """Run an ingest in a fork under strace; its exit status, negative for a signal."""
    read_cells(file, file.name)  # starts the process that reads files, where there is none
    ready, go = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(go)
        _child(ready, home, file, ingest)
    os.close(ready)
    tracer = subprocess.Popen(
        ["strace", *options, "-p", str(child)], stderr=subprocess.PIPE, text=True
    )
    assert tracer.stderr is not None
    attached = tracer.stderr.readline()
    os.write(go, b"!")
    os.close(go)
    _, status = os.waitpid(child, 0)
    tracer.stderr.close()
    tracer.wait(10)
    if "attached" not in attached:
        raise RuntimeError(f"strace could not attach: {attached}")
    return os.waitstatus_to_exitcode(status)


def _share_reader() -> None:
    """Let a fork speak to the reading process of its parent, since starting one takes long.

    Safe because one fork runs at a time, and because the parent starts another where a fork was
    killed while it may have been speaking.
    """
    cage._wardens.owner = os.getpid()
    for warden in cage._wardens.idle:
        warden.process.poll = lambda: None  # type: ignore[method-assign]


def _child(ready: int, home: Path, file: Path, ingest: Ingest) -> None:
    status = UNTYPED
    try:
        _share_reader()
        select.select([ready], [], [])
        with open_store(Settings(home=home)) as store:
            ingest(file, store)
        status = DONE
    except TanaError:
        status = TYPED
    except BaseException as error:
        print(f"untyped: {error!r}", file=sys.stderr)
    finally:
        os._exit(status)
