"""Which interventions a country is offered, in three packages, and what more money would buy.

Candidates are the interventions that close a gap the country really has, and whatever they
stand on. Their expected closure is a planning assumption of the method. The worth of a gap is its
severity, less where the finding is not robust. The choice itself is `optimum`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assessments.design import choose_words as words
from assessments.design.candidates import (
    Candidate,
    candidates_of,
    serving_of,
    size_of,
    too_weak,
)
from assessments.design.context import Facts
from assessments.design.cost import cents, most_before_support, support_cost
from assessments.design.optimum import (
    NOTHING,
    Item,
    Limit,
    Problem,
    Selection,
    best,
    cheapest_useful,
    most_for,
    refuse_cycles,
)
from assessments.design.tailor import Tailored
from assessments.pack.design_method import DesignMethod
from assessments.results import FrontierPoint, Gap

PackageName = Literal["essential", "core", "full"]
PACKAGES: tuple[PackageName, ...] = ("essential", "core", "full")
_WORTH_STEPS = 10_000  # severity is kept to a ten-thousandth, so that worth is a whole number
_PERCENT_DIGITS = 4


@dataclass(frozen=True)
class Choice:
    """The packages, the frontier and what was weighed to get there."""

    candidates: Mapping[str, Candidate]
    barred: Mapping[str, frozenset[str]]  # intervention -> prerequisites that cannot be had
    problem: Problem
    ceilings: Mapping[PackageName, Decimal | None]
    packages: Mapping[PackageName, Selection]
    frontier: tuple[FrontierPoint, ...]
    runner_up: Selection | None
    high_at_once: int
    messages: tuple[str, ...]
    weak: frozenset[str]  # too little effect to be weighed at all


def choose(
    tailored: Mapping[str, Tailored],
    gaps: Sequence[Gap],
    facts: Facts,
    method: DesignMethod,
    budget: Decimal | None = None,
) -> Choice:
    """Packages and frontier for these gaps; `budget` caps the full package with support cost."""
    rate = Decimal(str(method.support_rate.value))
    at_once = high_at_once(facts, method)
    weighed = _worth(gaps, method)
    serving = serving_of(tailored, gaps, method)
    weak = too_weak(serving, weighed, gaps, tailored, method)
    candidates, barred = candidates_of(tailored, gaps, serving, weak, facts, method)
    problem = _problem(candidates, serving, gaps, weighed, at_once, method)
    refuse_cycles({name: one.needs for name, one in candidates.items()})
    ceilings = package_ceilings(method, budget)
    top = _subtotal_cents(ceilings["full"], rate)
    packages = _packages(problem, {n: _subtotal_cents(c, rate) for n, c in ceilings.items()})
    full = packages["full"]
    return Choice(
        candidates=candidates,
        barred=barred,
        problem=problem,
        ceilings=ceilings,
        packages=packages,
        frontier=_frontier(problem, packages.values(), rate, method.frontier_points.value),
        runner_up=best(problem, top, besides=(full.chosen,)) if full.chosen else None,
        high_at_once=at_once,
        messages=_messages(candidates, problem, gaps, full, ceilings["full"], method),
        weak=weak,
    )


def high_at_once(facts: Facts, method: DesignMethod) -> int:
    """How many interventions of high demand the counterpart can carry at once."""
    capacity = method.high_demand_at_once
    level = facts.values.get(f"level_{capacity.sub_dimension.replace('-', '_')}")
    return capacity.by_level[int(level)] if isinstance(level, int | float) else capacity.unknown


def package_ceilings(
    method: DesignMethod, budget: Decimal | None
) -> dict[PackageName, Decimal | None]:
    """What each package may cost with support cost; a smaller budget shrinks all in proportion."""
    own: dict[PackageName, Decimal | None] = {}
    for name in PACKAGES:
        ceiling = method.packages[name].ceiling if name in method.packages else None
        own[name] = None if ceiling is None else Decimal(str(ceiling))
    if budget is None:
        return own
    full = own["full"]
    share = min(Decimal(1), budget / full) if full else Decimal(1)
    return {
        name: budget
        if name == "full"
        else min(budget, (own[name] or budget) * share).quantize(Decimal("0.01"))
        for name in PACKAGES
    }


def _subtotal_cents(ceiling: Decimal | None, rate: Decimal) -> int | None:
    return None if ceiling is None else cents(most_before_support(ceiling, rate))


def _packages(
    problem: Problem, ceilings: Mapping[PackageName, int | None]
) -> dict[PackageName, Selection]:
    """Each package is the best of all sets under its ceiling, so that more money never gives
    less. Of equally good sets it takes the one that keeps most of the smaller package, so that a
    government can begin small without a new design.
    """
    found: dict[PackageName, Selection] = {}
    before: frozenset[str] = frozenset()
    # What was decided belongs in the full package; a smaller one may be too small for it.
    decided = problem.forced and best(problem, ceilings["full"]) is not None
    smaller = replace(problem, forced=frozenset()) if decided else problem
    for name in PACKAGES:
        chosen = best(problem, ceilings[name], keep=before)
        found[name] = chosen or best(smaller, ceilings[name], keep=before) or NOTHING
        before = found[name].chosen
    return found


def _worth(gaps: Sequence[Gap], method: DesignMethod) -> dict[str, int]:
    """Worth of a hundredth of a level: severity spread over the gap, less where not robust."""
    factors = method.robustness.model_dump()
    return {
        gap.sub_dimension: max(
            round(gap.severity * factors[gap.robustness] * _WORTH_STEPS / size_of(gap)),
            1,
        )
        for gap in gaps
    }


def _problem(
    candidates: Mapping[str, Candidate],
    serving: Mapping[str, Mapping[str, int]],
    gaps: Sequence[Gap],
    worth: Mapping[str, int],
    at_once: int,
    method: DesignMethod,
) -> Problem:
    # A requirement of a rule holds for the whole project: nothing is chosen without it.
    required = frozenset(name for name, one in candidates.items() if one.tailored.required)
    return Problem(
        items=tuple(
            Item(name, cents(one.cost), serving[name], (one.needs | required) - {name})
            for name, one in candidates.items()
        ),
        sizes={gap.sub_dimension: size_of(gap) for gap in gaps},
        worth=worth,
        limits=capacity_limits(candidates, at_once, method.months.value),
        forced=frozenset(name for name, one in candidates.items() if one.tailored.forced),
    )


def capacity_limits(
    candidates: Mapping[str, Candidate], at_once: int, months: int
) -> tuple[Limit, ...]:
    """Months of high-demand work that fit between each possible start and the project's end.

    What may begin only in month r must fit, `at_once` abreast, into what is left of the project.
    """
    high = {
        name: one for name, one in candidates.items() if one.tailored.intervention.demand == "high"
    }
    return tuple(
        Limit(
            label=f"high_demand_from_month_{release}",
            uses={name: one.months for name, one in high.items() if one.release >= release},
            most=at_once * max(months - release, 0),
        )
        for release in sorted({one.release for one in high.values()})
    )


def share_of_whole(problem: Problem, benefit: int) -> float:
    """Benefit on its one scale: percent of the country's weighted gap that is closed."""
    return round(100 * benefit / problem.whole, _PERCENT_DIGITS) if problem.whole else 0.0


def total_of(selection: Selection, rate: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Subtotal, support cost and total of a set."""
    subtotal = Decimal(selection.cost) / 100
    support = support_cost(subtotal, rate)
    return subtotal, support, subtotal + support


def _frontier(
    problem: Problem, packages: Iterable[Selection], rate: Decimal, points: int
) -> tuple[FrontierPoint, ...]:
    """The most that each of several ceilings buys, packages included, cheapest first."""
    first, last = cheapest_useful(problem), best(problem, None)
    if first is None or last is None:
        return ()
    steps = max(points - 1, 1)
    ceilings = [first.cost + (last.cost - first.cost) * step // steps for step in range(1, steps)]
    found = [first, last, *packages]
    found += [one for ceiling in ceilings if (one := most_for(problem, ceiling))]
    kept: list[Selection] = []
    for one in sorted(found, key=lambda s: (s.cost, -s.benefit, sorted(s.chosen))):
        if one.benefit > (kept[-1].benefit if kept else 0):
            kept.append(one)
    return tuple(
        FrontierPoint(
            total=total_of(one, rate)[2],
            benefit=share_of_whole(problem, one.benefit),
            chosen=tuple(sorted(one.chosen)),
        )
        for one in kept
    )


def _messages(
    candidates: Mapping[str, Candidate],
    problem: Problem,
    gaps: Sequence[Gap],
    full: Selection,
    ceiling: Decimal | None,
    method: DesignMethod,
) -> tuple[str, ...]:
    """What a reader must be told where nothing, or not everything asked for, could be chosen."""
    if full.chosen:
        return ()
    if not gaps:
        return (words.no_gaps(),)
    if problem.forced and best(problem, None) is None:
        return (words.decisions_impossible(_titles(candidates, problem.forced)),)
    least = cheapest_useful(problem)
    if least is None:
        return (words.nothing_helps(),)
    needed = total_of(least, Decimal(str(method.support_rate.value)))[2]
    titles = _titles(candidates, least.chosen)
    return (words.below_cheapest(ceiling, needed, titles, method.currency.value),)


def _titles(candidates: Mapping[str, Candidate], names: Iterable[str]) -> list[str]:
    return [str(candidates[name].tailored.intervention.title) for name in sorted(names)]
