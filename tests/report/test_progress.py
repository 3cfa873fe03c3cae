"""A second round's report sets baseline, now and target side by side, and marks what broke."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from report_example import example
from word_file import words_of

from assessments.report import write_report
from assessments.report.compose import compose
from assessments.report.inputs import EarlierRound, ReportInputs
from assessments.report.voices import Voices
from assessments.report.wording import DASH, Wording
from assessments.report.write import house_template
from assessments.scoring.rounds import Break, BreakKind, RoundLine

BREAKS = (
    Break("OPS_1_09", "asked in the later round only", BreakKind.ADDED),
    Break("OPS_1_03", "its label changed", BreakKind.CHANGED),
)


def second_round(lines: tuple[RoundLine, ...], inputs: ReportInputs | None = None) -> ReportInputs:
    return replace(
        inputs or example(),
        earlier=EarlierRound(
            "2024", datetime(2024, 5, 6, tzinfo=UTC), lines, {"STR-1": "S.XAA.2024.STR.1"}
        ),
    )


def line(code: str, before: float | None, after: float | None, change: float | None,
         breaks: tuple[Break, ...] = ()) -> RoundLine:  # fmt: skip
    return RoundLine(code, before, after, 4, before, after, change, breaks)


LINES = (line("STR-1", 1.5, 2.0, 0.5), line("OPS-1", 2.0, 1.6, -0.4, BREAKS))


def test_baseline_now_and_target_stand_side_by_side() -> None:
    told = compose(second_round(LINES)).progress
    first, second = told.lines
    assert (told.round, first.baseline, first.now, first.change) == ("2024", "1.5", "2.0", "+0.5")
    assert first.baseline_id == "S.XAA.2024.STR.1"
    assert first.target != DASH
    assert (second.change, second.note) == ("-0.4", "new: OPS_1_09; asked otherwise: OPS_1_03")
    assert "rose: 1; fell: 1; stayed: 0; not comparable: 0." in told.sentence


def test_what_is_not_comparable_has_a_dash_and_no_zero() -> None:
    [only] = compose(second_round((line("STR-1", None, 2.0, None),))).progress.lines
    assert (only.baseline, only.change, only.baseline_id) == (DASH, DASH, "")


def test_a_change_without_a_stated_baseline_says_what_it_is_the_change_of() -> None:
    """Too little was answered for a level in 2024; what both rounds asked still moved."""
    [only] = compose(second_round((line("STR-1", None, 2.0, 0.5, BREAKS),))).progress.lines
    assert (only.baseline, only.change) == (DASH, "+0.5")
    assert only.note.startswith(
        "no baseline was stated; the change is that of the shared questions; new:"
    )


def test_a_level_that_is_lost_says_what_the_change_is_of() -> None:
    [only] = compose(second_round((line("STR-1", 1.5, None, 0.5),))).progress.lines
    assert (only.baseline, only.now, only.change) == ("1.5", DASH, "+0.5")
    assert only.note == "no level is stated now; the change is that of the shared questions"


def test_the_summary_says_what_moved_and_which_most(tmp_path: Path) -> None:
    told = second_round((*LINES, line("HUM-1", 2.0, 2.01, 0.01)))
    said = compose(told).progress.short
    assert said.startswith("Compared with round 2024, sub-dimensions that rose: 1; fell: 1; stayed")
    names = {score.sub_dimension: Voices(told, Wording()).sub_name(score.sub_dimension)
             for score in told.scores.sub_dimensions}  # fmt: skip
    assert said.endswith(
        f"The largest rises: {names['STR-1']} (+0.5). The largest falls: {names['OPS-1']} (-0.4)."
    )
    for template in (None, "country_brief"):
        file = write_report(told, tmp_path, template=house_template(template) if template else None)
        assert said in words_of(file.docx)


def test_a_first_round_says_nothing_of_progress(tmp_path: Path) -> None:
    assert compose(example()).progress.lines == ()
    assert "Progress since" not in words_of(write_report(example(), tmp_path).docx)


def test_an_earlier_round_that_cannot_be_read_is_named() -> None:
    limits = compose(second_round(())).limits
    assert any(limit.startswith("Round 2024 cannot be set beside this one") for limit in limits)


def test_the_public_version_does_not_compare_what_it_does_not_show() -> None:
    """OPS-2 rests on confidential answers."""
    closed = (line("OPS-2", 1.0, 2.0, 1.0),)
    assert compose(second_round(closed)).progress.lines == ()
    assert compose(second_round(closed, example(edition="restricted"))).progress.lines != ()


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("fr", "Progrès depuis le cycle 2024"),
        ("es", "Avances desde la ronda 2024"),
        ("ar", "التقدم المحرز منذ الجولة 2024"),
    ],
)
def test_progress_is_told_in_the_reader_s_language(
    language: str, heading: str, tmp_path: Path
) -> None:
    said = words_of(write_report(second_round(LINES), tmp_path, language=language).docx)
    assert heading in said
    assert "The baseline is round" not in said
    assert compose(second_round(LINES), words=Wording(language)).progress.lines[0].now in said
