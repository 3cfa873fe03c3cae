"""How long it takes to read the answers of a folder of workbooks, against openpyxl alone.

`openpyxl.load_workbook`, with nothing checked, and tana read the same files in turns, so that other
work on the machine meets both: once with every check but the second reader, once with it too.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import openpyxl

from assessments.cli.ingest import SWITCH_SECONDS
from assessments.pack.load import find_pack, load_pack
from assessments.pack.model import Pack, Tier
from assessments.paths import EXAMPLES
from assessments.reference import country
from assessments.untrusted import read_cells
from assessments.workbook.fill import fill_workbook
from assessments.workbook.read import read_answers
from assessments.workbook.write import build_workbook
from benchmarks.measure import Measure, in_turns

COUNTRY = "XAB"
FASTER, SLOWER = 8.0, 1.3  # at least as fast without, at most as slow with the second reader
ROUNDS = 5


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


def measures() -> list[Measure]:
    """Both ways against openpyxl, by the clock on the wall."""
    warnings.simplefilter("ignore")
    pack = load_pack(find_pack("cooperation"))
    with tempfile.TemporaryDirectory() as folder:
        files = folder_of_workbooks(pack, Path(folder))

        def with_openpyxl() -> None:
            for file in files:
                openpyxl.load_workbook(file)

        def by_tana(*, twice: bool) -> None:
            """As `tana ingest` does: the next three files are read while one is checked."""
            with ThreadPoolExecutor(3) as ahead:
                for cells in ahead.map(lambda file: read_cells(file, twice=twice), files):
                    assert read_answers(cells, pack).accepted

        def against(*, twice: bool) -> float:
            ways = {"openpyxl": with_openpyxl, "tana": lambda: by_tana(twice=twice)}
            seconds = in_turns(ways, ROUNDS)
            return seconds["openpyxl"] / seconds["tana"]

        gc.freeze()  # as `tana ingest` does
        sys.setswitchinterval(SWITCH_SECONDS)
        # the fast reader first: the process that forks its readers has not loaded the second yet
        once, both = against(twice=False), against(twice=True)
    what = f"reading {len(files)} workbooks"
    return [
        Measure(
            f"{what} with every check but the second reader: times as fast as openpyxl alone",
            once, FASTER, at_most=False,
        ),
        Measure(
            f"{what} with every check and both readers against openpyxl alone",
            1 / both, SLOWER, at_most=True,
        ),
    ]  # fmt: skip
