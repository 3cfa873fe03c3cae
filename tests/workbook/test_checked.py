"""What goes back to the respondent: her answers, a note on each bad cell, a list in front."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from assessments.pack.model import Pack
from assessments.workbook.annotate import checked_path, write_checked
from assessments.workbook.read import read_workbook


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [("en", "What to correct", "stands where a number is asked"), ("ar", "ما ينبغي تصحيحه", "عدد")],
)
def test_each_bad_cell_has_a_note_and_a_linked_line_in_her_language(
    fill: Callable[..., Path], pack: Pack, language: str, title: str, said: str
) -> None:
    path = fill("OPS_1_01,,,=HYPERLINK(1),,,,\nSTR_1_02,,,Yess,,,,\n", language=language)
    before = path.read_bytes()
    reading = read_workbook(path, pack)
    out = write_checked(path, reading.problems, checked_path(path), reading.language)
    assert out.name == f"CA-{language}-filled.checked.xlsx"
    assert path.read_bytes() == before
    book = openpyxl.load_workbook(out)
    front = book.worksheets[0]
    assert front.title == title
    assert front.sheet_view.rightToLeft is (language == "ar")
    links = {
        front.cell(row, 4).hyperlink.location or front.cell(row, 4).hyperlink.target
        for row in (5, 6)
    }
    assert len(links) == 2
    for problem in reading.problems:
        note = book[problem.sheet][problem.cell].comment
        assert note is not None
    wrong = next(p for p in reading.problems if p.question == "OPS_1_01")
    assert said in book[wrong.sheet][wrong.cell].comment.text


def test_a_checked_file_comes_back_with_the_same_answers_and_one_list(
    fill: Callable[..., Path], pack: Pack
) -> None:
    path = fill("OPS_1_01,,,abt 40,,,,\nOPS_1_02,,,12,,,,\n")
    first = read_workbook(path, pack)
    checked = write_checked(path, first.problems, checked_path(path), "en")
    second = read_workbook(checked, pack)
    assert [(a.question, a.state, a.value, a.raw) for a in first.answers] == [
        (a.question, a.state, a.value, a.raw) for a in second.answers
    ]
    assert [p.code for p in second.problems] == ["not-a-number"]
    again = write_checked(checked, second.problems, checked_path(checked), "en")
    assert len(openpyxl.load_workbook(again).sheetnames) == len(
        openpyxl.load_workbook(checked).sheetnames
    )


def test_a_file_that_cannot_be_opened_is_answered_by_the_list_alone(
    tmp_path: Path, pack: Pack
) -> None:
    path = tmp_path / "CA.xlsx"
    path.write_text("question,value\n")
    reading = read_workbook(path, pack)
    out = write_checked(path, reading.problems, checked_path(path), "fr")
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["À corriger"]
    assert "texte simple (CSV)" in book.worksheets[0]["F5"].value


def test_the_original_is_never_the_target(fill: Callable[..., Path]) -> None:
    path = fill()
    with pytest.raises(ValueError, match="never altered"):
        write_checked(path, (), path)
