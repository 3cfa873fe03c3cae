"""A private PostgreSQL server in a temporary folder, for tests and harnesses."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text


class NoServer(Exception):
    """PostgreSQL cannot be started here; the text says why."""


@dataclass(frozen=True)
class PrivateServer:
    """A server in a temporary folder."""

    home: Path
    binaries: Path
    user: dict[str, int]  # and group, where it is not ours

    @property
    def address(self) -> str:
        return f"postgresql://tana@/postgres?host={self.home}"

    def run(self, command: str, *words: str) -> None:
        subprocess.run(
            [str(self.binaries / command), *words],
            check=True,
            cwd=self.home,
            stdout=subprocess.DEVNULL,
            **self.user,  # type: ignore[call-overload]
        )

    def start(self) -> None:
        """Start it, and return when it answers."""
        options = f"-c listen_addresses='' -k {self.home} -c fsync=off"
        data, log = str(self.home / "data"), str(self.home / "log")
        self.run("pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")

    def stop(self) -> None:
        """End it as a power cut would."""
        self.run("pg_ctl", "-D", str(self.home / "data"), "-m", "immediate", "stop")


@contextmanager
def private_server() -> Iterator[str]:
    """The address of a server of our own, removed afterwards. Raises NoServer."""
    with stoppable_server() as server:
        yield server.address


@contextmanager
def stoppable_server() -> Iterator[PrivateServer]:
    """A server of our own that may be stopped and started again. Raises NoServer."""
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
    server = PrivateServer(home, binaries, user)
    try:
        server.run(
            *("initdb", "-D", str(home / "data"), "-U", "tana"),
            *("-A", "trust", "-E", "UTF8", "--no-sync"),
        )
        server.start()
        try:
            yield server
        finally:
            with suppress(subprocess.CalledProcessError):  # a test has stopped it
                server.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """The address of an empty database on a server, dropped afterwards."""
    name = f"t{secrets.token_hex(6)}"
    admin = create_engine(
        server.replace("postgresql:", "postgresql+psycopg:"),
        isolation_level="AUTOCOMMIT",
        pool_pre_ping=True,  # a test may have restarted the server
    )
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield server.replace("/postgres?", f"/{name}?")
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()
