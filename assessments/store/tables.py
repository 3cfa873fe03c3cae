"""The tables as statements name them: columns with their types and the primary key.

What makes them (constraints, indexes, foreign keys) is in `assessments.store.models`, which a test
holds equal to this. They are apart because SQLModel loads SQLAlchemy's object mapper and, for a
partial index, its PostgreSQL dialect: half a second that a command which only reads and writes rows
need not pay. Rows go through SQLAlchemy Core, 15 times as fast as objects for a country's answers.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Integer, MetaData, String, Table
from sqlalchemy.types import TypeEngine

from assessments.store.columns import Instant

_NAMES = MetaData()
_NUMBERS = frozenset(
    {"id", "assessment_id", "submission_id", "evidence_id"}
    | {"version", "answer_count", "size", "ordinal", "seq"}
)


def _type(column: str) -> TypeEngine[Any]:
    """By its name: moments end in `_at`, numbers are few, all else is text."""
    if column.endswith("_at"):
        return Instant()
    return Integer() if column in _NUMBERS else String()


def _table(name: str, columns: str, *, key: str = "id") -> Table:
    keys = key.split()
    named = (Column(item, _type(item), primary_key=item in keys) for item in columns.split())
    return Table(name, _NAMES, *named)


ASSESSMENT = _table(
    "assessment",
    "id iso3 round pack_id pack_version pack_digest pack_folder opened_at opened_by current_run",
)
SUBMISSION = _table(
    "submission",
    "id assessment_id institution version workbook_sha256 content_digest answers_digest "
    "answer_count file_name size language tier pack_version received_at received_by "
    "withdrawn_at",
)
ANSWER = _table(
    "answer",
    "id submission_id ordinal printed_id question state value raw evidence evidence_class "
    "evidence_state comment sheet cell",
)
RUN = _table(
    "run",
    "key assessment_id answers_digest made_at made_by inputs folder",
    key="key",
)
RUN_RESULT = _table(
    "run_result",
    "run_key name document digest",
    key="run_key name",
)
APPROVAL = _table(
    "approval",
    "id run_key name approved_at note",
)
REPORT = _table(
    "report",
    "id run_key path edition language sha256 made_at made_by",
)
EVIDENCE = _table(
    "evidence",
    "id assessment_id document title reference evidence_class classification seen_by seen_on "
    "seen_origin added_at",
)
ANSWER_EVIDENCE = _table(
    "answer_evidence",
    "evidence_id answer provision origin",
    key="evidence_id answer",
)
AUDIT = _table(
    "audit",
    "seq at who what subject detail previous hash",
    key="seq",
)
