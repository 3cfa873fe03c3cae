"""Makes the templates of the country report (the default), of the needs assessment alone, of the
country brief, and of the view of a region.

They are Word files that an officer can edit in Word. This script stands beside them so that
their design can be read and reviewed as text; after a change run

    python report_templates/make_project_design.py

Fields in double braces come from `assessments/report/context.py`; `README.md` lists them all.
"""

from __future__ import annotations

import argparse
import io
import struct
import zlib
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as TableType
from docx.table import _Cell
from docx.text.paragraph import Paragraph

FONT = "Arial"
NAVY, TEAL, QUIET, INK = "17365D", "1F6F8B", "5A6672", "1B2430"
RULE, SAND, MIST = "B8C4CE", "F4EFE6", "EAF1F5"
PORTRAIT, LANDSCAPE = 17.0, 25.7  # text width in cm on A4 with margins of 2 cm
Row = list[str | tuple[str, str]]  # a cell is its text, or its text and the field of its shade


def make(language: str = "en") -> DocumentType:
    """The template as a python-docx document."""
    doc = _empty("Template of the country report", language)
    _cover(doc)
    _contents(doc)
    _summary(doc)
    _profile(doc)
    _part_a(doc)
    _part_b(doc)
    _landscape(doc)
    _closing(doc)
    _responses(doc)
    _annexes(doc)
    for section in doc.sections:
        _header_footer(section)
    return doc


def make_needs_assessment() -> DocumentType:
    """The findings alone, for a Government that has not asked for a project yet."""
    doc = _empty("Template of the needs assessment")
    _cover(doc, "Needs assessment \u00b7 round {{ cover.round }}")
    _contents(doc)
    _summary(doc, project=False)
    _profile(doc)
    _part_a(doc, project=False)
    _responses(doc)
    _annexes(doc, project=False)
    _header_footer(doc.sections[0])
    return doc


def make_country_brief() -> DocumentType:
    """Two pages for whoever has ten minutes: the findings, then what is proposed."""
    doc = _empty("Template of the country brief")
    _brief_findings(doc)
    _brief_project(doc)
    _header_footer(doc.sections[0])
    return doc


def make_regional_view() -> DocumentType:
    """What holds between several States, and what they could do together."""
    doc = _empty("Template of the view of a region")
    _region_cover(doc)
    _region_corridors(doc)
    _region_together(doc)
    _header_footer(doc.sections[0], "View of a region \u00b7 round {{ cover.round }}")
    return doc


def _region_cover(doc: DocumentType) -> None:
    _text(doc, "{{ cover.what_it_is }}", "Label")
    title = _text(doc, "View of a region", "Title")
    title.runs[0].font.size = Pt(24)
    _text(doc, "{{ cover.country }}", "Subtitle")
    _text(doc, "{{ cover.title }} \u00b7 round {{ cover.round }}", "Lead")
    _edge(doc.paragraphs[-1], "bottom", TEAL)
    _text(doc, "{{ cover.status_line }}", "Big Mark").paragraph_format.space_before = Pt(12)
    _text(doc, "{{ cover.version }} \u00b7 {{ cover.date }}")
    _text(doc, "{{ cover.version_line }}", "Note")
    _p(doc, "if cover.fictional")
    _text(doc, "**{{ cover.fictional }}**")
    _p(doc, "endif")
    _caption(doc, "Table", "The States, and the reports that this view rests on")
    _table(
        doc,
        ["Country", "Report", "Run"],
        [6.0, 7.0, 4.0],
        "item in members",
        ["**{{ item.name }}**", "{{ item.status }}", "{{ item.run }}"],
    )
    _text(doc, "What this document is not", "Label").paragraph_format.space_before = Pt(14)
    _p(doc, "for paragraph in disclaimer")
    _text(doc, "{{ paragraph }}", "Note")
    _p(doc, "endfor")
    _text(doc, "Limits", "Label")
    _p(doc, "for item in limits")
    _text(doc, "{{ item }}", "Note")
    _p(doc, "endfor")


def _region_corridors(doc: DocumentType) -> None:
    _heading(doc, "What cooperation between these States rests on", 1, new_page=True)
    _p(doc, "for paragraph in reading")
    _text(doc, "{{ paragraph }}")
    _p(doc, "endfor")
    _p(doc, "if left_out")
    _text(doc, "{{ left_out }}", "Note")
    _p(doc, "endif")
    _p(doc, "for form in forms")
    _heading(doc, "{{ form.name }}", 2)
    _caption(doc, "Table", "{{ form.name }}: what each direction carries at most, and why")
    widths = [3.0, 3.0, 1.7, 2.9, 6.4]
    head = ["State that asks", "State that is asked", "At most", "Weakest link", "Held back by"]
    table = _grid(doc, head, widths, (2,))
    _tag_row(table, "for item in form.directions")
    _fill(
        table.add_row(),
        [
            "{{ item.requesting }}",
            "{{ item.requested }}",
            ("**{{ item.level }}**", "item.shade"),
            "{{ item.weakest }}",
            "",
        ],
        figures=(2,),
    )
    _held_by(table.rows[-1].cells[4], "item.held_by", "{{ item.shared }} {{ item.unknown }}")
    _tag_row(table, "endfor")
    _finish(table, widths)
    _p(doc, "endfor")


def _region_together(doc: DocumentType) -> None:
    _heading(doc, "What these States could do together", 1, new_page=True)
    _text(doc, "{{ joint_lead }}")
    _p(doc, "if joint")
    _caption(doc, "Table", "Activities that cost less together, without support cost")
    _table(
        doc,
        ["Activity", "States", "Apart", "Together", "Saved", "Why"],
        [3.6, 2.7, 2.4, 2.6, 2.3, 3.4],
        "item in joint",
        [
            "**{{ item.title }}**",
            "{{ item.states }}",
            "{{ item.apart }}",
            "**{{ item.together }}**",
            "{{ item.saved }}",
            "{{ item.why }}",
        ],
        figures=(2, 3, 4),
    )
    _p(doc, "endif")
    _p(doc, "if networks")
    _caption(doc, "Table", "Networks in which these States could meet")
    _table(
        doc,
        ["Network", "For", "Members", "Could join"],
        [6.4, 3.2, 3.7, 3.7],
        "item in networks",
        [
            "**{{ item.name }}**",
            "{{ item.kind }}",
            "{{ item.members }}",
            "{{ item.could_join }}",
        ],
    )
    _p(doc, "endif")
    _p(doc, "if shared")
    _heading(doc, "Gaps that these States share", 2)
    _text(doc, "{{ shared_lead }}")
    _caption(doc, "Table", "Sub-dimensions below target in at least half of the States")
    _table(
        doc,
        ["Sub-dimension", "States", "0", "1", "2", "3", "4", "Below target"],
        [7.4, 1.6, 1.2, 1.2, 1.2, 1.2, 1.2, 2.0],
        "item in shared",
        [
            "{{ item.name }}",
            "{{ item.known }}",
            "{{ item.absent }}",
            "{{ item.initial }}",
            "{{ item.partial }}",
            "{{ item.functional }}",
            "{{ item.sustained }}",
            "{{ item.below }}",
        ],
        figures=(1, 2, 3, 4, 5, 6, 7),
    )
    _p(doc, "endif")


def _held_by(cell: _Cell, items: str, note: str) -> None:
    """Levels that hold a chain back, each with its id, and what is not known."""
    _named(cell.paragraphs[0], items)
    below = cell.add_paragraph(style="Table Text")
    _write(below, note)
    below.runs[0].font.italic = True


def _brief_findings(doc: DocumentType) -> None:
    title = _text(doc, "{{ cover.country }}", "Title")
    title.runs[0].font.size = Pt(20)
    _text(doc, "Country brief \u00b7 round {{ cover.round }}", "Lead")
    _text(doc, "{{ cover.status_line }}. {{ cover.validation }} {{ cover.version }}.", "Note")
    _p(doc, "if cover.fictional")
    _text(doc, "**{{ cover.fictional }}**", "Note")
    _p(doc, "endif")
    _text(doc, "{{ summary.scope }}")
    _since(doc)
    _text(doc, "What works", "Label")
    _p(doc, "if not summary.strengths")
    _text(doc, "{{ summary.strengths_lead }}")
    _p(doc, "endif")
    _bullets(doc, "summary.strengths", "{{ item.text }} ~item.id")
    _text(doc, "Where the gaps are", "Label")
    _p(doc, "if not summary.gaps")
    _text(doc, "{{ summary.gaps_lead }}")
    _p(doc, "endif")
    _bullets(doc, "summary.gaps", "{{ item.text }} ~item.id")
    _text(doc, "The Convention", "Label")
    _text(doc, "{{ summary.compliance }}")
    _caption(doc, "Table", "Profile by dimension")
    _profile_table(doc, "dimension_profile", "~item.id")
    _profile_note(doc)


def _brief_project(doc: DocumentType) -> None:
    _text(doc, "What is proposed for discussion", "Label")
    _text(doc, "{{ summary.project }}")
    _bullets(doc, "summary.different", "{{ item.text }} ~item.id")
    _packages(doc)
    _p(doc, "if priorities.gaps")
    _caption(doc, "Figure", "{{ charts.priority_matrix.caption }}")
    _picture(doc, "priority_matrix", 13.6, 8.4)
    _p(doc, "endif")
    _text(doc, "{{ summary.caution }}", "Note").paragraph_format.space_before = Pt(6)
    _p(doc, "for paragraph in disclaimer")
    _p(doc, "if loop.first")
    _text(doc, "{{ paragraph }}", "Note")
    _p(doc, "endif")
    _p(doc, "endfor")


def _empty(title: str, language: str = "en") -> DocumentType:
    """A document with our styles and nothing in it."""
    doc = Document()
    _styles(doc)
    _page(doc.sections[0])
    doc.core_properties.title = title
    doc.core_properties.author = ""
    doc.core_properties.comments = ""
    doc.core_properties.language = language
    return doc


# --- styles and pages -----------------------------------------------------------------------------


def _styles(doc: DocumentType) -> None:
    normal = doc.styles["Normal"]
    _font(normal, 9.5, INK)
    normal.paragraph_format.space_after = Pt(5)
    normal.paragraph_format.line_spacing = 1.12
    normal.paragraph_format.widow_control = True
    for name, size, colour, before, after in (
        ("Title", 28, NAVY, 0, 4),
        ("Subtitle", 14, TEAL, 0, 6),
        ("Heading 1", 19, NAVY, 0, 8),
        ("Heading 2", 14, NAVY, 16, 5),
        ("Heading 3", 12, TEAL, 14, 4),
        ("Heading 4", 10.5, NAVY, 12, 3),
        ("Caption", 8.5, QUIET, 8, 3),
    ):
        style = doc.styles[name]
        _font(style, size, colour, bold=name != "Subtitle")
        style.font.italic = False
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.keep_with_next = True
        # Word's title styles part their letters, which tears Arabic words
        for mark in ("w:pBdr", "w:spacing", "w:kern"):
            for found in style.element.findall(f".//{qn(mark)}"):
                if mark == "w:pBdr" or found.getparent().tag == qn("w:rPr"):
                    found.getparent().remove(found)
    for name, base, size, colour in (
        ("Lead", "Normal", 11.5, NAVY),
        ("Note", "Normal", 8.5, QUIET),
        ("Table Text", "Normal", 8, INK),
        ("Table Figure", "Table Text", 8, INK),
        ("Table Head", "Table Text", 8, "FFFFFF"),
        ("Table Annex", "Table Text", 6.5, INK),
        ("Table Annex Figure", "Table Annex", 6.5, INK),
        ("Big Mark", "Normal", 13, TEAL),
        ("Label", "Normal", 8.5, TEAL),
    ):
        style = doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = doc.styles[base]
        _font(style, size, colour, bold=name in {"Table Head", "Big Mark", "Label"})
        if name.startswith("Table"):
            style.paragraph_format.space_after = Pt(0 if "Annex" in name else 1)
            style.paragraph_format.line_spacing = 1.0
    for name in ("Table Figure", "Table Annex Figure"):
        doc.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    doc.styles["Label"].paragraph_format.space_before = Pt(6)
    doc.styles["Label"].paragraph_format.space_after = Pt(2)
    doc.styles["Label"].paragraph_format.keep_with_next = True
    bullet = doc.styles["List Bullet"]
    bullet.paragraph_format.space_after = Pt(3)
    for name in ("Printed id", "Printed id reference"):
        style = doc.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        _font(style, 5.5, "6B7782")
    for level in (1, 2, 3):
        style = doc.styles.add_style(f"TOC {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = doc.styles["Normal"]
        _font(style, 10 if level < 3 else 9, NAVY if level == 1 else INK, bold=level == 1)
        style.paragraph_format.left_indent = Cm(0.6 * (level - 1))
        style.paragraph_format.space_after = Pt(2)
        style.paragraph_format.space_before = Pt(7 if level == 1 else 0)
        style.paragraph_format.tab_stops.add_tab_stop(Cm(PORTRAIT), WD_TAB_ALIGNMENT.RIGHT)
    style = doc.styles.add_style("table of figures", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = doc.styles["Normal"]
    _font(style, 8.5, INK)
    style.paragraph_format.space_after = Pt(1)
    style.paragraph_format.line_spacing = 1.0
    style.paragraph_format.tab_stops.add_tab_stop(Cm(PORTRAIT), WD_TAB_ALIGNMENT.RIGHT)


def _font(style: object, size: float, colour: str, *, bold: bool = False) -> None:
    font = style.font  # type: ignore[attr-defined]
    font.name, font.size, font.bold = FONT, Pt(size), bold
    font.color.rgb = RGBColor.from_string(colour)
    properties = style.element.get_or_add_rPr()  # type: ignore[attr-defined]
    complex_size = OxmlElement("w:szCs")  # Arabic in the size of the text around it
    complex_size.set(qn("w:val"), str(int(size * 2)))
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    properties.find(qn("w:sz")).addnext(complex_size)
    fonts = properties.get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), FONT)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(theme), None)


def _page(section: Section, *, landscape: bool = False) -> None:
    section.page_width, section.page_height = (
        (Cm(29.7), Cm(21.0)) if landscape else (Cm(21.0), Cm(29.7))
    )
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2)
    section.header_distance = section.footer_distance = Cm(1)


def _header_footer(
    section: Section, left: str = "{{ cover.country }} \u00b7 round {{ cover.round }}"
) -> None:
    width = LANDSCAPE if section.orientation == WD_ORIENT.LANDSCAPE else PORTRAIT
    for part, begin, right, edge in (
        (
            section.header,
            left,
            "{{ cover.status }} \u00b7 {{ cover.version }}",
            "bottom",
        ),
        (section.footer, "{{ cover.what_it_is }}", "Page ", "top"),
    ):
        part.is_linked_to_previous = False
        line = part.paragraphs[0]
        line.style = "Note"
        line.paragraph_format.space_after = Pt(0)
        line.paragraph_format.tab_stops.clear_all()
        line.paragraph_format.tab_stops.add_tab_stop(Cm(width), WD_TAB_ALIGNMENT.RIGHT)
        line.add_run(f"{begin}\t{right}")
        if edge == "top":
            _field(line, "PAGE")
            line.add_run(" of ")
            _field(line, "NUMPAGES")
        _edge(line, edge)


def _edge(paragraph: Paragraph, side: str, colour: str = RULE) -> None:
    borders = OxmlElement("w:pBdr")
    border = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "4"), ("color", colour)):
        border.set(qn(f"w:{name}"), value)
    borders.append(border)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
    )


def _field(paragraph: Paragraph, instruction: str, shown: str = "1") -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {instruction} ")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


# --- building blocks ------------------------------------------------------------------------------


def _heading(doc: DocumentType, text: str, level: int, *, new_page: bool = False) -> Paragraph:
    paragraph = doc.add_heading("", level)
    if new_page:
        paragraph.paragraph_format.page_break_before = True
    _write(paragraph, text)
    return paragraph


def _text(doc: DocumentType, text: str, style: str = "Normal") -> Paragraph:
    paragraph = doc.add_paragraph(style=style)
    _write(paragraph, text)
    return paragraph


def _write(paragraph: Paragraph, text: str, id_size: float = 0) -> None:
    """Text with marks: `#x.id` names a thing (bookmark), `~x.id` refers to it, `**` is bold."""
    for n, chunk in enumerate(text.split("**")):
        for word in _marks(chunk):
            if word[:1] in {"#", "~"}:
                style = "Printed id" if word[0] == "#" else "Printed id reference"
                if paragraph.runs:  # at the beginning of a line no space stands before it
                    paragraph.add_run(" ")
                run = paragraph.add_run(f"[{{{{ {word[1:]} }}}}]", style=style)
                if id_size:
                    run.font.size = Pt(id_size)
            elif word:
                paragraph.add_run(word).bold = True if n % 2 else None


def _marks(chunk: str) -> list[str]:
    parts: list[str] = [""]
    for word in chunk.split(" "):
        if word[:1] in {"#", "~"} and len(word) > 2:
            parts[-1] = parts[-1].removesuffix(" ")
            parts += [word, ""]
        else:
            parts[-1] += f"{word} "
    parts[-1] = parts[-1].removesuffix(" ")
    return parts


def _p(doc: DocumentType, tag: str) -> None:
    """A paragraph that holds a tag only; it leaves no trace in the report."""
    doc.add_paragraph(f"{{%p {tag} %}}", style="Note").paragraph_format.space_after = Pt(0)


def _bullets(doc: DocumentType, items: str, text: str) -> None:
    _p(doc, f"for item in {items}")
    _text(doc, text, "List Bullet")
    _p(doc, "endfor")


def _caption(doc: DocumentType, kind: str, text: str) -> None:
    before = doc.paragraphs[-1]
    drawn = before._p.find(f".//{qn('w:drawing')}") is not None
    # a sentence stays with the table it leads to; a picture fills a page of its own
    if not drawn and not before.text.startswith("{%"):
        before.paragraph_format.keep_with_next = True
    paragraph = doc.add_paragraph(style="Caption")
    paragraph.add_run(f"{kind} ")
    _field(paragraph, f"SEQ {kind} \\* ARABIC")
    paragraph.add_run(f". {text}")


def _table(
    doc: DocumentType,
    head: list[str],
    widths: list[float],
    loop: str,
    row: Row,
    *,
    figures: tuple[int, ...] = (),
    annex: bool = False,
    together: bool = False,
) -> None:
    """A table of one loop: repeated header row, rows that do not break, rules between rows.

    `together`: a short one, which stands on one page.
    """
    table = _grid(doc, head, widths, figures, annex=annex)
    _tag_row(table, f"for {loop}")
    filled = table.add_row()
    _fill(filled, row, figures, annex=annex)
    if together:
        _keep_rows(filled)
    _tag_row(table, "endfor")
    _finish(table, widths)


def _grid(  # type: ignore[no-untyped-def]
    doc: DocumentType,
    head: list[str],
    widths: list[float],
    figures: tuple[int, ...] = (),
    *,
    annex: bool = False,
):
    table = doc.add_table(rows=1, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE)):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    margins = OxmlElement("w:tblCellMar")
    close = (("top", 15), ("left", 60), ("bottom", 10), ("right", 60))
    wide = (("top", 30), ("left", 80), ("bottom", 20), ("right", 80))
    for side, width in close if annex else wide:
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(borders)
    table._tbl.tblPr.append(margins)
    if any(head):
        for n, (cell, text) in enumerate(zip(table.rows[0].cells, head, strict=True)):
            if n in figures:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
            cell.paragraphs[0].style = "Table Head"
            cell.paragraphs[0].add_run(text)
            cell.paragraphs[0].paragraph_format.keep_with_next = True
            _shade(cell, NAVY)
        repeat = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeat)
    else:
        table._tbl.remove(table.rows[0]._tr)
    return table


def _tag_row(table, tag: str) -> None:  # type: ignore[no-untyped-def]
    table.add_row().cells[0].text = f"{{%tr {tag} %}}"


def _fill(  # type: ignore[no-untyped-def]
    row, texts: Row, figures: tuple[int, ...] = (), shade: str = "", *, annex: bool = False
) -> None:
    unsplit = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(unsplit)
    for n, (cell, spec) in enumerate(zip(row.cells, texts, strict=True)):
        text, colour = spec if isinstance(spec, tuple) else (spec, "")
        lines = text.split("\n")
        if colour:
            lines[0] = f"{{% cellbg {colour} %}}{lines[0]}"
        for at, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            text_style = "Table Annex" if annex else "Table Text"
            figure_style = "Table Annex Figure" if annex else "Table Figure"
            paragraph.style = figure_style if n in figures else text_style
            _write(paragraph, line, 5 if annex else 0)
        if shade:
            _shade(cell, shade)


def _finish(table, widths: list[float]) -> None:  # type: ignore[no-untyped-def]
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)


def _shade(cell: _Cell, colour: str) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def _box(
    doc: DocumentType,
    loop: str,
    first: float = 4.0,
    *,
    annex: bool = False,
    together: bool = False,
) -> None:
    """Label and value, one row each, on a quiet ground.

    `together`: a short one, which stands on one page.
    """
    width = PORTRAIT
    table = _grid(doc, ["", ""], [first, width - first], annex=annex)
    _tag_row(table, f"for fact in {loop}")
    row = table.add_row()
    _fill(row, ["**{{ fact.label }}**", "{{ fact.value }}"], annex=annex)
    _shade(row.cells[0], MIST)
    if together:
        _keep_rows(row)
    _tag_row(table, "endfor")
    _finish(table, [first, width - first])


def _picture(doc: DocumentType, name: str, width: float, height: float, of: str = "") -> None:
    """A placeholder an officer can move and resize; its name says which picture takes its place."""
    paragraph = doc.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(4)
    picture = paragraph.add_run().add_picture(io.BytesIO(_png()), Cm(width), Cm(height))
    properties = picture._inline.docPr
    properties.set("name", name)
    properties.set("descr", f"{{{{ {of or f'charts.{name}'}.alternative_text }}}}")


def _png() -> bytes:
    """A pale grey picture of 8 x 8 points."""
    rows = b"".join(b"\0" + b"\xe3\xe6\xe9" * 8 for _ in range(8))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


# --- the report -----------------------------------------------------------------------------------


WHOLE = "Needs assessment and tailored project design \u00b7 round {{ cover.round }}"


def _cover(doc: DocumentType, lead: str = WHOLE) -> None:
    for _ in range(3):
        doc.add_paragraph()
    _text(doc, "{{ cover.what_it_is }}", "Label")
    title = doc.add_paragraph(style="Title")
    title.add_run("{{ cover.country }}")
    _text(doc, "{{ cover.title }}", "Subtitle")
    _text(doc, lead, "Lead")
    _edge(doc.paragraphs[-1], "bottom", TEAL)
    _text(doc, "{{ cover.status_line }}", "Big Mark").paragraph_format.space_before = Pt(18)
    _text(doc, "{{ cover.validation }}")
    _text(doc, "{{ cover.version }} \u00b7 {{ cover.date }}", "Lead")
    _text(doc, "{{ cover.version_line }}", "Note")
    _p(doc, "if cover.fictional")
    _text(doc, "**{{ cover.fictional }}**")
    _p(doc, "endif")
    _text(doc, "In whose service", "Label").paragraph_format.space_before = Pt(30)
    _p(doc, "for paragraph in service")
    if lead != WHOLE:  # the second paragraph presents the parts of the whole report
        _p(doc, "if loop.first")
    _text(doc, "{{ paragraph }}")
    if lead != WHOLE:
        _p(doc, "endif")
    _p(doc, "endfor")
    _text(doc, "What this document is not", "Label").paragraph_format.space_before = Pt(30)
    _p(doc, "for paragraph in disclaimer")
    _text(doc, "{{ paragraph }}", "Note")
    _p(doc, "endfor")


def _contents(doc: DocumentType) -> None:
    heading = _text(doc, "Contents", "Title")
    heading.paragraph_format.page_break_before = True
    heading.runs[0].font.size = Pt(19)
    _list_field(doc, "TOC 1", 'TOC \\o "1-3" \\h \\z \\u')
    for kind, title in (("Table", "Tables"), ("Figure", "Figures")):
        label = _text(doc, title, "Label")
        label.paragraph_format.space_before = Pt(10)
        label.paragraph_format.page_break_before = kind == "Table"
        _list_field(doc, "table of figures", f'TOC \\h \\z \\c "{kind}"')


def _list_field(doc: DocumentType, style: str, instruction: str) -> None:
    """A field that lists headings or captions; the report is written with its lines in it."""
    paragraph = doc.add_paragraph(style=style)
    for kind, code in (("begin", ""), ("", f" {instruction} "), ("separate", "")):
        run = paragraph.add_run()._r
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            if kind == "begin":
                mark.set(qn("w:dirty"), "true")
            run.append(mark)
        else:
            text = OxmlElement("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = code
            run.append(text)
    paragraph.add_run("This list is made when the report is written.")
    end = OxmlElement("w:fldChar")
    end.set(qn("w:fldCharType"), "end")
    paragraph.add_run()._r.append(end)


def _summary(doc: DocumentType, *, project: bool = True) -> None:
    _heading(doc, "Executive summary", 1, new_page=True)
    _text(doc, "{{ summary.scope }}", "Lead")
    _text(doc, "{{ summary.caution }}")
    _since(doc)
    _caption(doc, "Figure", "{{ charts.profile.caption }}")
    _picture(doc, "profile", 17.0, 6.8)
    _heading(doc, "What works", 2)
    _text(doc, "{{ summary.strengths_lead }}")
    _bullets(doc, "summary.strengths", "{{ item.text }} ~item.id")
    _heading(doc, "Where the gaps are", 2)
    _text(doc, "{{ summary.gaps_lead }}")
    _bullets(doc, "summary.gaps", "{{ item.text }} ~item.id")
    _heading(doc, "The Convention", 2)
    _text(doc, "{{ summary.compliance }}")
    if project:
        _proposed(doc)


def _since(doc: DocumentType) -> None:
    """What moved since the round before, where there was one."""
    _p(doc, "if progress.lines")
    _text(doc, "{{ progress.short }}")
    _p(doc, "endif")


def _proposed(doc: DocumentType) -> None:
    _heading(doc, "What is proposed for discussion", 2)
    _text(doc, "{{ summary.project }}")
    _p(doc, "if summary.different")
    _text(doc, "What is different for {{ cover.country }}", "Label")
    _bullets(doc, "summary.different", "{{ item.text }} ~item.id")
    _p(doc, "endif")
    _packages(doc)


def _packages(doc: DocumentType) -> None:
    _p(doc, "if project.packages")
    _caption(doc, "Table", "Three packages to choose from")
    _table(
        doc,
        ["Package", "For", "Interventions", "Ceiling", "Total with support cost"],
        [3.6, 4.8, 2.4, 2.9, 3.3],
        "item in project.packages",
        [
            "**{{ item.name }}** ~item.id",
            "{{ item.meaning }}",
            "{{ item.count }}",
            "{{ item.ceiling }}",
            "**{{ item.total }}**",
        ],
        figures=(2, 3, 4),
    )
    _p(doc, "endif")


def _profile(doc: DocumentType) -> None:
    _heading(doc, "Profile on one page", 1, new_page=True)
    _caption(doc, "Figure", "{{ charts.heat_map.caption }}")
    _picture(doc, "heat_map", 17.0, 17.0)
    _caption(doc, "Table", "Profile by dimension")
    _profile_table(doc, "dimension_profile", "~item.id")
    _profile_note(doc)


def _profile_note(doc: DocumentType) -> None:
    _p(doc, "if profile_note")
    _text(doc, "{{ profile_note }}", "Note").paragraph_format.space_before = Pt(3)
    _p(doc, "endif")


def _profile_table(doc: DocumentType, rows: str, mark: str) -> None:
    _table(
        doc,
        ["Part", "Level", "", "Lowest to highest", "Coverage", "With a level"],
        [6.3, 1.6, 2.6, 2.6, 1.9, 2.0],
        f"item in {rows}",
        [
            f"{{{{ item.name }}}} {mark}",
            ("**{{ item.level }}**", "item.shade"),
            "{{ item.word }}",
            "{{ item.range }}",
            "{{ item.coverage }}",
            "{{ item.scored }}",
        ],
        figures=(1, 3, 4, 5),
        together=True,
    )


def _part_a(doc: DocumentType, *, project: bool = True) -> None:
    _heading(doc, "Part A. Findings", 1, new_page=True)
    _heading(doc, "Purpose, method and limits", 2)
    _p(doc, "for paragraph in purpose")
    _text(doc, "{{ paragraph }}")
    _p(doc, "endfor")
    _text(doc, "Limits", "Label")
    _bullets(doc, "limits", "{{ item }}")
    _heading(doc, "Who answered, and what stands behind the findings", 2)
    _box(doc, "provenance.facts")
    _text(
        doc,
        "Coverage: {{ provenance.coverage.text }} #provenance.coverage.id",
    ).paragraph_format.space_before = Pt(6)
    _p(doc, "if provenance.respondents")
    _caption(doc, "Table", "Institutions that answered")
    _table(
        doc,
        ["Institution", "Received", "Version", "Asked", "Answered", "With document", "Unusable"],
        [3.7, 3.5, 1.6, 2.1, 2.0, 2.1, 2.0],
        "item in provenance.respondents",
        [
            "{{ item.institution }}",
            "{{ item.received }}",
            "{{ item.version }}",
            "{{ item.asked }}",
            "{{ item.answered }}",
            "{{ item.with_evidence }}",
            "{{ item.unusable }}",
        ],
        figures=(2, 3, 4, 5, 6),
    )
    _p(doc, "endif")
    _p(doc, "if provenance.silent")
    _text(doc, "{{ provenance.silent }}").paragraph_format.space_before = Pt(6)
    _p(doc, "endif")
    _p(doc, "if provenance.divergence")
    _text(doc, "{{ provenance.divergence }}").paragraph_format.space_before = Pt(6)
    _bullets(doc, "provenance.divergences", "{{ item.text }} ~item.id")
    _p(doc, "endif")
    _p(doc, "if form_profile")
    _heading(doc, "Profile by form of cooperation", 2)
    _text(
        doc,
        "Formal and informal channels are shown apart: informal channels are often the quickest "
        "help while laws are being drafted.",
    )
    _caption(doc, "Table", "Profile by form of cooperation")
    _profile_table(doc, "form_profile", "#item.id")
    _profile_note(doc)
    _p(doc, "endif")
    _heading(doc, "Findings by dimension", 2)
    _p(doc, "for dimension in dimensions")
    _dimension(doc, project=project)
    _p(doc, "endfor")
    _progress(doc)
    _p(doc, "if rates")
    _heading(doc, "The country\u2019s own figures", 2)
    _caption(doc, "Table", "Indicators from reported figures, always with their counts")
    _table(
        doc,
        ["Indicator", "Value", "Counts"],
        [9.6, 3.7, 3.7],
        "item in rates",
        ["{{ item.label }}", "**{{ item.value }}**", "{{ item.counts }}"],
        figures=(1, 2),
    )
    _p(doc, "endif")
    _compliance(doc)
    _priorities(doc)


def _progress(doc: DocumentType) -> None:
    _p(doc, "if progress.lines")
    _heading(doc, "Progress since round {{ progress.round }}", 2)
    _text(doc, "{{ progress.sentence }}")
    _caption(doc, "Table", "Baseline, now and target by sub-dimension")
    _table(
        doc,
        ["Sub-dimension", "Baseline", "Now", "Target", "Change", "Questions", "Not comparable"],
        [4.9, 3.2, 1.3, 1.4, 1.6, 1.8, 2.8],
        "item in progress.lines",
        [
            "{{ item.name }} ~item.id",
            "{{ item.baseline }} ~item.baseline_id",
            "**{{ item.now }}**",
            "{{ item.target }}",
            "{{ item.change }}",
            "{{ item.shared }}",
            "{{ item.note }}",
        ],
        figures=(1, 2, 3, 4, 5),
    )
    _p(doc, "endif")


def _dimension(doc: DocumentType, *, project: bool = True) -> None:
    _heading(doc, "{{ dimension.name }}", 3)
    _text(doc, "{{ dimension.situation }} #dimension.id")
    _p(doc, "if dimension.evidence")
    _text(doc, "{{ dimension.evidence }}")
    _p(doc, "endif")
    _p(doc, "if dimension.scores")
    _caption(doc, "Table", "{{ dimension.name }}: level and evidence")
    _table(
        doc,
        ["Sub-dimension", "Level", "What that means", "Interval", "Target", "Coverage", "Evidence"],
        [3.5, 1.6, 5.0, 1.6, 1.4, 1.9, 2.0],
        "item in dimension.scores",
        [
            "{{ item.name }}\n#item.id",
            ("**{{ item.level }}**", "item.shade"),
            "**{{ item.word }}**\n{{ item.text }}\n{{ item.note }}\n{{ item.self_rated }}"
            "\n{{ item.government }}",
            "{{ item.interval }}",
            "{{ item.target }}",
            "{{ item.coverage }}",
            "{{ item.evidence }}",
        ],
        figures=(1, 3, 4, 5),
    )
    _p(doc, "endif")
    _p(doc, "if dimension.hidden")
    _named_list(
        doc, "Not shown, as they rest on restricted answers: ", "dimension.hidden", "Note"
    ).paragraph_format.space_before = Pt(3)
    _p(doc, "endif")
    for field, label in (
        ("works", "What works"),
        ("gaps", "Gaps"),
        ("meaning", "What that means"),
        ("open", "Not known yet"),
        *((("next_steps", "Next step"),) if project else ()),
    ):
        _p(doc, f"if dimension.{field}")
        _text(doc, label, "Label")
        if field == "meaning":
            _text(doc, "{{ dimension.meaning }}")
        else:
            _bullets(doc, f"dimension.{field}", "{{ item.text }} ~item.id")
        _p(doc, "endif")
    if not project:
        return
    _p(doc, "if dimension.next_step")
    _text(doc, "Next step", "Label")
    _text(doc, "{{ dimension.next_step }}")
    _p(doc, "endif")


def _compliance(doc: DocumentType) -> None:
    _heading(doc, "The Convention paragraph by paragraph", 2)
    _text(doc, "{{ compliance.sentence }}")
    _caption(doc, "Table", "Mandatory paragraphs by where they stand")
    _table(
        doc,
        ["Where it stands", "Paragraphs", "Share"],
        [6.0, 3.0, 3.0],
        "item in compliance.counts",
        [("{{ item.label }}", "item.shade"), "{{ item.count }}", "{{ item.share }}"],
        figures=(1, 2),
        together=True,
    )
    _p(doc, "if compliance.gaps")
    _caption(doc, "Table", "Mandatory paragraphs not met or partly met")
    _table(
        doc,
        ["Paragraph", "What the Convention asks", "Stands at", "Why"],
        [3.3, 5.1, 2.2, 6.4],
        "item in compliance.gaps",
        [
            "**{{ item.ref }}**\n~item.id",
            "{{ item.text }}",
            ("{{ item.verdict }}", "item.shade"),
            "{{ item.because }} {{ item.disputed }}\n{{ item.government }}",
        ],
    )
    _p(doc, "endif")


def _priorities(doc: DocumentType) -> None:
    _heading(doc, "Priority gaps", 2)
    _text(doc, "{{ priorities.sentence }}")
    _p(doc, "if priorities.hidden")
    _text(doc, "{{ priorities.hidden }}", "Note")
    _p(doc, "endif")
    _p(doc, "if priorities.gaps")
    _caption(doc, "Figure", "{{ charts.priority_matrix.caption }}")
    _picture(doc, "priority_matrix", 17.0, 10.5)
    _caption(doc, "Table", "Gaps in the order of severity")
    _table(
        doc,
        ["No.", "Gap", "Level", "Target", "Severity and its factors", "Place", "How firm"],
        [1.2, 4.6, 1.6, 1.4, 4.7, 1.3, 2.2],
        "item in priorities.gaps",
        [
            "{{ item.rank }}",
            "**{{ item.name }}**\n#item.id",
            "{{ item.level }}",
            "{{ item.target }}",
            "**{{ item.severity }}** = {{ item.parts_line }}",
            "{{ item.ranks }}",
            "{{ item.robustness }}",
        ],
        figures=(2, 3),
    )
    _text(
        doc,
        "Place: best and worst place in the order when each weight is moved. A gap that keeps its "
        "place is robust.",
        "Note",
    )
    _heading(doc, "Why the leading gaps matter", 3)
    _p(doc, "for gap in priorities.leading")
    _heading(doc, "{{ gap.rank }}. {{ gap.name }} ~gap.id", 4)
    _p(doc, "if not gap.aim")  # the sentence of the gap stands under its dimension
    _text(doc, "{{ gap.reason }}").paragraph_format.space_after = Pt(3)
    _p(doc, "endif")
    _p(doc, "if gap.aim")
    _text(doc, "**Now:** {{ gap.now }}. **Aim:** {{ gap.aim }}.").paragraph_format.space_after = Pt(
        3
    )
    _p(doc, "endif")
    _p(doc, "for part in gap.parts")
    _text(doc, "{{ part.label }}: {{ part.reason }}", "List Bullet")
    _p(doc, "endfor")
    _p(doc, "if gap.unmet")
    _text(doc, "Not met or partly met: {{ gap.unmet }}.", "Note")
    _p(doc, "endif")
    _p(doc, "if gap.depends_on")
    _text(doc, "Comes after: {{ gap.depends_on }}.", "Note")
    _p(doc, "endif")
    _p(doc, "endfor")
    _p(doc, "endif")
    _p(doc, "if priorities.not_scored")
    _heading(doc, "What should be asked next", 3)
    _bullets(doc, "priorities.not_scored", "{{ item.text }} ~item.id")
    _p(doc, "endif")


def _part_b(doc: DocumentType) -> None:
    _heading(doc, "Part B. Tailored project design", 1, new_page=True)
    _text(doc, "Draft for discussion with the Government", "Big Mark")
    _text(doc, "{{ project.title }}", "Lead")
    _text(doc, "{{ project.intro }}")
    _p(doc, "for notice in project.notices")
    _text(doc, "**{{ notice }}**")
    _p(doc, "endfor")
    _p(doc, "if project.hidden")
    _text(doc, "{{ project.hidden }}", "Note")
    _p(doc, "endif")
    _p(doc, "if project.packages")
    _heading(doc, "Three packages to choose from", 2)
    _text(doc, "{{ project.packages_intro }}")
    _caption(doc, "Table", "Packages with their content and cost")
    _package_contents(doc)
    _p(doc, "endif")
    _frontier(doc)
    _p(doc, "if project.interventions")
    _heading(doc, "What is different for {{ cover.country }}, and why", 2)
    _text(doc, "{{ project.different_lead }}")
    _p(doc, "if project.differences")
    _caption(doc, "Table", "What the traits of {{ cover.country }} change in the advice")
    _table(
        doc,
        ["Because of", "The advice is different here", "Why", "For example in"],
        [2.7, 5.6, 5.2, 3.5],
        "item in project.differences",
        [
            "**{{ item.ground }}**\n{{ item.value }}",
            "{{ item.advice }}",
            "{{ item.reason }} (rule {{ item.rule }})\n{{ item.more }}",
            "{{ item.intervention }} ~item.id",
        ],
    )
    _text(doc, "{{ project.different_note }}", "Note").paragraph_format.space_before = Pt(3)
    _p(doc, "endif")
    _heading(doc, "What is offered", 2)
    _p(doc, "for chosen in project.interventions")
    _intervention(doc)
    _p(doc, "endfor")
    _p(doc, "endif")
    _p(doc, "if project.rejected")
    _heading(doc, "Considered and left out", 2)
    _text(doc, "{{ project.rejected_lead }}")
    _caption(doc, "Table", "Interventions considered and left out, by reason")
    widths = [11.0, 6.0]
    table = _grid(doc, ["Intervention", "Why it is left out"], widths)
    _tag_row(table, "for item in project.rejected")
    over = table.add_row()
    _fill(over, ["**{{ item.ground }} ({{ item.count }})**", ""], shade=MIST)
    _keep_rows(over)
    _tag_row(table, "for one in item.reasons")
    row = table.add_row()
    _fill(row, ["", "{{ one.reason }}"])
    _named(row.cells[0].paragraphs[0], "one.interventions")
    _tag_row(table, "endfor")
    _tag_row(table, "endfor")
    _finish(table, widths)
    _p(doc, "endif")


def _package_contents(doc: DocumentType) -> None:
    # What a package holds runs over the whole width: dozens of titles in a column fill a page.
    widths, figures = [7.1, 3.2, 3.2, 3.5], (1, 2, 3)
    table = _grid(doc, ["Package", "Activities", "Support cost", "Total"], widths, figures)
    _tag_row(table, "for item in project.packages")
    _fill(
        table.add_row(),
        [
            "**{{ item.name }}** ({{ item.count }})\n{{ item.meaning }}; {{ item.ceiling }}\n"
            "#item.id",
            "{{ item.subtotal }}",
            "{{ item.support }}",
            "**{{ item.total }}**",
        ],
        figures,
        shade=MIST,
    )
    contents = table.add_row()
    _fill(contents, ["{{ item.interventions }}", "", "", ""])
    _tag_row(table, "endfor")
    _finish(table, widths)
    contents.cells[0].merge(contents.cells[-1])


def _frontier(doc: DocumentType) -> None:
    _p(doc, "if project.frontier")
    _caption(doc, "Table", "What more or less money would buy, each sum spent at its best")
    _table(
        doc,
        ["Cost with support cost", "Weighted gaps closed", "Interventions", "Package"],
        [5.0, 4.5, 3.5, 4.0],
        "item in project.frontier",
        ["{{ item.total }}", "{{ item.benefit }}", "{{ item.count }}", "**{{ item.package }}**"],
        figures=(0, 1, 2),
    )
    _p(doc, "endif")
    _p(doc, "if project.runner_up")
    _text(doc, "{{ project.runner_up }}", "Note").paragraph_format.space_before = Pt(3)
    _p(doc, "endif")


def _intervention(doc: DocumentType) -> None:
    _heading(doc, "{{ chosen.number }}. {{ chosen.title }} #chosen.id", 4)
    widths = [4.6, 3.4, 4.4, 4.6]
    table = _grid(doc, ["", "", "", ""], widths)
    row = table.add_row()
    _fill(
        row,
        [
            "**How much** {{ chosen.quantity }}",
            "**When** {{ chosen.period }}\n{{ chosen.phase }}",
            "**Planning figure** {{ chosen.cost }}\n({{ chosen.cost_range }})",
            "**Lead** {{ chosen.lead }}\n{{ chosen.packages }}",
        ],
        shade=MIST,
    )
    _keep_rows(row)
    _finish(table, widths)
    _p(doc, "if chosen.why or chosen.gaps")
    why = _text(doc, "**Why.** {{ chosen.why }}")
    why.paragraph_format.space_before = Pt(5)
    why.add_run("{% for gap in chosen.gaps %} ")
    why.add_run("[{{ gap.id }}]", style="Printed id reference")
    why.add_run("{% endfor %}")
    _p(doc, "endif")
    _p(doc, "if chosen.rules")
    _text(doc, "What is different for {{ cover.country }}, and why", "Label")
    _p(doc, "for rule in chosen.rules")
    bullet = _text(
        doc,
        "**{{ rule.effect }}:** {{ rule.how }} {{ rule.reason }} "
        "({{ rule.kind }}; rule {{ rule.rule }})",
        "List Bullet",
    )
    for run in bullet.runs:
        run.font.size = Pt(9)
    bullet.paragraph_format.space_after = Pt(2)
    bullet.paragraph_format.line_spacing = 1.05
    _p(doc, "endfor")
    _p(doc, "endif")
    _p(doc, "if chosen.standard")
    _text(doc, "{{ chosen.standard }}", "Note")
    _p(doc, "endif")
    _p(doc, "if chosen.notes")
    notes = _text(doc, "{% for note in chosen.notes %}", "Note")
    notes.add_run("{{ note.label }}:").bold = True
    notes.add_run(" {{ note.value }}{% if not loop.last %} \u00b7 {% endif %}{% endfor %}")
    _p(doc, "endif")


def _landscape(doc: DocumentType) -> None:
    _page(doc.add_section(WD_SECTION.NEW_PAGE), landscape=True)
    _p(doc, "if project.outcomes")
    _heading(doc, "Theory of change", 2)
    _p(doc, "for chart in charts.theory_of_change")
    _caption(doc, "Figure", "{{ chart.caption }}")
    _picture(doc, "theory_of_change", 25.0, 12.0, of="chart")
    _p(doc, "endfor")
    _heading(doc, "Logical framework", 2)
    _p(doc, "if project.impact")
    _text(doc, "**Impact.** {{ project.impact }}")
    _p(doc, "endif")
    _logframe(doc)
    _heading(doc, "Work plan", 2)
    _caption(doc, "Figure", "{{ charts.work_plan.caption }}")
    _picture(doc, "work_plan", 25.0, 12.0)
    _work_plan(doc)
    _p(doc, "endif")
    _p(doc, "if project.budget.lines")
    _budget(doc)
    _p(doc, "endif")
    _p(doc, "if project.risks")
    _heading(doc, "Risks", 2)
    _caption(doc, "Table", "Risk register (likelihood and impact from 1 to 5)")
    _table(
        doc,
        ["Risk", "Cause", "Rating", "Early warning", "What is done", "Owner", "Left"],
        [5.6, 4.0, 2.2, 3.8, 5.4, 3.2, 1.5],
        "item in project.risks",
        [
            "**{{ item.event }}**\n{{ item.category }} #item.id",
            "{{ item.cause }}",
            ("{{ item.rating }}", "item.shade"),
            "{{ item.sign }}",
            "{{ item.mitigation }}",
            "{{ item.owner }}",
            "{{ item.residual }}",
        ],
    )
    _p(doc, "endif")
    _p(doc, "if project.indicators")
    _heading(doc, "Monitoring plan", 2)
    _text(
        doc,
        "Baselines and targets stand in the logical framework. Where an indicator is a question "
        "of the assessment, the next round of the questionnaire is its endline.",
    )
    # before the table: with a note behind it LibreOffice once lost a whole table at a page's end
    _text(doc, "Where a dash stands, institutions are counted and not people.", "Note")
    _caption(doc, "Table", "Indicators: who measures them, from what and how often")
    _table(
        doc,
        ["Indicator", "Source", "How often", "Who", "Broken down by"],
        [9.6, 5.0, 4.3, 3.9, 2.9],
        "item in project.indicators",
        [
            "{{ item.text }} #item.id",
            "{{ item.source }} {{ item.question }}",
            "{{ item.frequency }}",
            "{{ item.owner }}",
            "{{ item.disaggregation }}",
        ],
    )
    _p(doc, "endif")


def _logframe(doc: DocumentType) -> None:
    widths = [7.0, 13.2, 5.5]
    _caption(doc, "Table", "Logical framework")
    table = _grid(
        doc, ["Result", "Indicators: baseline \u2192 target (source)", "Assumptions"], widths
    )

    def result(name: str, title: str, shade: str) -> None:
        row = table.add_row()
        _fill(row, [title, "", ""], shade=shade)
        _cell_loop(
            row.cells[1],
            f"{name}.indicators",
            "{{ item.text }}: **{{ item.baseline }} \u2192 {{ item.target }}** "
            "({{ item.source }}) ~item.id",
        )
        _cell_loop(row.cells[2], f"{name}.assumptions", "{{ item }}")

    _tag_row(table, "for item in project.impact_indicators")
    _fill(
        table.add_row(),
        [
            "**Impact**",
            "{{ item.text }}: **{{ item.baseline }} \u2192 {{ item.target }}** "
            "({{ item.source }}) ~item.id",
            "",
        ],
        shade=SAND,
    )
    _tag_row(table, "endfor")
    _tag_row(table, "for outcome in project.outcomes")
    result(
        "outcome",
        "**Outcome {{ outcome.number }}. {{ outcome.text }}**\n{{ outcome.institutions }} "
        "#outcome.id",
        MIST,
    )
    _tag_row(table, "for output in outcome.outputs")
    result("output", "**Output {{ output.number }}.** {{ output.text }} #output.id", "")
    _tag_row(table, "endfor")
    _tag_row(table, "endfor")
    _finish(table, widths)


def _cell_loop(cell: _Cell, items: str, text: str) -> None:
    cell.paragraphs[0].add_run(f"{{%p for item in {items} %}}")
    paragraph = cell.add_paragraph(style="Table Text")
    _write(paragraph, text)
    cell.add_paragraph("{%p endfor %}")


def _work_plan(doc: DocumentType) -> None:
    widths = [11.5, 2.4, 1.8, 4.2, 5.8]
    _caption(doc, "Table", "Work plan: activities under their outputs (Q = quarter of the project)")
    table = _grid(doc, ["Activity", "When", "Phase", "Who leads", "Comes after"], widths)
    _tag_row(table, "for outcome in project.outcomes")
    _tag_row(table, "for output in outcome.outputs")
    over = table.add_row()
    _fill(over, ["**{{ output.number }} {{ output.text }}** ~output.id", *[""] * 4], shade=MIST)
    _keep_rows(over)
    _tag_row(table, "for activity in output.activities")
    _fill(
        table.add_row(),
        [
            "{{ activity.text }} #activity.id\n{{ activity.government }}",
            "{{ activity.period }}",
            "{{ activity.phase }}",
            "{{ activity.owner }}",
            "",
        ],
    )
    _named(table.rows[-1].cells[4].paragraphs[0], "activity.after")
    for _ in range(3):
        _tag_row(table, "endfor")
    _finish(table, widths)
    over.cells[0].merge(over.cells[-1])


def _named_list(doc: DocumentType, lead: str, items: str, style: str = "Normal") -> Paragraph:
    """Findings in one paragraph, each with its id."""
    paragraph = doc.add_paragraph(style=style)
    paragraph.add_run(lead).bold = True
    _named(paragraph, items)
    return paragraph


def _named(paragraph: Paragraph, items: str, id_size: float = 0) -> None:
    paragraph.add_run(f"{{% for one in {items} %}}{{{{ one.text }}}} ")
    run = paragraph.add_run("[{{ one.id }}]", style="Printed id reference")
    if id_size:
        run.font.size = Pt(id_size)
    paragraph.add_run("{% if not loop.last %}; {% endif %}{% endfor %}")


def _budget(doc: DocumentType) -> None:
    _heading(doc, "Budget", 2)
    _text(doc, "{{ project.budget.sentence }}", "Lead")
    _text(doc, "{{ project.budget.assumption }}")
    _p(doc, "if project.budget.by_category")
    _caption(doc, "Figure", "{{ charts.budget.caption }}")
    _picture(doc, "budget", 18.0, 6.8)
    _p(doc, "endif")
    for field, label, width in (
        ("by_category", "category", 10.0),
        ("by_year", "year", 10.0),
        ("by_outcome", "outcome", 18.0),
    ):
        _p(doc, f"if project.budget.{field}")
        _caption(doc, "Table", f"Budget by {label} ({{{{ project.budget.currency }}}})")
        table = _grid(doc, [label.capitalize(), "Amount", "Share"], [width, 3.6, 2.2], (1, 2))
        _tag_row(table, f"for item in project.budget.{field}")
        sums: Row = ["{{ item.label }}", "{{ item.amount }}", "{{ item.share }}"]
        row = table.add_row()
        _fill(row, sums, figures=(1, 2))
        _keep_rows(row)
        _tag_row(table, "endfor")
        _totals(table, between=0, after=1)
        _finish(table, [width, 3.6, 2.2])
        _p(doc, "endif")
    _text(doc, "All lines stand in Annex 5.", "Note")


def _budget_lines(doc: DocumentType) -> None:
    _p(doc, "if project.budget.lines")
    _heading(doc, "Annex 5. Budget lines", 2)
    _caption(doc, "Table", "Budget lines ({{ project.budget.currency }})")
    widths = [5.3, 1.2, 3.6, 3.4, 1.5, 2.0]
    head = ["Line", "Year", "Quantity", "Unit cost (range)", "Source", "Amount"]
    figures = (1, 3, 4, 5)
    table = _grid(doc, head, widths, figures, annex=True)
    _tag_row(table, "for group in project.budget.groups")
    over = table.add_row()
    _fill(over, ["**{{ group.title }}** ~group.id", *[""] * 5], shade=MIST, annex=True)
    _keep_rows(over)
    _tag_row(table, "for item in group.lines")
    _fill(
        table.add_row(),
        [
            "{{ item.what }} #item.id",
            "{{ item.year }}",
            "{{ item.quantity }}",
            "{{ item.unit_cost }} ({{ item.range }})",
            "{{ item.source }}",
            "{{ item.amount }}",
        ],
        figures=figures,
        annex=True,
    )
    _tag_row(table, "endfor")
    _tag_row(table, "endfor")
    _totals(table, between=4, annex=True)
    _finish(table, widths)
    over.cells[0].merge(over.cells[-1])
    _caption(doc, "Table", "Sources of the unit costs (beside the number: the line's share of it)")
    _table(
        doc,
        ["Source", "Where the figure comes from"],
        [1.5, 15.5],
        "item in project.budget.sources",
        ["{{ item.label }}", "{{ item.value }}"],
        annex=True,
    )
    _p(doc, "endif")


def _totals(table: TableType, *, between: int, after: int = 0, annex: bool = False) -> None:
    """Subtotal, support cost and total, with `between` empty cells before and `after` behind."""
    for label, value, shade in (
        ("Subtotal", "project.budget.subtotal", MIST),
        ("{{ project.budget.support_label }}", "project.budget.support_cost", ""),
        ("Total", "project.budget.total", MIST),
    ):
        texts: Row = [f"**{label}**", *[""] * between, f"**{{{{ {value} }}}}**", *[""] * after]
        row = table.add_row()
        _fill(row, texts, figures=(between + 1,), shade=shade, annex=annex)
        if label != "Total":  # the three stand on one page
            _keep_rows(row)


def _closing(doc: DocumentType) -> None:
    _page(doc.add_section(WD_SECTION.NEW_PAGE))
    _abroad(doc)
    _heading(doc, "Partners, ownership and sustainability", 2)
    _p(doc, "if project.stakeholders")
    _caption(doc, "Table", "Institutions and their part")
    _table(
        doc,
        ["Institution", "Part in the project", "Brings", "Lacks", "Carries"],
        [2.6, 5.0, 3.7, 3.9, 1.8],
        "item in project.stakeholders",
        [
            "**{{ item.institution }}**",
            "{{ item.involvement }}",
            "{{ item.assets }}",
            "{{ item.gaps }}",
            "{{ item.desired }}",
        ],
    )
    _p(doc, "endif")
    _p(doc, "if project.donors")
    _caption(doc, "Table", "Donor map: assistance that the institutions report")
    _table(
        doc,
        ["Donor", "Project", "Amount (USD)", "Period", "To coordinate with"],
        [4.4, 4.4, 2.0, 2.2, 4.0],
        "item in project.donors",
        [
            "**{{ item.donor }}** ~item.id",
            "{{ item.title }}",
            "{{ item.amount }}",
            "{{ item.period }}",
            "{{ item.overlaps }}",
        ],
    )
    _p(doc, "endif")
    _p(doc, "if project.outcomes")
    widths = [9.2, 7.8]
    _caption(doc, "Table", "Sustainability: who keeps each output up after the project")
    table = _grid(doc, ["Output", "Who pays and maintains, and what if not"], widths)
    _tag_row(table, "for outcome in project.outcomes")
    _tag_row(table, "for output in outcome.outputs")
    _fill(
        table.add_row(),
        ["{{ output.number }} {{ output.text }} ~output.id", "{{ output.sustainability }}"],
    )
    _tag_row(table, "endfor")
    _tag_row(table, "endfor")
    _finish(table, widths)
    _p(doc, "endif")
    _p(doc, "if project.markers")
    _caption(doc, "Table", "Markers")
    _box(doc, "project.markers", together=True)
    _p(doc, "endif")


def _abroad(doc: DocumentType) -> None:
    _p(doc, "if project.abroad.ends")
    _heading(doc, "Cooperation with other States", 2)
    _text(doc, "{{ project.abroad.sentence }}")
    _caption(doc, "Table", "How far {{ cover.country }} carries each form of cooperation")
    widths = [3.4, 1.8, 5.0, 1.8, 5.0]
    head = [
        "Form of cooperation",
        "When it asks",
        "Held back by",
        "When it is asked",
        "Held back by",
    ]
    table = _grid(doc, head, widths, (1, 3))
    _tag_row(table, "for item in project.abroad.ends")
    _fill(
        table.add_row(),
        [
            "**{{ item.form }}**",
            ("**{{ item.asks }}**", "item.asks_shade"),
            "",
            ("**{{ item.asked }}**", "item.asked_shade"),
            "",
        ],
        figures=(1, 3),
    )
    cells = table.rows[-1].cells
    _held_by(cells[2], "item.asks_held_by", "{{ item.asks_unknown }}")
    _held_by(cells[4], "item.asked_held_by", "{{ item.asked_unknown }}")
    _tag_row(table, "endfor")
    _finish(table, widths)
    _text(doc, "{{ project.abroad.note }}", "Note").paragraph_format.space_before = Pt(3)
    _p(doc, "endif")
    _p(doc, "if project.abroad.networks")
    _caption(doc, "Table", "Networks of {{ cover.country }} and of its region")
    _table(
        doc,
        ["Network", "For", "Membership"],
        [9.4, 3.6, 4.0],
        "item in project.abroad.networks",
        ["{{ item.name }}", "{{ item.kind }}", "{{ item.part }}"],
    )
    _p(doc, "endif")
    _p(doc, "if project.abroad.share")
    _text(doc, "Activities that can be shared", "Label")
    _text(doc, "{{ project.abroad.share_lead }}").paragraph_format.space_after = Pt(3)
    _named(doc.add_paragraph(style="Note"), "project.abroad.share")
    _p(doc, "endif")


def _responses(doc: DocumentType) -> None:
    _p(doc, "if responses")
    _heading(doc, "The response of the Government", 1, new_page=True)
    _text(doc, "{{ cover.validation }}")
    _caption(doc, "Table", "Corrections and objections, in the Government\u2019s own words")
    _table(
        doc,
        ["Finding or activity", "Response", "In its own words", "Document", "Signed by"],
        [4.4, 3.1, 4.6, 2.5, 2.4],
        "item in responses",
        [
            "{{ item.finding }} ~item.id",
            "**{{ item.choice }}** #item.answer",
            "{{ item.words }}",
            "{{ item.evidence }}",
            "{{ item.signed }}",
        ],
    )
    _p(doc, "endif")


def _annexes(doc: DocumentType, *, project: bool = True) -> None:
    _heading(doc, "Annexes", 1, new_page=True)
    _heading(doc, "Annex 1. Scores", 2)
    _caption(doc, "Table", "All sub-dimensions")
    widths = [1.6, 5.9, 1.6, 1.8, 1.5, 1.9, 2.7]
    table = _grid(
        doc,
        ["Code", "Sub-dimension", "Level", "Interval", "Target", "Coverage", "Evidence"],
        widths,
        annex=True,
    )
    _tag_row(table, "for dimension in dimensions")
    _tag_row(table, "for item in dimension.scores")
    _fill(
        table.add_row(),
        [
            "{{ item.code }}",
            "{{ item.name }} ~item.id",
            ("{{ item.level }}", "item.shade"),
            "{{ item.interval }}",
            "{{ item.target }}",
            "{{ item.coverage }}",
            "{{ item.evidence }}",
        ],
        figures=(2, 3, 4, 5),
        annex=True,
    )
    _tag_row(table, "endfor")
    _tag_row(table, "endfor")
    _finish(table, widths)
    _p(doc, "if compliance.all")
    _heading(doc, "Annex 2. All treaty paragraphs", 2)
    _p(doc, "if compliance.hidden")
    _text(doc, "{{ compliance.hidden }}", "Note")
    _p(doc, "endif")
    _caption(doc, "Table", "Paragraphs of the Convention")
    _table(
        doc,
        ["Paragraph", "What it asks", "Obligation", "Stands at", "Why"],
        [4.0, 5.2, 2.1, 1.8, 3.9],
        "item in compliance.all",
        [
            "**{{ item.ref }}** #item.id",
            "{{ item.text }}",
            "{{ item.obligation }}",
            ("{{ item.verdict }}", "item.shade"),
            "{{ item.because }}",
        ],
        annex=True,
    )
    _p(doc, "endif")
    _answers(doc)
    if project:
        _rules(doc)
        _budget_lines(doc)
    _versions(doc, "Annex 6. Versions and terms" if project else "Annex 4. Versions and terms")


def _rules(doc: DocumentType) -> None:
    _p(doc, "if annexes.rules")
    _heading(doc, "Annex 4. Tailoring rules applied", 2)
    _caption(doc, "Table", "Rules with their reason")
    _table(
        doc,
        ["Rule", "What it says, and why", "Applied to"],
        [2.9, 8.3, 5.8],
        "item in annexes.rules",
        [
            "**{{ item.rule }}**\n{{ item.kind }}; {{ item.effect }}",
            "{% if item.place %}{{ item.place }}{% else %}{{ item.how }} {{ item.reason }}"
            "{% endif %} ({{ item.verification }})",
            "{{ item.applies_to }}",
        ],
        annex=True,
    )
    _p(doc, "endif")
    _p(doc, "if annexes.context")
    _caption(doc, "Table", "What the rules knew of the country (to be confirmed by it)")
    _box(doc, "annexes.context", first=9.0, annex=True)
    _p(doc, "endif")
    _p(doc, "if annexes.assumptions")
    _text(doc, "Assumed where nothing is known", "Label")
    _bullets(doc, "annexes.assumptions", "{{ item }}")
    _p(doc, "endif")


def _versions(doc: DocumentType, heading: str) -> None:
    _heading(doc, heading, 2)
    _caption(doc, "Table", "Versions")
    _box(doc, "annexes.method", first=5.0, annex=True)
    _p(doc, "if provenance.notebooks")
    _caption(doc, "Table", "Notebooks with the digest of their source")
    _box(doc, "provenance.notebooks", first=5.0, annex=True)
    _p(doc, "endif")
    _caption(doc, "Table", "Terms")
    _box(doc, "annexes.glossary", first=5.0, annex=True)


def _answers(doc: DocumentType) -> None:
    _p(doc, "if annexes.answers")
    _heading(doc, "Annex 3. Answers", 2)
    _text(doc, "{{ annexes.answers_note }}", "Note")
    _caption(doc, "Table", "Answers given, by question")
    widths = [6.4, 7.0, 3.6]
    table = _grid(doc, ["Institution", "Answer", "Document cited"], widths, annex=True)
    _tag_row(table, "for item in annexes.answers")
    row = table.add_row()
    _fill(row, ["**{{ item.code }}** {{ item.question }}", "", ""], shade=MIST, annex=True)
    row.cells[0].merge(row.cells[2])
    _keep_rows(row)
    _tag_row(table, "for answer in item.answers")
    _fill(
        table.add_row(),
        [
            "{{ answer.institution }} #answer.id",
            "{{ answer.answer }}",
            "{{ answer.evidence }}",
        ],
        annex=True,
    )
    _tag_row(table, "endfor")
    _tag_row(table, "endfor")
    _finish(table, widths)
    _p(doc, "endif")


def _keep_rows(row) -> None:  # type: ignore[no-untyped-def]
    """A row stays on the page of the row after it."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


TEMPLATES = {
    "project_design": make,
    "needs_assessment": make_needs_assessment,
    "country_brief": make_country_brief,
    "regional_view": make_regional_view,
}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="a folder")
    for name, template in TEMPLATES.items():
        template().save(str(parser.parse_args().out / f"{name}.docx"))
