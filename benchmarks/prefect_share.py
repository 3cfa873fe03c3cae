"""What Prefect adds to the same work, its server already running: one flow over all countries."""

from __future__ import annotations

from benchmarks import ways
from benchmarks.measure import Measure, in_turns
from benchmarks.size import countries, rounds
from benchmarks.world import ROUND, SIZE

LIMIT = 1.15


def measures() -> list[Measure]:
    """`assess_region` against the same functions called by threads."""
    count = countries(SIZE)
    with ways.a_home(count) as made:
        stop = ways.with_server()
        try:
            from flows.assess_region import assess_region

            ways.take_in(made)

            def by_prefect() -> None:
                ways.forget_runs()
                assess_region(list(made.codes), ROUND)

            ways_of = {"prefect": by_prefect, "bare": lambda: ways.bare(made.codes)}
            seconds = in_turns(ways_of, rounds())
        finally:
            stop()
    what = f"assessing {count} countries in one flow, server running, against the bare pipeline"
    return [Measure(what, seconds["prefect"] / seconds["bare"], LIMIT, at_most=True)]
