"""The one date that all counts of a round refer to.

A count of "the last full year" means another year after New Year. The date of the first
questionnaires of a round therefore stands in the audit trail, and everything built later uses it.
"""

from __future__ import annotations

import json
from datetime import date

from sqlalchemy import Connection, select

from assessments.errors import Mistake
from assessments.store import audit
from assessments.store.facade import Store
from assessments.store.lookup import subject
from assessments.store.tables import AUDIT

SETTLED = "reference date settled"


def reference_date(store: Store, iso3: str, round_: str) -> date | None:
    """The date the round's counts use; None where nothing has been built in this store."""
    with store.database.reading() as connection:
        return _settled(connection, iso3, round_)


def settle_reference_date(
    store: Store, iso3: str, round_: str, wanted: date | None, otherwise: date, *, by: str = ""
) -> date:
    """The round's date: what was settled before, else `wanted`, else `otherwise`, from now on.

    Raises Mistake where another date is wanted than the one that questionnaires went out with.
    """
    with store.database.writing() as connection:
        known = _settled(connection, iso3, round_)
        if known is not None and wanted not in (None, known):
            raise Mistake(
                f"The counts of {iso3} {round_} refer to {known}: questionnaires with that date "
                f"went out already. With {wanted} the answers would mix years.",
                "Leave --reference-date out, or open a new round.",
            )
        if known is not None:
            return known
        date_ = wanted or otherwise
        audit.append(
            connection,
            at=store.clock(),
            who=by,
            what=SETTLED,
            subject=subject(iso3, round_),
            detail={"date": date_.isoformat()},
        )
        return date_


def _settled(connection: Connection, iso3: str, round_: str) -> date | None:
    """What the trail says last; a round that was deleted and opened again begins anew."""
    query = select(AUDIT.c.what, AUDIT.c.detail).where(
        AUDIT.c.what.in_((SETTLED, audit.DELETED)), AUDIT.c.subject == subject(iso3, round_)
    )
    last = connection.execute(query.order_by(AUDIT.c.seq.desc()).limit(1)).first()
    if last is None or last.what == audit.DELETED:
        return None
    return date.fromisoformat(json.loads(last.detail)["date"])
