"""The quick way through a part says what the parser says, or leaves the part to the parser."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
import pytest
from hostile import KINDS, Kind, Sample

from assessments.untrusted import plain, reader, rehearsal, sheets
from assessments.untrusted.cells import CellKind, Mask
from assessments.untrusted.parts import MAIN, parsed, rich
from assessments.untrusted.preflight import look

SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<cols><col min="2" max="3" hidden="1"/></cols><sheetData>'
    b'<row r="1" hidden="1"><c r="A1" s="3" t="s"><v>0</v></c><c r="B1" s="2"/></row>'
    b'<row r="4"><c r="A4"><f>1+1</f><v>2</v></c><c r="C4" t="str"><f/></c>'
    b'<c r="D4" t="inlineStr"><is><t xml:space="preserve"> R&amp;D &#183; </t></is></c></row>'
    b'<row r="5"/></sheetData><mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
    b"</worksheet>"
)

NONE_ORDINARY = plain.Ordinary({}, frozenset())  # every cell is handed over as it is spelled


def sheet_parts(data: bytes) -> Mapping[str, bytes]:
    parts = look(data).parts
    return {name: part for name, part in parts.items() if name.startswith("xl/worksheets/sheet")}


def as_parsed(part: bytes) -> tuple[object, ...]:
    found = sheets._rows(parsed(part), "")
    return (list(found.stored), found.hidden_rows, found.hidden_columns, found.merged)


def as_plain(part: bytes) -> tuple[object, ...] | None:
    found = plain.rows(part, NONE_ORDINARY)
    if found is None:
        return None
    return (list(found.stored), found.hidden_rows, found.hidden_columns, found.merged)


def saved_by_openpyxl(data: bytes) -> bytes:
    stream = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("saved", [bytes, saved_by_openpyxl])
def test_every_sheet_of_a_questionnaire_is_read_the_quick_way_and_equal(
    samples: Mapping[str, Sample], saved: Callable[[bytes], bytes]
) -> None:
    for sample in samples.values():
        for part in sheet_parts(saved(sample.data)).values():
            quick = as_plain(part)
            assert quick is not None
            assert quick == as_parsed(part)


def answer(data: bytes) -> bytes:
    """What the first reader says, or that it is more than may be said."""
    try:
        return reader.read(data)
    except MemoryError:
        return b""


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_the_quick_way_never_says_anything_else_than_the_parser(
    kind: Kind, samples: Mapping[str, Sample], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same cells in the same order, masks and refusals too."""
    data = kind.make(samples["COORD" if kind.asks == "date" else "CUST"])
    quick = answer(data)
    monkeypatch.setattr(plain, "rows", lambda _part, _ordinary: None)
    assert quick == answer(data)


def test_a_style_spelled_in_another_way_hides_what_it_hides() -> None:
    """`s="03"` is style 3: a number format that shows nothing is seen all the same."""
    part = SHEET.replace(b's="3"', b's="03"')
    book = sheets.Book(["yes"], [CellKind.NUMBER] * 4, {3: ";;;"}, {}, False)
    assert sheets.read_sheet(part, "s", "visible", book).masks == {(1, 1): Mask.UNSEEN}


def test_shared_texts_are_those_of_the_parser(samples: Mapping[str, Sample]) -> None:
    part = look(samples["CUST"].data).parts["xl/sharedStrings.xml"]
    assert plain.strings(part) == [rich(item) for item in parsed(part).iterfind(f"{MAIN}si")]


def test_what_a_plain_sheet_holds() -> None:
    found = plain.rows(SHEET, NONE_ORDINARY)
    assert found is not None
    assert list(found.stored) == [
        (1, 1, "s", 3, "0", None, None),
        (4, 1, "n", 0, "2", "1+1", None),
        (4, 3, "str", 0, None, "", None),
        (4, 4, "inlineStr", 0, None, None, " R&D · "),
    ]
    assert found.hidden_rows == {1}
    assert found.hidden_columns == ((2, 3),)
    assert [str(area) for area in found.merged] == ["A1:B2"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<row r="4">', b'<!-- --><row r="4">'),
        (b"<v>2</v>", b"<v>2<!-- --></v>"),
        (b"<v>2</v>", b"<v><![CDATA[2]]></v>"),
        (b"<v>2</v>", b"<v>2</v><v>3</v>"),
        (b"<v>2</v>", b"<v>&two;</v>"),
        (b"<v>2</v>", b"<v>&#x32;</v>"),
        (b"<v>2</v>", b"<v>&#0;</v>"),
        (b"<v>2</v>", b"<v>&#50</v>"),
        (b"<v>2</v>", b"<v>2\r\n</v>"),
        (b"<v>2</v>", b"<v>\xff</v>"),
        (b'<c r="A4">', b'<c xmlns="x" r="A4">'),
        (b'<c r="A4">', b'<c r="A5">'),
        (b'<c r="A4">', b'<c r="E4">'),
        (b'<c r="C4" t="str">', b'<c r="A4" t="str">'),
        (b'<c r="C4" t="str">', b'<c r="ZZZ4" t="str">'),
        (b'<c r="C4" t="str">', b'<c t="str" r="C4">'),
        (b'<c r="B1" s="2"/>', b'<c r="B1" s="2"/><c r="C1"/><c r="B1"/>'),
        (b'<c r="B1" s="2"/>', b'<c r="B1" s="2"/><c r="A1"/>'),
        (b'<c r="B1" s="2"/>', b'<c r="B1" s="2"/><c r="C2"/>'),
        (b'<c r="B1" s="2"/>', b'<c r="B1" s="2"/><c r="XFE1"/>'),
        (b'<row r="4">', b'<row r="1">'),
        (b'<row r="4">', b'<row r="4" r="5">'),
        (b'<row r="4">', b"<row>"),
        (b'<row r="4">', b""),
        (b'<row r="5"/>', b'<row r="1048577"/>'),
        (b'<row r="5"/>', b"</sheetData><sheetData>"),
        (b'<row r="5"/>', b'<x:row r="5"/>'),
        (b"<cols>", b'<cols><!-- <col min="1" max="9" hidden="1"/> -->'),
        (b'hidden="1"/></cols>', b'hidden="1"></col></cols>'),
        (b'<mergeCell ref="A1:B2"/>', b'<mergeCell x="" ref="A1:B2"/>'),
        (b"spreadsheetml/2006", b"spreadsheetml/2007"),
        (b"<worksheet ", b"<?xml version='1.0' encoding='iso-8859-1'?><worksheet "),
        (b"<worksheet ", b"\xef\xbb\xbf<worksheet "),
    ],
)
def test_any_other_spelling_is_left_to_the_parser(old: bytes, new: bytes) -> None:
    assert SHEET.count(old) == 1
    assert plain.rows(SHEET.replace(old, new), NONE_ORDINARY) is None


@pytest.mark.parametrize(
    "items",
    [
        b"<si><r><t>a</t></r></si>",
        b"<si><t>a</t><rPh><t>b</t></rPh></si>",
        b"<si><t>a</t></si><!-- -->",
        b"<si/>",
        b"<si><t>&a;</t></si>",
    ],
)
def test_texts_with_markup_are_left_to_the_parser(items: bytes) -> None:
    head = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    assert plain.strings(head + b"<si><t>a</t></si></sst>") == ["a"]
    assert plain.strings(head + items + b"</sst>") is None


def test_empty_cells_side_by_side_hold_nothing_and_cells_after_them_are_read() -> None:
    run = b'<c r="B1" s="2"/><c r="C1" s="2"/><c r="D1"/><c r="E1"><v>5</v></c>'
    part = SHEET.replace(b'<c r="B1" s="2"/>', run)
    quick = as_plain(part)
    assert quick is not None
    assert quick == as_parsed(part)
    assert (1, 5, "n", 0, "5", None, None) in list(plain.rows(part, NONE_ORDINARY).stored)


def test_the_workbook_read_before_the_first_is_read_the_quick_way() -> None:
    data = rehearsal.sample()
    (part,) = sheet_parts(data).values()
    assert as_plain(part) == as_parsed(part)
    (sheet,) = json.loads(reader.read(data))["sheets"]
    assert len(sheet["cells"][0]) == 40 * 5  # rows, and cells of each that hold something


def test_a_workbook_of_another_program_is_read_the_quick_way_too() -> None:
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["text", 1.5, True, "=1+1"])
    book.save(stream)
    with zipfile.ZipFile(stream) as archive:
        assert plain.rows(archive.read("xl/worksheets/sheet1.xml"), NONE_ORDINARY)
