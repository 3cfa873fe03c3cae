"""What people do to a questionnaire in LibreOffice, done there through its own interface (UNO).

Runs under the Python that LibreOffice is installed for, apart from ours: `office.py` starts it and
speaks with it in lines of JSON. One LibreOffice serves all orders; each order opens a workbook,
does one deed and saves it as another file.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.table import CellAddress, TableSortField

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8"}
PATIENCE = 90.0  # seconds for LibreOffice to start


# --- places -----------------------------------------------------------------------------------


def cells(book: Any, name: str) -> Any:
    """The cells that a defined name stands for."""
    return book.NamedRanges.getByName(name).getReferredCells()


def cell(book: Any, name: str, right: int = 0, down: int = 0) -> Any:
    """A cell, so many columns and rows from the first cell of a name."""
    first = cells(book, name)
    place = first.RangeAddress
    return first.Spreadsheet.getCellByPosition(place.StartColumn + right, place.StartRow + down)


def beside(book: Any, question: str, part: str) -> Any:
    """The cell of a question in the column of a part: its id, wording, evidence ..."""
    answer = cells(book, f"q_{question}")
    heading = cells(book, f"h_{question.split('_', maxsplit=1)[0]}__{part}").RangeAddress
    row = answer.RangeAddress.StartRow
    return answer.Spreadsheet.getCellByPosition(heading.StartColumn, row)


def line(book: Any, first: str, last: str = "") -> Any:
    """The whole lines from one question to another, from id to status."""
    start, end = beside(book, first, "id"), beside(book, last or first, "status")
    top, bottom = sorted((start.CellAddress.Row, end.CellAddress.Row))
    left, right = start.CellAddress.Column, end.CellAddress.Column
    return start.Spreadsheet.getCellRangeByPosition(left, top, right, bottom)


def spanning(one: Any, other: Any) -> Any:
    """The rectangle between two cells of a sheet."""
    columns = sorted((one.CellAddress.Column, other.CellAddress.Column))
    rows = sorted((one.CellAddress.Row, other.CellAddress.Row))
    return one.Spreadsheet.getCellRangeByPosition(columns[0], rows[0], columns[1], rows[1])


def position(target: Any) -> CellAddress:
    return target.CellAddress


def sort(area: Any, column: int, ascending: bool) -> None:
    """Data, Sort: by one column of the area, without headings."""
    field = TableSortField()
    field.Field, field.IsAscending = column, ascending
    fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
    order = [
        PropertyValue("SortFields", 0, fields, 0),
        PropertyValue("ContainsHeader", 0, False, 0),
    ]
    area.sort(tuple(order))


def replace(book: Any, old: str, new: str) -> None:
    """Edit, Find and Replace, in all sheets."""
    for sheet in book.Sheets:
        order = sheet.createReplaceDescriptor()
        order.SearchString, order.ReplaceString, order.SearchCaseSensitive = old, new, True
        sheet.replaceAll(order)


# --- deeds ------------------------------------------------------------------------------------


def saved(book: Any) -> None:
    """Opened and saved."""


def rows_inserted(book: Any) -> None:
    """Rows inserted between questions, between ticks and inside tables."""
    for name in ("q_OPS_1_01", "q_OPS_1_03__direct", "q_STR_1_03"):
        target = cells(book, name)
        target.Spreadsheet.Rows.insertByIndex(target.RangeAddress.StartRow, 2)
    for name in ("q_LEG_1_02", "q_LEG_1_03"):
        target = cells(book, name)
        target.Spreadsheet.Rows.insertByIndex(target.RangeAddress.StartRow + 2, 1)


def columns_inserted(book: Any) -> None:
    """Columns inserted before the answers, between evidence and comment, and inside tables."""
    for name in ("h_OPS__answer", "h_STR__comment", "q_LEG_1_02__form", "q_LEG_1_03__since"):
        target = cells(book, name)
        target.Spreadsheet.Columns.insertByIndex(target.RangeAddress.StartColumn, 1)


def column_inserted_and_filled(book: Any) -> None:
    """A column inserted between question and answer, with remarks typed into it."""
    target = cells(book, "h_OPS__answer")
    target.Spreadsheet.Columns.insertByIndex(target.RangeAddress.StartColumn, 1)
    cell(book, "q_OPS_1_01", right=-1).String = "about 40, see the register"


def table_column_added(book: Any) -> None:
    """A column of her own inserted into a table, and filled."""
    target = cells(book, "q_LEG_1_02__form")
    target.Spreadsheet.Columns.insertByIndex(target.RangeAddress.StartColumn, 1)
    cell(book, "q_LEG_1_02__form", right=-1, down=1).String = "signed, not ratified"


def row_deleted(book: Any) -> None:
    """The row of one question deleted."""
    target = cells(book, "q_OPS_1_02")
    target.Spreadsheet.Rows.removeByIndex(target.RangeAddress.StartRow, 1)


def tick_row_deleted(book: Any) -> None:
    """The row of one choice deleted."""
    target = cells(book, "q_OPS_1_03__direct")
    target.Spreadsheet.Rows.removeByIndex(target.RangeAddress.StartRow, 1)


def column_deleted(book: Any) -> None:
    """The column of the evidence deleted."""
    target = cells(book, "h_OPS__evidence")
    target.Spreadsheet.Columns.removeByIndex(target.RangeAddress.StartColumn, 1)


def sheet_renamed(book: Any) -> None:
    """Two sheets renamed, one with a quotation mark in its name."""
    cells(book, "h_OPS__answer").Spreadsheet.Name = "Annexe d’Awa (v2)"
    cells(book, "q_LEG_1_02").Spreadsheet.Name = "Traités 'en vigueur'"


def sheets_reordered(book: Any) -> None:
    """A sheet of questions moved to the front, the cover to the end."""
    book.Sheets.moveByName(cells(book, "h_OPS__answer").Spreadsheet.Name, 0)
    book.Sheets.moveByName(cells(book, "tana_filled_by").Spreadsheet.Name, book.Sheets.Count)


def sheet_added_in_front(book: Any) -> None:
    """A sheet with notes put in front of all others."""
    book.Sheets.insertNewByName("Notes", 0)
    book.Sheets.getByName("Notes").getCellByPosition(0, 0).String = "41 requests, to be checked"


def sheet_deleted(book: Any) -> None:
    """One sheet of questions deleted."""
    book.Sheets.removeByName(cells(book, "h_STR__answer").Spreadsheet.Name)


def table_sheet_deleted(book: Any) -> None:
    """The sheet of one table deleted."""
    book.Sheets.removeByName(cells(book, "q_LEG_1_02").Spreadsheet.Name)


def hidden_sheets_deleted(book: Any) -> None:
    """The hidden sheets shown and deleted."""
    for name in ("tana_lists", "tana_state", "tana_identity"):
        book.Sheets.removeByName(name)


def sheet_copied(book: Any) -> None:
    """A sheet of questions copied, and an answer changed in the copy."""
    original = cells(book, "q_OPS_1_01")
    place = original.RangeAddress
    book.Sheets.copyByName(original.Spreadsheet.Name, "Copy", book.Sheets.Count)
    copy = book.Sheets.getByName("Copy")
    copy.unprotect("")
    copy.getCellByPosition(place.StartColumn, place.StartRow).Value = 77


def table_sheet_copied(book: Any) -> None:
    """The sheet of a table copied, and a row changed in the copy."""
    original = cells(book, "q_LEG_1_02")
    place = original.RangeAddress
    book.Sheets.copyByName(original.Spreadsheet.Name, "Copy", book.Sheets.Count)
    copy = book.Sheets.getByName("Copy")
    copy.unprotect("")
    copy.getCellByPosition(place.StartColumn + 1, place.StartRow + 1).String = "Ruritania"


def rows_sorted(book: Any) -> None:
    """The lines of two questions sorted, ids and all."""
    sort(line(book, "OPS_1_01", "OPS_1_02"), 0, ascending=False)


def answers_sorted_alone(book: Any) -> None:
    """Only the answer cells of a sheet sorted."""
    answers = [cell(book, f"q_{name}") for name in ("STR_1_01", "STR_1_02", "STR_1_03")]
    answers.sort(key=lambda one: one.CellAddress.Row)
    sort(spanning(answers[0], answers[-1]), 0, ascending=False)


def table_sorted(book: Any) -> None:
    """The rows of both tables sorted, each row as a whole."""
    for name, last in (("q_LEG_1_02", 3), ("q_LEG_1_03", 2)):
        area = cells(book, name)
        place = area.RangeAddress
        body = area.Spreadsheet.getCellRangeByPosition(
            place.StartColumn, place.StartRow + 1, place.EndColumn, place.StartRow + last
        )
        sort(body, 1, ascending=False)


def fixed_table_sorted_without_ids(book: Any) -> None:
    """The rows of a table with fixed rows sorted, but for the first column."""
    area = cells(book, "q_LEG_1_03")
    place = area.RangeAddress
    body = area.Spreadsheet.getCellRangeByPosition(
        place.StartColumn + 1, place.StartRow + 1, place.EndColumn, place.StartRow + 2
    )
    first = body.getCellByPosition(0, 0).String
    sort(body, 0, ascending=False)
    if body.getCellByPosition(0, 0).String == first:  # in this language they stood so already
        sort(body, 0, ascending=True)


def answer_moved_away(book: Any) -> None:
    """An answer cut and pasted into a free cell."""
    source = cell(book, "q_OPS_1_01")
    free = cell(book, "q_OPS_1_01", right=8, down=30)
    source.Spreadsheet.moveRange(position(free), source.RangeAddress)


def answer_moved_onto_another(book: Any) -> None:
    """An answer cut and pasted onto the answer of the next question."""
    source, target = cell(book, "q_OPS_1_01"), cell(book, "q_OPS_1_02")
    source.Spreadsheet.moveRange(position(target), source.RangeAddress)


def answer_moved_into_the_comment(book: Any) -> None:
    """An answer cut and pasted into the comment of its own line."""
    source, target = cell(book, "q_OPS_1_01"), beside(book, "OPS_1_01", "comment")
    source.Spreadsheet.moveRange(position(target), source.RangeAddress)


def line_moved(book: Any) -> None:
    """A question's whole line cut and pasted below all others."""
    source = line(book, "OPS_1_01")
    target = cell(book, "h_OPS__id", down=30)
    source.Spreadsheet.moveRange(position(target), source.RangeAddress)


def line_copied(book: Any) -> None:
    """A question's whole line copied below all others, with another answer."""
    source = line(book, "OPS_1_01")
    target = cell(book, "h_OPS__id", down=30)
    source.Spreadsheet.copyRange(position(target), source.RangeAddress)
    cell(book, "h_OPS__answer", down=30).Value = 77


def heading_moved(book: Any) -> None:
    """The heading of the comments cut and pasted over the next free column."""
    source = cell(book, "h_OPS__comment")
    free = cell(book, "h_OPS__status", right=1)
    source.Spreadsheet.moveRange(position(free), source.RangeAddress)


def answer_pasted_over_another(book: Any) -> None:
    """A choice copied over the date of the next question, drop-down and all."""
    source, target = cell(book, "q_STR_1_02"), cell(book, "q_STR_1_03")
    source.Spreadsheet.copyRange(position(target), source.RangeAddress)


def validation_pasted_over(book: Any) -> None:
    """Drop-downs and rules of other cells put over those of the answers; the answers stay."""
    choice, number = cell(book, "q_STR_1_02").Validation, cell(book, "q_OPS_1_01").Validation
    for name in ("q_STR_1_01", "q_STR_1_03", "q_OPS_1_01", "q_OPS_1_03__direct"):
        cell(book, name).Validation = choice
    for name in ("q_STR_1_02", "q_OPS_1_04"):
        cell(book, name).Validation = number


def formats_changed(book: Any) -> None:
    """Dates shown as day/month/year, numbers as text, with other letters and colours."""
    from com.sun.star.lang import Locale

    english = Locale("en", "GB", "")
    for name, code in (("q_STR_1_03", "DD/MM/YY"), ("q_OPS_1_01", "@"), ("q_OPS_1_04", "0.00")):
        target = cell(book, name)
        key = book.NumberFormats.queryKey(code, english, False)
        if key == -1:
            key = book.NumberFormats.addNew(code, english)
        target.NumberFormat, target.CellBackColor = key, 0xFF0000


def number_shown_as_percent(book: Any) -> None:
    """A number's cell formatted as a percentage."""
    target = cell(book, "q_OPS_1_01")
    target.NumberFormat = 10


def names_deleted(book: Any) -> None:
    """All defined names deleted."""
    for name in book.NamedRanges.ElementNames:
        book.NamedRanges.removeByName(name)


def one_name_deleted(book: Any) -> None:
    """The defined name of one answer deleted."""
    book.NamedRanges.removeByName("q_OPS_1_01")


def two_names_on_one_cell(book: Any) -> None:
    """The defined name of one answer set to the cell of another."""
    other = book.NamedRanges.getByName("q_OPS_1_02").Content
    book.NamedRanges.getByName("q_OPS_1_01").setContent(other)


def rows_filtered(book: Any) -> None:
    """An autofilter that hides all but one question."""
    area = line(book, "OPS_1_01", "OPS_1_04")
    order = area.createFilterDescriptor(True)
    field = uno.createUnoStruct("com.sun.star.sheet.TableFilterField")
    field.Field, field.IsNumeric, field.StringValue = 0, False, "OPS_1_04"
    field.Operator = uno.Enum("com.sun.star.sheet.FilterOperator", "EQUAL")
    order.ContainsHeader = False
    order.setFilterFields((field,))
    area.filter(order)


def columns_hidden(book: Any) -> None:
    """The columns from reason to comment hidden."""
    for part in ("reason", "evidence", "class", "comment"):
        heading = cells(book, f"h_OPS__{part}")
        heading.Spreadsheet.Columns.getByIndex(heading.RangeAddress.StartColumn).IsVisible = False


def answers_merged(book: Any) -> None:
    """Two answer cells one below the other merged."""
    spanning(cell(book, "q_OPS_1_01"), cell(book, "q_OPS_1_02")).merge(True)


def answer_merged_with_reason(book: Any) -> None:
    """An answer merged with the cells beside it, up to the reason."""
    spanning(cell(book, "q_STR_1_03"), beside(book, "STR_1_03", "reason")).merge(True)


def reason_merged_away(book: Any) -> None:
    """The reason of one question merged under its unit, so that nobody sees it."""
    spanning(beside(book, "OPS_1_02", "unit"), beside(book, "OPS_1_02", "reason")).merge(True)


def evidence_merged(book: Any) -> None:
    """One evidence cell merged over the lines of two questions."""
    one, other = (beside(book, name, "evidence") for name in ("STR_1_02", "STR_1_03"))
    spanning(one, other).merge(True)


def wording_replaced(book: Any) -> None:
    """Find and replace changes the wording of a question."""
    text = beside(book, "OPS_1_01", "question").String
    replace(book, text, f"{text} (2024)")


def ids_replaced(book: Any) -> None:
    """Find and replace changes the numbers of the questions of one sheet."""
    replace(book, "OPS_1_0", "OPS_2_0")


def answers_replaced(book: Any) -> None:
    """Find and replace changes a drop-down's word everywhere."""
    word = cell(book, "q_OPS_1_03__diplomatic").String
    replace(book, word, f"{word}!")


def table_heading_replaced(book: Any) -> None:
    """Another heading typed over that of a table's column."""
    cell(book, "q_LEG_1_02__year").String = "Number of requests"


def unit_replaced(book: Any) -> None:
    """Another unit typed over the unit of a question."""
    beside(book, "OPS_1_01", "unit").String = "months"


def pasted_into_a_new_workbook(book: Any) -> None:
    """Hidden sheets, names and properties gone, as after pasting the sheets into a new workbook."""
    hidden_sheets_deleted(book)
    names_deleted(book)
    properties = book.DocumentProperties.UserDefinedProperties
    for item in properties.PropertySetInfo.Properties:
        properties.removeProperty(item.Name)


DEEDS: dict[str, Callable[[Any], None]] = {
    deed.__name__: deed
    for deed in (
        saved, rows_inserted, columns_inserted, column_inserted_and_filled, table_column_added,
        row_deleted, tick_row_deleted, column_deleted,
        sheet_renamed, sheets_reordered, sheet_added_in_front, sheet_deleted, table_sheet_deleted,
        hidden_sheets_deleted, sheet_copied, table_sheet_copied,
        rows_sorted, answers_sorted_alone, table_sorted, fixed_table_sorted_without_ids,
        answer_moved_away, answer_moved_onto_another, answer_moved_into_the_comment,
        line_moved, line_copied, heading_moved,
        answer_pasted_over_another, validation_pasted_over, formats_changed,
        number_shown_as_percent,
        names_deleted, one_name_deleted, two_names_on_one_cell,
        rows_filtered, columns_hidden,
        answers_merged, answer_merged_with_reason, reason_merged_away, evidence_merged,
        wording_replaced, ids_replaced, answers_replaced, table_heading_replaced, unit_replaced,
        pasted_into_a_new_workbook,
    )
}  # fmt: skip


# --- serving ----------------------------------------------------------------------------------


def start(soffice: str, profile: str) -> tuple[subprocess.Popen[bytes], Any]:
    """A LibreOffice of our own, and its desktop."""
    pipe = f"tana{Path(profile).name}"
    process = subprocess.Popen(
        [
            soffice, "--headless", "--norestore", "--nologo", "--nodefault",
            f"-env:UserInstallation=file://{profile}", f"--accept=pipe,name={pipe};urp;",
        ],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    end = time.monotonic() + PATIENCE
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            break
        except NoConnectException:
            if time.monotonic() > end:
                process.kill()
                raise
            time.sleep(0.1)
    service = "com.sun.star.frame.Desktop"
    return process, context.ServiceManager.createInstanceWithContext(service, context)


def done(desktop: Any, source: Path, deed: str, target: Path) -> None:
    """Open `source`, do the deed, save as `target`."""
    hidden = (PropertyValue("Hidden", 0, True, 0),)
    book = desktop.loadComponentFromURL(source.as_uri(), "_blank", 0, hidden)
    try:
        if deed != "saved":
            for sheet in book.Sheets:
                sheet.unprotect("")
            if book.isProtected():
                book.unprotect("")
        DEEDS[deed](book)
        how = (PropertyValue("FilterName", 0, FILTERS[target.suffix], 0),)
        book.storeToURL(target.as_uri(), how)
    finally:
        book.close(True)


def main() -> None:
    """Serve orders from standard input until it is closed."""
    process, desktop = start(*sys.argv[1:3])
    try:
        for order in sys.stdin:
            asked = json.loads(order)
            fault = ""
            try:
                done(desktop, Path(asked["source"]), asked["deed"], Path(asked["target"]))
            except Exception as error:  # UNO's exceptions have no common class but this one
                fault = f"{type(error).__name__}: {error}"
            print(json.dumps({"fault": fault}), flush=True)
    finally:
        try:
            desktop.terminate()
            process.wait(20)
        except Exception:  # the bridge falls together with the office it led to
            process.kill()


if __name__ == "__main__":
    main()
