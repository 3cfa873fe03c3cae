"""Both readers on one file, and the first file begun before anything heavy is loaded.

Imports next to nothing, since a command reads its first file while it still loads its libraries.
"""

from __future__ import annotations

import json
import struct
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from assessments.untrusted import cage
from assessments.untrusted.preflight import ARCHIVE, LIMITS

Answers = tuple[dict[str, Any], dict[str, Any]]  # of the first reader and of the second
FIRST, SECOND = "assessments.untrusted.reader:read", "assessments.untrusted.second:compare"
# The first reader goes from one ordinary file to the next: that saves half of its time. What it
# says of a file is held against a second reader that has seen no other file.
_FIRST_ALLOWANCE = cage.Allowance(files=32)
LENGTH = struct.Struct("!Q")  # of the first reader's answer, before the file that both read

_begun: dict[bytes, Future[Answers]] = {}


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
        _begin(data)


def ask(data: bytes, *, twice: bool = True) -> Answers:
    """What the readers say of a file, read early or now. Raises CageBroken.

    The second is not asked where the first refuses the file, or where `twice` is False.
    """
    begun = _begun.pop(data, None) if twice else None
    return begun.result() if begun is not None else _ask(data, twice=twice)


def _ask(data: bytes, *, twice: bool) -> Answers:
    answer = cage.run(FIRST, data, _FIRST_ALLOWANCE)
    first = json.loads(answer)
    if not twice or "faults" in first:
        return first, {"differences": []}
    return first, json.loads(cage.run(SECOND, LENGTH.pack(len(answer)) + answer + data))


def _begin(data: bytes) -> None:
    future: Future[Answers] = Future()
    _begun[data] = future

    def answer() -> None:
        try:
            future.set_result(_ask(data, twice=True))
        except BaseException as fault:  # whatever it is, `ask` raises it
            future.set_exception(fault)

    threading.Thread(target=answer, daemon=True).start()
