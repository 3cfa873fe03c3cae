"""What carries a reader through a report: lists, links, charts that Word draws, and pages that hold
together in every language."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from lxml import etree
from openpyxl import load_workbook
from report_example import example

from assessments.language import Figures
from assessments.report import ReportFiles, write_report
from assessments.report.compose import compose
from assessments.report.wording import Wording
from assessments.report.write import house_template

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
EXAMPLE = example(edition="restricted")


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> DocumentType:
    folder = tmp_path_factory.mktemp("arabic")
    return Document(str(write_report(EXAMPLE, folder, language="ar").docx))


def said(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(qn("w:t"))).strip()


def in_style(document: DocumentType, name: str) -> list[str]:
    return [said(p._p) for p in document.paragraphs if p.style.name == name]


def charts(document: DocumentType) -> list[tuple[etree._Element, bytes]]:
    """Each native chart with the workbook inside it."""
    found = []
    for frame in document.element.body.iter(f"{CHART}chart"):
        part = document.part.related_parts[frame.get(qn("r:id"))]
        [book] = [relation.target_part for relation in part.rels.values()]
        found.append((etree.fromstring(part.blob), book.blob))
    return found


def values(space: etree._Element, of: str) -> list[str]:
    return [one.text or "" for one in space.find(f".//{CHART}{of}").iter(f"{CHART}v")]


# --- lists and links ------------------------------------------------------------------------------


def test_every_table_and_figure_stands_in_its_list_in_order(restricted: ReportFiles) -> None:
    document = Document(str(restricted.docx))
    captions = in_style(document, "Caption")
    tables = [one for one in captions if one.startswith("Table ")]
    figures = [one for one in captions if one.startswith("Figure ")]
    assert len(tables) > 20
    assert len(figures) == 6
    assert in_style(document, "table of figures") == tables + figures


def test_a_list_of_nothing_is_left_out_with_its_label(tmp_path: Path) -> None:
    template = Document(str(house_template("project_design")))
    for paragraph in list(template.paragraphs):
        if paragraph.style.name == "Caption" and paragraph.text.startswith("Figure"):
            paragraph._p.getparent().remove(paragraph._p)
    template.save(str(tmp_path / "mine.docx"))
    report = write_report(EXAMPLE, tmp_path, template=tmp_path / "mine.docx")
    labels = in_style(Document(str(report.docx)), "Label")
    assert "Tables" in labels
    assert "Figures" not in labels


def test_a_sentence_that_names_an_annex_leads_to_it(restricted: ReportFiles) -> None:
    document = Document(str(restricted.docx))
    [line] = [p._p for p in document.paragraphs if said(p._p) == "All lines stand in Annex 5."]
    [link] = line.findall(qn("w:hyperlink"))
    assert said(link) == "Annex 5"
    [heading] = [
        mark.getparent() for mark in document.element.body.iter(qn("w:bookmarkStart"))
        if mark.get(qn("w:name")) == link.get(qn("w:anchor"))
    ]  # fmt: skip
    assert said(heading).startswith("Annex 5. Budget lines")


def test_a_picture_is_not_chained_to_the_table_after_it() -> None:
    """Picture, caption and table together would fit on no page, and the caption stands alone."""
    for name in ("project_design", "needs_assessment", "country_brief"):
        for paragraph in Document(str(house_template(name))).paragraphs:
            if next(paragraph._p.iter(qn("w:drawing")), None) is not None:
                assert not paragraph.paragraph_format.keep_with_next, name


# --- charts that can be edited in Word ------------------------------------------------------------


def test_profile_and_budget_are_charts_with_the_figures_of_the_tables(
    restricted: ReportFiles,
) -> None:
    (profile, book), (budget, _) = charts(Document(str(restricted.docx)))
    told = compose(EXAMPLE)
    assert values(profile, "val") == [row.level for row in told.dimension_profile]
    assert values(profile, "cat") == [row.name for row in told.dimension_profile]
    amounts = [Decimal(one) for one in values(budget, "val")]
    assert sum(amounts) == EXAMPLE.design.budget.subtotal
    sheet = load_workbook(io.BytesIO(book)).active
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == values(
        profile, "cat"
    )


def test_the_public_version_draws_no_bar_for_what_it_does_not_tell(public: ReportFiles) -> None:
    told = compose(example())
    hidden = [row.name for row in told.dimension_profile if row.word == "not shown"]
    (profile, _), *_ = charts(Document(str(public.docx)))
    names, bars = values(profile, "cat"), values(profile, "val")
    assert len(bars) == len(names) - len(hidden)
    for name in hidden:
        assert f"{name}: not shown" in names


def test_a_chart_says_in_words_what_it_draws() -> None:
    told = compose(EXAMPLE)
    for row in told.dimension_profile:
        assert f"{row.name}: {row.level}" in told.charts.profile.alternative_text
    assert told.project.budget.currency in told.charts.budget.caption


def test_charts_of_an_arabic_report_grow_from_the_right(arabic: DocumentType) -> None:
    for space, _ in charts(arabic):
        turned = space.find(f".//{CHART}valAx/{CHART}scaling/{CHART}orientation")
        assert turned.get("val") == "maxMin"


def test_figures_of_an_arabic_chart_are_not_turned_by_their_paragraph(
    arabic: DocumentType,
) -> None:
    """LibreOffice writes 9.1 for 1.9 where the paragraph of a chart runs from the right."""
    frames = list(arabic.element.body.iter(f"{CHART}chart"))
    assert len(frames) == 2
    for frame in frames:
        paragraph = next(frame.iterancestors(qn("w:p")))
        assert paragraph.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is None


# --- words ----------------------------------------------------------------------------------------


def test_no_style_parts_the_letters_of_a_word() -> None:
    """Spaced letters tear an Arabic word."""
    for name in ("project_design", "needs_assessment", "country_brief"):
        styles = Document(str(house_template(name))).styles.element
        parted = [one for one in styles.iter(qn("w:spacing")) if one.getparent().tag == qn("w:rPr")]
        used = {"Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption"}
        for one in parted:
            style = next(one.iterancestors(qn("w:style")))
            assert style.find(qn("w:name")).get(qn("w:val")).title() not in used


def test_a_printed_id_is_one_piece_from_the_left_in_arabic(arabic: DocumentType) -> None:
    """Without the marks a line ends between the bracket and the id."""
    ids = [
        one.text for one in arabic.element.body.iter(qn("w:t"))
        if re.search(r"\[[A-Z]+_XAA_2026_\w+\]", one.text or "")
    ]  # fmt: skip
    assert len(ids) > 50
    assert all(re.fullmatch("\u200f\u200e\\[\\w+\\]\u200e", one) for one in ids)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "USD\u00a025,000\u201360,000"),
        ("fr", "25\u202f000\u201360\u202f000\u00a0USD"),
        ("es", "25.000\u201360.000\u00a0USD"),
        ("ar", "25,000\u201360,000\u00a0USD"),
    ],
)
def test_a_range_of_amounts_names_its_currency_once_where_the_language_does(
    language: str, written: str
) -> None:
    assert Figures(language).money_range(Decimal(25000), Decimal(60000), "USD") == written


def test_who_says_what_is_parted_by_the_semicolon_of_the_language() -> None:
    assert Figures("ar").parted(["a", "", "b"]) == "a\u061b b"
    assert Figures("fr").parted(["a", "b"]) == "a\u00a0; b"


@pytest.mark.parametrize("scored", [1, 36])
def test_no_open_question_is_announced_where_every_level_is_known(scored: int) -> None:
    told = Wording().scope(
        country="Arcadia", institutions=2, silent=0, coverage=None, scored=scored, of=scored + 10,
        hidden=10,
    )  # fmt: skip
    assert "others" not in told
    assert f"{scored} sub-dimension" in told


def test_a_rule_is_told_once_and_named_in_the_annex() -> None:
    told = compose(EXAMPLE)
    offered = {rule.rule: one.number for one in reversed(told.project.interventions)
               for rule in one.rules}  # fmt: skip
    assert offered
    for rule in told.annexes.rules:
        number = offered.get(rule.rule)
        assert rule.place == (f"See Part B, intervention {number}." if number else "")


def test_budget_lines_stand_under_their_activity_and_none_is_lost() -> None:
    budget = compose(EXAMPLE).project.budget
    grouped = [line for group in budget.groups for line in group.lines]
    assert sorted(line.id for line in grouped) == sorted(line.id for line in budget.lines)
    owners = {line.id: line.activity for line in EXAMPLE.design.budget.lines}
    for group in budget.groups:
        assert {owners[line.id] for line in group.lines} == {group.id}


def test_a_dimension_with_gaps_says_whom_they_hold_up() -> None:
    told = compose(EXAMPLE)
    for dimension in told.dimensions:
        assert bool(dimension.meaning) == bool(dimension.gaps)
        if dimension.gaps:
            assert re.search(r"holds up \d+ forms? of cooperation: ", dimension.meaning)
