"""Deleting an assessment on request: its rows go, one audit entry stays."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy import delete as remove

from assessments.store import answers, audit
from assessments.store.lookup import assessment_row, subject
from assessments.store.tables import ASSESSMENT, RUN


def delete(
    connection: Connection, iso3: str, round_: str, *, at: datetime, by: str, reason: str
) -> tuple[list[str], list[str]]:
    """Delete all rows of an assessment; returns digests of originals and folders of runs to remove.

    The files go after the transaction: a deletion that was interrupted leaves files that belong to
    nothing, which `tana db verify` counts, never rows without their file.
    Raises UnknownRound where it was never opened.
    """
    row = assessment_row(connection, iso3, round_)
    files = answers.originals_of_only(connection, row["id"])
    query = select(RUN.c.folder).where(RUN.c.assessment_id == row["id"])
    folders = sorted({folder for folder in connection.execute(query).scalars() if folder})
    digest = answers.standing_digest(connection, row["id"])
    connection.execute(remove(ASSESSMENT).where(ASSESSMENT.c.id == row["id"]))
    audit.append(
        connection,
        at=at,
        who=by,
        what=audit.DELETED,
        subject=subject(iso3, round_),
        detail={"reason": reason, "answers_digest": digest, "originals": len(files)},
    )
    return files, folders
