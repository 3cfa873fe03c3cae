"""How large a benchmark is run: `python -m benchmarks NAME --countries 12 --rounds 1`."""

from __future__ import annotations

import os

COUNTRIES, ROUNDS = "TANA_BENCH_COUNTRIES", "TANA_BENCH_ROUNDS"


def countries(usual: int) -> int:
    """The number of countries asked for, else the usual one."""
    return int(os.environ.get(COUNTRIES, usual))


def rounds(usual: int = 5) -> int:
    """The number of rounds asked for, else the usual one."""
    return int(os.environ.get(ROUNDS, usual))
