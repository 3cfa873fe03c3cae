"""A Word file comes into place whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any


def publish(document: Any, out: Path) -> None:
    """Save beside the place, then move there: a reader never sees half a file."""
    out.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".docx.part", dir=out.parent)
    os.close(handle)
    unfinished = Path(name)
    try:
        document.save(str(unfinished))
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)
