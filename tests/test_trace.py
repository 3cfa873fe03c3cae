"""From a printed id back to the cells: by hand-made results of a run over three questions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assessments.errors import UnknownId
from assessments.pack.model import NO_WORDS, Pack, Question, QuestionType, Tier, Words
from assessments.results import (
    Activity,
    Answer,
    AnswersReview,
    AnswerState,
    AppliedRule,
    AssessmentRef,
    Budget,
    BudgetLine,
    ChosenIntervention,
    CountryProfile,
    CoverageLine,
    FactScore,
    Gap,
    Outcome,
    Output,
    Priorities,
    ProjectDesign,
    Respondent,
    Scores,
    Sensitivity,
    Source,
    SubDimensionScore,
    Voice,
)
from assessments.store import Store, Submission, open_store
from assessments.trace import Chain, trace

SHA = "a" * 64
REF = AssessmentRef(
    iso3="XAA",
    round="2026",
    pack="cooperation",
    pack_version="1",
    pack_digest="d",
    method_version="2026.1",
)
SECRET = Sensitivity.CONFIDENTIAL


def _question(name: str, sensitivity: Sensitivity = Sensitivity.PUBLIC) -> Question:
    return Question(
        name=name,
        type=QuestionType.TEXT,
        label=Words({"en": f"Label of {name}"}),
        hint=NO_WORDS,
        dimension="STR",
        sub_dimension="STR-1",
        cooperation_form="GEN",
        institutions=("CA",),
        lead="CA",
        tier=Tier.CORE,
        sensitivity=sensitivity,
    )


PACK = Pack(
    id="cooperation",
    version="1",
    title=Words({"en": "Pack"}),
    languages=("en",),
    questions=(_question("STR_1_02"), _question("STR_1_03"), _question("STR_1_04", SECRET)),
    choice_lists={},
    dimensions=(),
    sub_dimensions=(),
    requirements=(),
    interventions=(),
    tailoring=(),
    cost_shares=(),
    method=None,
    digest="d",
)


def _answer(question: str, value: str | None, cell: str) -> Answer:
    return Answer(
        id=f"ANS_XAA_2026_CA_{question}",
        question=question,
        institution="CA",
        state=AnswerState.BLANK if value is None else AnswerState.ANSWERED,
        value=value,
        evidence="MLA Act, s. 4" if value else "",
        source=Source(workbook_sha256=SHA, sheet="STR Strategy", cell=cell),
    )


def _fact(question: str, value: str | None) -> FactScore:
    state = AnswerState.ANSWERED if value else AnswerState.BLANK
    voice = Voice(institution="CA", answer=f"ANS_XAA_2026_CA_{question}", state=state)
    return FactScore(
        question=question,
        state=state,
        score=0 if value else None,
        uncapped=0 if value else None,
        weight=1,
        knockout=False,
        disputed=False,
        evidence=None,
        voices=(voice,) if value else (),
    )


def _scores() -> Scores:
    score = SubDimensionScore(
        id="SC_XAA_2026_STR_1",
        sub_dimension="STR-1",
        dimension="STR",
        level=1.5,
        low=1,
        high=2,
        basis="facts",
        facts_level=1.5,
        self_rated=(),
        aggregation="weighted_mean",
        knocked_out_by=(),
        coverage=0.5,
        evidence=None,
        claimed=False,
        divergent=False,
        target=3,
        gap=1.5,
        facts=(_fact("STR_1_02", "no"), _fact("STR_1_03", None)),
        sensitivity=Sensitivity.PUBLIC,
    )
    return Scores(
        assessment=REF,
        sub_dimensions=(score,),
        dimensions=(),
        forms=(),
        requirements=(),
        mandatory=(),
        rates=(),
    )


def _priorities() -> Priorities:
    gap = Gap(
        id="GAP_XAA_2026_STR_1",
        rank=1,
        sub_dimension="STR-1",
        score="SC_XAA_2026_STR_1",
        level=1.5,
        target=3,
        gap=1.5,
        severity=1,
        parts=(),
        unmet=(),
        depends_on=(),
        robustness="robust",
        best_rank=1,
        worst_rank=1,
        reason="It comes first.",
        sensitivity=Sensitivity.PUBLIC,
    )
    return Priorities(assessment=REF, gaps=(gap,), strengths=(), not_scored=())


def _design() -> ProjectDesign:
    """One budget line of 2 x 500, its activity, intervention, and a rule that read a secret."""
    rule = AppliedRule(
        rule="TAI_012",
        effect="require",
        kind="legal_tradition",
        how="",
        reason="Witnesses are threatened.",
        verification="verified",
        answers=("ANS_XAA_2026_CA_STR_1_04",),
        sensitivity=SECRET,
    )
    numbers: dict[str, Any] = {
        "quantity": Decimal(2),
        "unit_cost_low": Decimal(400),
        "unit_cost_high": Decimal(600),
    }
    chosen = ChosenIntervention(
        id="INT_XAA_2026_014",
        intervention="INT_014",
        title="Draft a law",
        gaps=("GAP_XAA_2026_STR_1",),
        rules=(rule,),
        packages=("core",),
        phase=1,
        start_month=0,
        months=6,
        unit="law",
        cost=Decimal(1000),
        after=(),
        lead="CA",
        hrddp=False,
        tool="",
        tool_verification="",
        sdg_target="16.4",
        coordinate_with=(),
        benefit=1,
        why="",
        sensitivity=Sensitivity.PUBLIC,
        **numbers,
    )
    line = BudgetLine(
        id="BL_XAA_2026_1",
        activity="ACT_XAA_2026_1",
        outcome="OC_XAA_2026_1",
        category="personnel",
        description="Drafter",
        year=1,
        unit="month",
        unit_cost=Decimal(500),
        amount=Decimal(1000),
        basis="planning figure",
        **numbers,
    )
    activity = Activity(
        id="ACT_XAA_2026_1",
        output="OUT_XAA_2026_1",
        intervention="INT_XAA_2026_014",
        text="Draft",
        start_quarter=1,
        end_quarter=2,
        after=(),
        owner="CA",
    )
    output = Output(
        id="OUT_XAA_2026_1",
        outcome="OC_XAA_2026_1",
        text="A draft law",
        indicators=(),
        assumptions=(),
        sustainability="",
        activities=("ACT_XAA_2026_1",),
    )
    outcome = Outcome(
        id="OC_XAA_2026_1",
        text="CA applies the law",
        institutions=("CA",),
        gaps=("GAP_XAA_2026_STR_1",),
        indicators=(),
        assumptions=(),
        outputs=("OUT_XAA_2026_1",),
    )
    budget = Budget(
        package="core",
        currency="USD",
        lines=(line,),
        by_category=(),
        by_year=(),
        by_outcome=(),
        subtotal=Decimal(1000),
        support_rate=Decimal("0.13"),
        support_cost=Decimal(130),
        total=Decimal(1130),
    )
    return ProjectDesign(
        assessment=REF,
        country=CountryProfile(iso3="XAA", un_name="Country A", fictional=True),
        context=(),
        assumptions=(),
        title="Project",
        impact="",
        impact_indicators=(),
        outcomes=(outcome,),
        outputs=(output,),
        activities=(activity,),
        interventions=(chosen,),
        rejected=(),
        packages=(),
        frontier=(),
        budget=budget,
        risks=(),
        donors=(),
        stakeholders=(),
        months=12,
        gender_marker=1,
        gender_reason="",
        sdg_targets=(),
    )


def _review() -> AnswersReview:
    respondent = Respondent(
        institution="CA",
        workbook_sha256=SHA,
        version=1,
        received_at=datetime(2026, 11, 23, tzinfo=UTC),
        asked=3,
        answered=2,
        unusable=0,
        with_evidence=0,
    )
    line = CoverageLine(id="COV_XAA_2026_STR", part="STR", applicable=3, answered=2, coverage=0.67)
    return AnswersReview(
        assessment=REF,
        respondents=(respondent,),
        silent=(),
        states=(),
        coverage=(line,),
        divergences=(),
        attention=(),
    )


def _submission(sha256: str, first: str) -> Submission:
    return Submission(
        iso3="XAA",
        round="2026",
        institution="CA",
        workbook_sha256=sha256,
        answers=(
            _answer("STR_1_02", first, "D7"),
            _answer("STR_1_03", None, "D8"),
            _answer("STR_1_04", "name of a witness", "D9"),
        ),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """XAA 2026 with one submission and one run over it."""
    with open_store(tmp_path / "tana.db") as opened:
        opened.open_assessment("XAA", "2026", "cooperation", "1", "d")
        opened.accept(_submission(SHA, "no"))
        results = {
            "1_check_answers": _review(),
            "2_score_gaps": _scores(),
            "3_set_priorities": _priorities(),
            "4_design_project": _design(),
        }
        opened.save_run("k1", "XAA", "2026", results)
        yield opened


def _kinds(chain: Chain) -> list[str]:
    return [link.kind for link in chain.chain]


def test_budget_line_leads_to_the_cells_of_the_workbook_blank_ones_too(store: Store) -> None:
    chain = trace("BL_XAA_2026_1", store, PACK, restricted=True)
    assert _kinds(chain) == [
        "budget_line",
        "activity",
        "output",
        "outcome",
        "intervention",
        "rule",
        "gap",
        "score",
        "method",
        "answer",
        "answer",
        "answer",
    ]
    cells = {link.question: (link.sheet, link.cell, link.state) for link in chain.chain[-3:]}
    assert cells == {
        "STR_1_02": ("STR Strategy", "D7", "answered"),
        "STR_1_03": ("STR Strategy", "D8", "blank"),
        "STR_1_04": ("STR Strategy", "D9", "answered"),
    }
    first = next(link for link in chain.chain if link.question == "STR_1_02")
    assert (first.workbook_sha256, first.institution) == (SHA, "CA")
    assert (first.value, first.evidence) == ("no", "MLA Act, s. 4")
    assert "1000 USD" in chain.chain[0].text


def test_every_link_but_the_last_kind_rests_on_a_link_of_the_chain(store: Store) -> None:
    chain = trace("BL_XAA_2026_1", store, PACK, restricted=True)
    there = {link.id for link in chain.chain}
    for link in chain.chain:
        assert set(link.rests_on) <= there
        assert link.rests_on or link.kind in ("answer", "method")


def test_public_chain_shows_neither_secret_answers_nor_what_rests_on_them(store: Store) -> None:
    chain = trace("BL_XAA_2026_1", store, PACK)
    text = str(chain.document())
    assert "witness" not in text.lower()
    secret = next(link for link in chain.chain if link.question == "STR_1_04")
    assert (secret.value, secret.cell) == ("[confidential]", "D9")
    rule = next(link for link in chain.chain if link.kind == "rule")
    assert rule.text == "[confidential]"


def test_chain_of_a_run_shows_the_answers_the_run_rested_on(store: Store) -> None:
    """A correction has come in since: the old cell's value stands in the chain, with a note."""
    store.accept(_submission("b" * 64, "yes"))
    chain = trace("SC_XAA_2026_STR_1", store, PACK)
    assert "changed since" in chain.note
    (answer,) = [link for link in chain.chain if link.question == "STR_1_02"]
    assert (answer.value, answer.workbook_sha256) == ("no", SHA)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("GAP_XAA_2026_STR_1", "gap"),
        ("OC_XAA_2026_1", "outcome"),
        ("COV_XAA_2026_STR", "coverage"),
        ("TAI_012", "rule"),
    ],
)
def test_any_printed_id_starts_its_own_chain(store: Store, name: str, kind: str) -> None:
    chain = trace(name, store, PACK)
    assert (chain.chain[0].id, chain.chain[0].kind) == (name, kind)
    assert chain.chain[-1].kind == "answer"


def test_answer_is_its_own_chain_even_before_a_run(store: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "other.db") as early:
        early.open_assessment("XAA", "2026", "cooperation", "1", "d")
        early.accept(_submission(SHA, "no"))
        chain = trace("ANS_XAA_2026_CA_STR_1_03", early, PACK)
    assert chain.run == ""
    assert chain.document()["chain"] == [
        {
            "kind": "answer",
            "id": "ANS_XAA_2026_CA_STR_1_03",
            "text": "Label of STR_1_03",
            "sensitivity": "public",
            "rests_on": [],
            "workbook_sha256": SHA,
            "file_name": "",
            "sheet": "STR Strategy",
            "cell": "D8",
            "institution": "CA",
            "question": "STR_1_03",
            "state": "blank",
            "evidence_state": "stated_only",
        }
    ]


@pytest.mark.parametrize("name", ["BL_XAA_2026_2", "BL_XZZ_2026_1", "nonsense", "a b; c"])
def test_unknown_id_is_answered_with_what_to_do(store: Store, name: str) -> None:
    with pytest.raises(UnknownId, match=f"No result prints the id {name}") as caught:
        trace(name, store, PACK)
    assert caught.value.remedy
    if name == "BL_XAA_2026_2":
        assert "BL_XAA_2026_1" in caught.value.remedy
