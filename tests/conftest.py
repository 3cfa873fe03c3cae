"""A real PostgreSQL server for the tests that want one; they skip where there is none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from private_postgresql import NoServer, empty_database, private_server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Address of a private PostgreSQL server, made for this session and removed after it."""
    try:
        with private_server() as address:
            yield address
    except NoServer as reason:
        pytest.skip(str(reason))


@pytest.fixture
def empty_postgresql(postgresql: str) -> Iterator[str]:
    """Address of an empty database of its own."""
    with empty_database(postgresql) as address:
        yield address
