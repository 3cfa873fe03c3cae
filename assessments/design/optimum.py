"""The best set of interventions under a ceiling: a mixed-integer programme, solved to the end.

Each intervention closes a part of some gaps; a gap is never closed beyond its size, so the
second helper of a gap adds only what is left of it. Prerequisites, ceilings and the capacity of
the counterpart bound the set. HiGHS solves it with gap 0. All coefficients are whole numbers
(hundredths of a level, cents, whole worth), so that the optimum is exact and repeatable: most
benefit first, then least cost.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import accumulate
from typing import Any

from assessments.errors import TanaError


class PrerequisiteCycle(TanaError):
    """Interventions that wait for each other; none of them could ever begin."""


class NoOptimum(TanaError):
    """The solver ended without a proven optimum."""


@dataclass(frozen=True, slots=True)
class Item:
    """One intervention as the choice sees it."""

    name: str
    cost: int  # cents, without support cost
    closes: Mapping[str, int]  # gap -> hundredths of a level
    needs: frozenset[str] = frozenset()  # items that must be chosen with it


@dataclass(frozen=True, slots=True)
class Limit:
    """A sum over chosen items that may not pass `most`."""

    label: str
    uses: Mapping[str, int]
    most: int


@dataclass(frozen=True, slots=True)
class Selection:
    """A set of items with what it achieves and costs."""

    chosen: frozenset[str]
    benefit: int
    cost: int


NOTHING = Selection(frozenset(), 0, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """One bound of a programme: the sum of values at columns lies between `low` and `high`."""

    low: float
    high: float
    columns: tuple[int, ...]
    values: tuple[float, ...]


def _row(high: float, terms: Mapping[int, float], low: float = -math.inf) -> Row:
    kept = [(column, value) for column, value in sorted(terms.items()) if value]
    return Row(low, high, tuple(c for c, _ in kept), tuple(v for _, v in kept))


@dataclass(frozen=True)
class Problem:
    """What may be chosen, what it is worth and what bounds the choice."""

    items: tuple[Item, ...]
    sizes: Mapping[str, int]  # gap -> hundredths of a level to close
    worth: Mapping[str, int]  # gap -> worth of one hundredth of a level
    limits: tuple[Limit, ...] = ()
    forced: frozenset[str] = frozenset()  # included by decision: in every set

    @cached_property
    def item(self) -> Mapping[str, Item]:
        return {one.name: one for one in self.items}

    @cached_property
    def whole(self) -> int:
        """Worth of closing every gap: the scale on which benefits are printed."""
        return sum(self.sizes[gap] * self.worth[gap] for gap in self.sizes)

    def benefit(self, chosen: Iterable[str]) -> int:
        """Worth of the levels that a set closes, no gap beyond its size."""
        closed: dict[str, int] = dict.fromkeys(self.sizes, 0)
        for name in chosen:
            for gap, amount in self.item[name].closes.items():
                closed[gap] += amount
        return sum(min(closed[gap], self.sizes[gap]) * self.worth[gap] for gap in closed)

    def cost(self, chosen: Iterable[str]) -> int:
        return sum(self.item[name].cost for name in chosen)

    @cached_property
    def ordered(self) -> Sequence[Item]:
        """The items in the order of a programme's columns."""
        return sorted(self.items, key=lambda item: item.name)

    @cached_property
    def gaps(self) -> Sequence[str]:
        """The gaps in the order of a programme's columns, which follow the items'."""
        return sorted(self.sizes)

    @cached_property
    def column(self) -> Mapping[str, int]:
        """Item -> its column."""
        return {item.name: index for index, item in enumerate(self.ordered)}

    @cached_property
    def rows(self) -> Sequence[Row]:
        """What bounds every choice, whatever the ceiling: prerequisites, gaps and capacity."""
        column = self.column
        rows = [
            _row(0.0, {column[item.name]: 1.0, column[first]: -1.0})
            for item in self.ordered
            for first in sorted(item.needs)
        ]
        for position, gap in enumerate(self.gaps, start=len(self.items)):
            # An item closes no more than the gap: the same set of choices, a tighter bound.
            closing = {
                column[item.name]: -float(min(item.closes[gap], self.sizes[gap]))
                for item in self.ordered
                if gap in item.closes
            }
            rows.append(_row(0.0, closing | {position: 1.0}))
        for limit in self.limits:
            uses = {column[name]: float(u) for name, u in limit.uses.items() if name in column}
            rows.append(_row(float(limit.most), uses))
        return rows

    def allows(self, chosen: frozenset[str], ceiling: int | None = None) -> bool:
        """True where the set keeps prerequisites, limits, decisions and the ceiling."""
        return (
            self.forced <= chosen
            and all(self.item[name].needs <= chosen for name in chosen)
            and all(
                sum(limit.uses.get(name, 0) for name in chosen) <= limit.most
                for limit in self.limits
            )
            and (ceiling is None or self.cost(chosen) <= ceiling)
        )

    def with_needs(self, name: str) -> frozenset[str]:
        """The item and everything it stands on."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting.extend(self.item[one].needs)
        return frozenset(found)


def refuse_cycles(needs: Mapping[str, Iterable[str]]) -> None:
    """Raises PrerequisiteCycle naming the interventions that wait for each other."""
    try:
        TopologicalSorter({name: sorted(first) for name, first in needs.items()}).prepare()
    except CycleError as error:
        cycle = [str(name) for name in error.args[1]]
        raise PrerequisiteCycle(
            f"These interventions are prerequisites of each other: {' -> '.join(cycle)}.",
            "Remove one of the prerequisites in interventions.csv.",
        ) from None


def best(
    problem: Problem,
    ceiling: int | None,
    *,
    keep: frozenset[str] = frozenset(),
    besides: Iterable[frozenset[str]] = (),
) -> Selection | None:
    """The set with the most benefit under `ceiling` (cents); of equals the one with most of
    `keep`, then the cheapest.

    `besides` are sets that do not count (for the runner-up). None where no set is possible:
    only where decisions or `besides` leave none. Raises NoOptimum where the solver gives up.
    """
    if not problem.items:
        return None if problem.forced or frozenset() in set(besides) else NOTHING
    return _Programme(problem, ceiling, tuple(besides)).solve(keep & problem.item.keys())


def most_for(problem: Problem, ceiling: int) -> Selection | None:
    """The most benefit under `ceiling`, as `best`; of equals any that fits. For the frontier,
    where only benefit against ceiling is drawn: half the work of `best`."""
    return _Programme(problem, ceiling, ()).most() if problem.items else NOTHING


def cheapest_useful(problem: Problem) -> Selection | None:
    """The cheapest set with any benefit at all; None where nothing helps."""
    if not problem.items:
        return None
    return _Programme(problem, None, ()).cheapest(at_least=1)


class _Programme:
    """One mixed-integer programme in HiGHS: columns are items, then gaps."""

    def __init__(
        self, problem: Problem, ceiling: int | None, besides: tuple[frozenset[str], ...]
    ) -> None:
        import highspy

        self.highspy = highspy
        self.problem = problem
        self.ceiling = ceiling
        self.items, self.gaps, self.column = problem.ordered, problem.gaps, problem.column
        self.scale = math.gcd(*(item.cost for item in self.items)) or 1
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            # What finds a first set quickly where that is hard: here it only takes time.
            ("mip_heuristic_run_feasibility_jump", False),
            ("mip_detect_symmetry", False),
            ("random_seed", 0),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.0),
            ("mip_feasibility_tolerance", 1e-9),
            ("primal_feasibility_tolerance", 1e-9),
        ):
            self.solver.setOptionValue(option, value)
        self._columns()
        self._rows(problem.rows)
        if self.ceiling is not None:
            self._row(-math.inf, float(self.ceiling // self.scale), self._costs())
        for chosen in besides:
            self._forbid(chosen)

    def _columns(self) -> None:
        items, gaps = len(self.items), len(self.gaps)
        least = [1.0 if item.name in self.problem.forced else 0.0 for item in self.items]
        sizes = [float(self.problem.sizes[gap]) for gap in self.gaps]
        self.solver.addVars(items + gaps, least + [0.0] * gaps, [1.0] * items + sizes)
        integer = [int(self.highspy.HighsVarType.kInteger)] * items
        self.solver.changeColsIntegrality(items, list(range(items)), integer)

    def _row(self, low: float, high: float, terms: Mapping[int, float]) -> None:
        self._rows([_row(high, terms, low)])

    def _rows(self, rows: Sequence[Row]) -> None:
        starts = list(accumulate((len(row.columns) for row in rows), initial=0))
        self.solver.addRows(
            len(rows),
            [row.low for row in rows],
            [row.high for row in rows],
            starts.pop(),
            starts,
            [column for row in rows for column in row.columns],
            [value for row in rows for value in row.values],
        )

    def _costs(self) -> dict[int, float]:
        return {self.column[item.name]: float(item.cost // self.scale) for item in self.items}

    def _worth(self) -> dict[int, float]:
        return {
            position: float(self.problem.worth[gap])
            for position, gap in enumerate(self.gaps, start=len(self.items))
        }

    def _forbid(self, chosen: frozenset[str]) -> None:
        """A no-good cut: this very set does not count again."""
        terms = {
            self.column[item.name]: 1.0 if item.name in chosen else -1.0 for item in self.items
        }
        self._row(-math.inf, float(len(chosen) - 1), terms)

    def _optimize(self, sense: Any, objective: Mapping[int, float]) -> frozenset[str] | None:
        count = len(self.items) + len(self.gaps)
        costs = [objective.get(index, 0.0) for index in range(count)]
        self.solver.changeColsCost(count, list(range(count)), costs)
        self.solver.changeObjectiveSense(sense)
        while True:
            self.solver.run()
            status = self.solver.getModelStatus()
            if status == self.highspy.HighsModelStatus.kInfeasible:
                return None
            if status != self.highspy.HighsModelStatus.kOptimal:
                raise NoOptimum(
                    f"The solver ended with {self.solver.modelStatusToString(status)}.",
                    "Report this with the pack and the budget that were used.",
                )
            values = self.solver.getSolution().col_value
            chosen = frozenset(
                item.name for item in self.items if values[self.column[item.name]] > 0.5
            )
            if self.problem.allows(chosen, self.ceiling):
                return chosen
            self._forbid(chosen)  # within the solver's tolerance, but not exactly allowed

    def most(self) -> Selection | None:
        chosen = self._optimize(self.highspy.ObjSense.kMaximize, self._worth())
        if chosen is None:
            return None
        return Selection(chosen, self.problem.benefit(chosen), self.problem.cost(chosen))

    def solve(self, keep: frozenset[str]) -> Selection | None:
        chosen = self._optimize(self.highspy.ObjSense.kMaximize, self._worth())
        if chosen is None:
            return None
        benefit = self.problem.benefit(chosen)
        if keep:
            self._row(benefit - 0.5, math.inf, self._worth())
            wanted = {self.column[name]: 1.0 for name in keep}
            kept = chosen  # where it keeps all of them, nobody keeps more
            if not keep <= chosen:
                kept = self._optimize(self.highspy.ObjSense.kMaximize, wanted) or chosen
            self._row(len(keep & kept) - 0.5, math.inf, wanted)
        return self.cheapest(benefit)

    def cheapest(self, at_least: int) -> Selection | None:
        """The cheapest set of that benefit; benefits are whole, so half a unit is safe."""
        self._row(at_least - 0.5, math.inf, self._worth())
        chosen = self._optimize(self.highspy.ObjSense.kMinimize, self._costs())
        if chosen is None:
            return None
        return Selection(chosen, self.problem.benefit(chosen), self.problem.cost(chosen))
