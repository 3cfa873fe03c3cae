"""A file whose reading is begun before anything heavy is loaded: a command's first one."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from pathlib import Path

from assessments.untrusted.both import Answers, ask
from assessments.untrusted.preflight import ARCHIVE, LIMITS

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


def begun(data: bytes) -> Future[Answers] | None:
    """What becomes the readers' answers for these bytes, once; None where they were not begun."""
    return _begun.pop(data, None)


def _begin(data: bytes) -> None:
    future: Future[Answers] = Future()
    _begun[data] = future

    def answer() -> None:
        try:
            future.set_result(ask(data))
        except BaseException as fault:  # whatever it is, who asks for the answers raises it
            future.set_exception(fault)

    threading.Thread(target=answer, daemon=True).start()
