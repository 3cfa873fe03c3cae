"""What happens at the corners of a country's answers: each ends in a value with its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scoring_cases import (
    COUNTRY,
    REF,
    answer,
    method,
    pack,
    question,
    rating,
    reasoned,
    requirement,
)

from assessments.pack.method import Method
from assessments.pack.model import Choice, QuestionType, Words
from assessments.results import (
    Answer,
    AnswerState,
    EvidenceState,
    Scores,
    Sensitivity,
    SubDimensionScore,
)
from assessments.scoring import (
    AGREED,
    gather,
    region_view,
    review_answers,
    score_assessment,
    set_priorities,
    simulate,
    workings,
    worth_asking,
)
from assessments.scoring.publication import (
    closed_parts,
    closed_questions,
    open_part,
    public_answers,
)
from assessments.scoring.selfcheck import check_m1
from assessments.scoring.severity import breadth_of

SEEN = {"evidence_state": EvidenceState.SEEN}


def scored(questions: list, said: list[Answer], method_: Method | None = None) -> SubDimensionScore:  # type: ignore[type-arg]
    return score_assessment(pack(questions, method_=method_), COUNTRY, said, REF).sub_dimensions[0]


def answered() -> Method:
    return method(published=reasoned("answered"))


# --- a level that a meeting agreed ---------------------------------------------------------------


def test_an_agreed_level_is_stated_and_the_facts_stand_beside_it() -> None:
    said = [answer("F1", "1"), answer("F2", "3"), answer("R", "0"), answer("R", "3", AGREED)]
    found = scored([rating("R"), question("F1"), question("F2")], said)
    assert (found.basis, found.level, found.facts_level) == ("validated", 3.0, 2.0)
    assert found.evidence is EvidenceState.OBSERVED
    assert "Agreed in the validation meeting. The facts give 2." in found.because
    assert [voice.institution for voice in found.self_rated] == [AGREED, "CA"]


def test_an_agreed_level_without_facts_says_only_that_it_was_agreed() -> None:
    found = scored([rating("R")], [answer("R", "2", AGREED)])
    assert (found.level, found.because) == (2.0, "Agreed in the validation meeting.")


# --- no level, and why ---------------------------------------------------------------------------


def test_a_part_that_nothing_scores_says_so() -> None:
    found = scored([question("F1", score="")], [answer("F1", "2")])
    assert (found.level, found.basis) == (None, "none")
    assert found.because


def test_a_rating_that_is_said_not_to_apply_gives_no_level() -> None:
    found = scored([rating("R")], [answer("R", state=AnswerState.NOT_APPLICABLE)])
    assert (found.level, found.gap) == (None, None)


def test_an_essential_fact_left_open_leaves_no_rating_either() -> None:
    said = [answer("R", "4"), answer("F1")]
    found = scored([rating("R"), question("F1", knockout=True)], said)
    assert (found.level, found.basis) == (None, "none")
    assert "F1" in found.because


def test_a_question_skipped_by_a_respondent_without_any_rule_leaves_the_denominator() -> None:
    """An answer of a questionnaire in which the question had a condition that is gone since."""
    said = [answer("F1", "2"), answer("F2", "2"), answer("F3", state=AnswerState.SKIPPED)]
    found = scored([question("F1"), question("F2"), question("F3")], said)
    assert (found.level, found.coverage) == (2.0, 1.0)


def test_only_implied_facts_are_no_answered_level() -> None:
    """F1 and F2 are asked only of those without F0, which belongs to another part."""
    questions = [
        question("F0", sub="B-1"),
        question("F1", asked_if="${F0} = '0'"),
        question("F2", asked_if="${F0} = '0'"),
    ]
    skipped = [answer(name, state=AnswerState.SKIPPED) for name in ("F1", "F2")]
    found = scored(questions, [answer("F0", "4"), *skipped], answered())
    assert (found.sub_dimension, found.level) == ("A-1", None)


def test_a_lead_that_left_out_what_another_said_is_not_stood_in_for() -> None:
    """CA answered elsewhere, so PROS does not speak for it."""
    questions = [question("F1"), question("F2"), question("F3", lead="PROS")]
    found = scored(questions, [answer("F1", "2"), answer("F2", "4", "PROS"), answer("F3", "2")])
    fact = next(one for one in found.facts if one.question == "F2")
    assert (fact.score, fact.because[:31]) == (None, "CA gave no answer. It lowers co")


def test_a_value_that_no_score_covers_is_said_and_not_scored() -> None:
    number = question("F1", type=QuestionType.INTEGER, choices=(), score=">=10=4")
    found = scored([number, question("F2"), question("F3")], [answer("F1", 3.0)])
    assert found.facts[0].score is None


def test_answers_to_questions_of_another_pack_are_left_out() -> None:
    small = pack([question("F1")])
    gathered = gather(small, [answer("F1", "2"), answer("NOT_HERE", "4")])
    assert list(gathered) == ["F1"]
    assert public_answers(small, [answer("NOT_HERE", "4")]) == ()


# --- skip logic over other kinds of questions ----------------------------------------------------


def choices(*names: str, exclusive: str = "") -> tuple[Choice, ...]:
    return tuple(Choice(n, Words({"en": n}), exclusive=n == exclusive) for n in names)


@pytest.mark.parametrize(
    ("parent", "given", "rule", "level"),
    [
        # more languages could be named, and then the next question would be asked: absent
        (
            {
                "type": QuestionType.SELECT_MULTIPLE,
                "choices": choices("fr", "es", "none", exclusive="none"),
                "score": "count>=2=4;count>=1=2;count<1=0",
            },
            ("fr",),
            "selected(${P}, 'es')",
            1.0,
        ),
        # more files could be counted: absent
        (
            {"type": QuestionType.INTEGER, "choices": (), "score": ">=10=4;>=1=2;0=0"},
            3.0,
            "${P} >= 10",
            1.0,
        ),
    ],
)
def test_what_a_better_answer_would_have_brought_up_counts_as_absent(
    parent: dict[str, object], given: object, rule: str, level: float
) -> None:
    questions = [question("P", **parent), question("F1", asked_if=rule)]
    said = [answer("P", given), answer("F1", state=AnswerState.SKIPPED)]  # type: ignore[arg-type]
    assert scored(questions, said).level == level


def test_a_question_that_only_unscored_answers_bring_up_leaves_the_denominator() -> None:
    questions = [
        question("P", score=""),
        question("F1", asked_if="${P} = '4'"),
        question("F2"),
        question("F3"),
    ]
    said = [answer("P", "0"), answer("F1", state=AnswerState.SKIPPED)]
    found = scored(questions, [*said, answer("F2", "2"), answer("F3", "2")])
    assert (found.level, found.coverage) == (2.0, 1.0)


def test_what_follows_from_a_part_with_nothing_to_mend_counts_as_met_too() -> None:
    """F1 only where P is 0, F2 only where F1 was answered: both out of the same good answer."""
    questions = [
        question("P"),
        question("F1", asked_if="${P} = '0'"),
        question("F2", asked_if="${F1} = '1'"),
    ]
    skipped = [answer(name, state=AnswerState.SKIPPED) for name in ("F1", "F2")]
    assert scored(questions, [answer("P", "4"), *skipped]).level == 4.0


def test_a_missing_answer_that_could_not_lift_a_capped_level_promises_nothing() -> None:
    """An essential fact fails, so the level is capped at 1: (0 + 3) / 3 and (0 + 3 + 4) / 3."""
    questions = [question("F1", knockout=True), question("F2"), question("F3")]
    found = scored(questions, [answer("F1", "0", **SEEN), answer("F2", "3", **SEEN)])
    assert (found.level, found.high) == (1.0, 1.0)
    told = str(found.because)
    assert "1 question is not answered; the level stated is what the answers establish." in told


# --- doubt, priorities, asking -------------------------------------------------------------------


def test_a_part_without_a_level_is_not_drawn() -> None:
    small = pack([question("F1"), question("F2"), question("G1", sub="B-1")])
    work = workings(small, COUNTRY, [answer("F1", "2"), answer("F2", "2")], REF)
    assert [one.sub_dimension for one in simulate(work.method, work.scored).levels] == ["A-1"]


@pytest.mark.parametrize(
    ("published", "drawn_as"), [("answered", 2.0), ("established", 4 - 8**0.5)]
)
def test_a_missing_answer_is_most_likely_what_the_level_takes_it_to_be(
    published: str, drawn_as: float
) -> None:
    """Two facts at 2, seen, and one missing, drawn from 0 to 4.

    Triangular with its peak at 2 (as the answered ones) its median is 2; with its peak at 0
    (nothing established) it is 4 minus the root of 8. The level is the mean of three.
    """
    questions = [question("F1"), question("F2"), question("F3")]
    small = pack(questions, method_=method(published=reasoned(published)))
    work = workings(small, COUNTRY, [answer("F1", "2", **SEEN), answer("F2", "2", **SEEN)], REF)
    [drawn] = simulate(work.method, work.scored).levels
    assert drawn.low < drawn.middle < drawn.high
    assert drawn.middle == pytest.approx((2 + 2 + drawn_as) / 3, abs=0.04)


def test_a_gap_that_only_a_rating_states_needs_evidence_where_it_could_close() -> None:
    small = pack([rating("R"), question("G1", sub="B-1"), question("G2", sub="B-1")])
    said = [answer("R", "2"), answer("G1", "1", **SEEN), answer("G2", "1", **SEEN)]
    scores = score_assessment(small, COUNTRY, said, REF)
    labels = {
        gap.sub_dimension: gap.robustness
        for gap in set_priorities(small, COUNTRY, scores, said).gaps
    }
    assert labels == {"A-1": "needs_evidence_first", "B-1": "robust"}


def test_a_gap_on_thin_coverage_needs_evidence_first() -> None:
    """One of two facts is answered: half, which is enough for a level here and not for money."""
    small = pack([question("F1"), question("F2")], method_=answered())
    said = [answer("F1", "1", **SEEN)]
    scores = score_assessment(small, COUNTRY, said, REF)
    [gap] = set_priorities(small, COUNTRY, scores, said).gaps
    assert (gap.level, gap.robustness) == (1.0, "needs_evidence_first")


def test_what_belongs_to_no_part_adds_no_breadth() -> None:
    small = pack(
        [question("F1"), question("F2")],
        [requirement("X1", "F1", sub_dimension="Z-9", cooperation_form="LEC")],
    )
    loose = replace(question("L"), sub_dimension="", dimension="", cooperation_form="LEC")
    wider = replace(small, questions=(*small.questions, loose))
    assert breadth_of(wider) == {"A-1": (("MLA",), ("CA",))}


def test_a_disputed_answer_is_worth_asking() -> None:
    small = pack([question("F1"), question("F2")])
    said = [answer("F1", "4", **SEEN), answer("F1", "0", "PROS"), answer("F2", "2", **SEEN)]
    found = worth_asking(small, COUNTRY, said, REF)
    assert [(one.question, one.reason) for one in found] == [("F1", "disputed")]


# --- review, region, self-check ------------------------------------------------------------------


def test_an_impossible_pair_is_told_where_another_institution_gave_one_number() -> None:
    counts = {"type": QuestionType.INTEGER, "choices": (), "score": "", "sub": "A-1"}
    rule = {"part": "${P}", "whole": "${W}", "message": {"en": "Too many."}, "reason": "test"}
    small = pack(
        [question("P", **counts), question("W", **counts, lead="PROS")],
        method_=method(impossible={"more": rule}),
    )
    review = review_answers(small, [answer("P", 5.0), answer("W", 3.0, "PROS")], (), REF)
    assert [(one.question, one.message) for one in review.attention] == [
        ("P", "Too many. (5 of 3)"),
        ("W", "Too many. (5 of 3)"),
    ]


def test_a_region_without_treaty_paragraphs_shows_its_levels_alone() -> None:
    small = pack([question("F1"), question("F2")])
    said = [answer("F1", "2"), answer("F2", "2")]
    members: list[Scores] = [score_assessment(small, COUNTRY, said, REF)] * 3
    view = region_view(members)
    assert (view.lines[0].counts, view.paragraphs) == ((0, 0, 3, 0, 0), ())


def test_a_paragraph_that_members_did_not_answer_is_shared_by_nobody() -> None:
    small = pack([question("F1"), question("F2")], [requirement("X1", "F1")])
    unknown = score_assessment(small, COUNTRY, [answer("F2", "2")], REF)
    unmet = score_assessment(small, COUNTRY, [answer("F1", "0"), answer("F2", "2")], REF)
    assert region_view([unknown, unknown, unmet]).paragraphs == ()
    [shared] = region_view([unmet, unmet, unmet, unknown]).paragraphs
    assert (shared.ref, shared.unmet, shared.known) == ("X1", 3, 3)


def test_the_self_check_names_what_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    from assessments.scoring import selfcheck

    monkeypatch.setattr(selfcheck, "weakest_link", lambda facts: 0.0)
    found = check_m1()
    assert (found.rows, len(found.differences)) == (65, 65)
    assert "D D: D expected, level 0.0 found" in found.differences


# --- the public edition --------------------------------------------------------------------------


def test_closed_questions_grow_along_skip_logic_and_stop_there() -> None:
    small = pack(
        [
            question("S", sensitivity=Sensitivity.RESTRICTED),
            question("T", asked_if="${S} = '4'"),
            question("U", asked_if="${T} = '4'"),
            question("V", sub="B-1"),
        ]
    )
    assert closed_questions(small) == {"S", "T", "U"}
    assert closed_parts(small) == {"A-1"}
    assert [q.name for q in open_part(small).questions] == ["V"]
    assert closed_parts(replace(small, questions=small.questions[3:])) == frozenset()
