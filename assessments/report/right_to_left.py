"""A document in a language that is written from the right: paragraphs, runs, tables and sections.

The template stays one for all languages; what Word calls left and right in a paragraph means its
beginning and its end there, so that alignment, indents and tabs turn with the direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

from assessments.language import direction
from assessments.report.native_charts import CHART
from assessments.report.template_words import parts

# A paragraph of the Convention, 18(3)(g), keeps its order between marks of direction.
_PARAGRAPH = re.compile(r"\d+(?:\(\w{1,4}\))+")
# A printed id in its brackets: one piece, after whatever ends before it.
_ID = re.compile(r"\[[A-Za-z][A-Za-z0-9_]{0,39}\]")
_LATIN = re.compile(r"[A-Za-z]")
_RIGHT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# What stands after each of our marks in its parent, by the order that the schema asks for.
_AFTER_BIDI = (
    "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
    "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl",
    "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
)  # fmt: skip
_AFTER_ALIGNED = _AFTER_BIDI[_AFTER_BIDI.index("jc") + 1 :]
_AFTER_RTL = ("cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath")
_AFTER_VISUAL = (
    "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc", "tblCellSpacing", "tblInd",
    "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription",
)  # fmt: skip
_AFTER_SECTION = ("rtlGutter", "docGrid", "printerSettings")
# Which country's spelling a word processor checks by.
_SPELLING = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ar": "ar-SA"}


def set_language(document: Document, language: str) -> None:
    """Say which language the document is in, and turn it where that is written from the right."""
    _spelling(document, language)
    if direction(language) == "rtl":
        _turn(document)


def _spelling(document: Document, language: str) -> None:
    tag = _SPELLING.get(language, language)
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), tag)
        lang.set(qn("w:bidi"), tag)
    document.core_properties.language = language


def _turn(document: Document) -> None:
    _bold_and_size(document.styles.element)
    _turn_lists(document)
    for part in parts(document):
        for paragraph in part.iter(qn("w:p")):
            if next(paragraph.iter(f"{{{CHART}}}chart"), None) is None:
                _mark(_properties(paragraph, "w:pPr"), "w:bidi", _AFTER_BIDI)
            else:  # there LibreOffice would write figures and Latin words backwards
                look = _properties(paragraph, "w:pPr")
                _mark(look, "w:jc", _AFTER_ALIGNED)
                for alignment in look.iter(qn("w:jc")):
                    alignment.set(qn("w:val"), "right")
        for run in part.iter(qn("w:r")):
            text = "".join(one.text or "" for one in run.iter(qn("w:t")))
            for one in run.iter(qn("w:t")):
                one.text = _PARAGRAPH.sub("\u200e\\g<0>\u200e", one.text or "")
                if _ID.fullmatch(one.text):
                    one.text = f"\u200f\u200e{one.text}\u200e"
            if _RIGHT.search(text) or not _LATIN.search(text):
                _mark(_properties(run, "w:rPr"), "w:rtl", _AFTER_RTL)
        for table in part.iter(qn("w:tblPr")):
            _mark(table, "w:bidiVisual", _AFTER_VISUAL)
        _bold_and_size(part)
    for section in document.element.body.iter(qn("w:sectPr")):
        _mark(section, "w:bidi", _AFTER_SECTION)


def _turn_lists(document: Document) -> None:
    """The styles whose lines a program writes anew: contents, tables, figures."""
    for style in document.styles:
        if str(style.name).startswith("TOC ") or style.name == "table of figures":
            _mark(_properties(style.element, "w:pPr"), "w:bidi", _AFTER_BIDI)


def _bold_and_size(part: _Element) -> None:
    """Complex scripts have weight and size of their own: the same as the text around them."""
    for plain, complex_ in (("w:b", "w:bCs"), ("w:i", "w:iCs"), ("w:sz", "w:szCs")):
        for one in list(part.iter(qn(plain))):
            parent = one.getparent()
            if parent is None or parent.tag != qn("w:rPr"):
                continue
            twin = parent.find(qn(complex_))
            if twin is None:
                twin = OxmlElement(complex_)
                one.addnext(twin)
            value = one.get(qn("w:val"))
            if value is not None:
                twin.set(qn("w:val"), value)


def _properties(owner: _Element, name: str) -> _Element:
    found = owner.find(qn(name))
    if found is None:
        found = OxmlElement(name)
        owner.insert(0, found)
    return found


def _mark(properties: _Element, name: str, after: Iterable[str]) -> None:
    """Set a switch, before whatever the schema wants behind it."""
    if properties.find(qn(name)) is not None:
        return
    later = {qn(f"w:{one}") for one in after}
    mark = OxmlElement(name)
    place = next((child for child in properties if child.tag in later), None)
    if place is None:
        properties.append(mark)
    else:
        place.addprevious(mark)
