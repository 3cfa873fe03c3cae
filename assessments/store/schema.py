"""The shape of the store and its versions: made at first use, upgraded by Alembic.

An empty database gets today's tables straight from their models, which takes milliseconds and does
not load Alembic; a test keeps that equal to running all migrations. An older one is migrated,
inside one transaction, so that a failed migration leaves the old store.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from assessments.errors import StoreFault
from assessments.store.engine import Database, prepare_sqlite_file

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0004"  # newest revision in migrations/versions
_VERSION_TABLE = "alembic_version"


def prepare(database: Database, *, upgrade: bool) -> None:
    """Make sure the store has today's tables.

    Creates them in an empty database; upgrades an older SQLite store. An older PostgreSQL store is
    left to `tana db upgrade`, since the role that serves it need not own the tables.
    Raises StoreFault where the store is missing, older (and may not be upgraded) or newer.
    """
    if database.on_sqlite and not database.read_only and upgrade:
        prepare_sqlite_file(_file(database))
    _require_file(database)
    found = revision(database)
    if found == HEAD:
        return
    if database.read_only or not upgrade or (found and not database.on_sqlite):
        raise _outdated(database, found)
    migrate(database)


def migrate(database: Database, target: str = "head") -> None:
    """Bring the store to revision `target` ("head", "base" or a revision), all or nothing.

    Raises StoreFault where the store was made by a newer tana.
    """
    if database.on_sqlite:
        prepare_sqlite_file(_file(database))
    with database.writing(reshaping=True) as connection:
        found = _revision(connection)  # again: another process may have been first
        if target == "head" and found == HEAD:
            return
        if target == "head" and not found:
            _create(connection)
            return
        _run_alembic(connection, database, found, target)
        if database.on_sqlite and connection.execute(text("PRAGMA foreign_key_check")).first():
            raise StoreFault(
                f"Migrating the store at {database.place} would leave rows without their owner.",
                "Nothing was changed. Run `tana db verify` to see what does not hold.",
            )


def revision(database: Database) -> str:
    """The revision the store has, "" where it has no tables."""
    with database.reading() as connection:
        return _revision(connection)


def alembic_config() -> Config:
    """Alembic's configuration for tana's migrations."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _file(database: Database) -> Path:
    return Path(str(database.url.database))


def _require_file(database: Database) -> None:
    if database.on_sqlite and not _file(database).is_file():
        raise StoreFault(
            f"There is no store at {database.place} yet.",
            "Make one with `tana demo` or `tana questionnaire build`, or set TANA_HOME to the "
            "folder that holds it.",
        )


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table(_VERSION_TABLE):
        return ""
    row = connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}")).first()
    return str(row[0]) if row else ""


def _create(connection: Connection) -> None:
    from assessments.store.models import ALL

    ALL[0].metadata.create_all(connection, tables=list(ALL))
    connection.execute(
        text(
            f"CREATE TABLE IF NOT EXISTS {_VERSION_TABLE} (version_num VARCHAR(32) NOT NULL, "
            f"CONSTRAINT {_VERSION_TABLE}_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(text(f"INSERT INTO {_VERSION_TABLE} VALUES (:head)"), {"head": HEAD})


def _run_alembic(connection: Connection, database: Database, found: str, target: str) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = alembic_config()
    script = ScriptDirectory.from_config(config)
    known = [step.revision for step in script.walk_revisions("base", "heads")]  # newest first
    if found and found not in known:
        raise _outdated(database, found)
    config.attributes["connection"] = connection
    order = [*known, "", "base"]
    wanted = HEAD if target == "head" else target
    if wanted not in order:
        raise StoreFault(f"There is no revision {target}.", f"Known: {', '.join(known)}.")
    try:
        if order.index(wanted) >= order.index(found):
            command.downgrade(config, target)
        else:
            command.upgrade(config, target)
    except CommandError as error:
        raise StoreFault(
            f"The store at {database.place} could not be migrated ({error}).",
            "Nothing was changed. Bring back a backup with `tana db restore` if it is damaged.",
        ) from None


def _outdated(database: Database, found: str) -> StoreFault:
    if not found:
        return StoreFault(
            f"The store at {database.place} has no tables yet.", "Run `tana db upgrade`."
        )
    if found > HEAD:
        return StoreFault(
            f"The store at {database.place} was made by a newer tana (revision {found}; this "
            f"one knows {HEAD}).",
            "Install the newer tana.",
        )
    return StoreFault(
        f"The store at {database.place} is of revision {found}; this tana needs {HEAD}.",
        "Run `tana db backup`, then `tana db upgrade`.",
    )
