"""A real store on SQLite and, where PostgreSQL is installed, on a private real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from store_samples import PACK

from assessments.store import Store, open_store


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
