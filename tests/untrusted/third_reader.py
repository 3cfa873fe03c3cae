"""A third reader for the fuzzer's oracle, python-calamine, which shares no code with our two.

Runs in the cage as well: it can abort the interpreter on a far cell.
"""

from __future__ import annotations

import io
import json

from python_calamine import CalamineError, CalamineWorkbook


def read(data: bytes) -> bytes:
    """{sheet: [[row, column, text]]} of every cell that is not empty, or null where it refuses."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        seen = {
            name: [
                (row, column, _said(value))
                for row, line in enumerate(
                    book.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1
                )
                for column, value in enumerate(line, start=1)
                if value != ""
            ]
            for name in book.sheet_names
            if not name.startswith("tana_")
        }
    except (CalamineError, OSError, ValueError):
        return b"null"
    return json.dumps(seen).encode()


def _said(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
