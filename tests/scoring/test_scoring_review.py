"""What came in: coverage, disagreement, rates, agreement, and answers that need a look."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from scoring_cases import COUNTRY, REF, answer, method, pack, question, rating

from assessments.pack.model import QuestionType
from assessments.results import AnswersReview, AnswerState, EvidenceState, Respondent, Sensitivity
from assessments.scoring import (
    NoMethod,
    agreement,
    leanings,
    review_answers,
    score_assessment,
    set_priorities,
)

NUMBER = {"type": QuestionType.INTEGER, "choices": (), "score": "", "unit": "requests"}
RECEIVED = question("N1", **NUMBER)
EXECUTED = question("N2", **NUMBER, sensitivity=Sensitivity.RESTRICTED)
SHARE = {
    "executed": {
        "label": {"en": "Executed"},
        "numerator": "${N2}",
        "denominator": "${N1}",
        "unit": "percent",
        "reason": "test",
    },
    "days": {
        "label": {"en": "Days"},
        "numerator": "${N1}",
        "cases": "${N2}",
        "unit": "days",
        "reason": "test",
    },
}


def review(small: object, answers: list[object], *came: str) -> AnswersReview:
    respondents = [
        Respondent(
            institution=code,
            workbook_sha256="a" * 64,
            version=1,
            received_at=datetime(2026, 1, 1, tzinfo=UTC),
            asked=1,
            answered=1,
            unusable=0,
            with_evidence=0,
        )
        for code in came
    ]
    return review_answers(small, answers, respondents, REF)  # type: ignore[arg-type]


def test_coverage_is_by_weight_and_each_question_counts_once() -> None:
    """Weights 3 answered (twice), 1 blank; one skipped leaves: 3 of 4."""
    small = pack([question("Q1", weight=3.0), question("Q2"), question("Q3", weight=2.0)])
    said = [
        answer("Q1", "2"),
        answer("Q1", "2", "PROS"),
        answer("Q2"),
        answer("Q3", state=AnswerState.SKIPPED),
    ]
    found = review(small, said, "CA", "PROS")
    lines = {line.part: line for line in found.coverage}
    assert (lines["all"].applicable, lines["all"].answered, lines["all"].coverage) == (2, 1, 0.75)
    assert lines["A-1"].id == "COV_XAA_2026_A_1"
    assert {c.state.value: c.count for c in found.states if c.count} == {
        "answered": 2,
        "blank": 1,
        "skipped": 1,
    }


def test_institutions_that_sent_nothing_are_named() -> None:
    found = review(pack([question("Q1")]), [answer("Q1", "2")], "CA")
    assert found.silent == ("PROS", "POL", "EXPERT")


def test_questions_beyond_the_tier_that_was_asked_are_not_missing() -> None:
    """A core questionnaire went out: the deep question was never due."""
    small = pack([question("Q1"), question("Q2"), question("Q3", tier="deep", weight=9.0)])
    said = [answer("Q1", "2"), answer("Q2", "2")]
    assert review(small, said).coverage[0].coverage == 1
    [score] = score_assessment(small, COUNTRY, said, REF).sub_dimensions
    assert (score.level, score.coverage) == (2, 1)


def test_two_levels_apart_is_listed_with_every_voice_and_one_level_is_not() -> None:
    small = pack([question("Q1"), question("Q2")])
    said = [answer("Q1", "1"), answer("Q1", "3", "PROS"), answer("Q2", "1"),
            answer("Q2", "2", "PROS")]  # fmt: skip
    [found] = review(small, said).divergences
    assert (found.question, found.spread) == ("Q1", 2)
    assert [(v.institution, v.score) for v in found.voices] == [("CA", 1), ("PROS", 3)]


def test_answers_that_need_a_look_are_named_one_by_one() -> None:
    impossible = {
        "more": {
            "part": "${N2}",
            "whole": "${N1}",
            "message": {"en": "More executed than received."},
            "reason": "test",
        }
    }
    small = pack(
        [
            question("Q1", evidence=True),
            question("Q2", knockout=True),
            question("Q3"),
            question("Q4", score="1=1"),
            RECEIVED,
            EXECUTED,
        ],
        method_=method(impossible=impossible),
    )
    said = [
        answer("Q1", "4"),
        answer("Q2", state=AnswerState.NOT_APPLICABLE),
        answer("Q3", state=AnswerState.UNUSABLE, raw="soon"),
        answer("Q4", "3"),
        answer("N1", 10.0),
        answer("N2", 12.0),
    ]
    found = review(small, said).attention
    assert [(a.question, a.code) for a in found] == [
        ("N1", "impossible-numbers"),
        ("N2", "impossible-numbers"),
        ("Q1", "claim-without-evidence"),
        ("Q2", "essential-not-applicable"),
        ("Q3", "unusable"),
        ("Q4", "no-score"),
    ]
    assert found[0].message == "More executed than received. (12 of 10)"
    assert "“soon”" in found[4].message


def test_a_claim_with_a_document_needs_no_look() -> None:
    small = pack([question("Q1", evidence=True)])
    seen = answer("Q1", "4", evidence="EV_1", evidence_state=EvidenceState.SEEN)
    assert review(small, [seen]).attention == ()


def test_a_rate_stands_with_its_counts_and_small_numbers_are_marked() -> None:
    """3 of 8 is 37.5 %; 8 is fewer than ten cases."""
    small = pack([RECEIVED, EXECUTED], method_=method(rates=SHARE))
    said = [answer("N1", 8.0), answer("N2", 3.0)]
    days, executed = score_assessment(small, COUNTRY, said, REF).rates
    assert (executed.value, executed.numerator, executed.denominator) == (37.5, 3, 8)
    assert executed.small_number
    assert executed.sensitivity is Sensitivity.RESTRICTED
    assert executed.answers == ("ANS_XAA_2026_CA_N1", "ANS_XAA_2026_CA_N2")
    assert (days.value, days.denominator, days.small_number) == (8, 3, True)


def test_a_rate_with_a_missing_part_or_nothing_below_the_line_has_no_value() -> None:
    small = pack([RECEIVED, EXECUTED], method_=method(rates=SHARE))
    for said in ([answer("N2", 3.0)], [answer("N1", 0.0), answer("N2", 0.0)]):
        rate = score_assessment(small, COUNTRY, said, REF).rates[1]
        assert rate.value is None
    strict = {"executed": {**SHARE["executed"], "protected": True}}
    protected = pack([RECEIVED, EXECUTED], method_=method(rates=strict))
    eight = [answer("N1", 8.0), answer("N2", 3.0)]
    assert not score_assessment(protected, COUNTRY, eight, REF).rates[0].small_number


def test_a_median_of_no_case_or_of_an_unknown_number_has_no_value() -> None:
    """Eight days over three cases is a median; over none, or nobody knows how many, it is not."""
    small = pack([RECEIVED, EXECUTED], method_=method(rates=SHARE))
    cases = [[answer("N2", 3.0)], [answer("N2", 0.0)], []]
    days = [
        score_assessment(small, COUNTRY, [answer("N1", 8.0), *said], REF).rates[0] for said in cases
    ]
    assert [rate.value for rate in days] == [8, None, None]
    assert not any(rate.in_doubt for rate in days)


def test_a_rate_on_numbers_that_cannot_all_be_right_has_no_value() -> None:
    """12 executed of 10 received is not 120 %: one of the two is wrong, and both are shown."""
    more = {"part": "${N2}", "whole": "${N1}", "message": {"en": "More."}, "reason": "test"}
    small = pack([RECEIVED, EXECUTED], method_=method(rates=SHARE, impossible={"more": more}))
    said = [answer("N1", 10.0), answer("N2", 12.0)]
    rate = score_assessment(small, COUNTRY, said, REF).rates[1]
    assert (rate.value, rate.numerator, rate.denominator, rate.in_doubt) == (None, 12, 10, True)


def test_a_country_without_answers_gets_reasons_and_no_zero() -> None:
    small = pack([rating("R"), question("Q1"), question("Q2")])
    for said in ([], [answer("Q1", state=AnswerState.WITHHELD)]):
        scores = score_assessment(small, COUNTRY, said, REF)
        [score] = scores.sub_dimensions
        assert (score.level, score.low, score.high, score.facts_level) == (None,) * 4
        assert score.because.startswith("Not enough information")
        assert scores.dimensions[0].level is None
        assert set_priorities(small, COUNTRY, scores, said).gaps == ()


def test_the_profile_shows_lowest_and_highest_and_no_value_below_the_floor() -> None:
    """A-1 at 3, A-2 at 1: 2. With A-2 unanswered half is covered, and there is no value."""
    small = pack([question(f"Q{s}{n}", sub=f"A-{s}") for s in (1, 2) for n in (1, 2)])
    first = [answer("Q11", "3"), answer("Q12", "3")]
    full = score_assessment(small, COUNTRY, [*first, answer("Q21", "1"), answer("Q22", "1")], REF)
    [line] = full.dimensions
    assert (line.level, line.lowest, line.highest, line.scored, line.of) == (2, 1, 3, 2, 2)
    assert [form.code for form in full.forms] == ["MLA"]
    [line] = score_assessment(small, COUNTRY, first, REF).dimensions
    assert (line.level, line.coverage, line.lowest, line.scored) == (None, 0.5, 3, 1)


def test_context_has_no_target_and_no_gap() -> None:
    small = pack([question("Q1"), question("Q2")], context=("A",))
    [score] = score_assessment(
        small, COUNTRY, [answer("Q1", "1"), answer("Q2", "1")], REF
    ).sub_dimensions
    assert (score.level, score.target, score.gap) == (1, None, None)


def test_a_form_without_a_method_is_not_scored() -> None:
    from dataclasses import replace

    form = replace(pack([question("Q1")]), method=None)
    with pytest.raises(NoMethod, match=r"method\.toml"):
        score_assessment(form, COUNTRY, [], REF)


def test_agreement_is_krippendorffs_alpha() -> None:
    """Two respondents, two questions, swapped: expected disagreement 2/3, observed 1: alpha -0.5.

    Full agreement on two different levels is 1. By hand after Krippendorff, 2011: with four
    values 0, 0, 4, 4 the expected share of unequal pairs is 8 / 12.
    """
    small = pack([question("Q1"), question("Q2")])
    same = [answer(q, v, i) for q, v in (("Q1", "0"), ("Q2", "4")) for i in ("CA", "PROS")]
    swapped = [answer("Q1", "0"), answer("Q1", "4", "PROS"), answer("Q2", "4"),
               answer("Q2", "0", "PROS")]  # fmt: skip
    assert [line.alpha for line in agreement(small, same)] == [1, 1]
    assert [line.alpha for line in agreement(small, swapped)] == [-0.5, -0.5]


def test_where_nothing_varies_or_nobody_shares_a_question_alpha_is_not_defined() -> None:
    small = pack([question("Q1")])
    same = [answer("Q1", "2"), answer("Q1", "2", "PROS")]
    assert [(a.questions, a.alpha) for a in agreement(small, same)] == [(1, None), (1, None)]
    assert [(a.questions, a.alpha) for a in agreement(small, same[:1])] == [(0, None)]


def test_who_rates_itself_high_is_shown_in_levels() -> None:
    """CA 4 against PROS 2 and POL 3: 4 - 2.5 = 1.5."""
    small = pack([question("Q1")])
    said = [answer("Q1", "4"), answer("Q1", "2", "PROS"), answer("Q1", "3", "POL")]
    assert [(item.institution, item.difference) for item in leanings(small, said)] == [
        ("CA", 1.5),
        ("POL", 0),
        ("PROS", -1.5),
    ]
