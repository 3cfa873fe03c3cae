"""Read the cells of a received file in the cage."""

from __future__ import annotations

import hashlib
from pathlib import Path

from assessments.problems import Problem
from assessments.untrusted import both, cage, wire
from assessments.untrusted.cells import Cells
from assessments.untrusted.early import begun
from assessments.untrusted.preflight import LIMITS
from assessments.untrusted.texts import refusal


class Unreadable(Exception):
    """The file was not let in; `problems` say why, all of severity `file`."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(problem.code for problem in problems))


def read_cells(source: Path | bytes, name: str = "", *, twice: bool = True) -> Cells:
    """The cells of a file, looked at and read inside the cage. Raises Unreadable.

    The bytes are read once, so that what was inspected is what is read; their SHA-256 comes back.
    Two readers read and are compared; `twice=False` leaves the second out, for measuring only.
    """
    data, name = take(source, name)
    try:
        early = begun(data) if twice else None
        first, second = early.result() if early is not None else both.ask(data, twice=twice)
    except cage.CageBroken as broken:
        raise Unreadable((refusal("reading-limit", file=name, reason=broken.reason),)) from None
    faults = first.get("faults") or second.get("faults")
    if faults:
        raise Unreadable(tuple(refusal(code, file=name, **fields) for code, fields in faults))
    return wire.cells_of(first, hashlib.sha256(data).hexdigest(), second["differences"])


def take(source: Path | bytes, name: str = "") -> tuple[bytes, str]:
    """The bytes and the name of a received file. Raises Unreadable where it cannot be opened."""
    if isinstance(source, bytes):
        return source, name
    try:
        with source.open("rb") as file:
            return file.read(LIMITS.file + 1), name or source.name
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unreadable((refusal("file-missing", file=source.name, reason=reason),)) from None
