"""An assessment as a whole: opened for a round with the pack that goes out, and exported."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from assessments.errors import Mistake
from assessments.identifiers import ROUND
from assessments.store import audit
from assessments.store.lookup import assessment_of, assessment_row, find_assessment, subject
from assessments.store.tables import ASSESSMENT
from assessments.store.values import Assessment


def open_assessment(
    connection: Connection,
    iso3: str,
    round_: str,
    pack_id: str,
    pack_version: str,
    pack_digest: str,
    *,
    pack_folder: str,
    at: datetime,
    by: str,
) -> Assessment:
    """Open an assessment, or return the one that is open with the same pack.

    Raises Mistake where the round is malformed or the pack is another one.
    """
    if not ROUND.match(round_):
        raise Mistake(
            f"{round_!r} is no round.",
            "A round is a year, with a letter if need be: 2026, 2026b.",
        )
    row = find_assessment(connection, iso3, round_)
    if row is not None:
        if (row["pack_id"], row["pack_version"]) != (pack_id, pack_version):
            raise Mistake(
                f"{iso3} {round_} was opened with pack {row['pack_id']} "
                f"{row['pack_version']}, not {pack_id} {pack_version}.",
                "Use that pack, or open another round.",
            )
        return assessment_of(row)
    pack = {
        "pack_id": pack_id,
        "pack_version": pack_version,
        "pack_digest": pack_digest,
        "pack_folder": pack_folder,
    }
    who = {"opened_at": at, "opened_by": by}
    connection.execute(insert(ASSESSMENT), {"iso3": iso3, "round": round_} | who | pack)
    audit.append(
        connection,
        at=at,
        who=by,
        what=audit.OPENED,
        subject=subject(iso3, round_),
        detail=pack,
    )
    return assessment_of(assessment_row(connection, iso3, round_))


def note_export(
    connection: Connection, iso3: str, round_: str, *, what: str, at: datetime, by: str
) -> None:
    """Record that answers or results left the store. Raises UnknownRound."""
    assessment_row(connection, iso3, round_)
    audit.append(
        connection,
        at=at,
        who=by,
        what=audit.EXPORTED,
        subject=subject(iso3, round_),
        detail={"to": what},
    )
