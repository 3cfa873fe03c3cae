"""Read the cells of a received file in the cage."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from itertools import repeat
from pathlib import Path
from typing import Any

from assessments.problems import Problem
from assessments.untrusted import cage
from assessments.untrusted.cells import Area, Cell, CellKind, Cells, DefinedName, Mask, Sheet
from assessments.untrusted.early import READ_ONCE, READ_TWICE
from assessments.untrusted.preflight import LIMITS
from assessments.untrusted.texts import refusal

_KINDS = {kind[0]: kind for kind in CellKind}  # no two begin with one letter


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
        answer = json.loads(cage.run(READ_TWICE if twice else READ_ONCE, data))
    except cage.CageBroken as broken:
        raise Unreadable((refusal("reading-limit", file=name, reason=broken.reason),)) from None
    if "faults" in answer:
        faults = answer["faults"]
        raise Unreadable(tuple(refusal(code, file=name, **fields) for code, fields in faults))
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
            cells=_placed(sheet["cells"]),
            merged=tuple(Area(*corners) for corners in sheet["merged"]),
            hidden_rows=frozenset(sheet["hidden_rows"]),
            hidden_columns=tuple((first, last) for first, last in sheet["hidden_columns"]),
            masks={(row, column): Mask(mask) for row, column, mask in sheet["masks"]},
        )
        for sheet in answer["sheets"]
    )
    names = tuple(
        DefinedName(name, sheet, corners and Area(*corners), target, scope)
        for name, sheet, corners, target, scope in answer["names"]
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


def _placed(fields: list[Any]) -> dict[tuple[int, int], Cell]:
    """Cells by place, as `reader` sends them; nothing at all for an empty sheet."""
    if not fields:
        return {}
    rows, columns, letters, values, counted = fields
    kinds = [_KINDS[letter] for letter in letters]
    formulas = [False] * len(rows)
    for number in counted:
        formulas[number] = True
    cells = zip(rows, columns, kinds, values, formulas, strict=True)
    # without a call of Python for each of thousands of cells
    made: Iterable[Cell] = map(tuple.__new__, repeat(Cell), cells)
    return dict(zip(zip(rows, columns, strict=True), made, strict=True))
