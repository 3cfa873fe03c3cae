"""The real pack on next to nothing: an honest "not enough information", never a zero."""

from __future__ import annotations

import pytest
from scoring_cases import COUNTRY, REF, answer

from assessments.pack.load import load_pack
from assessments.pack.model import Pack
from assessments.results import Answer, AnswerState, Verdict
from assessments.scoring import (
    agreement,
    contradictions,
    leanings,
    review_answers,
    score_assessment,
    set_priorities,
    worth_asking,
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("cooperation")


def nothing(pack: Pack) -> list[Answer]:
    return []


def all_withheld(pack: Pack) -> list[Answer]:
    return [answer(q.name, None, q.lead, AnswerState.WITHHELD) for q in pack.questions]


def one_answer(pack: Pack) -> list[Answer]:
    return [answer("LEG_3_02", "no", "MOJ")]


def forty_times_the_same(pack: Pack) -> list[Answer]:
    return [answer("LEG_3_02", "no", "MOJ")] * 40


@pytest.mark.parametrize("said", [nothing, all_withheld, one_answer, forty_times_the_same])
def test_next_to_nothing_gives_no_level_no_gap_and_no_strength(pack: Pack, said: object) -> None:
    given = said(pack)  # type: ignore[operator]
    scores = score_assessment(pack, COUNTRY, given, REF)
    assert [s.sub_dimension for s in scores.sub_dimensions if s.level is not None] == []
    assert all("Not enough information" in s.because for s in scores.sub_dimensions)
    assert all(line.level is None for line in (*scores.dimensions, *scores.forms))
    assert all(rate.value is None for rate in scores.rates)
    priorities = set_priorities(pack, COUNTRY, scores, given)
    assert (priorities.gaps, priorities.strengths) == ((), ())
    assert len(priorities.not_scored) == len(pack.sub_dimensions)
    review = review_answers(pack, given, (), REF)
    assert (review.coverage[0].part, (review.coverage[0].coverage or 0) < 0.05) == ("all", True)
    assert worth_asking(pack, COUNTRY, given, REF)
    assert agreement(pack, given)[0].alpha is None
    assert leanings(pack, given) == ()
    assert contradictions(pack, given) == ()


def test_what_nobody_answered_is_unknown_and_no_compliance_gap(pack: Pack) -> None:
    scores = score_assessment(pack, COUNTRY, all_withheld(pack), REF)
    decided = [r for r in scores.requirements if r.question]
    assert {r.verdict for r in decided} <= {Verdict.UNKNOWN, Verdict.NOT_APPLICABLE}
    assert not any(r.gap for r in scores.requirements)


def test_forty_times_is_once(pack: Pack) -> None:
    once = score_assessment(pack, COUNTRY, one_answer(pack), REF)
    assert score_assessment(pack, COUNTRY, forty_times_the_same(pack), REF) == once
