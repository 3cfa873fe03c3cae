"""A run's threads share memory, so that a process does not grow with the number of countries."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

import pytest

PROGRAM = """
import ctypes, os, threading
from flows.memory import share_heaps

share_heaps()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.fdopen.restype = ctypes.c_void_p
meet = threading.Barrier(16)

def take():
    libc.malloc(1000)
    meet.wait()

threads = [threading.Thread(target=take) for _ in range(16)]
for one in threads:
    one.start()
for one in threads:
    one.join()
out = libc.fdopen(1, b"w")
libc.malloc_info(0, ctypes.c_void_p(out))
libc.fflush(ctypes.c_void_p(out))
"""


def heaps(**environment: str) -> int:
    """How many heaps the C library has made for sixteen threads that ran at once."""
    env = {k: v for k, v in os.environ.items() if k != "MALLOC_ARENA_MAX"} | environment
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=env, capture_output=True, text=True, check=True
    )
    return done.stdout.count("<heap nr=")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_threads_share_two_heaps_unless_the_environment_says_otherwise() -> None:
    assert heaps() == 2
    assert heaps(MALLOC_ARENA_MAX="5") == 5


FREES = """
import ctypes
from pathlib import Path
from flows.memory import give_back

libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
taken = [libc.malloc(50_000) for _ in range(2_000)]
for one in taken:
    ctypes.memset(ctypes.c_void_p(one), 1, 50_000)
for one in taken[:-1]:  # the last keeps the C library from returning the others by itself
    libc.free(ctypes.c_void_p(one))

def held():
    return int(Path("/proc/self/statm").read_text().split()[1])

before = held()
give_back()
print((before - held()) * 4096)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_what_was_freed_goes_back_to_the_machine() -> None:
    done = subprocess.run([sys.executable, "-c", FREES], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 80_000_000
