"""A small store for the notebooks: the first example country, and one where only one answered.

The answers go straight into the store; reading them from workbooks is tested elsewhere.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from desk import FULL, ROUND, SPARSE, Desk

from assessments.pack.load import load_pack
from assessments.pack.model import Pack, Question, QuestionType
from assessments.paths import EXAMPLES
from assessments.results import Answer, AnswerState, AnswerValue, EvidenceState, Source
from assessments.runner.kernels import prepare_kernels
from assessments.settings import Settings
from assessments.store import Submission, open_store


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack("cooperation")


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> Iterator[Desk]:
    """XAA with every institution of the example, XAB with twelve answers of its police."""
    home = tmp_path_factory.mktemp("desk") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TANA_HOME", str(home))
        patch.delenv("TANA_DATABASE_URL", raising=False)
        with open_store(Settings(home=home)) as store:
            for iso3 in (FULL, SPARSE):
                store.open_assessment(iso3, ROUND, pack.id, pack.version, pack.digest)
            for number, sheet in enumerate(sorted((EXAMPLES / FULL).glob("*.csv"))):
                store.accept(_submission(pack, FULL, sheet, number))
            police = _submission(pack, SPARSE, EXAMPLES / SPARSE / "POL.csv", 99)
            store.accept(police.model_copy(update={"answers": police.answers[:12]}))
        yield Desk(home, prepare_kernels(home, ""))


def _submission(pack: Pack, iso3: str, sheet: Path, number: int) -> Submission:
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
