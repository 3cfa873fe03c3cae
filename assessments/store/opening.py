"""Opening the configured store, or one at a given place; making or upgrading it at first use."""

from __future__ import annotations

from pathlib import Path

from assessments.settings import Settings, private_home, read_settings
from assessments.store import schema
from assessments.store.engine import Database, database_url
from assessments.store.facade import Clock, Store, utc_now
from assessments.store.originals import Originals


def open_store(
    where: Settings | str | Path | None = None,
    *,
    read_only: bool = False,
    upgrade: bool = True,
    clock: Clock = utc_now,
) -> Store:
    """Open the configured store, or the one at `where` (a SQLite file or a PostgreSQL URL).

    Makes or upgrades a SQLite store at first use, unless `read_only` or `upgrade=False`.
    Raises StoreFault where it cannot be opened, is of another version, or (read-only) is missing.
    """
    database, originals = _places(where, read_only=read_only)
    try:
        if not (read_only or database.on_sqlite):
            private_home(originals.folder.parent)
        schema.prepare(database, upgrade=upgrade)
    except BaseException:
        database.close()
        raise
    return Store(database, originals, clock)


def upgrade_store(where: Settings | str | Path | None = None, target: str = "head") -> str:
    """Bring a store to revision `target` and return the revision it has; "" where it has none.

    Raises StoreFault where that cannot be done; the store is then as before.
    """
    database, _ = _places(where)
    try:
        schema.migrate(database, target)
        return schema.revision(database)
    finally:
        database.close()


def _places(
    where: Settings | str | Path | None, *, read_only: bool = False
) -> tuple[Database, Originals]:
    if where is None:
        where = read_settings()
    if isinstance(where, Settings):
        url = database_url(where.database_url or where.database)
        return Database(url, read_only=read_only), Originals(where.received)
    url = database_url(where)
    database = Database(url, read_only=read_only)
    if database.on_sqlite:
        return database, Originals(Path(str(url.database)).parent / "received")
    return database, Originals(read_settings().received)
