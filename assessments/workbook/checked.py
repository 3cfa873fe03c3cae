"""Write the checked copy of a workbook; runs in the cage, with words prepared outside of it."""

from __future__ import annotations

import base64
import io
import json
from typing import Any, Literal

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assessments.untrusted.preflight import look
from assessments.workbook.styles import DARK, FONT, NOTE_WIDTH, STYLES

# hatched as well as coloured, so that it is seen on a black-and-white print
_BAD = PatternFill("lightUp", fgColor="C00000", bgColor="FFE5E5")
_TITLE = 28  # points
_MARGIN = 5 / 7  # of a cell, in figures: openpyxl wants widths with it
_EDGE = Side(style="thick", color="C00000")


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
        text, high = line["note"], line["note_height"]
        earlier = cell.comment
        if earlier is not None and text not in earlier.text:
            text, high = f"{earlier.text}\n\n{text}", high + earlier.height
        cell.comment = Comment(text[:2000], "tana", width=NOTE_WIDTH, height=high)
    except (ValueError, AttributeError):  # no cell, or one hidden under a merge
        return
    if line["bad"]:
        cell.fill = _BAD
        cell.border = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)


def _font(style: str, underline: Literal["single"] | None = None) -> Font:
    """The font of one of our styles; a font without a name would be another one."""
    look = STYLES[style]
    color = str(look.get("font_color", "#000000"))[1:]
    points = look["font_size"]
    assert isinstance(points, int)
    return Font(
        name=FONT, size=points, bold=bool(look.get("bold")), color=color, underline=underline
    )


def _list(book: Workbook, request: dict[str, Any]) -> None:
    title = request["title"]
    while title.casefold() in {name.casefold() for name in book.sheetnames}:
        title = f"{title[:28]} +"
    sheet = book.create_sheet(title, 0)
    sheet.sheet_view.rightToLeft = request["rtl"]
    sheet.sheet_view.showGridLines = False
    order = 2 if request["rtl"] else 1
    wrap = Alignment(wrap_text=True, vertical="top", readingOrder=order)
    for letter, width in zip("ABCDEFG", request["widths"], strict=True):
        sheet.column_dimensions[letter].width = width + _MARGIN
    _text(sheet["A1"], request["title"], _font("title_line"), Alignment(readingOrder=order))
    sheet.row_dimensions[1].height = _TITLE
    sheet.merge_cells("A2:G2")
    _text(sheet["A2"], request["outcome"], _font("outcome"), wrap)
    sheet.row_dimensions[2].height = request["outcome_height"]
    for column, text in enumerate(request["headings"], start=1):
        cell = sheet.cell(4, column)
        _text(cell, text, _font("header"), wrap)
        cell.fill = PatternFill("solid", fgColor=DARK[1:])
    sheet.row_dimensions[4].height = request["headings_height"]
    for number, line in enumerate(request["lines"], start=1):
        _line(sheet, 4 + number, number, line, wrap, line["sheet"] in book.sheetnames)
    _set_up(book, sheet, request["name"])


def _text(cell: Any, text: str, font: Font, alignment: Alignment) -> None:
    cell.value, cell.font, cell.alignment = text, font, alignment
    cell.data_type = "s"  # never a formula, whatever a respondent typed


def _line(
    sheet: Worksheet, row: int, number: int, line: dict[str, Any], wrap: Alignment, linked: bool
) -> None:
    edge = Border(bottom=Side(style="thin", color="BFBFBF"))
    sheet.cell(row, 1, number).font = _font("text")
    sheet.cell(row, 1).alignment = Alignment(horizontal="center", vertical="top")
    for column, text in enumerate(line["texts"], start=2):
        strong = line["bad"] and column == 2
        _text(sheet.cell(row, column), text, _font("label" if strong else "text"), wrap)
    if linked and line["cell"]:
        quoted = line["sheet"].replace("'", "''")
        target = sheet.cell(row, 4)
        place = f"'{quoted}'!{line['cell']}"  # inside the file; as a target it would be an address
        target.hyperlink = Hyperlink(ref=target.coordinate, location=place)
        target.font = _font("link", underline="single")
    for column in range(1, len(line["texts"]) + 2):
        sheet.cell(row, column).border = edge
    sheet.row_dimensions[row].height = line["height"]


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
