"""Kill an ingest at random moments, again and again on one store, and look after each kill.

Where strace kills at system calls, this kills anywhere between them. One chain is a store that is
never mended by hand: each kill leaves the file that was coming in whole or not at all, and all that
was there before as it was. At the end of a chain every file is sent once more, undisturbed, and the
store then holds each exactly once.
"""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fault_points import Ingest

from assessments.errors import TanaError
from assessments.settings import Settings
from assessments.store import open_store
from assessments.untrusted import read_cells

Answers = Mapping[str, object]
CHAIN = 25  # kills on one store before the next begins


@dataclass
class Tally:
    """What a series of kills came to."""

    kills: int = 0  # processes that were killed before they were done
    survived: int = 0  # done before the kill came
    stored_yet_killed: int = 0  # killed after the answers were there
    broken: tuple[str, ...] = ()


def kill_at_random(
    home: Path, files: Mapping[Path, Answers], ingest: Ingest, *, kills: int, seed: int = 1
) -> Tally:
    """At least `kills` kills; `home` is the store that each chain begins with a copy of."""
    tally, dice = Tally(), random.Random(seed)
    while tally.kills < kills and not tally.broken:
        with tempfile.TemporaryDirectory(dir="/tmp") as folder:
            scratch = Path(folder) / "home"
            shutil.copytree(home, scratch)
            _chain(scratch, files, ingest, min(CHAIN, kills - tally.kills), dice, tally)
    return tally


def _chain(
    home: Path,
    files: Mapping[Path, Answers],
    ingest: Ingest,
    kills: int,
    dice: random.Random,
    tally: Tally,
) -> None:
    waiting, accepted = list(files), 0
    standing, before = _state(home)
    aim = tally.kills + kills
    longest = _undisturbed(home, waiting[0], ingest)
    while waiting and tally.kills < aim:
        file = dice.choice(waiting)
        status = _killed(home, file, ingest, dice.uniform(0, longest * 1.1))
        killed = status == -signal.SIGKILL
        tally.kills += killed
        tally.survived += not killed
        answers, versions = _state(home)
        if versions == before + accepted + 1 and answers == files[file]:
            standing, accepted = answers, accepted + 1
            waiting.remove(file)
            tally.stored_yet_killed += killed
        elif versions != before + accepted or answers != standing:
            tally.broken += (f"half of {file.name} is visible after a kill",)
            return
        elif status == 0:
            tally.broken += (f"{file.name} was said to be accepted, and lost",)
            return
        elif not killed:
            tally.broken += (f"{file.name} was not killed and ended with {status}",)
            return
    tally.broken += tuple(_rerun(home, files, ingest, before))


def _rerun(home: Path, files: Mapping[Path, Answers], ingest: Ingest, before: int) -> list[str]:
    with open_store(Settings(home=home)) as store:
        for file in files:
            try:
                ingest(file, store)
            except TanaError as error:
                return [f"the rerun of {file.name} does not complete: {error.message}"]
        held = store.submissions("XAA", "2026", history=True)
        if len(held) != before + len(files) or len({item.workbook_sha256 for item in held}) != len(
            held
        ):
            return [f"after the rerun there are {len(held)} versions, not {before + len(files)}"]
        verified = store.verify()
        return [] if verified.ok else [verified.first_fault]


def _state(home: Path) -> tuple[Answers, int]:
    with open_store(Settings(home=home)) as store:
        found = {item.question: item.value for item in store.answers("XAA", "2026")}
        return found, len(store.submissions("XAA", "2026", history=True))


def _undisturbed(home: Path, file: Path, ingest: Ingest) -> float:
    """Seconds that one ingest takes, on a copy."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        scratch = Path(folder) / "home"
        shutil.copytree(home, scratch)
        began = time.perf_counter()
        _killed(scratch, file, ingest, None)
        return max(time.perf_counter() - began - _starting(file), 0.02)


def _starting(file: Path) -> float:
    """Seconds until a child is ready, which are not part of the ingest."""
    began = time.perf_counter()
    child, ready = _child(None, file, None)
    select.select([ready], [], [])
    os.close(ready)
    os.waitpid(child, 0)
    return time.perf_counter() - began


def _killed(home: Path, file: Path, ingest: Ingest, after: float | None) -> int:
    """Ingest in a process of its own and kill it after so many seconds; how it ended."""
    child, ready = _child(home, file, ingest)
    select.select([ready], [], [])
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(ready)
    return os.waitstatus_to_exitcode(status)


def _child(home: Path | None, file: Path, ingest: Ingest | None) -> tuple[int, int]:
    """A fork that says when it is warm, so that kills fall into the ingest and not before it."""
    ready, say = os.pipe()
    child = os.fork()
    if child:
        os.close(say)
        return child, ready
    status = 99
    try:
        read_cells(file, file.name)  # starts the process that reads files
        os.write(say, b"!")
        if home is not None and ingest is not None:
            with open_store(Settings(home=home)) as store:
                ingest(file, store)
        status = 0
    except TanaError as error:
        print(f"{file.name}: {error.message}", file=sys.stderr)
        status = 10
    finally:
        os._exit(status)
