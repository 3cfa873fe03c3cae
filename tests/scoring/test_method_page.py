"""The page an analyst defends a number with: complete, short, and true to the values in force."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessments.pack.load import load_pack
from assessments.pack.method import AggregationName, Method

PAGE = (Path(__file__).parents[2] / "docs" / "method.md").read_text("utf-8")


@pytest.fixture(scope="module")
def method() -> Method:
    found = load_pack("cooperation").method
    assert found is not None
    return found


@pytest.mark.parametrize("section", sorted(set(Method.model_fields) - {"version", "date", "pack"}))
def test_every_section_of_the_method_is_explained(section: str) -> None:
    assert f"`[{section}]`" in PAGE


def test_every_level_and_state_is_named(method: Method) -> None:
    words = PAGE.replace("\n", " ")
    assert ", ".join(f"{n} {name}" for n, name in enumerate(method.scale.names)) in words
    for state in method.states:
        assert state.value.replace("_", " ") in words or state.value in {"answered", "skipped"}


def test_the_figures_in_words_are_those_in_force(method: Method) -> None:
    """The page says 10,000 draws, a fifth and the first five, and that a plain yes stops at 3."""
    assert method.simulation.draws.value == 10_000
    assert method.priorities.weight_shift.value == 0.2
    assert method.simulation.top.value == 5
    assert method.existence.cap == 3


def test_every_aggregation_has_source_and_limit(method: Method) -> None:
    assert set(method.aggregation.methods) == set(AggregationName)
    for rule in ("weighted mean", "weakest link", "averaging by conversion", "geometric mean"):
        [row] = [line for line in PAGE.splitlines() if line.startswith(f"| {rule} ")]
        assert row.count("|") == 4


def test_it_can_be_read_in_one_go() -> None:
    assert len(PAGE.splitlines()) <= 150
