"""What the tests of the notebooks share by name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROUND = "2026"
FULL, SPARSE = "XAA", "XAB"


@dataclass(frozen=True)
class Desk:
    """A home with answers, and the kernel that notebooks run in."""

    home: Path
    kernel: str
