"""The task of reading, as the child in the cage does it: cells as JSON, or what is wrong.

`read` is the fast reader alone, for measuring; `second.read` adds the second one to it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from zipfile import BadZipFile
from zlib import error as BadStream

from lxml.etree import LxmlError

from assessments.untrusted.cells import Cells, Sheet
from assessments.untrusted.ooxml import read as read_parts
from assessments.untrusted.parts import BadWorkbook
from assessments.untrusted.preflight import look

Difference = tuple[str, int, int, str, str]  # sheet, row, column, first, second
_FAULTS = (LxmlError, BadZipFile, BadStream, EOFError, OSError, ValueError, KeyError)


def read(data: bytes) -> bytes:
    """The fast reader alone."""
    return answer(data, lambda _data, _cells: [])


def answer(data: bytes, compare: Callable[[bytes, Cells], list[Difference]]) -> bytes:
    """What is read of a file, with what `compare` says against it."""
    seen = look(data)
    if seen.faults:
        return json.dumps({"faults": seen.faults}).encode()
    try:
        cells = read_parts(seen.parts)
        differ = compare(data, cells)
    except BadWorkbook as fault:
        return json.dumps({"faults": [(fault.code, fault.fields)]}).encode()
    except _FAULTS as error:
        fields = {"reason": type(error).__name__}
        return json.dumps({"faults": [("bad-structure", fields)]}).encode()
    return _as_json(cells, differ)


def _as_json(cells: Cells, differ: list[Difference]) -> bytes:
    return json.dumps(
        {
            "sheets": [_sheet(sheet) for sheet in cells.sheets],
            "names": cells.names,
            "properties": cells.properties,
            "epoch_1904": cells.epoch_1904,
            "differences": differ,
        },
        ensure_ascii=True,
    ).encode()


def _sheet(sheet: Sheet) -> dict[str, object]:
    return {
        "name": sheet.name,
        "state": sheet.state,
        "cells": _columns(sheet),
        "merged": sheet.merged,
        "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": sheet.hidden_columns,
        "masks": [(*place, mask) for place, mask in sheet.masks.items()],
    }


def _columns(sheet: Sheet) -> tuple[object, ...]:
    """The cells, a column a field of `Cell`: kinds by their first letter, formulas by number."""
    if not sheet.cells:
        return ()
    rows, columns, kinds, values, formulas = zip(*sheet.cells.values(), strict=True)
    letters = "".join([kind[0] for kind in kinds])
    counted = [number for number, formula in enumerate(formulas) if formula]
    return rows, columns, letters, values, counted
