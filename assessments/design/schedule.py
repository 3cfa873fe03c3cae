"""When each intervention begins: after what it stands on, and never too much at once.

Phases open at the months of the method; a postponing rule adds to them. Prerequisites end before
what needs them begins, and where two interventions work on the same sub-dimension the method's
order of types holds too (procedure before training, institution before equipment). No more
interventions of high demand run at once than the counterpart can carry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

from assessments.pack.design_method import Order

MONTHS_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Job:
    """One chosen intervention as the schedule sees it."""

    name: str
    type: str
    sub_dimensions: frozenset[str]
    release: int  # first month it may begin, 0 = first month of the project
    months: int
    high_demand: bool
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a job stands in the project."""

    start: int
    months: int
    after: tuple[str, ...]

    @property
    def end(self) -> int:
        """The month in which it is over."""
        return self.start + self.months


def schedule(jobs: Sequence[Job], order: Sequence[Order], high_at_once: int) -> Mapping[str, Slot]:
    """A slot for each job: the earliest that prerequisites, phases and capacity allow.

    With `high_at_once` 0 no job of high demand may be among the jobs (ValueError).
    """
    if high_at_once < 1 and any(job.high_demand for job in jobs):
        raise ValueError("no intervention of high demand can be carried")
    after = _after(jobs, order)
    by_name = {job.name: job for job in jobs}
    slots: dict[str, Slot] = {}
    sorter = TopologicalSorter(after)
    sorter.prepare()
    waiting: list[str] = []
    while sorter.is_active():
        waiting.extend(sorter.get_ready())
        ready = {name: _earliest(by_name[name], after[name], slots) for name in waiting}
        name = min(waiting, key=lambda one: (ready[one], by_name[one].months, one))
        job = by_name[name]
        start = ready[name]
        while job.high_demand and _busiest(start, job, by_name, slots) >= high_at_once:
            start += 1
        slots[name] = Slot(start, job.months, tuple(sorted(after[name])))
        waiting.remove(name)
        sorter.done(name)
    return {job.name: slots[job.name] for job in jobs}


def _earliest(job: Job, after: set[str], slots: Mapping[str, Slot]) -> int:
    return max([job.release, *(slots[name].end for name in after)])


def _busiest(start: int, job: Job, by_name: Mapping[str, Job], slots: Mapping[str, Slot]) -> int:
    """The most jobs of high demand that run in any one month of the stretch."""
    others = [slot for name, slot in slots.items() if by_name[name].high_demand]
    return max(
        sum(1 for slot in others if slot.start <= month < slot.end)
        for month in range(start, start + max(job.months, 1))
    )


def _after(jobs: Sequence[Job], order: Sequence[Order]) -> dict[str, set[str]]:
    """What comes before each job: prerequisites, then the order of types where it fits in.

    An order of types that would wait for its own dependant gives way to the prerequisite.
    """
    names = {job.name for job in jobs}
    after = {job.name: set(job.needs & names) for job in jobs}
    for rule in order:
        for first in jobs:
            for then in jobs:
                if (
                    first.type in rule.first
                    and then.type in rule.then
                    and first.sub_dimensions & then.sub_dimensions
                    and first.release <= then.release
                    and not _stands_on(first.name, then.name, after)
                ):
                    after[then.name].add(first.name)
    return after


def _stands_on(name: str, other: str, after: Mapping[str, set[str]]) -> bool:
    """True where `name` comes, directly or not, after `other`."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one == other:
            return True
        if one not in seen:
            seen.add(one)
            waiting.extend(after[one])
    return False


def quarter(month: int) -> int:
    """Quarter of the project (1 = first) in which a month (0 = first) falls."""
    return month // MONTHS_A_QUARTER + 1


def whole_quarters(months: int) -> int:
    """Months rounded up to the end of a quarter."""
    return -(-months // MONTHS_A_QUARTER) * MONTHS_A_QUARTER
