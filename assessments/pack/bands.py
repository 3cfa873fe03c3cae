"""Bands of numbers as experts write them in the tables: `<=60`, `>=3`, `0`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BAND = re.compile(r"(?P<sign><=|>=|<|>|=)?\s*(?P<limit>-?\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Band:
    """A range of numbers with one limit, or a single number."""

    sign: str  # <= >= < > =
    limit: float

    def holds(self, number: float) -> bool:
        """True where the number lies in the band."""
        match self.sign:
            case "<=":
                return number <= self.limit
            case ">=":
                return number >= self.limit
            case "<":
                return number < self.limit
            case ">":
                return number > self.limit
            case _:
                return number == self.limit


def read_band(text: str) -> Band | None:
    """The band that `text` spells; None where it spells none."""
    match = _BAND.fullmatch(text.strip())
    return Band(match["sign"] or "=", float(match["limit"])) if match else None


def uncovered(bands: tuple[Band, ...], whole: bool) -> float | None:
    """The lowest number from 0 up that no band covers; None where all are covered.

    Between two neighbouring limits all bands answer alike, so trying each limit and one number
    on either side decides the question.
    """
    limits = sorted({0.0, *(band.limit for band in bands)})
    step = 1.0 if whole else 1e-6
    tried = sorted({n for limit in limits for n in (limit - step, limit, limit + step) if n >= 0})
    for number in tried:
        if not any(band.holds(number) for band in bands):
            return number
    return None
