"""Text from outside made safe to print, and visibly so: nothing is dropped in silence.

Answers may hold control characters that no Word file can carry, direction overrides that make a
sentence read as another, halves of characters, or tens of thousands of letters. Each is replaced
by something a reader can see. Markup and template syntax need nothing here: the renderer escapes
them, so they appear as they were typed.
"""

from __future__ import annotations

import re

from assessments.report.terms import N_

LONGEST = 1200  # characters of one answer that a report prints; the workbook keeps all

LONGEST_WHY = 4000  # characters of the reasons of one intervention
LONGEST_CELL = 400  # characters of free text in one table cell
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x07\x0c]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_BROKEN = re.compile("[\ud800-\udfff\ufffe\uffff\x7f-\x84\x86-\x9f]")
_UNBROKEN = re.compile(r"\S{60,}")  # a run without a space breaks no table


CUT = N_("[... +{left} characters; the workbook holds the full text]")


def plain(text: str, longest: int = LONGEST, cut: str = CUT) -> str:
    """`text` as it can be printed: unprintable characters made visible, length limited."""
    shown = text[:longest]
    shown = shown.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    shown = shown.replace("\t", " ").replace("\u2028", "\n").replace("\u2029", "\n")
    shown = _CONTROL.sub(lambda found: chr(0x2400 + ord(found.group())), shown)
    shown = _DIRECTION.sub(lambda found: f"[U+{ord(found.group()):04X}]", shown)
    shown = _BROKEN.sub("\ufffd", shown)
    shown = _UNBROKEN.sub(_breakable, shown)
    left = len(text) - longest
    if left > 0:
        shown = f"{shown.rstrip()} {cut.replace('{left}', str(left))}"
    return shown


def _breakable(found: re.Match[str]) -> str:
    """A long unbroken run with places where a line may end (zero-width spaces)."""
    run = found.group()
    return "\u200b".join(run[at : at + 30] for at in range(0, len(run), 30))
