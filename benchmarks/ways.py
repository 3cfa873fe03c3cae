"""Ways to do the same work on the same world: tana's, tana's without Prefect, and the naive ones.

Every way starts from workbooks or from a store that has taken them in; what it left behind before
is removed, so that each round does everything again.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

from assessments.intake import receive_all
from assessments.pack.load import load_pack
from assessments.pack.model import QuestionType
from assessments.runner import STEPS
from assessments.runner.material import material_of
from assessments.settings import read_settings
from assessments.store import open_store
from assessments.store.packs import keep_pack
from assessments.store.reference_date import settle_reference_date
from assessments.untrusted import read_cells
from assessments.workbook.fill import HEADER, fill_workbook
from assessments.workbook.read import read_answers
from benchmarks.world import REFERENCE_DATE, ROUND, World, settle, world

NAIVE_KERNEL = "tana-plain"


@contextmanager
def a_home(count: int) -> Iterator[World]:
    """The world's first countries, and an empty home that this process is settled in."""
    made = world(count)
    with tempfile.TemporaryDirectory(prefix="tana-bench-") as name:
        settle(made, Path(name) / "home")
        from flows.prefect_home import settle_prefect

        settle_prefect(read_settings())  # before anything imports Prefect
        yield made


def open_assessments(codes: Sequence[str]) -> None:
    """As `questionnaire build` opens them."""
    pack = load_pack("cooperation")
    with open_store() as store:
        for iso3 in codes:
            settle_reference_date(store, iso3, ROUND, REFERENCE_DATE, REFERENCE_DATE)
            store.open_assessment(iso3, ROUND, pack.id, pack.version, pack.digest)
        keep_pack(store, pack, by="bench")


def take_in(made: World) -> None:
    """Every workbook of the world into the store, two at once."""
    open_assessments(made.codes)
    receive(made.all_workbooks())


def receive(files: Sequence[Path]) -> None:
    """These workbooks into the store, two at once; the copies that say what to correct aside."""
    settings = read_settings()
    checked = settings.home / "checked"
    with open_store(settings) as store, ThreadPoolExecutor(2) as pool:
        work = pool.map(
            lambda path: receive_all(path, store, settings, by="bench", out=checked), files
        )
        assert all(receipt.accepted for receipts in work for receipt in receipts)


def corrected(made: World, iso3: str) -> Path:
    """The central authority's workbook of a country with one answer changed."""
    (sent,) = (path for path in made.workbooks(iso3) if path.stem.endswith("_CA"))
    asked = next(
        question
        for question in load_pack("cooperation").asked_of("CA")
        if question.type is QuestionType.SELECT_ONE and question.relevant is None
    )
    answers = read_settings().home / "correction.csv"
    for choice in asked.choices:  # one of the first two is another answer
        with answers.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HEADER, restval="")
            writer.writeheader()
            writer.writerow({"question": asked.name, "value": choice.name})
        out = fill_workbook(sent, answers, answers.with_name(f"{choice.name}-{sent.name}"))
        if values_of(out) != values_of(sent):
            return out
    raise AssertionError("no other answer")


def values_of(path: Path) -> list[object]:
    """The answers that stand in a workbook."""
    result = read_answers(read_cells(path, twice=False), load_pack("cooperation"))
    return [answer.value for answer in result.answers]


def forget_runs() -> None:
    """No result of a step is left and no run stands, so that each has to be computed."""
    settings = read_settings()
    shutil.rmtree(settings.runs, ignore_errors=True)
    with closing(sqlite3.connect(settings.home / "tana.db")) as store, store:
        store.execute("UPDATE assessment SET current_run = NULL")


def bare(codes: Sequence[str], *, keep: bool = True) -> None:
    """What `assess_region` does, by the same functions and without Prefect.

    Without `keep` the notebooks alone: results lie in the runs' folder and nothing is stored.
    """
    from flows.assess_steps import Asked, keep_run, run_step, start_job

    def one(iso3: str) -> None:
        job = start_job.fn(iso3, ROUND, Asked())
        done = {}
        for step in STEPS:
            done[step.name] = run_step.fn(job, step, [done[name] for name in step.needs])
        if keep:
            keep_run.fn(job, list(done.values()))

    forget_runs()
    # One country more than there are kernels: there is always a notebook that waits for one.
    with ThreadPoolExecutor(read_settings().notebooks_at_once + 1) as pool:
        list(pool.map(one, codes))


def by_papermill(codes: Sequence[str]) -> None:
    """Each notebook by `papermill.execute_notebook`, one after another, ordinary kernels."""
    from papermill import execute_notebook

    from assessments.runner.kernels import prepare_kernels

    prepare_kernels(read_settings().make_home(), "plain")
    with tempfile.TemporaryDirectory() as name:
        for iso3 in codes:
            results: dict[str, str] = {}
            for step in STEPS:
                out = Path(name) / f"{iso3}-{step.name}"
                earlier = {
                    other.passes_on_as: results[other.name]
                    for other in STEPS
                    if other.name in step.needs
                }
                results[step.name] = f"{out}.json"
                execute_notebook(
                    str(step.notebook),
                    f"{out}.ipynb",
                    parameters={"iso3": iso3, "assessment_round": ROUND, **earlier,
                                "result_path": results[step.name]},
                    kernel_name=NAIVE_KERNEL,
                    progress_bar=False,
                )  # fmt: skip


def computing_alone(codes: Sequence[str]) -> None:
    """The library in this process, on an open store and a loaded pack: four results a country.

    Nothing is drawn and nothing kept.
    """
    from flows.compute import compute

    pack = load_pack("cooperation")
    with open_store(read_only=True) as store:
        for iso3 in codes:
            compute(material_of(store, iso3, ROUND, pack))


def in_one_process(codes: Sequence[str]) -> None:
    """The notebooks' own code, cell by cell in this process: the same results, the same charts.

    No kernel, nothing isolated, no output kept: what computing and composing charts cost alone.
    """
    import nbformat

    books = {step: nbformat.read(step.notebook, as_version=4) for step in STEPS}
    with tempfile.TemporaryDirectory() as name, redirect_stdout(io.StringIO()):
        for iso3 in codes:
            paths = {step.name: f"{name}/{iso3}-{step.name}.json" for step in STEPS}
            for step, book in books.items():
                given = {o.passes_on_as: paths[o.name] for o in STEPS if o.name in step.needs}
                given |= {"iso3": iso3, "result_path": paths[step.name]}
                _run_cells(book, given)


def _run_cells(book: Any, given: dict[str, str]) -> None:
    names: dict[str, object] = {}
    for cell in book.cells:
        if cell.cell_type == "code":
            exec(cell.source, names)
            if "parameters" in cell.metadata.get("tags", ()):
                names.update(given)


def with_server() -> Callable[[], None]:
    """Prefect's server for this process, answering; returns what stops it."""
    from flows.prefect_server import launch_server

    settings = read_settings()
    server = launch_server(settings.prefect)
    server.wait()
    return server.stop


def megabytes() -> float:
    """Memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
