"""A country small enough to check by hand: three capabilities, five interventions.

Gaps: LAW-1 two levels (severity 4), UNIT-1 one level (severity 1). Method: the first-named
capability is lifted by one level, others by half; support cost 13 %; no monitoring or
contingency, so that hand calculation stays short.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assessments.pack.expressions import parse
from assessments.pack.method import Method
from assessments.pack.model import (
    NO_WORDS,
    Choice,
    CostShare,
    Dimension,
    Effect,
    Intervention,
    Pack,
    Question,
    QuestionType,
    SubDimension,
    TailoringRule,
    Tier,
    Words,
)
from assessments.results import (
    Answer,
    AnswerState,
    AssessmentRef,
    CountryProfile,
    Gap,
    Priorities,
    Scores,
    Sensitivity,
    Source,
    SubDimensionScore,
)

PACK_FOLDER = Path(__file__).parents[2] / "questionnaires" / "cooperation"
REF = AssessmentRef(
    iso3="XAA", round="2026", pack="small", pack_version="1", pack_digest="0", method_version="1"
)


def words(text: str) -> Words:
    return Words({"en": text}) if text else NO_WORDS


def offer(name: str, subs: str, **changes: Any) -> Intervention:
    """An intervention of 10 000 dollars and four months that needs nothing."""
    one = Intervention(
        name=name, title=words(f"Offer {name[-3:]}"), type="procedure",
        sub_dimensions=tuple(subs.split("|")), untoc_refs=(), prerequisites=(),
        prerequisite_note=NO_WORDS, in_place=None, unit="set", unit_cost_low=10_000,
        unit_cost_high=10_000, months_min=4, months_max=4, cost_basis="illustrative",
        tool=NO_WORDS, tool_year="", tool_verification="", already_used=None,
        output=words("Set handed over"), outcome=words("Used"), means_of_verification=words("Set"),
        risk=words("Nobody reads it: train two people"), sdg_target="16.6", phase=1, demand="low",
        hrddp=False, lead="CA",
    )  # fmt: skip
    return replace(one, **changes)


def rule(name: str, offers: str, when: str, effect: Effect, **changes: Any) -> TailoringRule:
    one = TailoringRule(
        name=name, interventions=tuple(offers.split("|")), when=parse(when), effect=effect,
        factor=None, how=words("in another way"), reason=words(f"Because of {name}."),
        factor_kind="resources", basis="", verification="unverified",
    )  # fmt: skip
    return replace(one, **changes)


def question(name: str, **changes: Any) -> Question:
    one = Question(
        name=name, type=QuestionType.SELECT_ONE, label=words(f"Question {name}"), hint=NO_WORDS,
        dimension="LAW", sub_dimension="LAW-1", cooperation_form="MLA", institutions=("CA", "MOJ"),
        lead="MOJ", tier=Tier.CORE,
    )  # fmt: skip
    return replace(one, **changes)


def answer(name: str, value: Any, institution: str = "MOJ") -> Answer:
    return Answer(
        id=f"ANS_XAA_2026_{institution}_{name}", question=name, institution=institution,
        state=AnswerState.ANSWERED, value=value,
        source=Source(workbook_sha256="0" * 64, sheet="LAW", cell="D5"),
    )  # fmt: skip


def score(code: str, level: float | None, target: float | None = 3.0, **changes: Any) -> Any:
    gap = None if level is None or target is None else max(0.0, target - level)
    one = SubDimensionScore(
        id=f"SC_XAA_2026_{code.replace('-', '_')}", sub_dimension=code,
        dimension=code.split("-", maxsplit=1)[0], level=level, low=level, high=level, basis="facts",
        facts_level=level, self_rated=(), aggregation="weighted_mean", knocked_out_by=(),
        coverage=1.0, evidence=None, claimed=False, divergent=False, target=target, gap=gap,
        facts=(), sensitivity=Sensitivity.PUBLIC,
    )  # fmt: skip
    return one.model_copy(update=changes)


def gap(code: str, size: float, severity: float, rank: int = 1, **changes: Any) -> Gap:
    one = Gap(
        id=f"GAP_XAA_2026_{code.replace('-', '_')}", rank=rank, sub_dimension=code,
        score=f"SC_XAA_2026_{code.replace('-', '_')}", level=3 - size, target=3, gap=size,
        severity=severity, parts=(), unmet=(), depends_on=(), robustness="robust", best_rank=rank,
        worst_rank=rank, reason="", sensitivity=Sensitivity.PUBLIC,
    )  # fmt: skip
    return one.model_copy(update=changes)


def scores_of(*given: SubDimensionScore) -> Scores:
    return Scores(
        assessment=REF, sub_dimensions=given, dimensions=(), forms=(), requirements=(),
        mandatory=(), rates=(),
    )  # fmt: skip


def priorities_of(*given: Gap) -> Priorities:
    return Priorities(assessment=REF, gaps=given, strengths=(), not_scored=())


def small_method(**design: Any) -> Method:
    """The method of record with its design section made simple enough for hand calculation."""
    read = tomllib.loads((PACK_FOLDER / "method.toml").read_text(encoding="utf-8"))
    method = Method.model_validate(read)
    simple = {
        "monitoring": method.design.monitoring.model_copy(update={"value": 0.0}),
        "contingency": method.design.contingency.model_copy(update={"value": 0.0}),
        "closure": method.design.closure.model_copy(
            update={"primary": 1.0, "further": 0.5, "by_type": {}}
        ),
        "order": (),
        "facts": {},
        "donor_tables": (),
        **design,
    }
    return method.model_copy(update={"design": method.design.model_copy(update=simple)})


SubNames = Mapping[str, str]
SUBS: SubNames = {"LAW-1": "Law on assistance", "UNIT-1": "Central unit", "CTX-6": "Absorption"}


def small_pack(
    offers: Sequence[Intervention],
    rules: Sequence[TailoringRule] = (),
    questions: Sequence[Question] = (),
    method: Method | None = None,
    subs: SubNames = SUBS,
) -> Pack:
    codes = sorted({code.split("-")[0] for code in subs})
    return Pack(
        id="small", version="1", title=words("Small"), languages=("en",),
        questions=tuple(questions),
        choice_lists={
            "institutions": (
                Choice("CA", words("Central authority")),
                Choice("MOJ", words("Ministry of justice")),
            )
        },
        dimensions=tuple(Dimension(c, words(c.title()), c, context=c == "CTX") for c in codes),
        sub_dimensions=tuple(
            SubDimension(
                code, code.split("-")[0], words(name), "MLA", ("CA",), NO_WORDS,
                (words("none"), words("some"), words("half"), words("working"), words("kept")),
            )
            for code, name in subs.items()
        ),
        requirements=(), interventions=tuple(offers), tailoring=tuple(rules),
        cost_shares=(
            CostShare("procedure", "personnel", 0.6, "month", words("Drafting.")),
            CostShare("procedure", "travel", 0.4, "trip", words("Meetings.")),
        ),
        method=method or small_method(), digest="0",
    )  # fmt: skip


COUNTRY = CountryProfile(iso3="XAA", un_name="Alphaland", fictional=True)


def two_gaps() -> tuple[Scores, Priorities]:
    """LAW-1 lacks two levels, severity 4; UNIT-1 one level, severity 1."""
    return (
        scores_of(score("LAW-1", 1.0), score("UNIT-1", 2.0), score("CTX-6", 3.0, None)),
        priorities_of(gap("LAW-1", 2.0, 4.0), gap("UNIT-1", 1.0, 1.0, rank=2)),
    )
