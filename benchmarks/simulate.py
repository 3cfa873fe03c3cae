"""How long 10,000 simulations of a country take, against a plain Python loop that does the same.

Both draw every fact of every sub-dimension between its worst and best case, every weight within the
method's spread, put the facts together by the sub-dimension's rule, and order all gaps. The loop
runs fewer draws and is scaled up; both run in turns, and the median counts.
"""

from __future__ import annotations

import csv
import random
import time
from collections.abc import Sequence

from assessments.pack.load import load_pack
from assessments.pack.method import AggregationName, Method
from assessments.pack.model import Pack
from assessments.paths import EXAMPLES
from assessments.reference import country
from assessments.results import Answer, AnswerState, AssessmentRef, EvidenceState, Source
from assessments.scoring import score_assessment, simulate, workings
from assessments.scoring.aggregate import aggregate
from assessments.scoring.capability import Scored
from assessments.scoring.facts import TOP, Fact
from assessments.scoring.priorities import contenders_of
from assessments.scoring.severity import Drivers
from benchmarks.measure import Measure, in_turns

ISO3 = "XAA"
SECONDS, TIMES = 0.5, 50.0
ROUNDS, LOOP_DRAWS = 5, 100


def answers(pack: Pack) -> list[Answer]:
    """Every scored question of the pack, answered by its lead as in the example or in the middle.

    All 46 sub-dimensions then have a level, so that none is left out of the measurement.
    """
    said: dict[str, str] = {}
    for sheet in sorted((EXAMPLES / ISO3).glob("*.csv")):
        with sheet.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if not row["item"]:
                    said.setdefault(row["question"], row["value"])
    found = []
    for question in pack.questions:
        names = [choice.name for choice in question.choices]
        if question.score is None or question.columns:
            continue
        typed = said.get(question.name, "")
        middle: str | float = names[len(names) // 2] if names else 1.0
        value = typed if typed in names else middle
        many = question.type.value == "select_multiple"
        found.append(
            Answer(
                id=f"ANS_{ISO3}_2026_{question.lead}_{question.name}",
                question=question.name,
                institution=question.lead,
                state=AnswerState.ANSWERED,
                value=(str(value),) if many else value,
                evidence_state=EvidenceState.STATED,
                source=Source(workbook_sha256="", sheet="", cell="A1"),
            )
        )
    return found


def loop(
    method: Method, scored: Sequence[Scored], gaps: Sequence[Drivers], draws: int
) -> dict[str, float]:
    """The same simulation one draw at a time; share of draws in which a gap is among the top."""
    rng = random.Random(method.simulation.seed.value)
    spread, first = method.simulation.weight_spread.value, method.simulation.top.value
    among = dict.fromkeys((gap.score.sub_dimension for gap in gaps), 0)
    for _ in range(draws):
        levels = {
            item.shown.sub_dimension: one_level(rng, method, item)
            for item in scored
            if item.shown.level is not None
        }
        dimensions = {gap.score.dimension: rng.uniform(1 - spread, 1 + spread) for gap in gaps}
        severities = {}
        for gap in gaps:
            distance = max(0.0, gap.target - levels[gap.score.sub_dimension])
            own = rng.uniform(1 - spread, 1 + spread) * dimensions[gap.score.dimension]
            severities[gap.score.sub_dimension] = distance * gap.per_level(method) * own
        for code in sorted(severities, key=lambda c: -severities[c])[:first]:
            among[code] += severities[code] > 0
    return {code: count / draws for code, count in among.items()}


def one_level(rng: random.Random, method: Method, item: Scored) -> float:
    """One draw of one sub-dimension."""
    shown, spread = item.shown, method.simulation.weight_spread.value
    facts = [fact for fact in item.facts if fact.established is not None]
    if shown.basis != "facts" or not facts:
        return between(rng, shown.low or 0.0, shown.level or 0.0, shown.high or 0.0)
    likely = 0.0 if method.published.value == "established" else shown.facts_level or 0.0
    drawn = [
        (one_fact(rng, f, likely), f.shown.weight * rng.uniform(1 - spread, 1 + spread))
        for f in facts
    ]
    level = aggregate(AggregationName(shown.aggregation), drawn) or 0.0
    return min(level, method.knockout.cap) if shown.knocked_out_by else level


def one_fact(rng: random.Random, fact: Fact, likely: float) -> float:
    """One draw of one fact."""
    if fact.implied is not None:
        return fact.implied.value
    if fact.score is None:
        return between(rng, 0.0, likely, TOP)
    return between(rng, fact.low, fact.score, fact.high)


def between(rng: random.Random, low: float, likely: float, high: float) -> float:
    """Triangular, as the simulation draws it."""
    return likely if high <= low else rng.triangular(low, high, min(max(likely, low), high))


def measures() -> list[Measure]:
    """The simulation against the loop and against the half second it may take."""
    pack = load_pack("cooperation")
    assert pack.method is not None
    method, said = pack.method, answers(pack)
    ref = AssessmentRef(
        iso3=ISO3, round="2026", pack=pack.id, pack_version=pack.version,
        pack_digest=pack.digest, method_version=method.version,
    )  # fmt: skip
    scores = score_assessment(pack, country(ISO3), said, ref)
    work = workings(pack, country(ISO3), said, ref)
    gaps = contenders_of(pack, work, scores)
    draws = method.simulation.draws.value
    assert len(scores.sub_dimensions) == 46
    seconds = in_turns(
        {
            "arrays": lambda: simulate(method, work.scored, gaps),
            "loop": lambda: loop(method, work.scored, gaps, LOOP_DRAWS),
        },
        ROUNDS,
        time.process_time,
    )
    times = seconds["loop"] * draws / LOOP_DRAWS / seconds["arrays"]
    what = f"{draws} draws of {len(work.scored)} sub-dimensions and {len(gaps)} gaps"
    return [
        Measure(f"{what}: times as fast as a plain loop", times, TIMES, at_most=False),
        Measure(f"{what}: seconds of processor time", seconds["arrays"], SECONDS, at_most=True),
    ]
