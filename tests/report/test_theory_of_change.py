"""The theory of change as a picture: there where something is designed, and mirrored in Arabic."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
from matplotlib.image import imread
from report_example import example

from assessments.report import ReportInputs
from assessments.report.canvas import Picture
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
