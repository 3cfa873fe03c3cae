"""Answers that KoboToolbox or ODK exported as CSV: one file, or an archive of them.

Each CSV file becomes a sheet of its own name, with every cell as text at the address where Excel
would show it. It is looked at and read in the cage, like everything from outside.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import json
from pathlib import Path, PurePosixPath

from assessments.untrusted.cells import Cell, CellKind, Cells, Sheet
from assessments.untrusted.preflight import look_at_export

_TASK = "assessments.untrusted.delimited:read"
_SEPARATORS = ",;\t"
_LONGEST = 1_000_000  # characters of one cell
MOST_ROWS = 50_000  # of a file: a round of every country, with 25 lines of tables a respondent


def read_export(source: Path | bytes, name: str = "") -> Cells:
    """The cells of a CSV file or of an archive of them. Raises Unreadable."""
    from assessments.untrusted import cage
    from assessments.untrusted.reading import Unreadable, take
    from assessments.untrusted.texts import refusal

    data, name = take(source, name)
    try:
        answer = json.loads(cage.run(_TASK, data))
    except cage.CageBroken as broken:
        raise Unreadable((refusal("reading-limit", file=name, reason=broken.reason),)) from None
    if "faults" in answer:
        faults = answer["faults"]
        raise Unreadable(tuple(refusal(code, file=name, **fields) for code, fields in faults))
    sheets = tuple(
        Sheet(
            sheet["name"] or PurePosixPath(name).stem or "answers",
            "visible",
            {
                (row, column): Cell(row, column, CellKind.TEXT, text)
                for row, column, text in sheet["cells"]
            },
        )
        for sheet in answer["sheets"]
    )
    return Cells(hashlib.sha256(data).hexdigest(), sheets, ())


def read(data: bytes) -> bytes:
    """The task in the cage: the rows of each CSV file, or what keeps them out."""
    seen = look_at_export(data)
    if seen.faults:
        return json.dumps({"faults": seen.faults}).encode()
    try:
        sheets = [
            {"name": PurePosixPath(name).stem, "cells": _cells(_decoded(content))}
            for name, content in seen.parts.items()
        ]
    except _TooLong:
        return json.dumps({"faults": [("too-many-rows", {"limit": MOST_ROWS})]}).encode()
    except UnicodeDecodeError:
        return json.dumps({"faults": [("csv-encoding", {})]}).encode()
    except csv.Error as error:
        return _damaged(f"it is no CSV ({error})")
    return json.dumps({"sheets": sheets}).encode()


def _decoded(content: bytes) -> str:
    """UTF-8, or UTF-16 where the file begins with its mark, as Excel's "Unicode text" does.

    Raises UnicodeDecodeError; no other encoding is guessed, since a guess changes letters.
    """
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if marked else "utf-8-sig")


def _damaged(reason: str) -> bytes:
    return json.dumps({"faults": [("damaged", {"reason": reason})]}).encode()


def _cells(text: str) -> list[tuple[int, int, str]]:
    csv.field_size_limit(_LONGEST)
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    cells: list[tuple[int, int, str]] = []
    for row, line in enumerate(lines, start=1):
        if row > MOST_ROWS:
            raise _TooLong
        cells += [(row, column, cell) for column, cell in enumerate(line, start=1) if cell]
    return cells


class _TooLong(Exception):
    """More lines than a round has."""
