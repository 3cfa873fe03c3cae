"""The notebooks of 24 countries: against papermill one after another, and the computing alone.

Each country has four notebooks with eleven charts. The computing alone is the library in one
process: the same four results, no notebook, no chart. What kernels and kept outputs cost is told by
a row without a goal, against the notebooks' own code in one process, charts included.
"""

from __future__ import annotations

from benchmarks import ways
from benchmarks.measure import Measure, in_turns
from benchmarks.size import countries, rounds

FASTER, SLOWER = 6.0, 1.6
NAIVE = 2  # countries that papermill runs in a round; it does one after another, so time scales


def measures() -> list[Measure]:
    """Medians of the rounds; the naive way runs a part of the countries and is scaled up."""
    count = countries(24)
    part = min(NAIVE, count)
    with ways.a_home(count) as made:
        ways.take_in(made)
        seconds = in_turns(
            {
                "tana": lambda: ways.bare(made.codes, keep=False),
                "papermill": lambda: ways.by_papermill(made.codes[:part]),
                "computing": lambda: ways.computing_alone(made.codes),
                "own code": lambda: ways.in_one_process(made.codes),
            },
            rounds(),
        )
    what = f"notebooks of {count} countries"
    return [
        Measure(
            f"{what}: times as fast as papermill.execute_notebook one after another "
            f"(scaled up from {part} countries)",
            seconds["papermill"] * count / part / seconds["tana"], FASTER, at_most=False,
        ),
        Measure(
            f"{what} against the computing alone: the library in one process, no chart",
            seconds["tana"] / seconds["computing"], SLOWER, at_most=True,
        ),
        Measure(
            f"{what} against their own code in one process: computing and charts, no kernel",
            seconds["tana"] / seconds["own code"], None, at_most=True,
        ),
    ]  # fmt: skip
