"""What leads a reader through the document: the table of contents, the lists of tables and of
figures, and links where a sentence sends the reader to an annex. All of it is filled in as the
report is written; Word and LibreOffice bring the page numbers up to date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

_HEADINGS = {"Heading 1": 1, "Heading 2": 2, "Heading 3": 3}
_FIRST = 500_000  # numbers of our bookmarks, above those of printed ids
_OF_CAPTIONS = re.compile(r'TOC .*\\c "(\w+)"')
_ANNEX = re.compile(r"^(?P<label>[^\W\d_]+ \d+)[.:]")  # Annex 3. Answers

Line = tuple[str, str, str]  # style, text, bookmark


def list_contents(document: Document) -> None:
    """Fill the lists: a link to each heading, table and figure with its page as a field."""
    names = {style.style_id: str(style.name) for style in document.styles}
    ids = {name: style_id for style_id, name in names.items()}
    numbers = iter(range(_FIRST, 2 * _FIRST))
    headings: list[Line] = []
    captions: dict[str, list[Line]] = {}
    annexes: dict[str, str] = {}
    lists: list[tuple[_Element, str]] = []
    for paragraph in document.element.body.iter(qn("w:p")):
        mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style = names.get(mark.get(qn("w:val")), "") if mark is not None else ""
        code = "".join(one.text or "" for one in paragraph.iter(qn("w:instrText")))
        if "TOC " in code:
            of = _OF_CAPTIONS.search(code)
            lists.append((paragraph, of[1] if of else ""))
        elif style in _HEADINGS:
            name = f"_Toc{len(headings) + 1:06}"
            text = _heading_text(paragraph)
            headings.append((f"TOC {_HEADINGS[style]}", text, name))
            if found := _ANNEX.match(text):
                annexes[found["label"]] = name
            _wrap(paragraph, name, next(numbers))
        elif kind := _counted(paragraph):
            known = captions.setdefault(kind, [])
            name = f"_Toc{kind}{len(known) + 1:04}"
            text = "".join(one.text or "" for one in paragraph.iter(qn("w:t")))
            known.append(("table of figures", text.strip(), name))
            _wrap(paragraph, name, next(numbers))
    for paragraph, kind in lists:
        lines = captions.get(kind, []) if kind else headings
        if lines:
            _fill(paragraph, lines, ids)
        else:
            _take_out(paragraph)
    _link_annexes(document, annexes)


def _counted(paragraph: _Element) -> str:
    """What a caption counts: Table or Figure; empty for any other paragraph."""
    for field in paragraph.iter(qn("w:fldSimple")):
        words = field.get(qn("w:instr"), "").split()
        if len(words) > 1 and words[0] == "SEQ":
            return str(words[1])
    return ""


def _heading_text(paragraph: _Element) -> str:
    """The heading without the small printed id beside it."""
    return "".join(
        text.text or ""
        for run in paragraph.iter(qn("w:r"))
        if run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}") is None
        for text in run.iter(qn("w:t"))
    ).strip()


def _wrap(paragraph: _Element, name: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        paragraph.insert(0, start)
    else:
        properties.addnext(start)
    paragraph.append(end)


def _fill(first: _Element, lines: list[Line], ids: dict[str, str]) -> None:
    """Replace the placeholder between `separate` and `end` by one paragraph a line."""
    runs = first.findall(qn("w:r"))
    kinds = [_kind(run) for run in runs]
    opening = runs[: kinds.index("separate") + 1]
    closing = runs[kinds.index("end")]
    for run in runs:
        first.remove(run)
    last = first
    for n, (style_name, text, name) in enumerate(lines):
        line = OxmlElement("w:p") if n else first
        if n:
            last.addnext(line)
        properties = line.find(qn("w:pPr"))
        if properties is None:
            properties = OxmlElement("w:pPr")
            line.insert(0, properties)
        style = properties.find(qn("w:pStyle"))
        if style is None:
            style = OxmlElement("w:pStyle")
            properties.insert(0, style)
        style.set(qn("w:val"), ids.get(style_name, ids["Normal"]))
        if n == 0:
            line.extend(opening)
        line.append(_entry(text, name))
        last = line
    last.append(closing)


def _take_out(paragraph: _Element) -> None:
    """A list of nothing leaves, with the label above it."""
    label = paragraph.getprevious()
    parent = paragraph.getparent()
    if parent is not None:
        if label is not None and label.tag == qn("w:p"):
            parent.remove(label)
        parent.remove(paragraph)


def _kind(run: _Element) -> str:
    mark = run.find(qn("w:fldChar"))
    return "" if mark is None else str(mark.get(qn("w:fldCharType")))


def _entry(text: str, name: str) -> _Element:
    link = _linked(name)
    link.append(_run(text))
    tab = OxmlElement("w:r")
    tab.append(OxmlElement("w:tab"))
    link.append(tab)
    for kind in ("begin", "", "separate", "end"):
        run = OxmlElement("w:r")
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = f" PAGEREF {name} \\h "
        run.append(mark)
        link.append(run)
    return link


def _linked(name: str) -> _Element:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), name)
    link.set(qn("w:history"), "1")
    return link


def _run(text: str) -> _Element:
    run, body = OxmlElement("w:r"), OxmlElement("w:t")
    body.set(qn("xml:space"), "preserve")
    body.text = text
    run.append(body)
    return run


# --- cross-references -----------------------------------------------------------------------------


def _link_annexes(document: Document, annexes: dict[str, str]) -> None:
    """Where a sentence names an annex, its name becomes a link to it."""
    if not annexes:
        return
    named = re.compile("|".join(rf"{re.escape(label)}(?!\d)" for label in annexes))
    for run in list(_own_text(document)):
        text = run.find(qn("w:t"))
        if text is None or not (found := named.search(text.text or "")):
            continue
        whole = text.text or ""
        link = _linked(annexes[found.group()])
        before, inside, after = (deepcopy(run) for _ in range(3))
        for piece, said in (
            (before, whole[: found.start()]),
            (inside, found.group()),
            (after, whole[found.end() :]),
        ):
            body = piece.find(qn("w:t"))
            assert body is not None
            body.text = said
            body.set(qn("xml:space"), "preserve")
        link.append(inside)
        run.addprevious(before)
        run.addprevious(link)
        run.addprevious(after)
        parent = run.getparent()
        assert parent is not None
        parent.remove(run)


def _own_text(document: Document) -> Iterator[_Element]:
    """Runs of one text outside tables, headings and links: what institutions said is left alone."""
    styles = {s.style_id for s in document.styles if str(s.name) in _HEADINGS}
    for paragraph in document.element.body.findall(qn("w:p")):
        mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if mark is None or mark.get(qn("w:val")) not in styles:
            for run in paragraph.findall(qn("w:r")):
                if len(run.findall(qn("w:t"))) == 1 and run.find(qn("w:fldChar")) is None:
                    yield run
