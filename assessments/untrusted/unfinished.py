"""Whether a file that came from outside is complete."""

from __future__ import annotations

import sys
from pathlib import Path


def is_written_to(path: Path) -> bool:
    """True where a process has the file open for writing: the system knows, and no clock is asked.

    Asked by a read lease, which Linux grants only where nobody writes. Other systems and network
    drives do not tell; an unfinished workbook is then refused as damaged, and can be sent again.
    """
    if sys.platform != "linux":
        return False
    import fcntl

    try:
        with path.open("rb") as file:
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:  # a drive without leases, or another owner's file
        return False
    return False
