"""Workbooks that LibreOffice really opened, changed and saved. At full length: make roundtrips."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessments.pack.model import Pack
from assessments.untrusted import Unreadable, read_cells

from . import deeds
from .generated import LANGUAGES, trips
from .office import Office, missing, office

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(bool(missing()), reason=missing()),
]
SETS = range(5005, 5009)  # one a language, two of them with very long texts; seconds, not minutes


@pytest.fixture(scope="module")
def running() -> Iterator[Office]:
    with office() as started:
        yield started


@pytest.fixture(scope="module")
def desks(
    pack: Pack, running: Office, tmp_path_factory: pytest.TempPathFactory
) -> list[deeds.Desk]:
    """A filled workbook in each language."""
    folder = tmp_path_factory.mktemp("desks")
    return [deeds.Desk(pack, language, folder, running) for language in LANGUAGES]


@pytest.mark.parametrize("deed", deeds.DEEDS)
def test_after_a_deed_the_same_answers_are_read_or_the_cell_is_told(
    desks: list[deeds.Desk], deed: str
) -> None:
    """One language and format a deed, in turns; the page says what it comes to in all of them."""
    number = list(deeds.DEEDS).index(deed)
    desk = desks[(number // 2) % len(desks)]
    outcome = desk.outcome(deed, ("xlsx", "ods")[number % 2])
    assert outcome.wrong == ()
    assert outcome.said == deeds.committed().get(deed), (
        "docs/round-trips.md says otherwise: tests/workbook/roundtrips.py --only deeds --write"
    )


def test_generated_answers_come_back_through_libreoffice(
    pack: Pack, running: Office, tmp_path: Path
) -> None:
    done = list(trips(SETS, pack, tmp_path, running))
    assert [fault for one in done for fault in one.wrong] == []
    assert sum(one.answers for one in done) > 0


def test_an_ods_file_sent_in_is_answered_with_what_to_do(
    desks: list[deeds.Desk], running: Office, tmp_path: Path
) -> None:
    ods = running.do("saved", desks[0].filled["xlsx"], tmp_path / "returned.ods")
    with pytest.raises(Unreadable) as refused:
        read_cells(ods)
    (problem,) = refused.value.problems
    assert problem.code == "ods-not-workbook"
    assert "save it as an Excel workbook (.xlsx)" in problem.remedy
