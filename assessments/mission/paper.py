"""A Word file on A4 that an officer edits: headings, tables, places to fill in; either direction.

A paragraph written from the right needs to say so itself, and so do its runs, its table and its
section: Word asks each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_COLOR_INDEX, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from assessments.language import direction
from assessments.report.palette import INK, MIST, NAVY, QUIET, RULE, TEAL
from assessments.report.plain import plain
from assessments.report.publish import publish

_FONT = "Arial"
_WIDTH = 17.0  # cm of text on A4 between margins of 2 cm
_OPENS, _CLOSES = "\ue000", "\ue001"  # around a place to fill in; no text holds them
_STYLES = (  # name, size in points, colour, bold, points before, points after
    ("Title", 20, NAVY, True, 0, 2),
    ("Subtitle", 11.5, TEAL, False, 0, 10),
    ("Heading 1", 13, NAVY, True, 14, 4),
    ("Heading 2", 11, TEAL, True, 10, 3),
)


def to_fill_in(text: str) -> str:
    """A place that the officer completes: in brackets, and marked."""
    return f"{_OPENS}{text}{_CLOSES}"


class Paper:
    """One Word file that is being written."""

    def __init__(self, language: str, title: str, left: str, mark: str, page_of: str) -> None:
        """`left` and `mark` stand at the head of every page, `page_of` at its foot.

        `page_of` says where {page} and {pages} go.
        """
        self.from_the_right = direction(language) == "rtl"
        self.language = language
        self.word = Document()
        self._styles()
        self._page(left, mark, page_of)
        properties = self.word.core_properties
        properties.title, properties.author, properties.comments = plain(title)[:255], "", ""
        properties.language = language

    # --- what papers are made of

    def title(self, text: str, below: str = "") -> None:
        self.text(text, "Title")
        if below:
            self.text(below, "Subtitle")

    def heading(self, text: str, level: int = 1) -> None:
        self.text(text, f"Heading {level}")

    def text(self, text: str, style: str = "Normal") -> Paragraph:
        """A paragraph."""
        return self._say(self.word.add_paragraph(style=style), text)

    def points(self, texts: Iterable[str], style: str = "List Bullet") -> None:
        for text in texts:
            self.text(text, style)

    def table(
        self,
        widths: Sequence[float],
        head: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        least: float = 0.0,
    ) -> None:
        """`widths` are shares of the line, `least` the least height of a row in cm.

        A cell's lines become paragraphs. The head comes again on every page, no row is parted.
        """
        table = self.word.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.autofit = False
        for column, share in zip(table.columns, widths, strict=True):
            column.width = Cm(_WIDTH * share / sum(widths))
        if self.from_the_right:
            _put_before(
                table._tblPr,
                OxmlElement("w:bidiVisual"),
                "w:tblStyleRowBandSize",
                "w:tblW",
                "w:jc",
                "w:tblLayout",
            )
        lines = [(True, head)] if head else []
        for is_head, texts in [*lines, *((False, row) for row in rows)]:
            row = table.add_row()
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if is_head:
                properties.append(OxmlElement("w:tblHeader"))
            elif least:
                row.height = Cm(least)
            for cell, share, text in zip(row.cells, widths, texts, strict=True):
                cell.width = Cm(_WIDTH * share / sum(widths))
                _edges(cell)
                if is_head:
                    _shade(cell, MIST)
                self._fill(cell, text, "Table Head" if is_head else "Table Text")
        self.word.add_paragraph(style="After Table")

    def lines(self, count: int) -> None:
        """Empty lines to write on by hand."""
        for _ in range(count):
            _edge(self.word.add_paragraph(style="Write Here"), "bottom")

    def save(self, path: Path) -> Path:
        """All of the file or nothing; an older one is replaced."""
        publish(self.word, path)
        return path

    # --- how

    def _fill(self, cell: _Cell, text: str, style: str) -> None:
        for number, line in enumerate(text.split("\n")):
            paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
            small = line.startswith("\t")
            paragraph.style = "Table Note" if small else style
            self._say(paragraph, line.strip())

    def _say(self, paragraph: Paragraph, text: str) -> Paragraph:
        for number, piece in enumerate(plain(text).replace(_CLOSES, _OPENS).split(_OPENS)):
            open_place = number % 2 == 1
            if piece:
                run = paragraph.add_run(f"[{piece}]" if open_place else piece)
                if open_place:
                    run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        self._turn(paragraph)
        return paragraph

    def _turn(self, paragraph: Paragraph) -> None:
        if self.from_the_right:
            properties = paragraph._p.get_or_add_pPr()
            if properties.find(qn("w:bidi")) is None:
                _put_before(
                    properties,
                    OxmlElement("w:bidi"),
                    "w:adjustRightInd",
                    "w:snapToGrid",
                    "w:spacing",
                    "w:ind",
                    "w:jc",
                    "w:rPr",
                    "w:sectPr",
                )
            for run in paragraph.runs:
                run.font.rtl = True

    def _styles(self) -> None:
        styles = self.word.styles
        _letters(styles["Normal"], 10.5, INK)
        _tongue(styles["Normal"], self.language, from_the_right=self.from_the_right)
        styles["Normal"].paragraph_format.space_after = Pt(6)
        styles["Normal"].paragraph_format.line_spacing = 1.1
        for name, size, colour, bold, before, after in _STYLES:
            style = styles[name]
            _letters(style, size, colour, bold=bold)
            style.font.italic = False
            style.paragraph_format.keep_with_next = name != "Subtitle"
            for found in ("w:pBdr", "w:spacing"):  # of the default template's title and subtitle
                for mark in style.element.findall(f".//{qn(found)}"):
                    mark.getparent().remove(mark)
            style.paragraph_format.space_before = Pt(before)
            style.paragraph_format.space_after = Pt(after)
        for name, size, colour, bold in (
            ("Table Text", 9, INK, False),
            ("Table Note", 8, QUIET, False),
            ("Table Head", 8.5, NAVY, True),
            ("Running Line", 8, QUIET, False),
            ("After Table", 4, INK, False),
            ("Write Here", 13, INK, False),
        ):
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles["Normal"]
            _letters(style, size, colour, bold=bold)
            style.paragraph_format.space_after = Pt(2 if name.startswith("Table") else 0)
            style.paragraph_format.line_spacing = 1.05
        for name in ("List Bullet", "List Number"):
            styles[name].paragraph_format.space_after = Pt(3)

    def _page(self, left: str, mark: str, page_of: str) -> None:
        section = self.word.sections[0]
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin, section.bottom_margin = Cm(2.4), Cm(2)
        section.header_distance = section.footer_distance = Cm(1)
        if self.from_the_right:
            _put_before(
                section._sectPr,
                OxmlElement("w:bidi"),
                "w:rtlGutter",
                "w:docGrid",
                "w:printerSettings",
            )
        for part, text, edge in ((section.header, left, "bottom"), (section.footer, "", "top")):
            line = part.paragraphs[0]
            line.style = "Running Line"
            line.paragraph_format.tab_stops.clear_all()
            line.paragraph_format.tab_stops.add_tab_stop(Cm(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
            if edge == "bottom":
                line.add_run(f"{plain(text)}\t")
                line.add_run(plain(mark)).bold = True
            else:
                self._page_number(line, page_of)
            self._turn(line)
            _edge(line, edge)

    @staticmethod
    def _page_number(line: Paragraph, page_of: str) -> None:
        line.add_run("\t")
        before, rest = page_of.split("{page}")
        between, after = rest.split("{pages}")
        for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            line.add_run(text)
            if field:
                _field(line, field)


def _field(line: Paragraph, name: str) -> None:
    """A field in runs of its own, so that they can be turned like others."""
    for kind in ("begin", "", "end"):
        run = line.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = f" {name} "
        run._r.append(mark)


def _put_before(parent: Any, child: Any, *later: str) -> None:
    """Put `child` where the order of Word's schema wants it: before any of `later`."""
    parent.insert_element_before(child, *later)


def _letters(style: Any, size: float, colour: str, *, bold: bool = False) -> None:
    """Font and size, for Arabic letters as well: Word keeps both apart."""
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
    style.font.color.rgb = RGBColor.from_string(colour)
    style.font.complex_script = False
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:szCs")) + properties.findall(qn("w:bCs")):
        properties.remove(old)
    height = OxmlElement("w:szCs")
    height.set(qn("w:val"), str(int(size * 2)))
    properties.find(qn("w:sz")).addnext(height)
    weight = OxmlElement("w:bCs")
    weight.set(qn("w:val"), "1" if bold else "0")
    properties.find(qn("w:b")).addnext(weight)
    fonts = properties.get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), _FONT)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(theme), None)


def _tongue(style: Any, language: str, *, from_the_right: bool) -> None:
    """The language that Word checks the spelling in."""
    properties = style.element.get_or_add_rPr()
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:bidi" if from_the_right else "w:val"), language)
    properties.append(tongue)


def _shade(cell: _Cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _edges(cell: _Cell) -> None:
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        borders.append(_border(side, 4))
    cell._tc.get_or_add_tcPr().append(borders)


def _edge(paragraph: Paragraph, side: str) -> None:
    borders = OxmlElement("w:pBdr")
    borders.append(_border(side, 6))
    _put_before(
        paragraph._p.get_or_add_pPr(),
        borders,
        "w:shd",
        "w:tabs",
        "w:bidi",
        "w:spacing",
        "w:ind",
        "w:jc",
        "w:rPr",
        "w:sectPr",
    )


def _border(side: str, size: int) -> Any:
    border = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(size)), ("space", "4"), ("color", RULE)):
        border.set(qn(f"w:{name}"), value)
    return border
