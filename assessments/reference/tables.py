"""Reads the small reference tables that ship beside this module, once for each process."""

import csv
from functools import cache
from pathlib import Path

_DATA = Path(__file__).resolve().parent / "data"


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `data/NAME.csv`, as written."""
    with (_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def listed(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds a bar-separated list."""
    return tuple(part for part in cell.split("|") if part)
