"""What `tana[dask]` adds to requirements.lock, from its whole resolution on standard input."""

from __future__ import annotations

import re
import sys
from pathlib import Path

_ENTRY = re.compile(
    r"^(?=[A-Za-z0-9])", re.MULTILINE
)  # one starts at each line that is not indented


def entries(lock: str) -> dict[str, str]:
    """Requirement, such as `dask==2026.8.0`, to its lines with hashes."""
    return {entry.split()[0]: entry for entry in _ENTRY.split(lock) if entry.strip()}


def main() -> None:
    known = entries(Path("requirements.lock").read_text(encoding="utf-8"))
    whole = entries(sys.stdin.read())
    sys.stdout.write("".join(text for name, text in whole.items() if name not in known))


if __name__ == "__main__":
    main()
