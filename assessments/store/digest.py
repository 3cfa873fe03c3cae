"""Digests: what makes two things the same, and an edit visible."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring
from math import isfinite
from typing import Any

from sqlalchemy import RowMapping

from assessments.results import Answer, AnswerValue
from assessments.store.columns import storable

AnswerRow = tuple[Any, ...]  # one answer's stored columns, in the order of STORED
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
_NUL = rb"\u0000"  # as JSON writes it
STORED = ("ordinal", "printed_id", *CONTENT, "sheet", "cell")


def canonical(document: object) -> str:
    """JSON with one spelling for one content."""
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def sha256_text(text: str) -> str:
    """SHA-256 of `text` in UTF-8, in hexadecimal."""
    return _sha256(text.encode("utf-8"))


def file_digest(submission: Row) -> str:
    """Digest of what a submission says of its file: name, size, language and tier.

    The trail is kept for good, and a file's name may be telling: it holds the digest only.
    """
    said = (submission[name] for name in ("file_name", "size", "language", "tier"))
    return sha256_text(canonical([*said]))


def value_json(value: AnswerValue | None) -> str | None:
    """An answer's value as it is stored in column `value`."""
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, float) and isfinite(value):
        return repr(value)
    return None if value is None else canonical(value)


def answer_row(answer: Answer, ordinal: int) -> AnswerRow:
    """One answer's columns as they are stored and hashed, in the order of STORED."""
    return _storable(_columns(answer, ordinal))


def rows_and_digests(answers: Iterable[Answer]) -> tuple[list[AnswerRow], tuple[str, str]]:
    """`answer_row` of each answer, and `digests` of them all.

    Whether a text must be changed to be stored is asked of all texts at once.
    """
    rows = [_columns(answer, place) for place, answer in enumerate(answers)]
    try:
        content, stored = (text.encode() for text in _texts(rows))
    except UnicodeEncodeError:  # a lone surrogate
        pass
    else:
        if _NUL not in stored:
            return rows, (_sha256(content), _sha256(stored))
    rows = [_storable(row) for row in rows]
    return rows, digests(rows)


def digests(rows: Iterable[AnswerRow]) -> tuple[str, str]:
    """The digests of a submission's answers: of what was answered, and of all that is stored.

    The first is the same wherever in the workbook an answer stood and however the file was zipped;
    the second covers every stored column, in the order of the workbook. Both hash one canonical
    JSON list a line; a missing value is "" in the first.
    """
    content, stored = _texts(rows)
    return _sha256(content.encode()), _sha256(stored.encode())


def _columns(answer: Answer, ordinal: int) -> AnswerRow:
    source = answer.source
    return (
        ordinal,
        answer.id,
        answer.question,
        answer.state._value_,  # `value` takes five times as long, for each answer
        value_json(answer.value),
        answer.raw,
        answer.evidence,
        answer.evidence_class,
        answer.evidence_state._value_,
        answer.comment,
        source.sheet,
        source.cell,
    )


def _storable(row: AnswerRow) -> AnswerRow:
    """The columns that come from a workbook as both databases can hold them."""
    return (*row[:4], *(None if text is None else storable(text) for text in row[4:]))


def _texts(rows: Iterable[AnswerRow]) -> tuple[str, str]:
    """What the two digests hash. A question has one answer, so content is in its order."""
    quoted = encode_basestring
    stored, contents = [], []
    known: dict[AnswerRow, str] = {}  # few answers have evidence or a comment of their own
    for row in rows:
        ordinal, printed, question, state, value = row[:5]
        others, sheet, cell = row[5:10], row[10], row[11]
        rest = known.get(others)
        if rest is None:
            rest = known[others] = ",".join(map(quoted, others))
        asked = f"{quoted(question)},{quoted(state)}"
        said = quoted(value or "")
        kept = "null" if value is None else said
        contents.append((question, f"[{asked},{said},{rest}]\n"))
        stored.append(
            f"[{ordinal},{quoted(printed)},{asked},{kept},{rest},{quoted(sheet)},{quoted(cell)}]\n"
        )
    contents.sort()
    return "".join([line for _, line in contents]), "".join(stored)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
