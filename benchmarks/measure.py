"""One claim about speed, and how a claim is timed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypedDict


class ResultRow(TypedDict):
    """A row of `results.json`."""

    measure: str
    ratio: float
    goal: float
    met: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """A ratio to the baseline that `measure` names, and the goal it is held to."""

    measure: str
    ratio: float
    goal: float
    at_most: bool  # True: a share of the baseline's time; False: how many times as fast

    @property
    def met(self) -> bool:
        return self.ratio <= self.goal if self.at_most else self.ratio >= self.goal

    def row(self) -> ResultRow:
        return {
            "measure": self.measure,
            "ratio": round(self.ratio, 2),
            "goal": self.goal,
            "met": self.met,
        }


def in_turns(
    ways: Mapping[str, Callable[[], object]],
    rounds: int,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float]:
    """The median seconds of each way; all take turns, so that other work on the machine meets all.

    One round before them is not counted: it fills caches and loads modules.
    """
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, work in ways.items():
            began = clock()
            work()
            passed = clock() - began
            if number:
                seconds[name].append(passed)
    return {name: statistics.median(passed) for name, passed in seconds.items()}
