"""The public edition gives no restricted answer away: it is computed from public answers alone.

Whatever is answered to questions that are not public, the public edition is the same, value by
value and word by word.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document
from example_answers import ROUND, example_submissions

from assessments.pack.load import load_pack
from assessments.pack.model import Pack, Question
from assessments.reference import country
from assessments.report import Provenance, ReportInputs, write_report
from assessments.results import (
    Answer,
    AnswerState,
    AssessmentRef,
    Respondent,
    Sensitivity,
    Verdict,
)
from assessments.runner.material import Material, counted
from assessments.scoring.publication import closed_parts, closed_questions, public_answers
from flows.compute import Results, compute
from flows.public_edition import compute_public, public_documents

ISO = "XAD"


@pytest.fixture(scope="module")
def material() -> Material:
    pack = load_pack("cooperation")
    given = example_submissions(pack, ISO)
    answers = tuple(answer for one in given for answer in one.answers)
    bare = Material(
        ref=AssessmentRef(
            iso3=ISO, round=ROUND, pack=pack.id, pack_version=pack.version,
            pack_digest=pack.digest, method_version=pack.method.version if pack.method else "",
        ),
        pack=pack,
        country=country(ISO),
        answers=answers,
        respondents=tuple(
            Respondent(
                institution=one.institution, workbook_sha256=one.workbook_sha256, version=1,
                received_at=datetime(2026, 3, 4, tzinfo=UTC),
                asked=0, answered=0, unusable=0, with_evidence=0,
            )
            for one in given
        ),
    )  # fmt: skip
    return replace(bare, respondents=counted(bare, answers))


@pytest.fixture(scope="module")
def public(material: Material) -> Results:
    return compute_public(material)


def _withheld(answer: Answer, question: Question) -> Answer:
    return answer.model_copy(update={"state": AnswerState.WITHHELD, "value": None})


def _other(answer: Answer, question: Question) -> Answer:
    """Another answer at random, of any state."""
    draw = random.Random(answer.id)
    names = [choice.name for choice in question.choices]
    if not names or draw.random() < 0.2:
        return _withheld(answer, question)
    return answer.model_copy(
        update={"state": AnswerState.ANSWERED, "value": draw.choice(names), "raw": ""}
    )


def _with_secrets(material: Material, change: Callable[[Answer, Question], Answer]) -> Material:
    """The same country with other answers to what is not public, and to what follows from it."""
    closed = closed_questions(material.pack)
    answers = tuple(
        change(one, material.pack.question[one.question]) if one.question in closed else one
        for one in material.answers
    )
    return replace(material, answers=answers, respondents=counted(material, answers))


@pytest.mark.parametrize("change", [_withheld, _other])
def test_another_confidential_answer_changes_no_value_of_the_public_edition(
    material: Material, public: Results, change: Callable[[Answer, Question], Answer]
) -> None:
    other = _with_secrets(material, change)
    assert compute(other).scores != compute(material).scores  # else the test proves nothing
    assert compute_public(other) == public


def test_another_confidential_answer_changes_no_word_of_the_public_report(
    material: Material, public: Results, tmp_path: Path
) -> None:
    other = _with_secrets(material, _other)
    first = write_report(_inputs(material, public), tmp_path / "first.docx").docx
    second = write_report(_inputs(other, compute_public(other)), tmp_path / "second.docx").docx
    assert _words(first) == _words(second)


def _inputs(material: Material, results: Results) -> ReportInputs:
    return ReportInputs(
        pack=material.pack,
        country=results.design.country,
        review=results.review,
        scores=results.scores,
        priorities=results.priorities,
        design=results.design,
        answers=public_answers(material.pack, material.answers),
        provenance=Provenance("9f" * 32, datetime(2026, 4, 2, tzinfo=UTC), "0"),
    )


def _words(path: Path) -> list[str]:
    """Every text of the Word file and of its pictures' alternative texts."""
    body = Document(str(path)).element.body
    return [e.text or "" for e in body.iter() if str(e.tag).endswith("}t")] + [
        e.get("descr", "") for e in body.iter() if str(e.tag).endswith("}docPr")
    ]


def test_what_is_not_told_is_marked_and_neither_unknown_nor_asked_for_again(
    material: Material, public: Results
) -> None:
    """Witness protection (OPS-9) rests on restricted questions alone, strategy (STR-1) on none."""
    by_code = {score.sub_dimension: score for score in public.scores.sub_dimensions}
    hidden = by_code["OPS-9"]
    assert (hidden.level, hidden.coverage, hidden.because) == (None, None, "")
    assert hidden.sensitivity is Sensitivity.CONFIDENTIAL
    assert by_code["STR-1"].sensitivity is Sensitivity.PUBLIC
    assert "OPS-9" not in {n.sub_dimension for n in public.priorities.not_scored}
    judged = sum(line.count for line in public.scores.mandatory)
    assert judged < sum(line.count for line in compute(material).scores.mandatory)


def test_a_level_with_some_closed_questions_says_that_it_rests_on_the_public_ones(
    material: Material, public: Results
) -> None:
    partly = [
        score
        for score in public.scores.sub_dimensions
        if score.sub_dimension in closed_parts(material.pack) and score.level is not None
    ]
    assert partly
    assert all("the level rests on public answers" in score.because for score in partly)
    assert all(score.sensitivity is Sensitivity.PUBLIC for score in partly)


def test_a_profile_line_leaves_out_what_is_not_told(public: Results) -> None:
    """Context rests on restricted questions alone; operational procedures has two such parts."""
    lines = {line.code: line for line in public.scores.dimensions}
    assert (lines["CTX"].level, lines["CTX"].scored) == (None, 0)
    assert lines["CTX"].sensitivity is not Sensitivity.PUBLIC
    told = [
        score
        for score in public.scores.sub_dimensions
        if score.dimension == "OPS" and score.sensitivity is Sensitivity.PUBLIC
    ]
    assert (len(told), lines["OPS"].of) == (7, 9)
    assert lines["OPS"].scored == sum(score.level is not None for score in told)


def test_everything_in_the_public_design_is_public(public: Results) -> None:
    design = public.design
    marked = (*design.interventions, *design.rejected, *design.activities, *design.budget.lines)
    assert {one.sensitivity for one in marked} == {Sensitivity.PUBLIC}
    assert design.restricted_facts == ()


def test_a_public_question_that_a_closed_one_brings_up_is_closed_too() -> None:
    """Being asked or skipped would tell the answer; so would what is asked only after it."""
    pack = load_pack("cooperation")
    secret = next(q.name for q in pack.questions if q.sensitivity is Sensitivity.CONFIDENTIAL)
    follows = next(
        q.relevant for q in pack.questions if q.relevant is not None and q.sub_dimension == "STR-1"
    )
    first = next(iter(follows.names))
    changed = _marked(pack, {first: Sensitivity.CONFIDENTIAL})
    after = {q.name for q in pack.questions if q.relevant and first in q.relevant.names}
    assert after
    assert {first, secret} | after <= closed_questions(changed)


def _marked(pack: Pack, marks: dict[str, Sensitivity]) -> Pack:
    return replace(
        pack,
        questions=tuple(
            replace(q, sensitivity=marks.get(q.name, q.sensitivity)) for q in pack.questions
        ),
    )


def test_a_paragraph_is_untold_where_closed_answers_decide_it(
    material: Material, public: Results
) -> None:
    closed = closed_questions(material.pack)
    for status in public.scores.requirements:
        if status.question in closed:
            assert status.verdict in (Verdict.UNKNOWN, Verdict.NOT_APPLICABLE, Verdict.MET)
            assert status.voices == ()


def test_there_is_no_public_edition_of_a_run_whose_notebooks_compute_otherwise(
    material: Material,
) -> None:
    found = compute(material)
    documents = found.documents()
    assert Results.stored(public_documents(material, None, documents), "public_") == (
        compute_public(material)
    )
    strengths = found.priorities.model_copy(update={"strengths": ()})
    changed = replace(found, priorities=strengths).documents()
    assert public_documents(material, None, changed) == {}
