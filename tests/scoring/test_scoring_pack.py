"""The whole pack of record with answers drawn at random: complete, honest."""

from __future__ import annotations

import random

import pytest
from scoring_cases import COUNTRY, REF, answer

from assessments.pack.load import load_pack
from assessments.pack.model import Pack, Question, QuestionType
from assessments.results import Answer, AnswerState, AnswerValue, EvidenceState, Scores
from assessments.scoring import review_answers, score_assessment, set_priorities


@pytest.fixture(scope="module")
def cooperation() -> Pack:
    return load_pack("cooperation")


def value(asked: Question, rng: random.Random) -> AnswerValue:
    if asked.type is QuestionType.TABLE:
        return tuple({column.name: 1.0 for column in asked.columns} for _ in range(3))
    if asked.type is QuestionType.SELECT_MULTIPLE:
        return (rng.choice(asked.choices).name,)
    if asked.choices:
        return rng.choice(asked.choices).name
    if asked.type in (QuestionType.INTEGER, QuestionType.DECIMAL):
        return float(rng.randint(0, 200))
    return "2026-01-01"


def draw(pack: Pack, rng: random.Random, share: float) -> list[Answer]:
    """Every institution answers `share` of its questions, skip logic by the lead's answers."""
    found: list[Answer] = []
    values: dict[str, AnswerValue | None] = {}
    for asked in pack.questions:
        skipped = asked.relevant is not None and not asked.relevant.holds(values)
        for institution in asked.institutions:
            if skipped:
                found.append(answer(asked.name, None, institution, AnswerState.SKIPPED))
            elif rng.random() < share:
                given = value(asked, rng)
                seen = rng.choice(list(EvidenceState))
                found.append(answer(asked.name, given, institution, evidence_state=seen))
                if institution == asked.lead:
                    values[asked.name] = given
            else:
                found.append(answer(asked.name, None, institution))
    return found


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 1.0])
def test_any_answers_to_the_whole_pack_are_scored_honestly(cooperation: Pack, share: float) -> None:
    answers = draw(cooperation, random.Random(11), share)
    scores = score_assessment(cooperation, COUNTRY, answers, REF)
    found = set_priorities(cooperation, COUNTRY, scores, answers)
    assert len(scores.sub_dimensions) == 46
    assert Scores.model_validate_json(scores.model_dump_json()) == scores
    for score in scores.sub_dimensions:
        assert score.because
        assert (score.level is None) == (score.basis == "none")
    if share == 0:
        assert {score.level for score in scores.sub_dimensions} == {None}
        assert found.gaps == ()


def test_the_review_of_the_whole_pack_names_every_part(cooperation: Pack) -> None:
    answers = draw(cooperation, random.Random(11), 0.9)
    review = review_answers(cooperation, answers, (), REF)
    assert len(review.coverage) == 1 + 7 + 46
