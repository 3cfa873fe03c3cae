"""What Word would do on opening, done before: pictures in place, captions numbered, contents
listed, light text on dark cells. A reader on a telephone sees a finished document too."""

from __future__ import annotations

import io
from collections.abc import Mapping

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from lxml.etree import _Element

from assessments.report.canvas import Picture
from assessments.report.palette import PAPER, ink_on

_PAGE_HEIGHT = Cm(22)  # no picture is taller, whatever width a template gives it


def finish(document: Document, pictures: Mapping[str, Picture]) -> None:
    """Everything below, in order."""
    place_pictures(document, pictures)
    number_captions(document)
    close_cells(document)
    list_contents(document)


def place_pictures(document: Document, pictures: Mapping[str, Picture]) -> None:
    """Each placeholder gets the picture of its name at its own width; others stay as they are."""
    body = document.element.body
    for frame in list(body.iter(qn("wp:docPr"))):
        picture = pictures.get(frame.get("name", ""))
        holder = frame.getparent()
        if picture is None or holder is None:
            continue
        blip = next(holder.iter(qn("a:blip")), None)
        if blip is None:
            continue
        relation, _ = document.part.get_or_add_image(io.BytesIO(picture.png))
        blip.set(qn("r:embed"), relation)
        extent = holder.find(qn("wp:extent"))
        if extent is None:
            continue
        for side in ("distT", "distB", "distL", "distR"):
            holder.set(side, "0")  # without it LibreOffice moves the picture off the margin
        width = int(extent.get("cx", "0"))
        height = int(width * picture.height / picture.width)
        if height > _PAGE_HEIGHT:
            width, height = int(width * _PAGE_HEIGHT / height), int(_PAGE_HEIGHT)
        for size in (extent, *holder.iter(qn("a:ext"))):
            if size.get("cx") is not None:
                size.set("cx", str(width))
                size.set("cy", str(height))


def number_captions(document: Document) -> None:
    """Tables and figures numbered in the order in which they stand after sections were left out."""
    counts: dict[str, int] = {}
    for field in document.element.body.iter(qn("w:fldSimple")):
        words = field.get(qn("w:instr"), "").split()
        if len(words) > 1 and words[0] == "SEQ":
            counts[words[1]] = counts.get(words[1], 0) + 1
            for text in field.iter(qn("w:t")):
                text.text = str(counts[words[1]])


def close_cells(document: Document) -> None:
    """Every cell ends with a paragraph, as Word asks; text on a dark cell is light; empty lines
    inside a cell are taken out."""
    for cell in document.element.body.iter(qn("w:tc")):
        paragraphs = cell.findall(qn("w:p"))
        for paragraph in paragraphs[1:]:
            if not "".join(t.text or "" for t in paragraph.iter(qn("w:t"))).strip():
                cell.remove(paragraph)
        if not cell.findall(qn("w:p")):
            cell.append(OxmlElement("w:p"))
        shading = cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
        fill = shading.get(qn("w:fill"), "") if shading is not None else ""
        if len(fill) == 6 and ink_on(fill) == PAPER:
            _lighten(cell)


def _lighten(cell: _Element) -> None:
    for run in cell.iter(qn("w:r")):
        properties = run.find(qn("w:rPr"))
        if properties is None:
            properties = OxmlElement("w:rPr")
            run.insert(0, properties)
        if properties.find(qn("w:color")) is None:
            colour = OxmlElement("w:color")
            colour.set(qn("w:val"), PAPER)
            # order of w:rPr: after bold and its kin, before size
            later = [e for e in properties if e.tag in {qn("w:sz"), qn("w:szCs"), qn("w:lang")}]
            later[0].addprevious(colour) if later else properties.append(colour)


def list_contents(document: Document) -> None:
    """The table of contents, filled in: a link to each heading with its page as a field."""
    styles = {style.style_id: style.name for style in document.styles}
    headings: list[tuple[int, str, str]] = []
    toc = None
    for paragraph in document.element.body.iter(qn("w:p")):
        mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style = styles.get(mark.get(qn("w:val")), "") if mark is not None else ""
        if any("TOC " in (code.text or "") for code in paragraph.iter(qn("w:instrText"))):
            toc = paragraph
        elif style in {"Heading 1", "Heading 2", "Heading 3"}:
            name = f"_Toc{len(headings) + 1:06}"
            headings.append((int(style[-1]), _heading_text(paragraph), name))
            _wrap(paragraph, name, 500_000 + len(headings))
    if toc is not None and headings:
        ids = {str(style.name): str(style.style_id) for style in document.styles}
        _fill_contents(toc, headings, ids)


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


def _fill_contents(
    toc: _Element, headings: list[tuple[int, str, str]], ids: dict[str, str]
) -> None:
    """Replace the placeholder between `separate` and `end` by one line a heading."""
    runs = toc.findall(qn("w:r"))
    kinds = [_kind(run) for run in runs]
    opening = runs[: kinds.index("separate") + 1]
    closing = runs[kinds.index("end")]
    for run in runs:
        toc.remove(run)
    last = toc
    for n, (level, text, name) in enumerate(headings):
        line = OxmlElement("w:p") if n else toc
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
        style.set(qn("w:val"), ids.get(f"TOC {level}", ids["Normal"]))
        if n == 0:
            line.extend(opening)
        line.append(_entry(text, name))
        last = line
    last.append(closing)


def _kind(run: _Element) -> str:
    mark = run.find(qn("w:fldChar"))
    return "" if mark is None else str(mark.get(qn("w:fldCharType")))


def _entry(text: str, name: str) -> _Element:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), name)
    link.set(qn("w:history"), "1")
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


def _run(text: str) -> _Element:
    run, body = OxmlElement("w:r"), OxmlElement("w:t")
    body.set(qn("xml:space"), "preserve")
    body.text = text
    run.append(body)
    return run
