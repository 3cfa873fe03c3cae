"""Accepting a submission: once, whole, and with its history.

The same file, or a re-zipped copy of the same answers, changes nothing. Other answers of the same
institution are a new version; the old one stays. Withdrawing a version lets the one before it stand
again. Everything here runs inside one writing transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from assessments.errors import Mistake
from assessments.results import AnswerState
from assessments.store import audit
from assessments.store.digest import (
    STORED,
    AnswerColumns,
    answer_columns,
    content_digest,
    stored_digest,
)
from assessments.store.evidence import register_cited
from assessments.store.lookup import assessment_row, require_grounds, subject
from assessments.store.tables import ANSWER, SUBMISSION
from assessments.store.values import Acceptance, Change, Submission

_CHUNK = 20_000  # rows a statement; larger ones gain nothing and hold more memory
_SILENT = {AnswerState.BLANK.value, AnswerState.SKIPPED.value}


def accept(connection: Connection, submission: Submission, *, at: datetime, by: str) -> Acceptance:
    """Store a submission, unless its answers are there already.

    Raises UnknownRound where the assessment was never opened.
    """
    assessment = assessment_row(connection, submission.iso3, submission.round)
    rows = [answer_columns(answer, place) for place, answer in enumerate(submission.answers)]
    content = content_digest(rows)
    standing = _standing(connection, assessment["id"], submission.institution)
    same = find_same(connection, assessment["id"], submission, content)
    if same is not None:
        return Acceptance(
            new=False,
            institution=same["institution"],
            version=same["version"],
            stands=standing is not None and standing["id"] == same["id"],
            workbook_sha256=same["workbook_sha256"],
            answers_digest=same["answers_digest"],
        )
    before = _stored_rows(connection, standing["id"]) if standing is not None else []
    version = _next_version(connection, assessment["id"], submission.institution)
    digest = stored_digest(rows)
    submission_id = _insert_submission(
        connection,
        assessment["id"],
        submission,
        version=version,
        content=content,
        digest=digest,
        at=at,
        by=by,
    )
    insert_answers(connection, submission_id, rows)
    register = register_cited(connection, assessment["id"], marks=submission.sensitivity, at=at)
    audit.append(
        connection,
        at=at,
        who=by,
        what=audit.ACCEPTED,
        subject=subject(submission.iso3, submission.round),
        detail={
            "institution": submission.institution,
            "version": version,
            "workbook_sha256": submission.workbook_sha256,
            "answers": len(rows),
            "answers_digest": digest,
            "register": register,
        },
    )
    return Acceptance(
        new=True,
        institution=submission.institution,
        version=version,
        stands=True,
        workbook_sha256=submission.workbook_sha256,
        answers_digest=digest,
        changes=changes(before, rows) if standing is not None else (),
    )


def find_same(
    connection: Connection, assessment_id: int, submission: Submission, content: str
) -> RowMapping | None:
    """A submission that was not withdrawn, of the same bytes or the same answers."""
    query = (
        select(SUBMISSION)
        .where(
            SUBMISSION.c.assessment_id == assessment_id,
            SUBMISSION.c.withdrawn_at.is_(None),
            (SUBMISSION.c.workbook_sha256 == submission.workbook_sha256)
            | (
                (SUBMISSION.c.institution == submission.institution)
                & (SUBMISSION.c.content_digest == content)
            ),
        )
        .order_by(SUBMISSION.c.version.desc())
        .limit(1)
    )
    return connection.execute(query).mappings().first()


def withdraw(
    connection: Connection,
    iso3: str,
    round_: str,
    institution: str,
    *,
    at: datetime,
    by: str,
    reason: str,
) -> int | None:
    """Take back an institution's standing version; returns the version that stands now, if any.

    Raises Mistake where the institution has no standing version, or without a name or a reason.
    """
    require_grounds(by, reason)
    assessment = assessment_row(connection, iso3, round_)
    standing = _standing(connection, assessment["id"], institution)
    if standing is None:
        raise Mistake(
            f"{institution} has no submission for {iso3} {round_} that could be withdrawn.",
            "See `tana status` for who has answered.",
        )
    connection.execute(
        update(SUBMISSION).where(SUBMISSION.c.id == standing["id"]).values(withdrawn_at=at)
    )
    register = register_cited(connection, assessment["id"], marks={}, at=at)
    audit.append(
        connection,
        at=at,
        who=by,
        what=audit.WITHDRAWN,
        subject=subject(iso3, round_),
        detail={
            "institution": institution,
            "version": standing["version"],
            "reason": reason,
            "register": register,
        },
    )
    now = _standing(connection, assessment["id"], institution)
    return None if now is None else int(now["version"])


def insert_answers(
    connection: Connection, submission_id: int, rows: Sequence[AnswerColumns]
) -> None:
    """Write the answers of one submission."""
    for start in range(0, len(rows), _CHUNK):
        chunk = [{"submission_id": submission_id, **row} for row in rows[start : start + _CHUNK]]
        connection.execute(insert(ANSWER), chunk)


def changes(
    before: Sequence[Mapping[str, object]], after: Sequence[Mapping[str, object]]
) -> tuple[Change, ...]:
    """What a corrected version says differently, in the order of the new workbook."""
    old = {str(row["question"]): row for row in before}
    new = {str(row["question"]): row for row in after}
    found = [_change(old.get(question), row) for question, row in new.items()]
    found += [_change(row, None) for question, row in old.items() if question not in new]
    return tuple(change for change in found if change is not None)


def _change(was: Mapping[str, object] | None, now: Mapping[str, object] | None) -> Change | None:
    if was is not None and now is not None:
        kind = _difference(was, now)
        if kind is None:
            return None
    elif now is None:
        kind = "removed"
    else:
        kind = "added"
    there = now if now is not None else was
    assert there is not None
    return Change.model_validate(
        {
            "question": there["question"],
            "cell": f"{there['sheet']}!{there['cell']}",
            "kind": kind,
            "was": was["state"] if was is not None else "",
            "now": now["state"] if now is not None else "",
        }
    )


def _difference(was: Mapping[str, object], now: Mapping[str, object]) -> str | None:
    if was["state"] != now["state"]:
        if was["state"] in _SILENT and now["state"] not in _SILENT:
            return "added"
        return "removed" if now["state"] in _SILENT and was["state"] not in _SILENT else "state"
    if (was["value"], was["raw"]) != (now["value"], now["raw"]):
        return "value"
    evidence = ("evidence", "evidence_class", "evidence_state")
    if any(was[name] != now[name] for name in evidence):
        return "evidence"
    return "comment" if was["comment"] != now["comment"] else None


def _standing(connection: Connection, assessment_id: int, institution: str) -> RowMapping | None:
    query = (
        select(SUBMISSION)
        .where(
            SUBMISSION.c.assessment_id == assessment_id,
            SUBMISSION.c.institution == institution,
            SUBMISSION.c.withdrawn_at.is_(None),
        )
        .order_by(SUBMISSION.c.version.desc())
        .limit(1)
    )
    return connection.execute(query).mappings().first()


def _stored_rows(connection: Connection, submission_id: int) -> list[dict[str, object]]:
    query = (
        select(*(ANSWER.c[name] for name in STORED))
        .where(ANSWER.c.submission_id == submission_id)
        .order_by(ANSWER.c.ordinal)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def _next_version(connection: Connection, assessment_id: int, institution: str) -> int:
    query = select(func.max(SUBMISSION.c.version)).where(
        SUBMISSION.c.assessment_id == assessment_id, SUBMISSION.c.institution == institution
    )
    return (connection.execute(query).scalar() or 0) + 1


def _insert_submission(
    connection: Connection,
    assessment_id: int,
    submission: Submission,
    *,
    version: int,
    content: str,
    digest: str,
    at: datetime,
    by: str,
) -> int:
    row = {
        "assessment_id": assessment_id,
        "institution": submission.institution,
        "version": version,
        "workbook_sha256": submission.workbook_sha256,
        "content_digest": content,
        "answers_digest": digest,
        "answer_count": len(submission.answers),
        "file_name": submission.file_name,
        "size": submission.size,
        "language": submission.language,
        "tier": submission.tier,
        "received_at": at,
        "received_by": by,
    }
    made = connection.execute(insert(SUBMISSION).values(row).returning(SUBMISSION.c.id))
    return int(made.scalar_one())
