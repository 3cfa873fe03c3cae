"""Cells as the JSON that a child process hands over, and back.

Cells go a column a field of `Cell`, kinds by their first letter and formulas by number: an object
for each of thousands of cells would take longer than reading them. So do defined names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain, repeat
from typing import Any

import orjson

from assessments.untrusted.cage import ALLOWANCE
from assessments.untrusted.cells import Area, Cell, CellKind, Cells, DefinedName, Mask, Sheet

Difference = tuple[str, int, int, str, str]  # sheet, row, column, first, second
Faults = Iterable[tuple[str, dict[str, str]]]  # code of a refusal and what its text names

_new = tuple.__new__  # without a call of Python for each of thousands of cells
_KINDS = {kind[0]: kind for kind in CellKind}  # no two begin with one letter


def told(cells: Cells) -> bytes:
    """What one reader read. Raises MemoryError where it is more than may cross.

    One text may stand in a hundred thousand cells: told before each of them is written out.
    """
    sheets = [_sheet(sheet) for sheet in cells.sheets]
    values = chain.from_iterable(sheet["cells"][3] for sheet in sheets if sheet["cells"])
    if sum([len(value) for value in values if value.__class__ is str]) > ALLOWANCE.answer:
        raise MemoryError
    document = {
        "sheets": sheets,
        "names": _names(cells.names),
        "properties": cells.properties,
        "epoch_1904": cells.epoch_1904,
    }
    try:
        return orjson.dumps(document)
    except orjson.JSONEncodeError:  # a lone surrogate, which crosses escaped
        return json.dumps(document, ensure_ascii=True).encode()


def said(answer: bytes) -> dict[str, Any]:
    """What a reader answered. Raises ValueError where it is no JSON."""
    try:
        found: dict[str, Any] = orjson.loads(answer)
    except orjson.JSONDecodeError:
        found = json.loads(answer)  # it may hold a lone surrogate
    return found


def refused(faults: Faults) -> bytes:
    """Why there are no cells."""
    return json.dumps({"faults": list(faults)}).encode()


def cells_of(answer: dict[str, Any], sha256: str = "", differ: Iterable[Difference] = ()) -> Cells:
    """The cells that `told` sent, with what the second reader says against them."""
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
    differences = {(sheet, row, column): (one, other) for sheet, row, column, one, other in differ}
    return Cells(
        sha256, sheets, _named(answer["names"]), answer["properties"], answer["epoch_1904"],
        differences,
    )  # fmt: skip


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "state": sheet.state,
        "cells": _columns(sheet),
        "merged": [tuple(area) for area in sheet.merged],
        "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": sheet.hidden_columns,
        "masks": [(*place, mask) for place, mask in sheet.masks.items()],
    }


def _names(names: Iterable[DefinedName]) -> tuple[Any, ...]:
    """A column a field, as of cells. orjson takes no named tuple for a list."""
    columns = list(zip(*names, strict=True))
    if not columns:
        return ()
    name, sheet, areas, target, scope = columns
    return name, sheet, [area and tuple(area) for area in areas], target, scope


def _named(fields: list[Any]) -> tuple[DefinedName, ...]:
    if not fields:
        return ()
    name, sheet, corners, target, scope = fields
    areas = [four and Area(*four) for four in corners]
    made: Iterable[DefinedName] = map(
        _new, repeat(DefinedName), zip(name, sheet, areas, target, scope, strict=True)
    )
    return tuple(made)


def _columns(sheet: Sheet) -> tuple[Any, ...]:
    if not sheet.cells:
        return ()
    rows, columns, kinds, values, formulas = zip(*sheet.cells.values(), strict=True)
    letters = "".join([kind[0] for kind in kinds])
    counted = [number for number, formula in enumerate(formulas) if formula]
    return rows, columns, letters, values, counted


def _placed(fields: list[Any]) -> dict[tuple[int, int], Cell]:
    """Cells by place; nothing at all for an empty sheet."""
    if not fields:
        return {}
    rows, columns, letters, values, counted = fields
    kinds = [_KINDS[letter] for letter in letters]
    formulas = [False] * len(rows)
    for number in counted:
        formulas[number] = True
    cells = zip(rows, columns, kinds, values, formulas, strict=True)
    made: Iterable[Cell] = map(_new, repeat(Cell), cells)
    return dict(zip(zip(rows, columns, strict=True), made, strict=True))
