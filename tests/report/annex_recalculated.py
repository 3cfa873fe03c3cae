"""An annex as LibreOffice computes it: every stored value is thrown away first."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import openpyxl

HEAD = 4  # row of the headings, from 1


def recalculated(path: Path, folder: Path, change: Any = None) -> Any:
    """The workbook with its formulas computed anew by LibreOffice, after `change` to it."""
    book = openpyxl.load_workbook(path)  # keeps formulas, drops their values
    if change:
        change(book)
    emptied = folder / "emptied.xlsx"
    book.save(emptied)
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    out = folder / "computed"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out)]
    subprocess.run([*command, str(emptied)], check=True, capture_output=True, timeout=120)
    return openpyxl.load_workbook(out / "emptied.xlsx", data_only=True)


def column(sheet: Any, title: str, nth: int = 1) -> dict[str, Any]:
    """Values of a column by the id in the first one."""
    titles = [cell.value for cell in sheet[HEAD]]
    places = [number for number, text in enumerate(titles) if text == title]
    at = places[nth - 1]
    rows = sheet.iter_rows(min_row=HEAD + 1, values_only=True)
    return {row[0]: row[at] for row in rows if row[0]}
