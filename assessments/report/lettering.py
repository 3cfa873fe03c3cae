"""The words of a picture: how wide they are, and a layer of Matplotlib's that draws them.

Matplotlib's own `Text` draws letter by letter and lays each text out three times, for letters that
stand on a fraction of a pixel. Here a line is laid out once, by the same engine, and drawn as one
image. This module loads Matplotlib: import it where something is drawn, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib import font_manager
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.transforms import Transform

DPI = 160
_FRACTIONS = 64  # of a pixel, in which fonts measure
_NARROW = ("Arial", "Liberation Sans", "Arimo")
_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}  # the part of a text that lies before its x


@cache
def families() -> list[str]:
    """A narrow sans serif font of this machine, so that names fit, and one that has the letters of
    Arabic; else Matplotlib's."""
    known = set(font_manager.get_font_names())
    narrow = next((family for family in _NARROW if family in known), None)
    return [narrow, "DejaVu Sans"] if narrow else ["sans-serif"]


@cache
def _files(bold: bool, italic: bool) -> list[str]:
    """The files of these fonts: a letter is taken from the first that has it."""
    weight, style = "bold" if bold else "normal", "italic" if italic else "normal"
    return [
        findfont(FontProperties(family=family, weight=weight, style=style))  # type: ignore[arg-type]
        for family in families()
    ]


def _set(text: str, size: float, *, bold: bool = False, italic: bool = False) -> FT2Font:
    """The font with this text laid out in it, Arabic with its letters joined."""
    font = get_font(_files(bold, italic))
    font.set_size(size, DPI)
    font.set_text(text, flags=LoadFlags.DEFAULT)
    return font


@cache
def pixels(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text of this size in points is."""
    return float(_set(text, size, bold=bold).get_width_height()[0]) / _FRACTIONS


@cache
def _reach(size: float, bold: bool) -> tuple[float, float]:
    """How far letters of this size reach above and below the line they stand on, in pixels."""
    font = _set("lp", size, bold=bold)
    height, below = font.get_width_height()[1] / _FRACTIONS, font.get_descent() / _FRACTIONS
    return height - below, below


@dataclass(frozen=True, slots=True)
class Words:
    """A text, the middle of whose lines stands at a place in the units of its axes."""

    x: float
    y: float
    text: str
    size: float  # points
    side: str  # of the text, that lies at x
    color: str
    bold: bool
    italic: bool
    spacing: float  # of its lines

    def draw(self, renderer: RendererAgg, gc: GraphicsContextBase, at: Transform) -> None:
        x, up = at.transform((self.x, self.y))
        above, below = _reach(self.size, self.bold)
        step = below + above * self.spacing
        lines = self.text.split("\n")
        base = renderer.height - up - (step * (len(lines) - 1) + below - above) / 2
        for number, line in enumerate(lines):
            self._draw_line(renderer, gc, line, (x, base + number * step))

    def _draw_line(
        self, renderer: RendererAgg, gc: GraphicsContextBase, line: str, at: tuple[float, float]
    ) -> None:
        font = _set(_framed(line), self.size, bold=self.bold, italic=self.italic)
        font.draw_glyphs_to_bitmap(antialiased=True)
        covered = font.get_image()[::-1]  # pictures are drawn from the foot upwards
        if not covered.size:
            return
        right, down = (one / _FRACTIONS for one in font.get_bitmap_offset())
        start = at[0] + right - font.get_width_height()[0] / _FRACTIONS * _BEFORE[self.side]
        foot = at[1] + down + font.get_descent() / _FRACTIONS
        drawn = np.empty((*covered.shape, 4), np.uint8)
        drawn[..., :3], drawn[..., 3] = np.multiply(to_rgba(self.color)[:3], 255), covered
        renderer.draw_image(gc, round(start), round(renderer.height - foot) - 1, drawn)


def _framed(line: str) -> str:
    """Begun and ended by a space of no width: Matplotlib sets the first letter of an image on a
    whole pixel, and the others from where it would have been."""
    return f"\u200b{line}\u200b"


class Lettering(Artist):
    """All words of a picture, over everything else."""

    zorder = 5

    def __init__(self) -> None:
        super().__init__()
        self.words: list[Words] = []

    def draw(self, renderer: Any) -> None:
        assert self.axes is not None
        gc = renderer.new_gc()
        for one in self.words:
            one.draw(renderer, gc, self.axes.transData)
        gc.restore()


def lettering_of(axes: Axes) -> Lettering:
    """The layer of words of these axes."""
    found = next((one for one in axes.artists if isinstance(one, Lettering)), None)
    if found is None:
        found = Lettering()
        axes.add_artist(found)
    return found
