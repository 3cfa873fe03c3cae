"""Look at a received file before anything in it is believed.

A questionnaire comes back as an .xlsx archive. Everything else (an old .xls, a CSV renamed, a file
with macros) is recognized by its content, never by its name, and answered with what to do instead.
Of an archive the sizes, the part names and the raw bytes of each XML part are looked at; no XML is
parsed here. The limits hold with room to spare for every questionnaire (measurements: 76 hostile
files stopped, no good one refused).

This runs in the cage too: unpacking is the first thing that a hostile archive can break.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a questionnaire may be; bytes where nothing else is said."""

    file: int = 20 * 2**20
    part: int = 64 * 2**20
    total: int = 128 * 2**20
    ratio: int = 200  # unpacked to packed, for parts above 1 MB
    parts: int = 2_000


LIMITS = Limits()
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_TEMPLATE = "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml"
ARCHIVE = b"PK\x03\x04"  # how every zip archive of more than no part begins
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_READ_ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "utf-16", "iso-8859-1"})
_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_KNOWN = re.compile(
    r"(\[Content_Types\]\.xml|_rels/.*|docProps/.*|xl/.*|customXml/.*|docMetadata/.*)\Z"
)
# rar, 7z, gzip, xz, bzip2: what mail programs and archivers make of a workbook
_PACKED = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"\xfd7zXZ", b"BZh")
_WORKBOOK_NAME = re.compile(r"\.(xls[xmb]?|ods)\Z", re.IGNORECASE)
_MACRO = re.compile(r"(vbaProject|vbaData|macrosheets/|dialogsheets/|xl/intlmacro)", re.IGNORECASE)
# values that come from other files, databases or programs
_ELSEWHERE = re.compile(
    r"xl/(externalLinks/|connections\.xml|queryTables/|model/|customData/)", re.IGNORECASE
)
_FOREIGN = re.compile(r"(activeX/|/embeddings/.*\.(bin|exe|js|vbs|dll|bat)\Z)", re.IGNORECASE)


# the last three: a compression that no Excel file uses, a password, a size that cannot be
_BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, struct.error, LookupError,
    NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip


class Fault(NamedTuple):
    """What keeps a file out: the code of a message and what fills its fields."""

    code: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a file."""

    faults: tuple[Fault, ...] = ()  # all at once; none where it may be read
    parts: Mapping[str, bytes] = field(default_factory=dict)  # unpacked, none where it may not


def look(data: bytes) -> Look:
    """Whether a file may be read, and its parts, each unpacked once. Raises nothing."""
    if len(data) > LIMITS.file:
        size, limit = f"{len(data) / 2**20:.0f}", str(LIMITS.file // 2**20)
        return _kept_out("file-too-large", size=size, limit=limit)
    other = _other_kind(data)
    if other:
        return _kept_out(other)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            faults = _entries(archive.infolist())
            parts: dict[str, bytes] = {}
            if not faults:
                faults, parts = _contents(archive)
            return Look(tuple(faults), {} if faults else parts)
    except _BROKEN as error:
        return _kept_out("damaged", reason=_plain(error))


def _kept_out(code: str, **fields: str) -> Look:
    return Look((Fault(code, fields),))


def look_at_export(data: bytes) -> Look:
    """As `look`, of a CSV file (its one part has no name) or of an archive of CSV files."""
    other = _other_kind(data)
    if other == "csv-not-workbook" and len(data) <= LIMITS.file:
        return Look(parts={"": data})
    if other or len(data) > LIMITS.file:
        return look(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            faults = _entries(archive.infolist())
            names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
            if not faults and not names:
                return _kept_out("not-a-workbook")
            parts = {} if faults else {name: archive.read(name) for name in names}
            return Look(tuple(faults), parts)
    except _BROKEN as error:
        return _kept_out("damaged", reason=_plain(error))


def _plain(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__


def _other_kind(data: bytes) -> str:
    """The code of what the bytes are, where they are no zip archive; "" for an archive."""
    if not data:
        return "file-empty"
    if data.startswith(ARCHIVE):
        return ""
    if data.startswith(_OLE):
        encrypted = any(
            mark.encode("utf-16-le") in data for mark in ("EncryptedPackage", "EncryptionInfo")
        )
        return "encrypted" if encrypted else "old-excel"
    if data[:4] in (
        b"\x09\x08\x10\x00",
        b"\x09\x08\x08\x00",
        b"\x09\x04\x06\x00",
        b"\x09\x02\x06\x00",
    ):
        return "old-excel"
    if data.startswith(_PACKED):
        return "packed-workbook"
    if data.startswith(b"%PDF"):
        return "pdf-not-workbook"
    start = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta")):
        return "html-not-workbook"
    if start.startswith(b"<"):
        return "not-a-workbook"
    return "csv-not-workbook" if _is_text(data) else "not-a-workbook"


def _is_text(data: bytes) -> bool:
    sample = data[:65536]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in sample)
    return controls == 0 and any(mark in sample for mark in (b",", b";", b"\t", b"\n"))


def _contents(archive: zipfile.ZipFile) -> tuple[list[Fault], dict[str, bytes]]:
    """The parts, unpacked, and what keeps them out."""
    names = archive.namelist()
    first = _office_kind(archive, names)
    if first:
        return first, {}
    parts = {name: archive.read(name) for name in names}
    return [
        Fault("hostile-xml", {"part": name})
        for name, content in parts.items()
        if _hostile(content, name)
    ], parts


def _entries(entries: list[zipfile.ZipInfo]) -> list[Fault]:
    """Sizes and names, from the archive's directory alone."""
    if len(entries) > LIMITS.parts:
        return [Fault("too-many-parts", {"count": str(len(entries)), "limit": str(LIMITS.parts)})]
    found: list[Fault] = []
    seen: set[str] = set()
    if entries and all(entry.header_offset for entry in entries):
        reason = "bytes stand before the archive"
        return [Fault("damaged", {"reason": reason})]
    for entry in entries:
        part = entry.filename
        if entry.flag_bits & 0x1:
            return [Fault("encrypted", {})]
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return [Fault("damaged", {"reason": "a compression Excel does not use"})]
        if entry.file_size > LIMITS.part or (
            entry.file_size > 2**20 and entry.file_size > LIMITS.ratio * max(entry.compress_size, 1)
        ):
            found.append(Fault("archive-too-large", {"part": part[:80]}))
        if part.startswith(("/", "\\")) or "\\" in part or ".." in part.split("/") or "\0" in part:
            found.append(Fault("unsafe-part", {"part": part[:80]}))
        if part.casefold() in seen:
            found.append(Fault("duplicate-part", {"part": part[:80]}))
        seen.add(part.casefold())
    if sum(entry.file_size for entry in entries) > LIMITS.total:
        found.append(Fault("archive-too-large", {"part": "all parts"}))
    return found


def _office_kind(archive: zipfile.ZipFile, names: list[str]) -> list[Fault]:
    """Faults where the archive is no plain Excel workbook."""
    if "mimetype" in names:
        kind = archive.read("mimetype")[:100]
        code = "ods-not-workbook" if b"opendocument.spreadsheet" in kind else "not-a-workbook"
        return [Fault(code, {})]
    if "[Content_Types].xml" not in names:
        packed = any(_WORKBOOK_NAME.search(name) for name in names)
        return [Fault("packed-workbook" if packed else "not-a-workbook", {})]
    types = archive.read("[Content_Types].xml")
    if _hostile(types, "[Content_Types].xml"):
        return [Fault("hostile-xml", {"part": "[Content_Types].xml"})]
    content = types.decode("utf-8", errors="replace")
    macro = next((name for name in names if _MACRO.search(name)), "")
    if "sheet.binary" in content or "xl/workbook.bin" in names:
        return [Fault("binary-workbook", {})]
    if macro or "macroEnabled" in content or "vbaProject" in content:
        return [Fault("macros", {"part": macro or "content type"})]
    link = next((name for name in names if _ELSEWHERE.match(name)), "")
    if link:
        return [Fault("external-link", {"part": link[:80]})]
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return [Fault("other-office-file", {})]
    if SPREADSHEET not in content and _TEMPLATE not in content:
        return [Fault("not-a-workbook", {})]
    if "xl/workbook.xml" in names and b"purl.oclc.org/ooxml" in archive.read("xl/workbook.xml"):
        return [Fault("strict-ooxml", {})]
    return [
        Fault("unexpected-part", {"part": name[:80]})
        for name in names
        if not _KNOWN.match(name) or _FOREIGN.search(name)
    ]


def _hostile(content: bytes, part: str) -> bool:
    """True where the part declares a document type or an entity, in any encoding."""
    if part.endswith((".bin", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf")):
        return False
    declared = _ENCODING.search(content[:200].replace(b"\0", b""))
    if declared and declared[1].decode().lower() not in _READ_ENCODINGS:
        return True
    if _declares(content):
        return True
    # in UTF-16 or UTF-32 every character of the declaration is one byte among zeros
    return b"\0" in content and _declares(content.replace(b"\0", b""))


def _declares(content: bytes) -> bool:
    return b"<!" in content and _DECLARATION.search(content) is not None
