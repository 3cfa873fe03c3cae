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
from assessments.report.canvas import (
    Picture,
    blank,
    new_figure,
    picture_of,
    say_at,
    width_of,
    wrapped,
)
from assessments.report.lettering import DPI, families
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


ENGLISH = "Procedures, registers and guides for training and curricula, budget and reference tools"
ARABIC = "تتوافر لدى المؤسسات المعنية جهات اتصال وعضوية في الشبكات وترتيبات عمل مشتركة"


def ink(picture: Picture) -> tuple[float, float, float, float]:
    """Where anything is drawn, in cm from the upper left corner: left, right, top, bottom."""
    dark = imread(io.BytesIO(picture.png))[..., :3].min(axis=2) < 0.8
    columns, rows = dark.any(axis=0).nonzero()[0], dark.any(axis=1).nonzero()[0]
    return tuple(n / DPI * 2.54 for n in (columns[0], columns[-1] + 1, rows[0], rows[-1] + 1))


@pytest.mark.parametrize("text", [ENGLISH, ARABIC])
@pytest.mark.parametrize("bold", [False, True])
def test_lines_are_drawn_no_wider_than_their_box(text: str, bold: bool) -> None:
    lines = wrapped(text, 3.0, 6.6, bold=bold)
    assert " ".join(lines) == text
    for line in lines:
        figure = new_figure(10, 2)
        say_at(blank(figure, 10, 2), 1, 1, line, 6.6, weight="bold" if bold else "normal")
        left, right, _, _ = ink(picture_of(figure, 10, 2))
        assert right - left <= 3.05


@pytest.mark.parametrize(
    "text", [ENGLISH[:40], ARABIC[:40], "judges", "32\u202f427,50 USD", "Année 1"]
)
@pytest.mark.parametrize("side", ["left", "center", "right"])
@pytest.mark.parametrize("turned", [False, True])
def test_words_stand_where_matplotlib_itself_would_set_them(
    text: str, side: str, turned: bool
) -> None:
    """Within two pixels; matplotlib counts from the other side where the axes are turned."""
    ours, its = new_figure(12, 2), new_figure(12, 2)
    say_at(blank(ours, 12, 2, mirrored=turned), 6, 1, text, 7, ha=side)
    opposite = {"left": "right", "right": "left"}.get(side, side) if turned else side
    blank(its, 12, 2, mirrored=turned).text(
        6, 1, text, fontsize=7, ha=opposite, va="center", family=families()
    )
    two_pixels = 2.5 / DPI * 2.54
    assert ink(picture_of(ours, 12, 2)) == pytest.approx(
        ink(picture_of(its, 12, 2)), abs=two_pixels
    )


@pytest.mark.filterwarnings("ignore:Glyph")  # no font has that letter: a box is drawn
@pytest.mark.parametrize(
    "text", ["", " ", "\u200b", "\n\n", "x" * 20_000, "\U0001f469\u200d\u2696", "$x$ %"]
)
def test_any_text_can_be_drawn(text: str) -> None:
    figure = new_figure(5, 1)
    axes = blank(figure, 5, 1)
    say_at(axes, 0, 0.5, text, 7)
    say_at(axes, 3, 0.5, "after", 7)
    _, right, _, _ = ink(picture_of(figure, 5, 1))
    assert right > 3.3


def test_each_line_of_words_stands_below_the_one_before() -> None:
    one, two = new_figure(5, 3), new_figure(5, 3)
    say_at(blank(one, 5, 3), 1, 1.5, "name", 7)
    say_at(blank(two, 5, 3), 1, 1.5, "name\nname", 7)
    _, _, top, bottom = ink(picture_of(one, 5, 3))
    _, _, upper, lower = ink(picture_of(two, 5, 3))
    assert upper < top
    assert lower > bottom
    assert (upper + lower) / 2 == pytest.approx((top + bottom) / 2, abs=0.04)
    assert 0.24 < (lower - upper) - (bottom - top) < 0.4  # cm: a line of 7 points is 0.25


def test_no_line_begins_with_a_sign_of_punctuation_that_french_sets_apart() -> None:
    text = "Les registres sont remis aux institutions\u00a0; les dossiers suivent\u00a0: entraide"
    for width in (2.0, 2.5, 3.0, 3.5, 4.0):
        lines = wrapped(text, width, 6.6)
        assert len(lines) > 1
        assert not [line for line in lines if line[0] in ";:"]
