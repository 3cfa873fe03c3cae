"""The report's colours: a scale that keeps its order in black-and-white print and for
colour-blind readers, each with the ink that can be read on it. Colour never carries a meaning
alone; a number or word always stands beside it."""

from __future__ import annotations

from assessments.results import Verdict

NAVY = "17365D"
TEAL = "1F6F8B"
SAND = "F4EFE6"
MIST = "EAF1F5"
RULE = "B8C4CE"
QUIET = "5A6672"
PAPER = "FFFFFF"
INK = "1B2430"

# 0 absent .. 4 sustained: lightness falls at every step
LEVELS = ("FDF3D8", "C9E3C4", "7CC1C4", "3280A8", "1F3B6E")
UNKNOWN = "FFFFFF"
HIDDEN = "E3E6E9"

_VERDICTS = {
    Verdict.MET: "1F3B6E",
    Verdict.PARTLY: "7CC1C4",
    Verdict.NOT_MET: "F6D9A6",
    Verdict.NOT_APPLICABLE: "E3E6E9",
    Verdict.UNKNOWN: "FFFFFF",
}


def level_shade(level: float | None) -> str:
    """Colour of a level; white where there is none."""
    return UNKNOWN if level is None else LEVELS[max(0, min(4, int(level + 1e-9)))]


def verdict_shade(verdict: Verdict) -> str:
    """Colour of a verdict."""
    return _VERDICTS[verdict]


def risk_shade(rating: int) -> str:
    """Colour of a risk's rating, 1 to 25: darker is graver."""
    return "F6D9A6" if rating < 8 else "E39B5A" if rating < 15 else "9C3D2A"


def ink_on(shade: str) -> str:
    """Black or white, whichever is read better on `shade` (relative luminance, WCAG 2)."""
    red, green, blue = (int(shade[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return INK if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5 else PAPER
