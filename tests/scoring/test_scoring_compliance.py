"""The treaty ledger by the Convention's own logic."""

from __future__ import annotations

from typing import Any

from scoring_cases import COUNTRY, REF, answer, pack, question, requirement

from assessments.pack.model import Requirement
from assessments.results import Answer, AnswerState, RequirementStatus, Sensitivity, Verdict
from assessments.scoring import score_assessment

FACTS = (question("Q1"), question("Q2"), question("K", score="", sensitivity=Sensitivity.PUBLIC))


def ledger(
    requirements: list[Requirement], answers: list[Answer], questions: Any = FACTS
) -> dict[str, RequirementStatus]:
    scores = score_assessment(pack(questions, requirements), COUNTRY, answers, REF)
    return {status.requirement: status for status in scores.requirements}


def test_the_deciding_answer_gives_the_verdict() -> None:
    rules = [requirement("R1", "Q1"), requirement("R2", "Q2")]
    found = ledger(rules, [answer("Q1", "4"), answer("Q2", "2")])
    assert (found["R1"].verdict, found["R1"].gap) == (Verdict.MET, False)
    assert (found["R2"].verdict, found["R2"].gap) == (Verdict.PARTLY, True)


def test_silence_is_unknown_and_never_a_gap() -> None:
    for state in (AnswerState.BLANK, AnswerState.WITHHELD, AnswerState.NO_INFORMATION):
        found = ledger([requirement("R1", "Q1")], [answer("Q1", state=state)])
        assert (found["R1"].verdict, found["R1"].gap) == (Verdict.UNKNOWN, False)
    assert ledger([requirement("R1", "Q1")], [])["R1"].verdict is Verdict.UNKNOWN


def test_a_may_is_never_a_gap() -> None:
    weaker = ("optional", "encouraged", "duty_to_consider_or_endeavour", "protective_clause")
    rules = [requirement(f"R{n}", "Q1", obligation=word) for n, word in enumerate(weaker)]
    found = ledger(rules, [answer("Q1", "0")])
    assert {status.verdict for status in found.values()} == {Verdict.NOT_MET}
    assert not any(status.gap for status in found.values())


def test_an_answer_that_decides_nothing_leaves_it_unknown() -> None:
    found = ledger([requirement("R1", "Q1")], [answer("Q1", "3")])
    assert found["R1"].verdict is Verdict.UNKNOWN
    assert "does not decide" in found["R1"].because


def test_a_paragraph_applies_only_under_its_condition() -> None:
    """16(4)-(5) only where a treaty is required: K = 1 stands for "required"."""
    rules = [requirement("R1", "Q1", applies="${K} = '1'")]
    required = ledger(rules, [answer("Q1", "0"), answer("K", "1")])["R1"]
    free = ledger(rules, [answer("Q1", "0"), answer("K", "0")])["R1"]
    unknown = ledger(rules, [answer("Q1", "0"), answer("K")])["R1"]
    assert (required.verdict, required.gap) == (Verdict.NOT_MET, True)
    assert (free.verdict, free.gap) == (Verdict.NOT_APPLICABLE, False)
    assert (unknown.verdict, unknown.gap) == (Verdict.UNKNOWN, False)
    assert "Whether it applies is not known: K is not answered." in unknown.because


def test_one_of_the_alternatives_is_enough() -> None:
    """5(1)(a): the conspiracy model or the participation model."""
    rules = [requirement(f"5(1)(a)({i})", q, alternative_group="5(1)(a)")
             for i, q in (("i", "Q1"), ("ii", "Q2"))]  # fmt: skip
    found = ledger(rules, [answer("Q1", "0"), answer("Q2", "4")])
    assert found["5(1)(a)(i)"].verdict is Verdict.MET
    assert found["5(1)(a)(i)"].met_by == "5(1)(a)(ii)"
    assert found["5(1)(a)(ii)"].met_by == ""


def test_an_unknown_alternative_keeps_the_other_open() -> None:
    rules = [requirement(n, q, alternative_group="g") for n, q in (("R1", "Q1"), ("R2", "Q2"))]
    found = ledger(rules, [answer("Q1", "0"), answer("Q2")])
    assert {status.verdict for status in found.values()} == {Verdict.UNKNOWN}


def test_alternatives_that_both_fail_are_gaps_and_the_better_one_counts() -> None:
    rules = [requirement(n, q, alternative_group="g") for n, q in (("R1", "Q1"), ("R2", "Q2"))]
    failed = ledger(rules, [answer("Q1", "0"), answer("Q2", "0")])
    partly = ledger(rules, [answer("Q1", "0"), answer("Q2", "2")])
    assert {status.verdict for status in failed.values()} == {Verdict.NOT_MET}
    assert {status.verdict for status in partly.values()} == {Verdict.PARTLY}


def test_respondents_who_disagree_are_shown_and_the_lead_stands() -> None:
    found = ledger([requirement("R1", "Q1")], [answer("Q1", "4"), answer("Q1", "0", "PROS")])
    assert found["R1"].verdict is Verdict.MET
    assert found["R1"].disputed
    assert [voice.institution for voice in found["R1"].voices] == ["CA", "PROS"]


def test_a_validated_value_settles_the_dispute() -> None:
    said = [answer("Q1", "4"), answer("Q1", "0", "PROS"), answer("Q1", "2", "AGREED")]
    found = ledger([requirement("R1", "Q1")], said)["R1"]
    assert (found.verdict, found.disputed) == (Verdict.PARTLY, False)
    assert [voice.institution for voice in found.voices] == ["AGREED", "CA", "PROS"]


def test_another_institution_stands_in_where_the_lead_sent_nothing() -> None:
    found = ledger([requirement("R1", "Q1")], [answer("Q1", "0", "PROS")])["R1"]
    assert found.verdict is Verdict.NOT_MET
    assert "PROS stands in" in found.because


def test_said_not_to_apply_is_not_applicable() -> None:
    said = [answer("Q1", state=AnswerState.NOT_APPLICABLE)]
    assert ledger([requirement("R1", "Q1")], said)["R1"].verdict is Verdict.NOT_APPLICABLE


def test_a_paragraph_that_no_question_decides_gives_its_reason() -> None:
    rule = requirement("R1", reason=FACTS[0].label)
    found = ledger([rule], [])["R1"]
    assert found.verdict is Verdict.UNKNOWN
    assert found.because == "No question decides it. Q1"


def test_the_status_is_as_sensitive_as_all_it_rests_on() -> None:
    """The condition gives away its answer, so it counts too."""
    secret = question("K", score="", sensitivity=Sensitivity.CONFIDENTIAL)
    rules = [requirement("R1", "Q1", applies="${K} = '1'"), requirement("R2", "Q1")]
    found = ledger(rules, [answer("Q1", "4"), answer("K", "1")], (*FACTS[:2], secret))
    assert found["R1"].sensitivity is Sensitivity.CONFIDENTIAL
    assert found["R2"].sensitivity is Sensitivity.PUBLIC


def test_only_mandatory_paragraphs_are_counted_and_every_verdict_is_named() -> None:
    rules = [
        requirement("R1", "Q1"),
        requirement("R2", "Q2", obligation="mandatory_qualified"),
        requirement("R3", "Q1", obligation="optional"),
    ]
    small = pack(FACTS, rules)
    scores = score_assessment(small, COUNTRY, [answer("Q1", "4"), answer("Q2", "0")], REF)
    counts = {line.verdict: line.count for line in scores.mandatory}
    assert counts == {**dict.fromkeys(Verdict, 0), Verdict.MET: 1, Verdict.NOT_MET: 1}
