"""What the pictures are drawn on: a figure measured in cm, text that is never read as mathematics,
boxes, and a font that is narrow where the machine has one."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from assessments.report import palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import GraphicsContextBase
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.figure import Figure
    from matplotlib.ft2font import FT2Font
    from matplotlib.transforms import Transform


CM = 1 / 2.54


DPI = 160
_FRACTIONS = 64  # of a pixel, in which fonts measure


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with its size in cm."""

    png: bytes
    width: float
    height: float


def new_figure(width: float, height: float) -> Figure:
    from matplotlib.figure import Figure

    return Figure(figsize=(width * CM, height * CM), dpi=DPI)


def picture_of(figure: Figure, width: float, height: float) -> Picture:
    """What is drawn, without the fourth byte of each point: nothing shines through."""
    import numpy as np
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    target = io.BytesIO()
    points = np.asarray(canvas.buffer_rgba())[..., :3]  # type: ignore[no-untyped-call]
    Image.fromarray(points).save(target, format="png", dpi=(DPI, DPI))
    return Picture(target.getvalue(), width, height)


def blank(figure: Figure, width: float, height: float, *, mirrored: bool = False) -> Axes:
    """Axes that measure in cm from the upper left corner, without frame; from the right one where
    the picture is for a language written from there."""
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(*((width, 0) if mirrored else (0, width)))
    axes.set_ylim(height, 0)
    axes.axis("off")
    return axes


@cache
def _font() -> str:
    """A narrow sans serif font of this machine, so that names fit; else Matplotlib's."""
    from matplotlib import font_manager

    known = set(font_manager.get_font_names())
    return next((f for f in ("Arial", "Liberation Sans", "Arimo") if f in known), "sans-serif")


def _families() -> list[str]:
    """That font, and one that has the letters of Arabic."""
    return [_font(), "DejaVu Sans"] if _font() != "sans-serif" else [_font()]


@cache
def _faces(bold: bool, italic: bool) -> list[str]:
    """The files of these fonts: a letter is taken from the first that has it."""
    from matplotlib.font_manager import FontProperties, findfont

    weight, style = "bold" if bold else "normal", "italic" if italic else "normal"
    return [
        findfont(FontProperties(family=family, weight=weight, style=style))  # type: ignore[arg-type]
        for family in _families()
    ]


def _set(text: str, size: float, *, bold: bool = False, italic: bool = False) -> FT2Font:
    """The font with this text laid out in it, Arabic with its letters joined."""
    from matplotlib.font_manager import get_font
    from matplotlib.ft2font import LoadFlags

    font = get_font(_faces(bold, italic))
    font.set_size(size, DPI)
    font.set_text(text, flags=LoadFlags.DEFAULT)
    return font


@cache
def _line(size: float, bold: bool) -> tuple[float, float]:
    """How far letters of this size reach above and below the line they stand on, in pixels."""
    font = _set("lp", size, bold=bold)
    height, below = font.get_width_height()[1] / _FRACTIONS, font.get_descent() / _FRACTIONS
    return height - below, below


@cache
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text of this size in points is drawn, in cm; Arabic with its letters joined."""
    return float(_set(text, size, bold=bold).get_width_height()[0]) / _FRACTIONS / DPI / CM


_BREAKS = re.compile(r"[ \t\n]+")


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Lines that are no wider than `width` cm; a word that is wider stands alone.

    Words are measured alone, and once: letters join within a word only, and most words come again.
    A space that does not break keeps what it joins, as French does its signs of punctuation.
    """
    space = width_of(" ", size, bold=bold)
    lines: list[list[str]] = []
    used = 0.0
    for word in _BREAKS.split(text.strip()):
        wide = width_of(word, size, bold=bold)
        if lines and used + space + wide <= width:
            lines[-1].append(word)
            used += space + wide
        else:
            lines.append([word])
            used = wide
    return [" ".join(line) for line in lines]


def fitted(text: str, width: float, size: float) -> str:
    """The text, or as many of its words as are no wider than `width` cm with three dots."""
    kept = text
    while width_of(kept, size) > width and " " in kept:
        kept = kept.removesuffix("...").rpartition(" ")[0] + "..."
    return kept


def say_at(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    ha: str = "left",
    color: str = f"#{palette.INK}",
    weight: str = "normal",
    style: str = "normal",
    linespacing: float = 1.2,
) -> None:
    """Words over everything else, in the middle of `y`; each line of `text` is one of theirs."""
    side = _TURNED[ha] if axes.xaxis_inverted() else ha
    words_of(axes).append(
        Words(x, y, text, size, side, color, weight == "bold", style == "italic", linespacing)
    )


@dataclass(frozen=True, slots=True)
class Words:
    """A text and where it is said: its place in the units of the axes."""

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
        import numpy as np
        from matplotlib.colors import to_rgba

        x, up = at.transform((self.x, self.y))
        above, below = _line(self.size, self.bold)
        step = below + above * self.spacing
        lines = self.text.split("\n")
        base = renderer.height - up - (step * (len(lines) - 1) + below - above) / 2
        ink = np.array(to_rgba(self.color)) * 255
        for number, line in enumerate(lines):
            if not line.strip():
                continue
            font = _set(_framed(line), self.size, bold=self.bold, italic=self.italic)
            font.draw_glyphs_to_bitmap(antialiased=True)
            right, down = (one / _FRACTIONS for one in font.get_bitmap_offset())
            start = x + right - font.get_width_height()[0] / _FRACTIONS * _BEFORE[self.side]
            foot = base + number * step + down + font.get_descent() / _FRACTIONS
            covered = font.get_image()[::-1]  # pictures are drawn from the foot upwards
            drawn = np.empty((*covered.shape, 4), np.uint8)
            drawn[..., :3], drawn[..., 3] = ink[:3], covered
            renderer.draw_image(gc, round(start), round(renderer.height - foot) - 1, drawn)


def _framed(line: str) -> str:
    """Begun and ended by a space of no width: Matplotlib sets the first letter of an image on a
    whole pixel, and the others from where it would have been."""
    return f"\u200b{line}\u200b"


_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}  # the part of a text that lies before its x


def words_of(axes: Axes) -> list[Words]:
    """What is said on these axes so far."""
    found = next((one for one in axes.artists if isinstance(one, _said())), None)
    if found is None:
        found = _said()()
        axes.add_artist(found)
    words: list[Words] = found.words
    return words


@cache
def _said() -> Any:
    from matplotlib.artist import Artist

    class Said(Artist):
        """All words of one picture, each line drawn as one image.

        Matplotlib's own `Text` draws letter by letter and lays each text out three times: five
        times as long, for letters that stand on a fraction of a pixel.
        """

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

    return Said


_TURNED = {"left": "right", "right": "left", "center": "center"}


def box(axes: Axes, x: float, y: float, width: float, height: float, **style: Any) -> None:
    from matplotlib.patches import Rectangle

    style.setdefault("linewidth", 0.6)
    # not as a patch: the axes would look after each whether it has to widen their limits
    axes.add_artist(Rectangle((x, y), width, height, **style))
