"""Begin to read a file before anything heavy is loaded; imports next to nothing."""

from __future__ import annotations

from pathlib import Path

from assessments.untrusted import cage
from assessments.untrusted.preflight import ARCHIVE, LIMITS

READ_TWICE = "assessments.untrusted.second:read"  # two readers, compared
READ_ONCE = "assessments.untrusted.reader:read"


def read_early(path: Path) -> None:
    """Let the cage read this file now, so that `read_cells` of the same bytes finds it done.

    A file that cannot be opened, or is no archive, is left to `read_cells`, which says why; so is
    what is no ordinary file: a pipe would keep us waiting.
    """
    try:
        if not path.is_file():
            return
        with path.open("rb") as file:
            data = file.read(LIMITS.file + 1)
    except OSError:
        return
    if data.startswith(ARCHIVE):
        cage.begin(READ_TWICE, data)
