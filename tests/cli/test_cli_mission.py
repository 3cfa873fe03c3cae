"""`tana questionnaire kit`: the papers, page by page, as Word keeps them."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest
from command import Said, Tana

from assessments.workbook.fill import HEADER

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


def _answered(tana: Tana, folder: Path, code: str, answers: Mapping[str, str]) -> None:
    made = tana(
        *("questionnaire", "build", "--country", "XAA", "--round", "2026", "--language", "en"),
        *("--tier", "deep", "--institution", code, "--out", folder, "--json"),
    )
    (blank,) = made.document["workbooks"]
    text = folder / f"{code}.csv"
    with text.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, restval="")
        writer.writeheader()
        writer.writerows({"question": name, "value": value} for name, value in answers.items())
    filled = folder / f"{code}.xlsx"
    assert tana("questionnaire", "fill", blank, "--answers", text, "--out", filled).status == 0
    assert tana("ingest", filled).status in (0, 1)


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
    _answered(tana, tmp_path, "POL", ANSWERS)
    said = _kit(tana, tmp_path, "--language", "en", "--institution", "POL", "--minutes", 180)
    assert said.status == 0, said.err
    path = tmp_path / "XAA_2026_interview_POL.docx"
    guide = _text(path)
    assert "It was left blank." in guide
    with zipfile.ZipFile(path) as package:
        everything = "".join(package.read(name).decode("utf-8", "replace")
                             for name in package.namelist())  # fmt: skip
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
    assert _kit(tana, tmp_path, "--language", language, "--institution", "CUST").status == 0
    assert heading in _text(tmp_path / "XAA_2026_focal_point.docx")
    for path in tmp_path.glob("*.docx"):
        text = _text(path)
        assert not any(word in text for word in ("Institution below", "The result", "Why:"))


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
