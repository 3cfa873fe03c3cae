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
    from matplotlib.figure import Figure


CM = 1 / 2.54


DPI = 160


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with its size in cm."""

    png: bytes
    width: float
    height: float


def new_figure(width: float, height: float) -> Figure:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width * CM, height * CM), dpi=DPI)
    FigureCanvasAgg(figure)
    return figure


def picture_of(figure: Figure, width: float, height: float) -> Picture:
    target = io.BytesIO()
    figure.savefig(target, format="png", metadata={"Software": None})
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
def _measuring() -> Any:
    from matplotlib.backends.backend_agg import RendererAgg

    return RendererAgg(1, 1, DPI)  # type: ignore[no-untyped-call]


@cache
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text of this size in points is drawn, in cm; Arabic with its letters joined."""
    from matplotlib.font_manager import FontProperties

    font = FontProperties(family=_families(), size=size, weight="bold" if bold else "normal")
    pixels, _, _ = _measuring().get_text_width_height_descent(text, font, ismath=False)
    return float(pixels) / DPI / CM


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


def say_at(axes: Axes, x: float, y: float, text: str, size: float, **style: Any) -> None:
    style.setdefault("color", f"#{palette.INK}")
    style.setdefault("family", _families())
    style.setdefault("va", "center")
    if axes.xaxis_inverted():
        style["ha"] = _TURNED[style.get("ha", "left")]
    axes.text(x, y, text, fontsize=size, parse_math=False, **style)


_TURNED = {"left": "right", "right": "left", "center": "center"}


def box(axes: Axes, x: float, y: float, width: float, height: float, **style: Any) -> None:
    from matplotlib.patches import Rectangle

    style.setdefault("linewidth", 0.6)
    axes.add_patch(Rectangle((x, y), width, height, **style))
