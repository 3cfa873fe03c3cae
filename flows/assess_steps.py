"""The four steps of an assessment, for one country or for many.

Each step is a notebook. Its result is kept under the content key of everything it rests on, so
that an unchanged step is never done again and a broken run goes on where it stopped. A step holds
the lock of its key while it computes: whoever wants the same result meanwhile waits for it.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from filelock import FileLock, Timeout

from assessments.errors import AnswersChanged, RunFailed
from assessments.pack.load import find_pack, load_pack, pack_digest
from assessments.results import ProjectDesign
from assessments.runner import STEPS, Step, as_tried, execute, run_key, step_key
from assessments.runner.execute import Parameter, read_result
from assessments.runner.kernels import prepare_kernels
from assessments.runner.material import material_of
from assessments.settings import FILE_MODE, private_folder, read_settings
from assessments.store import open_store
from flows.choose import doubt_of_round
from flows.own_pack import own_pack
from flows.progress import tell, warn
from flows.public_edition import public_documents
from flows.retrying import disk_fault, patient
from flows.still_holds import BUDGET, FAST_TRACK, NAMED_PACK, Outcome, rests_on

LOOK_AGAIN_SECONDS = 0.2  # at a result that another run computes


@dataclass(frozen=True, slots=True)
class Finished:
    """One step's result, and whether it had to be computed."""

    step: str
    key: str
    digest: str  # of the result
    path: Path
    computed: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What an officer asked for, the same for every country of a run."""

    pack: str = ""  # "" for the pack of the round
    budget: str = ""  # "" for the decided ceiling, or the method's
    by: str = ""
    fast_track: bool = False  # one outcome, from a short questionnaire


@dataclass(frozen=True, slots=True)
class Job:
    """What all steps of one country's assessment share."""

    iso3: str
    round: str
    pack: str
    pack_digest: str
    answers_digest: str
    asked: Asked
    folder: Path  # of this assessment under TANA_HOME/runs
    cell_seconds: int


@patient("look up what it rests on", "{iso3} {round_}: Look up what it rests on")
def start_job(iso3: str, round_: str, asked: Asked) -> Job:
    """Look up what the steps rest on; a round that may be a slip is warned of.

    Raises UnknownCountry, UnknownRound, NothingToAssess.
    """
    settings = read_settings()
    warn(doubt_of_round(iso3, round_))
    with open_store(settings) as store:
        if asked.pack:
            loaded = load_pack(asked.pack)
        else:
            loaded = own_pack(store.assessment(iso3, round_), store=store)
        material_of(store, iso3, round_, loaded)  # says at once where there is nothing to assess
        answers_digest = store.answers_digest(iso3, round_)
    return Job(
        iso3=iso3,
        round=round_,
        pack=loaded.folder or loaded.id,
        pack_digest=loaded.digest,
        answers_digest=answers_digest,
        asked=asked,
        folder=private_folder(settings.runs / f"{iso3}_{round_}"),
        cell_seconds=settings.cell_seconds,
    )


@patient("run a notebook", "{job.iso3} {job.round}: {step.title}")
def run_step(job: Job, step: Step, earlier: list[Finished]) -> Finished:
    """One notebook, unless its result is there under the same key already."""
    parameters = _parameters(job, step)
    key = step_key(
        step.notebook,
        answers_digest=job.answers_digest,
        pack_digest=job.pack_digest,
        # The pack's digest stands for it: its folder may lie elsewhere tomorrow.
        parameters={name: value for name, value in parameters.items() if name != "pack"},
        results_read={finished.step: finished.digest for finished in earlier},
    )
    folder = private_folder(job.folder / step.name) / key[:16]
    result_path = folder / "result.json"
    computed = False
    if not result_path.is_file():
        with _alone(folder, f"{job.iso3} {job.round}: {step.title.lower()}"):
            # Another run may have finished it while we waited.
            computed = not result_path.is_file()
            if computed:
                _compute(job, step, parameters | _paths(earlier), folder)
    if not computed:  # `execute` has looked at one that was
        read_result(result_path, step.result, step.notebook.name)
    digest = hashlib.sha256(result_path.read_bytes()).hexdigest()
    tell(f"{job.iso3} {job.round}: {step.title.lower()} {'done' if computed else 'unchanged'}")
    return Finished(step.name, key, digest, result_path, computed)


def _parameters(job: Job, step: Step) -> dict[str, Parameter]:
    given: dict[str, Parameter] = {
        "iso3": job.iso3,
        "assessment_round": job.round,
        "pack": job.pack,
    }
    if step.result is ProjectDesign:
        given |= {"budget": job.asked.budget, "fast_track": job.asked.fast_track}
    return given


def _paths(earlier: list[Finished]) -> dict[str, Parameter]:
    return {
        other.passes_on_as: str(finished.path)
        for finished in earlier
        for other in STEPS
        if other.name == finished.step
    }


@contextmanager
def _alone(folder: Path, what: str) -> Iterator[None]:
    """Be the only run on this machine, or on the shared disk, that computes this result."""
    lock = FileLock(folder.with_suffix(".lock"), mode=FILE_MODE)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        tell(f"{what}: another run is at it; waiting for its result")
        lock.acquire(poll_interval=LOOK_AGAIN_SECONDS)
    try:
        yield
    finally:
        lock.release()


def _compute(job: Job, step: Step, parameters: dict[str, Parameter], folder: Path) -> None:
    """Run the notebook in a folder of its own and move that into place in one go."""
    for left in folder.parent.glob(f"{folder.name}.*.part"):  # of a run that was killed or failed
        shutil.rmtree(left, ignore_errors=True)
    scratch = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", suffix=".part", dir=folder.parent))
    try:
        with _a_kernel_is_free():
            execute(
                step.notebook,
                parameters,
                step.result,
                result_path=scratch / "result.json",
                executed=scratch / f"{step.name}.ipynb",
                kernel=_kernel(),
                cell_seconds=job.cell_seconds,
            )
    except (OSError, RunFailed) as error:
        full = disk_fault(folder.parent, error)
        if full is None:
            raise
        shutil.rmtree(scratch, ignore_errors=True)  # it holds nothing to look at, and room
        raise full from None
    _check_nothing_changed(job)
    scratch.rename(folder)


def _check_nothing_changed(job: Job) -> None:
    """A notebook reads the store and the pack itself: what it read must be what its key says."""
    with open_store(read_only=True) as store:
        answers_hold = store.answers_digest(job.iso3, job.round) == job.answers_digest
    if not answers_hold or pack_digest(find_pack(job.pack)) != job.pack_digest:
        what = "the pack was edited" if answers_hold else "answers came in"
        raise AnswersChanged(
            f"{job.iso3} {job.round}: {what} while it was being assessed.",
            f"Run: tana assess {job.iso3} --round {job.round}",
        )


@cache
def _a_kernel_is_free_of(at_once: int) -> threading.BoundedSemaphore:
    return threading.BoundedSemaphore(at_once)


def _a_kernel_is_free() -> threading.BoundedSemaphore:
    """Notebooks of this process wait here, so that memory suffices."""
    return _a_kernel_is_free_of(read_settings().notebooks_at_once)


def _kernel() -> str:
    settings = read_settings()
    return prepare_kernels(settings.make_home(), settings.kernels)


@patient("keep the run", "{job.iso3} {job.round}: Keep the run")
def keep_run(job: Job, finished: list[Finished]) -> Outcome:
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
    ceiling = Decimal(job.asked.budget) if job.asked.budget else None
    fast_track = job.asked.fast_track
    tried = all(as_tried(step.notebook) for step in STEPS)
    results |= public_documents(material, ceiling, results, fast_track=fast_track, tried=tried)
    with open_store() as store:
        store.save_run(
            key,
            job.iso3,
            job.round,
            results,
            inputs={
                "answers": job.answers_digest,
                **rests_on(job.pack_digest),
                BUDGET: job.asked.budget,
                FAST_TRACK: "yes" if fast_track else "",
                NAMED_PACK: job.asked.pack,
                **{done.step: done.key for done in finished},
            },
            folder=job.folder,
            by=job.asked.by,
        )
    return Outcome(
        iso3=job.iso3,
        round=job.round,
        run=key,
        recomputed=tuple(done.step for done in finished if done.computed),
        reused=tuple(done.step for done in finished if not done.computed),
    )
