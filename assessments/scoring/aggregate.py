"""Aggregate facts to one level: the family of rules that `method.toml` chooses from.

Each takes scores from 0 to 4 with their weights and gives one level from 0 to 4. A weight of zero
removes a fact; the order of facts changes nothing; a better fact never lowers the level.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from assessments.pack.method import AggregationName

Weighted = Sequence[tuple[float, float]]  # (score 0-4, weight 0 or more)

# PEFA, Framework for assessing public financial management, section 2.2: the conversion table for
# indicators scored by method M2 (averaging), with two, three and four dimensions. Dimensions are
# in any order, so each row is written from the lowest to the highest grade.
# Unverified: the rows were written from general knowledge, because the public copy that could be
# read holds the section without the table. A published remark fits: for three dimensions a fifth
# of the rows (4 of 20) lie above the plain average. Compare with the framework before use.
PEFA_M2: Final = {
    "DD": "D", "DC": "D+", "DB": "C", "DA": "C+", "CC": "C",
    "CB": "C+", "CA": "B", "BB": "B", "BA": "B+", "AA": "A",
    "DDD": "D", "DDC": "D+", "DDB": "D+", "DDA": "C", "DCC": "D+",
    "DCB": "C", "DCA": "C+", "DBB": "C+", "DBA": "B", "DAA": "B",
    "CCC": "C", "CCB": "C+", "CCA": "B", "CBB": "B", "CBA": "B",
    "CAA": "B+", "BBB": "B", "BBA": "B+", "BAA": "A", "AAA": "A",
    "DDDD": "D", "DDDC": "D", "DDDB": "D+", "DDDA": "D+", "DDCC": "D+",
    "DDCB": "D+", "DDCA": "C", "DDBB": "C", "DDBA": "C+", "DDAA": "C+",
    "DCCC": "D+", "DCCB": "C", "DCCA": "C+", "DCBB": "C+", "DCBA": "C+",
    "DCAA": "B", "DBBB": "C+", "DBBA": "B", "DBAA": "B", "DAAA": "B+",
    "CCCC": "C", "CCCB": "C+", "CCCA": "C+", "CCBB": "C+", "CCBA": "B",
    "CCAA": "B", "CBBB": "B", "CBBA": "B", "CBAA": "B+", "CAAA": "B+",
    "BBBB": "B", "BBBA": "B+", "BBAA": "B+", "BAAA": "A", "AAAA": "A",
}  # fmt: skip
_GRADES: Final = "DCBA"  # from the lowest; "+" lies half a step above
PEFA_M2_LEVELS: Final = {"D": 1.0, "D+": 1.5, "C": 2.0, "C+": 2.5, "B": 3.0, "B+": 3.5, "A": 4.0}


def weighted_mean(facts: Weighted) -> float | None:
    """The weighted arithmetic mean.

    Source: ordinary practice of composite indicators (OECD and JRC Handbook, 2008). Limit: fully
    compensating, so a strong fact hides a weak one.
    """
    total = math.fsum(weight for _, weight in facts)
    if total <= 0:
        return None
    return math.fsum(score * weight for score, weight in facts) / total


def weakest_link(facts: Weighted) -> float | None:
    """The lowest fact, half a level higher where any other is better.

    Source: PEFA method M1, where the `+` says that other dimensions score higher than the weakest
    one. Limit: one doubtful answer decides alone; weights have no effect.
    """
    scores = [score for score, weight in facts if weight > 0]
    return min(min(scores) + 0.5, max(scores)) if scores else None


def geometric_mean(facts: Weighted) -> float | None:
    """The weighted geometric mean.

    Source: partly compensating mean, used for the Human Development Index since 2010. Limit: a
    score of 0 makes the level 0 whatever the rest.
    """
    kept = [(score, weight) for score, weight in facts if weight > 0]
    total = math.fsum(weight for _, weight in kept)
    if not kept:
        return None
    if min(score for score, _ in kept) <= 0:
        return 0.0
    return math.exp(math.fsum(math.log(score) * weight for score, weight in kept) / total)


def pefa_m2_grade(grades: Sequence[str]) -> str:
    """The indicator grade (D, D+ ... A) of two to four dimension grades A to D, in any order.

    Source: PEFA method M2, the published conversion table, which is not a mean. Limit: whole
    grades only, and no weights. Raises KeyError for another number of grades or other letters.
    """
    return PEFA_M2["".join(sorted(grades, reverse=True))]


def pefa_m2(facts: Weighted) -> float | None:
    """Averaging by PEFA's conversion table; level 4 is A, 3 is B, 2 is C, 1 and below is D.

    A grade counts only when it is reached, so 3.5 is a B. One fact stands for itself. The table
    has no grade below D: the result never exceeds the best fact, so that all absent stays 0.
    Limit: two to four facts; raises ValueError for more.
    """
    scores = [score for score, weight in facts if weight > 0]
    if len(scores) < 2:
        return scores[0] if scores else None
    if len(scores) > 4:
        raise ValueError(f"PEFA's M2 table covers two to four facts, not {len(scores)}")
    grades = [_GRADES[max(0, min(3, math.floor(score) - 1))] for score in scores]
    return min(PEFA_M2_LEVELS[pefa_m2_grade(grades)], max(scores))


_RULES: Final = {
    AggregationName.WEIGHTED_MEAN: weighted_mean,
    AggregationName.WEAKEST_LINK: weakest_link,
    AggregationName.PEFA_M2: pefa_m2,
    AggregationName.GEOMETRIC_MEAN: geometric_mean,
}


def aggregate(name: AggregationName, facts: Weighted) -> float | None:
    """The level (0 to 4) that `name` makes of the facts; None where none has weight."""
    return _RULES[name](facts)


def one_decides(name: AggregationName) -> bool:
    """True where a single unknown fact can decide the level alone, so that none can be stated."""
    return name in {AggregationName.WEAKEST_LINK, AggregationName.GEOMETRIC_MEAN}
