"""How long it takes to read the answers of a folder of workbooks, against openpyxl alone.

Three ways read the same files in turns, so that other work on the machine meets all of them:
`openpyxl.load_workbook` with nothing checked; `read_workbook` with every check and both readers;
the same without the second reader. Ratios are of the medians. Processor seconds include the
children in the cage.

    python benchmarks/read_workbooks.py                     5 rounds over 12 workbooks
    python benchmarks/read_workbooks.py --rounds 9 --json
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import openpyxl

from assessments.pack.load import find_pack, load_pack
from assessments.pack.model import Pack, Tier
from assessments.paths import EXAMPLES
from assessments.reference import country
from assessments.untrusted import cage, read_cells
from assessments.workbook.fill import fill_workbook
from assessments.workbook.read import read_answers, read_workbook
from assessments.workbook.write import build_workbook

COUNTRY = "XAB"
FASTER, SLOWER = 8.0, 1.3  # at least as fast without, at most as slow with the second reader
Seconds = tuple[float, float]  # wall, processor


def folder_of_workbooks(pack: Pack, folder: Path) -> list[Path]:
    """The filled workbooks of a fictional country."""
    files = []
    for answers in sorted((EXAMPLES / COUNTRY).glob("*.csv")):
        blank = build_workbook(
            pack, country(COUNTRY), "2026", answers.stem, "en", Tier.DEEP,
            folder / "blank" / f"{answers.stem}.xlsx",
            reference_date=date(2026, 3, 31), deadline=date(2026, 6, 30),
        )  # fmt: skip
        files.append(fill_workbook(blank, answers, folder / f"{answers.stem}.xlsx"))
    return files


def timed(work: Callable[[], None]) -> Seconds:
    wall, processor = time.perf_counter(), _processor()
    work()
    return time.perf_counter() - wall, _processor() - processor


def _processor() -> float:
    return time.process_time() + sum(warden.seconds for warden in cage._wardens.idle)


def measure(pack: Pack, files: list[Path], rounds: int) -> dict[str, list[Seconds]]:
    """Seconds of each round for each way; one round before them is not counted."""

    def with_openpyxl() -> None:
        for file in files:
            openpyxl.load_workbook(file)

    def twice() -> None:
        for file in files:
            assert read_workbook(file, pack).accepted

    def once() -> None:
        for file in files:
            assert read_answers(read_cells(file, twice=False), pack).accepted

    def once_side_by_side() -> None:
        with ThreadPoolExecutor(2) as threads:
            for cells in threads.map(lambda file: read_cells(file, twice=False), files):
                assert read_answers(cells, pack).accepted

    ways = {
        "openpyxl": with_openpyxl,
        "both readers": twice,
        "fast reader": once,
        "fast reader, 2 threads": once_side_by_side,
    }
    found: dict[str, list[Seconds]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, work in ways.items():
            seconds = timed(work)
            if number:
                found[name].append(seconds)
    return found


def ratios(found: dict[str, list[Seconds]], clock: int) -> dict[str, float]:
    """How many times faster than openpyxl each way is."""
    middle = {name: statistics.median(s[clock] for s in rounds) for name, rounds in found.items()}
    return {name: middle["openpyxl"] / seconds for name, seconds in middle.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the reading of returned workbooks.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    pack = load_pack(find_pack("cooperation"))
    with tempfile.TemporaryDirectory() as folder:
        files = folder_of_workbooks(pack, Path(folder))
        found = measure(pack, files, given.rounds)
    wall, processor = ratios(found, 0), ratios(found, 1)
    # best of the two ways without the second reader: side by side only helps with a free core
    fast = max(wall["fast reader"], wall["fast reader, 2 threads"])
    met = {"fast": fast >= FASTER, "both": 1 / wall["both readers"] <= SLOWER}
    if given.json:
        print(
            json.dumps(
                {
                    "workbooks": len(files),
                    "rounds": given.rounds,
                    "milliseconds": {
                        name: statistics.median(s[0] for s in rounds) / len(files) * 1000
                        for name, rounds in found.items()
                    },
                    "times_as_fast": wall,
                    "times_as_fast_by_processor": processor,
                    "met": met,
                }
            )
        )
    else:
        print(f"{len(files)} workbooks, {given.rounds} rounds, medians")
        print(f"{'':24}{'ms each':>9}{'times as fast':>15}{'by processor':>14}")
        for name, rounds in found.items():
            each = statistics.median(s[0] for s in rounds) / len(files) * 1000
            print(f"{name:24}{each:9.1f}{wall[name]:15.2f}{processor[name]:14.2f}")
    return 0 if all(met.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
