"""A questionnaire of the real pack, as customs of XAA receives and returns it."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import Tana
from workbooks import Mail, build_mail

from assessments.pack.load import load_pack
from assessments.pack.model import Pack


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack("cooperation")


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> tuple[Tana, Mail]:
    """A home in which XAA 2026 is open and customs has answered once; nothing may change it."""
    folder = tmp_path_factory.mktemp("opened")
    tana = Tana(folder / "home")
    mail = build_mail(tana, folder, pack)
    said = tana("ingest", mail.good, "--by", "registry")
    assert said.status == 0, said.out
    return tana, mail


@pytest.fixture(scope="session")
def tana(opened: tuple[Tana, Mail]) -> Tana:
    return opened[0]


@pytest.fixture(scope="session")
def mail(opened: tuple[Tana, Mail]) -> Mail:
    return opened[1]


@pytest.fixture
def fresh(tmp_path: Path, pack: Pack) -> tuple[Tana, Mail]:
    """The same with no answers yet, to be written to."""
    tana = Tana(tmp_path / "home")
    return tana, build_mail(tana, tmp_path, pack)
