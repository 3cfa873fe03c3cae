"""Templates an officer has edited: what is wrong is named with its place; nothing bad is run."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docxtpl import DocxTemplate
from word_file import needs_office, words_of

from assessments.errors import TemplateFault
from assessments.language import words
from assessments.paths import REPORT_TEMPLATES
from assessments.problems import Severity
from assessments.report import ReportInputs, check_template, write_report
from assessments.report.compose import compose
from assessments.report.field_list import README, field_list
from assessments.report.render import render
from assessments.report.template_length import length
from assessments.report.word import WordTemplate
from assessments.report.write import house_template

DEFAULT = REPORT_TEMPLATES / "project_design.docx"


def template(folder: Path, *paragraphs: str, header: str = "") -> Path:
    document = Document()
    document.add_heading("Priority gaps", 1)
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.save(str(folder / "mine.docx"))
    return folder / "mine.docx"


def faults(path: Path) -> dict[str, str]:
    return {p.code: str(p) for p in check_template(path) if p.severity is Severity.FILE}


HOUSE = ("project_design", "needs_assessment", "country_brief", "regional_view")


@pytest.mark.parametrize("name", HOUSE)
def test_a_template_of_the_house_has_no_fault(name: str) -> None:
    assert faults(house_template(name)) == {}


def test_the_needs_assessment_says_nothing_of_a_project(
    inputs: ReportInputs, tmp_path: Path
) -> None:
    words = words_of(
        write_report(inputs, tmp_path, template=house_template("needs_assessment")).docx
    )
    assert "Part A. Findings" in words
    assert inputs.country.un_name in words
    for line in inputs.design.budget.lines:
        assert line.id not in words
    for chosen in inputs.design.interventions:
        assert chosen.id not in words
    assert "Part B" not in words
    assert "support cost" not in words


@needs_office
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_country_brief_has_two_pages(
    inputs: ReportInputs, tmp_path: Path, language: str
) -> None:
    made = write_report(
        inputs, tmp_path, template=house_template("country_brief"), language=language, pdf=True
    )
    assert made.pdf is not None
    assert len(re.findall(rb"/Type\s*/Page\b", made.pdf.read_bytes())) == 2


def test_the_templates_are_what_their_script_makes(tmp_path: Path) -> None:
    """So that their design can be reviewed as text."""
    import importlib.util

    spec = importlib.util.spec_from_file_location(
        "maker", REPORT_TEMPLATES / "make_project_design.py"
    )
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    assert set(maker.TEMPLATES) == set(HOUSE)
    for name, make in maker.TEMPLATES.items():
        kept = Document(str(house_template(name)))
        assert make().element.body.xml == kept.element.body.xml


def test_the_list_of_fields_is_current() -> None:
    assert README.read_text(encoding="utf-8") == field_list(), (
        "run: python -m assessments.report.field_list"
    )


def test_a_misspelt_field_is_named_with_its_place_and_the_right_word(tmp_path: Path) -> None:
    path = template(
        tmp_path, "{%p for gap in priorities.gaps %}", "{{ gap.naem }}", "{%p endfor %}"
    )
    message = faults(path)["unknown-field"]
    assert "gap.naem" in message
    assert "\u201cname\u201d" in message
    assert "Priority gaps" in message


def test_a_fault_in_a_header_is_found_there(tmp_path: Path) -> None:
    assert (
        "in the header" in faults(template(tmp_path, header="{{ cover.contry }}"))["unknown-field"]
    )


def test_an_unused_field_is_a_note_only(tmp_path: Path) -> None:
    problems = check_template(template(tmp_path, "{{ cover.country }}"))
    assert {p.severity for p in problems} == {Severity.NOTE}
    assert any("\u201cround\u201d" in p.message for p in problems)


def test_a_group_printed_as_text_is_a_fault(tmp_path: Path) -> None:
    assert "not-a-text" in faults(template(tmp_path, "{{ cover }}"))


def test_a_tag_without_its_end_is_a_fault(tmp_path: Path) -> None:
    assert "syntax" in faults(template(tmp_path, "{%p for gap in priorities.gaps %}"))


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ cover.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ cover.country.__init__.__globals__ }}",
        "{{ 'a' * 10000000000 }}",
        "{% for x in range(1000000000) %}x{% endfor %}",
        "{{ cover.country|attr('__class__') }}",
        "{% set x = cover %}",
        "{% include '/etc/passwd' %}",
        "{% macro m() %}{% endmacro %}",
        "{{ ''.__class__ }}",
        "{{ 1 .__class__ }}",
        "{{ (cover if 1 else cover).__class__ }}",
        "{{ cover['__class__'] }}",
        "{{ self.__init__ }}",
        "{{ cycler('a', 'b') }}",
        "{{ '%s'|format(cover) }}",
        "{{ '{0.__class__}'.format(cover) }}",
        "{% for a in annexes.answers %}{{ loop.index.__class__ }}{% endfor %}",
        "{% for a in annexes.answers recursive %}{{ loop(annexes.answers) }}{% endfor %}",
        "{% import 'os' as os %}",
        "{% call cover.country() %}{% endcall %}",
        "{% filter upper %}x{% endfilter %}",
        "{% with a = cover %}{% endwith %}",
        "{% autoescape false %}{{ cover.country }}{% endautoescape %}",
        "{{ cover.country ~ cover.country }}",
        "{{ [cover] * 100000000 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{% debug %}",
        "{{ " + "(" * 3000 + "cover.country" + ")" * 3000 + " }}",
        "{% if 1 %}" * 2000 + "{% endif %}" * 2000,
    ],
)
def test_a_template_that_tries_more_than_fields_is_refused_before_it_runs(
    hostile: str, inputs: ReportInputs, tmp_path: Path
) -> None:
    path = template(tmp_path, hostile)
    with pytest.raises(TemplateFault) as raised:
        write_report(inputs, tmp_path / "out", template=path)
    assert "mine.docx" in raised.value.message
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").glob("*.docx"))


def test_loops_that_multiply_are_refused(tmp_path: Path) -> None:
    """Answers times answers times answers would fill the memory."""
    body = "{% for a in annexes.answers %}{% for b in annexes.answers %}x{% endfor %}{% endfor %}"
    assert "loop-not-nested" in faults(template(tmp_path, body))


def test_a_template_that_would_fill_the_memory_is_refused_before_it_runs(
    inputs: ReportInputs, tmp_path: Path
) -> None:
    """All that it holds is allowed, only there is too much of it: 10,000 letters an answer, in a
    report of more than 10,000 answers."""
    report = compose(inputs)
    answers = report.annexes.answers * (10_000 // len(report.annexes.answers) + 1)
    large = replace(report, annexes=replace(report.annexes, answers=answers))
    path = template(tmp_path, "{%p for a in annexes.answers %}", "x" * 10_000, "{%p endfor %}")
    with pytest.raises(TemplateFault, match=r"mine\.docx was refused: .* million characters"):
        render(path, large, {}, {}, tmp_path / "out.docx", words("en"))
    assert not (tmp_path / "out.docx").exists()


def test_a_text_longer_than_word_files_hold_is_a_fault(tmp_path: Path) -> None:
    assert "not-word" in faults(template(tmp_path, "x" * 12_000_000))


@pytest.mark.parametrize("lost", ["word/styles.xml", "[Content_Types].xml", "_rels/.rels"])
def test_a_word_file_that_lacks_a_part_is_refused_or_read_and_never_crashes(
    lost: str, tmp_path: Path
) -> None:
    import zipfile

    whole = template(tmp_path, "{{ cover.country }}")
    path = tmp_path / "cut.docx"
    with zipfile.ZipFile(whole) as given, zipfile.ZipFile(path, "w") as cut:
        for name in given.namelist():
            if name != lost:
                cut.writestr(name, given.read(name))
    assert set(faults(path)) <= {"not-word"}


def test_how_much_a_template_writes_is_reckoned_by_its_longest_lists(
    inputs: ReportInputs, tmp_path: Path
) -> None:
    """A hundred letters more in a loop over the answers are a hundred more for each answer."""
    report, loop = compose(inputs), "{% for a in annexes.answers %}[]{% endfor %}"
    short, long = (
        length(template(tmp_path, loop.replace("[]", letters)), report)
        for letters in ("y", "y" * 101)
    )
    assert long - short == 100 * len(report.annexes.answers)


@pytest.mark.parametrize("kind", ["r", "p", "tr", "tc"])
def test_a_field_that_would_replace_its_whole_place_is_refused_with_what_to_write(
    kind: str, tmp_path: Path
) -> None:
    """docxtpl would leave bare text where Word wants a run, and Word would not show it."""
    path = template(tmp_path, f"Round {{{{{kind} cover.round }}}}")
    assert "Write {{ cover.round }}." in faults(path)["replaces-its-place"]


@pytest.mark.parametrize("text", ["plain", "a\nb", "a\tb\n", "a\ab", "a\fb", ""])
def test_breaks_in_a_text_become_those_that_docxtpl_makes(text: str) -> None:
    """Which looks for them in every paragraph, ours only where there are any."""
    xml = (
        "<w:body><w:p><w:r><w:t>before</w:t></w:r></w:p>\n<w:tbl><w:tc>"
        f'<w:p w:rsid="1"><w:pPr><w:b/></w:pPr><w:r><w:rPr><w:i/></w:rPr><w:t>{text}</w:t></w:r>'
        "</w:p></w:tc></w:tbl><w:p><w:r><w:t>after</w:t></w:r></w:p></w:body>"
    )
    theirs = DocxTemplate.resolve_listing(DocxTemplate("unread"), xml)
    assert WordTemplate("unread").resolve_listing(xml) == theirs
    assert (theirs == xml) == (not set(text) & set("\n\t\a\f"))


def test_properties_of_a_template_are_not_run(inputs: ReportInputs, tmp_path: Path) -> None:
    path = template(tmp_path, "{{ cover.country }}")
    document = Document(str(path))
    document.core_properties.title = "{{ 7*7 }}"
    document.save(str(path))
    made = write_report(inputs, tmp_path / "out", template=path)
    assert "49" not in Document(str(made.docx)).core_properties.title


def test_an_unknown_field_publishes_nothing_and_keeps_the_old_report(
    inputs: ReportInputs, tmp_path: Path
) -> None:
    out = tmp_path / "report.docx"
    write_report(inputs, out)
    before = out.read_bytes()
    with pytest.raises(TemplateFault, match=r"cover\.contry"):
        write_report(inputs, out, template=template(tmp_path, "{{ cover.contry }}"))
    assert out.read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} == {"report.docx", "mine.docx"}


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 cut"])
def test_a_file_that_is_no_word_document_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "mine.docx"
    path.write_bytes(content)
    assert "not-word" in faults(path)


def test_a_missing_template_is_named(inputs: ReportInputs, tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match=r"none\.docx"):
        write_report(inputs, tmp_path / "out", template=tmp_path / "none.docx")
