"""Costs are exact: every line is quantity x unit cost, every total the same sum, to the cent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_country import offer, small_method

from assessments.design.cost import (
    by_largest_remainder,
    months_by_year,
    most_before_support,
    support_cost,
    unit_cost,
)


@pytest.mark.parametrize(
    ("whole", "shares", "parts"),
    [
        (100, ["0.5", "0.3", "0.2"], [50, 30, 20]),
        (10, ["1", "1", "1"], [4, 3, 3]),  # the tie goes to the first
        (100, ["0.335", "0.335", "0.33"], [34, 33, 33]),
        (0, ["1", "2"], [0, 0]),
    ],
)
def test_largest_remainder_by_hand(whole: int, shares: list[str], parts: list[int]) -> None:
    assert by_largest_remainder(whole, [Decimal(share) for share in shares]) == parts


@given(st.integers(0, 10**7), st.lists(st.integers(1, 1000), min_size=1, max_size=8))
def test_parts_add_up_and_stay_within_one_of_their_share(whole: int, shares: list[int]) -> None:
    parts = by_largest_remainder(whole, [Decimal(share) for share in shares])
    assert sum(parts) == whole
    total = sum(shares)
    assert all(abs(p - whole * s / total) < 1.001 for p, s in zip(parts, shares, strict=True))


def test_the_planning_figure_is_the_middle_of_the_range_in_whole_dollars() -> None:
    cost = unit_cost(
        offer("INT_001", "LAW-1", unit_cost_low=25_000, unit_cost_high=60_001),
        small_method().design,
    )
    assert cost.planned == 42_501  # 42 500.5, halves up
    assert cost.whole == 42_501


def test_support_cost_is_thirteen_percent_to_the_cent() -> None:
    assert support_cost(Decimal("100.04"), Decimal("0.13")) == Decimal("13.01")  # 13.0052
    assert support_cost(Decimal("0.50"), Decimal("0.13")) == Decimal("0.07")  # 0.065, halves up


@given(st.decimals(0, 10**7, places=2), st.decimals(0, "0.3", places=3))
def test_the_most_before_support_fits_and_a_cent_more_would_not(
    ceiling: Decimal, rate: Decimal
) -> None:
    most = most_before_support(ceiling, rate)
    assert most + support_cost(most, rate) <= ceiling
    more = most + Decimal("0.01")
    assert more + support_cost(more, rate) > ceiling


def test_months_fall_into_project_years() -> None:
    assert months_by_year(10, 4) == {1: 2, 2: 2}
    assert months_by_year(0, 12) == {1: 12}
    assert months_by_year(23, 2) == {2: 1, 3: 1}
