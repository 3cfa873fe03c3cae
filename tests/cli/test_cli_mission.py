"""`tana questionnaire kit`: the papers, page by page, as Word keeps them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx
import pytest
from command import Said, Tana
from returns import everything_in, receive

SECRET = "about 4711"  # cannot be read as a number, and the question is restricted
ANSWERS = {"OPS_8_04": SECRET, "OPS_8_06": "partly", "HUM_2_03": "twelve or so"}


def _kit(tana: Tana, out: Path, *more: object) -> Said:
    return tana("questionnaire", "kit", "XAA", "--round", "2026", "--out", out, *more)


def _text(path: Path) -> str:
    word = docx.Document(str(path))
    cells = (cell.text for table in word.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def _running_line(path: Path) -> str:
    return docx.Document(str(path)).sections[0].header.paragraphs[0].text


@pytest.fixture
def tana(tmp_path: Path) -> Tana:
    return Tana(tmp_path / "home")


def test_before_anything_is_sent_the_kit_asks_core_questions_and_opens_nothing(
    tana: Tana, tmp_path: Path
) -> None:
    said = _kit(tana, tmp_path, "--language", "en", "--start", "2026-09-10", "--json")
    assert said.status == 0, said.err
    names = [Path(path).name for path in said.document["papers"]]
    assert names[:3] == ["XAA_2026_letter.docx", "XAA_2026_focal_point.docx",
                         "XAA_2026_agenda.docx"]  # fmt: skip
    assert "XAA_2026_interview_CA.docx" in names
    assert "XAA_2026_interview_EXPERT.docx" not in names  # who observes is not interviewed
    assert tana("status", "--json").document["assessments"] == []
    guide = _text(tmp_path / "XAA_2026_interview_WPU.docx")
    assert "No questionnaire has come back yet." in guide
    assert _running_line(tmp_path / "XAA_2026_interview_WPU.docx").endswith(
        "RESTRICTED · For the interviewer, not to be handed over"
    )
    agenda = _text(tmp_path / "XAA_2026_agenda.docx")
    assert "Day 2: 11 September 2026" in agenda
    assert "Day 3: 14 September 2026" in agenda  # a weekend lies between
    assert "[reference]" in _text(tmp_path / "XAA_2026_letter.docx")


def test_an_institution_that_answered_is_asked_what_is_open_and_no_secret_is_printed(
    tana: Tana, tmp_path: Path
) -> None:
    receive(tana, tmp_path / "sent", {"POL": ANSWERS})
    said = _kit(tana, tmp_path, "--language", "en", "--institution", "POL", "--minutes", 180)
    assert said.status == 0, said.err
    path = tmp_path / "XAA_2026_interview_POL.docx"
    guide = _text(path)
    assert "It was left blank." in guide
    everything = everything_in(path)
    assert "twelve or so" in everything  # hers, and public
    assert "4711" not in everything
    assert "It has answered in confidence; the answer is not printed here." in guide
    assert "received on" in _text(tmp_path / "XAA_2026_focal_point.docx")


@pytest.mark.parametrize(("language", "heading"), [
    ("fr", "Fiche du point focal"), ("es", "Ficha para el punto focal"),
    ("ar", "ورقة إرشادية لجهة الاتصال"),
])  # fmt: skip
def test_every_paper_speaks_the_language_of_the_country(
    tana: Tana, tmp_path: Path, language: str, heading: str
) -> None:
    """No line of the English papers stands in them, codes and places to fill in aside."""
    lines = {}
    for code in ("en", language):
        out = tmp_path / code
        assert _kit(tana, out, "--language", code, "--institution", "CUST").status == 0
        lines[code] = {path.name: set(_text(path).splitlines()) for path in out.glob("*.docx")}
    assert heading in lines[language]["XAA_2026_focal_point.docx"]
    for name, said in lines[language].items():
        assert [x for x in said & lines["en"][name] if re.search(r"[a-z]+ [a-z]+", x)] == []


def test_arabic_papers_are_written_from_the_right_on_a4(tana: Tana, tmp_path: Path) -> None:
    assert _kit(tana, tmp_path, "--language", "ar", "--institution", "CA").status == 0
    for path in tmp_path.glob("*.docx"):
        section = docx.Document(str(path)).sections[0]
        assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
        with zipfile.ZipFile(path) as package:
            body = package.read("word/document.xml").decode("utf-8")
        assert body.count("<w:bidiVisual/>") == body.count("<w:tbl>")
        assert body.count("<w:rtl") == body.count("<w:r>")


@pytest.mark.parametrize(("more", "status", "told"), [
    (("--minutes", "5"), 2, "cannot be planned"),
    (("--minutes", "900"), 2, "cannot be planned"),
    (("--institution", "NAVY"), 2, "NAVY"),
    (("--institution", "EXPERT"), 2, "interviewed"),
    (("--language", "tlh"), 2, "tlh"),
    (("--start", "next week"), 2, "--start"),
    (("--tier", "huge"), 2, "huge"),
    (("--pack", "../../etc"), 2, "etc"),
])  # fmt: skip
def test_what_cannot_be_is_said_and_nothing_is_written(
    tana: Tana, tmp_path: Path, more: tuple[str, ...], status: int, told: str
) -> None:
    said = _kit(tana, tmp_path / "out", *more)
    assert (said.status, told in said.err) == (status, True), said.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["kit", "build"])
def test_a_round_of_long_ago_is_made_with_a_warning(
    tana: Tana, tmp_path: Path, command: str
) -> None:
    country = ("XAA",) if command == "kit" else ("--country", "XAA")
    words = ("questionnaire", command, *country, "--round", "1999", "--institution", "CA")
    said = tana(*words, "--out", tmp_path)
    assert said.status == 0, said.err
    assert "Round 1999 of XAA lies in the past and was never opened" in said.err
