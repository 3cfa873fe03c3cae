"""A small pack on disk, its workbook for XAA, and a store in which XAA 2026 is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from intake_samples import build, fill, small_pack

from assessments.pack.model import Pack
from assessments.settings import Settings
from assessments.store import Store, open_store


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Three questions on treaties, asked of CA and POL."""
    return small_pack(tmp_path_factory.mktemp("pack"))


@pytest.fixture(scope="session")
def blank(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook as it was sent to CA of XAA."""
    return build(pack, tmp_path_factory.mktemp("sent") / "CA.xlsx", "XAA")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home of its own."""
    return Settings(home=tmp_path / "home")


@pytest.fixture
def store(settings: Settings, pack: Pack) -> Iterator[Store]:
    """An empty store in which XAA 2026 is open."""
    with open_store(settings) as opened:
        opened.open_assessment(
            "XAA", "2026", pack.id, pack.version, pack.digest, pack_folder=pack.folder
        )
        yield opened


@pytest.fixture
def filled(blank: Path, tmp_path: Path) -> Callable[..., Path]:
    """Fill the workbook: `filled("CA.xlsx", Q1="yes")` returns the file's path."""

    def make(name: str, **answers: object) -> Path:
        return fill(blank, tmp_path / "mail" / name, answers)

    return make


@pytest.fixture
def other_country(pack: Pack, tmp_path: Path) -> Path:
    """A workbook of XAB, whose assessment was never opened."""
    return build(pack, tmp_path / "XAB.xlsx", "XAB")
