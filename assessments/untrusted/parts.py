"""Parts of an .xlsx archive as XML, and what every reader of them needs."""

from __future__ import annotations

import re

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class BadWorkbook(Exception):
    """The parts do not hold together; `code` and `fields` name the problem to show."""

    def __init__(self, code: str, **fields: str) -> None:
        self.code, self.fields = code, fields
        super().__init__(code)


def parsed(content: bytes) -> etree._Element:
    """The root of a part. Nothing is loaded, resolved or fetched; raises XML errors."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,  # a comment inside a value would cut it in two
    )
    return etree.fromstring(content, parser)


def rich(element: etree._Element) -> str:
    """The text of a string item: its own and its runs', without phonetic hints.

    Raises BadWorkbook where elements stand inside a text: programs differ in what they then read.
    """
    pieces = []
    for child in element:
        if child.tag == f"{MAIN}t":
            pieces.append(bare(child))
        elif child.tag == f"{MAIN}r":
            pieces.extend(bare(text) for text in child.iterfind(f"{MAIN}t"))
    return unescaped("".join(pieces))


def bare(element: etree._Element) -> str:
    """The text of an element that may hold nothing else. Raises BadWorkbook."""
    if len(element):
        raise BadWorkbook("bad-structure", reason="elements stand inside a text or a value")
    return element.text or ""


def unescaped(text: str) -> str:
    """Excel writes a control character as _x0001_."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
