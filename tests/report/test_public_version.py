"""The public version gives no confidential answer away by inference.

Whatever a hidden sub-dimension says, the public report reads the same, word by word; and its
profile lines are made from public sub-dimensions alone, by hand calculation.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import words_of  # type: ignore[import-not-found]
from report_example import CLOSED, example

from assessments.report import ReportInputs, write_report
from assessments.report.redact import redact
from assessments.results import EvidenceState, ProfileLine, Sensitivity, SubDimensionScore


def _with_hidden_level(inputs: ReportInputs, level: float, coverage: float) -> ReportInputs:
    """The same country with another answer to what is confidential, and all that follows."""

    def score(one: SubDimensionScore) -> SubDimensionScore:
        if one.sub_dimension != CLOSED:
            return one
        return one.model_copy(
            update={
                "level": level, "low": level, "high": level, "coverage": coverage,
                "evidence": EvidenceState.SEEN, "because": f"It stands at {level}.",
            }
        )  # fmt: skip

    def line(one: ProfileLine) -> ProfileLine:
        if one.sensitivity is Sensitivity.PUBLIC:
            return one
        return one.model_copy(update={"level": level, "lowest": level, "coverage": coverage})

    scores = inputs.scores
    return replace(
        inputs,
        scores=scores.model_copy(
            update={
                "sub_dimensions": tuple(map(score, scores.sub_dimensions)),
                "dimensions": tuple(map(line, scores.dimensions)),
            }
        ),
    )


@pytest.mark.parametrize(("level", "coverage"), [(0.0, 0.1), (3.9, 1.0)])
def test_another_confidential_answer_changes_no_word_of_the_public_version(
    inputs: ReportInputs, tmp_path: Path, level: float, coverage: float
) -> None:
    first = write_report(inputs, tmp_path / "first.docx")
    other = write_report(_with_hidden_level(inputs, level, coverage), tmp_path / "other.docx")
    assert words_of(first.docx) == words_of(other.docx)
    assert first.docx.read_bytes()[:2] == b"PK"


def test_a_dimension_with_one_hidden_sub_dimension_keeps_its_line() -> None:
    """Operational procedures has OPS-1 (public) and OPS-2 (confidential): the range is OPS-1's."""
    inputs = example()
    shown = redact(inputs, restricted=False).inputs.scores
    line = next(one for one in shown.dimensions if one.code == "OPS")
    own = next(one for one in shown.sub_dimensions if one.sub_dimension == "OPS-1")
    assert line.sensitivity is Sensitivity.PUBLIC
    assert (line.lowest, line.highest) == (own.level, own.level)
    assert (line.scored, line.of) == (1, 2)


def test_the_line_over_everything_is_printed_nowhere_in_the_public_version(
    inputs: ReportInputs,
) -> None:
    """The example's own line says 1.9 over both; no such line stays beside the public one."""
    shown = redact(inputs, restricted=False).inputs.scores
    line = next(one for one in shown.dimensions if one.code == "OPS")
    assert line.level != 1.9
    assert line.coverage != 0.74


def test_the_public_report_says_from_how_many_sub_dimensions_a_line_speaks(
    inputs: ReportInputs, tmp_path: Path
) -> None:
    words = words_of(write_report(inputs, tmp_path).docx)
    assert "1 of 2 sub-dimensions; 1 rests on restricted answers" in words
    assert "a line stands for the sub-dimensions that may be shown" in words


def test_the_restricted_version_keeps_the_line_over_everything(inputs: ReportInputs) -> None:
    kept = redact(inputs, restricted=True).inputs.scores
    assert next(one for one in kept.dimensions if one.code == "OPS").level == 1.9
