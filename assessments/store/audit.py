"""The audit trail: who did what when, each entry sealed with the hash of the one before.

Whoever changes, removes or inserts an entry breaks the chain from there on. A trail rewritten as a
whole keeps its inner logic; to notice that, keep the head hash that `tana db verify` prints
somewhere else. Entries hold no answers, only their digest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from assessments.store.columns import iso, storable
from assessments.store.digest import Row, canonical, sha256_text
from assessments.store.tables import AUDIT
from assessments.store.values import AuditEntry

GENESIS = "0" * 64
OPENED, ACCEPTED, WITHDRAWN, DELETED = "opened", "accepted", "withdrawn", "deleted"
RUN_SAVED, RUN_REUSED, APPROVED, REPORTED = "run", "run reused", "approved", "reported"
EVIDENCE_ADDED, EXPORTED, RESTORED = "evidence", "exported", "restored"
MOVED = "moved to another version"  # of its pack

_LAST = select(AUDIT.c.seq, AUDIT.c.hash).order_by(AUDIT.c.seq.desc()).limit(1)
_SEALED = insert(AUDIT)


def append(
    connection: Connection,
    *,
    at: datetime,
    who: str,
    what: str,
    subject: str,
    detail: Mapping[str, object],
) -> AuditEntry:
    """Seal one entry onto the trail, within the transaction it tells of."""
    (entry,) = append_all(connection, at=at, who=who, what=what, subject=subject, details=(detail,))
    return entry


def append_all(
    connection: Connection,
    *,
    at: datetime,
    who: str,
    what: str,
    subject: str,
    details: Sequence[Mapping[str, object]],
) -> tuple[AuditEntry, ...]:
    """Seal one entry for each of `details`, in their order."""
    last = connection.execute(_LAST).first()
    number, previous = (last.seq, last.hash) if last else (0, GENESIS)
    entries = []
    for detail in details:
        number += 1
        unsealed = {
            "seq": number,
            "at": iso(at),
            "who": storable(who),
            "what": what,
            "subject": subject,
            "detail": storable(canonical(detail)),
            "previous": previous,
        }
        previous = seal(unsealed)
        entries.append({**unsealed, "hash": previous})
    connection.execute(_SEALED, entries)
    return tuple(AuditEntry.model_validate(entry) for entry in entries)


def seal(entry: Row) -> str:
    """The hash of an entry: of all its fields and, through `previous`, of all before it."""
    names = ("seq", "at", "who", "what", "subject", "detail", "previous")
    return sha256_text(canonical([entry[name] for name in names]))


def entries(connection: Connection, subject: str = "") -> tuple[AuditEntry, ...]:
    """The trail, oldest first; of one assessment (`XAA/2026`) or whole."""
    query = select(AUDIT).order_by(AUDIT.c.seq)
    if subject:
        query = query.where(AUDIT.c.subject == subject)
    rows = connection.execute(query).mappings()
    return tuple(AuditEntry.model_validate(dict(row)) for row in rows)


def chain_faults(rows: Iterable[Row]) -> Iterator[str]:
    """What does not hold in the chain, oldest first."""
    previous, number = GENESIS, 0
    for row in rows:
        number += 1
        if row["seq"] != number:
            yield f"audit entry {number} is missing"
        elif row["previous"] != previous:
            yield f"audit entry {number} does not follow on entry {number - 1}"
        elif seal(row) != row["hash"]:
            yield f"audit entry {number} ({row['what']}, {row['subject']}) was edited"
        previous, number = row["hash"], row["seq"]
