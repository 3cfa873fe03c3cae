"""Read the cells of a received file: look at it, then read it in the cage."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from assessments.problems import Problem
from assessments.untrusted import cage
from assessments.untrusted.cells import Area, Cell, CellKind, Cells, DefinedName, Sheet
from assessments.untrusted.preflight import LIMITS, inspect_bytes
from assessments.untrusted.texts import refusal

_READER = "assessments.untrusted.reader"
_TASKS = {True: f"{_READER}:read", False: f"{_READER}:read_once"}
_KINDS = {kind.value: kind for kind in CellKind}


class Unreadable(Exception):
    """The file was not let in; `problems` say why, all of severity `file`."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(problem.code for problem in problems))


def read_cells(source: Path | bytes, name: str = "", *, twice: bool = True) -> Cells:
    """The cells of a file, after inspection and inside the cage. Raises Unreadable.

    The bytes are read once, so that what was inspected is what is read; their SHA-256 comes back.
    Two readers read and are compared; `twice=False` leaves the second out, for measuring only.
    """
    data, name = take(source, name)
    problems = inspect_bytes(data, name)
    if problems:
        raise Unreadable(problems)
    try:
        answer = json.loads(cage.run(_TASKS[twice], data))
    except cage.CageBroken as broken:
        raise Unreadable((refusal("reading-limit", file=name, reason=broken.reason),)) from None
    if "fault" in answer:
        fields = dict(answer["fields"])
        place = {key: fields.pop(key) for key in ("sheet", "cell") if key in fields}
        raise Unreadable((refusal(answer["fault"], file=name, **place, **fields),))
    return _cells(answer, hashlib.sha256(data).hexdigest())


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


def _cells(answer: dict[str, Any], sha256: str) -> Cells:
    sheets = tuple(
        Sheet(
            name=sheet["name"],
            state=sheet["state"],
            cells={
                (row, column): Cell(row, column, _KINDS[kind], value, formula)
                for row, column, kind, value, formula in sheet["cells"]
            },
            merged=tuple(Area(*corners) for corners in sheet["merged"]),
            hidden_rows=frozenset(sheet["hidden_rows"]),
            hidden_columns=tuple((first, last) for first, last in sheet["hidden_columns"]),
        )
        for sheet in answer["sheets"]
    )
    names = tuple(
        DefinedName(
            name["name"],
            name["sheet"],
            None if name["area"] is None else Area(**name["area"]),
            name["target"],
            name["scope"],
        )
        for name in answer["names"]
    )
    return Cells(
        sha256,
        sheets,
        names,
        answer["properties"],
        answer["epoch_1904"],
        {
            (sheet, row, column): (one, other)
            for sheet, row, column, one, other in answer["differences"]
        },
    )
