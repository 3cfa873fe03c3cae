"""The report in French, Spanish and Arabic: nothing of ours stays English, no figure changes, no
heading stands over nothing, and Arabic is written from the right throughout."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from babel.numbers import parse_decimal
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from matplotlib.image import imread
from report_example import example
from word_file import needs_office, words_of

from assessments.design.phrases import inside
from assessments.language import Figures, Said, words
from assessments.pack.load import load_pack
from assessments.report import ReportFiles, write_report
from assessments.report.canvas import width_of
from assessments.report.charts import priority_matrix, work_plan
from assessments.report.compose import compose
from assessments.report.heat_map import dimension_lines
from assessments.report.iati import activity_file
from assessments.report.pdf import to_pdf
from assessments.report.voices import Voices
from assessments.report.wording import Wording
from assessments.report.write import house_template
from assessments.results import AnswerState, Verdict
from assessments.settings import IatiOrganization
from assessments.workbook.letters import width

LANGUAGES = ("fr", "es", "ar")
CATALOGUES = Path(__file__).parents[2] / "assessments" / "language" / "catalogues"
VERSIONS = {"0.1.0", "2026.1"}  # no figures
EXAMPLE = example(edition="restricted")


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReportFiles]:
    folder = tmp_path_factory.mktemp("languages")
    return {code: write_report(EXAMPLE, folder, language=code) for code in LANGUAGES}


@pytest.mark.parametrize("name", ["project_design", "needs_assessment", "country_brief"])
@pytest.mark.parametrize("code", ["en", *LANGUAGES])
def test_no_word_of_a_heading_is_broken_by_a_narrow_column(name: str, code: str) -> None:
    """Width of each word in bold Arial of 8 points; 3 mm of a column are the cell's margins."""
    say = words(code)
    for table in Document(str(house_template(name))).tables:
        for cell in table.rows[0].cells:
            if cell.paragraphs[0].style.name == "Table Head":
                for word in say(cell.paragraphs[0].text or " ").split():
                    needed = width(word, size=8, bold=True) / 96 * 2.54 + 0.3
                    assert needed <= cell.width.cm, (cell.paragraphs[0].text, word)


@pytest.mark.parametrize("code", ["en", *LANGUAGES])
def test_no_verdict_is_broken_by_a_narrow_column(code: str) -> None:
    """Its column in the table of the gaps, of 8 points, and in the annex, of 6.5."""
    said = Wording(code)
    for table in Document(str(house_template("project_design"))).tables:
        for row in table.rows:
            for cell in row.cells:
                if "item.verdict }}" in cell.text:
                    annex = "Annex" in cell.paragraphs[0].style.name
                    size, margins = (6.5, 0.22) if annex else (8, 0.3)
                    for word in " ".join(map(said.verdict, Verdict)).split():
                        needed = width(word, size=size, bold=False) / 96 * 2.54 + margins
                        assert needed <= cell.width.cm, (word, size)


@pytest.mark.parametrize("code", ["en", *LANGUAGES])
def test_nothing_of_the_priority_matrix_runs_over_its_edge(code: str) -> None:
    """The outermost dots of the picture are white: what is cut off would leave ink there."""
    picture = priority_matrix(Voices(EXAMPLE, Wording(code)))
    assert picture is not None
    dots = imread(io.BytesIO(picture.png))[:, :, :3]
    for edge in (dots[:, :3], dots[:, -3:], dots[:3], dots[-3:]):
        assert edge.min() == 1.0


@pytest.mark.parametrize("code", ["en", *LANGUAGES])
def test_no_dimension_of_the_heat_map_is_broken_or_runs_into_its_levels(code: str) -> None:
    pack = load_pack("cooperation")
    for dimension in pack.dimensions:
        name = dimension.name.in_(code)
        size, lines = dimension_lines(name, 2.15, 4)
        assert " ".join(lines) == name
        assert all(width_of(line, size, bold=True) <= 2.15 for line in lines), (code, name)


@pytest.mark.parametrize("code", ["en", *LANGUAGES])
def test_no_title_of_the_work_plan_runs_into_its_cost(code: str) -> None:
    """In each row, over the width of the labels, 2 mm or more are free between the two."""
    design = EXAMPLE.design
    long = " ".join(["Strengthening of the authority"] * 4)
    chosen = tuple(
        one.model_copy(update={"title": Said(long[:length]), "cost": Decimal("1234567.50")})
        for length in (40, 60, 72, 76, 90)
        for one in design.interventions[:1]
    )
    inputs = replace(EXAMPLE, design=design.model_copy(update={"interventions": chosen}))
    picture = work_plan(Voices(inputs, Wording(code)))
    assert picture is not None
    dots = imread(io.BytesIO(picture.png))[:, :, :3]
    if code == "ar":
        dots = dots[:, ::-1]
    cm = dots.shape[1] / picture.width
    row = min(0.62, 12.6 / len(chosen))
    for number in range(len(chosen)):
        top = 0.95 + number * row
        band = dots[int((top + 0.1) * cm) : int((top + row - 0.1) * cm), : int(10.4 * cm)]
        inked = (abs(band - band[0, 0]).max(axis=(0, 2)) > 0.05).nonzero()[0]
        assert max(b - a for a, b in pairwise(inked)) >= 0.2 * cm, (code, number)


def test_what_is_cut_is_said_in_the_reader_s_language() -> None:
    given = next(answer for answer in EXAMPLE.answers if answer.state is AnswerState.ANSWERED)
    long = given.model_copy(update={"value": "mot " * 400})
    for code, said in (
        ("en", "characters; the workbook"),
        ("fr", "caract\u00e8res\u00a0; le classeur"),
    ):
        assert said in Voices(EXAMPLE, Wording(code)).answer(long)


def test_an_amount_of_another_donor_is_grouped_as_the_language_does() -> None:
    donor = EXAMPLE.design.donors[0]
    given = tuple(
        donor.model_copy(update={"amount": one})
        for one in ("8500000", "about a million", "9" * 5000)
    )
    inputs = replace(EXAMPLE, design=EXAMPLE.design.model_copy(update={"donors": given}))
    for code, amount in (("en", "8,500,000"), ("fr", "8\u202f500\u202f000"), ("es", "8.500.000")):
        first, second, third = compose(inputs, words=Wording(code)).project.donors
        assert (first.amount, second.amount) == (amount, "about a million")
        assert third.amount.startswith("999")


def test_the_areas_of_an_institution_are_parted_alike_in_all_cells() -> None:
    """A name with a comma or without: semicolons, as cells stand below each other."""
    first = EXAMPLE.design.stakeholders[0]
    plain = first.model_copy(update={"assets": Said("{areas}", areas=inside(["Staff", "Rooms"]))})
    comma = first.model_copy(
        update={
            "assets": Said(
                "{areas} ({more})",
                areas=inside(["Seizure, return", "Rooms"]),
                more=Said.counted("and {n} more strength", "and {n} more strengths", 2),
            )
        }
    )
    inputs = replace(
        EXAMPLE, design=EXAMPLE.design.model_copy(update={"stakeholders": (plain, comma)})
    )
    shown = [one.assets for one in compose(inputs, words=Wording("fr")).project.stakeholders]
    assert shown == [
        "staff\u00a0; rooms", "seizure, return\u00a0; rooms (et 2 autres points forts)",
    ]  # fmt: skip


@cache
def english_of_ours() -> dict[str, tuple[str, ...]]:
    """Messages of at least three words, with their literal parts between the values."""
    with (CATALOGUES / "fr.po").open("rb") as file:
        messages = [message.id for message in read_po(file, locale="fr") if message.id]
    found = {}
    for message in messages:
        for form in [message] if isinstance(message, str) else message:
            pieces = tuple(
                piece
                for part in re.split(r"\{[^}]*\}", form)
                if len(re.findall(r"[A-Za-z]{2,}", piece := part.strip(" .:;,()“”"))) >= 4
            )
            if pieces:
                found[form] = pieces
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_ours_stays_english(language: str, written: dict[str, ReportFiles]) -> None:
    """The example's own answers and titles are English; what the product says is not."""
    assert len(english_of_ours()) > 300
    said = words_of(written[language].docx)
    texts = words(language).texts
    left = [
        message
        for message, pieces in english_of_ours().items()
        if any(piece in said and piece not in texts.get(message, ("",))[0] for piece in pieces)
    ]
    assert left == []


def printed(part: object) -> Iterator[str]:
    """Every text of a composed report, in its order."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from printed(one)
    elif is_dataclass(part):
        for one in fields(part):
            if one.name not in {"number", "donors"}:  # 1.1 is a place; amounts as donors wrote them
                yield from printed(getattr(part, one.name))


def figures(language: str) -> list[Decimal]:
    """Texts that are a figure alone, read as the language writes them."""
    found = []
    for text in printed(compose(EXAMPLE, words=Wording(language))):
        bare = text.replace("USD", "").strip().removesuffix("%").strip()
        if re.fullmatch(r"\d+([.,\u00a0\u202f]\d+)*", bare) and text not in VERSIONS:
            found.append(parse_decimal(bare, locale=Figures(language).locale))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_is_the_same_as_in_english(language: str) -> None:
    english = figures("en")
    assert len(english) > 100
    assert figures(language) == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_total_is_that_of_the_iati_file(language: str, written: dict[str, ReportFiles]) -> None:
    organization = IatiOrganization("XA-OFFICE-1", "Office for cooperation", "40")
    tree = etree.fromstring(activity_file(EXAMPLE, organization, date(2027, 1, 1)))
    total = sum(Decimal(value.text or "0") for value in tree.iter("value")
                if value.getparent().tag == "budget")  # fmt: skip
    assert total == EXAMPLE.design.budget.total
    assert Figures(language).money(total, "USD") in words_of(written[language].docx)


@needs_office
@pytest.mark.libreoffice
@pytest.mark.parametrize("language", ["es", "ar"])
def test_the_pdf_says_the_total_too(
    language: str, written: dict[str, ReportFiles], tmp_path: Path
) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    pdf = to_pdf(written[language].docx, tmp_path / "report.pdf").path
    text = subprocess.run(
        ["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    budget = EXAMPLE.design.budget
    assert Figures(language).decimal(budget.total, "#,##0.00") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_heading_stands_over_nothing(language: str, written: dict[str, ReportFiles]) -> None:
    document = Document(str(written[language].docx))
    styles = {style.style_id: style.name for style in document.styles}
    last = 0
    for element in document.element.body:
        mark = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style = styles.get(mark.get(qn("w:val")), "") if mark is not None else ""
        level = int(style[-1]) if re.fullmatch(r"Heading \d", style) else 0
        text = "".join(one.text or "" for one in element.iter(qn("w:t"))).strip()
        if level:
            assert not last or level > last, text
            assert text
            last = level
        elif text or element.tag == qn("w:tbl") or list(element.iter(qn("w:drawing"))):
            last = 0
    assert last == 0


def test_arabic_is_written_from_the_right_throughout(written: dict[str, ReportFiles]) -> None:
    document = Document(str(written["ar"].docx))
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.footer._element]
    for part in parts:
        for paragraph in part.iter(qn("w:p")):
            if not any("/chart" in one.get("uri") for one in paragraph.iter(qn("a:graphicData"))):
                assert paragraph.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None
    body = document.element.body
    assert all(one.find(qn("w:bidiVisual")) is not None for one in body.iter(qn("w:tblPr")))
    assert all(one.find(qn("w:bidi")) is not None for one in body.iter(qn("w:sectPr")))
    for run in body.iter(qn("w:r")):
        text = "".join(one.text or "" for one in run.iter(qn("w:t")))
        if re.search("[\u0600-\u06ff]", text):
            assert run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None


def test_no_number_of_a_paragraph_is_written_to_its_and_in_arabic() -> None:
    """LibreOffice ends lines between the two, so that the *and* stands alone."""
    gap = EXAMPLE.priorities.gaps[0].model_copy(
        update={"unmet": tuple(r.id for r in EXAMPLE.scores.requirements)}
    )
    inputs = replace(EXAMPLE, priorities=EXAMPLE.priorities.model_copy(update={"gaps": (gap,)}))
    refs = list(dict.fromkeys(r.ref for r in EXAMPLE.scores.requirements))
    assert 1 < len(refs) <= 6
    [arabic] = compose(inputs, words=Wording("ar")).summary.gaps
    [english] = compose(inputs, words=Wording("en")).summary.gaps
    assert "\u060c ".join(refs) in arabic.text
    assert f"{', '.join(refs[:-1])} and {refs[-1]}" in english.text


def test_other_languages_stay_from_the_left(written: dict[str, ReportFiles]) -> None:
    assert not list(Document(str(written["fr"].docx)).element.body.iter(qn("w:bidi")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_names_its_language(language: str, written: dict[str, ReportFiles]) -> None:
    document = Document(str(written[language].docx))
    assert document.core_properties.language == language
    assert {one.get(qn("w:val"))[:2] for one in document.styles.element.iter(qn("w:lang"))} == {
        language
    }


def test_a_text_without_translation_is_marked_and_counted() -> None:
    """The example's pack is English alone: its texts stand there with a mark, and the report says
    how many."""
    french = compose(EXAMPLE, words=Wording("fr"))
    assert french.dimensions[0].scores[0].name.endswith("\u00a0[en]")
    assert any("figurent en anglais, marqués [en]" in limit for limit in french.limits)
    assert not any("[en]" in text for text in printed(compose(EXAMPLE, words=Wording("en"))))
