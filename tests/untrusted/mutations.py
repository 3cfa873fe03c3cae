"""Change a workbook at random, reproducibly: at the level of the archive, of the XML, of the cell.

A mutation gets a random generator and gives back bytes. It does not know what the file means; what
must come of it is decided by the oracle in `fuzz`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from random import Random
from xml.sax.saxutils import escape

Parts = dict[str, bytes]
Mutation = Callable[[Random, bytes], bytes]
_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_ELEMENT = re.compile(rb"<(\w+)(?: [^<>]*)?(?:/>|>[^<>]*</\1>)")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_TEXT = re.compile(rb">([^<>]+)<")
_TYPES = (b"", b"s", b"str", b"inlineStr", b"b", b"e", b"n", b"d", b"q")
_VALUES = (
    "Yes", "No", "Partly", "yes", " NO ", "Уes", "N\u200bo", "\u202eoN", "0", "3", "2 – partial",
    "3 – functional", "41", "-1", "1e3", "1e999", "NaN", "0x10", "12,5", "1 200", "٣", "TRUE",
    "#REF!", "=1+1", "2027-12-31", "45000", "n/a", "x", "✓", "_x0041_", "_x005F_x0041_", "\u00a0",
    "Not known", "no_information", "Νο", "ＮＯ", "No\u0301", "'5", "99999999999999999999",
)  # fmt: skip
_SNIPPETS = (
    b"<!-- x -->", b"<![CDATA[7]]>", b"<?pi x?>", b"&#65;", b"&amp;", b"&x;", b"<v>3</v>",
    b"<f>1+1</f>", b"<is><t>Yes</t></is>", b"<t>No</t>", b'<mergeCell ref="A1:Z99"/>',
    b'<row r="6" hidden="1"/>', b"<extLst/>", b"\0", b"\xff", b"<c/>", b'<c r="E6"><v>1</v></c>',
    b'<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="E6"/>',
)  # fmt: skip


def mutate(random: Random, data: bytes) -> bytes:
    """One to three mutations of one level."""
    level = random.choice((ARCHIVE, XML, XML, CELLS, CELLS))
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        data = random.choice(level)(random, data)
        if level is ARCHIVE and not zipfile.is_zipfile(io.BytesIO(data)):
            break
    return data


# --- the archive ------------------------------------------------------------------------------


def flip_bytes(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 4, 40))):
        if changed:
            changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def cut_off(random: Random, data: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def slice_removed(random: Random, data: bytes) -> bytes:
    start = random.randrange(len(data) + 1)
    return data[:start] + data[start + random.choice((1, 30, 500)) :]


def slice_doubled(random: Random, data: bytes) -> bytes:
    start = random.randrange(len(data) + 1)
    end = start + random.choice((1, 30, 500))
    return data[:end] + data[start:end] + data[end:]


def directory_changed(random: Random, data: bytes) -> bytes:
    """A byte of the archive's own headers, where a reader looks first."""
    places = [match.start() for match in re.finditer(rb"PK[\x01\x03\x05][\x02\x04\x06]", data)]
    if not places:
        return data
    at = random.choice(places) + random.randrange(4, 46)
    changed = random.choice((0, 1, 8, 255, random.randrange(256)))
    return data[:at] + bytes((changed,)) + data[at + 1 :]


# --- the XML ----------------------------------------------------------------------------------


def _parts(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(parts: Parts) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _in_part(change: Callable[[Random, bytes], bytes]) -> Mutation:
    """The mutation of one part, sheets more often than others, zipped again without a trace."""

    def mutated(random: Random, data: bytes) -> bytes:
        parts = _parts(data)
        sheets = [name for name in parts if "worksheets/sheet" in name]
        others = [name for name in parts if name not in sheets and "theme" not in name]
        name = random.choice(sheets if random.random() < 0.6 else others)
        return _zipped(parts | {name: change(random, parts[name])})

    return mutated


def _spans(pattern: re.Pattern[bytes], content: bytes) -> list[re.Match[bytes]]:
    return list(pattern.finditer(content))


def element_removed(random: Random, content: bytes) -> bytes:
    found = _spans(_ELEMENT, content)
    if not found:
        return content
    one = random.choice(found)
    return content[: one.start()] + content[one.end() :]


def element_doubled(random: Random, content: bytes) -> bytes:
    found = _spans(_ELEMENT, content)
    if not found:
        return content
    one = random.choice(found)
    return content[: one.end()] + one[0] + content[one.end() :]


def elements_swapped(random: Random, content: bytes) -> bytes:
    found = _spans(_ELEMENT, content)
    if len(found) < 2:
        return content
    one, other = sorted(random.sample(found, 2), key=lambda match: match.start())
    return (
        content[: one.start()] + other[0] + content[one.end() : other.start()]
        + one[0] + content[other.end() :]
    )  # fmt: skip


def attribute_changed(random: Random, content: bytes) -> bytes:
    found = _spans(_ATTRIBUTE, content)
    if not found:
        return content
    one = random.choice(found)
    value = random.choice(
        (b"", b"0", b"1", b"-1", b"7", b"true", b"hidden", b"E6", b"1048577", b"9" * 20,
         random.choice(found)[2])
    )  # fmt: skip
    return content[: one.start(2)] + value + content[one.end(2) :]


def attribute_removed(random: Random, content: bytes) -> bytes:
    found = _spans(_ATTRIBUTE, content)
    if not found:
        return content
    one = random.choice(found)
    return content[: one.start()] + content[one.end() :]


def text_changed(random: Random, content: bytes) -> bytes:
    found = _spans(_TEXT, content)
    if not found:
        return content
    one = random.choice(found)
    value = random.choice((escape(random.choice(_VALUES)).encode(), random.choice(found)[1], b""))
    return content[: one.start(1)] + value + content[one.end(1) :]


def snippet_added(random: Random, content: bytes) -> bytes:
    places = [m.start() for m in re.finditer(rb"[<>]", content)] or [0]
    at = random.choice(places) + random.choice((0, 1))
    return content[:at] + random.choice(_SNIPPETS) + content[at:]


def other_encoding(random: Random, content: bytes) -> bytes:
    text = re.sub(rb"^<\?xml[^>]*\?>", b"", content).decode("utf-8", errors="replace")
    encoding = random.choice(("utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "utf-8-sig"))
    declared = random.choice((encoding, "UTF-8", "UTF-16", ""))
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    return (head + text).encode(encoding, errors="replace")


# --- cells ------------------------------------------------------------------------------------


def _in_sheet(change: Callable[[Random, bytes, list[re.Match[bytes]]], bytes]) -> Mutation:
    """The mutation of a sheet that knows where its cells are; entry columns more often."""

    def mutated(random: Random, data: bytes) -> bytes:
        parts = _parts(data)
        sheets = [name for name in parts if "worksheets/sheet" in name]
        filled = [name for name in sheets if b"inlineStr" in parts[name]]
        name = random.choice(filled if filled and random.random() < 0.85 else sheets)
        cells = _spans(_CELL, parts[name])
        wanted = [cell for cell in cells if b"inlineStr" in cell[3]]
        if random.random() < 0.5 or not wanted:
            wanted = [cell for cell in cells if cell[1] in (b"A", b"D", b"E", b"G")]
        if not cells:
            return data
        chosen = wanted if wanted and random.random() < 0.9 else cells
        return _zipped(parts | {name: change(random, parts[name], chosen)})

    return mutated


def _typed(random: Random, cell: re.Match[bytes]) -> bytes:
    """The cell with a value of some type in it."""
    value = escape(random.choice(_VALUES)).encode()
    style = re.search(rb' s="\d+"', cell[3])
    place = b'<c r="' + cell[1] + cell[2] + b'"' + (style[0] if style else b"")
    kind = random.choice(("inlineStr", "str", "n", "b", "e", "s", "formula", "empty formula"))
    if kind == "inlineStr":
        return place + b' t="inlineStr"><is><t>' + value + b"</t></is></c>"
    if kind == "s":
        return place + b' t="s"><v>%d</v></c>' % random.randrange(120)
    if kind == "formula":
        return place + b' t="str"><f>A1</f><v>' + value + b"</v></c>"
    if kind == "empty formula":
        return place + b"><f>A1</f></c>"
    return place + b' t="' + kind.encode() + b'"><v>' + value + b"</v></c>"


def cell_typed_over(random: Random, content: bytes, cells: list[re.Match[bytes]]) -> bytes:
    cell = random.choice(cells)
    return content[: cell.start()] + _typed(random, cell) + content[cell.end() :]


def cell_emptied(random: Random, content: bytes, cells: list[re.Match[bytes]]) -> bytes:
    cell = random.choice(cells)
    return content[: cell.start()] + content[cell.end() :]


def cell_moved(random: Random, content: bytes, cells: list[re.Match[bytes]]) -> bytes:
    """Another address for the same content."""
    cell, other = random.choice(cells), random.choice(cells)
    at = cell.start(1)
    return content[:at] + other[1] + other[2] + content[cell.end(2) :]


def contents_swapped(random: Random, content: bytes, cells: list[re.Match[bytes]]) -> bytes:
    if len(cells) < 2:
        return content
    one, other = sorted(random.sample(cells, 2), key=lambda match: match.start())

    def put(place: re.Match[bytes], inside: re.Match[bytes]) -> bytes:
        return (
            b'<c r="'
            + place[1]
            + place[2]
            + b'"'
            + inside[3]
            + b">"
            + (inside[4] or b"</c>")[: -4 if inside[4] is None else None]
            + b"</c>"
        )

    return (
        content[: one.start()] + put(one, other) + content[one.end() : other.start()]
        + put(other, one) + content[other.end() :]
    )  # fmt: skip


def type_changed(random: Random, content: bytes, cells: list[re.Match[bytes]]) -> bytes:
    cell = random.choice(cells)
    attributes = re.sub(rb' t="\w*"', b"", cell[3]) + b' t="' + random.choice(_TYPES) + b'"'
    return content[: cell.start(3)] + attributes + content[cell.end(3) :]


def style_changed(random: Random, content: bytes, cells: list[re.Match[bytes]]) -> bytes:
    cell = random.choice(cells)
    attributes = re.sub(rb' s="\d*"', b"", cell[3]) + b' s="%d"' % random.randrange(60)
    return content[: cell.start(3)] + attributes + content[cell.end(3) :]


def cell_doubled(random: Random, content: bytes, cells: list[re.Match[bytes]]) -> bytes:
    cell = random.choice(cells)
    return content[: cell.end()] + _typed(random, cell) + content[cell.end() :]


def area_merged(random: Random, content: bytes, cells: list[re.Match[bytes]]) -> bytes:
    one, other = random.choice(cells), random.choice(cells)
    merged = b'<mergeCells count="1"><mergeCell ref="%s%s:%s%s"/></mergeCells>' % (
        one[1], one[2], other[1], other[2],
    )  # fmt: skip
    return content.replace(b"</sheetData>", b"</sheetData>" + merged, 1)


def row_hidden(random: Random, content: bytes, cells: list[re.Match[bytes]]) -> bytes:
    row = b'<row r="%s" ' % random.choice(cells)[2]
    return content.replace(row, row + b'hidden="1" ', 1)


ARCHIVE: tuple[Mutation, ...] = (
    flip_bytes, cut_off, slice_removed, slice_doubled, directory_changed, directory_changed,
)  # fmt: skip
XML: tuple[Mutation, ...] = tuple(
    _in_part(change)
    for change in (
        flip_bytes,
        cut_off,
        slice_removed,
        slice_doubled,
        element_removed,
        element_doubled,
        elements_swapped,
        attribute_changed,
        attribute_removed,
        text_changed,
        snippet_added,
        other_encoding,
    )
)
CELLS: tuple[Mutation, ...] = tuple(
    _in_sheet(change)
    for change in (
        cell_typed_over,
        cell_typed_over,
        cell_emptied,
        cell_moved,
        contents_swapped,
        type_changed,
        style_changed,
        cell_doubled,
        area_merged,
        row_hidden,
    )
)
