"""What is known already is shown, and counts only when the respondent confirms it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from assessments.language import words
from assessments.pack.model import Pack, Tier
from assessments.results import Answer, AnswerState, AnswerValue
from assessments.workbook.fill import fill_workbook
from assessments.workbook.known import known, verdicts
from assessments.workbook.merge import identity_of, merge_workbooks
from assessments.workbook.read import Reading, read_workbook
from assessments.workbook.write import build_workbook

from .conftest import COUNTRY, HEADER
from .office import missing, office

VALUES: Mapping[str, AnswerValue] = {
    "STR_1_02": "partly",
    "OPS_1_01": 41.0,
    "OPS_1_03": ("diplomatic", "interpol"),
    "LEG_1_02": ({"partner": "Borduria", "year": 1999.0},),
    "LEG_1_03": ({"form": "mla", "law": "yes"}, {"form": "ext", "law": "no"}),
}
Shown = Callable[..., Path]


@pytest.fixture
def shown(pack: Pack, tmp_path: Path) -> Shown:
    """A workbook of CA that shows `values` as known from a review: `shown(verdicts, text)`."""

    def make(
        said: Mapping[str, str] | None = None,
        text: str = "",
        *,
        language: str = "en",
        why: Mapping[str, tuple[str, ...]] | None = None,
        name: str = "shown.xlsx",
    ) -> Path:
        translate = words(language)
        items = {
            name: known(pack.question[name], value, "Review of 2025", language, translate)
            for name, value in VALUES.items()
            if why is None or name in why
        }
        blank = build_workbook(
            pack, COUNTRY, "2026", "CA", language, Tier.DEEP, tmp_path / f"blank-{name}",
            reference_date=date(2026, 11, 23), deadline=date(2027, 1, 31), known=items, why=why,
        )  # fmt: skip
        answers = tmp_path / "answers.csv"
        answers.write_text(HEADER + text, encoding="utf-8")
        path = fill_workbook(blank, answers, tmp_path / name)
        book = openpyxl.load_workbook(path)
        for question, verdict in (said or {}).items():
            ((sheet, cell),) = book.defined_names[f"k_{question}"].destinations
            book[sheet][cell.replace("$", "")] = verdicts(translate)[verdict]
        book.save(path)
        return path

    return make


def _answers(reading: Reading) -> dict[str, Answer]:
    return {answer.question: answer for answer in reading.answers}


def test_nothing_that_is_only_shown_counts(shown: Shown, pack: Pack) -> None:
    reading = read_workbook(shown(), pack)
    assert reading.problems == ()
    states = {answer.state for answer in reading.answers}
    assert states == {AnswerState.BLANK, AnswerState.SKIPPED}


def test_a_table_s_own_sheet_says_where_it_is_confirmed_and_what_entering_rows_does(
    shown: Shown,
) -> None:
    book = openpyxl.load_workbook(shown())
    free, fixed = (str(book[name]["B2"].value) for name in ("LEG_1_02", "LEG_1_03"))
    assert "follow “Back” to see it" in free
    assert "with the rows that you add here; or choose “Disputed”" in free
    assert "what you enter here completes or corrects it" in fixed
    assert book["LEG_1_02"]["A2"].hyperlink is not None


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_what_is_confirmed_is_the_answer_and_says_where_it_comes_from(
    shown: Shown, pack: Pack, language: str
) -> None:
    said = dict.fromkeys(VALUES, "confirm")
    reading = read_workbook(shown(said, language=language), pack)
    assert [str(problem) for problem in reading.problems] == []
    answers = _answers(reading)
    assert {name: answers[name].value for name in VALUES} == VALUES
    assert all("Review of 2025" in answers[name].raw for name in VALUES)
    assert answers["OPS_1_04"].state is AnswerState.BLANK  # brought up by the confirmed channel


def test_a_confirmed_answer_stands_in_the_cell_that_confirms_it(shown: Shown, pack: Pack) -> None:
    path = shown({"STR_1_02": "confirm"})
    ((sheet, cell),) = openpyxl.load_workbook(path).defined_names["k_STR_1_02"].destinations
    source = _answers(read_workbook(path, pack))["STR_1_02"].source
    assert (source.sheet, source.cell) == (sheet, cell.replace("$", ""))


def test_her_own_answer_stands_without_a_word_on_the_known_one(shown: Shown, pack: Pack) -> None:
    for said in ({}, {"STR_1_02": "dispute"}):
        reading = read_workbook(shown(said, "STR_1_02,,,no,,,,\n"), pack)
        assert (_answers(reading)["STR_1_02"].value, reading.problems) == ("no", ())


@pytest.mark.parametrize(
    ("verdict", "text", "code"),
    [
        ("confirm", "STR_1_02,,,no,,,,\n", "confirmed-and-answered"),
        ("confirm", "STR_1_02,,,,withheld,,,\n", "answer-and-reason"),
        ("dispute", "", "disputed-without-answer"),
    ],
)
def test_two_things_at_once_are_no_answer_and_are_told(
    shown: Shown, pack: Pack, verdict: str, text: str, code: str
) -> None:
    reading = read_workbook(shown({"STR_1_02": verdict}, text), pack)
    assert _answers(reading)["STR_1_02"].state is AnswerState.UNUSABLE
    assert [problem.code for problem in reading.problems] == [code]


def test_a_known_value_that_was_edited_confirms_nothing(shown: Shown, pack: Pack) -> None:
    path = shown({"OPS_1_01": "confirm"})
    book = openpyxl.load_workbook(path)
    ((sheet, cell),) = book.defined_names["k_OPS_1_01"].destinations
    row = int(cell.rpartition("$")[2])
    assert str(book[sheet].cell(row, 3).value) == "41"
    book[sheet].cell(row, 3).value = "410"
    book.save(path)
    reading = read_workbook(path, pack)
    assert _answers(reading)["OPS_1_01"].state is AnswerState.UNUSABLE
    assert [problem.code for problem in reading.problems] == ["changed-known"]


def test_a_confirmed_table_takes_what_was_entered_besides(shown: Shown, pack: Pack) -> None:
    text = "LEG_1_03,ext,law,yes,,,,\nLEG_1_02,1,partner,Syldavia,,,,\n"
    said = {"LEG_1_02": "confirm", "LEG_1_03": "confirm"}
    answers = _answers(read_workbook(shown(said, text), pack))
    assert answers["LEG_1_03"].value == (
        {"form": "mla", "law": "yes"},
        {"form": "ext", "law": "yes"},
    )
    assert answers["LEG_1_02"].value == (
        {"partner": "Borduria", "year": 1999.0},
        {"partner": "Syldavia"},
    )


def test_a_follow_up_asks_its_questions_alone_and_says_why(shown: Shown, pack: Pack) -> None:
    why = {"STR_1_02": ("It was left blank.",), "LEG_1_03": ("Please name the document.",)}
    path = shown({"STR_1_02": "confirm"}, why=why)
    reading = read_workbook(path, pack)
    assert (set(_answers(reading)), reading.problems) == (set(why), ())
    texts = {
        str(cell.value) for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row
    }
    assert {"It was left blank.", "Please name the document."} <= texts


def test_a_follow_up_without_its_hidden_sheet_is_refused(shown: Shown, pack: Pack) -> None:
    path = shown(why={"STR_1_02": ("It was left blank.",)})
    book = openpyxl.load_workbook(path)
    del book["tana_identity"]
    book.save(path)
    reading = read_workbook(path, pack)
    assert not reading.accepted
    assert [problem.code for problem in reading.problems] == ["identity-incomplete"]


def test_a_verdict_is_merged_like_an_answer(shown: Shown, pack: Pack, tmp_path: Path) -> None:
    base = shown(name="base.xlsx")
    first = shown({"STR_1_02": "confirm", "OPS_1_01": "confirm"}, name="first.xlsx")
    second = shown({"OPS_1_03": "confirm"}, "OPS_1_01,,,42,,,,\n", name="second.xlsx")
    files = (base, first, second)
    before = tuple(identity_of(path) for path in files)
    result = merge_workbooks(files, before, pack, COUNTRY, tmp_path / "merged.xlsx")
    assert [item.question for item in result.conflicts] == ["OPS_1_01"]
    answers = _answers(read_workbook(result.out, pack))
    assert answers["STR_1_02"].value == "partly"
    assert answers["OPS_1_03"].value == ("diplomatic", "interpol")
    assert answers["OPS_1_01"].state is AnswerState.UNUSABLE


@pytest.mark.libreoffice
@pytest.mark.skipif(bool(missing()), reason=missing())
def test_libreoffice_counts_a_confirmed_line_as_done_and_reads_the_same(
    shown: Shown, pack: Pack, tmp_path: Path
) -> None:
    path = shown(dict.fromkeys(VALUES, "confirm"))
    with office() as running:
        saved = running.do("saved", path, tmp_path / "saved.xlsx")
    mine, theirs = (_answers(read_workbook(file, pack)) for file in (path, saved))
    assert {n: (a.state, a.value) for n, a in mine.items()} == {
        n: (a.state, a.value) for n, a in theirs.items()
    }
    state = openpyxl.load_workbook(saved, data_only=True)["tana_state"]
    done = {row[0].value: row[3].value for row in state.iter_rows(min_row=2) if row[0].value}
    assert {name for name, count in done.items() if count == 1} == set(VALUES)
