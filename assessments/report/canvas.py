"""What the pictures are drawn on: a figure measured in cm, boxes, and text that is broken where it
has to be and never read as mathematics."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from assessments.report import palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


CM = 1 / 2.54


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with its size in cm."""

    png: bytes
    width: float
    height: float


def new_figure(width: float, height: float) -> Figure:
    from matplotlib.figure import Figure

    from assessments.report.lettering import DPI

    return Figure(figsize=(width * CM, height * CM), dpi=DPI)


def picture_of(figure: Figure, width: float, height: float) -> Picture:
    """What is drawn, without the fourth byte of each point: nothing shines through."""
    import numpy as np
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    from assessments.report.lettering import DPI

    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    target = io.BytesIO()
    points = np.asarray(canvas.buffer_rgba())[..., :3]  # type: ignore[no-untyped-call]
    # less pressed: a fiftieth larger, in three quarters of the time
    Image.fromarray(points).save(target, format="png", dpi=(DPI, DPI), compress_level=3)
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
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text of this size in points is drawn, in cm; Arabic with its letters joined."""
    from assessments.report import lettering

    return lettering.pixels(text, size, bold=bold) / lettering.DPI / CM


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
    from assessments.report.lettering import Words, lettering_of

    side = _TURNED[ha] if axes.xaxis_inverted() else ha
    lettering_of(axes).words.append(
        Words(x, y, text, size, side, color, weight == "bold", style == "italic", linespacing)
    )


_TURNED = {"left": "right", "right": "left", "center": "center"}


def box(
    axes: Axes, x: float, y: float, width: float, height: float, *, fc: str, ec: str, **style: Any
) -> None:
    """A rectangle with its face and its edge in these colours."""
    from matplotlib.patches import Rectangle

    style.setdefault("linewidth", 0.6)
    # Colours by their whole names: else Matplotlib first looks its own up, which takes longer than
    # all the rest. Not as a patch: the axes would look after each whether to widen their limits.
    axes.add_artist(Rectangle((x, y), width, height, facecolor=fc, edgecolor=ec, **style))
