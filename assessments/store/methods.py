"""The method of record: adopted by a named person, for a reason, and sealed into the audit trail.

The whole text of an adopted method stands in its audit entry, so that it moves with the store and
its backups and cannot be edited without breaking the chain. The last entry of a pack counts.
"""

from __future__ import annotations

import json

from assessments.errors import Mistake
from assessments.results import Value
from assessments.store import audit
from assessments.store.facade import Store

ADOPTED = "method adopted"


class AdoptedMethod(Value):
    """A method of record."""

    pack: str
    pack_version: str
    pack_digest: str  # of the pack that the method was adopted for
    version: str
    because: str
    toml: str  # the method itself
    by: str
    at: str


def adopt(
    store: Store,
    *,
    pack: str,
    pack_version: str,
    pack_digest: str,
    version: str,
    because: str,
    toml: str,
    by: str,
) -> AdoptedMethod:
    """Make a method the method of record of a pack. Raises Mistake without a name or a reason."""
    if not by.strip() or not because.strip():
        raise Mistake(
            "A method is adopted by a named person, for a reason.", "Give --by NAME --because TEXT."
        )
    detail = {
        "pack": pack,
        "pack_version": pack_version,
        "pack_digest": pack_digest,
        "version": version,
        "because": because.strip(),
        "toml": toml,
    }
    with store.database.writing() as connection:
        entry = audit.append(
            connection,
            at=store.clock(),
            who=by.strip(),
            what=ADOPTED,
            subject=_subject(pack),
            detail=detail,
        )
    return AdoptedMethod(**detail, by=entry.who, at=entry.at)


def adopted_methods(store: Store, pack: str) -> tuple[AdoptedMethod, ...]:
    """Every method adopted for a pack, oldest first; the last is the method of record."""
    with store.database.reading() as connection:
        found = audit.entries(connection, _subject(pack))
    return tuple(
        AdoptedMethod(**json.loads(entry.detail), by=entry.who, at=entry.at)
        for entry in found
        if entry.what == ADOPTED
    )


def _subject(pack: str) -> str:
    return f"method/{pack}"
