"""How a sheet prints: A4, margins, scale, and page breaks that part no question from its choices.

A scale in per cent is set instead of "one page wide", because Excel heeds a page break of ours only
then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

A4 = 9  # Excel's number of the paper
_SHORT, _LONG = 595.3, 841.9  # points
SIDE, TOP, BOTTOM = 0.3, 0.4, 0.6  # inches; the footer stands in the lower margin
_FIGURE = 5.56  # points of a figure in Arial 10 on paper, where it is not drawn in whole pixels
_MARGINS = 3.75  # points of a cell's own margins
_SPARE = 0.97  # printers differ by a few per cent


class Block(NamedTuple):
    """Rows that belong on one page."""

    first_row: int  # from 1
    height: float  # points


def set_up(sheet: Any) -> None:
    """A4 with our margins."""
    sheet.set_paper(A4)
    sheet.set_margins(left=SIDE, right=SIDE, top=TOP, bottom=BOTTOM)


def scale(widths: Iterable[float]) -> int:
    """Per cent at which columns of these widths (in figures) fit across A4 landscape."""
    wide = sum(width * _FIGURE + _MARGINS for width in widths)
    return max(10, min(100, int(100 * (_LONG - 2 * SIDE * 72) / wide)))


def page_height(percent: int, repeated: float) -> float:
    """Points of rows that fit on a page of A4 landscape below the rows that each page repeats."""
    paper = (_SHORT - (TOP + BOTTOM) * 72) * 100 / percent
    return paper * _SPARE - repeated


def breaks(blocks: Sequence[Block], page: float) -> list[int]:
    """Rows (from 1) that begin a new page, so that each block of at most a page stays whole."""
    found: list[int] = []
    used = 0.0
    for block in blocks:
        if used and used + block.height > page:
            found.append(block.first_row)
            used = 0.0
        used = (used + block.height) % page  # a block longer than a page runs on
    return found
