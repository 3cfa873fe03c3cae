"""One claim about speed, and how a claim is timed."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).parents[1]
_TANA = "from assessments.cli.main import run; run()"


class ResultRow(TypedDict):
    """A row of `results.json`."""

    measure: str
    ratio: float
    goal: float | None  # None: told to compare, held to nothing
    met: bool | None
    seconds: float | None  # that tana took, where people wait for it
    within: float | None  # seconds they should wait at most, on two cores with nothing else to do


@dataclass(frozen=True, slots=True)
class Measure:
    """A ratio to the baseline that `measure` names, and the goal it is held to, if any."""

    measure: str
    ratio: float
    goal: float | None
    at_most: bool  # True: a share of the baseline's time; False: how many times as fast
    seconds: float | None = None
    within: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None without one."""
        if self.goal is None:
            return None
        soon = self.seconds is None or self.within is None or self.seconds <= self.within
        return soon and (self.ratio <= self.goal if self.at_most else self.ratio >= self.goal)

    def row(self) -> ResultRow:
        return {
            "measure": self.measure,
            "ratio": round(self.ratio, 2),
            "goal": self.goal,
            "met": self.met,
            "seconds": None if self.seconds is None else round(self.seconds, 2),
            "within": self.within,
        }


def in_turns(
    ways: Mapping[str, Callable[[], object]],
    rounds: int,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float]:
    """The median seconds of each way; all take turns, so that other work on the machine meets all.

    One round before them is not counted: it fills caches and loads modules. What one way leaves
    behind is collected before the next begins, so that nobody clears away for another.
    """
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, work in ways.items():
            gc.collect()
            began = clock()
            work()
            passed = clock() - began
            if number:
                seconds[name].append(passed)
    return {name: statistics.median(passed) for name, passed in seconds.items()}


def command(*arguments: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run `tana` as people do: a new process, here on the store in `home`.

    Raises CalledProcessError where the command had no answer: status 1 is one, as it names cells to
    correct.
    """
    done = in_new_process(_TANA, *arguments, TANA_HOME=str(home))
    if done.returncode > 1:
        done.check_returncode()
    return done


def in_new_process(
    code: str, *arguments: str | Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run Python code, its start included."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
