"""How high a row must be so that no text of ours is cut at 100 % zoom."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from assessments.errors import TanaError
from assessments.workbook.letters import PIXELS_A_POINT, lines
from assessments.workbook.styles import STYLES

HIGHEST = 409.0  # points; Excel has no higher row
DIGIT = 7  # pixels of the widest figure in Arial 10, by which Excel counts the width of columns
_INDENT = 9  # pixels of one step: three spaces
_ABOVE, _BELOW = 0.905, 0.212  # of Arial, in type sizes, as its file says
_LEADING = 2  # pixels that Excel adds to a line


class TextTooLong(TanaError):
    """A text of the pack does not fit a row of Excel."""


class Text(NamedTuple):
    """A text in a cell: the name of its style, the width of its column in figures."""

    text: str
    style: str
    width: float


def room(style: str, width: float) -> float:
    """Pixels that a text has in a column; its margins come on top of the width."""
    indent = STYLES[style].get("indent", 0)
    assert isinstance(indent, int)
    return width * DIGIT - indent * _INDENT


def size(style: str) -> float:
    """Type size in points."""
    points = STYLES[style]["font_size"]
    assert isinstance(points, int | float)
    return points


def bold(style: str) -> bool:
    return bool(STYLES[style].get("bold", False))


def line_height(points: float) -> float:
    """Points that a line of Arial takes in a cell, never less than Excel gives it."""
    pixels = points * PIXELS_A_POINT
    return (math.ceil(_ABOVE * pixels) + math.ceil(_BELOW * pixels) + _LEADING) / PIXELS_A_POINT


def text_height(text: Text) -> float:
    """Points that the text takes, which may be more than one row can give."""
    points = size(text.style)
    count = lines(text.text, room(text.style, text.width), points, bold(text.style))
    return count * line_height(points)


def row_height(texts: Iterable[Text], least: float = 15) -> float:
    """Points that the highest of the texts takes, at least `least`."""
    return max(least, *(text_height(text) for text in texts), 0)


def one_row(texts: Iterable[Text], least: float = 15) -> float:
    """As `row_height`, where the text has no second row. Raises TextTooLong."""
    texts = list(texts)
    height = row_height(texts, least)
    if height > HIGHEST:
        text = max(texts, key=text_height).text
        raise TextTooLong(
            f"A text of {len(text)} characters is higher than a row of Excel can be: {text[:60]}…",
            "Shorten it in the pack.",
        )
    return height


def rows_for(height: float) -> int:
    """How many rows a line of this height takes: one, unless Excel's highest is too low."""
    return max(1, math.ceil(height / HIGHEST))
