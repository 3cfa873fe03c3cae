"""A private PostgreSQL server in a temporary folder, for tests and harnesses."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text


class NoServer(Exception):
    """PostgreSQL cannot be started here; the text says why."""


@contextmanager
def private_server() -> Iterator[str]:
    """The address of a server of our own, removed afterwards. Raises NoServer."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = str(found[-1]) if found else shutil.which("initdb")
    if initdb is None:
        raise NoServer("PostgreSQL is not installed (no initdb)")
    binaries = Path(initdb).resolve().parent
    home = Path(tempfile.mkdtemp(prefix="tana-pg-", dir="/tmp"))
    user: dict[str, int] = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        try:
            account = pwd.getpwnam("postgres")
        except KeyError:
            raise NoServer("PostgreSQL cannot run as root, and there is no user postgres") from None
        user = {"user": account.pw_uid, "group": account.pw_gid}
        os.chown(home, account.pw_uid, account.pw_gid)
    data, options = home / "data", f"-c listen_addresses='' -k {home} -c fsync=off"

    def run(*command: str) -> None:
        subprocess.run(command, check=True, cwd=home, stdout=subprocess.DEVNULL, **user)  # type: ignore[call-overload]

    try:
        run(
            *(str(binaries / "initdb"), "-D", str(data), "-U", "tana"),
            *("-A", "trust", "-E", "UTF8", "--no-sync"),
        )
        log = str(home / "log")
        run(str(binaries / "pg_ctl"), "-D", str(data), "-l", log, "-w", "-o", options, "start")
        try:
            yield f"postgresql://tana@/postgres?host={home}"
        finally:
            run(str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """The address of an empty database on a server, dropped afterwards."""
    name = f"t{secrets.token_hex(6)}"
    admin = create_engine(
        server.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield server.replace("/postgres?", f"/{name}?")
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()
