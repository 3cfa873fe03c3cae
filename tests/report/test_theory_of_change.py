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
from assessments.report.canvas import Picture, blank, new_figure, say_at, wrapped
from assessments.report.theory_of_change import TALLEST, WIDTH, theory_of_change
from assessments.report.voices import Voices
from assessments.report.wording import Wording


def drawn(inputs: ReportInputs, language: str = "en") -> Picture | None:
    return theory_of_change(Voices(inputs, Wording(language)))


def navy_side(picture: Picture) -> str:
    """On which side the dark box of the impact stands."""
    pixels = imread(io.BytesIO(picture.png))[..., :3]
    dark = (pixels.sum(axis=2) < 0.9).mean(axis=0)
    return "left" if np.argmax(dark) < len(dark) / 2 else "right"


def test_the_chain_ends_at_the_side_where_reading_ends(inputs: ReportInputs) -> None:
    english, arabic = drawn(inputs), drawn(inputs, "ar")
    assert english is not None
    assert arabic is not None
    assert (navy_side(english), navy_side(arabic)) == ("right", "left")


def test_it_fits_a_landscape_page(inputs: ReportInputs) -> None:
    for given in (inputs, example(full=True)):
        picture = drawn(given)
        assert picture is not None
        assert WIDTH * picture.height / picture.width <= TALLEST + 0.01


def test_nothing_is_drawn_where_nothing_is_designed(inputs: ReportInputs) -> None:
    nothing = inputs.design.model_copy(update={"outcomes": (), "outputs": (), "activities": ()})
    assert drawn(replace(inputs, design=nothing)) is None


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_letter_is_in_the_font_it_is_drawn_with(inputs: ReportInputs, language: str) -> None:
    """Arabic was once drawn as empty boxes, where a slanted font was asked for."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert drawn(inputs, language) is not None


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
