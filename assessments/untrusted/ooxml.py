"""Read a workbook straight from the parts of its archive.

This runs inside the cage only (see `cage`). It reads what spreadsheet libraries hide: a cell that
stands twice, a formula whose result was never stored, an error, a date's number format, merged and
hidden ranges, names local to a copied sheet. Nothing is calculated and no reference is followed
out of the archive. What the file declares (dimensions, counts) is not believed; only cells that
exist are read.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from lxml import etree

from assessments.untrusted import plain
from assessments.untrusted.cells import CellKind, Cells, DefinedName, Sheet, area
from assessments.untrusted.formats import is_plain, kind_of_numbers, misleads
from assessments.untrusted.parts import MAIN, PACKAGE, RELATION, BadWorkbook, parsed, rich, whole
from assessments.untrusted.sheets import Book, read_sheet

_SHEET = r"(?:'((?:[^']|'')+)'|([^'!:(]+))!"
_REFERENCE = re.compile(rf"{_SHEET}(\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)\Z")
# what only the workbook's own drop-downs and counts use: nothing is believed of it, so it is not
# read
UNREAD = frozenset({"tana_lists", "tana_state"})
Parts = Mapping[str, bytes]


def read(parts: Parts, sha256: str = "", unread: frozenset[str] = UNREAD) -> Cells:
    """All cells, names and properties of unpacked parts. Raises BadWorkbook and XML errors.

    The sheets `unread` are named and left empty.
    """
    workbook = _parse(parts, "xl/workbook.xml")
    relations = _relations(parts, "xl/workbook.xml")
    properties = workbook.find(f"{MAIN}workbookPr")
    epoch_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    book = Book(
        _strings(parts, _target(relations, "/sharedStrings")),
        *_formats(parts, _target(relations, "/styles")),
        epoch_1904,
    )
    sheets = [
        _sheet(parts, element, relations, book, unread)
        for element in workbook.iterfind(f"{MAIN}sheets/{MAIN}sheet")
    ]
    if not sheets:
        raise BadWorkbook("bad-structure", reason="no sheets")
    folded = [sheet.name.casefold() for sheet in sheets]
    if len(set(folded)) != len(folded):
        raise BadWorkbook("bad-structure", reason="two sheets of one name")
    names = tuple(_names(workbook, [sheet.name for sheet in sheets]))
    return Cells(sha256, tuple(sheets), names, _custom(parts), epoch_1904)


def _part(parts: Parts, name: str) -> bytes:
    try:
        return parts[name]
    except KeyError:
        raise BadWorkbook("bad-structure", reason=f"{name} is missing") from None


def _parse(parts: Parts, name: str) -> etree._Element:
    return parsed(_part(parts, name))


def _relations(parts: Parts, part: str) -> dict[str, tuple[str, str]]:
    """Relation id -> (type, path inside the archive); external targets are left out."""
    folder, name = posixpath.split(part)
    root = _parse(parts, f"{folder}/_rels/{name}.rels")
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


def _strings(parts: Parts, name: str) -> list[str]:
    if not name:
        return []
    content = _part(parts, name)
    found = plain.strings(content)
    return (
        [rich(item) for item in parsed(content).iterfind(f"{MAIN}si")] if found is None else found
    )


def _formats(parts: Parts, name: str) -> tuple[list[CellKind], dict[int, str], dict[int, str]]:
    """How each cell style shows its numbers; the formats of styles and of rules that may mislead.

    A rule's look (`dxf`) is known by its place in the list.
    """
    if not name:
        return [], {}, {}
    root = _parse(parts, name)
    codes = {
        whole(element.get("numFmtId", "0")): element.get("formatCode", "")
        for element in root.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")
    }
    numbers = [
        whole(element.get("numFmtId", "0")) for element in root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")
    ]
    odd = {number for number, code in codes.items() if not is_plain(code)}
    return (
        [kind_of_numbers(number, codes.get(number)) for number in numbers],
        {style: codes[number] for style, number in enumerate(numbers) if number in odd},
        {
            look: code
            for look, element in enumerate(root.iterfind(f"{MAIN}dxfs/{MAIN}dxf"))
            for code in (own.get("formatCode", "") for own in element.iterfind(f"{MAIN}numFmt"))
            if misleads(code)
        },
    )


def _sheet(
    parts: Parts,
    element: etree._Element,
    relations: dict[str, tuple[str, str]],
    book: Book,
    unread: frozenset[str],
) -> Sheet:
    name = element.get("name", "")
    kind, part = relations.get(element.get(RELATION, ""), ("", ""))
    if not kind.endswith("/worksheet"):
        return Sheet(name, "hidden", {})  # a chart sheet: nothing to read
    state = element.get("state", "visible")
    return (
        Sheet(name, state, {})
        if name in unread
        else read_sheet(_part(parts, part), name, state, book)
    )


def _names(workbook: etree._Element, sheets: list[str]) -> Iterator[DefinedName]:
    for element in workbook.iterfind(f"{MAIN}definedNames/{MAIN}definedName"):
        target = (element.text or "").strip()
        found = _REFERENCE.match(target)
        sheet, reference = "", None
        if found:
            sheet = (found[1] or found[2]).replace("''", "'")
            reference = area(found[3].replace("$", ""))
        scope = element.get("localSheetId")
        local = sheets[whole(scope)] if scope is not None and whole(scope) < len(sheets) else ""
        yield DefinedName(element.get("name", ""), sheet, reference, target[:200], local)


def _custom(parts: Parts) -> dict[str, str]:
    if "docProps/custom.xml" not in parts:
        return {}
    root: Any = _parse(parts, "docProps/custom.xml")
    return {
        element.get("name", ""): "".join(element.itertext())
        for element in root
        if isinstance(element.tag, str)
    }
