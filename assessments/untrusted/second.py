"""Read the workbook a second time, with openpyxl, and say where the two readers differ.

This is done in a process that reads no other file, so that no file answers for another.

Two programs that share no code seldom make the same mistake, and a file built so that one reader
sees another value than the next is found here. Which of the two is right is never decided: the
cell is reported. What the first reader already calls an error or a formula without a result is no
answer in any case and is not compared.
"""

from __future__ import annotations

import io
import json
import math
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from assessments.untrusted import wire
from assessments.untrusted.both import LENGTH
from assessments.untrusted.cells import Cell, CellKind, Cells, shown
from assessments.untrusted.ooxml import UNREAD
from assessments.untrusted.parts import BadWorkbook, unescaped
from assessments.untrusted.preflight import look

_MOST = 1_000  # differences that are told; one is enough to refuse
_NEAR = timedelta(seconds=2)  # the readers round dates to the second
_STARTS = [datetime(1899, 12, 30), datetime(1899, 12, 31)]  # day 0 after and before March 1900
# what openpyxl was seen to raise on odd files (besides memory, which the cage answers)
_FAULTS = (ValueError, TypeError, KeyError, IndexError, AttributeError, OSError, ParseError,
           RuntimeError, OverflowError, AssertionError)  # fmt: skip


def compare(given: bytes) -> bytes:
    """Where this reader sees something else than the first said: its answer, then the file.

    The archive is looked at once more: what the first reader's process says of it is not believed.
    """
    length = LENGTH.unpack_from(given)[0]
    answer, data = given[LENGTH.size :][:length], given[LENGTH.size + length :]
    seen = look(data)
    if seen.faults:
        return wire.refused(seen.faults)
    try:
        found = differences(data, wire.cells_of(wire.said(answer)))
    except BadWorkbook as fault:
        return wire.refused([(fault.code, fault.fields)])
    return json.dumps({"differences": found}).encode()


def differences(data: bytes, first: Cells) -> list[wire.Difference]:
    """Every cell in which openpyxl sees something else. Raises BadWorkbook.

    Sheets and the places of names must be the same to both, or the file cannot be compared.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            _same_sheets(book, first)
            _same_names(book, first)
            return list(_cells(book, first))
    except _FAULTS as error:
        reason = _no_number(first) or f"the second reader stopped ({type(error).__name__})"
        raise BadWorkbook("bad-structure", reason=reason) from None


def _no_number(first: Cells) -> str:
    """The first cell said to be a number that is none: openpyxl stops at it without naming it."""
    for sheet in first.sheets:
        for cell in sheet.cells.values():
            if cell.kind is CellKind.ERROR and not str(cell.value).startswith("#"):
                return f"{cell.address} of sheet {sheet.name} is no number"
    return ""


def _same_sheets(book: Workbook, first: Cells) -> None:
    if book.sheetnames != [sheet.name for sheet in first.sheets]:
        raise BadWorkbook("bad-structure", reason="two readers see different sheets")
    states = {sheet.title: sheet.sheet_state for sheet in book.worksheets}
    for sheet in first.sheets:
        if sheet.state != states.get(sheet.name, sheet.state):
            raise BadWorkbook("bad-structure", reason="two readers see different hidden sheets")


def _same_names(book: Workbook, first: Cells) -> None:
    """Names that stand once must lead both readers to one place; doubled ones are told elsewhere.

    Names that Excel keeps for itself (print areas) are no cells of a questionnaire.
    """
    second = {
        ("", name): defined.attr_text or "" for name, defined in book.defined_names.items()
    } | {
        (sheet.title, name): defined.attr_text or ""
        for sheet in book.worksheets
        for name, defined in sheet.defined_names.items()
    }
    told: dict[tuple[str, str], set[str]] = {}
    for entry in first.names:
        if not entry.name.startswith("_xlnm"):
            told.setdefault((entry.scope, entry.name), set()).add(entry.target)
    for key, targets in told.items():
        seen = second.get(key)
        if seen is None or seen.strip()[:200] not in targets:
            reason = f"two readers see different places for the name {key[1][:60]}"
            raise BadWorkbook("bad-structure", reason=reason)


def _cells(book: Workbook, first: Cells) -> Iterator[wire.Difference]:
    count = 0
    for sheet in book.worksheets:
        if sheet.title in UNREAD:
            continue
        sheet.reset_dimensions()  # what the file declares may be stale
        known = next(one for one in first.sheets if one.name == sheet.title)
        met = set()
        for row in sheet.iter_rows():
            for cell in row:
                value = cell.value
                if value is None or cell.row is None or cell.column is None:
                    continue
                place = (cell.row, cell.column)
                met.add(place)
                one = known.cells.get(place)
                if not _same(one, value, first.epoch_1904):
                    yield (known.name, *place, _said(one), str(value)[:80])
                    count += 1
        for place in known.cells.keys() - met:
            one = known.cells[place]
            if one.kind not in (CellKind.ERROR, CellKind.UNCALCULATED):
                yield (known.name, *place, _said(one), "")
                count += 1
        if count > _MOST:
            return


def _said(cell: Cell | None) -> str:
    return "" if cell is None else shown(cell)[:80]


def _same(one: Cell | None, value: object, epoch_1904: bool) -> bool:
    if one is None:
        return value == ""
    if one.kind in (CellKind.ERROR, CellKind.UNCALCULATED):
        return True
    if one.kind is CellKind.BOOLEAN:
        return one.value is value
    if one.kind is CellKind.DATE:
        return _same_date(str(one.value), value, epoch_1904)
    if isinstance(value, str):
        # openpyxl leaves Excel's escapes as they are
        return one.kind is CellKind.TEXT and one.value in (value, unescaped(value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    # as stored: a text that looks like a number is text to both
    return one.kind is not CellKind.TEXT and float(value) == one.value and math.isfinite(value)


def _same_date(one: str, value: object, epoch_1904: bool) -> bool:
    told = datetime.fromisoformat(one).replace(tzinfo=None)
    if isinstance(value, time):  # a moment of no day
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, timedelta):  # shown as hours
        starts = [datetime(1904, 1, 1)] if epoch_1904 else _STARTS
        return any(abs(told - start - value) < _NEAR for start in starts)
    if not isinstance(value, date):
        return False
    seen = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    return abs(told - seen) < _NEAR
