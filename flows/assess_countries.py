"""Carry countries through the steps, several at once; what `assess_country` and `_region` do."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, cast

from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from assessments.errors import AnswersChanged, Mistake, RunFailed, TanaError
from assessments.runner import STEPS
from assessments.settings import read_settings
from flows.assess_steps import Asked, Finished, Job, keep_run, run_step, start_job
from flows.memory import share_heaps
from flows.prefect_server import LOOPBACK
from flows.progress import tell
from flows.progress_bar import Progress
from flows.retrying import patient
from flows.run_story import tell_officer
from flows.still_holds import Outcome, holding

# A step that waits for an earlier one holds a thread, so there are more threads than notebooks.
STEPS_AT_ONCE = 64
# Countries that are begun for each notebook that may run: so that one always waits, and the memory
# of a run does not grow with the number of countries.
COUNTRIES_FOR_A_NOTEBOOK = 3
ATTEMPTS = 3  # where answers come in while they are being assessed
TOLD_AGAIN = 12  # countries whose unchanged results a page tells once more; of more, only new ones


def task_runner() -> TaskRunner[Any]:
    """Threads of this process, or Dask where the settings say so.

    Raises Mistake where Dask is wanted and not installed.
    """
    settings = read_settings()
    if settings.task_runner == "dask":
        try:
            from prefect_dask import DaskTaskRunner
        except ImportError:
            raise Mistake(
                "The setting task_runner is dask, which is not installed.",
                "Install it with: pip install 'tana[dask]' (pinned: deploy/dask.lock).",
            ) from None
        local = {
            "n_workers": settings.notebooks_at_once,
            "threads_per_worker": 1,  # a notebook a process, so that memory suffices
            "host": LOOPBACK,
            "dashboard_address": None,
        }
        return cast(TaskRunner[Any], DaskTaskRunner(cluster_kwargs=local))
    return cast(TaskRunner[Any], ThreadPoolTaskRunner(max_workers=STEPS_AT_ONCE))


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of one country under way, and the run they are kept as."""

    iso3: str
    steps: list[PrefectFuture[Finished]]
    kept: PrefectFuture[Outcome]

    @classmethod
    def of(cls, iso3: str, round_: str, asked: Asked) -> Plan:
        """Submit every step; each starts when those it needs are done."""
        job = cast(PrefectFuture[Finished], start_job.submit(iso3, round_, asked))
        # Of a future that a task is given and that has not ended, Prefect asks the server: for
        # each step anew, and all of them on one connection.
        job.wait()
        # Prefect hands each task the results in place of the futures.
        given = cast(Job, job)
        futures: dict[str, PrefectFuture[Finished]] = {}
        for step in STEPS:
            earlier = cast(list[Finished], [futures[name] for name in step.needs])
            futures[step.name] = run_step.submit(given, step, earlier)
        steps = list(futures.values())
        kept = keep_run.submit(given, cast(list[Finished], steps))
        return cls(iso3, [job, *steps], kept)

    def outcome(self, done: Callable[[], None]) -> Outcome:
        """Wait, calling `done` at each step. Raises what the first failed step raised."""
        for step in self.steps:
            step.wait()
            done()
            # What needs a failed step never starts and knows no reason: the failed one does.
            if step.state.is_failed():
                step.result()
        return self.kept.result()


def assess(
    iso3s: Sequence[str],
    round_: str,
    asked: Asked,
    kept: Callable[[Outcome], None] = lambda _: None,
) -> list[Outcome]:
    """The four steps of every country, several at once; to be called inside a flow.

    A country whose run still holds is not assessed; where answers come in meanwhile, it is assessed
    again. Each run is told of, and `kept` called with it, while others are under way. Raises
    RunFailed after all others are done, naming each country that failed and why.
    """
    share_heaps()
    held = look_for_what_holds(iso3s, round_, asked)
    outcomes = dict(held)
    if held:
        tell(f"{_counted(held)} {round_}: nothing has changed, the run that stands still holds")
    failed: dict[str, TanaError] = {}
    waiting = [iso3 for iso3 in iso3s if iso3 not in held]
    for _ in range(ATTEMPTS):
        failed = _assess_once(waiting, round_, asked, outcomes, kept)
        waiting = [iso3 for iso3, error in failed.items() if isinstance(error, AnswersChanged)]
        if not waiting or len(waiting) < len(failed):
            break
        tell(f"{', '.join(waiting)}: answers came in meanwhile; assessing again")
    if len(outcomes) <= TOLD_AGAIN:
        for outcome in held.values():
            tell_officer(outcome)
    if failed:
        first = next(iter(failed.values()))
        kind = type(first) if len(failed) == 1 else RunFailed
        said = "; ".join(f"{iso3}: {error.message}" for iso3, error in failed.items())
        raise kind(said, first.remedy)
    return [outcomes[iso3] for iso3 in iso3s]


@patient("look for what holds", "{round_}: Look for what still holds")
def look_for_what_holds(iso3s: Sequence[str], round_: str, asked: Asked) -> dict[str, Outcome]:
    """The countries that need not be assessed, with the run that stands."""
    return holding(iso3s, round_, budget=asked.budget, fast_track=asked.fast_track, pack=asked.pack)


def _counted(iso3s: Collection[str]) -> str:
    return next(iter(iso3s)) if len(iso3s) == 1 else f"{len(iso3s)} countries"


def _assess_once(
    iso3s: Sequence[str],
    round_: str,
    asked: Asked,
    outcomes: dict[str, Outcome],
    kept: Callable[[Outcome], None],
) -> dict[str, TanaError]:
    """Fill `outcomes`; returns what went wrong, by country."""
    what = _counted(iso3s or outcomes)
    progress = Progress(len(iso3s) * (len(STEPS) + 1), f"{what} {round_}: steps done")
    failed: dict[str, TanaError] = {}
    told: list[PrefectFuture[None]] = []
    at_once = COUNTRIES_FOR_A_NOTEBOOK * read_settings().notebooks_at_once
    waiting, under_way = deque(iso3s), deque[Plan]()
    while waiting or under_way:
        while waiting and len(under_way) < at_once:
            under_way.append(Plan.of(waiting.popleft(), round_, asked))
        plan = under_way.popleft()
        try:
            outcomes[plan.iso3] = plan.outcome(progress.step)
        except TanaError as error:
            failed[plan.iso3] = error
        else:
            told.append(tell_officer.submit(outcomes[plan.iso3]))
            kept(outcomes[plan.iso3])
    for one in told:
        one.result()
    return failed
