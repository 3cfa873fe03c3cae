"""How long it takes to score a country and to design its project on the pack of record."""

from __future__ import annotations

import time

from assessments.design import design_project
from assessments.pack.load import load_pack
from assessments.reference import country
from assessments.results import AssessmentRef
from assessments.scoring import score_assessment, set_priorities
from benchmarks.measure import Measure, in_turns
from benchmarks.simulate import ISO3, answers

SCORING, DESIGN = 0.3, 2.0  # seconds of processor time
ROUNDS = 5


def measures() -> list[Measure]:
    """Seconds of processor time; the first round, which loads the solver, is not counted."""
    pack = load_pack("cooperation")
    assert pack.method is not None
    said, place = answers(pack), country(ISO3)
    ref = AssessmentRef(
        iso3=ISO3, round="2026", pack=pack.id, pack_version=pack.version,
        pack_digest=pack.digest, method_version=pack.method.version,
    )  # fmt: skip
    scores = score_assessment(pack, place, said, ref)
    priorities = set_priorities(pack, place, scores, said)
    seconds = in_turns(
        {
            "scoring": lambda: score_assessment(pack, place, said, ref),
            "design": lambda: design_project(pack, place, said, scores, priorities),
        },
        ROUNDS,
        time.process_time,
    )
    return [
        Measure(
            "scoring a whole country: seconds of processor time",
            seconds["scoring"], SCORING, at_most=True,
        ),
        Measure(
            "three packages and the frontier: seconds of processor time",
            seconds["design"], DESIGN, at_most=True,
        ),
    ]  # fmt: skip
