"""The answers of an example country as submissions, without workbooks.

Reading them from workbooks is tested elsewhere.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from assessments.pack.model import Pack, Question, QuestionType
from assessments.paths import EXAMPLES
from assessments.results import Answer, AnswerState, AnswerValue, EvidenceState, Source
from assessments.store import Submission

ROUND = "2026"


def example_submissions(pack: Pack, iso3: str) -> tuple[Submission, ...]:
    """One submission of each institution of an example country."""
    sheets = sorted((EXAMPLES / iso3).glob("*.csv"))
    return tuple(submission(pack, iso3, sheet, number) for number, sheet in enumerate(sheets))


def submission(pack: Pack, iso3: str, sheet: Path, number: int) -> Submission:
    with sheet.open(encoding="utf-8", newline="") as file:
        rows = {row["question"]: row for row in csv.DictReader(file) if not row["item"]}
    asked = [question for question in pack.asked_of(sheet.stem) if not question.columns]
    return Submission(
        iso3=iso3,
        round=ROUND,
        institution=sheet.stem,
        workbook_sha256=f"{number:064d}",
        answers=tuple(
            _answer(question, rows.get(question.name, {}), iso3, sheet.stem, place)
            for place, question in enumerate(asked, start=5)
        ),
    )


def _answer(
    question: Question, row: Mapping[str, str], iso3: str, institution: str, place: int
) -> Answer:
    typed = row.get("value", "")
    value = _value(question, typed)
    state = AnswerState(row.get("no_answer_because") or "blank")
    if typed:
        state = AnswerState.UNUSABLE if value is None else AnswerState.ANSWERED
    return Answer(
        id=f"ANS_{iso3}_{ROUND}_{institution}_{question.name}",
        question=question.name,
        institution=institution,
        state=state,
        value=value if state is AnswerState.ANSWERED else None,
        raw=typed if state is AnswerState.UNUSABLE else "",
        evidence=row.get("evidence", ""),
        evidence_class=row.get("evidence_class", ""),
        evidence_state=EvidenceState.STATED,
        source=Source(workbook_sha256="", sheet=question.dimension, cell=f"D{place}"),
    )


def _value(question: Question, typed: str) -> AnswerValue | None:
    if question.type in {QuestionType.INTEGER, QuestionType.DECIMAL}:
        return float(typed) if typed.replace(".", "", 1).isdigit() else None
    names = {choice.name for choice in question.choices}
    if question.type is QuestionType.SELECT_MULTIPLE:
        chosen = tuple(typed.replace("|", " ").split())
        return chosen if chosen and set(chosen) <= names else None
    return typed if not names or typed in names else None
