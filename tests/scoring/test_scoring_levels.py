"""The worked examples that ship with tana, which an assessor can check by hand and correct."""

from __future__ import annotations

import tomllib

import pytest

from assessments.pack.load import load_pack
from assessments.pack.method import Method
from assessments.scoring.worked_examples import (
    Example,
    check_example,
    example_method,
    read_examples,
)
from flows.check_method import EXAMPLES

CASES = read_examples((EXAMPLES / "levels.md").read_text("utf-8"))


@pytest.fixture(scope="module")
def method() -> Method:
    base = load_pack("cooperation").method
    assert base is not None
    return example_method(base, tomllib.loads((EXAMPLES / "method.toml").read_text("utf-8")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_worked_example_holds(case: Example, method: Method) -> None:
    assert check_example(case, method) == ()


def test_a_wrong_example_is_named_with_what_was_found(method: Method) -> None:
    """All answered: (4 x 2 + 1 x 1) / 3 = 3, so that an expected 3.5 is wrong."""
    right = next(case for case in CASES if case.name == "All answered")
    wrong = Example(right.name, "", right.facts, {**right.expected, "level": "3.5"})
    [difference] = check_example(wrong, method)
    assert (difference.what, difference.expected, difference.found) == ("level", "3.5", "3")


def test_a_wrong_reason_is_named_too(method: Method) -> None:
    right = next(case for case in CASES if case.name == "All answered")
    wrong = Example(right.name, "", right.facts, {**right.expected, "because": "by magic"})
    [difference] = check_example(wrong, method)
    assert (difference.what, difference.expected) == ("because", "by magic")
