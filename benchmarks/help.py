"""How soon `tana --help` answers, against starting Python with its argument parser."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.measure import Measure, command, in_new_process, in_turns

LIMIT, ROUNDS = 2.0, 7


def measures() -> list[Measure]:
    with tempfile.TemporaryDirectory() as home:
        ways = {
            "help": lambda: command("--help", home=Path(home)),
            "bare": lambda: in_new_process("import typer"),
        }
        seconds = in_turns(ways, ROUNDS)
    ratio = seconds["help"] / seconds["bare"]
    return [Measure("tana --help against importing typer alone", ratio, LIMIT, at_most=True)]
