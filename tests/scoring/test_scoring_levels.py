"""The worked examples of `examples/levels.md`, which an assessor can check by hand and correct."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from scoring_cases import COUNTRY, REF, answer, evidence, method, pack, question, rating, reasoned

from assessments.pack.model import Question
from assessments.results import Answer, AnswerState
from assessments.scoring import score_assessment

EXAMPLES = Path(__file__).parent / "examples" / "levels.md"
Row = dict[str, str]


def tables(section: str) -> list[list[Row]]:
    """The Markdown tables of one example, a dictionary a row."""
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


def sections() -> list[tuple[str, str]]:
    parts = re.split(r"^## (.+)$", EXAMPLES.read_text("utf-8"), flags=re.M)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def asked(row: Row) -> Question:
    changes = {
        "weight": float(row["weight"]),
        "knockout": "knockout" in row["marks"],
        "existence": "existence" in row["marks"],
        "asked_if": row.get("asked if", ""),
    }
    if row["marks"] == "rating":
        return rating(row["question"], **changes)
    if row["marks"] == "unscored":
        changes["score"] = ""
    return question(row["question"], **changes)


def said(row: Row) -> list[Answer]:
    found = []
    for institution in ("CA", "PROS", "POL", "AGREED"):
        cell = row.get(institution, "")
        if cell.isdigit():
            seen = evidence(row["evidence"]) if institution != "AGREED" else {}
            found.append(answer(row["question"], cell, institution, **seen))
        elif cell:
            found.append(answer(row["question"], None, institution, AnswerState(cell)))
    return found


def shown(value: float | None) -> str:
    return "none" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


@pytest.mark.parametrize(("name", "section"), sections(), ids=[name for name, _ in sections()])
def test_the_worked_example_holds(name: str, section: str) -> None:
    facts, [expected] = tables(section)
    rule = re.search(r"^Rule: (\w+)$", section, flags=re.M)
    changes = {}
    if rule:
        aggregation = method().model_dump(mode="json")["aggregation"]
        changes["aggregation"] = {**aggregation, "default": reasoned(rule[1])}
    small = pack([asked(row) for row in facts], method_=method(**changes))
    answers = [item for row in facts for item in said(row)]
    [score] = score_assessment(small, COUNTRY, answers, REF).sub_dimensions
    found = {
        "level": shown(score.level),
        "low": shown(score.low),
        "high": shown(score.high),
        "facts level": shown(score.facts_level),
        "coverage": shown(score.coverage),
        "basis": score.basis,
        "claimed": "yes" if score.claimed else "no",
        "divergent": "yes" if score.divergent else "no",
        "knocked out by": " ".join(score.knocked_out_by),
    }
    because = expected.pop("because", "")
    assert {key: found[key] for key in expected} == expected
    assert because in score.because
