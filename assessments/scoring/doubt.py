"""Doubt that changes decisions: levels and the order of gaps, drawn many times over.

Every fact is drawn between its worst and best case (other respondents, evidence, missing
answers), every weight within the method's spread. A missing answer may be anything from 0 to 4, and
is most likely what the level stated takes it to be: like the answered ones, or nothing where the
method states the established level: the draws and the level are one model. The seed stands in
the method, so that the same answers give the same figures again. All draws are one array: no loop
over draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessments.pack.method import AggregationName, Method
from assessments.scoring.aggregate import PEFA_M2, PEFA_M2_LEVELS
from assessments.scoring.capability import Scored
from assessments.scoring.facts import TOP, Fact
from assessments.scoring.severity import Drivers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LevelDoubt:
    """How sure the level of one sub-dimension is: 5th, 50th and 95th percentile of the draws."""

    sub_dimension: str
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """The draws of one assessment, with the seed that repeats them."""

    seed: int
    draws: int
    levels: tuple[LevelDoubt, ...]
    top: Mapping[str, float]  # sub-dimension -> share of draws in which its gap is among the top


def simulate(method: Method, scored: Sequence[Scored], contenders: Sequence[Drivers] = ()) -> Doubt:
    """Draw every level, and the order of gaps among `contenders`, as often as the method says."""
    import numpy as np

    seed, draws = method.simulation.seed.value, method.simulation.draws.value
    rng = np.random.default_rng(seed)
    levels: dict[str, Floats] = {}
    for item in scored:
        if item.shown.level is not None:
            levels[item.shown.sub_dimension] = _levels(rng, method, item, draws)
    found = []
    for code, drawn in levels.items():
        low, middle, high = (float(value) for value in np.percentile(drawn, (5, 50, 95)))
        found.append(LevelDoubt(code, round(low, 4), round(middle, 4), round(high, 4)))
    return Doubt(seed, draws, tuple(found), _top(rng, method, levels, contenders, draws))


def top_probabilities(
    method: Method, scored: Sequence[Scored], contenders: Sequence[Drivers]
) -> Mapping[str, float]:
    """For each contender the share of draws (0 to 1) in which its gap is among the top ones.

    What stands at its target competes too: a draw may take it below, above a gap of today.
    """
    wanted = {item.score.sub_dimension for item in contenders}
    return simulate(method, [s for s in scored if s.shown.sub_dimension in wanted], contenders).top


def _levels(rng: np.random.Generator, method: Method, item: Scored, draws: int) -> Floats:
    """One sub-dimension's level, drawn."""
    import numpy as np

    shown = item.shown
    facts = [f for f in item.facts if f.established is not None]
    if shown.basis != "facts" or not facts:
        low, high = shown.low or 0.0, shown.high if shown.high is not None else TOP
        return _between(rng, low, shown.level or 0.0, high, draws)
    likely = 0.0 if method.published.value == "established" else shown.facts_level or 0.0
    values = np.column_stack([_fact(rng, fact, likely, draws) for fact in facts])
    weights = np.array([fact.shown.weight for fact in facts])
    spread = method.simulation.weight_spread.value
    drawn = weights * rng.uniform(1 - spread, 1 + spread, values.shape)
    level = _combine(AggregationName(shown.aggregation), values, drawn)
    if shown.knocked_out_by:
        level = np.minimum(level, method.knockout.cap)
    return level


def _fact(rng: np.random.Generator, fact: Fact, likely: float, draws: int) -> Floats:
    """One fact, drawn; `likely` is what a missing one is taken to be."""
    import numpy as np

    if fact.implied is not None:
        return np.full(draws, fact.implied.value)
    if fact.score is None:
        return _between(rng, 0.0, likely, TOP, draws)
    return _between(rng, fact.low, fact.score, fact.high, draws)


def _between(
    rng: np.random.Generator, low: float, likely: float, high: float, draws: int
) -> Floats:
    """Triangular: the answer given is the most likely, its worst and best case the ends."""
    import numpy as np

    if high <= low:
        return np.full(draws, likely)
    return rng.triangular(low, min(max(likely, low), high), high, draws)


def _combine(name: AggregationName, values: Floats, weights: Floats) -> Floats:
    """The rules of `aggregate`, for all draws at once."""
    import numpy as np

    result: Floats
    if name is AggregationName.WEAKEST_LINK:
        result = np.minimum(values.min(axis=1) + 0.5, values.max(axis=1))
        return result
    if name is AggregationName.PEFA_M2 and 2 <= values.shape[1] <= 4:
        grades = np.clip(np.floor(values).astype(int) - 1, 0, 3)
        grades.sort(axis=1)
        code = grades @ (4 ** np.arange(values.shape[1]))
        result = np.minimum(_m2_table(values.shape[1])[code], values.max(axis=1))
        return result
    if name is AggregationName.GEOMETRIC_MEAN:
        with np.errstate(divide="ignore"):
            logs = np.log(np.maximum(values, 0.0))
        result = np.exp((logs * weights).sum(axis=1) / weights.sum(axis=1))
        return result
    result = (values * weights).sum(axis=1) / weights.sum(axis=1)
    return result


def _m2_table(size: int) -> Floats:
    """PEFA's conversion table as an array, indexed by sorted grades in base four."""
    import numpy as np

    table = np.zeros(4**size)
    for grades, result in PEFA_M2.items():
        if len(grades) == size:
            code = sum("DCBA".index(grade) * 4**place for place, grade in enumerate(grades))
            table[code] = PEFA_M2_LEVELS[result]
    return table


def _top(
    rng: np.random.Generator,
    method: Method,
    levels: Mapping[str, Floats],
    contenders: Sequence[Drivers],
    draws: int,
) -> Mapping[str, float]:
    """Share of draws in which each gap is among the top, levels and weights drawn together."""
    import numpy as np

    if not contenders:
        return {}
    spread = method.simulation.weight_spread.value
    by_dimension: dict[str, Floats] = {
        code: rng.uniform(1 - spread, 1 + spread, draws)
        for code in sorted({item.score.dimension for item in contenders})
    }
    columns = []
    for item in sorted(contenders, key=lambda one: one.score.sub_dimension):
        distance = np.maximum(0.0, item.target - levels[item.score.sub_dimension])
        own = rng.uniform(1 - spread, 1 + spread, draws)
        moved = own * by_dimension[item.score.dimension]
        columns.append(distance * item.per_level(method) * moved)
    severities = np.column_stack(columns)
    places = np.argsort(np.argsort(-severities, axis=1, kind="stable"), axis=1, kind="stable")
    among = ((places < method.simulation.top.value) & (severities > 0)).mean(axis=0)
    codes = sorted(item.score.sub_dimension for item in contenders)
    return {code: round(float(share), 4) for code, share in zip(codes, among, strict=True)}
