"""The self-check: published tables and a published index, and that it can fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessments.errors import Mistake
from assessments.scoring.selfcheck import Node, check_index, check_m1, check_m2, published_rows
from flows.check_method import EXAMPLES, check_asem, check_method

ASEM = Path(__file__).parents[3] / "shared" / "checks" / "asem"


def test_every_row_of_the_published_tables_is_reproduced() -> None:
    found = check_method("cooperation")
    assert (found.pefa_m1.rows, found.pefa_m2.rows) == (65, 65)
    assert found.worked_examples.examples >= 29
    assert found.holds
    assert not found.pefa_m2.verified
    assert "Compare it with the framework" in found.pefa_m2.note


def test_a_row_that_differs_is_named() -> None:
    """D and C give D+, not A, in either order."""
    assert len(check_m2("    D C  A").differences) == 2
    assert check_m1().differences == ()


def test_the_shipped_table_reads_as_sixty_five_rows_of_two_to_four_grades() -> None:
    rows = published_rows((EXAMPLES / "pefa_m2.md").read_text("utf-8"))
    assert len(rows) == 65
    assert {len(grades) for grades, _ in rows} == {2, 3, 4}


def test_an_index_of_weighted_means_by_hand() -> None:
    """X: ((2 x 1 + 4 x 3) / 4 + 5) / 2 = 4.25; Y: (4 + 1) / 2 = 2.5 with b alone in P."""
    nodes = [
        Node("I", "", 1), Node("P", "I", 1), Node("Q", "I", 1),
        Node("a", "P", 1), Node("b", "P", 3), Node("c", "Q", 1),
    ]  # fmt: skip
    values = {"X": {"a": 2.0, "b": 4.0, "c": 5.0}, "Y": {"b": 4.0, "c": 1.0}}
    right = check_index(nodes, values, {"X": (4.25, 1), "Y": (2.5, 2)})
    assert (right.countries, right.max_abs_diff, right.rank_mismatches) == (2, 0, 0)
    wrong = check_index(nodes, values, {"X": (4.0, 2), "Y": (2.5, 1)})
    assert (wrong.max_abs_diff, wrong.rank_mismatches) == (0.25, 2)


def test_an_index_needs_one_top_and_a_value_for_each_country() -> None:
    with pytest.raises(ValueError, match="one top, not 2"):
        check_index([Node("I", "", 1), Node("J", "", 1)], {}, {})
    with pytest.raises(ValueError, match="X has no indicator"):
        check_index([Node("I", "", 1), Node("a", "I", 1)], {"X": {}}, {})


def test_a_folder_without_the_index_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(Mistake, match=r"does not hold ASEM_Normalised\.csv"):
        check_asem(tmp_path)


def test_tables_of_another_kind_are_a_mistake(tmp_path: Path) -> None:
    for name in ("ASEM_Normalised.csv", "ASEM_iMeta.csv", "ASEM_Published.csv"):
        (tmp_path / name).write_text("a,b\n1,2\n")
    with pytest.raises(Mistake, match="cannot be read as a published index"):
        check_asem(tmp_path)


@pytest.mark.skipif(not ASEM.is_dir(), reason="the published ASEM index is not on this machine")
def test_the_published_asem_index_is_reproduced() -> None:
    found = check_asem(ASEM)
    assert found.countries == 51
    assert found.max_abs_diff < 1e-9
    assert found.rank_mismatches == 0
