"""The choice is the best there is, keeps every bound, and more money never buys less."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.design.optimum import (
    Item,
    Limit,
    PrerequisiteCycle,
    Problem,
    Selection,
    best,
    cheapest_useful,
    most_for,
    refuse_cycles,
)

GAPS = ("A", "B", "C")


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Up to seven items, needing only earlier ones, on three gaps, with one limit."""
    count = draw(st.integers(1, 7))
    names = [f"I{number}" for number in range(count)]
    items = []
    for place, name in enumerate(names):
        closes = draw(
            st.dictionaries(st.sampled_from(GAPS), st.sampled_from([25, 50, 100]), max_size=3)
        )
        needs = draw(st.sets(st.sampled_from(names[:place]), max_size=2)) if place else set()
        items.append(Item(name, draw(st.integers(1, 60)) * 12_345, closes, frozenset(needs)))
    uses = draw(st.dictionaries(st.sampled_from(names), st.integers(1, 12), max_size=4))
    return Problem(
        items=tuple(items),
        sizes={gap: draw(st.integers(1, 250)) for gap in GAPS},
        worth={gap: draw(st.integers(1, 400)) for gap in GAPS},
        limits=(Limit("capacity", uses, draw(st.integers(0, 24))),),
    )


def by_trying_all(problem: Problem, ceiling: int | None) -> Selection:
    names = [item.name for item in problem.items]
    sets = (frozenset(c) for size in range(len(names) + 1) for c in combinations(names, size))
    allowed = [one for one in sets if problem.allows(one, ceiling)]
    found = max(allowed, key=lambda one: (problem.benefit(one), -problem.cost(one)))
    return Selection(found, problem.benefit(found), problem.cost(found))


@settings(max_examples=120, deadline=None)
@given(problems(), st.one_of(st.none(), st.integers(0, 2_000_000)))
def test_the_optimum_equals_trying_every_set(problem: Problem, ceiling: int | None) -> None:
    found = best(problem, ceiling)
    expected = by_trying_all(problem, ceiling)
    assert found is not None
    assert (found.benefit, found.cost) == (expected.benefit, expected.cost)
    assert problem.allows(found.chosen, ceiling)
    if ceiling is not None:
        quick = most_for(problem, ceiling)
        assert quick is not None
        assert quick.benefit == expected.benefit
        assert problem.allows(quick.chosen, ceiling)


@settings(max_examples=40, deadline=None)
@given(problems(), st.integers(0, 1_500_000), st.integers(0, 1_500_000))
def test_a_larger_budget_never_gives_less(problem: Problem, ceiling: int, more: int) -> None:
    small, large = best(problem, ceiling), best(problem, ceiling + more)
    assert small is not None
    assert large is not None
    assert large.benefit >= small.benefit


@settings(max_examples=25, deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_table_does_not_change_the_choice(
    problem: Problem, shuffle: object
) -> None:
    items = list(problem.items)
    shuffle.shuffle(items)  # type: ignore[attr-defined]
    other = Problem(tuple(items), problem.sizes, problem.worth, problem.limits)
    assert best(problem, 700_000) == best(other, 700_000)


@settings(max_examples=25, deadline=None)
@given(problems(), st.integers(0, 1_500_000))
def test_keeping_a_smaller_package_never_costs_benefit(problem: Problem, ceiling: int) -> None:
    free = best(problem, ceiling)
    keep = frozenset(item.name for item in problem.items[:3])
    kept = best(problem, ceiling, keep=keep)
    assert free is not None
    assert kept is not None
    assert kept.benefit == free.benefit
    assert len(kept.chosen & keep) >= len(free.chosen & keep)


@settings(max_examples=25, deadline=None)
@given(problems())
def test_the_runner_up_is_another_set_that_is_no_better(problem: Problem) -> None:
    first = best(problem, None)
    assert first is not None
    second = best(problem, None, besides=(first.chosen,))
    if second is not None:
        assert second.chosen != first.chosen
        assert second.benefit <= first.benefit


def example() -> Problem:
    """A gap of two levels worth 3 each hundredth. `law` closes one level and stands on `review`;
    `course` closes one level and costs more."""
    return Problem(
        items=(
            Item("review", 100, {}),
            Item("law", 500, {"LAW": 100}, frozenset({"review"})),
            Item("course", 900, {"LAW": 100}),
        ),
        sizes={"LAW": 200},
        worth={"LAW": 3},
    )


@pytest.mark.parametrize(
    ("ceiling", "chosen", "benefit"),
    [
        (599, set(), 0),  # the law alone would fit, its review would not
        (600, {"review", "law"}, 300),
        (900, {"review", "law"}, 300),  # the course closes as much and costs more
        (1500, {"review", "law", "course"}, 600),
    ],
)
def test_a_worked_example(ceiling: int, chosen: set[str], benefit: int) -> None:
    found = best(example(), ceiling)
    assert found is not None
    assert (found.chosen, found.benefit) == (chosen, benefit)


def test_a_gap_is_never_closed_beyond_its_size() -> None:
    items = tuple(Item(f"i{n}", 10, {"G": 100}) for n in range(3))
    problem = Problem(items, sizes={"G": 150}, worth={"G": 2})
    found = best(problem, None)
    assert found is not None
    assert found.benefit == 300  # 150 hundredths x 2; a third helper would add nothing
    assert len(found.chosen) == 2


def test_the_cheapest_useful_set_brings_its_prerequisites() -> None:
    found = cheapest_useful(example())
    assert found is not None
    assert found.chosen == {"review", "law"}
    assert found.cost == 600


def test_a_circle_of_prerequisites_is_named() -> None:
    with pytest.raises(PrerequisiteCycle, match=r"INT_001.*INT_002|INT_002.*INT_001"):
        refuse_cycles({"INT_001": {"INT_002"}, "INT_002": {"INT_001"}, "INT_003": set()})
