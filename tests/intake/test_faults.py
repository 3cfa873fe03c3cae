"""An ingest that is killed or whose disk fails: nothing lost, doubled or half visible.

A sample of what `make faults` tries in full.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from fault_points import points, prepared, try_point
from intake_samples import build_sample, honest
from naive import naive
from race import NUMBER, race
from random_kills import kill_at_random

from assessments.pack.model import Pack

SAMPLE = 60
EXPECTED: dict[str, object] = {"STR_1_01": "yes", "STR_1_02": 4.0, "STR_1_03": None}

needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")


@pytest.fixture
def files(pack: Pack, tmp_path: Path) -> tuple[Path, Path]:
    """A first file of CA and its correction."""
    return (
        build_sample(pack, tmp_path / "a.xlsx", STR_1_01="No"),
        build_sample(pack, tmp_path / "b.xlsx", STR_1_01="Yes", STR_1_02=4),
    )


@needs_strace
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


@needs_strace
def test_naive_ingest_fails_the_same_harness(
    pack: Pack, files: tuple[Path, Path], tmp_path: Path
) -> None:
    """Shows that the harness can fail; one point that breaks it is enough."""
    home = tmp_path / "home"
    prepared(home, pack, files[0], honest)
    kills = [
        point
        for point in points(home, files[1], naive)
        if (point.call, point.fault) == ("pwrite64", "KILL")
    ]
    broken = (try_point(point, home, files[1], naive, EXPECTED) for point in reversed(kills))
    assert any("half of the file is visible" in fault for fault in broken)


def test_random_kills_lose_and_double_nothing(
    pack: Pack, files: tuple[Path, Path], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    prepared(home, pack, files[0], honest)
    more = build_sample(pack, tmp_path / "c.xlsx", STR_1_01="Yes", STR_1_02=5)
    sent = {files[1]: EXPECTED, more: {**EXPECTED, "STR_1_02": 5.0}}
    tally = kill_at_random(home, sent, honest, kills=8)
    assert tally.broken == ()
    assert tally.kills >= 8


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_processes_at_once_keep_exactly_one_of_each_and_see_no_error(
    pack: Pack, tmp_path: Path, database: str, request: pytest.FixtureRequest
) -> None:
    """Four processes, three rounds of the same and of different workbooks."""
    sample = build_sample(pack, tmp_path / "race.xlsx", STR_1_01="Yes", STR_1_02=NUMBER)
    server = request.getfixturevalue("empty_postgresql") if database == "postgresql" else ""
    assert race(tmp_path / "home", server, pack, sample, processes=4, rounds=3) == []
