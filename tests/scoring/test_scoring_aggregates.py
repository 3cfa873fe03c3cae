"""The family of aggregations against published tables and hand calculation."""

from __future__ import annotations

from itertools import combinations_with_replacement, permutations, product

import pytest

from assessments.pack.method import AggregationName
from assessments.scoring.aggregate import (
    PEFA_M2,
    PEFA_M2_LEVELS,
    aggregate,
    geometric_mean,
    pefa_m2,
    pefa_m2_grade,
    weakest_link,
    weighted_mean,
)
from assessments.scoring.selfcheck import published_rows
from flows.check_method import EXAMPLES

ROWS = published_rows((EXAMPLES / "pefa_m2.md").read_text("utf-8"))


@pytest.mark.parametrize(("grades", "expected"), ROWS, ids=str)
def test_m2_gives_the_published_grade_in_any_order(grades: tuple[str, ...], expected: str) -> None:
    for order in set(permutations(grades)):
        assert pefa_m2_grade(order) == expected


def test_m2_covers_every_combination_of_two_to_four_grades() -> None:
    every = {"".join(c) for n in (2, 3, 4) for c in combinations_with_replacement("DCBA", n)}
    assert set(PEFA_M2) == every
    assert len(ROWS) == len(every) == 65


def test_m2_is_not_a_mean() -> None:
    """A published remark: a fifth of the rows of three dimensions lie above the plain average.

    D, B and A have a mean of 2.67, nearest to C+ (2.5); the table says B.
    """
    three = {
        grades: PEFA_M2_LEVELS[result] for grades, result in PEFA_M2.items() if len(grades) == 3
    }
    nearest = {g: round(2 * sum("DCBA".index(x) + 1 for x in g) / 3) / 2 for g in three}
    assert {g for g in three if three[g] > nearest[g]} == {"DBA", "CCA", "CBB", "BAA"}
    assert not [g for g in three if three[g] < nearest[g]]
    assert len(three) == 20


def test_a_better_grade_never_lowers_m2() -> None:
    for size in (2, 3, 4):
        for grades in product("DCBA", repeat=size):
            for place, grade in enumerate(grades):
                if grade != "A":
                    better = [*grades]
                    better[place] = "DCBA"["DCBA".index(grade) + 1]
                    before, after = pefa_m2_grade(grades), pefa_m2_grade(better)
                    assert PEFA_M2_LEVELS[after] >= PEFA_M2_LEVELS[before]


def test_a_grade_counts_only_when_it_is_reached() -> None:
    """3.5 is a B, not an A: B and A give B+."""
    assert pefa_m2([(3.5, 1), (4, 1)]) == 3.5
    assert pefa_m2([(3.5, 1), (3.9, 1)]) == 3


def test_m2_of_all_absent_stays_absent() -> None:
    assert pefa_m2([(0, 1), (0, 1), (0, 1)]) == 0


def test_m2_refuses_more_facts_than_the_table_has() -> None:
    with pytest.raises(ValueError, match="two to four facts"):
        pefa_m2([(3, 1)] * 5)


def test_m1_is_the_lowest_with_a_plus_where_others_are_better() -> None:
    """PEFA M1: D and A give D+; C, C give C."""
    assert weakest_link([(1, 1), (4, 1)]) == 1.5
    assert weakest_link([(2, 1), (2, 3)]) == 2
    assert weakest_link([(2, 1), (2.25, 3)]) == 2.25


def test_weighted_mean_by_hand() -> None:
    assert weighted_mean([(4, 3), (0, 1)]) == 3


def test_geometric_mean_by_hand() -> None:
    """The cube root of 4 x 4 x 0.5 is 2."""
    assert geometric_mean([(4, 2), (0.5, 1)]) == pytest.approx(2)
    assert geometric_mean([(4, 2), (0, 1)]) == 0


@pytest.mark.parametrize("name", AggregationName)
def test_a_weight_of_zero_removes(name: AggregationName) -> None:
    assert aggregate(name, [(4, 1), (4, 2), (0, 0)]) == 4
    assert aggregate(name, [(4, 0)]) is None
    assert aggregate(name, []) is None


@pytest.mark.parametrize("name", AggregationName)
def test_one_fact_stands_for_itself(name: AggregationName) -> None:
    assert aggregate(name, [(3, 2)]) == pytest.approx(3)
