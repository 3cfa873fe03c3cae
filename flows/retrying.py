"""What is worth trying again: a store that is busy or gone may answer later, a fault never will."""

from __future__ import annotations

from typing import Any

from prefect.client.schemas.objects import State

from assessments.errors import StoreFault, TanaError

# A database server that is restarted is back within a minute.
DELAYS = [1, 5, 15, 40]
RETRIES = len(DELAYS)


def store_may_answer_later(_task: object, _run: object, state: State[Any]) -> bool:
    """The condition of a task's retries."""
    try:
        state.result()
    except (StoreFault, OSError):
        return True
    except TanaError:
        return False
    return False
