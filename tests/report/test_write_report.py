"""A report is read again as a reader would: with python-docx, and through LibreOffice."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from report_example import SECRET, answer_id, example, ident
from word_file import needs_office, words_of

from assessments.identifiers import PRINTED_ID, Kind
from assessments.report import ReportFiles, ReportInputs, write_report
from assessments.report.pdf import to_pdf


def bookmarks(path: Path) -> list[str]:
    body = Document(str(path)).element.body
    return [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]


def test_every_printed_id_is_a_bookmark_once(restricted: ReportFiles) -> None:
    printed = set(re.findall(r"\[([A-Z]+_XAA_2026_\w+)\]", words_of(restricted.docx)))
    names = [name for name in bookmarks(restricted.docx) if not name.startswith("_")]
    assert printed == set(names) == set(restricted.printed_ids)
    assert len(names) == len(set(names))
    assert all(PRINTED_ID.match(name) for name in names)


def test_ids_of_every_kind_are_printed(restricted: ReportFiles) -> None:
    kinds = {name.split("_")[0] for name in restricted.printed_ids}
    assert kinds >= {kind.value for kind in Kind}


def test_a_mention_links_to_the_bookmark_of_its_name(restricted: ReportFiles) -> None:
    body = Document(str(restricted.docx)).element.body
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert ident(Kind.GAP, "OPS-1") in anchors
    assert anchors <= set(bookmarks(restricted.docx))


def test_country_round_status_and_nature_stand_on_every_page(public: ReportFiles) -> None:
    sections = Document(str(public.docx)).sections
    assert len(sections) == 3
    for section in sections:
        header = section.header.paragraphs[0].text
        assert "Arcadia Republic" in header
        assert "2026" in header
        assert "DRAFT" in header
        assert "planning assessment" in section.footer.paragraphs[0].text


def test_an_approved_report_names_approver_and_day_and_is_no_draft(tmp_path: Path) -> None:
    words = words_of(write_report(example(approved=True), tmp_path).docx)
    assert "Approved by A. Officer on 3 May 2026" in words
    assert "DRAFT" not in words


def test_strengths_stand_before_gaps(public: ReportFiles) -> None:
    words = words_of(public.docx)
    assert words.index("What works") < words.index("Where the gaps are")


def test_the_budget_adds_up_on_paper(restricted: ReportFiles) -> None:
    """Four interventions with two lines of 12,345.50 each: 98,764.00; 13 % is 12,839.32."""
    words = words_of(restricted.docx)
    assert "98,764" in words
    assert "12,839.32" in words
    assert "111,603.32" in words


def test_every_picture_has_an_alternative_text_and_the_headings_begin_at_one(
    public: ReportFiles,
) -> None:
    document = Document(str(public.docx))
    pictures = list(document.element.body.iter(qn("wp:docPr")))
    assert {p.get("name") for p in pictures} == {
        "heat_map", "profile", "budget", "priority_matrix", "theory_of_change", "work_plan",
    }  # fmt: skip
    assert all(len(p.get("descr")) > 40 for p in pictures)
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Head")]
    assert levels[0] == 1
    assert all(after - before <= 2 for before, after in itertools.pairwise(levels))


def test_tables_repeat_their_header_and_end_every_cell_with_a_paragraph(
    restricted: ReportFiles,
) -> None:
    body = Document(str(restricted.docx)).element.body
    heads = [t for t in body.iter(qn("w:tbl")) if t.find(f".//{qn('w:tblHeader')}") is not None]
    assert len(heads) > 15
    assert all(cell[-1].tag == qn("w:p") for cell in body.iter(qn("w:tc")))


def test_captions_are_numbered_without_a_hole(public: ReportFiles) -> None:
    found = [p for p in Document(str(public.docx)).paragraphs if p.style.name == "Caption"]
    texts = ["".join(t.text or "" for t in p._p.iter(qn("w:t"))) for p in found]
    numbers = [int(m.group(1)) for t in texts if (m := re.match(r"Table (\d+)\.", t))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_no_heading_stands_over_nothing(inputs: ReportInputs, tmp_path: Path) -> None:
    """Without gaps, interventions, risks and donors their headings are not printed either."""
    design = inputs.design.model_copy(
        update={
            "interventions": (), "activities": (), "outputs": (), "outcomes": (), "risks": (),
            "donors": (), "rejected": (), "packages": (), "impact_indicators": (),
            "budget": inputs.design.budget.model_copy(update={"lines": ()}),
        }
    )  # fmt: skip
    bare = replace(
        inputs, design=design, priorities=inputs.priorities.model_copy(update={"gaps": ()})
    )
    words = words_of(write_report(bare, tmp_path).docx)
    for heading in (
        "Risks",
        "Work plan",
        "Logical framework",
        "Considered and left out",
        "Donor map",
    ):
        assert heading not in words


# --- versions -------------------------------------------------------------------------------------


def test_the_public_version_holds_nothing_of_a_confidential_sub_dimension(
    public: ReportFiles,
) -> None:
    words = words_of(public.docx)
    assert SECRET not in words
    assert "1 sub-dimension rests on restricted answers and is not shown" in words
    assert "2 questions of the questionnaire are restricted or confidential" in words
    assert "The restricted version rests on all answers and may" in words
    assert ident(Kind.GAP, "OPS-2") not in words
    assert answer_id("OPS-2", 1) not in words


def test_the_restricted_version_holds_it(restricted: ReportFiles) -> None:
    words = words_of(restricted.docx)
    assert SECRET in words
    assert ident(Kind.GAP, "OPS-2") in words
    assert "Do not pass on or publish" in words


def test_small_numbers_on_witness_protection_are_printed_in_no_version(
    public: ReportFiles, restricted: ReportFiles
) -> None:
    """A rate of 2 of 7,777 without a rule that says it may be printed."""
    for files in (public, restricted):
        words = words_of(files.docx)
        assert "a small number, not printed" in words
        assert "7,777" not in words


# --- hostile answers ------------------------------------------------------------------------------

HOSTILE = (
    ("{{ 7*7 }}", "{{ 7*7 }}"),
    ("{_{ 7*7 }_}", "{_{ 7*7 }_}"),
    ("{% for x in y %}", "{% for x in y %}"),
    ("<w:p><w:r/></w:p>", "<w:p><w:r/></w:p>"),
    ("R&D <b>bold</b> & ]]>", "R&D <b>bold</b> & ]]>"),
    ("a\x00b\x08c\x1bd", "a\u2400b\u2408c\u241bd"),
    ("abc\u202edef", "abc[U+202E]def"),
    ("half \ud800 character", "half \ufffd character"),
    ("$\\frac{1}{2}$ and $", "$\\frac{1}{2}$ and $"),
    ("[GAP_XAA_2026_FALSE]", "[GAP_XAA_2026_FALSE]"),
)


def with_answer(inputs: ReportInputs, text: str) -> ReportInputs:
    answers = tuple(
        a.model_copy(update={"value": text}) if a.question == "STR_1_09" else a
        for a in inputs.answers
    )
    gaps = tuple(g.model_copy(update={"reason": text}) for g in inputs.priorities.gaps)
    design = inputs.design.model_copy(update={"title": text})
    return replace(
        inputs, answers=answers, design=design,
        priorities=inputs.priorities.model_copy(update={"gaps": gaps}),
    )  # fmt: skip


def test_hostile_answers_appear_as_typed_or_visibly_replaced(
    inputs: ReportInputs, tmp_path: Path
) -> None:
    text = " | ".join(given for given, _ in HOSTILE)
    files = write_report(with_answer(inputs, text), tmp_path)
    words = words_of(files.docx)
    for _, shown in HOSTILE:
        assert shown in words
    assert "GAP_XAA_2026_FALSE" not in files.printed_ids


def test_a_very_long_answer_is_cut_and_says_so(inputs: ReportInputs, tmp_path: Path) -> None:
    words = words_of(write_report(with_answer(inputs, "x" * 32_000), tmp_path).docx)
    assert "x" * 30 in words
    assert "characters; the workbook holds the full text" in words
    assert len(words) < 120_000


@needs_office
@pytest.mark.libreoffice
def test_libreoffice_opens_a_report_with_hostile_answers(
    inputs: ReportInputs, tmp_path: Path
) -> None:
    text = " | ".join(given for given, _ in HOSTILE) + "y" * 3000
    files = write_report(with_answer(inputs, text), tmp_path, pdf=True)
    assert files.pdf is not None
    assert files.pdf.read_bytes().startswith(b"%PDF")


@needs_office
@pytest.mark.libreoffice
def test_the_pdf_s_table_of_contents_has_page_numbers(public: ReportFiles, tmp_path: Path) -> None:
    import shutil
    import subprocess

    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    pdf, contents = to_pdf(public.docx, tmp_path / "report.pdf")
    assert contents
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert re.search(r"Part B\. Tailored project design[ .]+\d+", text)


@needs_office
@pytest.mark.libreoffice
def test_a_pdf_made_where_macros_are_forbidden_says_that_its_contents_are_not_up_to_date(
    public: ReportFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assessments.report import pdf

    monkeypatch.setattr(pdf, "_MACRO", "Sub Other()\nEnd Sub\n")  # as if ours were forbidden
    made = to_pdf(public.docx, tmp_path / "report.pdf")
    assert made.path.read_bytes().startswith(b"%PDF")
    assert not made.contents


def test_the_same_inputs_give_the_same_words(
    inputs: ReportInputs, public: ReportFiles, tmp_path: Path
) -> None:
    assert words_of(write_report(inputs, tmp_path).docx) == words_of(public.docx)
