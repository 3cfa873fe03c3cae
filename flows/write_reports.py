"""Write the Word report of the run that stands, for one country or for many."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Self

from assessments import __version__
from assessments.errors import NothingToAssess, TanaError
from assessments.language import words
from assessments.paths import REPORT_TEMPLATES
from assessments.report import (
    Approval,
    Edition,
    Provenance,
    ReportFiles,
    ReportInputs,
    write_report,
)
from assessments.report.government import standing
from assessments.report.small_numbers import without_small_numbers
from assessments.results import PUBLIC_EDITION
from assessments.runner import STEPS
from assessments.scoring.publication import public_answers
from assessments.settings import private_folder, processors, read_settings
from assessments.store import Run, Store, open_store
from assessments.store.carried import answers_under
from assessments.workbook.response.form import Response
from flows.compute import Results
from flows.earlier_round import earlier_round
from flows.end_with_parent import STARTED_BY, end_with_parent
from flows.progress import tell
from flows.still_holds import NOTEBOOK, pack_of_run, standing_approval


def write_country_report(
    iso3: str,
    round_: str,
    out: Path,
    *,
    language: str = "en",
    restricted: bool = False,
    pdf: bool = False,
    template: Path | None = None,
    by: str = "",
) -> ReportFiles:
    """The report in `out`, and a line in the audit trail. An old report stays until it is whole.

    Raises NothingToAssess where there is no run, UnknownLanguage, and TemplateFault for a template
    that cannot be used.
    """
    words(language)  # raises before anything is made
    with open_store() as store:
        run = run_that_stands(store, iso3, round_)
        edition: Edition = "restricted" if restricted else "public"
        private_folder(out.resolve())
        made = write_report(
            report_inputs(store, run, edition=edition),
            out / _file_name(run, edition, language, template),
            template=template,
            language=language,
            pdf=pdf,
        )
        store.add_report(
            run.key,
            made.docx,
            edition=edition,
            language=language,
            sha256=hashlib.sha256(made.docx.read_bytes()).hexdigest(),
            by=by,
        )
    return made


class ReportWriters:
    """Processes that write public reports: as many as notebooks may run at once, of the processors
    there are. Writing a report is computing, which threads of one process would do in turn.

    A process is started when there is something for it to write. Ends them when it is left.
    """

    def __init__(self, round_: str, out: Path, *, by: str = "") -> None:
        self.at_once = min(read_settings().notebooks_at_once, processors())
        self.write = partial(_write, round_=round_, out=out, by=by)
        self.pool = self._processes()
        self.wanted: list[str] = []
        self.begun: dict[str, Future[Path]] = {}

    def _processes(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.at_once, get_context("spawn"), initializer=_end_with, initargs=(os.getpid(),)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.shutdown(cancel_futures=True)

    def begin(self, iso3: str) -> None:
        """Have the report of a country written meanwhile, where there is a processor for it.

        The first waits for a second: for one alone no process is worth its start.
        """
        self.wanted.append(iso3)
        if self.at_once > 1 and len(self.wanted) > 1:
            for one in self.wanted:
                if one not in self.begun:
                    self.begun[one] = self.pool.submit(self.write, one)

    def written(self) -> dict[str, Path]:
        """Wait for what was begun: the Word files that were written, by country.

        Those that could not be are told of and left out; `write_all` tries them again.
        """
        wait(self.begun.values())
        failed = {iso3: fault for iso3, one in self.begun.items() if (fault := one.exception())}
        for iso3, fault in failed.items():
            # the text of a foreign exception may hold an answer; only our own are repeated
            why = fault.message if isinstance(fault, TanaError) else type(fault).__name__
            tell(f"{iso3}: its report was not written at first ({why})")
        return {iso3: one.result() for iso3, one in self.begun.items() if iso3 not in failed}

    def write_all(self, countries: Sequence[str]) -> Iterator[tuple[str, Path]]:
        """The Word file of each country as it is written, in this order.

        By processes of its own: a writer that was killed takes those begun with it down. Raises
        what `write_country_report` raises.
        """
        if min(self.at_once, len(countries)) < 2:
            yield from zip(countries, map(self.write, countries), strict=True)
            return
        with self._processes() as pool:
            yield from zip(countries, pool.map(self.write, countries), strict=True)


def write_country_reports(
    countries: Sequence[str], round_: str, out: Path, *, by: str = ""
) -> Iterator[tuple[str, Path]]:
    """The Word file of each country's public report as it is written, in this order; several at
    once.

    Raises what `write_country_report` raises.
    """
    with ReportWriters(round_, out, by=by) as writers:
        yield from writers.write_all(countries)


def _write(iso3: str, round_: str, out: Path, *, by: str) -> Path:
    """Only where it lies: the ids that it prints are thousands, and a run has many reports."""
    return write_country_report(iso3, round_, out, by=by).docx


def _end_with(parent: int) -> None:
    """Who writes reports for a run must not outlive it."""
    os.environ[STARTED_BY] = str(parent)
    end_with_parent()


def _file_name(run: Run, edition: Edition, language: str, template: Path | None = None) -> str:
    """`XAA_2026_public_en.docx`; a document that is not the whole report says so behind it."""
    ours = template is not None and template.parent == REPORT_TEMPLATES
    named = f"_{template.stem}" if template is not None and ours else ""
    return f"{run.iso3}_{run.round}_{edition}_{language}{named}.docx"


def without_report(store: Store, runs: Sequence[str], folder: Path) -> list[str]:
    """Countries of these runs (by key) whose whole public report does not lie in `folder`.

    The bytes decide: another run may have written its report under the same name.
    """
    found = (run for key in runs if (run := store.run(key, results=())) is not None)
    return [run.iso3 for run in found if not _lies_there(store, run, folder)]


def _lies_there(store: Store, run: Run, folder: Path) -> bool:
    path = folder / _file_name(run, "public", "en")
    if not path.is_file():
        return False
    held = hashlib.sha256(path.read_bytes()).hexdigest()
    made = store.reports(run.iso3, run.round)
    return any(one.run == run.key and one.sha256 == held for one in made)


def run_that_stands(store: Store, iso3: str, round_: str) -> Run:
    """The latest run. Raises NothingToAssess where there is none."""
    run = store.latest_run(iso3, round_)
    if run is None:
        raise NothingToAssess(
            f"{iso3} {round_} was not assessed yet.", f"Run: tana assess {iso3} --round {round_}"
        )
    return run


def approval_of(store: Store, run: Run) -> Approval | None:
    """Who approved this very run; None while it is a draft, or where the approval is void."""
    found = standing_approval(store, run.iso3, run.round)
    if found is None or not found.valid or found.run != run.key:
        return None
    return Approval(by=found.name, at=found.approved_at)


def has_public_edition(run: Run) -> bool:
    """False where the run's notebooks compute otherwise than the library."""
    return any(name.startswith(PUBLIC_EDITION) for name in run.results)


def report_inputs(store: Store, run: Run, *, edition: Edition) -> ReportInputs:
    """What a report, an export and the officer's page are made from.

    Raises NothingToAssess where the pack has been edited since, and where a run has no public
    edition.
    """
    public = edition == "public"
    if public and not has_public_edition(run):
        raise NothingToAssess(
            "This run has no public edition: its notebooks compute otherwise than the library.",
            "Move the change into method.toml or the library and run "
            f"`tana assess {run.iso3} --round {run.round}`, or ask for --restricted.",
        )
    results = Results.stored(run.results, PUBLIC_EDITION if public else "")
    pack = pack_of_run(store, run)
    respondents = results.review.respondents
    versions = {one.institution: one.version for one in respondents}
    answers = answers_under(store, run.iso3, run.round, pack, versions=versions).answers
    inputs = ReportInputs(
        pack=pack,
        country=results.design.country,
        review=results.review,
        scores=results.scores,
        priorities=results.priorities,
        design=results.design,
        # What the run rested on, not what may have come in since.
        answers=public_answers(pack, answers) if public else answers,
        edition=edition,
        earlier=earlier_round(store, pack, run, results.scores, public=public),
        provenance=Provenance(
            run=run.key,
            made_at=run.made_at,
            tana_version=__version__,
            notebooks=tuple(
                (step.name, run.inputs.get(NOTEBOOK + step.name, "")) for step in STEPS
            ),
            approval=approval_of(store, run),
        ),
    )
    said = (Response.of(one) for one in store.responses(run.iso3, run.round, edition))
    responses = standing(inputs, (one for one in said if one is not None))
    return without_small_numbers(replace(inputs, responses=responses))
