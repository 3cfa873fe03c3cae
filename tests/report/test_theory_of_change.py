"""The theory of change as a picture: there where something is designed, and mirrored in Arabic."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.image import imread
from report_example import example

from assessments.report import ReportInputs
from assessments.report.canvas import Picture, blank, new_figure, say_at, width_of, wrapped
from assessments.report.theory_of_change import (
    TALLEST,
    WIDTH,
    _head_lines,
    sheets,
    theory_of_change,
)
from assessments.report.voices import Voices
from assessments.report.wording import Wording
from assessments.results import Outcome


def drawn(inputs: ReportInputs, language: str = "en") -> tuple[Picture, ...]:
    return theory_of_change(Voices(inputs, Wording(language)))


def navy_side(picture: Picture) -> str:
    """On which side the dark box of the impact stands."""
    pixels = imread(io.BytesIO(picture.png))[..., :3]
    dark = (pixels.sum(axis=2) < 0.9).mean(axis=0)
    return "left" if np.argmax(dark) < len(dark) / 2 else "right"


def test_the_chain_ends_at_the_side_where_reading_ends(inputs: ReportInputs) -> None:
    (english, *_), (arabic, *_) = drawn(inputs), drawn(inputs, "ar")
    assert (navy_side(english), navy_side(arabic)) == ("right", "left")


def test_it_fits_a_landscape_page(inputs: ReportInputs) -> None:
    for given in (inputs, example(full=True)):
        for picture in drawn(given):
            assert WIDTH * picture.height / picture.width <= TALLEST + 0.01


def outcome(name: str, outputs: int) -> Outcome:
    """Nothing but a number of outputs."""
    return Outcome.model_construct(id=name, outputs=tuple(f"{name}{n}" for n in range(outputs)))


@pytest.mark.parametrize(
    ("outputs", "pages"),
    [
        ((3, 4), ["AB"]),
        ((3, 3, 2), ["A", "BC"]),
        ((2, 3, 3), ["AB", "C"]),
        ((1, 6, 1), ["A", "BC"]),  # AB, C would be as good
        ((5, 1, 2, 4), ["AB", "CD"]),
        ((5, 5, 5), ["A", "B", "C"]),
        ((9,), ["A"]),  # no outcome is divided
        ((9, 9), ["A", "B"]),
    ],
)
def test_a_long_chain_is_laid_on_pages_that_are_about_as_full(
    inputs: ReportInputs, outputs: tuple[int, ...], pages: list[str]
) -> None:
    outcomes = tuple(outcome(name, n) for name, n in zip("ABCD", outputs, strict=False))
    design = inputs.design.model_copy(update={"outcomes": outcomes})
    assert ["".join(one.id for one in page) for page in sheets(design)] == pages


def test_nothing_is_drawn_where_nothing_is_designed(inputs: ReportInputs) -> None:
    nothing = inputs.design.model_copy(update={"outcomes": (), "outputs": (), "activities": ()})
    assert drawn(replace(inputs, design=nothing)) == ()


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
@pytest.mark.parametrize("sheet", [0.9, 1.0])
def test_no_heading_runs_into_the_next(language: str, sheet: float) -> None:
    """In Spanish one did, on the smallest sheet."""
    columns = {"What institutions then do": 4.3, "Gaps, and the fact that decides": 4.5}
    for text, width in columns.items():
        lines = _head_lines(Wording(language).say(text), width * sheet)
        assert len(lines) <= 2  # more would run into the boxes
        assert all(width_of(line, 7.2, bold=True) <= width * sheet + 0.01 for line in lines)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_letter_is_in_the_font_it_is_drawn_with(inputs: ReportInputs, language: str) -> None:
    """Arabic was once drawn as empty boxes, where a slanted font was asked for."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert drawn(inputs, language)


@pytest.mark.parametrize(
    "text",
    [
        "Procedures, registers and guides for training and curricula, budget and reference tools",
        "تتوافر لدى المؤسسات المعنية جهات اتصال وعضوية في الشبكات وترتيبات عمل مشتركة",
    ],
)
@pytest.mark.parametrize("bold", [False, True])
def test_lines_are_no_wider_than_their_box_as_matplotlib_draws_them(text: str, bold: bool) -> None:
    lines = wrapped(text, 3.0, 6.6, bold=bold)
    assert " ".join(lines) == text
    figure = new_figure(10, 10)
    axes = blank(figure, 10, 10)
    for n, line in enumerate(lines):
        say_at(axes, 1, n, line, 6.6, weight="bold" if bold else "normal")
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    for drawn_line in axes.texts:
        assert drawn_line.get_window_extent(renderer).width / figure.dpi * 2.54 <= 3.05


def test_no_line_begins_with_a_sign_of_punctuation_that_french_sets_apart() -> None:
    text = "Les registres sont remis aux institutions\u00a0; les dossiers suivent\u00a0: entraide"
    for width in (2.0, 2.5, 3.0, 3.5, 4.0):
        lines = wrapped(text, width, 6.6)
        assert len(lines) > 1
        assert not [line for line in lines if line[0] in ";:"]
