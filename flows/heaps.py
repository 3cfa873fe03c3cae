"""How many heaps the threads of a process share.

The C library gives each of many threads a heap of its own, and what one has freed no other uses: a
run over many countries would hold a hundred megabytes that nobody needs, and more with each.
"""

from __future__ import annotations

import ctypes
import os
from functools import cache

_ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h
_HEAPS = 2


@cache
def share_heaps() -> None:
    """Let threads that start from now on share two heaps, where the C library is glibc.

    Elsewhere, and where MALLOC_ARENA_MAX says otherwise, nothing is changed.
    """
    if "MALLOC_ARENA_MAX" in os.environ:
        return
    try:
        ctypes.CDLL(None).mallopt(_ARENA_MAX, _HEAPS)
    except (AttributeError, OSError, TypeError):  # another C library, or none to be asked
        return
