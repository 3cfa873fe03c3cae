"""A small pack on disk, its workbook for XAA, and a store in which XAA 2026 is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from intake_samples import CHOICES, SETTINGS, SURVEY, fill

from assessments.pack.load import load_pack
from assessments.pack.model import Pack, Tier
from assessments.reference.countries import country
from assessments.settings import Settings
from assessments.store import Store, open_store
from assessments.workbook.write import build_workbook


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Three questions on treaties, asked of CA and POL."""
    folder = tmp_path_factory.mktemp("pack") / "small"
    folder.mkdir()
    (folder / "settings.csv").write_text(SETTINGS)
    (folder / "choices.csv").write_text(CHOICES)
    (folder / "survey.csv").write_text(SURVEY)
    return load_pack(folder)


@pytest.fixture(scope="session")
def blank(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook as it was sent to CA of XAA."""
    return _build(pack, tmp_path_factory.mktemp("sent") / "CA.xlsx", "XAA")


def _build(pack: Pack, out: Path, iso3: str) -> Path:
    return build_workbook(
        pack,
        country(iso3),
        "2026",
        "CA",
        "en",
        Tier.DEEP,
        out,
        reference_date=date(2026, 1, 1),
        deadline=date(2026, 3, 1),
    )


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
    return _build(pack, tmp_path / "XAB.xlsx", "XAB")
