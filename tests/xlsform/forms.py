"""Forms written as text tables, made into Excel files as a colleague would send them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from pack_folder import cells_of


def sheets_of(markdown: str) -> dict[str, list[list[str]]]:
    """The sheets of a text: each begins with `## name`."""
    parts = f"\n{markdown.strip()}".split("\n## ")[1:]
    found = {}
    for part in parts:
        name, _, table = part.partition("\n")
        lines = [line for line in cells_of(table) if not set("".join(line)) <= {"-", ":"}]
        found[name.strip()] = lines
    return found


def write_sheets(path: Path, sheets: dict[str, list[list[str]]]) -> Path:
    """An Excel file of these sheets; what reads as a number is one, as people's files have it."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    book.save(path)
    return path


def form(path: Path, markdown: str) -> Path:
    """The form of a text."""
    return write_sheets(path, sheets_of(markdown))
