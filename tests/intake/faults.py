"""`make faults`: the long form of what the tests of intake try in a sample.

Every system call of an ingest killed or made to fail, random kills, and many processes at once on
SQLite and PostgreSQL. Prints its figures; the exit status is 1 where anything broke.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fault_points import points, prepared, try_point
from intake_samples import build_sample, honest, small_pack
from naive import naive
from private_postgresql import NoServer, empty_database, private_server
from race import NUMBER, race
from random_kills import kill_at_random

from assessments.pack.model import Pack

CORRECTIONS = 8
HEAT = 20  # rounds of a race on one store


def main() -> int:
    """Run what was asked for; the number of parts in which anything broke."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=1000, help="random kills")
    asked.add_argument("--processes", type=int, default=8)
    asked.add_argument("--rounds", type=int, default=200)
    asked.add_argument("--only", choices=["points", "kills", "race", "naive"])
    given = asked.parse_args()
    warnings.filterwarnings("ignore", module="openpyxl")
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        pack = small_pack(folder)
        parts = {
            "points": lambda: _points(pack, folder),
            "naive": lambda: _naive(pack, folder),
            "kills": lambda: _kills(pack, folder, given.kills),
            "race": lambda: _race(pack, folder, given.processes, given.rounds),
        }
        chosen = [given.only] if given.only else list(parts)
        broken = [_timed(part, parts[part]) for part in chosen]  # all, whatever the first says
        return int(any(broken))


def _timed(part: str, work: object) -> int:
    began = time.perf_counter()
    broken: int = work()  # type: ignore[operator]
    print(f"  ({part}: {time.perf_counter() - began:.0f} s)", flush=True)
    return broken


def _home(pack: Pack, folder: Path, name: str) -> tuple[Path, Path, dict[str, object]]:
    first = build_sample(pack, folder / f"{name}-a.xlsx", STR_1_01="No")
    second = build_sample(pack, folder / f"{name}-b.xlsx", STR_1_01="Yes", STR_1_02=4)
    home = folder / name
    prepared(home, pack, first, honest)
    return home, second, {"STR_1_01": "yes", "STR_1_02": 4.0, "STR_1_03": None}


def _points(pack: Pack, folder: Path) -> int:
    home, file, expected = _home(pack, folder, "points")
    every, broken = points(home, file, honest), 0
    for number, point in enumerate(every, 1):
        if fault := try_point(point, home, file, honest, expected):
            broken += 1
            print(fault, flush=True)
        if number % 100 == 0:
            print(f"  {number} of {len(every)} points", file=sys.stderr, flush=True)
    kinds = {
        kind: sum(point.fault == kind for point in every) for kind in ("KILL", "ENOSPC", "EIO")
    }
    print(f"{len(every)} points {kinds}: {broken} broken")
    return broken


def _naive(pack: Pack, folder: Path) -> int:
    """The naive ingest must break; 1 where it did not, for then the harness sees nothing."""
    home, file, expected = _home(pack, folder, "naive")
    every = [
        point
        for point in points(home, file, naive)
        if point.fault == "KILL" and point.call in ("pwrite64", "fdatasync")
    ]
    broken = sum(bool(try_point(point, home, file, naive, expected)) for point in every)
    print(f"naive ingest: {broken} of {len(every)} kills at writes broke it (it has to break)")
    tally = kill_at_random(home, {file: expected}, naive, kills=100)
    print(f"naive ingest: broken after {tally.kills} random kills (it has to break)")
    return int(not broken or not tally.broken)


def _kills(pack: Pack, folder: Path, kills: int) -> int:
    home, _, _ = _home(pack, folder, "kills")
    files = {
        build_sample(pack, folder / f"k{n}.xlsx", STR_1_01="Yes", STR_1_02=n): {
            "STR_1_01": "yes",
            "STR_1_02": float(n),
            "STR_1_03": None,
        }
        for n in range(10, 10 + CORRECTIONS)
    }
    tally = kill_at_random(home, files, honest, kills=kills)
    print(
        f"{tally.kills} random kills ({tally.stored_yet_killed} after the answers were stored, "
        f"{tally.survived} came too late): {len(tally.broken)} broken"
    )
    for fault in tally.broken:
        print(fault)
    return len(tally.broken)


def _race(pack: Pack, folder: Path, processes: int, rounds: int) -> int:
    """In heats, each with an empty store: no institution sends a thousand returns."""
    sample = build_sample(pack, folder / "race.xlsx", STR_1_01="Yes", STR_1_02=NUMBER)
    heats = [min(HEAT, rounds - start) for start in range(0, rounds, HEAT)]
    faults: list[str] = []
    for number, heat in enumerate(heats):
        home = folder / f"race-sqlite-{number}"
        faults += race(home, "", pack, sample, processes=processes, rounds=heat)
    print(f"SQLite, {processes} processes x {rounds} rounds: {len(faults)} faults {faults[:3]}")
    more: list[str] = []
    try:
        with private_server() as server:
            for number, heat in enumerate(heats):
                home = folder / f"race-postgresql-{number}"
                with empty_database(server) as address:
                    more += race(home, address, pack, sample, processes=processes, rounds=heat)
    except NoServer as reason:
        print(f"PostgreSQL left out: {reason}")
        return len(faults)
    print(f"PostgreSQL, {processes} processes x {rounds} rounds: {len(more)} faults {more[:3]}")
    return len(faults) + len(more)


if __name__ == "__main__":
    sys.exit(main())
