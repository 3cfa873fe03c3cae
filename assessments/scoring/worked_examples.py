"""Worked examples: small cases in tables that an assessor can check by hand, and correct.

`examples/levels.md` ships with tana. Each example is one sub-dimension: its questions, what was
said, and the level that follows. The self-check scores them anew and names every difference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.pack.expressions import parse
from assessments.pack.method import Method
from assessments.pack.model import (
    Choice,
    Dimension,
    Pack,
    Question,
    QuestionType,
    SubDimension,
    Tier,
    Words,
)
from assessments.pack.scores import parse_score
from assessments.results import (
    Answer,
    AnswerState,
    AssessmentRef,
    CountryProfile,
    EvidenceState,
    Source,
    SubDimensionScore,
)
from assessments.scoring.assess import score_assessment

Row = Mapping[str, str]
_SPEAKERS = ("CA", "PROS", "POL", "AGREED")
_LEVELS = ("0", "1", "2", "3", "4")
_PART = "A-1"


@dataclass(frozen=True, slots=True)
class Example:
    """One case: name, the aggregation it names (or ""), questions, and what should follow."""

    name: str
    rule: str
    facts: tuple[Row, ...]
    expected: Row


@dataclass(frozen=True, slots=True)
class Difference:
    """One value of an example that came out otherwise."""

    example: str
    what: str
    expected: str
    found: str


def read_examples(text: str) -> tuple[Example, ...]:
    """The examples of a Markdown text: a heading each, two tables, and perhaps `Rule: name`."""
    parts = re.split(r"^## (.+)$", text, flags=re.M)[1:]
    found = []
    for name, section in zip(parts[::2], parts[1::2], strict=True):
        facts, [expected] = _tables(section)
        rule = re.search(r"^Rule: (\w+)$", section, flags=re.M)
        found.append(Example(name, rule[1] if rule else "", tuple(facts), expected))
    return tuple(found)


def example_method(base: Method, sections: Mapping[str, Any]) -> Method:
    """`base` with the sections that the examples state for themselves."""
    raw = base.model_dump(mode="json")
    aggregation = {**raw["aggregation"], "overrides": {}, **sections.get("aggregation", {})}
    return Method.model_validate({**raw, **sections, "aggregation": aggregation})


def check_example(example: Example, method: Method) -> tuple[Difference, ...]:
    """What comes out otherwise than the example says; nothing where it holds."""
    score = score_example(example, method)
    found = {
        "level": _shown(score.level),
        "low": _shown(score.low),
        "high": _shown(score.high),
        "facts level": _shown(score.facts_level),
        "coverage": _shown(score.coverage),
        "basis": score.basis,
        "claimed": "yes" if score.claimed else "no",
        "divergent": "yes" if score.divergent else "no",
        "knocked out by": " ".join(score.knocked_out_by),
    }
    differences = [
        Difference(example.name, key, value, found[key])
        for key, value in example.expected.items()
        if key != "because" and found[key] != value
    ]
    because = example.expected.get("because", "")
    if because not in score.because:
        differences.append(Difference(example.name, "because", because, score.because))
    return tuple(differences)


def score_example(example: Example, method: Method) -> SubDimensionScore:
    """The example's sub-dimension, scored."""
    if example.rule:
        raw = method.model_dump(mode="json")
        raw["aggregation"]["default"]["value"] = example.rule
        method = Method.model_validate(raw)
    ref = AssessmentRef(
        iso3="XAA", round="2026", pack="examples", pack_version="", pack_digest="",
        method_version=method.version,
    )  # fmt: skip
    answers = [answer for row in example.facts for answer in _answers(row)]
    country = CountryProfile(iso3="XAA", un_name="Example", fictional=True)
    [score] = score_assessment(_pack(example, method), country, answers, ref).sub_dimensions
    return score


def _tables(section: str) -> list[list[Row]]:
    """The Markdown tables of one example, a mapping a row."""
    found: list[list[Row]] = []
    header: list[str] | None = None
    for line in section.splitlines():
        if not line.startswith("|"):
            header = None
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if header is None:
            header = cells
            found.append([])
        elif set(line) - set("|- "):
            found[-1].append(dict(zip(header, cells, strict=True)))
    return found


def _pack(example: Example, method: Method) -> Pack:
    levels = tuple(Words({"en": f"level {level}"}) for level in _LEVELS)
    nothing = Words({"en": ""})
    return Pack(
        id="examples",
        version="1",
        title=Words({"en": "Worked examples"}),
        languages=("en",),
        questions=tuple(_question(row) for row in example.facts),
        choice_lists={},
        dimensions=(Dimension("A", Words({"en": "A"}), "", context=False),),
        sub_dimensions=(
            SubDimension(_PART, "A", Words({"en": _PART}), "", ("CA",), nothing, levels),  # type: ignore[arg-type]
        ),
        requirements=(),
        interventions=(),
        tailoring=(),
        cost_shares=(),
        method=method,
        digest="",
    )


def _question(row: Row) -> Question:
    is_rating, asked_if = row["marks"] == "rating", row.get("asked if", "")
    return Question(
        name=row["question"],
        type=QuestionType.LEVEL if is_rating else QuestionType.SELECT_ONE,
        label=Words({"en": row["question"]}),
        hint=Words({"en": ""}),
        dimension="A",
        sub_dimension=_PART,
        cooperation_form="",
        institutions=("CA", "PROS", "POL"),
        lead="CA",
        tier=Tier.CORE,
        choices=tuple(Choice(level, Words({"en": level})) for level in _LEVELS),
        score=None if row["marks"] == "unscored" else parse_score("level"),
        relevant=parse(asked_if) if asked_if else None,
        weight=float(row["weight"]),
        knockout="knockout" in row["marks"],
        existence="existence" in row["marks"],
    )


def _answers(row: Row) -> list[Answer]:
    found = []
    for institution in _SPEAKERS:
        cell = row.get(institution, "")
        if cell:
            known = cell.isdigit()
            seen = row["evidence"] if known and institution != "AGREED" else ""
            found.append(_answer(row["question"], institution, cell if known else "", cell, seen))
    return found


def _answer(question: str, institution: str, value: str, state: str, seen: str) -> Answer:
    """One answer; `seen` is an evidence state, or `funded_use` (a document that shows it)."""
    funded = seen == "funded_use"
    evidence = EvidenceState.SEEN if funded else EvidenceState(seen or "stated_only")
    return Answer(
        id=f"ANS_XAA_2026_{institution}_{question}",
        question=question,
        institution=institution,
        state=AnswerState.ANSWERED if value else AnswerState(state),
        value=value or None,
        evidence="document" if funded else "",
        evidence_class=seen if funded else "",
        evidence_state=evidence,
        source=Source(workbook_sha256="", sheet="examples", cell="A1"),
    )


def _shown(value: float | None) -> str:
    return "none" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")
