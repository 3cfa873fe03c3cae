"""How wide a text is in Arial, and how many lines it takes in a column.

The widths in `letter_widths.csv` are measured from the metric twin of Arial
(`tests/workbook/measure_letters.py` writes them). Arabic letters have up to four shapes of
different width; Unicode's presentation forms name them. A pixel is 1/96 inch: 100 % zoom.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

PIXELS_A_POINT = 96 / 72
_WIDEST = 1000  # thousandths of the size: a letter that the table does not know is a square
_SHAPES = ("<isolated>", "<final>", "<initial>", "<medial>")


@lru_cache(maxsize=20_000)  # the same words stand in every workbook of a country
def width(text: str, size: float, bold: bool = False) -> float:
    """Width in pixels of a text on one line; `size` in points."""
    letters = _letter_widths(size, bold)
    return sum(letters(ord(letter)) for letter in _shaped(text))


def lines(text: str, room: float, size: float, bold: bool = False) -> int:
    """How many lines the text takes where `room` pixels are free, broken as Excel breaks it.

    A line breaks at spaces only, a word wider than the room between any two letters.
    """
    return sum(_wrapped(part, room, size, bold) for part in text.split("\n"))


def _wrapped(part: str, room: float, size: float, bold: bool) -> int:
    space = width(" ", size, bold)
    count, used = 1, 0.0
    for word in _words(part):
        rest, wide = word, width(word, size, bold)
        start = used + space if used else 0.0
        if start + wide <= room:
            used = start + wide
            continue
        count += used > 0
        while wide > room and len(rest) > 1:
            rest, count = rest[_fitting(rest, room, size, bold) :], count + 1
            wide = width(rest, size, bold)
        used = wide
    return count


def _words(part: str) -> Iterator[str]:
    """Words between spaces; Chinese and Japanese letters each stand for a word."""
    for word in part.split(" "):
        if word.isascii() or not any(unicodedata.east_asian_width(x) in "WF" for x in word):
            if word:
                yield word
        else:
            yield from word


def _fitting(word: str, room: float, size: float, bold: bool) -> int:
    """How many letters of a word fit, at least one."""
    head = 1
    while head < len(word) and width(word[: head + 1], size, bold) <= room:
        head += 1
    return head


@cache
def _letter_widths(size: float, bold: bool) -> _Letters:
    return _Letters(size, bold)


class _Letters:
    """Width in pixels of each letter at one size.

    Programs draw a letter either at its true width or, on a screen, at a whole number of pixels of
    a size that is a whole number too; the wider of the two is taken.
    """

    def __init__(self, size: float, bold: bool) -> None:
        self._bold = bold
        self._size = size * PIXELS_A_POINT
        self._known: dict[int, float] = {}

    def __call__(self, code: int) -> float:
        known = self._known.get(code)
        if known is None:
            share = self._share(code) / 1000
            known = max(share * self._size, int(share * int(self._size) + 0.5))
            self._known[code] = known
        return known

    def _share(self, code: int) -> int:
        measured = _table().get(code)
        if measured is not None:
            return measured[self._bold]
        return 0 if unicodedata.category(chr(code)) in ("Mn", "Cf") else _WIDEST


@cache
def _table() -> dict[int, tuple[int, int]]:
    text = files("assessments.workbook").joinpath("letter_widths.csv").read_text("ascii")
    rows = csv.reader(text.splitlines()[1:])
    return {int(letter, 16): (int(regular), int(bold)) for letter, regular, bold in rows}


# --- Arabic -------------------------------------------------------------------------------


def _shaped(text: str) -> str:
    """The text with each Arabic letter in the shape it takes between its neighbours."""
    if text.isascii() or not any("\u0600" <= letter <= "\u06ff" for letter in text):
        return text
    shapes = _shapes()
    letters = [letter for letter in text if unicodedata.category(letter) != "Mn"]
    shaped = []
    for place, letter in enumerate(letters):
        own = shapes.get(letter)
        if own is None:
            shaped.append(letter)
            continue
        before = place > 0 and "<initial>" in shapes.get(letters[place - 1], ())
        after = (
            "<initial>" in own
            and place + 1 < len(letters)
            and "<final>" in shapes.get(letters[place + 1], ())
        )
        shape = _SHAPES[2 * after + before]
        shaped.append(own.get(shape) or own.get("<isolated>", letter))
    return "".join(shaped)


@cache
def _shapes() -> dict[str, dict[str, str]]:
    """Shape by letter, as Unicode's presentation forms decompose."""
    found: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFC00), *range(0xFE70, 0xFEFD)):
        shape, _, letter = unicodedata.decomposition(chr(code)).partition(" ")
        if shape in _SHAPES and " " not in letter:
            found.setdefault(chr(int(letter, 16)), {})[shape] = chr(code)
    return found
