"""What keeps a file out, recognized by content and answered with what to do instead."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from assessments.problems import Severity
from assessments.untrusted import Unreadable, read_cells
from assessments.untrusted.preflight import look
from assessments.untrusted.texts import TEXTS, refusal


def workbook() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.add_worksheet("A").write_string(0, 0, "text")
    book.close()
    return stream.getvalue()


def rezipped(change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def codes(data: bytes) -> list[str]:
    faults = look(data).faults
    for problem in (refusal(code, file="CA.xlsx", **fields) for code, fields in faults):
        assert problem.severity is Severity.FILE
        assert problem.remedy
        assert "{" not in problem.message
    return [fault.code for fault in faults]


def test_a_workbook_is_let_in() -> None:
    assert codes(workbook()) == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"question,value\nSTR_1_01,3\n", "csv-not-workbook"),
        ("question;value\n".encode("utf-16"), "csv-not-workbook"),
        (b"<!DOCTYPE html><html><table></table></html>", "html-not-workbook"),
        (b"\xef\xbb\xbf  <html>", "html-not-workbook"),
        (b"%PDF-1.7 ...", "pdf-not-workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old-excel"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(600)
            + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (b"\x00\x01\x02\x03 random", "not-a-workbook"),
        (workbook()[:-400], "damaged"),
        (workbook()[:100], "damaged"),
    ],
)
def test_other_kinds_are_recognized_whatever_their_name(data: bytes, code: str) -> None:
    assert codes(data) == [code]


def put(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.__setitem__(name, content)


def swap(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)

    return change


SHEET = "xl/worksheets/sheet1.xml"
TYPES = "[Content_Types].xml"
MAIN_TYPE = b"spreadsheetml.sheet.main+xml"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (put("xl/vbaProject.bin", b"x"), "macros"),
        (put("xl/macrosheets/sheet1.xml", b"<x/>"), "macros"),
        (swap(TYPES, MAIN_TYPE, b"x.sheet.macroEnabled.main+xml"), "macros"),
        (swap(TYPES, MAIN_TYPE, b"sheet.binary.macroEnabled.main"), "binary-workbook"),
        (put("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), "ods-not-workbook"),
        (put("word/document.xml", b"<x/>"), "other-office-file"),
        (lambda parts: parts.pop(TYPES), "not-a-workbook"),
        (put("xl/activeX/activeX1.bin", b"x"), "unexpected-part"),
        (put("run.exe", b"MZ"), "unexpected-part"),
        (put("xl/../../evil.xml", b"<x/>"), "unsafe-part"),
        (put("XL/workbook.XML", b"<x/>"), "duplicate-part"),
        (put("xl/a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "hostile-xml"),
        (put("xl/a.xml", '<?xml version="1.0"?><!ENTITY b "c">'.encode("utf-16")), "hostile-xml"),
        (put("xl/a.xml", "<!DOCTYPE a>".encode("utf-16-be")), "hostile-xml"),
        (put("xl/a.xml", b'<?xml version="1.0" encoding="utf-7"?><a/>'), "hostile-xml"),
        (put("xl/a.xml", b"<a>" + b" " * 2**23 + b"</a>"), "archive-too-large"),
        (
            swap("xl/workbook.xml", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                 b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
            "strict-ooxml",
        ),
    ],
)  # fmt: skip
def test_hostile_and_foreign_archives_are_kept_out(
    change: Callable[[dict[str, bytes]], None], code: str
) -> None:
    assert code in codes(rezipped(change))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_stands_twice_is_refused() -> None:
    stream = io.BytesIO(workbook())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(SHEET, b"<worksheet/>")
    assert codes(stream.getvalue()) == ["duplicate-part"]


def test_too_many_parts_are_refused() -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts |= {f"xl/media/{number}.xml": b"" for number in range(2_001)}

    assert codes(rezipped(change)) == ["too-many-parts"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as raised:
        read_cells(tmp_path / "gone.xlsx")
    (problem,) = raised.value.problems
    assert (problem.code, problem.file) == ("file-missing", "gone.xlsx")


def test_every_message_has_a_remedy() -> None:
    assert all(message.strip() and remedy.strip() for message, remedy in TEXTS.values())
