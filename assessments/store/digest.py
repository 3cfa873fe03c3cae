"""Digests: what makes two things the same, and an edit visible."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping

from assessments.results import Answer, AnswerValue
from assessments.store.columns import storable

AnswerColumns = dict[str, str | int | None]
Row = Mapping[str, Any] | RowMapping  # a row as it goes into a table or comes out of it

# The columns of `answer` that make up its content and place, in the order they are hashed.
CONTENT = (
    "question",
    "state",
    "value",
    "raw",
    "evidence",
    "evidence_class",
    "evidence_state",
    "comment",
)
STORED = ("ordinal", "printed_id", *CONTENT, "sheet", "cell")


def canonical(document: object) -> str:
    """JSON with one spelling for one content."""
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def sha256_text(text: str) -> str:
    """SHA-256 of `text` in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def value_json(value: AnswerValue | None) -> str | None:
    """An answer's value as it is stored in column `value`."""
    return None if value is None else storable(canonical(value))


def answer_columns(answer: Answer, ordinal: int) -> AnswerColumns:
    """The columns of one answer, as they are stored and hashed."""
    return {
        "ordinal": ordinal,
        "printed_id": answer.id,
        "question": answer.question,
        "state": answer.state.value,
        "value": value_json(answer.value),
        "raw": storable(answer.raw),
        "evidence": storable(answer.evidence),
        "evidence_class": storable(answer.evidence_class),
        "evidence_state": answer.evidence_state.value,
        "comment": storable(answer.comment),
        "sheet": storable(answer.source.sheet),
        "cell": storable(answer.source.cell),
    }


def _digest(rows: Iterable[Sequence[object]]) -> str:
    sealed = hashlib.sha256()
    for row in rows:
        sealed.update(canonical(row).encode("utf-8"))
        sealed.update(b"\n")
    return sealed.hexdigest()


def content_digest(rows: Iterable[Row]) -> str:
    """Digest of what was answered, wherever in the workbook it stood and however it was zipped."""
    return _digest(sorted(tuple(str(row[name] or "") for name in CONTENT) for row in rows))


def stored_digest(rows: Iterable[Row]) -> str:
    """Digest of every stored column of every answer, in the order of the workbook."""
    return _digest([row[name] for name in STORED] for row in rows)
