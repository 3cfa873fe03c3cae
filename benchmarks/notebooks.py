"""The notebooks of 24 countries: against papermill one after another, and their code alone.

Each country has four notebooks with eleven charts. Most of the time of both ways goes into charts.
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
                "alone": lambda: ways.in_one_process(made.codes),
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
            f"{what} against their code alone in one process: computing and charts, no kernel",
            seconds["tana"] / seconds["alone"], SLOWER, at_most=True,
        ),
    ]  # fmt: skip
