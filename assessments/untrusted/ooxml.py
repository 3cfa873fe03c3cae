"""Read the cells of an .xlsx archive straight from its parts.

This runs inside the cage only (see `cage`). It reads what spreadsheet libraries hide: a cell that
stands twice, a formula whose result was never stored, an error, a date's number format, merged and
hidden ranges, names local to a copied sheet. Nothing is calculated and no reference is followed
out of the archive. What the file declares (dimensions, counts) is not believed; only cells that
exist are read.
"""

from __future__ import annotations

import io
import math
import posixpath
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import unquote

from lxml import etree

from assessments.untrusted.cells import (
    LAST_COLUMN,
    LAST_ROW,
    Area,
    Cell,
    CellKind,
    Cells,
    DefinedName,
    Sheet,
    address,
    area,
    position,
)

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!:(]+))!(\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)\Z")
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_PERCENT = frozenset((9, 10))
_MOST_CELLS = 200_000  # of a sheet
LONGEST_TEXT = 32_767  # characters Excel keeps in a cell
_EXTENSIONS = f"{MAIN}extLst"
_VALUE, _FORMULA, _INLINE = f"{MAIN}v", f"{MAIN}f", f"{MAIN}is"
# what only the workbook's own drop-downs and counts use: nothing is believed of it, so it is not
# read
UNREAD = frozenset({"tana_lists", "tana_state"})


class BadWorkbook(Exception):
    """The parts do not hold together; `code` and `fields` name the problem to show."""

    def __init__(self, code: str, **fields: str) -> None:
        self.code, self.fields = code, fields
        super().__init__(code)


def read(data: bytes, sha256: str = "", unread: frozenset[str] = UNREAD) -> Cells:
    """All cells, names and properties. Raises BadWorkbook, zipfile and XML errors.

    The sheets `unread` are named and left empty.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        workbook = _parse(archive, "xl/workbook.xml")
        relations = _relations(archive, "xl/workbook.xml")
        properties = workbook.find(f"{MAIN}workbookPr")
        epoch_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        strings = _strings(archive, _target(relations, "/sharedStrings"))
        formats = _formats(archive, _target(relations, "/styles"))
        sheets = [
            _sheet(archive, element, relations, strings, formats, epoch_1904, unread)
            for element in workbook.iterfind(f"{MAIN}sheets/{MAIN}sheet")
        ]
        if not sheets:
            raise BadWorkbook("bad-structure", reason="no sheets")
        folded = [sheet.name.casefold() for sheet in sheets]
        if len(set(folded)) != len(folded):
            raise BadWorkbook("bad-structure", reason="two sheets of one name")
        names = tuple(_names(workbook, [sheet.name for sheet in sheets]))
        return Cells(sha256, tuple(sheets), names, _custom(archive), epoch_1904)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,  # a comment inside a value would cut it in two
    )


def _parse(archive: zipfile.ZipFile, part: str) -> etree._Element:
    try:
        return etree.fromstring(archive.read(part), _parser())
    except KeyError:
        raise BadWorkbook("bad-structure", reason=f"{part} is missing") from None


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Relation id -> (type, path inside the archive); external targets are left out."""
    folder, name = posixpath.split(part)
    root = _parse(archive, f"{folder}/_rels/{name}.rels")
    found = {}
    for element in root.iterfind(f"{PACKAGE}Relationship"):
        if element.get("TargetMode") == "External":
            continue
        target = unquote(element.get("Target", ""))
        path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        found[element.get("Id", "")] = (element.get("Type", ""), posixpath.normpath(path))
    return found


def _target(relations: dict[str, tuple[str, str]], ending: str) -> str:
    return next((path for kind, path in relations.values() if kind.endswith(ending)), "")


def _strings(archive: zipfile.ZipFile, part: str) -> list[str]:
    if not part:
        return []
    return [_rich(item) for item in _parse(archive, part).iterfind(f"{MAIN}si")]


def _rich(element: etree._Element) -> str:
    """The text of a string item: its own and its runs', without phonetic hints."""
    pieces = []
    for child in element:
        if child.tag == f"{MAIN}t":
            pieces.append(child.text or "")
        elif child.tag == f"{MAIN}r":
            pieces.extend(text.text or "" for text in child.iterfind(f"{MAIN}t"))
    return unescaped("".join(pieces))


def unescaped(text: str) -> str:
    """Excel writes a control character as _x0001_."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _formats(archive: zipfile.ZipFile, part: str) -> list[CellKind]:
    """For each cell style whether its numbers are seen as numbers, percentages or dates."""
    if not part:
        return []
    root = _parse(archive, part)
    codes = {
        int(element.get("numFmtId", "0")): element.get("formatCode", "")
        for element in root.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")
    }
    return [
        _format_kind(int(element.get("numFmtId", "0")), codes)
        for element in root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")
    ]


def _format_kind(number: int, codes: dict[int, str]) -> CellKind:
    code = _LITERAL.sub("", codes.get(number, ""))
    if number in codes:
        if re.search(r"[ymdhs]", code, re.IGNORECASE) and "General" not in code:
            return CellKind.DATE
        return CellKind.PERCENT if "%" in code else CellKind.NUMBER
    if number in _BUILT_IN_DATES:
        return CellKind.DATE
    return CellKind.PERCENT if number in _PERCENT else CellKind.NUMBER


def _sheet(
    archive: zipfile.ZipFile,
    element: etree._Element,
    relations: dict[str, tuple[str, str]],
    strings: list[str],
    formats: list[CellKind],
    epoch_1904: bool,
    unread: frozenset[str],
) -> Sheet:
    name = element.get("name", "")
    kind, part = relations.get(element.get(RELATION, ""), ("", ""))
    if not kind.endswith("/worksheet"):
        return Sheet(name, "hidden", {})  # a chart sheet: nothing to read
    state = element.get("state", "visible")
    if name in unread:
        return Sheet(name, state, {})
    root = _parse(archive, part)
    cells: dict[tuple[int, int], Cell] = {}
    hidden_rows = set()
    seen: set[tuple[int, int]] = set()
    for number, row in _numbered_rows(root):
        if row.get("hidden") in ("1", "true"):
            hidden_rows.add(number)
        for column, cell in _placed_cells(number, row):
            place = (number, column)
            if place in seen:
                raise BadWorkbook("duplicate-cell", sheet=name, cell=address(*place))
            seen.add(place)
            if len(cell):
                read_cell = _cell(place, cell, strings, formats, epoch_1904)
                if read_cell is not None:
                    cells[place] = read_cell
        if len(seen) > _MOST_CELLS:
            raise BadWorkbook("reading-limit", reason=f"more than {_MOST_CELLS} cells")
    return Sheet(
        name,
        state,
        cells,
        tuple(_merged(root)),
        frozenset(hidden_rows),
        tuple(_hidden_columns(root)),
    )


def _numbered_rows(root: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    number = 0
    for row in root.iterfind(f"{MAIN}sheetData/{MAIN}row"):
        number = int(row.get("r", number + 1))
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
            column = _column(letters)
        if not 1 <= column <= LAST_COLUMN:
            raise BadWorkbook("bad-structure", reason=f"column of cell {(reference or '')[:20]}")
        yield column, cell


@cache
def _column(letters: str) -> int:
    """The number of a column; 0 where there is none of that name."""
    place = position(f"{letters[:4]}1")
    return place[1] if place else 0


def _cell(
    place: tuple[int, int],
    element: etree._Element,
    strings: list[str],
    formats: list[CellKind],
    epoch_1904: bool,
) -> Cell | None:
    kind = element.get("t", "n")
    stored, formula, inline = _inside(place, element)
    counted = formula is not None
    if (stored if kind == "inlineStr" else inline) is not None:
        # programs differ in whether they look there, and an answer could be lost in silence
        raise BadWorkbook("bad-structure", reason=f"text of {address(*place)} in the wrong place")
    if kind == "inlineStr":
        return _text(place, "" if inline is None else _rich(inline), counted)
    if stored is None or (stored == "" and kind not in ("str", "s")):
        if formula is None:
            return None
        return Cell(*place, CellKind.UNCALCULATED, formula.text or "", True)
    if kind == "s":
        index = int(stored)
        if not 0 <= index < len(strings):
            raise BadWorkbook("bad-structure", reason=f"text of {address(*place)} is missing")
        return _text(place, strings[index], counted)
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
    return _number(place, element, stored, formats, epoch_1904, counted)


def _inside(
    place: tuple[int, int], element: etree._Element
) -> tuple[str | None, etree._Element | None, etree._Element | None]:
    """A cell's stored value, its formula and its text, where it has them."""
    stored = formula = inline = None
    for part in element:
        tag = part.tag
        if tag == _VALUE:
            if stored is not None:
                raise BadWorkbook("bad-structure", reason=f"two values in {address(*place)}")
            stored = part.text or ""
        elif tag == _FORMULA:
            formula = part
        elif tag == _INLINE:
            inline = part
        elif tag != _EXTENSIONS:
            raise BadWorkbook("bad-structure", reason=f"unknown content in {address(*place)}")
    return stored, formula, inline


def _text(place: tuple[int, int], text: str, formula: bool) -> Cell | None:
    if len(text) > LONGEST_TEXT:
        raise BadWorkbook("bad-structure", reason=f"text of {address(*place)} is too long")
    return Cell(*place, CellKind.TEXT, text, formula) if text else None


def _number(
    place: tuple[int, int],
    element: etree._Element,
    stored: str,
    formats: list[CellKind],
    epoch_1904: bool,
    formula: bool,
) -> Cell:
    style = int(element.get("s", "0"))
    kind = formats[style] if 0 <= style < len(formats) else CellKind.NUMBER
    try:
        value = float(stored)
    except ValueError:
        return Cell(*place, CellKind.ERROR, stored[:40], formula)
    if not math.isfinite(value):
        return Cell(*place, CellKind.ERROR, stored[:40], formula)
    if kind is CellKind.DATE:
        date = _date(value, epoch_1904)
        return Cell(*place, CellKind.ERROR if date is None else kind, date or stored[:40], formula)
    return Cell(*place, kind, value, formula)


def _date(serial: float, epoch_1904: bool) -> str | None:
    """ISO date of a serial number; None outside of what a calendar can say.

    Excel's first epoch counts a 29 February 1900 that never was: days before it are off by one.
    """
    if not 0 <= serial < 2_958_466:
        return None
    start = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30 if serial >= 61 else 31)
    moment = start + timedelta(seconds=round(serial * 86_400))
    return moment.date().isoformat() if serial.is_integer() else moment.isoformat()


def _merged(root: etree._Element) -> Iterator[Area]:
    for element in root.iterfind(f"{MAIN}mergeCells/{MAIN}mergeCell"):
        merged = area(element.get("ref", ""))
        if merged is not None:
            yield merged


def _hidden_columns(root: etree._Element) -> Iterator[tuple[int, int]]:
    for element in root.iterfind(f"{MAIN}cols/{MAIN}col"):
        if element.get("hidden") in ("1", "true"):
            yield int(element.get("min", "1")), int(element.get("max", "1"))


def _names(workbook: etree._Element, sheets: list[str]) -> Iterator[DefinedName]:
    for element in workbook.iterfind(f"{MAIN}definedNames/{MAIN}definedName"):
        target = (element.text or "").strip()
        found = _REFERENCE.match(target)
        sheet, reference = "", None
        if found:
            sheet = (found[1] or found[2]).replace("''", "'")
            reference = area(found[3].replace("$", ""))
        scope = element.get("localSheetId")
        local = sheets[int(scope)] if scope is not None and int(scope) < len(sheets) else ""
        yield DefinedName(element.get("name", ""), sheet, reference, target[:200], local)


def _custom(archive: zipfile.ZipFile) -> dict[str, str]:
    if "docProps/custom.xml" not in archive.namelist():
        return {}
    root: Any = _parse(archive, "docProps/custom.xml")
    return {
        element.get("name", ""): "".join(element.itertext())
        for element in root
        if isinstance(element.tag, str)
    }
