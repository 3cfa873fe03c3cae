"""An ingest that is killed or whose disk fails: nothing lost, doubled or half visible.

A sample of the points of `fault_points.py`; `make faults` tries them all.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from fault_points import points, prepared, try_point
from intake_samples import build_sample, honest
from sqlalchemy import insert

from assessments.pack.load import load_pack
from assessments.pack.model import Pack
from assessments.store import Store
from assessments.store.digest import answer_columns
from assessments.store.tables import ANSWER, SUBMISSION
from assessments.workbook.read import read_workbook

SAMPLE = 60
EXPECTED: dict[str, object] = {"STR_1_01": "yes", "STR_1_02": 4.0, "STR_1_03": None}

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")


@pytest.fixture
def files(pack: Pack, tmp_path: Path) -> tuple[Path, Path]:
    """A first file of CA and its correction."""
    return (
        build_sample(pack, tmp_path / "a.xlsx", STR_1_01="No"),
        build_sample(pack, tmp_path / "b.xlsx", STR_1_01="Yes", STR_1_02=4),
    )


def test_killed_or_failing_ingest_leaves_all_or_nothing_and_a_rerun_completes(
    pack: Pack, files: tuple[Path, Path], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    prepared(home, pack, files[0], honest)
    every = points(home, files[1], honest)
    writing = [point for point in every if point.call in ("pwrite64", "fdatasync", "rename")]
    chosen = random.Random(4).sample(every, SAMPLE // 2)
    chosen += random.Random(5).sample(writing, min(len(writing), SAMPLE // 2))
    broken = [try_point(point, home, files[1], honest, EXPECTED) for point in chosen]
    assert [fault for fault in broken if fault] == []
    assert len(chosen) >= SAMPLE


def _naive(file: Path, store: Store) -> object:
    """As one would write it in an afternoon: check, then insert, row by row, each committed."""
    with store.database.reading() as connection:
        known = len(list(connection.execute(SUBMISSION.select())))
        row = connection.execute(SUBMISSION.select()).mappings().first()
        assert row is not None
        folder = store.assessments()[0].pack_folder
    reading = read_workbook(file, load_pack(folder))
    values = {**row, "version": known + 1, "workbook_sha256": reading.sha256}
    del values["id"]
    with store.database.writing() as connection:
        made = connection.execute(insert(SUBMISSION).values(values).returning(SUBMISSION.c.id))
        number = made.scalar_one()
    for place, answer in enumerate(reading.answers):
        with store.database.writing() as connection:
            connection.execute(
                insert(ANSWER).values(submission_id=number, **answer_columns(answer, place))
            )
    return reading


def test_naive_ingest_fails_the_same_harness(
    pack: Pack, files: tuple[Path, Path], tmp_path: Path
) -> None:
    """Shows that the harness can fail."""
    home = tmp_path / "home"
    prepared(home, pack, files[0], honest)
    kills = [
        point
        for point in points(home, files[1], _naive)
        if (point.call, point.fault) == ("pwrite64", "KILL")
    ]
    broken = [try_point(point, home, files[1], _naive, EXPECTED) for point in kills[::3]]
    assert any("half of the file is visible" in fault for fault in broken), broken
