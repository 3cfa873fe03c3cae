"""Submissions as the workbook reader would hand them over, for the tests of the store."""

from __future__ import annotations

import hashlib
from pathlib import Path

from assessments.results import Answer, AnswerState, AnswerValue, EvidenceState, Source
from assessments.store import Store, Submission

PACK = ("cooperation", "2026.1", "d" * 64)
SHA = {letter: letter * 64 for letter in "abcdef"}


def keep_original(store: Store, content: bytes, folder: Path) -> str:
    """Put a file among the originals as intake does; returns its SHA-256."""
    file = folder / "mail.xlsx"
    file.write_bytes(content)
    incoming = store.originals.take(file, limit=1000)
    store.originals.keep(incoming)
    assert incoming.sha256 == hashlib.sha256(content).hexdigest()
    return incoming.sha256


def answer(
    question: str,
    value: AnswerValue | None = "yes",
    *,
    institution: str = "CA",
    state: AnswerState | None = None,
    cell: str = "D7",
    **more: str,
) -> Answer:
    """One answer as the workbook reader would hand it over."""
    given = AnswerState.BLANK if value is None else AnswerState.ANSWERED
    return Answer(
        id=f"ANS_XAA_2026_{institution}_{question}",
        question=question,
        institution=institution,
        state=state or given,
        value=value if (state or given) is AnswerState.ANSWERED else None,
        evidence_state=EvidenceState.STATED,
        source=Source(workbook_sha256="", sheet="STR", cell=cell),
        **more,  # type: ignore[arg-type]
    )


def submission(
    sha256: str, *answers: Answer, institution: str = "CA", round_: str = "2026"
) -> Submission:
    """One institution's file for XAA."""
    return Submission(
        iso3="XAA",
        round=round_,
        institution=institution,
        workbook_sha256=sha256,
        answers=answers,
        file_name=f"{institution}.xlsx",
    )
