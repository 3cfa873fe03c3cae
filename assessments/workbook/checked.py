"""Write the checked copy of a workbook; runs in the cage, with words prepared outside of it."""

from __future__ import annotations

import base64
import io
import json
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assessments.untrusted.preflight import look
from assessments.workbook.styles import DARK, FONT, height

# hatched as well as coloured, so that it is seen on a black-and-white print
_BAD = PatternFill("lightUp", fgColor="C00000", bgColor="FFE5E5")
_EDGE = Side(style="thick", color="C00000")
_WIDTHS = (6, 16, 24, 9, 14, 56, 56)


def make(given: bytes) -> bytes:
    """The checked workbook as bytes; empty where the original cannot be annotated."""
    request: dict[str, Any] = json.loads(given)
    if request["workbook"]:
        content = base64.b64decode(request["workbook"])
        if look(content).faults:
            return b""
        try:
            book = load_workbook(io.BytesIO(content), rich_text=False)
        except (ValueError, KeyError, TypeError, OSError, IndexError, AttributeError):
            return b""  # what openpyxl cannot read is answered by the list alone
    else:
        book = Workbook()
        book.remove(book.worksheets[0])
    _drop_earlier_list(book, request["name"])
    for line in request["lines"]:
        if line["sheet"] in book.sheetnames and line["cell"]:
            _note(book[line["sheet"]], line)
    _list(book, request)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _drop_earlier_list(book: Workbook, name: str) -> None:
    """A checked file that comes back checked again carries one list, not two."""
    earlier = book.defined_names.pop(name, None)
    if earlier is not None:
        for title, _ in earlier.destinations:
            if title in book.sheetnames and len(book.sheetnames) > 1:
                book.remove(book[title])


def _note(sheet: Any, line: dict[str, Any]) -> None:
    try:
        coordinate_from_string(line["cell"])
        cell = sheet[line["cell"]]
        text = f"{line['message']}\n{line['remedy']}"
        if cell.comment is not None and cell.comment.text != text:
            text = f"{cell.comment.text}\n\n{text}"
        cell.comment = Comment(text[:2000], "tana", width=320, height=140)
    except (ValueError, AttributeError):  # no cell, or one hidden under a merge
        return
    if line["bad"]:
        cell.fill = _BAD
        cell.border = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)


def _list(book: Workbook, request: dict[str, Any]) -> None:
    title = request["title"]
    while title.casefold() in {name.casefold() for name in book.sheetnames}:
        title = f"{title[:28]} +"
    sheet = book.create_sheet(title, 0)
    sheet.sheet_view.rightToLeft = request["rtl"]
    sheet.sheet_view.showGridLines = False
    order = 2 if request["rtl"] else 1
    wrap = Alignment(wrap_text=True, vertical="top", readingOrder=order)
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions["ABCDEFG"[column - 1]].width = width
    sheet["A1"] = request["title"]
    sheet["A1"].font = Font(name=FONT, size=16, bold=True, color=DARK[1:])
    sheet["A1"].alignment = Alignment(readingOrder=order)
    sheet.merge_cells("A2:G2")
    sheet["A2"] = request["outcome"]
    sheet["A2"].font = Font(name=FONT, size=11)
    sheet["A2"].alignment = wrap
    sheet.row_dimensions[2].height = height([(request["outcome"], 165)], least=32, line=16)
    for column, text in enumerate(request["headings"], start=1):
        cell = sheet.cell(4, column, text)
        cell.font = Font(name=FONT, size=10, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=DARK[1:])
        cell.alignment = wrap
    for number, line in enumerate(request["lines"], start=1):
        _line(sheet, 4 + number, number, line, wrap, line["sheet"] in book.sheetnames)
    _set_up(book, sheet, request["name"])


def _line(
    sheet: Worksheet, row: int, number: int, line: dict[str, Any], wrap: Alignment, linked: bool
) -> None:
    texts = ("severity", "sheet", "cell", "question", "message", "remedy")
    edge = Border(bottom=Side(style="thin", color="BFBFBF"))
    values = (number, *(line[key] for key in texts))
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # never a formula, whatever a respondent typed
        cell.alignment, cell.border = wrap, edge
        cell.font = Font(name=FONT, size=10, bold=line["bad"] and column == 2)
    if linked and line["cell"]:
        quoted = line["sheet"].replace("'", "''")
        target = sheet.cell(row, 4)
        target.hyperlink = f"#'{quoted}'!{line['cell']}"
        target.font = Font(name=FONT, size=10, underline="single", color=DARK[1:])
    sheet.row_dimensions[row].height = height(
        [(str(value), width) for value, width in zip(values, _WIDTHS, strict=True)], least=18
    )


def _set_up(book: Workbook, sheet: Worksheet, name: str) -> None:
    quoted = sheet.title.replace("'", "''")
    book.defined_names[name] = DefinedName(name, attr_text=f"'{quoted}'!$A$1")
    sheet.freeze_panes = "A5"
    sheet.print_title_rows = "4:4"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for other in book.worksheets:
        other.sheet_view.tabSelected = False
    sheet.sheet_view.tabSelected = True
    book.active = 0
