"""A worker: takes runs from the work pool and carries out each in a process of its own."""

from __future__ import annotations

import asyncio
import os
import platform

from assessments.settings import read_settings
from flows.end_with_parent import end_with_parent, parent_named
from flows.prefect_home import settle_prefect
from flows.preloaded_flows import launch


def work(name: str = "") -> None:
    """Work until the process is ended; its runs end with it."""
    settings = read_settings()
    settle_prefect(settings)
    os.environ.update(parent_named())  # the runs' processes are ours
    # What a run says stands on its page; the console of a worker has no reader.
    os.environ.update(
        {
            "PREFECT_LOGGING_LEVEL": "INFO",
            "PREFECT_LOGGING_EXTRA_LOGGERS": "tana",
            "PREFECT_WORKER_QUERY_SECONDS": "2",  # an officer who starts a run waits for it
        }
    )
    launch()
    from prefect.workers.process import ProcessWorker

    from flows.deployments import POOL

    worker = ProcessWorker(
        work_pool_name=POOL,
        name=name or f"{platform.node()} {os.getpid()}",
        limit=settings.runs_at_once,
        create_pool_if_not_found=False,
    )
    asyncio.run(worker.start())


def main() -> None:
    """Be the worker of `tana serve`."""
    end_with_parent()
    work("tana serve")


if __name__ == "__main__":
    main()
