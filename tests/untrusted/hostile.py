"""Hostile, doubtful and odd workbooks, made from any valid filled questionnaire.

One small function a kind, named for its fault. Each takes a `Sample` (the bytes of a filled
workbook and where its answers stand) and gives back the bytes that arrive by mail. What must come
of it stands in the decorator: `refused` with the code of a problem, `unusable` with the code of
the problem at the named cell while every other answer is as before, or `harmless`: all answers as
before, with at most the notes named.

Kinds that need a question of a certain type say so with `asks`.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

Parts = dict[str, bytes]
WORKBOOK, RELS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
TYPES, CUSTOM = "[Content_Types].xml", "docProps/custom.xml"
MAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Place:
    """An answer cell of the sample."""

    question: str
    sheet: str
    cell: str

    @property
    def row(self) -> int:
        return int(re.sub(r"\D", "", self.cell))

    @property
    def column(self) -> str:
        return re.sub(r"\d", "", self.cell)


@dataclass(frozen=True)
class Sample:
    """A valid, filled workbook: its bytes, and an answered cell of each type of question."""

    data: bytes
    places: Mapping[str, Place]  # type of question -> an answered cell on which nothing rests
    sheets: Mapping[str, str] = field(default_factory=dict)  # sheet -> part

    def parts(self) -> Parts:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def any(self) -> Place:
        return self.places["select_one"]

    def part(self, place: Place) -> str:
        return self.sheets[place.sheet]


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_parts(sample: Sample, more: Mapping[str, bytes]) -> bytes:
    return zipped(sample.parts() | dict(more))


def swapped(sample: Sample, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with one piece of one part replaced; the piece must be there."""
    parts = sample.parts()
    assert old in parts[part], (part, old)
    return zipped(parts | {part: parts[part].replace(old, new, 1)})


def cell_pattern(cell: str) -> re.Pattern[bytes]:
    return re.compile(rb'<c r="%s"((?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)' % cell.encode(), re.DOTALL)


def with_cell(sample: Sample, place: Place, kind: str, inside: str, cell: str = "") -> bytes:
    """The workbook with one cell's content as given: type attribute and inner XML."""
    parts = sample.parts()
    part = sample.part(place)
    where = cell or place.cell
    typed = f' t="{kind}"' if kind else ""
    new = f'<c r="{where}"\\1{typed}>{inside}</c>'.encode()
    content, count = cell_pattern(where).subn(
        lambda found: new.replace(b"\\1", found[1]), parts[part], count=1
    )
    assert count == 1, where
    return zipped(parts | {part: content})


def with_text(sample: Sample, place: Place, text: str, cell: str = "") -> bytes:
    inside = f'<is><t xml:space="preserve">{escape(text)}</t></is>'
    return with_cell(sample, place, "inlineStr", inside, cell)


def with_number(sample: Sample, place: Place, stored: str) -> bytes:
    return with_cell(sample, place, "", f"<v>{stored}</v>")


def with_xml(sample: Sample, place: Place, before: str, added: str) -> bytes:
    """The place's sheet with XML added before a tag."""
    return swapped(sample, sample.part(place), before.encode(), (added + before).encode())


def with_format(sample: Sample, place: Place, code: str, cell: str = "") -> bytes:
    """The workbook with one cell in a number format of its own, its other looks as they were."""
    parts = sample.parts()
    part, styles = sample.part(place), parts["xl/styles.xml"].decode()
    where = (cell or place.cell).encode()
    found = re.search(rb'<c r="%s"(?: s="(\d+)")?' % where, parts[part])
    assert found, where
    everything = re.search(r'<cellXfs count="(\d+)">(.*?)</cellXfs>', styles, re.DOTALL)
    assert everything
    looks = re.findall(r"<xf [^>]*/>|<xf [^>]*[^/]>.*?</xf>", everything[2], re.DOTALL)
    look = re.sub(r'numFmtId="\d+"', 'numFmtId="250"', looks[int(found[1] or 0)])
    styles = styles.replace("</cellXfs>", f"{look}</cellXfs>")
    known = f'<numFmt numFmtId="250" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
    assert "</numFmts>" in styles
    styles = styles.replace("</numFmts>", f"{known}</numFmts>")
    restyled = b'<c r="%s" s="%d"' % (where, len(looks))
    content = parts[part].replace(found[0], restyled, 1)
    return zipped(parts | {part: content, "xl/styles.xml": styles.encode()})


def with_rule(sample: Sample, place: Place, code: str, *, extended: bool = False) -> bytes:
    """The workbook with a rule of conditional formatting that gives one cell a number format.

    `extended`: as Excel writes rules that only later versions know.
    """
    parts = sample.parts()
    part, styles = sample.part(place), parts["xl/styles.xml"].decode()
    looks = len(re.findall(r"<dxf>", styles))
    style = f'<numFmt numFmtId="251" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
    if extended:
        rule = (
            f'<extLst><ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" xmlns:x14="{_X14}">'
            "<x14:conditionalFormattings><x14:conditionalFormatting>"
            f'<x14:cfRule type="expression" priority="99"><x14:dxf>{style}</x14:dxf></x14:cfRule>'
            f'<xm:sqref xmlns:xm="{_XM}">{place.cell}</xm:sqref></x14:conditionalFormatting>'
            "</x14:conditionalFormattings></ext></extLst></worksheet>"
        )
        return swapped(sample, part, b"</worksheet>", rule.encode())
    assert "</dxfs>" in styles
    styles = styles.replace("</dxfs>", f"<dxf>{style}</dxf></dxfs>")
    rule = (
        f'<conditionalFormatting sqref="A1 {place.cell}"><cfRule type="expression" '
        f'dxfId="{looks}" priority="99"><formula>TRUE</formula></cfRule></conditionalFormatting>'
    )
    content = parts[part].replace(b"<dataValidations", rule.encode() + b"<dataValidations", 1)
    assert content != parts[part]
    return zipped(parts | {part: content, "xl/styles.xml": styles.encode()})


def shown_text(sample: Sample, place: Place) -> str:
    """What the sample's own cell shows."""
    found = cell_pattern(place.cell).search(sample.parts()[sample.part(place)])
    assert found
    return re.sub(r"<[^>]+>", "", found[0].decode())


# --- the list of kinds ------------------------------------------------------------------------


@dataclass(frozen=True)
class Kind:
    """One kind of workbook and what must come of it."""

    name: str
    make: Callable[[Sample], bytes]
    outcome: str  # refused, unusable, harmless
    codes: tuple[str, ...]  # of the problem; of harmless ones the notes that may stand there
    asks: str = ""  # the type of question it needs
    at: str = ""  # the column where the problem is told, where not in the answer's own


_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"
KINDS: dict[str, Kind] = {}
Maker = Callable[[Sample], bytes]


def _kind(outcome: str, codes: tuple[str, ...], asks: str = "", at: str = "") -> Callable:
    def keep(make: Maker) -> Maker:
        assert make.__name__ not in KINDS
        KINDS[make.__name__] = Kind(make.__name__, make, outcome, codes, asks, at)
        return make

    return keep


def refused(*codes: str, asks: str = "") -> Callable:
    return _kind("refused", codes, asks)


def unusable(code: str, asks: str = "select_one", at: str = "") -> Callable:
    return _kind("unusable", (code,), asks, at)


def harmless(*notes: str, asks: str = "") -> Callable:
    return _kind("harmless", notes, asks)


# --- no workbook at all -----------------------------------------------------------------------


@refused("file-empty")
def empty_file(sample: Sample) -> bytes:
    return b""


@refused("damaged")
def cut_off_at_the_end(sample: Sample) -> bytes:
    return sample.data[:-300]


@refused("damaged")
def cut_off_in_the_middle(sample: Sample) -> bytes:
    return sample.data[: len(sample.data) // 2]


@refused("csv-not-workbook")
def csv_named_xlsx(sample: Sample) -> bytes:
    return b"question,value\r\nSTR_1_01,3\r\n"


@refused("csv-not-workbook")
def csv_in_utf16(sample: Sample) -> bytes:
    return "question\tvalue\r\nSTR_1_01\t3\r\n".encode("utf-16")


@refused("html-not-workbook")
def web_page_named_xlsx(sample: Sample) -> bytes:
    return b"\xef\xbb\xbf<html><table><tr><td>3</td></tr></table></html>"


@refused("not-a-workbook")
def excel_2003_xml(sample: Sample) -> bytes:
    return b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'


@refused("packed-workbook")
def workbook_packed_by_an_archiver(sample: Sample) -> bytes:
    return b"7z\xbc\xaf\x27\x1c" + sample.data


@refused("csv-not-workbook")
def csv_in_an_old_encoding(sample: Sample) -> bytes:
    return "question,value\nSTR_1_01,référence\n".encode("cp1252")


@refused("pdf-not-workbook")
def pdf_named_xlsx(sample: Sample) -> bytes:
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@refused("old-excel")
def old_xls(sample: Sample) -> bytes:
    return OLE + bytes(504) + "Workbook".encode("utf-16-le")


@refused("old-excel")
def excel_4_sheet(sample: Sample) -> bytes:
    return b"\x09\x04\x06\x00" + bytes(200)


@refused("encrypted")
def password_protected(sample: Sample) -> bytes:
    return OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(200)


@refused("not-a-workbook")
def random_bytes(sample: Sample) -> bytes:
    return bytes(range(256)) * 40


@refused("file-too-large")
def larger_than_20_megabytes(sample: Sample) -> bytes:
    return sample.data + bytes(20 * 2**20)


@refused("not-a-workbook")
def archive_of_something_else(sample: Sample) -> bytes:
    return zipped({"photo.jpg": b"\xff\xd8\xff", "notes.txt": b"see photo"})


@refused("ods-not-workbook")
def open_document(sample: Sample) -> bytes:
    return zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}
    )


@refused("other-office-file")
def word_document(sample: Sample) -> bytes:
    return zipped({TYPES: b"<Types/>", "word/document.xml": b"<x/>"})


@refused("packed-workbook")
def archive_inside_an_archive(sample: Sample) -> bytes:
    return zipped({"CUST.xlsx": sample.data})


# --- the archive ------------------------------------------------------------------------------


@refused("binary-workbook")
def binary_workbook(sample: Sample) -> bytes:
    return with_parts(sample, {"xl/workbook.bin": b"\x83\x01\x00"})


@refused("macros")
def macro_project(sample: Sample) -> bytes:
    return with_parts(sample, {"xl/vbaProject.bin": OLE + bytes(500)})


@refused("macros")
def macro_content_type(sample: Sample) -> bytes:
    return swapped(
        sample, TYPES, MAIN_TYPE, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )


@refused("macros")
def excel_4_macro_sheet(sample: Sample) -> bytes:
    return with_parts(sample, {"xl/macrosheets/sheet1.xml": b"<xm:macrosheet/>"})


@refused("macros")
def macro_dialog_in_capitals(sample: Sample) -> bytes:
    return with_parts(sample, {"xl/DIALOGSHEETS/sheet1.xml": b"<x/>"})


@refused("unexpected-part")
def active_x_control(sample: Sample) -> bytes:
    return with_parts(sample, {"xl/activeX/activeX1.bin": OLE})


@refused("unexpected-part")
def embedded_program(sample: Sample) -> bytes:
    return with_parts(sample, {"xl/embeddings/oleObject1.bin": OLE})


@refused("unexpected-part")
def program_beside_the_workbook(sample: Sample) -> bytes:
    return with_parts(sample, {"run.exe": b"MZ"})


@refused("external-link")
def link_to_another_workbook(sample: Sample) -> bytes:
    return with_parts(sample, {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})


@refused("external-link")
def connection_to_a_database(sample: Sample) -> bytes:
    return with_parts(sample, {"xl/connections.xml": b"<connections/>"})


@refused("strict-ooxml")
def strict_open_xml(sample: Sample) -> bytes:
    return swapped(
        sample,
        WORKBOOK,
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )


@refused("duplicate-part")
def part_that_stands_twice(sample: Sample) -> bytes:
    stream = io.BytesIO(sample.data)
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(sample.part(sample.any()), b"<worksheet/>")
    return stream.getvalue()


@refused("duplicate-part")
def part_with_a_case_twin(sample: Sample) -> bytes:
    part = sample.part(sample.any())
    return with_parts(sample, {part.upper(): sample.parts()[part]})


@refused("unsafe-part")
def part_outside_of_the_archive(sample: Sample) -> bytes:
    return with_parts(sample, {"xl/../../../etc/cron.d/job": b"x"})


@refused("unsafe-part")
def part_with_an_absolute_name(sample: Sample) -> bytes:
    return with_parts(sample, {"/etc/passwd": b"x"})


@refused("unsafe-part")
def part_with_backslashes(sample: Sample) -> bytes:
    data = with_parts(sample, {"xl/x|y.xml": b"<x/>"})
    return data.replace(b"xl/x|y.xml", b"xl\\x|y.xml")


@refused("too-many-parts")
def thousands_of_parts(sample: Sample) -> bytes:
    return with_parts(sample, {f"xl/media/{number}.png": b"" for number in range(2_001)})


@refused("archive-too-large")
def zip_bomb(sample: Sample) -> bytes:
    return with_parts(sample, {"xl/theme/theme9.xml": b"<a>" + b" " * 20_000_000 + b"</a>"})


@refused("archive-too-large")
def zip_bomb_of_one_answer(sample: Sample) -> bytes:
    return with_text(sample, sample.any(), "x" * 20_000_000)


@refused("damaged")
def zip_bomb_that_lies_about_its_size(sample: Sample) -> bytes:
    data = with_parts(sample, {"xl/theme/theme9.xml": b" " * 20_000_000})
    return data.replace(struct.pack("<I", 20_000_000), struct.pack("<I", 900))


@refused("damaged")
def wrong_checksum(sample: Sample) -> bytes:
    data = zipped(sample.parts(), zipfile.ZIP_STORED)
    text = escape(shown_text(sample, sample.any())).encode()
    at = data.index(b"<t", data.index(sample.part(sample.any()).encode()))
    at = data.index(text, at)
    return data[:at] + bytes(byte ^ 1 for byte in data[at : at + 1]) + data[at + 1 :]


@refused("damaged")
def directory_that_names_another_part(sample: Sample) -> bytes:
    part = sample.part(sample.any()).encode()
    at = sample.data.rindex(part)
    return sample.data[:at] + part[:-5] + b"X.xml" + sample.data[at + len(part) :]


@refused("damaged")
def two_archives_in_one_file(sample: Sample) -> bytes:
    return zipped({"a.txt": b"first"}) + sample.data


@refused("damaged")
def compression_of_another_kind(sample: Sample) -> bytes:
    return zipped(sample.parts(), zipfile.ZIP_LZMA)


@refused("encrypted")
def archive_with_a_password(sample: Sample) -> bytes:
    data = bytearray(sample.data)
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


# --- the XML ----------------------------------------------------------------------------------

LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


@refused("hostile-xml")
def billion_laughs(sample: Sample) -> bytes:
    return with_parts(sample, {"xl/theme/theme1.xml": f"{LAUGHS}<l>&c;</l>".encode()})


@refused("hostile-xml")
def file_of_this_machine_as_an_answer(sample: Sample) -> bytes:
    part = sample.part(sample.any())
    content = sample.parts()[part].decode()
    doctype = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet'
    return with_parts(sample, {part: content.replace("<worksheet", doctype, 1).encode()})


@refused("hostile-xml")
def document_type_in_utf16(sample: Sample) -> bytes:
    content = '<?xml version="1.0" encoding="UTF-16"?>' + LAUGHS + "<l>&c;</l>"
    return with_parts(sample, {"xl/theme/theme1.xml": content.encode("utf-16")})


@refused("hostile-xml")
def document_type_in_utf16_without_mark(sample: Sample) -> bytes:
    content = (LAUGHS + "<l>&c;</l>").encode("utf-16-be")
    return with_parts(sample, {"xl/theme/theme1.xml": content})


@refused("hostile-xml")
def document_type_in_utf7(sample: Sample) -> bytes:
    content = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE l+AD4-<l/>'
    return with_parts(sample, {"xl/theme/theme1.xml": content})


@refused("hostile-xml")
def document_type_in_the_content_types(sample: Sample) -> bytes:
    return with_parts(sample, {TYPES: LAUGHS.encode() + sample.parts()[TYPES]})


@refused("bad-structure")
def xml_that_does_not_close(sample: Sample) -> bytes:
    return swapped(sample, sample.part(sample.any()), b"</sheetData>", b"")


@refused("bad-structure")
def xml_nested_without_end(sample: Sample) -> bytes:
    deep = "<a>" * 100_000 + "</a>" * 100_000
    return with_cell(sample, sample.any(), "", deep)


@refused("bad-structure")
def answer_longer_than_excel_keeps(sample: Sample) -> bytes:
    text = " ".join(str(number) for number in range(8_000))
    return with_text(sample, sample.any(), text)


@refused("reading-limit")
def one_long_text_in_a_hundred_thousand_cells(sample: Sample) -> bytes:
    text = "".join(chr(65 + number * 7919 % 26) for number in range(32_000))
    rows = "".join(
        f'<row r="{row}">' + f'<c r="A{row}" t="s"><v>0</v></c>' + "</row>"
        for row in range(1_000, 101_000)
    )
    parts = sample.parts()
    strings = parts["xl/sharedStrings.xml"].decode()
    strings = re.sub(r"<si>.*?</si>", f"<si><t>{text}</t></si>", strings, count=1)
    part = sample.part(sample.any())
    sheet = parts[part].decode().replace("</sheetData>", rows + "</sheetData>")
    changed = {part: sheet.encode(), "xl/sharedStrings.xml": strings.encode()}
    return zipped(parts | changed)


@refused("reading-limit")
def hundreds_of_thousands_of_cells(sample: Sample) -> bytes:
    rows = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{column}{row}"><v>{row}</v></c>' for column in "ABCDEFGHIJ")
        + "</row>"
        for row in range(1_000, 22_000)
    )
    return with_xml(sample, sample.any(), "</sheetData>", rows)


@refused("bad-structure")
def sheet_whose_part_is_missing(sample: Sample) -> bytes:
    parts = sample.parts()
    del parts[sample.part(sample.any())]
    return zipped(parts)


@refused("bad-structure")
def text_that_is_not_in_the_table(sample: Sample) -> bytes:
    return with_cell(sample, sample.any(), "s", "<v>999999</v>")


@refused("bad-structure")
def text_before_the_first_of_the_table(sample: Sample) -> bytes:
    return with_cell(sample, sample.any(), "s", "<v>-1</v>")


@refused("duplicate-cell")
def cell_that_stands_twice(sample: Sample) -> bytes:
    place = sample.any()
    twin = f'<c r="{place.cell}" t="inlineStr"><is><t>Yes</t></is></c>'
    parts = sample.parts()
    part = sample.part(place)
    content = cell_pattern(place.cell).sub(lambda found: found[0] + twin.encode(), parts[part])
    return zipped(parts | {part: content})


@refused("duplicate-cell")
def row_that_stands_twice(sample: Sample) -> bytes:
    place = sample.any()
    row = f'<row r="{place.row}"><c r="{place.cell}" t="inlineStr"><is><t>Yes</t></is></c></row>'
    return with_xml(sample, place, "</sheetData>", row)


@refused("bad-structure")
def cell_of_another_row(sample: Sample) -> bytes:
    place = sample.any()
    row = f'<row r="900"><c r="{place.cell}"><v>1</v></c></row>'
    return with_xml(sample, place, "</sheetData>", row)


@refused("bad-structure")
def column_after_the_last(sample: Sample) -> bytes:
    row = '<row r="900"><c r="XFE900"><v>1</v></c></row>'
    return with_xml(sample, sample.any(), "</sheetData>", row)


@refused("bad-structure")
def row_after_the_last(sample: Sample) -> bytes:
    row = '<row r="1048577"><c r="A1048577"><v>1</v></c></row>'
    return with_xml(sample, sample.any(), "</sheetData>", row)


@refused("bad-structure")
def two_values_in_one_cell(sample: Sample) -> bytes:
    return with_cell(sample, sample.any(), "str", "<v>Yes</v><v>No</v>")


@refused("bad-structure")
def text_in_a_cell_said_to_be_a_number(sample: Sample) -> bytes:
    """Some programs show the text, others an empty cell."""
    return with_cell(sample, sample.any(), "n", "<is><t>Yes</t></is>")


@refused("bad-structure")
def cell_of_an_unknown_type(sample: Sample) -> bytes:
    return with_cell(sample, sample.any(), "q", "<v>1</v>")


@refused("bad-structure")
def text_named_by_a_number_that_only_python_reads(sample: Sample) -> bytes:
    return with_cell(sample, sample.any(), "s", "<v>1_0</v>")


@refused("bad-structure", asks="integer")
def not_a_number_as_a_number(sample: Sample) -> bytes:
    return with_number(sample, sample.places["integer"], "NaN")


@refused("readers-disagree")
def text_that_each_program_reads_otherwise(sample: Sample) -> bytes:
    return with_cell(sample, sample.any(), "inlineStr", "<is><t>Y</t><t>No</t></is>")


@harmless()
def comment_inside_an_answer(sample: Sample) -> bytes:
    text = shown_text(sample, sample.any())
    inside = f"<is><t>{escape(text[:1])}<!-- x -->{escape(text[1:])}</t></is>"
    return with_cell(sample, sample.any(), "inlineStr", inside)


@unusable("out-of-range", asks="integer")
def comment_inside_a_number(sample: Sample) -> bytes:
    """Seen as -9 by Excel; a reader that stops at the comment sees nothing wrong."""
    return with_number(sample, sample.places["integer"], "-<!-- 7 -->9")


@refused("bad-structure")
def two_sheets_of_one_name(sample: Sample) -> bytes:
    return swapped(
        sample, WORKBOOK, b'name="tana_lists"', f'name="{sample.any().sheet.upper()}"'.encode()
    )


@refused("bad-structure")
def no_sheet_at_all(sample: Sample) -> bytes:
    parts = sample.parts()
    content = re.sub(rb"<sheets>.*</sheets>", b"<sheets/>", parts[WORKBOOK])
    return zipped(parts | {WORKBOOK: content})


@refused("bad-structure", "missing-sheet", "missing-answer-cell")
def sheet_somewhere_on_the_network(sample: Sample) -> bytes:
    name = sample.part(sample.any()).removeprefix("xl/").encode()
    return swapped(
        sample, RELS, b'Target="' + name + b'"',
        b'Target="http://192.0.2.1/sheet.xml" TargetMode="External"',
    )  # fmt: skip


# --- the questionnaire ------------------------------------------------------------------------


@refused("not-a-questionnaire")
def workbook_of_something_else(sample: Sample) -> bytes:
    parts = sample.parts()
    content = parts[WORKBOOK].replace(b"tana_identity", b"budget")
    del parts[CUSTOM]
    relations = re.sub(rb"<Relationship [^>]*custom-properties[^>]*/>", b"", parts["_rels/.rels"])
    types = re.sub(rb"<Override [^>]*custom.xml[^>]*/>", b"", parts[TYPES])
    return zipped(parts | {WORKBOOK: content, "_rels/.rels": relations, TYPES: types})


def with_identity(sample: Sample, old: str, new: str, *, everywhere: bool = True) -> bytes:
    """The workbook's identity changed, in the properties alone or on the hidden sheet as well."""
    parts = sample.parts()
    changed = {CUSTOM: parts[CUSTOM].replace(f">{old}<".encode(), f">{new}<".encode())}
    assert changed[CUSTOM] != parts[CUSTOM]
    if everywhere:
        name = "xl/sharedStrings.xml"
        changed[name] = parts[name].replace(f">{old}<".encode(), f">{new}<".encode())
        assert changed[name] != parts[name]
    return zipped(parts | changed)


@refused("identity-contradicts")
def two_identities(sample: Sample) -> bytes:
    return with_identity(sample, "2026", "2031", everywhere=False)


@refused("identity-incomplete")
def round_that_is_none(sample: Sample) -> bytes:
    return with_identity(sample, "2026", "next year")


@refused("other-pack", "unknown-pack")
def another_questionnaire(sample: Sample) -> bytes:
    return with_identity(sample, "cooperation", "firearms")


@refused("unknown-country", "identity-incomplete")
def country_that_is_none(sample: Sample) -> bytes:
    return with_identity(sample, "XAB", "QQQ")


@refused("missing-answer-cell")
def name_deleted(sample: Sample) -> bytes:
    return _named(sample, lambda _name, _target: b"")


@refused("moved-answer-cell")
def name_moved_one_row_down(sample: Sample) -> bytes:
    place = sample.any()
    return _named(
        sample,
        lambda name, _: _definition(name, f"'{place.sheet}'!${place.column}${place.row + 200}"),
    )


@refused("missing-answer-cell")
def name_of_nothing(sample: Sample) -> bytes:
    return _named(sample, lambda name, _: _definition(name, "#REF!"))


@refused("missing-answer-cell")
def name_of_a_formula(sample: Sample) -> bytes:
    return _named(sample, lambda name, target: _definition(name, f"OFFSET({target.decode()},1,0)"))


@refused("two-answers")
def name_with_two_places(sample: Sample) -> bytes:
    place = sample.any()

    def doubled(name: bytes, target: bytes) -> bytes:
        other = f"'{place.sheet}'!$E$300".encode()
        local = b'<definedName name="%s" localSheetId="1">%s</definedName>' % (name, other)
        return _definition(name, target.decode()) + local

    return _named(sample, doubled)


@refused("shared-answer-cell")
def two_names_on_one_cell(sample: Sample) -> bytes:
    other = sample.places["level"]
    target = f"'{other.sheet}'!${other.column}${other.row}"
    return _named(sample, lambda name, _: _definition(name, target))


@refused("unknown-question")
def name_of_a_question_not_asked(sample: Sample) -> bytes:
    place = sample.any()
    more = _definition(b"q_XXX_9_99", f"'{place.sheet}'!$E$300")
    return swapped(sample, WORKBOOK, b"</definedNames>", more + b"</definedNames>")


@refused("moved-answer-cell")
def id_of_another_question(sample: Sample) -> bytes:
    place = sample.any()
    return with_text(sample, place, "STR_9_99", f"A{place.row}")


@refused("duplicate-id")
def line_copied_below(sample: Sample) -> bytes:
    place = sample.any()
    row = (
        f'<row r="900"><c r="A900" t="inlineStr"><is><t>{place.question}</t></is></c>'
        f'<c r="{place.column}900" t="inlineStr"><is><t>Yes</t></is></c></row>'
    )
    return with_xml(sample, place, "</sheetData>", row)


@refused("missing-sheet", "missing-answer-cell")
def sheet_deleted(sample: Sample) -> bytes:
    sheet = escape(sample.any().sheet)
    parts = sample.parts()
    content = re.sub(rb'<sheet name="%s"[^>]*/>' % sheet.encode(), b"", parts[WORKBOOK])
    content = re.sub(rb"<definedName [^>]*localSheetId[^>]*>[^<]*</definedName>", b"", content)
    return zipped(parts | {WORKBOOK: content})


def _definition(name: bytes, target: str) -> bytes:
    return b'<definedName name="%s">%s</definedName>' % (name, escape(target).encode())


def _named(sample: Sample, change: Callable[[bytes, bytes], bytes]) -> bytes:
    """The definition of the answer cell's name replaced."""
    parts = sample.parts()
    name = f"q_{sample.any().question}".encode()
    pattern = re.compile(rb'<definedName name="%s">([^<]*)</definedName>' % re.escape(name))
    content, count = pattern.subn(lambda found: change(name, found[1]), parts[WORKBOOK])
    assert count == 1
    return zipped(parts | {WORKBOOK: content})


# --- one cell ---------------------------------------------------------------------------------


@unusable("formula-not-calculated")
def formula_without_result(sample: Sample) -> bytes:
    return with_cell(sample, sample.any(), "", '<f>IF(1=1,"No","Yes")</f>')


@unusable("formula-error")
def broken_reference(sample: Sample) -> bytes:
    return with_cell(sample, sample.any(), "e", "<f>#REF!</f><v>#REF!</v>")


@unusable("formula-error", asks="integer")
def division_by_zero(sample: Sample) -> bytes:
    return with_cell(sample, sample.places["integer"], "e", "<f>1/0</f><v>#DIV/0!</v>")


@unusable("formula-error", asks="integer")
def number_without_end(sample: Sample) -> bytes:
    return with_number(sample, sample.places["integer"], "1e999")


@unusable("formula-error", asks="integer")
def number_stored_in_arabic_digits(sample: Sample) -> bytes:
    """Python, in which both readers are written, takes it for a 3; a spreadsheet does not."""
    return with_number(sample, sample.places["integer"], "٣")


@unusable("number-as-text", asks="integer")
def number_as_text(sample: Sample) -> bytes:
    return with_text(sample, sample.places["integer"], "3")


@unusable("number-as-text", asks="integer")
def number_in_arabic_digits(sample: Sample) -> bytes:
    return with_text(sample, sample.places["integer"], "٣")


@unusable("not-a-number", asks="integer")
def number_with_its_unit(sample: Sample) -> bytes:
    return with_text(sample, sample.places["integer"], "3 units")


@unusable("not-a-number", asks="integer")
def number_that_two_countries_read_otherwise(sample: Sample) -> bytes:
    return with_text(sample, sample.places["integer"], "1,234")


@unusable("not-a-number", asks="integer")
def truth_value_for_a_number(sample: Sample) -> bytes:
    return with_cell(sample, sample.places["integer"], "b", "<v>1</v>")


@unusable("date-for-number", asks="integer")
def date_for_a_number(sample: Sample) -> bytes:
    return with_cell(sample, sample.places["integer"], "d", "<v>2026-05-03</v>")


@unusable("not-a-whole-number", asks="integer")
def part_of_a_unit(sample: Sample) -> bytes:
    return with_number(sample, sample.places["integer"], "2.5")


@unusable("out-of-range", asks="integer")
def less_than_nothing(sample: Sample) -> bytes:
    return with_number(sample, sample.places["integer"], "-3")


@unusable("unknown-choice")
def letter_that_looks_alike(sample: Sample) -> bytes:
    alike = str.maketrans("oeaYN", "\u043e\u0435\u0430\u04ae\u039d")
    return with_text(sample, sample.any(), shown_text(sample, sample.any()).translate(alike))


@unusable("unknown-choice")
def choice_not_on_the_list(sample: Sample) -> bytes:
    return with_text(sample, sample.any(), "In a way")


@unusable("unknown-choice")
def two_choices_in_one_cell(sample: Sample) -> bytes:
    return with_text(sample, sample.any(), "Yes / No")


@unusable("unknown-choice", asks="level")
def level_beyond_the_scale(sample: Sample) -> bytes:
    return with_number(sample, sample.places["level"], "9")


@unusable("unknown-choice", asks="level")
def level_between_two(sample: Sample) -> bytes:
    return with_number(sample, sample.places["level"], "2.5")


@unusable("unknown-choice")
def truth_value_for_a_choice(sample: Sample) -> bytes:
    return with_cell(sample, sample.any(), "b", "<v>1</v>")


@unusable("invisible-characters")
def zero_width_space(sample: Sample) -> bytes:
    return with_text(sample, sample.any(), "\u200b" + shown_text(sample, sample.any()))


@unusable("invisible-characters")
def right_to_left_override(sample: Sample) -> bytes:
    return with_text(sample, sample.any(), "\u202e" + shown_text(sample, sample.any())[::-1])


@unusable("invisible-characters")
def isolate_around_a_choice(sample: Sample) -> bytes:
    return with_text(sample, sample.any(), f"\u2067{shown_text(sample, sample.any())}\u2069")


@unusable("invisible-characters")
def byte_order_mark_in_a_choice(sample: Sample) -> bytes:
    return with_text(sample, sample.any(), shown_text(sample, sample.any()) + "\ufeff")


@unusable("invisible-characters")
def soft_hyphen(sample: Sample) -> bytes:
    text = shown_text(sample, sample.any())
    return with_text(sample, sample.any(), f"{text[:1]}\u00ad{text[1:]}")


@unusable("invisible-characters")
def control_character(sample: Sample) -> bytes:
    return with_text(sample, sample.any(), shown_text(sample, sample.any()) + "_x0007_")


@unusable("merged-cell")
def answer_under_a_merge(sample: Sample) -> bytes:
    place = sample.any()
    area = f"A{place.row}:{place.cell}"
    return with_xml(
        sample, place, "<mergeCells" if _has(sample, "<mergeCells") else "<dataValidations",
        f'<mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>',
    )  # fmt: skip


@unusable("answer-and-reason", at="G")
def answer_and_a_reason_for_none(sample: Sample) -> bytes:
    place = sample.any()
    return with_text(sample, place, "no_information", f"G{place.row}")


@unusable("changed-question", at="C")
def question_worded_otherwise(sample: Sample) -> bytes:
    place = sample.any()
    return with_text(sample, place, "Is everything in good order?", f"C{place.row}")


@unusable("other-date-epoch", asks="date")
def dates_counted_from_1904(sample: Sample) -> bytes:
    return swapped(sample, WORKBOOK, b"<workbookPr ", b'<workbookPr date1904="1" ')


@unusable("not-a-date", asks="date")
def year_alone_in_a_date_cell(sample: Sample) -> bytes:
    return with_number(sample, sample.places["date"], "2027")


@unusable("not-a-date", asks="date")
def date_that_two_countries_read_otherwise(sample: Sample) -> bytes:
    return with_text(sample, sample.places["date"], "03/04/2027")


@unusable("not-a-date", asks="date")
def day_that_does_not_exist(sample: Sample) -> bytes:
    return with_text(sample, sample.places["date"], "2027-02-30")


@unusable("formula-error", asks="date")
def day_before_the_calendar(sample: Sample) -> bytes:
    return with_number(sample, sample.places["date"], "-40000")


def _has(sample: Sample, text: str) -> bool:
    return text.encode() in sample.parts()[sample.part(sample.any())]


# --- a number format that shows something else -------------------------------------------------


@unusable("disguised-answer")
def format_that_shows_another_choice(sample: Sample) -> bytes:
    return with_format(sample, sample.any(), ';;;"No"')


@unusable("disguised-answer")
def format_that_says_not_before_the_choice(sample: Sample) -> bytes:
    return with_format(sample, sample.any(), 'General;General;General;"Not "@')


@unusable("disguised-answer", asks="integer")
def format_that_leaves_thousands_out(sample: Sample) -> bytes:
    return with_format(sample, sample.places["integer"], "0,")


@unusable("disguised-answer", asks="integer")
def format_with_a_digit_of_its_own(sample: Sample) -> bytes:
    return with_format(sample, sample.places["integer"], '0"0"')


@unusable("disguised-answer", asks="integer")
def format_that_depends_on_the_number(sample: Sample) -> bytes:
    return with_format(sample, sample.places["integer"], '[>1]"1";0')


@unusable("disguised-answer", asks="date")
def format_that_shows_another_day(sample: Sample) -> bytes:
    data = with_number(sample, sample.places["date"], "46752")
    changed = Sample(data, sample.places, sample.sheets)
    return with_format(changed, sample.places["date"], 'yyyy"-01-31"')


@unusable("changed-question", at="C")
def format_that_shows_another_question(sample: Sample) -> bytes:
    place = sample.any()
    return with_format(sample, place, ';;;"Is there none?"', f"C{place.row}")


@harmless("unseen-answer")
def format_that_shows_nothing(sample: Sample) -> bytes:
    return with_format(sample, sample.any(), ";;;")


@harmless("unseen-answer", asks="integer")
def format_in_white(sample: Sample) -> bytes:
    return with_format(sample, sample.places["integer"], "[White]0")


@harmless(asks="integer")
def format_of_an_accountant(sample: Sample) -> bytes:
    code = '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-'
    return with_format(sample, sample.places["integer"], code)


@harmless()
def format_of_figures_on_a_text(sample: Sample) -> bytes:
    return with_format(sample, sample.any(), '"TRUE";"TRUE";"FALSE"')


@unusable("disguised-answer")
def rule_that_shows_another_choice(sample: Sample) -> bytes:
    return with_rule(sample, sample.any(), ';;;"No"')


@unusable("disguised-answer")
def rule_of_later_versions_that_shows_another_choice(sample: Sample) -> bytes:
    return with_rule(sample, sample.any(), ';;;"No"', extended=True)


@unusable("disguised-answer", asks="integer")
def rule_that_shows_a_percentage(sample: Sample) -> bytes:
    return with_rule(sample, sample.places["integer"], "0%")


@harmless("unseen-answer", asks="integer")
def rule_that_shows_nothing(sample: Sample) -> bytes:
    return with_rule(sample, sample.places["integer"], ";;;")


@harmless(asks="integer")
def rule_that_shows_two_digits(sample: Sample) -> bytes:
    return with_rule(sample, sample.places["integer"], "0.00")


# --- odd, and good ----------------------------------------------------------------------------


@harmless()
def stored_without_compression(sample: Sample) -> bytes:
    return zipped(sample.parts(), zipfile.ZIP_STORED)


@harmless()
def parts_in_another_order(sample: Sample) -> bytes:
    return zipped(dict(reversed(sample.parts().items())))


@harmless()
def stale_dimension(sample: Sample) -> bytes:
    parts = sample.parts()
    part = sample.part(sample.any())
    content = re.sub(rb"<dimension [^>]*/>", b'<dimension ref="A1"/>', parts[part])
    return zipped(parts | {part: content})


@harmless("stray-entry")
def cell_at_the_far_end(sample: Sample) -> bytes:
    row = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return with_xml(sample, sample.any(), "</sheetData>", row)


@harmless("stray-entry")
def note_beside_the_table(sample: Sample) -> bytes:
    row = '<row r="700"><c r="N700" t="inlineStr"><is><t>see my mail</t></is></c></row>'
    return with_xml(sample, sample.any(), "</sheetData>", row)


@harmless("hidden-answer")
def hidden_row(sample: Sample) -> bytes:
    row = f'<row r="{sample.any().row}" '.encode()
    return swapped(sample, sample.part(sample.any()), row, row + b'hidden="1" ')


@harmless("hidden-answer")
def hidden_sheet(sample: Sample) -> bytes:
    name = f'<sheet name="{escape(sample.any().sheet)}" '.encode()
    return swapped(sample, WORKBOOK, name, name + b'state="hidden" ')


@harmless("hidden-answer")
def hidden_column(sample: Sample) -> bytes:
    place = sample.any()
    number = ord(place.column) - 64
    column = f'<col min="{number}" max="{number}" '.encode()
    return swapped(sample, sample.part(place), column, column + b'hidden="1" ')


@harmless("formula-answer")
def formula_with_its_result(sample: Sample) -> bytes:
    text = escape(shown_text(sample, sample.any()))
    return with_cell(sample, sample.any(), "str", f'<f>"{text}"</f><v>{text}</v>')


@harmless()
def answer_in_other_capitals(sample: Sample) -> bytes:
    return with_text(sample, sample.any(), f" {shown_text(sample, sample.any()).upper()} ")


@harmless()
def answer_in_two_fonts(sample: Sample) -> bytes:
    text = shown_text(sample, sample.any())
    runs = f"<is><r><t>{escape(text[:1])}</t></r><r><t>{escape(text[1:])}</t></r></is>"
    return with_cell(sample, sample.any(), "inlineStr", runs)


@harmless()
def level_as_a_number(sample: Sample) -> bytes:
    digit = shown_text(sample, sample.places["level"])[:1]
    return with_number(sample, sample.places["level"], digit)


@harmless()
def drop_downs_lost(sample: Sample) -> bytes:
    parts = sample.parts()
    part = sample.part(sample.any())
    content = re.sub(rb"<dataValidations.*</dataValidations>", b"", parts[part], flags=re.DOTALL)
    return zipped(parts | {part: content})


@harmless()
def sheet_in_utf16(sample: Sample) -> bytes:
    parts = sample.parts()
    part = sample.part(sample.any())
    text = re.sub(r"<\?xml[^>]*\?>", "", parts[part].decode())
    content = '<?xml version="1.0" encoding="UTF-16"?>' + text
    return zipped(parts | {part: content.encode("utf-16")})


@harmless()
def template_by_its_type(sample: Sample) -> bytes:
    return swapped(sample, TYPES, MAIN_TYPE, MAIN_TYPE.replace(b".sheet.main", b".template.main"))


@harmless()
def picture_inside(sample: Sample) -> bytes:
    return with_parts(sample, {"xl/media/image1.png": b"\x89PNG\r\n\x1a\n<!DOCTYPE"})


@harmless()
def columns_merged_far_away(sample: Sample) -> bytes:
    return with_xml(
        sample, sample.any(), "<mergeCells" if _has(sample, "<mergeCells") else "<dataValidations",
        '<mergeCells count="1"><mergeCell ref="AA900:XFD1048576"/></mergeCells>',
    )  # fmt: skip


@harmless()
def link_in_a_comment_column(sample: Sample) -> bytes:
    place = sample.any()
    return with_text(sample, place, "=HYPERLINK(1)", f"J{place.row}")
