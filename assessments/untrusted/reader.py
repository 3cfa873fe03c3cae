"""The task of reading, as the child in the cage does it: cells as JSON, or the fault that was met.

`read` reads with two readers and says where they differ; `read_once` is the fast reader alone, for
measuring what the second one costs.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from zipfile import BadZipFile
from zlib import error as BadStream

from lxml.etree import LxmlError

from assessments.untrusted.cells import Cells
from assessments.untrusted.ooxml import BadWorkbook
from assessments.untrusted.ooxml import read as read_parts
from assessments.untrusted.second import differences

_FAULTS = (LxmlError, BadZipFile, BadStream, EOFError, OSError, ValueError, KeyError)


def read(data: bytes) -> bytes:
    """Both readers."""
    return _read(data, twice=True)


def read_once(data: bytes) -> bytes:
    """The fast reader alone."""
    return _read(data, twice=False)


def _read(data: bytes, *, twice: bool) -> bytes:
    try:
        cells = read_parts(data)
        differ = differences(data, cells) if twice else []
    except BadWorkbook as fault:
        return json.dumps({"fault": fault.code, "fields": fault.fields}).encode()
    except _FAULTS as error:
        reason = type(error).__name__
        return json.dumps({"fault": "bad-structure", "fields": {"reason": reason}}).encode()
    return _as_json(cells, differ)


def _as_json(cells: Cells, differ: list[tuple[str, int, int, str, str]]) -> bytes:
    return json.dumps(
        {
            "sheets": [
                {
                    "name": sheet.name,
                    "state": sheet.state,
                    "cells": list(sheet.cells.values()),
                    "merged": [(a.top, a.left, a.bottom, a.right) for a in sheet.merged],
                    "hidden_rows": sorted(sheet.hidden_rows),
                    "hidden_columns": sheet.hidden_columns,
                }
                for sheet in cells.sheets
            ],
            "names": [asdict(name) for name in cells.names],
            "properties": cells.properties,
            "epoch_1904": cells.epoch_1904,
            "differences": differ,
        },
        ensure_ascii=True,
    ).encode()
