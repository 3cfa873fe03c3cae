"""Look at a received file before anything in it is believed.

A questionnaire comes back as an .xlsx archive. Everything else (an old .xls, a CSV renamed, a file
with macros) is recognized by its content, never by its name, and answered with what to do instead.
Of an archive the sizes, the part names and the raw bytes of each XML part are looked at; no XML is
parsed here. The limits hold with room to spare for every questionnaire (measurements: 76 hostile
files stopped, no good one refused).
"""

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from assessments.problems import Problem
from assessments.untrusted.texts import refusal


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
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_READ_ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "utf-16", "iso-8859-1"})
_DECLARATION = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_KNOWN = re.compile(
    r"(\[Content_Types\]\.xml|_rels/.*|docProps/.*|xl/.*|customXml/.*|docMetadata/.*)\Z"
)
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


def inspect(path: Path) -> tuple[Problem, ...]:
    """What keeps the file out, all at once; empty where it may be read.

    Every problem has severity `file`. Raises nothing for bad content.
    """
    try:
        size = path.stat().st_size
        if size > LIMITS.file:
            return (_too_large(size, path.name),)
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        return (refusal("file-missing", file=path.name, reason=reason),)
    return inspect_bytes(data, path.name)


def inspect_bytes(data: bytes, name: str = "") -> tuple[Problem, ...]:
    """As `inspect`, of bytes already in hand; `name` is only repeated in the problems."""
    if len(data) > LIMITS.file:
        return (_too_large(len(data), name),)
    other = _other_kind(data)
    if other:
        return (refusal(other, file=name),)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return tuple(_archive(archive, name))
    except _BROKEN as error:
        return (refusal("damaged", file=name, reason=_plain(error)),)


def _too_large(size: int, name: str) -> Problem:
    return refusal(
        "file-too-large", file=name, size=f"{size / 2**20:.0f}", limit=LIMITS.file // 2**20
    )


def _plain(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__


def _other_kind(data: bytes) -> str:
    """The code of what the bytes are, where they are no zip archive; "" for an archive."""
    if not data:
        return "file-empty"
    if data.startswith(b"PK\x03\x04"):
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


def _archive(archive: zipfile.ZipFile, name: str) -> list[Problem]:
    entries = archive.infolist()
    found = _entries(entries, name)
    if found:
        return found
    parts = {entry.filename: entry for entry in entries}
    kind = _office_kind(archive, parts, name)
    if kind:
        return kind
    for entry in entries:
        if _hostile(archive.read(entry), entry.filename):
            found.append(refusal("hostile-xml", file=name, part=entry.filename))
    return found


def _entries(entries: list[zipfile.ZipInfo], name: str) -> list[Problem]:
    """Sizes and names, from the archive's directory alone."""
    if len(entries) > LIMITS.parts:
        return [refusal("too-many-parts", file=name, count=len(entries), limit=LIMITS.parts)]
    found: list[Problem] = []
    seen: set[str] = set()
    if entries and all(entry.header_offset for entry in entries):
        reason = "bytes stand before the archive"
        return [refusal("damaged", file=name, reason=reason)]
    for entry in entries:
        part = entry.filename
        if entry.flag_bits & 0x1:
            return [refusal("encrypted", file=name)]
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return [refusal("damaged", file=name, reason="a compression Excel does not use")]
        if entry.file_size > LIMITS.part or (
            entry.file_size > 2**20 and entry.file_size > LIMITS.ratio * max(entry.compress_size, 1)
        ):
            found.append(refusal("archive-too-large", file=name, part=part[:80]))
        if part.startswith(("/", "\\")) or "\\" in part or ".." in part.split("/") or "\0" in part:
            found.append(refusal("unsafe-part", file=name, part=part[:80]))
        if part.casefold() in seen:
            found.append(refusal("duplicate-part", file=name, part=part[:80]))
        seen.add(part.casefold())
    if sum(entry.file_size for entry in entries) > LIMITS.total:
        found.append(refusal("archive-too-large", file=name, part="all parts"))
    return found


def _office_kind(
    archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], name: str
) -> list[Problem]:
    """Problems where the archive is no plain Excel workbook."""
    if "mimetype" in parts:
        kind = archive.read("mimetype")[:100]
        code = "ods-not-workbook" if b"opendocument.spreadsheet" in kind else "not-a-workbook"
        return [refusal(code, file=name)]
    if "[Content_Types].xml" not in parts:
        return [refusal("not-a-workbook", file=name)]
    types = archive.read("[Content_Types].xml")
    if _hostile(types, "[Content_Types].xml"):
        return [refusal("hostile-xml", file=name, part="[Content_Types].xml")]
    content = types.decode("utf-8", errors="replace")
    macro = next((part for part in parts if _MACRO.search(part)), "")
    if "sheet.binary" in content or "xl/workbook.bin" in parts:
        return [refusal("binary-workbook", file=name)]
    if macro or "macroEnabled" in content or "vbaProject" in content:
        return [refusal("macros", file=name, part=macro or "content type")]
    link = next((part for part in parts if _ELSEWHERE.match(part)), "")
    if link:
        return [refusal("external-link", file=name, part=link[:80])]
    if any(part.startswith(("word/", "ppt/")) for part in parts):
        return [refusal("other-office-file", file=name)]
    if SPREADSHEET not in content and _TEMPLATE not in content:
        return [refusal("not-a-workbook", file=name)]
    if "xl/workbook.xml" in parts and b"purl.oclc.org/ooxml" in archive.read("xl/workbook.xml"):
        return [refusal("strict-ooxml", file=name)]
    return [
        refusal("unexpected-part", file=name, part=part[:80])
        for part in parts
        if not _KNOWN.match(part) or _FOREIGN.search(part)
    ]


def _hostile(content: bytes, part: str) -> bool:
    """True where the part declares a document type or an entity, in any encoding."""
    if part.endswith((".bin", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf")):
        return False
    declared = _ENCODING.search(content[:200].replace(b"\0", b""))
    if declared and declared[1].decode().lower() not in _READ_ENCODINGS:
        return True
    for encoding in ("latin-1", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        if encoding != "latin-1" and b"\0" not in content:
            break
        if _DECLARATION.search(content.decode(encoding, errors="replace")):
            return True
        if encoding.startswith("utf-16") and _DECLARATION.search(
            content[1:].decode(encoding, errors="replace")
        ):
            return True
    return False
