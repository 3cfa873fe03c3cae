"""What may be chosen: the interventions that close a gap the country really has, and whatever they
stand on; and what may not, because its effect is small or a prerequisite cannot be had.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessments.design.context import Facts
from assessments.design.cost import unit_cost
from assessments.design.tailor import Tailored
from assessments.pack.design_method import DesignMethod
from assessments.pack.model import Intervention
from assessments.results import Gap

_HUNDREDTHS = 100
_MIDDLE = 0.5  # of the range of months


@dataclass(frozen=True, slots=True)
class Candidate:
    """An intervention that could be chosen, with what it does for this country."""

    tailored: Tailored
    cost: Decimal  # planning figure without support cost
    months: int
    release: int  # first month it may begin
    gaps: tuple[str, ...]  # sub-dimensions it helps with, most severe first
    needs: frozenset[str]


def size_of(gap: Gap) -> int:
    """Hundredths of a level to close, at least one."""
    return max(round(gap.gap * _HUNDREDTHS), 1)


def serving_of(
    tailored: Mapping[str, Tailored], gaps: Sequence[Gap], method: DesignMethod
) -> dict[str, dict[str, int]]:
    """Hundredths of a level by which each intervention is expected to close each gap."""
    open_gaps = {gap.sub_dimension for gap in gaps}
    closure = method.closure
    found: dict[str, dict[str, int]] = {}
    for name, one in tailored.items():
        share = closure.by_type.get(one.intervention.type, 1.0)
        found[name] = {
            code: round((closure.primary if place == 0 else closure.further) * share * _HUNDREDTHS)
            for place, code in enumerate(one.intervention.sub_dimensions)
            if code in open_gaps
        }
    return found


def _alone(closes: Mapping[str, int], worth: Mapping[str, int], sizes: Mapping[str, int]) -> int:
    return sum(min(amount, sizes[gap]) * worth[gap] for gap, amount in closes.items())


def too_weak(
    serving: Mapping[str, Mapping[str, int]],
    worth: Mapping[str, int],
    gaps: Sequence[Gap],
    tailored: Mapping[str, Tailored],
    method: DesignMethod,
) -> frozenset[str]:
    """Interventions whose effect is small beside the strongest one; not worth the attention."""
    sizes = {gap.sub_dimension: size_of(gap) for gap in gaps}
    alone = {name: _alone(closes, worth, sizes) for name, closes in serving.items()}
    floor = max(alone.values(), default=0) * method.minimum_benefit.value
    return frozenset(
        name
        for name, benefit in alone.items()
        if 0 < benefit < floor and not (tailored[name].required or tailored[name].forced)
    )


def candidates_of(
    tailored: Mapping[str, Tailored],
    gaps: Sequence[Gap],
    serving: Mapping[str, Mapping[str, int]],
    weak: frozenset[str],
    facts: Facts,
    method: DesignMethod,
) -> tuple[dict[str, Candidate], dict[str, frozenset[str]]]:
    """What may be chosen, and what may not because a prerequisite cannot be had."""
    possible = {n for n, one in tailored.items() if not (one.ruled_out or one.in_place)}
    needs = {
        name: frozenset(
            first
            for first in one.intervention.prerequisites
            if first not in tailored or not tailored[first].in_place
        )
        for name, one in tailored.items()
    }
    barred = _barred(possible, needs)
    usable = possible - barred.keys()
    severity = {gap.sub_dimension: gap.severity for gap in gaps}
    wanted = {
        name
        for name in usable
        if (serving[name] and name not in weak)
        or tailored[name].forced
        or (tailored[name].required and gaps)
    }
    waiting = sorted(wanted)
    while waiting:
        for first in needs[waiting.pop()] - wanted:
            wanted.add(first)
            waiting.append(first)
    candidates = {}
    for name in sorted(wanted):
        one = tailored[name]
        phase = _phase(one, facts, method)
        candidates[name] = Candidate(
            tailored=one,
            cost=one.quantity * unit_cost(one.intervention, method).whole,
            months=planned_months(one.intervention, _MIDDLE),
            release=method.phases[phase - 1].from_month + one.delay,
            gaps=tuple(sorted(serving[name], key=lambda code: (-severity[code], code))),
            needs=needs[name],
        )
    return candidates, barred


def _barred(possible: set[str], needs: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Interventions that stand on something ruled out or unknown, with what is missing."""
    barred: dict[str, frozenset[str]] = {}
    while True:
        usable = possible - barred.keys()
        new = {name: needs[name] - usable for name in usable if needs[name] - usable}
        if not new:
            return barred
        barred |= new


def _phase(one: Tailored, facts: Facts, method: DesignMethod) -> int:
    """The phase of the table; one later where demand is high and little can be absorbed yet."""
    capacity = method.high_demand_at_once.sub_dimension.replace("-", "_")
    level = facts.values.get(f"level_{capacity}")
    phase = one.intervention.phase
    hard = one.intervention.demand == "high" and isinstance(level, int | float)
    if hard and float(level) / 4 < method.feasibility_floor.value:  # type: ignore[arg-type]
        phase += 1
    return min(phase, len(method.phases))


def planned_months(one: Intervention, share: float) -> int:
    """Months between the shortest (share 0) and the longest (1) of the table, at least one."""
    return max(math.ceil(one.months_min + (one.months_max - one.months_min) * share), 1)
