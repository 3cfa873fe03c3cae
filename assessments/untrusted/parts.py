"""Parts of an .xlsx archive as XML, and what every reader of them needs."""

from __future__ import annotations

import re

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TEXT, _RUN = f"{MAIN}t", f"{MAIN}r"
_IN_AN_ITEM = frozenset([_TEXT, _RUN, f"{MAIN}rPh", f"{MAIN}phoneticPr"])
_IN_A_RUN = frozenset([_TEXT, f"{MAIN}rPr"])
_WHOLE = re.compile(r"[0-9]{1,9}")
_NUMERAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
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

    Raises BadWorkbook where anything else stands in it: programs differ in what they then read.
    """
    pieces = []
    for child in _only(element, _IN_AN_ITEM):
        if child.tag == _TEXT:
            pieces.append(bare(child))
        elif child.tag == _RUN:
            pieces.extend(bare(part) for part in _only(child, _IN_A_RUN) if part.tag == _TEXT)
    return unescaped("".join(pieces))


def _only(element: etree._Element, known: frozenset[str]) -> etree._Element:
    between = [element.text, *(child.tail for child in element)]
    if any(text and text.strip() for text in between):
        raise BadWorkbook("bad-structure", reason="a text stands outside its element")
    if any(child.tag not in known for child in element):
        raise BadWorkbook("bad-structure", reason="elements stand inside a text or a value")
    return element


def bare(element: etree._Element) -> str:
    """The text of an element that may hold nothing else. Raises BadWorkbook."""
    if len(element):
        raise BadWorkbook("bad-structure", reason="elements stand inside a text or a value")
    return element.text or ""


def whole(text: str) -> int:
    """A count or a place in a list. Raises ValueError for what no spreadsheet writes as one.

    Python alone, and so both readers, would also take -1, 1_0, ٣ and a blank before it.
    """
    if not _WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text)


def number_of(text: str) -> float:
    """A number as XML spells it, perhaps infinite as too large. Raises ValueError as `whole`."""
    if not _NUMERAL.fullmatch(text):
        raise ValueError(text)
    return float(text)


def unescaped(text: str) -> str:
    """Excel writes a control character as _x0001_."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
