"""Charts that Word itself draws, so that an officer can change their figures and look in Word.

Each carries its figures as a small workbook, as a chart made in Word does. In a language written
from the right the bars grow from the right, and the names stand on that side.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree
from lxml.etree import _Element

from assessments.report import palette
from assessments.report.findings import part_name
from assessments.report.voices import Voices
from assessments.report.wording import DASH

if TYPE_CHECKING:
    from pptx.chart.chart import Chart

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Windows' number of a locale as a number format names it. Without it a PDF made on an English
# machine shows 708,333 to a French reader, who takes it for a number with three decimals.
_SEPARATORS = {"fr": "[$-40C]", "es": "[$-C0A]"}
_FONT = "Arial"
_NO_FRAME = (
    f'<c:spPr xmlns:c="{CHART}" xmlns:a="{_DRAWING}"><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its value or None where there is none, its colour as RRGGBB."""

    name: str
    value: float | None
    shade: str


@dataclass(frozen=True, slots=True)
class NativeChart:
    """A bar chart of one series."""

    title: str  # of the series and of the axis: what is measured, with its unit
    bars: tuple[Bar, ...]
    pattern: str  # of its numbers
    language: str
    top: float | None  # end of the axis; None: as the values need
    step: float | None  # between the lines of the axis
    right_to_left: bool

    @property
    def number_format(self) -> str:
        """The pattern with the separators of the language, whatever the machine's own are."""
        return _SEPARATORS.get(self.language, "") + self.pattern

    def drawn(self, value: float) -> Decimal:
        """The value as Word writes it beside its bar: a half is rounded up."""
        places = len(self.pattern.partition(".")[2])
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def native_charts(voices: Voices) -> Mapping[str, NativeChart]:
    """The charts by the name of their placeholder in a template; without figures there is none."""
    found = {"profile": _profile(voices), "budget": _budget(voices)}
    return {name: chart for name, chart in found.items() if chart.bars}


def _profile(voices: Voices) -> NativeChart:
    """Level by dimension; one that may not be shown has its name and no bar."""
    words = voices.words
    bars = []
    for line in voices.inputs.scores.dimensions:
        shown = voices.may_show(line.sensitivity) and line.level is not None
        name = part_name(voices, line.code)
        if not shown:
            why = words.level_word(None) if voices.may_show(line.sensitivity) else words.not_shown()
            name = words.labelled(name, why)
        # rounded as the tables print it: Word would round 2.25 otherwise
        level = round(Decimal(str(line.level)), 1) if shown else None
        bars.append(
            Bar(name, None if level is None else float(level), palette.level_shade(line.level))
        )
    title = words.say("Level, from 0 (absent) to 4 (sustained)")
    return NativeChart(title, tuple(bars), "0.0", voices.language, 4, 1, voices.right_to_left)


def _budget(voices: Voices) -> NativeChart:
    budget = voices.inputs.design.budget
    bars = tuple(
        Bar(voices.words.term(total.key), float(total.amount), palette.TEAL)
        for total in budget.by_category
    )
    return NativeChart(
        budget.currency, bars, "#,##0", voices.language, None, None, voices.right_to_left
    )


def place_charts(document: Document, charts: Mapping[str, NativeChart]) -> None:
    """Each placeholder picture of a chart's name becomes the chart, at its own size."""
    number = 0
    for frame in list(document.element.body.iter(qn("wp:docPr"))):
        chart = charts.get(frame.get("name", ""))
        holder = frame.getparent()
        graphic = holder.find(qn("a:graphic")) if holder is not None else None
        if chart is None or graphic is None:
            continue
        number += 1
        relation = _attach(document, chart, number)
        for child in list(graphic):
            graphic.remove(child)
        graphic.append(
            parse_xml(
                f'<a:graphicData {nsdecls("a")} uri="{CHART}"><c:chart xmlns:c="{CHART}" '
                f'xmlns:r="{_RELATION}" r:id="{relation}"/></a:graphicData>'
            )
        )


def _attach(document: Document, chart: NativeChart, number: int) -> str:
    package = document.part.package
    space = _chart_space(chart)
    sheet = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        _workbook(chart),
        package,
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package)
    space.append(parse_xml(_NO_FRAME))
    text = space.find(f"{{{CHART}}}txPr")
    if text is not None:
        text.addprevious(space[-1])  # the schema wants the frame before the text
    data = etree.SubElement(space, f"{{{CHART}}}externalData")
    data.set(f"{{{_RELATION}}}id", part.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE))
    etree.SubElement(data, f"{{{CHART}}}autoUpdate").set("val", "0")
    part._blob = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    return document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)


def _chart_space(chart: NativeChart) -> _Element:
    from pptx.chart.chart import Chart
    from pptx.chart.data import CategoryChartData
    from pptx.chart.xmlwriter import ChartXmlWriter
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.oxml import parse_xml as parsed

    data = CategoryChartData(number_format=chart.number_format)
    data.categories = [bar.name for bar in chart.bars]
    data.add_series(chart.title, [bar.value for bar in chart.bars])
    space: _Element = parsed(ChartXmlWriter(XL_CHART_TYPE.BAR_CLUSTERED, data).xml.encode())
    _dress(Chart(space, None), chart)
    return space


def _dress(drawn: Chart, chart: NativeChart) -> None:
    """The report's look; the first bar stands uppermost, the axis at the foot."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    def ink(colour: str) -> Any:
        return RGBColor.from_string(colour)

    drawn.has_legend = drawn.has_title = False
    drawn.font.size, drawn.font.name = Pt(8), _FONT
    drawn.font.color.rgb = ink(palette.INK)
    plot = drawn.plots[0]
    plot.vary_by_categories, plot.gap_width = False, 45
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = chart.number_format, False
    labels.position, labels.show_value = XL_LABEL_POSITION.OUTSIDE_END, True
    labels.font.bold, labels.font.size = True, Pt(8)
    for n, bar in enumerate(chart.bars):
        look = plot.series[0].points[n].format
        look.fill.solid()
        look.fill.fore_color.rgb = ink(bar.shade)
        look.line.color.rgb, look.line.width = ink(palette.QUIET), Pt(0.5)
    names, values = drawn.category_axis, drawn.value_axis
    names.reverse_order = True
    _every_name(names._element)
    names.major_tick_mark = values.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = ink(palette.QUIET)
    values.minimum_scale, values.reverse_order = 0, chart.right_to_left
    if chart.top is not None and chart.step is not None:
        values.maximum_scale, values.major_unit = chart.top, chart.step
    values.tick_labels.number_format = replace(chart, pattern="#,##0").number_format
    values.tick_labels.number_format_is_linked = False
    values.major_gridlines.format.line.color.rgb = ink(palette.RULE)
    values.format.line.fill.background()
    values.has_title = True
    values.axis_title.text_frame.text = chart.title
    said = values.axis_title.text_frame.paragraphs[0].runs[0].font
    said.size, said.bold, said.name = Pt(8), False, _FONT
    for crossing in values._element.iter(f"{{{CHART}}}crosses"):
        crossing.set("val", "max")  # of the names: the last of them stands lowest
    if chart.right_to_left:
        for line in drawn._chartSpace.iter(f"{{{_DRAWING}}}pPr"):
            line.set("rtl", "1")
        values.axis_title.text_frame.paragraphs[0]._p.get_or_add_pPr().set("rtl", "1")


def _every_name(axis: _Element) -> None:
    """No name is left out where bars stand close."""
    skip = axis.makeelement(f"{{{CHART}}}tickLblSkip", {"val": "1"})
    after = axis.find(f"{{{CHART}}}noMultiLvlLbl")
    if after is None:
        axis.append(skip)
    else:
        after.addprevious(skip)


def _workbook(chart: NativeChart) -> bytes:
    """The figures, for whoever chooses "edit data" in Word; names are text whatever they hold."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Sheet1")  # the name that the chart's references use
    sheet.write_string(0, 1, chart.title)
    for row, bar in enumerate(chart.bars, start=1):
        sheet.write_string(row, 0, bar.name)
        if bar.value is not None:
            sheet.write_number(row, 1, bar.value)
    book.close()
    return target.getvalue()


def alternative(voices: Voices, name: str) -> str:
    """The bars of a chart in words, for a screen reader."""
    chart, words = native_charts(voices).get(name), voices.words
    if chart is None:
        return DASH
    return words.parted(
        [
            bar.name
            if bar.value is None
            else words.labelled(bar.name, words.decimal(chart.drawn(bar.value), chart.pattern))
            for bar in chart.bars
        ]
    )
