"""The Word file of a template: whether it may be opened at all, and its text as docxtpl runs it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from assessments.problems import Problem, Severity

LARGEST = 20_000_000  # bytes a template may unpack to
_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
_REPLACES = re.compile(r"\{\{(?:tr|tc|[rp])\s+([^{}]*?)\s*\}\}")  # docxtpl's own field tags


def faults_of_file(path: Path) -> Iterator[Problem]:
    """The file itself: a Word document without macros, links to the outside or hidden bulk."""

    def fault(code: str, message: str, remedy: str) -> Problem:
        return Problem(
            code=code, severity=Severity.FILE, message=message, remedy=remedy, file=path.name
        )

    save = "Open it in Word and save it as a Word document (.docx)."
    try:
        with zipfile.ZipFile(path) as package:
            infos = package.infolist()
            if sum(info.file_size for info in infos) > LARGEST:
                yield fault("too-large", "The template unpacks to more than 20 MB.", save)
                return
            names = {info.filename for info in infos}
            if "word/document.xml" not in names:
                yield fault("not-word", "This is not a Word document.", save)
                return
            if any("vbaProject" in name for name in names):
                yield fault("macro", "The template holds a macro.", save)
            for name in sorted(names):
                if name.endswith((".xml", ".rels")):
                    body = package.read(name)
                    if b"<!DOCTYPE" in body or b"<!ENTITY" in body or b"\0" in body[:64]:
                        yield fault("entity", f"{name} defines entities.", save)
                    elif name.endswith(".rels") and _links_out(body):
                        yield fault(
                            "external", f"{name} loads something from outside the file.",
                            "Put pictures into the document instead of linking them.",
                        )  # fmt: skip
    except (OSError, zipfile.BadZipFile, KeyError, RuntimeError):
        yield fault("not-word", "The template cannot be opened as a Word document.", save)


def _links_out(body: bytes) -> bool:
    """True for an external relationship other than a hyperlink."""
    relations = re.findall(rb"<Relationship\b[^>]*>", body)
    return any(b'"External"' in r and b"/hyperlink" not in r for r in relations)


def unreadable(path: Path, why: str) -> Problem:
    """The fault of a file that opens and is no Word document all the same."""
    return Problem(
        code="not-word",
        severity=Severity.FILE,
        message=f"The template cannot be read as a Word document: {why[:200]}.",
        remedy="Open it in Word and save it as a Word document (.docx).",
        file=path.name,
    )


def sources(path: Path) -> Iterator[tuple[str, str]]:
    """Each part of a template as docxtpl will run it, a paragraph a line."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(str(path))
    template.init_docx()
    yield "word/document.xml", _lines(template.patch_xml(template.get_xml()))
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            name = str(part.partname).lstrip("/")
            if _PARTS.fullmatch(name):
                yield name, _lines(template.patch_xml(template.get_part_xml(part)))
    for part in template.docx.part.package.iter_parts():
        if str(part.partname) == "/word/footnotes.xml":
            yield "word/footnotes.xml", _lines(template.patch_xml(part.blob.decode("utf-8")))


def replacing(path: Path) -> Iterator[Problem]:
    """Field tags that would put bare text in the place of a whole run, paragraph, row or cell."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(str(path))
    template.init_docx()
    for part in template.docx.part.package.iter_parts():
        if not _PARTS.fullmatch(str(part.partname).lstrip("/")):
            continue
        for line in _lines(part.blob.decode("utf-8", "replace")).split("\n"):
            for tag in _REPLACES.finditer(re.sub(r"<[^>]+>", "", line)):
                yield Problem(
                    code="replaces-its-place",
                    severity=Severity.FILE,
                    message=f"\u201c{tag.group()}\u201d would leave text outside of its paragraph "
                    "(such tags are for formatted text, which a report has none of).",
                    remedy=f"Write {{{{ {tag.group(1)} }}}}.",
                    file=path.name,
                )


def _lines(xml: str) -> str:
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml.replace("\n", " "))
