"""Digests: what makes two things the same, and an edit visible."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
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
    if isinstance(value, str):
        return storable(encode_basestring(value))
    if isinstance(value, float) and isfinite(value):
        return repr(value)
    return None if value is None else storable(canonical(value))


def answer_row(answer: Answer, ordinal: int) -> AnswerRow:
    """One answer's columns as they are stored and hashed, in the order of STORED."""
    source = answer.source
    return (
        ordinal,
        answer.id,
        answer.question,
        answer.state._value_,  # `value` takes five times as long, and this is done for each answer
        value_json(answer.value),
        answer.raw and storable(answer.raw),
        answer.evidence and storable(answer.evidence),
        answer.evidence_class and storable(answer.evidence_class),
        answer.evidence_state._value_,
        answer.comment and storable(answer.comment),
        storable(source.sheet),
        storable(source.cell),
    )


def digests(rows: Iterable[AnswerRow]) -> tuple[str, str]:
    """The digests of a submission's answers: of what was answered, and of all that is stored.

    The first is the same wherever in the workbook an answer stood and however the file was zipped;
    the second covers every stored column, in the order of the workbook. Both hash one canonical
    JSON list a line; a missing value is "" in the first.
    """
    quoted = encode_basestring
    stored, contents = [], []
    for ordinal, printed, question, state, value, *others, sheet, cell in rows:
        content = (question, state, value or "", *others)
        line = "".join(_encode(content, 0))
        contents.append((content, line))
        if value is None:
            before = len(quoted(question)) + len(quoted(state)) + 3  # a bracket and two commas
            line = f"{line[:before]}null{line[before + 2 :]}"
        stored.append(
            f"[{ordinal},{quoted(printed)},{line[1:-1]},{quoted(sheet)},{quoted(cell)}]\n"
        )
    contents.sort()
    return (
        hashlib.sha256("".join([f"{line}\n" for _, line in contents]).encode()).hexdigest(),
        hashlib.sha256("".join(stored).encode()).hexdigest(),
    )


def _line_encoder() -> Callable[[Sequence[object], int], Iterable[str]]:
    """What `canonical` writes, without making an encoder for each line.

    `json` keeps its own fast encoder to itself; where it is missing or another one, the slow way
    gives the same text.
    """
    make = getattr(json.encoder, "c_make_encoder", None)
    sample = ('a"\u0627\n', None, 1)
    if make is not None:
        try:
            fast = make(None, None, encode_basestring, None, ":", ",", False, False, False)
            if "".join(fast(sample, 0)) == canonical(sample):
                return fast  # type: ignore[no-any-return]
        except TypeError:
            pass
    return lambda line, _level: (canonical(line),)


_encode = _line_encoder()
