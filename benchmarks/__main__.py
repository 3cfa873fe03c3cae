"""Run the benchmarks, print their figures and write them to `benchmarks/results.json`.

A benchmark is a module of this folder with a function `measures() -> list[Measure]`; it needs to be
named nowhere. Each runs in a process of its own, so that none finds what another has loaded. The
rows of benchmarks that are not run again stay as they are.

    python -m benchmarks                          all of them
    python -m benchmarks store_answers simulate   some of them
    python -m benchmarks notebooks --countries 4 --rounds 1    smaller, to see that it runs
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.measure import ResultRow
from benchmarks.size import COUNTRIES, ROUNDS

FOLDER = Path(__file__).parent
RESULTS = FOLDER / "results.json"
_ONE = (
    "import importlib, json, sys; found = importlib.import_module(f'benchmarks.{sys.argv[1]}')"
    ".measures(); print(json.dumps([one.row() for one in found]))"
)


def benchmarks() -> list[str]:
    """The names of the modules that measure something."""
    return sorted(
        path.stem
        for path in FOLDER.glob("*.py")
        if "def measures(" in path.read_text(encoding="utf-8") and path.stem != "__main__"
    )


def rows_of(name: str) -> list[ResultRow]:
    """What one benchmark measures, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _ONE, name],
        cwd=FOLDER.parent,
        env={**os.environ, "PYTHONPATH": str(FOLDER.parent)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: list[ResultRow] = json.loads(done.stdout.splitlines()[-1])
    return found


def _goal(row: ResultRow) -> str:
    if row["goal"] is None:
        return "no goal"
    return f"goal {row['goal']:<6g} {'met' if row['met'] else 'MISSED'}"


def _told(row: ResultRow) -> str:
    waited = "" if row["seconds"] is None else f": {row['seconds']} s"
    within = "" if row["within"] is None else f", at most {row['within']} s"
    return row["measure"] + waited + within


def _keep(name: str, rows: list[ResultRow]) -> None:
    """Put these rows in the place of what the benchmark found before."""
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else []
    others = [row for row in kept if row.get("benchmark") in set(benchmarks()) - {name}]
    told = [{"benchmark": name, **row} for row in rows]
    ordered = sorted([*others, *told], key=lambda row: str(row["benchmark"]))
    RESULTS.write_text(json.dumps(ordered, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *benchmarks()], metavar="NAME")
    parser.add_argument("--countries", type=int, help="of the world, where a benchmark uses it")
    parser.add_argument("--rounds", type=int, help="that are timed, where they can be chosen")
    given = parser.parse_args()
    for variable, number in ((COUNTRIES, given.countries), (ROUNDS, given.rounds)):
        if number is not None:
            os.environ[variable] = str(number)
    missed = False
    for name in given.names or benchmarks():
        rows = rows_of(name)
        for row in rows:
            print(f"{row['ratio']:8.2f}  {_goal(row):19} {_told(row)}", flush=True)
        missed = missed or any(row["met"] is False for row in rows)
        _keep(name, rows)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
