"""Law against practice, two sides of one cooperation: found only where both were answered."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from scoring_cases import answer, pack, question, text

from assessments.pack.contradictions import (
    ContradictionKind,
    ContradictionRule,
    check_contradictions,
    read_contradictions,
)
from assessments.pack.expressions import parse
from assessments.pack.load import load_pack
from assessments.pack.tables import Faults
from assessments.results import AnswerState, Sensitivity
from assessments.scoring import contradictions

LAW = question("A_1_02")
PRACTICE = question("A_1_03", lead="PROS", sensitivity=Sensitivity.RESTRICTED)
RULE = ContradictionRule(
    "law_unused",
    ContradictionKind.TWO_SIDES,
    parse("${A_1_02} = '4' and ${A_1_03} != '4'"),
    text("The law is there and nobody uses it."),
    text("A law that is used leaves traces."),
)
PACK = dataclasses.replace(pack([LAW, PRACTICE]), contradictions=(RULE,))


def test_both_voices_stand_side_by_side_and_the_stricter_mark_holds() -> None:
    [found] = contradictions(PACK, [answer("A_1_02", "4"), answer("A_1_03", "0", "PROS")])
    assert found.questions == ("A_1_02", "A_1_03")
    assert [(one.institution, one.score) for one in found.voices] == [("CA", 4), ("PROS", 0)]
    assert found.sensitivity is Sensitivity.RESTRICTED


@pytest.mark.parametrize("other", [answer("A_1_03", "4", "PROS"), answer("A_1_02", "3")])
def test_answers_that_go_together_are_no_contradiction(other: object) -> None:
    assert contradictions(PACK, [answer("A_1_02", "4"), other]) == ()  # type: ignore[list-item]


def test_an_unanswered_side_never_fires_also_where_the_rule_says_not_equal() -> None:
    for state in (AnswerState.WITHHELD, AnswerState.NO_INFORMATION, AnswerState.BLANK):
        silent = answer("A_1_03", None, "PROS", state)
        assert contradictions(PACK, [answer("A_1_02", "4"), silent]) == ()
    assert contradictions(PACK, []) == ()


def test_the_pack_sets_two_sides_against_each_other_with_a_reason() -> None:
    rules = load_pack("cooperation").contradictions
    assert {rule.kind for rule in rules} == set(ContradictionKind)
    assert all(len(rule.questions) >= 2 and str(rule.reason) for rule in rules)
    assert len({rule.name for rule in rules}) == len(rules) >= 10


def test_a_rule_that_reads_nothing_known_or_one_side_only_is_named() -> None:
    faults = Faults()
    lonely = dataclasses.replace(RULE, when=parse("${A_1_02} = '4' and ${A_1_09} = '4'"))
    check_contradictions((lonely,), PACK.question, faults)  # type: ignore[arg-type]
    assert [problem.code for problem in faults.problems] == ["unknown-name", "one-sided"]


def test_a_rule_that_cannot_be_read_is_a_fault_of_its_row(tmp_path: Path) -> None:
    head = "name,kind,when,says::English (en),reason::English (en)\n"
    (tmp_path / "contradictions.csv").write_text(f"{head}x,law_practice,\"regex(., 'a')\",s,r\n")
    faults = Faults()
    assert read_contradictions(tmp_path, faults) == ()
    assert [problem.row for problem in faults.problems] == [2]
    assert read_contradictions(tmp_path / "nowhere", faults) == ()
