"""The calendar: what comes first, what waits, and never too much at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.design.schedule import Job, quarter, schedule, whole_quarters
from assessments.pack.design_method import Order


def job(name: str, **changes: object) -> Job:
    base: dict[str, object] = {
        "type": "procedure", "sub_dimensions": frozenset({"OPS-1"}), "release": 0, "months": 4,
        "high_demand": False, "needs": frozenset(),
    }  # fmt: skip
    return Job(name=name, **(base | changes))  # type: ignore[arg-type]


def test_what_needs_another_begins_when_that_has_ended() -> None:
    slots = schedule([job("b", needs=frozenset({"a"})), job("a", release=2)], (), 1)
    assert slots["a"].start == 2
    assert slots["b"].start == 6
    assert slots["b"].after == ("a",)


def test_training_waits_for_the_procedure_on_the_same_subject_only() -> None:
    order = (Order(reason="r", first=("procedure",), then=("training",)),)
    slots = schedule(
        [
            job("procedure"),
            job("course", type="training"),
            job("other", type="training", sub_dimensions=frozenset({"LEG-1"})),
        ],
        order,
        1,
    )
    assert slots["course"].start == 4
    assert slots["other"].start == 0


def test_a_prerequisite_wins_over_the_order_of_types() -> None:
    order = (Order(reason="r", first=("procedure",), then=("training",)),)
    slots = schedule(
        [job("procedure", needs=frozenset({"course"})), job("course", type="training")], order, 1
    )
    assert slots["procedure"].start == slots["course"].end


def test_two_of_high_demand_follow_each_other_where_one_can_be_carried() -> None:
    jobs = [job("a", high_demand=True, months=12), job("b", high_demand=True, months=6)]
    one = schedule(jobs, (), 1)
    assert sorted((one["a"].start, one["b"].start)) in ([0, 6], [0, 12])
    both = schedule(jobs, (), 2)
    assert (both["a"].start, both["b"].start) == (0, 0)


def test_high_demand_where_none_can_be_carried_is_refused() -> None:
    with pytest.raises(ValueError, match="high demand"):
        schedule([job("a", high_demand=True)], (), 0)


@st.composite
def workloads(draw: st.DrawFn) -> list[Job]:
    count = draw(st.integers(1, 9))
    names = [f"j{number}" for number in range(count)]
    return [
        job(
            name,
            type=draw(st.sampled_from(["procedure", "training", "system"])),
            release=draw(st.integers(0, 12)),
            months=draw(st.integers(1, 14)),
            high_demand=draw(st.booleans()),
            needs=frozenset(draw(st.sets(st.sampled_from(names[:place]), max_size=2)))
            if place
            else frozenset(),
        )
        for place, name in enumerate(names)
    ]


@settings(max_examples=80, deadline=None)
@given(workloads(), st.integers(1, 3))
def test_no_bound_is_ever_broken(jobs: list[Job], at_once: int) -> None:
    order = (Order(reason="r", first=("procedure",), then=("training", "system")),)
    slots = schedule(jobs, order, at_once)
    assert slots.keys() == {one.name for one in jobs}
    for one in jobs:
        assert slots[one.name].start >= one.release
        assert all(slots[first].end <= slots[one.name].start for first in one.needs)
    high = [slots[one.name] for one in jobs if one.high_demand]
    for month in range(max(slot.end for slot in slots.values())):
        assert sum(slot.start <= month < slot.end for slot in high) <= at_once


def test_quarters_are_counted_from_one() -> None:
    assert [quarter(month) for month in (0, 2, 3, 35)] == [1, 1, 2, 12]
    assert whole_quarters(34) == 36
