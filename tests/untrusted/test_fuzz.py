"""200 mutated workbooks: none crashes the reading, none reads an answer that does not stand there.

`make fuzz` runs 20,000 of them; the oracle is described in `fuzz`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import fuzz
import pytest

from assessments.pack.model import Pack
from assessments.results import AnswerState


def test_two_hundred_mutations_are_refused_told_or_read_as_they_stand(
    cooperation: Pack, tmp_path: Path
) -> None:
    tally = fuzz.run(cooperation, tmp_path, fuzz.SEED, range(200))
    assert tally.failures == []
    assert tally.count == 200
    # a fuzzer that never gets past the door, or never changes anything, tests nothing
    assert tally.outcomes["refused"] > 20
    assert tally.outcomes["same"] > 20
    assert tally.outcomes["told"] + tally.outcomes["put there"] > 5


@pytest.mark.parametrize("wrong", ["another choice", "lost"])
def test_the_oracle_sees_an_answer_that_does_not_stand_there(
    cooperation: Pack, tmp_path: Path, wrong: str
) -> None:
    """A reader that invents or loses one answer, as the product might after a bad change."""
    subject = fuzz.subjects(cooperation, tmp_path)[0]
    reading = fuzz.read_workbook(subject.sample.data, cooperation)
    assert fuzz._disagreement(subject, subject.sample.data, reading) == ""
    place = subject.sample.places["select_one"]
    update = {"value": "yes"} if wrong == "another choice" else {"value": None, "state": BLANK}
    answers = tuple(
        answer.model_copy(update=update) if answer.question == place.question else answer
        for answer in reading.answers
    )
    faulty = replace(reading, answers=answers)
    assert place.question in fuzz._disagreement(subject, subject.sample.data, faulty)


BLANK = AnswerState.BLANK
