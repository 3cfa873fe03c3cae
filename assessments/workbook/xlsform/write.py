"""Write the form of a pack into an Excel file, moved into place when it is whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import xlsxwriter

from assessments.pack.model import Pack
from assessments.workbook.styles import FONT
from assessments.workbook.xlsform.form import FormSheet, Selection, form_of

_WIDE = ("label", "hint", "constraint_message", "relevant", "text", "reason", "line", "what")


def write_form(pack: Pack, path: Path, selection: Selection | None = None) -> Path:
    """Write the XLSForm of `pack`, or of the part that `selection` names, to `path`.

    Raises UnknownInstitution, PackFault (a text is too long for a cell) and OSError.
    """
    sheets = form_of(pack, selection)
    handle, scratch = tempfile.mkstemp(prefix=".", suffix=".xlsx", dir=path.resolve().parent)
    os.close(handle)
    try:
        _write(Path(scratch), sheets)
        Path(scratch).replace(path)
    finally:
        Path(scratch).unlink(missing_ok=True)
    return path


def _write(path: Path, sheets: tuple[FormSheet, ...]) -> None:
    book = xlsxwriter.Workbook(
        str(path),
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": FONT, "font_size": 10},
        },
    )
    head = book.add_format({"bold": True, "font_name": FONT, "font_size": 10, "bottom": 1})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 2 if sheet.name == "survey" else 0)
        for column, heading in enumerate(sheet.header):
            wide = heading.partition("::")[0] in _WIDE
            page.set_column(column, column, 48 if wide else 16, text)
        for row, line in enumerate(sheet.lines()):
            for column, cell in enumerate(line):
                if cell:
                    page.write_string(row, column, cell, head if row == 0 else text)
    book.close()
