"""From returned workbooks to Word reports: against a naive pipeline, as it grows, and once more.

Naive is what one would write first: openpyxl reads each workbook, each answer cell becomes a row of
an object-relational mapper in one transaction a file, papermill runs the notebooks one after
another, and the reports follow. It is run on a part of the countries and scaled up; it checks
nothing and keeps no trail, and its notebooks read the answers that tana has stored. One round: the
first countries, the naive way, the others, then all again with one workbook changed.
"""

from __future__ import annotations

import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import openpyxl
from sqlmodel import Field, Session, SQLModel, create_engine

from benchmarks import ways
from benchmarks.measure import Measure
from benchmarks.size import countries
from benchmarks.world import ROUND, SIZE, World

FASTER, GROWTH, MEMORY, AGAIN = 6.0, 1.1, 1.1, 0.03
FIRST, NAIVE = 24, 12


class Cell(SQLModel, table=True):
    """An answer cell, as the naive pipeline keeps it."""

    id: int | None = Field(default=None, primary_key=True)
    file: str
    name: str
    value: str


def tana(made: World, codes: Sequence[str]) -> None:
    """Workbooks in, reports out."""
    ways.take_in(World(made.folder, tuple(codes)))
    assess(codes)


def assess(codes: Sequence[str]) -> None:
    """One flow over all of them, and the report of each country whose run is new."""
    from flows.assess_region import assess_region

    assess_region(list(codes), ROUND, country_reports=True)


def naive(made: World, codes: Sequence[str]) -> None:
    from flows.write_reports import write_country_report

    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as name:
        engine = create_engine(f"sqlite:///{name}/naive.db")
        SQLModel.metadata.create_all(engine, tables=[SQLModel.metadata.tables["cell"]])
        for path in (path for iso3 in codes for path in made.workbooks(iso3)):
            _naive_file(path, engine)
        ways.by_papermill(codes)
        for iso3 in codes:
            write_country_report(iso3, ROUND, Path(name))


def _naive_file(path: Path, engine: object) -> None:
    book = openpyxl.load_workbook(path)
    with Session(engine) as session:  # type: ignore[arg-type]
        for name, defined in book.defined_names.items():
            for sheet, address in defined.destinations if name.startswith("q_") else ():
                first = address.replace("$", "").partition(":")[0]
                value = str(book[sheet][first].value)
                session.add(Cell(file=path.name, name=name, value=value))
        session.commit()


def naive_seconds(made: World, codes: Sequence[str]) -> float:
    return timed(lambda: naive(made, codes))


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measures() -> list[Measure]:
    """Seconds a country of each part, and how the memory of this process has grown."""
    count = countries(SIZE)
    first, part = min(FIRST, max(2, count // 2)), min(NAIVE, max(1, count // 4))
    with ways.a_home(count) as made:
        stop = ways.with_server()
        try:
            tana(made, made.codes[:1])  # loads what is loaded once
            small = timed(lambda: tana(made, made.codes[1:first])) / max(1, first - 1)
            before = ways.megabytes()
            # in a process of its own: what it loads and leaves is no memory of ours
            with ProcessPoolExecutor(1, get_context("spawn")) as other:
                slow = other.submit(naive_seconds, made, made.codes[:part]).result() / part
            large = timed(lambda: tana(made, made.codes[first:])) / (count - first)
            after = ways.megabytes()
            changed = ways.corrected(made, made.codes[0])

            def again() -> None:
                ways.receive([changed])
                assess(made.codes)

            rerun = timed(again)
        finally:
            stop()
    whole = small * first + large * (count - first)
    what = f"workbooks to reports, {count} countries x 8"
    return [
        Measure(
            f"{what}: times as fast as the naive pipeline (scaled up from {part} countries)",
            slow * count / whole, FASTER, at_most=False,
        ),
        Measure(
            f"{what}: seconds a country after the first {first} against among them",
            large / small, GROWTH, at_most=True,
        ),
        Measure(
            f"{what}: memory of the main process after all against after the first {first}",
            after / before, MEMORY, at_most=True,
        ),
        Measure(
            f"{what}: again with one workbook changed, against the whole",
            rerun / whole, AGAIN, at_most=True,
        ),
    ]  # fmt: skip
