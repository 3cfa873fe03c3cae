"""A real SQLite store and, where PostgreSQL is installed, a private real cluster."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from store_samples import PACK

from assessments.store import Store, open_store


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Address of a private PostgreSQL server, made for this session and removed after it."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = str(found[-1]) if found else shutil.which("initdb")
    if initdb is None:
        pytest.skip("PostgreSQL is not installed (no initdb)")
    binaries = Path(initdb).resolve().parent
    home = Path(tempfile.mkdtemp(prefix="tana-pg-", dir="/tmp"))
    user: dict[str, int] = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        try:
            account = pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("PostgreSQL cannot run as root, and there is no user postgres")
        user = {"user": account.pw_uid, "group": account.pw_gid}
        os.chown(home, account.pw_uid, account.pw_gid)
    data, options = home / "data", f"-c listen_addresses='' -k {home} -c fsync=off"

    def run(*command: str) -> None:
        subprocess.run(command, check=True, cwd=home, stdout=subprocess.DEVNULL, **user)  # type: ignore[call-overload]

    try:
        run(str(binaries / "initdb"), "-D", str(data), "-U", "tana", "-A", "trust", "-E", "UTF8")
        log = str(home / "log")
        run(str(binaries / "pg_ctl"), "-D", str(data), "-l", log, "-w", "-o", options, "start")
        try:
            yield f"postgresql://tana@/postgres?host={home}"
        finally:
            run(str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def empty_postgresql(postgresql: str) -> Iterator[str]:
    """Address of an empty database of its own."""
    name = f"t{secrets.token_hex(6)}"
    admin = create_engine(
        postgresql.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield postgresql.replace("/postgres?", f"/{name}?")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where an empty store is to be, on each of the two databases."""
    monkeypatch.setenv("TANA_HOME", str(tmp_path))
    if request.param == "sqlite":
        return str(tmp_path / "tana.db")
    return str(request.getfixturevalue("empty_postgresql"))


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that moves on by a second each time it is read, from 23 November 2026."""
    moments = iter(datetime(2026, 11, 23, tzinfo=UTC) + timedelta(seconds=n) for n in range(10_000))
    return lambda: next(moments)


@pytest.fixture
def store(address: str, clock: Callable[[], datetime]) -> Iterator[Store]:
    """A store in which XAA 2026 is open."""
    with open_store(address, clock=clock) as opened:
        opened.open_assessment("XAA", "2026", *PACK)
        yield opened
