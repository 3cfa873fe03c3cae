"""A process that has no purpose without the one that started it ends with it, killed or not."""

from __future__ import annotations

import os
import signal
import sys

STARTED_BY = "TANASTARTED_BY"


def parent_named() -> dict[str, str]:
    """For the environment of a process that calls `end_with_parent`: we are its parent."""
    return {STARTED_BY: str(os.getpid())}


def end_with_parent() -> None:
    """Ask Linux for SIGTERM when the parent dies; elsewhere nothing is asked."""
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # 1 is PR_SET_PDEATHSIG
    parent = os.environ.get(STARTED_BY)
    if parent and int(parent) != os.getppid():  # it died before we asked
        sys.exit(1)
