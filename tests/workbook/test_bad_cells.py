"""What stands wrongly in a cell: each case as text, with the problem and the state it must give."""

import unicodedata
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from assessments.pack.model import Pack
from assessments.problems import Severity
from assessments.results import AnswerState
from assessments.untrusted.cells import Cell, CellKind
from assessments.workbook.read import Reading, read_workbook
from assessments.workbook.texts import TEXTS, in_language
from assessments.workbook.values import value_of

CASES = [
    # question, what is typed, code, what the remedy or message must say
    ("OPS_1_01", "don't know", "not-a-number", "choose a reason"),
    ("OPS_1_01", "abt 40", "not-a-number", "abt 40"),
    ("OPS_1_01", "1 200", "number-as-text", "Type 1200"),
    ("OPS_1_01", "'45", "number-as-text", "Type 45"),
    ("OPS_1_01", '"1,200 requests"', "not-a-number", "1,200 requests"),
    ("OPS_1_01", '"1,200"', "not-a-number", "1,200"),  # 1200 in London, 1.2 in Paris
    ("OPS_1_01", "٤٥", "number-as-text", "Type 45"),
    ("OPS_1_01", "12.5", "not-a-whole-number", "12.5"),
    ("OPS_1_01", "-3", "out-of-range", "Between 0 and 100,000."),
    ("OPS_1_02", '"12,5"', "number-as-text", "Type 12.5"),
    ("OPS_1_02", "NaN", "not-a-number", "NaN"),
    ("STR_1_02", "Yess", "unknown-choice", "“Yes”"),
    ("STR_1_02", "Раrtly", "unknown-choice", "“Partly”"),  # Cyrillic er and a
    ("STR_1_02", "Y\u200bes", "invisible-characters", "U+200B"),
    ("STR_1_02", "\u039d\u03bf", "unknown-choice", "“No”"),  # Greek nu and omicron
    ("STR_1_02", "Yes\U000e0041", "invisible-characters", "U+E0041"),  # a tag
    ("OPS_1_04", "\u3164", "invisible-characters", "U+3164"),  # a letter that is a blank
    ("OPS_1_04", "\u200e", "invisible-characters", "U+200E"),  # nothing but a mark
    ("STR_1_01", "5", "unknown-choice", "“0 – absent”"),
    ("STR_1_03", "n/a", "not-a-date", "2024-05-31"),
    ("STR_1_03", "'2024", "not-a-date", "2024"),
    ("STR_1_03", "2023-02-29", "not-a-date", "2023-02-29"),
    ("OPS_1_04", "safe\u202etxt.exe", "invisible-characters", "U+202E"),
]


def answer(reading: Reading, question: str):
    return next(a for a in reading.answers if a.question == question)


@pytest.mark.parametrize(("question", "typed", "code", "said"), CASES)
def test_a_bad_entry_is_unusable_kept_raw_and_told(
    fill: Callable[..., Path], pack: Pack, question: str, typed: str, code: str, said: str
) -> None:
    lines = "OPS_1_03,,,diplomatic,,,,\n" if question == "OPS_1_04" else ""
    reading = read_workbook(fill(f"{lines}{question},,,{typed},,,,\n"), pack)
    (problem,) = reading.problems
    found = answer(reading, question)
    assert (problem.code, problem.severity) == (code, Severity.CELL)
    assert (problem.question, problem.cell) == (question, found.source.cell)
    assert said in f"{problem.message} {problem.remedy}"
    assert (found.state, found.value) == (AnswerState.UNUSABLE, None)
    assert found.raw == typed.strip('"').removeprefix("'")
    assert reading.accepted


def test_letters_with_marks_match_however_they_are_composed(pack: Pack) -> None:
    """e and a combining acute is é: the same label after NFC."""
    asked = next(q for q in pack.questions if q.name == "STR_1_02")
    labels = {"yes": "V\u00e9rifi\u00e9", "no": "Non v\u00e9rifi\u00e9"}
    typed = unicodedata.normalize("NFD", labels["yes"])
    assert typed != labels["yes"]
    found = value_of(Cell(1, 1, CellKind.TEXT, typed), asked, labels)
    assert (found.value, found.code) == ("yes", "")


@pytest.mark.parametrize(
    "typed", ["d'une loi : « oui »", "D’une loi\u00a0: «\u202foui »", " d’une  loi : « OUI » "]
)
def test_a_choice_is_known_by_its_letters_and_not_by_its_typography(pack: Pack, typed: str) -> None:
    asked = next(q for q in pack.questions if q.name == "STR_1_02")
    labels = {"yes": "d’une loi\u00a0: «\u00a0oui\u00a0»", "no": "non"}
    found = value_of(Cell(1, 1, CellKind.TEXT, typed), asked, labels)
    assert (found.value, found.code) == ("yes", "")


@pytest.mark.parametrize("text", ["1" * 400, "-" + "9" * 330])
def test_a_number_that_no_number_holds_is_no_answer(pack: Pack, text: str) -> None:
    """As phones may send it: a float of it is infinite."""
    asked = next(q for q in pack.questions if q.name == "OPS_1_02")
    found = value_of(Cell(1, 1, CellKind.NUMBER, float(text)), asked, {})
    assert (found.value, found.code) == (None, "not-a-number")


def test_a_year_typed_into_a_date_cell_is_not_a_day_of_1905(
    fill: Callable[..., Path], pack: Pack
) -> None:
    reading = read_workbook(fill("STR_1_03,,,2024,,,,\n"), pack)
    assert [p.code for p in reading.problems] == ["not-a-date"]
    assert answer(reading, "STR_1_03").state is AnswerState.UNUSABLE


def test_text_that_can_mean_one_thing_is_taken(fill: Callable[..., Path], pack: Pack) -> None:
    lines = "STR_1_01,,,'2,,,,\nSTR_1_02,,,' yes ,,,,\nSTR_1_03,,,'2027-12-31,,,,\n"
    reading = read_workbook(fill(lines, language="fr"), pack)
    assert reading.problems == ()
    taken = [answer(reading, name).value for name in ("STR_1_01", "STR_1_02", "STR_1_03")]
    assert taken == ["2", "yes", "2027-12-31"]


def test_an_answer_and_a_reason_contradict_each_other(
    fill: Callable[..., Path], pack: Pack
) -> None:
    reading = read_workbook(fill("OPS_1_01,,,12,no_information,,,\n"), pack)
    (problem,) = reading.problems
    assert (problem.code, problem.cell) == ("answer-and-reason", "G6")
    assert answer(reading, "OPS_1_01").raw == "12 / Not known"


def test_a_bad_cell_of_a_table_leaves_the_rest_of_its_row(
    fill: Callable[..., Path], pack: Pack
) -> None:
    lines = "LEG_1_02,1,partner,Borduria,,,,\nLEG_1_02,1,year,n/a,,,,\n"
    reading = read_workbook(fill(lines), pack)
    found = answer(reading, "LEG_1_02")
    assert found.value == ({"partner": "Borduria"},)
    assert found.raw == "D7: n/a"
    assert [(p.code, p.cell) for p in reading.problems] == [("not-a-number", "D7")]


def test_evidence_of_a_kind_that_is_not_listed_leaves_the_answer(
    fill: Callable[..., Path], pack: Pack
) -> None:
    reading = read_workbook(fill("OPS_1_01,,,12,,Report,rumour,\n"), pack)
    found = answer(reading, "OPS_1_01")
    assert (found.value, found.evidence, found.evidence_class) == (12.0, "Report", "")
    assert [p.code for p in reading.problems] == ["unknown-choice"]


def edited(
    path: Path, sheet: str, change: Callable[[openpyxl.worksheet.worksheet.Worksheet], None]
) -> Path:
    book = openpyxl.load_workbook(path)
    change(book[sheet])
    book.save(path)
    return path


def setting(cell: str, value: object, number_format: str = "") -> Callable[..., None]:
    def change(sheet) -> None:
        sheet[cell] = value
        if number_format:
            sheet[cell].number_format = number_format

    return change


OPS = "OPS Operational procedures"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (setting("E6", "=1+1"), "formula-not-calculated"),
        (setting("E6", "#REF!"), "formula-error"),
        (setting("E6", datetime(2026, 5, 3)), "date-for-number"),
        (setting("E7", 0.5, "0%"), "percent-for-number"),
        (setting("E6", True), "not-a-number"),
        (lambda sheet: sheet.merge_cells("E6:E7"), "merged-cell"),
        (setting("C6", "How many cats?"), "changed-question"),
    ],
)
def test_what_text_cannot_say_is_found_in_the_file(
    fill: Callable[..., Path], pack: Pack, change: Callable[..., None], code: str
) -> None:
    reading = read_workbook(edited(fill("OPS_1_01,,,12,,,,\n"), OPS, change), pack)
    assert code in {problem.code for problem in reading.problems}
    states = {answer(reading, name).state for name in ("OPS_1_01", "OPS_1_02")}
    assert AnswerState.UNUSABLE in states
    assert AnswerState.ANSWERED not in states or code == "percent-for-number"


def test_an_answer_in_a_hidden_row_counts_and_is_told(
    fill: Callable[..., Path], pack: Pack
) -> None:
    def hide(sheet) -> None:
        sheet.row_dimensions[6].hidden = True

    reading = read_workbook(edited(fill("OPS_1_01,,,12,,,,\n"), OPS, hide), pack)
    assert [(p.code, p.cell) for p in reading.problems] == [("hidden-answer", "E6")]
    assert answer(reading, "OPS_1_01").value == 12.0


def test_every_problem_can_be_said_in_every_language() -> None:
    from assessments.workbook.texts import fault

    for code in TEXTS:
        problem = fault(code, question="STR_1_01", sheet="S", cell="E5", value="V")
        for language in ("fr", "es", "ar"):
            said = in_language(problem, language)
            assert said.message not in ("", problem.message), code
            assert said.code == code
