"""Connections: what makes a transaction safe on SQLite and on PostgreSQL.

A writing transaction is the only one of its kind at any moment: BEGIN IMMEDIATE on SQLite, one
advisory lock on PostgreSQL. The audit trail is a chain, so writers have to queue anyway, and with
one writer a check and the insert that follows cannot be torn apart. Reading sees one moment of the
store throughout, and waits for no writer.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from assessments.errors import Mistake, StoreFault
from assessments.settings import FILE_MODE, private_home

BUSY_SECONDS = 120  # how long a writer waits for its turn before it gives up
_WRITERS = 0x74616E61  # advisory lock of all writers, "tana"
_WRITE = "tana_write"
_RESHAPE = "tana_reshape"


def database_url(where: str | Path) -> URL:
    """The address of a store: a SQLite file, or a PostgreSQL URL with the driver tana brings.

    Raises Mistake where the address is neither.
    """
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(Path(where).absolute()))
    try:
        url = make_url(where)
    except ArgumentError:
        raise Mistake(
            "TANA_DATABASE_URL is no database address.",
            "Write it as postgresql://USER:PASSWORD@HOST/DATABASE.",
        ) from None
    if url.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername.startswith("sqlite") and url.database:
        return URL.create("sqlite", database=str(Path(url.database).absolute()))
    raise Mistake(
        f"tana stores in SQLite or PostgreSQL, not in {url.drivername}.",
        "Write TANA_DATABASE_URL as postgresql://USER:PASSWORD@HOST/DATABASE.",
    )


class Database:
    """One database, with a reading and a writing kind of transaction."""

    def __init__(self, url: URL, *, read_only: bool = False) -> None:
        self.url = url
        self.read_only = read_only
        self.engine = _engine(url, read_only=read_only)

    @property
    def on_sqlite(self) -> bool:
        return self.url.drivername == "sqlite"

    @property
    def place(self) -> str:
        """Where it is, without a password."""
        if self.on_sqlite:
            return str(self.url.database)
        return self.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the store; nothing can be written."""
        options = (
            {}
            if self.on_sqlite
            else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        )
        with _plain_faults(self), self.engine.connect() as plain:
            connection = plain.execution_options(**options)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self, *, reshaping: bool = False) -> Iterator[Connection]:
        """All or nothing, and alone: the only writer until it ends.

        `reshaping` is for migrations: SQLite changes a table by copying and dropping it, and with
        foreign keys on the drop would take the rows that refer to it along.
        """
        if self.read_only:
            raise StoreFault(
                "This store was opened for reading only.", "Only flows and commands write to it."
            )
        with _plain_faults(self), self.engine.connect() as plain:
            connection = plain.execution_options(**{_WRITE: True, _RESHAPE: reshaping})
            with connection.begin():
                if not self.on_sqlite:
                    connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITERS})"))
                yield connection

    def forget_deleted(self) -> None:
        """Empty SQLite's write-ahead log, which still holds the pages of what was deleted."""
        if self.on_sqlite:
            with _plain_faults(self), self.engine.connect() as connection:
                raw = connection.connection.cursor()  # outside of any transaction
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                raw.close()

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


@contextmanager
def _plain_faults(database: Database) -> Iterator[None]:
    """Database errors as one sentence. Never their own text, which can quote a row of answers."""
    try:
        yield
    except DBAPIError as error:
        raise StoreFault(
            f"The store at {database.place} did not do what was asked ({_reason(error)}).",
            "Nothing was changed. Mend the cause (disk space, rights, a server that is down) "
            "and run the same command again.",
        ) from None


def _reason(error: DBAPIError) -> str:
    original = error.orig
    if isinstance(original, sqlite3.Error):
        # SQLite's own messages name tables and columns, never values.
        return str(original)
    state = getattr(original, "sqlstate", None)
    return f"{type(original).__name__}{f', SQLSTATE {state}' if state else ''}"


def _engine(url: URL, *, read_only: bool) -> Engine:
    if url.drivername != "sqlite":
        try:
            return create_engine(url, hide_parameters=True, pool_pre_ping=True)
        except (NoSuchModuleError, ModuleNotFoundError):
            raise StoreFault(
                "The PostgreSQL driver psycopg is missing.",
                "Install tana again with its dependencies.",
            ) from None
    engine = create_engine(
        "sqlite://",
        creator=lambda: _connect_sqlite(Path(str(url.database)), read_only=read_only),
        hide_parameters=True,
        poolclass=NullPool,  # a connection of its own for each transaction: threads never share
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _connect_sqlite(file: Path, *, read_only: bool) -> sqlite3.Connection:
    # Never "rwc": a missing file is made by `prepare_sqlite_file`, private to its owner.
    address = f"{file.as_uri()}?mode={'ro' if read_only else 'rw'}"
    return sqlite3.connect(address, timeout=BUSY_SECONDS, uri=True, check_same_thread=False)


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")  # an accepted answer survives a power cut
    cursor.execute("PRAGMA secure_delete = ON")  # a deleted assessment is overwritten, not hidden
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get(_RESHAPE, False):
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    write = options.get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def prepare_sqlite_file(file: Path) -> None:
    """Make the database file, private to its owner, and put it into write-ahead mode.

    Safe when several processes do so at once: each step leaves a file the others can use.
    """
    try:
        private_home(file.parent)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, FILE_MODE))
    except OSError as error:
        raise StoreFault(
            f"The store {file} cannot be opened ({error.strerror}).",
            "Point TANA_HOME at a folder you may write to.",
        ) from None
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            _into_write_ahead_mode(file)
        except sqlite3.OperationalError as error:
            # Changing the mode does not wait for its turn as other statements do.
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise StoreFault(
                    f"The store {file} cannot be opened ({error}).",
                    "Check that the disk has room and that no other program holds the file.",
                ) from None
            time.sleep(0.02)
        except sqlite3.DatabaseError:
            raise StoreFault(
                f"{file} is no tana store, or is damaged.",
                "Move it away, or bring back a backup with `tana db restore`.",
            ) from None
        else:
            return


def _into_write_ahead_mode(file: Path) -> None:
    connection = sqlite3.connect(file, timeout=BUSY_SECONDS)
    try:
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        if mode != "wal":
            connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
