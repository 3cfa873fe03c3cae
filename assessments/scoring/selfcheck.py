"""The self-check: the aggregations against published tables and a published index.

What is published is read by the caller and handed in as text and numbers; here it is computed anew
and compared, and every difference is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement, permutations

from assessments.scoring.aggregate import PEFA_M2_LEVELS, pefa_m2_grade, weakest_link, weighted_mean

_GRADES = "DCBA"


@dataclass(frozen=True, slots=True)
class TableCheck:
    """How many rows of a published table were computed anew, and which came out otherwise."""

    rows: int
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """An indicator or aggregate of a composite index, and where it belongs."""

    code: str
    parent: str  # "" at the top
    weight: float


@dataclass(frozen=True, slots=True)
class IndexCheck:
    """A published index computed anew."""

    countries: int
    max_abs_diff: float  # of the index
    rank_mismatches: int


def check_m1() -> TableCheck:
    """PEFA method M1 on two to four grades: the lowest, with a plus where another is higher."""
    differences, rows = [], 0
    for size in (2, 3, 4):
        for grades in combinations_with_replacement(_GRADES, size):
            rows += 1
            expected = grades[0] + ("+" if grades[-1] != grades[0] else "")
            level = weakest_link([(PEFA_M2_LEVELS[grade], 1.0) for grade in reversed(grades)])
            if level != PEFA_M2_LEVELS[expected]:
                differences.append(f"{' '.join(grades)}: {expected} expected, level {level} found")
    return TableCheck(rows, tuple(differences))


def published_rows(text: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """(grades, result) of every row `D C B  C` in a text of indented lines."""
    cells = [c for line in text.splitlines() if line.startswith("    ") for c in line.split("|")]
    rows = [re.findall(r"[A-D]\+?", cell) for cell in cells]
    return tuple((tuple(row[:-1]), row[-1]) for row in rows if row)


def check_m2(text: str) -> TableCheck:
    """PEFA method M2: every row of the conversion table in `text`, in any order of its grades."""
    rows = published_rows(text)
    differences = [
        f"{' '.join(order)}: {expected} expected, {found} found"
        for grades, expected in rows
        for order in sorted(set(permutations(grades)))
        if (found := pefa_m2_grade(order)) != expected
    ]
    return TableCheck(len(rows), tuple(differences))


def check_index(
    nodes: Sequence[Node],
    indicators: Mapping[str, Mapping[str, float]],
    published: Mapping[str, tuple[float, int]],
) -> IndexCheck:
    """A composite index of weighted means at each level, against its published values and ranks.

    `indicators` are normalised values by country and indicator, `published` index and rank by
    country. Raises ValueError where the tree has no single top or a country has no value.
    """
    tops = [node.code for node in nodes if not node.parent]
    if len(tops) != 1:
        raise ValueError(f"an index has one top, not {len(tops)}")
    found = {}
    for country, values in indicators.items():
        value = _value(tops[0], nodes, values)
        if value is None:
            raise ValueError(f"{country} has no indicator with a weight")
        found[country] = value
    order = sorted(found, key=lambda country: -found[country])
    ranks = {country: rank for rank, country in enumerate(order, start=1)}
    return IndexCheck(
        countries=len(found),
        max_abs_diff=max(abs(found[c] - value) for c, (value, _) in published.items()),
        rank_mismatches=sum(ranks[c] != rank for c, (_, rank) in published.items()),
    )


def _value(code: str, nodes: Sequence[Node], values: Mapping[str, float]) -> float | None:
    parts = list(_parts(code, nodes, values))
    return weighted_mean(parts) if parts else values.get(code)


def _parts(
    code: str, nodes: Sequence[Node], values: Mapping[str, float]
) -> Iterator[tuple[float, float]]:
    for node in nodes:
        if node.parent == code and (value := _value(node.code, nodes, values)) is not None:
            yield value, node.weight
