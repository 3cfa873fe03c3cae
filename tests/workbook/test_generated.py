"""Generated answers, filled in and read back. At full length: make roundtrips."""

from pathlib import Path

import pytest

from assessments.pack.model import Pack
from assessments.results import AnswerState
from assessments.workbook.fill import UnfitAnswers, fill_workbook
from assessments.workbook.read import read_workbook

from .answer_sets import make
from .generated import blanks, differences, trips

SETS = range(3160, 3200)


def test_generated_answers_are_read_as_they_were_filled_in(pack: Pack, tmp_path: Path) -> None:
    done = list(trips(SETS, pack, tmp_path))
    assert [fault for one in done for fault in one.wrong] == []
    assert sum(one.answers for one in done) > 200


def test_the_sample_meets_every_state_and_some_entries_that_no_cell_keeps() -> None:
    made = [make(number) for number in SETS]
    assert {read[0] for one in made for read in one.expected.values()} == set(AnswerState)
    assert any(one.unfit for one in made)


def test_an_answer_that_differs_is_told(pack: Pack, tmp_path: Path) -> None:
    """The comparison itself can fail: one set's answers are not those of the next."""
    answers = tmp_path / "answers.csv"
    answers.write_text(make(3000).as_csv(), encoding="utf-8", newline="")
    filled = fill_workbook(blanks(pack, tmp_path)["en"], answers, tmp_path / "filled.xlsx")
    reading = read_workbook(filled, pack)
    assert list(differences(make(3000), reading)) == []
    assert list(differences(make(3001), reading)) != []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n", "has not the columns"),
        ("OPS_1_04,,,é,,,,\n".encode("latin-1"), "is not in UTF-8"),
        (b"OPS_1_04,,,hello, world,,,,\n", "Line 2 of answers.csv has 9 cells"),
        (b"OPS_1_01,,,1,,,,\nOPS_1_01,,,2,,,,\n", "line 3: OPS_1_01 enters cell E6 a second time"),
        (b"OPS_1_01,,,9007199254740993,,,,\n", "line 2: OPS_1_01 has a number that a cell cannot"),
        (b"OPS_1_04,,," + b"x" * 32_768 + b",,,,\n", "more than the 32767 characters of a cell"),
        (b"OPS_1_04,,," + b"x" * 140_000 + b",,,,\n", "is no CSV file"),
    ],
)
def test_text_that_would_be_changed_or_lost_is_refused_when_filled_in(
    pack: Pack, tmp_path: Path, content: bytes, said: str
) -> None:
    header = b"question,item,column,value,no_answer_because,evidence,evidence_class,comment\n"
    answers = tmp_path / "answers.csv"
    answers.write_bytes(content if content.startswith(b"a,b") else header + content)
    with pytest.raises(UnfitAnswers, match=said):
        fill_workbook(blanks(pack, tmp_path)["en"], answers, tmp_path / "filled.xlsx")
    assert not (tmp_path / "filled.xlsx").exists()


def test_what_is_no_workbook_cannot_be_filled(tmp_path: Path) -> None:
    for name, content in (("notes.xlsx", b"notes"), ("empty.xlsx", b"")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UnfitAnswers):
            fill_workbook(tmp_path / name, tmp_path / "answers.csv", tmp_path / "filled.xlsx")
