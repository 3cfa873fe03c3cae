"""How soon `tana --help` answers, against starting Python with its argument parser."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.measure import Measure, in_turns

_HELP = ("from assessments.cli.main import run; run()", "--help")
_BARE = ("import typer",)
LIMIT, ROUNDS = 2.0, 7


def started(*code: str) -> None:
    subprocess.run([sys.executable, "-c", *code], capture_output=True, check=True)


def measures() -> list[Measure]:
    ways = {"help": lambda: started(*_HELP), "bare": lambda: started(*_BARE)}
    seconds = in_turns(ways, ROUNDS)
    ratio = seconds["help"] / seconds["bare"]
    return [Measure("tana --help against importing typer alone", ratio, LIMIT, at_most=True)]
