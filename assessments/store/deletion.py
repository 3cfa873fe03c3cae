"""Deleting an assessment on request: its rows and files go, one audit entry stays."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy import delete as remove

from assessments.store import answers, audit
from assessments.store.lookup import assessment_row, require_grounds, subject
from assessments.store.originals import Originals
from assessments.store.tables import ASSESSMENT, REPORT, RUN
from assessments.store.values import Deletion


@dataclass(frozen=True, slots=True)
class Found:
    """The files that belong to a deleted assessment."""

    iso3: str
    round: str
    originals: tuple[str, ...]  # digests
    folders: tuple[str, ...]  # of runs
    reports: tuple[str, ...]


def delete(
    connection: Connection, iso3: str, round_: str, *, at: datetime, by: str, reason: str
) -> Found:
    """Delete all rows of an assessment; returns what lies beside the database.

    The files go after the transaction: a deletion that was interrupted leaves files that belong to
    nothing, which `tana db verify` counts, never rows without their file.
    Raises UnknownRound where it was never opened, Mistake without a name or a reason.
    """
    require_grounds(by, reason)
    row = assessment_row(connection, iso3, round_)
    runs = select(RUN.c.folder).where(RUN.c.assessment_id == row["id"])
    made = (
        select(REPORT.c.path)
        .join(RUN, RUN.c.key == REPORT.c.run_key)
        .where(RUN.c.assessment_id == row["id"])
    )
    found = Found(
        iso3=iso3,
        round=round_,
        originals=tuple(answers.originals_of_only(connection, row["id"])),
        folders=tuple(sorted({folder for folder in connection.execute(runs).scalars() if folder})),
        reports=tuple(sorted(set(connection.execute(made).scalars()))),
    )
    digest = answers.standing_digest(connection, row["id"])
    connection.execute(remove(ASSESSMENT).where(ASSESSMENT.c.id == row["id"]))
    audit.append(
        connection,
        at=at,
        who=by,
        what=audit.DELETED,
        subject=subject(iso3, round_),
        detail={"reason": reason, "answers_digest": digest, "originals": len(found.originals)},
    )
    return found


def remove_files(found: Found, originals: Originals) -> Deletion:
    """Remove what lies beside the database, as far as it is in tana's own folder.

    The paths come out of the database, which others may be able to write: nothing outside of the
    home folder is ever removed.
    """
    home = originals.folder.parent.resolve()
    for sha256 in found.originals:
        originals.path(sha256).unlink(missing_ok=True)
    for folder in found.folders:
        if _inside(Path(folder), home):
            shutil.rmtree(folder, ignore_errors=True)
    removed, left = 0, []
    for name in found.reports:
        path = Path(name)
        if not path.exists():
            continue
        if _inside(path, home):
            with suppress(OSError):
                path.unlink()
                removed += 1
        else:
            left.append(name)
    return Deletion(
        iso3=found.iso3,
        round=found.round,
        originals=len(found.originals),
        reports=removed,
        left=tuple(left),
    )


def _inside(path: Path, home: Path) -> bool:
    resolved = path.resolve()
    return resolved != home and resolved.is_relative_to(home)
