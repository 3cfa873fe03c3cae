"""Both readers on the bytes of one file, in the cage: first the fast one, then the one it is held
against.

Imports next to nothing, since a command reads its first file while it still loads its libraries.
"""

from __future__ import annotations

import struct
from typing import Any

from assessments.untrusted import cage, wire

Answers = tuple[dict[str, Any], dict[str, Any]]  # of the first reader and of the second
FIRST, SECOND = "assessments.untrusted.reader:read", "assessments.untrusted.second:compare"
# The first reader goes from one ordinary file to the next: that saves half of its time. What it
# says of a file is held against a second reader that has seen no other file.
_FIRST_ALLOWANCE = cage.Allowance(files=32)
LENGTH = struct.Struct("!Q")  # of the first reader's answer, before the file that both read


def ask(data: bytes, *, twice: bool = True) -> Answers:
    """What the readers say of a file. Raises CageBroken.

    The second is not asked where the first refuses the file, or where `twice` is False.
    """
    answer = cage.run(FIRST, data, _FIRST_ALLOWANCE)
    first = wire.said(answer)
    if not twice or "faults" in first:
        return first, {"differences": []}
    return first, wire.said(cage.run(SECOND, LENGTH.pack(len(answer)) + answer + data))
