"""The memory of a process that runs over many countries.

The C library gives each of many threads a heap of its own, and what one has freed no other uses: a
run over many countries would hold a hundred megabytes that nobody needs, and more with each.
"""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress
from functools import cache

_ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h
_HEAPS = 2
_OTHER = (AttributeError, OSError, TypeError)  # another C library, or none to be asked


def give_back() -> None:
    """Return to the machine what was freed, which the C library else keeps for the next time."""
    with suppress(*_OTHER):
        ctypes.CDLL(None).malloc_trim(0)


@cache
def share_heaps() -> None:
    """Let threads that start from now on share two heaps, where the C library is glibc.

    Elsewhere, and where MALLOC_ARENA_MAX says otherwise, nothing is changed.
    """
    if "MALLOC_ARENA_MAX" in os.environ:
        return
    with suppress(*_OTHER):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, _HEAPS)
