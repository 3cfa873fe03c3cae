"""What Word would do on opening, done before: pictures in place, captions numbered, contents
listed, light text on dark cells. A reader on a telephone sees a finished document too."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from lxml.etree import _Element

from assessments.report.canvas import Picture
from assessments.report.contents import list_contents
from assessments.report.native_charts import NativeChart, place_charts
from assessments.report.palette import PAPER, ink_on

_PAGE_HEIGHT = Cm(22)  # no picture is taller, whatever width a template gives it


def finish(
    document: Document, pictures: Mapping[str, Sequence[Picture]], charts: Mapping[str, NativeChart]
) -> None:
    """Everything below, in order."""
    place_pictures(document, pictures)
    place_charts(document, charts)
    number_captions(document)
    close_cells(document)
    list_contents(document)


def place_pictures(document: Document, pictures: Mapping[str, Sequence[Picture]]) -> None:
    """Each placeholder gets the picture of its name at its own width, the next one the next sheet;
    others stay as they are."""
    body = document.element.body
    waiting = {name: iter(sheets) for name, sheets in pictures.items()}
    for frame in list(body.iter(qn("wp:docPr"))):
        picture = next(waiting.get(frame.get("name", ""), iter(())), None)
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
