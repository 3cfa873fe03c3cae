"""Accepting a submission: once, whole, and with its history.

The same file, or a re-zipped copy of the same answers, changes nothing. Other answers of the same
institution are a new version, which completes the ones before (see `completing`). Withdrawing a
version lets what stood before it stand again. Everything here runs inside one writing transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection, RowMapping, select, update

from assessments.errors import Mistake
from assessments.store import audit
from assessments.store.completing import standing_answers
from assessments.store.evidence import register_cited
from assessments.store.lookup import assessment_row, require_grounds, subject
from assessments.store.shelf import Shelf
from assessments.store.tables import SUBMISSION
from assessments.store.values import Acceptance, Submission


def accept(connection: Connection, submission: Submission, *, at: datetime, by: str) -> Acceptance:
    """Store a submission, unless its answers are there already.

    Raises UnknownRound where the assessment was never opened, Overtaken where another return of
    the institution came in since the submission was read.
    """
    (acceptance,) = accept_all(connection, (submission,), at=at, by=by)
    return acceptance


def accept_all(
    connection: Connection, submissions: Iterable[Submission], *, at: datetime, by: str
) -> Iterator[Acceptance]:
    """Store many submissions in one transaction, those of one assessment side by side.

    Raises UnknownRound where an assessment was never opened; nothing is then stored.
    """
    for (iso3, round_), group in groupby(submissions, key=lambda item: (item.iso3, item.round)):
        assessment = assessment_row(connection, iso3, round_)
        shelf = Shelf.of(connection, assessment["id"])
        told = [shelf.place(submission, at=at, by=by) for submission in group]
        shelf.store(connection, subject(iso3, round_), at=at, by=by)
        yield from told


def foresee(connection: Connection, submission: Submission, *, at: datetime) -> Acceptance:
    """What `accept` would tell, without storing anything. Raises UnknownRound."""
    assessment = assessment_row(connection, submission.iso3, submission.round)
    return Shelf.of(connection, assessment["id"]).place(submission, at=at, by="")


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
    cited = standing_answers(connection, assessment["id"], cited_only=True)
    register = register_cited(connection, assessment["id"], cited, marks={}, at=at)
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
