"""Printed ids in the Word file: each is a bookmark of the same name, every other mention a link.

A template marks the place that names a thing with the character style "Printed id" and a mention
with "Printed id reference"; only runs in these styles are read, so an answer that happens to look
like an id stays text. Bookmarks of our own begin with an underscore.
"""

from __future__ import annotations

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

from assessments.identifiers import PRINTED_ID

NAMES = "Printed id"
MENTIONS = "Printed id reference"
_FIRST = 100_000  # numbers of our bookmarks, above those of a template


def place_bookmarks(document: Document) -> tuple[str, ...]:
    """Make every printed id a bookmark; returns the ids in the order of their places.

    A thing that is mentioned but named nowhere gets its bookmark at the first mention; a name
    printed twice is a bookmark once, as Word asks. A run without an id is removed.
    """
    marked = _marked(document)
    named = {name for _, name, names in marked if names}
    placed: dict[str, int] = {}
    for run, name, names in marked:
        if name in placed or (name in named and not names):
            _link(run, name)
        else:
            placed[name] = _FIRST + len(placed)
            _bookmark(run, name, placed[name])
    return tuple(placed)


def _marked(document: Document) -> list[tuple[_Element, str, bool]]:
    """Runs in one of the two styles: the run, the id it prints, whether it names the thing."""
    styles = {
        style.style_id: style.name for style in document.styles if style.name in {NAMES, MENTIONS}
    }
    marked = []
    for mark in list(document.element.body.iter(qn("w:rStyle"))):
        style = styles.get(mark.get(qn("w:val")))
        run = next(mark.iterancestors(qn("w:r")), None)
        if style is None or run is None:
            continue
        name = "".join(text.text or "" for text in run.iter(qn("w:t"))).strip().strip("[]")
        if PRINTED_ID.match(name):
            marked.append((run, name, style == NAMES))
        elif (parent := run.getparent()) is not None:
            parent.remove(run)
    return marked


def _bookmark(run: _Element, name: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    run.addprevious(start)
    run.addnext(end)


def _link(run: _Element, name: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), name)
    link.set(qn("w:history"), "1")
    run.addprevious(link)
    link.append(run)
