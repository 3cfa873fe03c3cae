"""One worksheet part as cells: what each holds, what the sheet merges and hides.

Two ways lead to the stored cells of a part. `plain.rows` takes the spelling that Excel,
LibreOffice, openpyxl and XlsxWriter use, and nothing else; whatever is spelled otherwise goes
through lxml here. Both hand over the same tuples, so that what a cell means is decided once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from lxml import etree

from assessments.untrusted import plain
from assessments.untrusted.cells import (
    LAST_COLUMN,
    LAST_ROW,
    MOST_CELLS,
    Area,
    Cell,
    CellKind,
    Mask,
    Sheet,
    address,
    area,
    column_number,
)
from assessments.untrusted.formats import kind_of_numbers, mask_of, misleads
from assessments.untrusted.parts import (
    MAIN,
    BadWorkbook,
    bare,
    number_of,
    parsed,
    rich,
    unescaped,
    whole,
)

LONGEST_TEXT = 32_767  # characters Excel keeps in a cell
_WHOLE_SHEET = Area(1, 1, LAST_ROW, LAST_COLUMN)
_GRAVEST_FIRST = (Mask.OTHER, Mask.UNSEEN)
_EXTENSIONS = f"{MAIN}extLst"
_VALUE, _FORMULA, _INLINE = f"{MAIN}v", f"{MAIN}f", f"{MAIN}is"


@dataclass(frozen=True)
class Book:
    """What the cells of every sheet refer to."""

    strings: Sequence[str]
    formats: Sequence[CellKind]  # how each style shows a number
    odd: Mapping[int, str]  # style -> its number format, where that is not plain
    rules: Mapping[int, str]  # look of a conditional rule -> its number format, where it misleads
    epoch_1904: bool

    @cached_property
    def ordinary(self) -> plain.Ordinary:
        """Numbers as cells spell them: of texts that are ordinary, and of styles that are."""
        return plain.Ordinary(
            {
                str(number): text
                for number, text in enumerate(self.strings)
                if 0 < len(text) <= LONGEST_TEXT
            },
            {"", *(str(style) for style in range(len(self.formats)) if style not in self.odd)},
        )


def read_sheet(part: bytes, name: str, state: str, book: Book) -> Sheet:
    """All cells of a worksheet. Raises BadWorkbook and XML errors."""
    rows = plain.rows(part, book.ordinary)
    ruled = bool(book.rules) or b"numFmt" in part  # a rule may hold a format of its own
    root = parsed(part) if rows is None or ruled else None
    if rows is None:
        assert root is not None
        rows = _rows(root, name)
    cells = rows.cells
    masks: dict[tuple[int, int], Mask] = {}
    for row, column, kind, style, value, formula, text in rows.stored:
        place = (row, column)
        cell = _cell(place, kind, style, value, formula, text, book)
        if cell is None:
            cells.pop(place, None)
            continue
        cells[place] = cell
        if style in book.odd and (mask := _mask(cell, style, book)) is not None:
            masks[place] = mask
    if root is not None:
        _mask_by_rules(root, cells, masks, book)
    return Sheet(
        name,
        state,
        cells,
        rows.merged,
        frozenset(rows.hidden_rows),
        rows.hidden_columns,
        masks,
    )


# --- any spelling -----------------------------------------------------------------------------


def _rows(root: etree._Element, sheet: str) -> plain.Rows:
    hidden: set[int] = set()
    return plain.Rows(
        {}, _stored(root, hidden, sheet), hidden, tuple(_hidden_columns(root)), tuple(_merged(root))
    )


def _stored(root: etree._Element, hidden: set[int], sheet: str) -> Iterator[plain.Stored]:
    """Every cell that is there, each once; numbers of hidden rows go into `hidden`."""
    seen: set[tuple[int, int]] = set()
    for number, row in _numbered_rows(root):
        if row.get("hidden") in ("1", "true"):
            hidden.add(number)
        for column, cell in _placed_cells(number, row):
            place = (number, column)
            if place in seen:
                raise BadWorkbook("duplicate-cell", sheet=sheet, cell=address(*place))
            seen.add(place)
            if len(cell):
                kind, style = cell.get("t", "n"), whole(cell.get("s", "0"))
                yield (*place, kind, style, *_inside(place, cell))
        if len(seen) > MOST_CELLS:
            raise BadWorkbook("reading-limit", reason=f"more than {MOST_CELLS} cells")


def _numbered_rows(root: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    number = 0
    for row in root.iterfind(f"{MAIN}sheetData/{MAIN}row"):
        number = whole(row.get("r", str(number + 1)))
        if not 1 <= number <= LAST_ROW:
            raise BadWorkbook("bad-structure", reason=f"row {number}")
        yield number, row


def _placed_cells(row_number: int, row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Each cell of a row with its column, its address checked against the row."""
    column = 0
    digits = str(row_number)
    for cell in row.iterchildren(f"{MAIN}c"):
        reference = cell.get("r")
        if reference is None:
            column += 1
        else:
            letters = reference[: -len(digits)]
            if reference[-len(digits) :] != digits or not letters.isalpha():
                reason = f"cell {reference[:20]} in row {row_number}"
                raise BadWorkbook("bad-structure", reason=reason)
            column = column_number(letters)
        if not 1 <= column <= LAST_COLUMN:
            raise BadWorkbook("bad-structure", reason=f"column of cell {(reference or '')[:20]}")
        yield column, cell


def _inside(
    place: tuple[int, int], element: etree._Element
) -> tuple[str | None, str | None, str | None]:
    """A cell's stored value, its formula and its own text, where it has them."""
    stored = formula = inline = None
    for part in element:
        tag = part.tag
        if tag == _VALUE:
            if stored is not None:
                raise BadWorkbook("bad-structure", reason=f"two values in {address(*place)}")
            stored = bare(part)
        elif tag == _FORMULA:
            formula = part.text or ""
        elif tag == _INLINE:
            inline = rich(part)
        elif tag != _EXTENSIONS:
            raise BadWorkbook("bad-structure", reason=f"unknown content in {address(*place)}")
    return stored, formula, inline


def _merged(root: etree._Element) -> Iterator[Area]:
    for element in root.iterfind(f"{MAIN}mergeCells/{MAIN}mergeCell"):
        merged = area(element.get("ref", ""))
        if merged is not None:
            yield merged


def _hidden_columns(root: etree._Element) -> Iterator[tuple[int, int]]:
    for element in root.iterfind(f"{MAIN}cols/{MAIN}col"):
        if element.get("hidden") in ("1", "true"):
            yield whole(element.get("min", "1")), whole(element.get("max", "1"))


# --- what a cell means ------------------------------------------------------------------------


def _cell(
    place: tuple[int, int],
    kind: str,
    style: int,
    stored: str | None,
    formula: str | None,
    inline: str | None,
    book: Book,
) -> Cell | None:
    counted = formula is not None
    if (stored if kind == "inlineStr" else inline) is not None:
        # programs differ in whether they look there, and an answer could be lost in silence
        raise BadWorkbook("bad-structure", reason=f"text of {address(*place)} in the wrong place")
    if kind == "inlineStr":
        return _text(place, inline or "", counted)
    if stored is None or (stored == "" and kind not in ("str", "s")):
        if formula is None:
            return None
        return Cell(*place, CellKind.UNCALCULATED, formula, True)
    if kind == "s":
        return _shared(place, stored, book, counted)
    if kind == "str":
        return _text(place, unescaped(stored), counted)
    if kind == "b":
        return Cell(*place, CellKind.BOOLEAN, stored in ("1", "true"), counted)
    if kind == "e":
        return Cell(*place, CellKind.ERROR, stored, counted)
    if kind == "d":
        return Cell(*place, CellKind.DATE, stored, counted)
    if kind != "n":
        raise BadWorkbook("bad-structure", reason=f"type of {address(*place)}")
    return _number(place, style, stored, book, counted)


def _shared(place: tuple[int, int], stored: str, book: Book, formula: bool) -> Cell | None:
    try:
        index = whole(stored)
    except ValueError:  # no number of a text
        index = len(book.strings)
    if index >= len(book.strings):
        raise BadWorkbook("bad-structure", reason=f"text of {address(*place)} is missing")
    return _text(place, book.strings[index], formula)


def _text(place: tuple[int, int], text: str, formula: bool) -> Cell | None:
    if len(text) > LONGEST_TEXT:
        raise BadWorkbook("bad-structure", reason=f"text of {address(*place)} is too long")
    return Cell(*place, CellKind.TEXT, text, formula) if text else None


def _number(place: tuple[int, int], style: int, stored: str, book: Book, formula: bool) -> Cell:
    kind = book.formats[style] if 0 <= style < len(book.formats) else CellKind.NUMBER
    try:
        value = number_of(stored)
    except ValueError:
        return Cell(*place, CellKind.ERROR, stored[:40], formula)
    if not math.isfinite(value):
        return Cell(*place, CellKind.ERROR, stored[:40], formula)
    if kind is CellKind.DATE:
        date = _date(value, book.epoch_1904)
        return Cell(*place, CellKind.ERROR if date is None else kind, date or stored[:40], formula)
    return Cell(*place, kind, value, formula)


def _mask_by_rules(
    root: etree._Element,
    cells: Mapping[tuple[int, int], Cell],
    masks: dict[tuple[int, int], Mask],
    book: Book,
) -> None:
    """Mask what a rule of conditional formatting may show as something else, if it applies.

    Whether it applies is not worked out. Rules stand in the sheet, or in its extensions.
    """
    for element in root.iter("{*}conditionalFormatting"):
        codes = {*_codes_of_rules(element, book)}
        if not codes:
            continue
        said = element.get("sqref") or "".join(
            text.text or "" for text in element.iterfind("{*}sqref")
        )
        areas = [area(one) or _WHOLE_SHEET for one in said.split()]
        for place, cell in cells.items():
            if any(one.holds(*place) for one in areas):
                found = {masks.get(place), *(_mask_of_rule(cell, code) for code in codes)}
                if mask := next((one for one in _GRAVEST_FIRST if one in found), None):
                    masks[place] = mask


def _codes_of_rules(element: etree._Element, book: Book) -> Iterator[str]:
    for rule in element.iterfind("{*}cfRule"):
        look = rule.get("dxfId", "")
        if look and whole(look) in book.rules:
            yield book.rules[whole(look)]
        for own in rule.iter("{*}numFmt"):
            code = own.get("formatCode", "")
            if misleads(code):
                yield code


def _mask_of_rule(cell: Cell, code: str) -> Mask | None:
    """As of a cell's own format; and a figure may not be shown as a percentage or a day."""
    shown_as = kind_of_numbers(0, code)
    if cell.kind is CellKind.NUMBER and shown_as is not CellKind.NUMBER:
        return Mask.OTHER
    return mask_of(code, 1.0 if cell.kind is CellKind.DATE else cell.value)


def _mask(cell: Cell, style: int, book: Book) -> Mask | None:
    """Of a date the day's number counts, which is above zero."""
    return mask_of(book.odd[style], 1.0 if cell.kind is CellKind.DATE else cell.value)


def _date(serial: float, epoch_1904: bool) -> str | None:
    """ISO date of a serial number; None outside of what a calendar can say.

    Excel's first epoch counts a 29 February 1900 that never was: days before it are off by one.
    """
    if not 0 <= serial < 2_958_466:
        return None
    start = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30 if serial >= 61 else 31)
    moment = start + timedelta(seconds=round(serial * 86_400))
    return moment.date().isoformat() if serial.is_integer() else moment.isoformat()
