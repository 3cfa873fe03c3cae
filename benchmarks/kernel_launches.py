"""1,000 kernels launched under Prefect: how many fail, and whether any result differs.

Each runs the notebook `1_check_answers` of one country with the preloaded kernel, as a task of one
flow, two at once. The share of runs that failed or gave another result than the first has to be 0.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from threading import BoundedSemaphore

from benchmarks import ways
from benchmarks.measure import Measure
from benchmarks.size import rounds

LAUNCHES = 1000


def measures() -> list[Measure]:
    """`--rounds` is the number of launches here."""
    launches = rounds(LAUNCHES)
    with ways.a_home(1) as made, tempfile.TemporaryDirectory() as name:
        ways.take_in(made)
        stop = ways.with_server()
        try:
            digests = launched(made.codes[0], launches, Path(name))
        finally:
            stop()
    usual = max(set(digests), key=digests.count)
    other = sum(digest != usual or not digest for digest in digests)
    what = f"{launches} kernel launches under Prefect: failed or with another result"
    return [Measure(what, float(other), 0.0, at_most=True)]


def launched(iso3: str, launches: int, folder: Path) -> list[str]:
    """Digest of each run's result, "" where it failed."""
    from prefect import flow, task
    from prefect.cache_policies import NO_CACHE
    from prefect.task_runners import ThreadPoolTaskRunner

    from assessments.errors import TanaError
    from assessments.runner import STEPS, execute
    from assessments.runner.kernels import prepare_kernels
    from assessments.settings import read_settings
    from benchmarks.world import ROUND

    kernel, step = prepare_kernels(read_settings().make_home()), STEPS[0]
    free = BoundedSemaphore(read_settings().notebooks_at_once)

    @task(cache_policy=NO_CACHE, persist_result=False)
    def launch(number: int) -> str:
        result = folder / f"{number}.json"
        try:
            with free:
                execute(
                    step.notebook,
                    {"iso3": iso3, "assessment_round": ROUND, "pack": "cooperation"},
                    step.result,
                    result_path=result,
                    executed=folder / f"{number}.ipynb",
                    kernel=kernel,
                )
        except TanaError:
            return ""
        return hashlib.sha256(result.read_bytes()).hexdigest()

    @flow(task_runner=ThreadPoolTaskRunner(max_workers=8), persist_result=False)  # type: ignore[arg-type]
    def launch_all() -> list[str]:
        return [future.result() for future in [launch.submit(n) for n in range(launches)]]

    return launch_all()
