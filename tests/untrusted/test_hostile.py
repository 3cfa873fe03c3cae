"""Every kind of hostile, doubtful and odd workbook meets the end that its name deserves.

Refused ones leave the store's bytes as they were; of doubtful ones the cell is named and
`unusable` and all other answers are equal; good ones are not refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hostile import KINDS, Kind, Sample

from assessments.intake import receive
from assessments.pack.model import Pack
from assessments.problems import Severity
from assessments.results import AnswerState
from assessments.settings import Settings
from assessments.store import Store, open_store
from assessments.untrusted import cage
from assessments.workbook.read import Reading, read_workbook

OF_EVERY_QUESTIONNAIRE = [kind for kind in KINDS.values() if kind.asks in ("", "select_one")]
CASES = [
    *(("COORD" if kind.asks == "date" else "CUST", kind) for kind in KINDS.values()),
    *(("WPU", kind) for kind in OF_EVERY_QUESTIONNAIRE if kind.outcome != "refused"),
]


def cases(outcome: str) -> pytest.MarkDecorator:
    chosen = [case for case in CASES if case[1].outcome == outcome]
    return pytest.mark.parametrize(
        ("institution", "kind"), chosen, ids=[f"{code}-{kind.name}" for code, kind in chosen]
    )


@pytest.fixture(scope="module")
def originals(samples: Mapping[str, Sample], cooperation: Pack) -> Mapping[str, Reading]:
    return {code: read_workbook(sample.data, cooperation) for code, sample in samples.items()}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def store(home: Path, cooperation: Pack) -> Iterator[Store]:
    with open_store(Settings(home=home)) as opened:
        opened.open_assessment(
            "XAB",
            "2026",
            cooperation.id,
            cooperation.version,
            cooperation.digest,
            pack_folder=cooperation.folder,
        )
        yield opened


def stored_bytes(home: Path) -> dict[str, str]:
    """Every file of the store; the shared memory of SQLite is no content."""
    return {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.name.endswith("-shm")
    }


def answered(reading: Reading, without: str = "") -> dict[str, tuple[object, ...]]:
    return {
        a.question: (a.state, a.value, a.raw, a.evidence, a.source.cell)
        for a in reading.answers
        if a.question != without
    }


def test_the_cage_keeps_the_five_seconds_in_which_a_file_is_refused() -> None:
    """What a reader may compute is a limit of the process; `test_reading.py` runs into it."""
    assert cage.ALLOWANCE.processor < 5


def test_there_are_enough_kinds() -> None:
    assert len(KINDS) >= 60
    assert {kind.outcome for kind in KINDS.values()} == {"refused", "unusable", "harmless"}


@cases("refused")
def test_refused(
    institution: str,
    kind: Kind,
    samples: Mapping[str, Sample],
    cooperation: Pack,
    store: Store,
    home: Path,
    tmp_path: Path,
) -> None:
    """With a typed message, with little memory, and the store exactly as before."""
    file = tmp_path / f"{institution}.xlsx"
    file.write_bytes(kind.make(samples[institution]))
    before = stored_bytes(home)
    receipt = receive(file, store, pack=cooperation)
    assert all(warden.peak < 512 * 2**20 for warden in cage._wardens.idle)
    assert not receipt.accepted
    refusing = [p for p in receipt.problems if p.severity is Severity.FILE]
    assert {p.code for p in refusing} & set(kind.codes), [str(p) for p in receipt.problems]
    for problem in refusing:
        assert problem.message
        assert problem.remedy
        assert "{" not in problem.message + problem.remedy
    assert stored_bytes(home) == before


@cases("unusable")
def test_unusable(
    institution: str,
    kind: Kind,
    samples: Mapping[str, Sample],
    originals: Mapping[str, Reading],
    cooperation: Pack,
) -> None:
    """The cell is named, its answer is not scored, and the others are what they were."""
    place = samples[institution].places[kind.asks]
    reading = read_workbook(kind.make(samples[institution]), cooperation)
    problem = next(p for p in reading.problems if p.code in kind.codes)
    assert problem.severity is Severity.CELL
    where = f"{kind.at}{place.row}" if kind.at else place.cell
    assert (problem.question, problem.sheet, problem.cell) == (place.question, place.sheet, where)
    found = next(a for a in reading.answers if a.question == place.question)
    assert (found.state, found.value) == (AnswerState.UNUSABLE, None)
    assert answered(reading, place.question) == answered(originals[institution], place.question)
    assert reading.accepted


@cases("harmless")
def test_harmless(
    institution: str,
    kind: Kind,
    samples: Mapping[str, Sample],
    originals: Mapping[str, Reading],
    cooperation: Pack,
) -> None:
    """Odd, but good: not refused, every answer as it was, at most a note."""
    reading = read_workbook(kind.make(samples[institution]), cooperation)
    known = {p.code for p in originals[institution].problems}
    assert {p.code for p in reading.problems} - known <= set(kind.codes)
    assert set(kind.codes) <= {p.code for p in reading.problems}
    assert answered(reading) == answered(originals[institution])
    assert reading.accepted
