"""What is worth trying again: a store that is busy or gone may answer later, a fault never will."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State

from assessments.errors import StoreFault, TanaError

Given = ParamSpec("Given")
Returned = TypeVar("Returned")

# A database server that is restarted is back within a minute.
DELAYS = [1, 5, 15, 40]
_FULL = 1 << 20  # bytes free; less than any step writes
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def patient(
    name: str, run_name: str = ""
) -> Callable[[Callable[Given, Returned]], Task[Given, Returned]]:
    """A task that is tried again for a minute where the store does not answer.

    What it does has to be safe to repeat. Our own content keys decide what is done again, never
    Prefect's cache. `run_name` may name parameters in braces.
    """

    return task(
        name=name,
        task_run_name=run_name or None,
        retries=len(DELAYS),
        retry_delay_seconds=DELAYS,  # type: ignore[arg-type]
        retry_condition_fn=store_may_answer_later,
        persist_result=False,
        cache_policy=NO_CACHE,
    )


def store_may_answer_later(_task: object, _run: object, state: State[Any]) -> bool:
    """The condition of a task's retries."""
    try:
        state.result()
    except (StoreFault, OSError):
        return True
    except TanaError:
        return False
    return False


def disk_fault(folder: Path, error: Exception) -> StoreFault | None:
    """The fault of a disk without room, where that is what `error` comes from."""
    if isinstance(error, OSError):
        full = error.errno in _NO_ROOM
    else:  # a notebook that could not write says only that it failed
        full = shutil.disk_usage(folder).free < _FULL
    if not full:
        return None
    return StoreFault(
        f"There is no room left on the disk of {folder}.",
        "Make room and start the run again: what was done is not redone.",
    )
