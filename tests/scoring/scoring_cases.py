"""Small packs and answers for the scoring tests, written as an assessor would: in tables.

`method()` is a plain method with round figures of its own, so that a worked example stays right
when the method of record changes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assessments.pack.expressions import parse
from assessments.pack.method import Method
from assessments.pack.model import (
    Choice,
    Dimension,
    Obligation,
    Pack,
    Question,
    QuestionType,
    Requirement,
    SubDimension,
    Tier,
    Words,
)
from assessments.pack.scores import parse_score
from assessments.paths import QUESTIONNAIRES
from assessments.results import (
    Answer,
    AnswerState,
    AnswerValue,
    AssessmentRef,
    CountryProfile,
    EvidenceState,
    Source,
)

REF = AssessmentRef(
    iso3="XAA",
    round="2026",
    pack="small",
    pack_version="1",
    pack_digest="0" * 64,
    method_version="test",
)
COUNTRY = CountryProfile(iso3="XAA", un_name="Example")
LEVELS = ("0", "1", "2", "3", "4")


def text(words: str) -> Words:
    return Words({"en": words})


def reasoned(value: Any) -> dict[str, Any]:
    return {"value": value, "reason": "test"}


def method(**changes: Any) -> Method:
    """A plain method; `changes` replace whole sections."""
    out = {"not_applicable", "skipped"}
    sections: dict[str, Any] = {
        "version": "test",
        "date": "2026-01-01",
        "pack": "small",
        "scale": {
            "names": ["absent", "initial", "partial", "functional", "sustained"],
            "reason": "test",
        },
        "states": {
            state.value: {"counts_in_denominator": state.value not in out, "reason": "test"}
            for state in AnswerState
        },
        "existence": {"cap": 3, "lifted_by": ["funded_use"], "reason": "test"},
        "knockout": {"cap": 1, "fails_at": 0, "reason": "test"},
        "published": reasoned("established"),
        "coverage": {"floor": reasoned(0.6), "sub_dimension_floor": reasoned(0.5)},
        "minimum_facts": reasoned(2),
        "weights": {
            "dimension": {"A": reasoned(1), "B": reasoned(1)},
            "sub_dimension": {"default": reasoned(1)},
        },
        "aggregation": {
            "default": reasoned("weighted_mean"),
            "profile": reasoned("weighted_mean"),
            "methods": {
                name: {"source": "test", "limits": "test"}
                for name in ("weighted_mean", "weakest_link", "pefa_m2", "geometric_mean")
            },
        },
        "evidence": {
            "claimed_from": reasoned(3),
            "lifts_claim": reasoned(["document_seen", "expert_observed"]),
        },
        "divergence": reasoned(2),
        "targets": {"default": reasoned(3)},
        "interval": {
            "width": {
                "document_seen": reasoned(0),
                "expert_observed": reasoned(0.5),
                "stated_only": reasoned(1),
            }
        },
        "simulation": {
            "draws": reasoned(2000),
            "seed": reasoned(7),
            "weight_spread": reasoned(0.2),
            "top": reasoned(2),
            "robust_from": reasoned(0.8),
        },
        "small_numbers": {"cases": reasoned(10), "protected": reasoned(5) | {"forms": ["WIT"]}},
        "priorities": {
            "weight_of_severity": reasoned(1),
            "compliance_factor": reasoned(1.5),
            "breadth_step": reasoned(0.05),
            "breadth_cap": reasoned(1.5),
            "enabling_step": reasoned(0.1),
            "enabling_cap": reasoned(1.5),
            "tie_within": reasoned(0.05),
            "national_priority": reasoned("A_1_99"),
            "weight_shift": reasoned(0.2),
            "weak_evidence_coverage": reasoned(0.6),
        },
        "forms": {"formal": {"reason": "test"}},
        "tiers": {"core": reasoned(40), "standard": reasoned(80)},
        "design": _design(),
    }
    return Method.model_validate({**sections, **changes})


def _design() -> dict[str, Any]:
    """Scoring reads nothing of the design section: the one of record serves."""
    shipped = QUESTIONNAIRES / "cooperation" / "method.toml"
    return tomllib.loads(shipped.read_text("utf-8"))["design"]  # type: ignore[no-any-return]


def question(name: str, **changes: Any) -> Question:
    """A question of sub-dimension A-1 answered by its level, led by CA."""
    sub = changes.pop("sub", "A-1")
    score = changes.pop("score", "level")
    asked_if = changes.pop("asked_if", "")
    fields: dict[str, Any] = {
        "type": QuestionType.SELECT_ONE,
        "label": text(name),
        "hint": text(""),
        "dimension": sub.split("-")[0],
        "sub_dimension": sub,
        "cooperation_form": "MLA",
        "institutions": ("CA", "PROS", "POL", "EXPERT"),
        "lead": "CA",
        "tier": "core",
        "choices": tuple(Choice(level, text(level)) for level in LEVELS),
        "score": parse_score(score) if score else None,
        "relevant": parse(asked_if) if asked_if else None,
        **changes,
    }
    fields["tier"] = Tier(fields["tier"])
    return Question(name=name, **fields)


def rating(name: str = "A_1_01", sub: str = "A-1", **changes: Any) -> Question:
    """The self-rating of a sub-dimension."""
    return question(name, sub=sub, type=QuestionType.LEVEL, **changes)


def pack(
    questions: Sequence[Question],
    requirements: Sequence[Requirement] = (),
    method_: Method | None = None,
    context: Iterable[str] = (),
) -> Pack:
    """A pack of these questions; sub-dimensions and dimensions follow from them."""
    codes = sorted({q.sub_dimension for q in questions})
    dimensions = sorted({code.split("-")[0] for code in codes})
    level_texts = tuple(text(f"level {level}") for level in LEVELS)
    institutions = ("CA", "PROS", "POL", "EXPERT")
    return Pack(
        id="small",
        version="1",
        title=text("Small"),
        languages=("en",),
        questions=tuple(questions),
        choice_lists={
            "institutions": tuple(Choice(code, text(code)) for code in institutions),
            "cooperation_forms": (
                Choice("LEC", text("Police"), "informal"),
                Choice("MLA", text("Mutual legal assistance"), "formal"),
            ),
        },
        dimensions=tuple(
            Dimension(code, text(f"Dimension {code}"), "", code in context) for code in dimensions
        ),
        sub_dimensions=tuple(
            SubDimension(
                code=code,
                dimension=code.split("-")[0],
                name=text(f"Part {code}"),
                cooperation_form="MLA",
                institutions=("CA",),
                indicators=text(""),
                levels=level_texts,  # type: ignore[arg-type]
            )
            for code in codes
        ),
        requirements=tuple(requirements),
        interventions=(),
        tailoring=(),
        cost_shares=(),
        method=method_ or method(),
        digest="0" * 64,
    )


def answer(
    question_: str,
    value: AnswerValue | None = None,
    institution: str = "CA",
    state: AnswerState | None = None,
    **changes: Any,
) -> Answer:
    """One answer; without a value it is blank, unless a state says otherwise."""
    if state is None:
        state = AnswerState.BLANK if value is None else AnswerState.ANSWERED
    return Answer(
        id=f"ANS_XAA_2026_{institution}_{question_}",
        question=question_,
        institution=institution,
        state=state,
        value=value if state is AnswerState.ANSWERED else None,
        source=Source(workbook_sha256="a" * 64, sheet="s", cell="D5"),
        **changes,
    )


def requirement(name: str, question_: str = "", **changes: Any) -> Requirement:
    """A mandatory paragraph met by level 4, partly by 2, not met by 0."""
    applies = changes.pop("applies", "")
    fields: dict[str, Any] = {
        "article": "18",
        "article_title": text("Mutual legal assistance"),
        "ref": name,
        "text": text(name),
        "obligation": "mandatory",
        "alternative_group": "",
        "cooperation_form": "MLA",
        "dimension": "A",
        "sub_dimension": "A-1",
        "institutions": ("CA",),
        "check_type": "law",
        "question": question_,
        "met": "4",
        "partly": "2",
        "not_met": "0",
        "applies": parse(applies) if applies else None,
        **changes,
    }
    fields["obligation"] = Obligation(fields["obligation"])
    return Requirement(name=name, **fields)


def evidence(word: str) -> Mapping[str, Any]:
    """The evidence column of a worked example: a state, or `funded_use` (a document seen)."""
    if word == "funded_use":
        return {"evidence_class": word, "evidence_state": EvidenceState.SEEN, "evidence": "EV_1"}
    return {"evidence_state": EvidenceState(word)} if word else {}
