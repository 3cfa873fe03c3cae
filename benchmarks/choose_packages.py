"""How long the choice takes where everything on offer could be chosen, beside trying every set.

The worst case for the solver: a gap of two levels in every sub-dimension, no rule that rules
anything out and nothing in place already, so that every intervention of the pack of record with
any weight is weighed in every package and at every point of the frontier.
"""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from assessments.design.choose import Choice, choose
from assessments.design.context import Facts, gather
from assessments.design.cost import cents, most_before_support
from assessments.design.optimum import Problem, best
from assessments.design.tailor import tailor
from assessments.pack.load import load_pack
from assessments.pack.model import Pack
from assessments.reference import country
from assessments.results import AssessmentRef, Gap, Scores
from benchmarks.measure import Measure, in_turns
from benchmarks.simulate import ISO3

TRIED = 17  # interventions of which every set is tried; each one more doubles the time
WITHIN = 2.0  # seconds of processor time for three packages and frontier
SHARE = 5.0  # of the time of trying those sets, once and under one ceiling
ROUNDS = 5


def measures() -> list[Measure]:
    """The whole choice against trying all sets of a few interventions under one ceiling."""
    pack = replace(load_pack("cooperation"), tailoring=())
    facts, gaps = _everywhere(pack)
    whole = _choice(pack, facts, gaps)
    few = _few(whole.problem)
    ceiling = sum(item.cost for item in few.items) // 2
    full = whole.packages["full"].chosen
    seconds = in_turns(
        {
            "choice": lambda: _choice(pack, facts, gaps),
            "runner-up": lambda: best(whole.problem, _top(pack, whole), besides=(full,)),
            "every set": lambda: _by_trying_all(few, ceiling),
        },
        ROUNDS,
        time.process_time,
    )
    goal = seconds["choice"] - seconds["runner-up"]
    over = f"over all {len(whole.problem.items)} interventions"
    share = f"share of the time of trying every set of {TRIED} of them"
    return [
        Measure(
            f"three packages and frontier {over}: {share}",
            goal / seconds["every set"], SHARE, at_most=True, seconds=goal, within=WITHIN,
        ),
        Measure(
            f"the same and the runner-up {over}: {share}",
            seconds["choice"] / seconds["every set"], None, at_most=True,
            seconds=seconds["choice"],
        ),
    ]  # fmt: skip


def _top(pack: Pack, whole: Choice) -> int | None:
    """The ceiling of the full package in cents, without support cost."""
    assert pack.method is not None
    ceiling = whole.ceilings["full"]
    rate = Decimal(str(pack.method.design.support_rate.value))
    return None if ceiling is None else cents(most_before_support(ceiling, rate))


def _everywhere(pack: Pack) -> tuple[Facts, tuple[Gap, ...]]:
    """Nothing answered but the levels, and a gap of two of them everywhere."""
    assert pack.method is not None
    ref = AssessmentRef(
        iso3=ISO3, round="2026", pack=pack.id, pack_version=pack.version,
        pack_digest=pack.digest, method_version=pack.method.version,
    )  # fmt: skip
    scores = Scores.model_construct(assessment=ref, sub_dimensions=(), requirements=())
    facts = gather(pack, country(ISO3), (), scores)
    return facts, tuple(_gap(sub.code, n) for n, sub in enumerate(pack.sub_dimensions, start=1))


def _gap(code: str, rank: int) -> Gap:
    # severities that differ, so that no two sets are worth the same by construction
    return Gap.model_construct(
        id=code, rank=rank, sub_dimension=code, level=1.0, target=3.0, gap=2.0,
        severity=3.0 + (rank * 7 % 11) / 10, robustness="robust",
    )  # fmt: skip


def _choice(pack: Pack, facts: Facts, gaps: tuple[Gap, ...]) -> Choice:
    assert pack.method is not None
    return choose(tailor(pack, facts), gaps, facts, pack.method.design)


def _few(problem: Problem) -> Problem:
    """The first few interventions of the same problem that wait for none but each other."""
    kept: list[str] = []
    for item in problem.items:
        if item.needs <= set(kept) and len(kept) < TRIED:
            kept.append(item.name)
    return replace(problem, items=tuple(problem.item[name] for name in kept), forced=frozenset())


def _by_trying_all(problem: Problem, ceiling: int) -> int:
    names = [item.name for item in problem.items]
    sets = (frozenset(c) for size in range(len(names) + 1) for c in combinations(names, size))
    return max(problem.benefit(one) for one in sets if problem.allows(one, ceiling))
