"""The fixed texts of a template (headings, captions, labels) in the reader's language.

The default template is written in English; its texts are messages of the catalogues, with the
fields of the context as their values. A text that no catalogue knows stays as the officer wrote it,
so that a template in French stays French.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element

from assessments.language import Figures, Translator

CONTEXT = "report"  # of a message that means something else in a workbook
_TAG = re.compile(r"(\{%.*?%\})")
_FIELD = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_NAMED = re.compile(r"\{([^{}]+)\}")
_BETWEEN = "; "  # the items of a loop
_BEFORE = " .:"  # between the number of a caption and its text
_SAYS = re.compile(r"[^\W\d_]|:")  # letters, or a colon, which French parts from its word


def translate(document: Document, words: Translator) -> None:
    """Put every text that the catalogue knows into its language; fields stay where it puts them."""
    for part in parts(document):
        _join_runs(part)
        for text in part.iter(qn("w:t")):
            if text.text:
                text.text = "".join(_said(piece, words) for piece in _TAG.split(text.text))


def messages(document: Document) -> set[str]:
    """What of a template is for translators, as it stands in the catalogues."""
    found = set()
    for part in parts(document):
        _join_runs(part)
        for text in part.iter(qn("w:t")):
            for piece in _TAG.split(text.text or ""):
                message = _message(piece)
                if message:
                    found.add(message)
    return found


def parts(document: Document) -> Iterator[_Element]:
    """Body, headers and footers."""
    yield document.element.body
    for relation in document.part.rels.values():
        if relation.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
            yield relation.target_part.element


def _message(piece: str) -> str:
    """The message of a piece of text; empty where there is nothing to translate in it."""
    if piece.startswith("{%"):
        return ""
    message = _FIELD.sub(r"{\1}", piece.strip().lstrip(_BEFORE))
    return message if _SAYS.search(_NAMED.sub("", message)) else ""


def _said(piece: str, words: Translator) -> str:
    if piece == _BETWEEN:
        return Figures(words.language).semicolon
    message = _message(piece)
    if not {message, f"{CONTEXT}\x04{message}"} & words.texts.keys():
        return piece
    said = _NAMED.sub(r"{{ \1 }}", words.of(CONTEXT, message))
    inner = piece.strip().lstrip(_BEFORE)
    before, _, after = piece.partition(inner)
    return f"{before}{said}{after}"


def _join_runs(part: _Element) -> None:
    """Make one run of neighbours that look the same: Word parts a sentence where it was edited."""
    for mark in list(part.iter(qn("w:proofErr"))):
        _parent(mark).remove(mark)
    for run in list(part.iter(qn("w:r"))):
        before = run.getprevious()
        if before is None or before.tag != run.tag or not (_plain(before) and _plain(run)):
            continue
        if _look(before) == _look(run):
            last, text = before.findall(qn("w:t"))[-1], run.findall(qn("w:t"))
            last.text = (last.text or "") + "".join(one.text or "" for one in text)
            last.set(qn("xml:space"), "preserve")
            _parent(run).replace(run, before)


def _plain(run: _Element) -> bool:
    kinds = {child.tag for child in run} - {qn("w:rPr")}
    return kinds == {qn("w:t")}


def _look(run: _Element) -> bytes:
    look = run.find(qn("w:rPr"))
    return b"" if look is None else etree.tostring(look)


def _parent(element: _Element) -> _Element:
    parent = element.getparent()
    assert parent is not None  # it was found inside its part
    return parent
