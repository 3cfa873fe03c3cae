"""Assess one country: check answers, score, set priorities, design a project.

Each step is a notebook. Its result is kept under the content key of everything it rests on, so
that an unchanged step is never done again and a broken run goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import threading
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import cast

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.task_runners import ThreadPoolTaskRunner

from assessments.errors import RunFailed, TanaError
from assessments.pack.load import load_pack
from assessments.results import ProjectDesign
from assessments.runner import STEPS, Step, execute, run_key, step_key
from assessments.runner.execute import read_result
from assessments.runner.kernels import prepare_kernels
from assessments.runner.material import material_of
from assessments.settings import Settings, private_folder, read_settings
from assessments.store import open_store
from flows.own_pack import own_pack
from flows.progress import tell
from flows.public_edition import public_documents
from flows.still_holds import BUDGET, NAMED_PACK, Outcome, rests_on
from flows.write_reports import has_public_edition, report_inputs

NOTEBOOKS_AT_ONCE = 2
# A step that waits for an earlier one holds a thread, so there are more threads than notebooks.
STEPS_AT_ONCE = 64
_a_kernel_is_free = threading.BoundedSemaphore(NOTEBOOKS_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Finished:
    """One step's result, and whether it had to be computed."""

    step: str
    key: str
    digest: str  # of the result
    path: Path
    computed: bool


@dataclass(frozen=True, slots=True)
class Job:
    """What all steps of one country's assessment share."""

    iso3: str
    round: str
    pack: str
    named_pack: str  # as the officer named it; "" for the pack of the round
    pack_digest: str
    answers_digest: str
    budget: str
    folder: Path  # of this assessment under TANA_HOME/runs
    kernel: str
    cell_seconds: int


@task(
    name="run a notebook",
    task_run_name="{job.iso3} {job.round}: {step.title}",
    persist_result=False,
    cache_policy=NO_CACHE,  # our own content keys decide, never paths
)
def run_step(job: Job, step: Step, earlier: list[Finished]) -> Finished:
    """One notebook, unless its result is there under the same key already."""
    parameters: dict[str, str | int | float | bool] = {
        "iso3": job.iso3,
        "assessment_round": job.round,
        "pack": job.pack,
    }
    if step.result is ProjectDesign:
        parameters["budget"] = job.budget
    key = step_key(
        step.notebook,
        answers_digest=job.answers_digest,
        pack_digest=job.pack_digest,
        # The pack's digest stands for it: its folder may lie elsewhere tomorrow.
        parameters={name: value for name, value in parameters.items() if name != "pack"},
        results_read={finished.step: finished.digest for finished in earlier},
    )
    folder = job.folder / step.name / key[:16]
    result_path = folder / "result.json"
    computed = not result_path.is_file()
    if computed:
        paths = {
            other.passes_on_as: str(finished.path)
            for finished in earlier
            for other in STEPS
            if other.name == finished.step
        }
        # A folder of its own: the same step may be under way twice.
        scratch = Path(
            tempfile.mkdtemp(
                prefix=f"{key[:16]}.", suffix=".part", dir=private_folder(folder.parent)
            )
        )
        with _a_kernel_is_free:
            execute(
                step.notebook,
                {**parameters, **paths},
                step.result,
                result_path=scratch / "result.json",
                executed=scratch / f"{step.name}.ipynb",
                kernel=job.kernel,
                cell_seconds=job.cell_seconds,
            )
        _settle(scratch, folder)
    read_result(result_path, step.result, step.notebook.name)
    digest = hashlib.sha256(result_path.read_bytes()).hexdigest()
    tell(f"{job.iso3} {job.round}: {step.title.lower()} {'done' if computed else 'unchanged'}")
    return Finished(step.name, key, digest, result_path, computed)


def _settle(scratch: Path, folder: Path) -> None:
    """Move a finished step into place in one go; another run may have been faster."""
    try:
        scratch.rename(folder)
    except OSError:
        if not (folder / "result.json").is_file():
            raise
        shutil.rmtree(scratch, ignore_errors=True)


def start_job(
    iso3: str, round_: str, pack: str, budget: str, settings: Settings, kernel: str
) -> Job:
    """Look up what the steps rest on. Raises UnknownCountry, UnknownRound, NothingToAssess."""
    with open_store(settings) as store:
        loaded = load_pack(pack) if pack else own_pack(store.assessment(iso3, round_))
        material_of(store, iso3, round_, loaded)  # says at once where there is nothing to assess
        answers_digest = store.answers_digest(iso3, round_)
    return Job(
        iso3=iso3,
        round=round_,
        pack=loaded.folder or loaded.id,
        named_pack=pack,
        pack_digest=loaded.digest,
        answers_digest=answers_digest,
        budget=budget,
        folder=private_folder(settings.runs / f"{iso3}_{round_}"),
        kernel=kernel,
        cell_seconds=settings.cell_seconds,
    )


@task(name="keep the run", task_run_name="{job.iso3} {job.round}: Keep the run", retries=2)
def keep_run(job: Job, finished: list[Finished], by: str) -> Outcome:
    """Put the four results into the store as the run that stands; the only writing step."""
    key = run_key({done.step: done.key for done in finished})
    results = {
        step.stored_as: done.path.read_text(encoding="utf-8")
        for step in STEPS
        for done in finished
        if done.step == step.name
    }
    with open_store() as store:
        material = material_of(store, job.iso3, job.round, load_pack(job.pack))
    ceiling = Decimal(job.budget) if job.budget else None
    results |= public_documents(material, ceiling, results)
    with open_store() as store:
        store.save_run(
            key,
            job.iso3,
            job.round,
            results,
            inputs={
                "answers": job.answers_digest,
                **rests_on(job.pack_digest),
                BUDGET: job.budget,
                NAMED_PACK: job.named_pack,
                **{done.step: done.key for done in finished},
            },
            folder=job.folder,
            by=by,
        )
    return Outcome(
        iso3=job.iso3,
        round=job.round,
        run=key,
        recomputed=tuple(done.step for done in finished if done.computed),
        reused=tuple(done.step for done in finished if not done.computed),
    )


def assess(jobs: list[Job], by: str) -> list[Outcome]:
    """The four steps of every job, several countries at once; to be called inside a flow.

    Raises RunFailed after all others are done, naming each country that failed and why.
    """
    plans = [Plan.of(job, by) for job in jobs]
    outcomes, failed = [], []
    for job, plan in zip(jobs, plans, strict=True):
        try:
            outcomes.append(plan.outcome())
        except TanaError as error:
            failed.append((job.iso3, error))
    for outcome in outcomes:
        tell_officer(outcome)
    if failed:
        raise RunFailed(
            "; ".join(f"{iso3}: {error.message}" for iso3, error in failed),
            failed[0][1].remedy,
        )
    return outcomes


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of one country under way, and the run they are kept as."""

    steps: list[PrefectFuture[Finished]]
    kept: PrefectFuture[Outcome]

    @classmethod
    def of(cls, job: Job, by: str) -> Plan:
        """Submit every step; each starts when those it needs are done."""
        futures: dict[str, PrefectFuture[Finished]] = {}
        for step in STEPS:
            # Prefect hands each task the results in place of the futures.
            earlier = cast(list[Finished], [futures[name] for name in step.needs])
            futures[step.name] = run_step.submit(job, step, earlier)
        steps = list(futures.values())
        return cls(steps, keep_run.submit(job, cast(list[Finished], steps), by))

    def outcome(self) -> Outcome:
        """Wait for the run. Raises what the first failed step raised."""
        for step in self.steps:
            step.wait()
            # What needs a failed step never starts and knows no reason: the failed one does.
            if step.state.is_failed():
                step.result()
        return self.kept.result()


def start_jobs(iso3s: list[str], round_: str, pack: str, budget: str) -> list[Job]:
    """The jobs of several countries, with one kernel specification for all of them."""
    settings = read_settings()
    kernel = prepare_kernels(settings.make_home(), settings.kernels)
    return [start_job(iso3, round_, pack, budget, settings, kernel) for iso3 in iso3s]


@flow(
    name="assess_country",
    flow_run_name="{iso3} {assessment_round}",
    task_runner=ThreadPoolTaskRunner(max_workers=STEPS_AT_ONCE),  # type: ignore[arg-type]
    persist_result=False,
)
def assess_country(
    iso3: str, assessment_round: str, pack: str = "", budget: str = "", by: str = ""
) -> Outcome:
    """Assess one country from its accepted answers and keep the run as a draft.

    Without `pack`, with the one its questionnaires were built from.
    """
    return assess(start_jobs([iso3], assessment_round, pack, budget), by)[0]


def tell_officer(outcome: Outcome) -> None:
    """The run's story as artifacts on its page: profile, priorities, project. No answers."""
    with open_store() as store:
        run = store.run(outcome.run)
        if run is None:
            return
        # Prefect's page has other readers than the store: it shows what the public report may say.
        if not has_public_edition(run):
            return
        shown = report_inputs(store, run, edition="public")
    name = f"{outcome.iso3}-{outcome.round}".lower()
    create_table_artifact(
        key=f"profile-{name}",
        description=f"{outcome.iso3} {outcome.round}: levels 0 to 4 by dimension, with coverage",
        table=[
            {
                "dimension": line.code,
                "level": "not enough information" if line.level is None else f"{line.level:.1f}",
                "coverage": "" if line.coverage is None else f"{line.coverage:.0%}",
                "sub-dimensions with a level": f"{line.scored} of {line.of}",
            }
            for line in shown.scores.dimensions
        ],
    )
    lines = [
        f"# {outcome.iso3} {outcome.round}: draft run {outcome.run[:12]}",
        "",
        f"Answered by {len(shown.review.respondents)} institutions; silent: "
        f"{', '.join(shown.review.silent) or 'none'}.",
        "",
        "## First priorities (public ones)",
        "",
        *(f"{gap.rank}. {gap.sub_dimension}: {gap.reason}" for gap in shown.priorities.gaps[:5]),
        "",
        "## Packages",
        "",
        "| package | total with support cost | interventions |",
        "|---|---|---|",
        *(
            f"| {package.name} | USD {package.total:,.0f} | {len(package.chosen)} |"
            for package in shown.design.packages
        ),
    ]
    create_markdown_artifact(key=f"assessment-{name}", markdown="\n".join(lines))
