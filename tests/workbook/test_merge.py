"""Two colleagues each filled half of a copy: the merge holds both, and decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from assessments.pack.model import Pack
from assessments.results import Answer, AnswerState
from assessments.untrusted.cells import address
from assessments.workbook.fill import fill_workbook
from assessments.workbook.merge import CannotMerge, MergeResult, identity_of, merge_workbooks
from assessments.workbook.read import Reading, read_workbook

from .conftest import COUNTRY, GOOD, HEADER
from .office import missing, office

Build = Callable[..., Path]
FIRST = """\
STR_1_01,,,3,,Decree 12 of 2020,law,
STR_1_02,,,yes,,,,adopted in 2020
STR_1_03,,,,withheld,,,
OPS_1_03,,,diplomatic|interpol,,,,
LEG_1_02,1,partner,Borduria,,,,
LEG_1_02,1,year,1999,,,,
LEG_1_03,ext,law,no,,,,
"""
SECOND = """\
OPS_1_01,,,41,,,,
OPS_1_02,,,12.5,,,,
OPS_1_04,,,couriers,,,,
LEG_1_02,1,partner,Syldavia,,,,
LEG_1_02,,,,,Treaty series,law,
LEG_1_03,mla,law,yes,,,,
LEG_1_03,mla,since,2001-02-03,,,,
"""


@pytest.fixture
def merge(build: Build, pack: Pack, tmp_path: Path) -> Callable[..., tuple[MergeResult, Reading]]:
    """Fill two copies of a base from text, merge them, and read the merged workbook."""

    def make(
        first: str, second: str, base: str = "", languages: str = "en en en"
    ) -> tuple[MergeResult, Reading]:
        files = []
        for name, text, language in zip(
            ("base", "first", "second"), (base, first, second), languages.split(), strict=True
        ):
            answers = tmp_path / f"{name}.csv"
            answers.write_text(HEADER + text, encoding="utf-8")
            blank = build("CA", language)
            files.append(fill_workbook(blank, answers, tmp_path / f"{name}.xlsx"))
        result = _merged((files[0], files[1], files[2]), pack, tmp_path / "merged.xlsx")
        return result, read_workbook(result.out, pack)

    return make


def _merged(files: tuple[Path, Path, Path], pack: Pack, out: Path) -> MergeResult:
    before = tuple(identity_of(path) for path in files)
    return merge_workbooks(files, before, pack, COUNTRY, out)


def _given(reading: Reading) -> dict[str, tuple[object, ...]]:
    return {
        a.question: (a.state, a.value, a.evidence, a.evidence_class, a.comment, a.raw)
        for a in reading.answers
    }


def _answer(reading: Reading, question: str) -> Answer:
    return next(a for a in reading.answers if a.question == question)


def test_two_halves_are_what_one_person_would_have_filled_in(
    merge: Callable[..., tuple[MergeResult, Reading]],
    build: Build,
    pack: Pack,
    tmp_path: Path,
) -> None:
    result, reading = merge(FIRST, SECOND)
    assert result.conflicts == ()
    assert reading.problems == ()
    whole = tmp_path / "whole.csv"
    rows = SECOND.replace("LEG_1_02,1,partner", "LEG_1_02,2,partner")
    whole.write_text(HEADER + FIRST + rows, encoding="utf-8")
    alone = read_workbook(fill_workbook(build(), whole, tmp_path / "whole.xlsx"), pack)
    assert _given(reading) == _given(alone)
    origins = {(item.question, item.part): item.origin for item in result.taken}
    assert origins["STR_1_01", "answer"] == "first"
    assert origins["OPS_1_01", "answer"] == "second"
    assert origins["LEG_1_02", "answer"] == "both"
    assert origins["LEG_1_02", "evidence"] == "second"


def test_copies_in_two_languages_are_merged_in_the_language_of_the_base(
    merge: Callable[..., tuple[MergeResult, Reading]],
) -> None:
    result, reading = merge(FIRST, SECOND, languages="ar fr es")
    same, plain = merge(FIRST, SECOND)
    assert (result.conflicts, reading.problems) == ((), ())
    assert reading.language == "ar"
    assert same.conflicts == ()
    assert _given(reading) == _given(plain)


def test_different_answers_are_left_as_they_were_listed_and_count_for_nothing(
    merge: Callable[..., tuple[MergeResult, Reading]],
) -> None:
    result, reading = merge("OPS_1_01,,,41,,,,\n", "OPS_1_01,,,42,,,,\n")
    (conflict,) = result.conflicts
    assert (conflict.question, conflict.base, conflict.first, conflict.second) == (
        "OPS_1_01",
        "",
        "41",
        "42",
    )
    assert result.taken == ()
    answer = _answer(reading, "OPS_1_01")
    assert (answer.state, answer.value, answer.raw) == (AnswerState.UNUSABLE, None, "41 / 42")
    (problem,) = reading.problems
    assert (problem.code, problem.cell) == ("open-conflict", answer.source.cell)
    book = openpyxl.load_workbook(result.out)
    sheet = book["Conflicts"]
    assert book.sheetnames.index("Conflicts") == 1
    assert sheet["D5"].hyperlink.location.endswith(answer.source.cell)
    assert (sheet["F5"].value, sheet["G5"].value) == ("41", "42")
    assert (sheet["F4"].value, sheet["G4"].value) == ("first.xlsx", "second.xlsx")
    assert "41 / 42" in book[answer.source.sheet][answer.source.cell].comment.text


@pytest.mark.parametrize(
    ("first", "second", "part"),
    [
        ("STR_1_02,,,yes,,,,\n", "STR_1_02,,,,withheld,,,\n", "answer"),
        ("OPS_1_03,,,direct,,,,\n", "OPS_1_03,,,interpol,,,,\n", "answer"),
        ("LEG_1_03,ext,law,no,,,,\n", "LEG_1_03,ext,law,yes,,,,\n", "row"),
        ("LEG_1_02,1,partner,X,,,,\n", "LEG_1_02,,,,withheld,,,\n", "answer"),
    ],
    ids=["an answer and a reason for none", "ticks", "one row of a table", "rows and a reason"],
)
def test_every_kind_of_conflict_is_told_and_is_no_answer(
    merge: Callable[..., tuple[MergeResult, Reading]], first: str, second: str, part: str
) -> None:
    result, reading = merge(first, second)
    assert [item.part for item in result.conflicts] == [part]
    answer = _answer(reading, result.conflicts[0].question)
    assert (answer.state, answer.value) == (AnswerState.UNUSABLE, None)
    assert [problem.code for problem in reading.problems] == ["open-conflict"]


@pytest.mark.parametrize("column", ["evidence", "comment"])
def test_a_conflict_beside_an_answer_leaves_the_answer(
    merge: Callable[..., tuple[MergeResult, Reading]], column: str
) -> None:
    lines = {"evidence": "STR_1_02,,,yes,,{},,\n", "comment": "STR_1_02,,,yes,,,,{}\n"}[column]
    result, reading = merge(lines.format("Act 1"), lines.format("Act 2"))
    assert [item.part for item in result.conflicts] == [column]
    answer = _answer(reading, "STR_1_02")
    assert (answer.value, answer.evidence, answer.comment) == ("yes", "", "")
    assert [problem.code for problem in reading.problems] == ["open-conflict"]


def test_rows_that_one_colleague_changed_and_rows_that_both_added_come_together(
    merge: Callable[..., tuple[MergeResult, Reading]],
) -> None:
    base = "LEG_1_02,1,partner,Borduria,,,,\nLEG_1_02,2,partner,Syldavia,,,,\n"
    first = base.replace("Borduria", "Bordurian Republic") + "LEG_1_02,3,partner,X,,,,\n"
    second = base + "LEG_1_02,3,partner,Y,,,,\nLEG_1_02,4,partner,X,,,,\n"
    result, reading = merge(first, second, base)
    assert result.conflicts == ()
    partners = [row["partner"] for row in _answer(reading, "LEG_1_02").value or ()]  # type: ignore[index, union-attr]
    assert partners == ["Bordurian Republic", "Syldavia", "X", "Y"]


def test_a_row_that_both_changed_is_left_out_while_the_others_count(
    merge: Callable[..., tuple[MergeResult, Reading]],
) -> None:
    base = "LEG_1_02,1,partner,Borduria,,,,\nLEG_1_02,2,partner,Syldavia,,,,\n"
    one, other = base.replace("Borduria", "A"), base.replace("Borduria", "B")
    result, reading = merge(one, other, base)
    assert [(c.base, c.first, c.second) for c in result.conflicts] == [("Borduria", "A", "B")]
    answer = _answer(reading, "LEG_1_02")
    assert (answer.value, answer.raw) == (({"partner": "Syldavia"},), "A / B")


def test_a_table_grows_where_the_rows_of_both_need_more_room(
    merge: Callable[..., tuple[MergeResult, Reading]],
) -> None:
    first, second = (
        "".join(f"LEG_1_02,{n},partner,{who}{n},,,,\n" for n in range(1, 15)) for who in "AB"
    )
    _, reading = merge(first, second)
    assert len(_answer(reading, "LEG_1_02").value or ()) == 28  # type: ignore[arg-type]
    assert reading.problems == ()


def _settle(path: Path, cell: str, value: object, settled: str = "") -> None:
    book = openpyxl.load_workbook(path)
    if settled:
        book["Conflicts"]["H5"] = settled
    if cell:
        ((sheet, place),) = book.defined_names[cell].destinations
        book[sheet][place.replace("$", "")] = value
    book.save(path)


def test_an_answer_entered_settles_a_conflict_and_so_does_yes(
    merge: Callable[..., tuple[MergeResult, Reading]], pack: Pack
) -> None:
    sides = ("OPS_1_01,,,41,,,,\n", "OPS_1_01,,,42,,,,\n", "OPS_1_01,,,40,,,,\n")
    result, before = merge(*sides)
    assert _answer(before, "OPS_1_01").state is AnswerState.UNUSABLE
    _settle(result.out, "q_OPS_1_01", 42)
    after = read_workbook(result.out, pack)
    assert (_answer(after, "OPS_1_01").value, after.problems) == (42.0, ())
    result, _ = merge(*sides)
    _settle(result.out, "", None, settled="Yes")
    kept = read_workbook(result.out, pack)
    assert (_answer(kept, "OPS_1_01").value, kept.problems) == (40.0, ())


@pytest.mark.libreoffice
@pytest.mark.skipif(bool(missing()), reason=missing())
def test_a_conflict_stays_open_through_libreoffice(
    merge: Callable[..., tuple[MergeResult, Reading]], pack: Pack, tmp_path: Path
) -> None:
    result, before = merge(FIRST, "STR_1_02,,,no,,,,\nOPS_1_01,,,41,,,,\n")
    with office() as running:
        saved = running.do("saved", result.out, tmp_path / "saved.xlsx")
    after = read_workbook(saved, pack)
    assert [(p.code, p.question) for p in after.problems] == [("open-conflict", "STR_1_02")]
    assert _given(after) == _given(before)


def test_deleting_the_conflict_sheet_settles_nothing(
    merge: Callable[..., tuple[MergeResult, Reading]], pack: Pack
) -> None:
    result, _ = merge("OPS_1_01,,,41,,,,\n", "OPS_1_01,,,42,,,,\n")
    book = openpyxl.load_workbook(result.out)
    del book["Conflicts"]
    book.save(result.out)
    reading = read_workbook(result.out, pack)
    assert _answer(reading, "OPS_1_01").state is AnswerState.UNUSABLE


def test_what_cannot_be_read_stays_what_it_is(
    merge: Callable[..., tuple[MergeResult, Reading]],
) -> None:
    """A merge mends nothing: the slip comes along and is told where the file is checked."""
    _, reading = merge("OPS_1_01,,,about ten,,,,\n", "OPS_1_02,,,12.5,,,,\n")
    answer = _answer(reading, "OPS_1_01")
    assert (answer.state, answer.raw) == (AnswerState.UNUSABLE, "about ten")


def test_workbooks_that_are_no_copies_of_one_another_are_refused(
    build: Build, pack: Pack, tmp_path: Path
) -> None:
    base, other = build("CA"), build("POL")
    with pytest.raises(CannotMerge, match=r"POL-en.xlsx is no copy .* institution is POL, not CA"):
        _merged((base, base, other), pack, tmp_path / "out.xlsx")
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(base.read_bytes()[:-900])
    with pytest.raises(CannotMerge) as refused:
        _merged((base, broken, base), pack, tmp_path / "out.xlsx")
    assert refused.value.problems[0].file == "broken.xlsx"
    assert not (tmp_path / "out.xlsx").exists()


def test_a_copy_whose_question_was_reworded_is_refused(
    build: Build, pack: Pack, tmp_path: Path
) -> None:
    base = build("CA")
    book = openpyxl.load_workbook(base)
    book["OPS Operational procedures"]["C6"] = "How many requests were sent?"
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    with pytest.raises(CannotMerge) as refused:
        _merged((base, base, changed), pack, tmp_path / "out.xlsx")
    assert [problem.code for problem in refused.value.problems] == ["changed-question"]


def _by_its_own_format(sheet: Worksheet) -> None:
    sheet["E6"].number_format = '0"0"'


def _by_a_rule(sheet: Worksheet) -> None:
    look = DifferentialStyle(numFmt=NumberFormat(numFmtId=200, formatCode='0"0"'))
    rule = Rule(type="expression", dxf=look, formula=["TRUE"])
    sheet.conditional_formatting.add("E6", rule)


@pytest.mark.parametrize("disguise", [_by_its_own_format, _by_a_rule])
def test_a_copy_that_shows_another_answer_than_it_holds_is_refused(
    build: Build, pack: Pack, tmp_path: Path, disguise: Callable[[Worksheet], None]
) -> None:
    """The merged workbook is built anew: 41, which the copy shows as 410, would count in it."""
    base = build("CA")
    book = openpyxl.load_workbook(base)
    sheet = book["OPS Operational procedures"]
    sheet["E6"] = 41
    disguise(sheet)
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    with pytest.raises(CannotMerge) as refused:
        _merged((base, base, changed), pack, tmp_path / "out.xlsx")
    told = [(problem.code, problem.cell) for problem in refused.value.problems]
    assert told == [("disguised-answer", "E6")]
    assert not (tmp_path / "out.xlsx").exists()


def test_a_note_outside_the_answer_cells_stays_behind_and_is_said(
    build: Build, pack: Pack, tmp_path: Path
) -> None:
    base = build("CA")
    book = openpyxl.load_workbook(base)
    book.create_sheet("Notes")["A1"] = "ask Ms Rossi"
    book["OPS Operational procedures"]["N6"] = "see my mail"
    noted = tmp_path / "noted.xlsx"
    book.save(noted)
    result = _merged((base, noted, base), pack, tmp_path / "out.xlsx")
    assert [(p.code, p.file, p.cell) for p in result.left_behind] == [
        ("left-behind-sheet", "noted.xlsx", ""),
        ("left-behind-entry", "noted.xlsx", "N6"),
    ]
    assert all("the merged workbook does not hold it" in p.message for p in result.left_behind)
    merged = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert "Notes" not in merged.sheetnames
    assert "see my mail" not in {
        cell.value for sheet in merged for row in sheet.iter_rows() for cell in row
    }


def test_who_filled_the_copies_stands_on_the_merged_cover(
    build: Build, pack: Pack, tmp_path: Path
) -> None:
    base, copies = build("CA"), []
    for unit in ("Legal unit", "Registry"):
        book = openpyxl.load_workbook(base)
        ((sheet, cell),) = book.defined_names["tana_filled_by"].destinations
        book[sheet][cell.replace("$", "")] = unit
        copies.append(tmp_path / f"{unit}.xlsx")
        book.save(copies[-1])
    result = _merged((base, copies[0], copies[1]), pack, tmp_path / "out.xlsx")
    assert read_workbook(result.out, pack).filled_by == "Legal unit; Registry"


def test_merging_a_full_copy_with_a_blank_one_changes_nothing(
    merge: Callable[..., tuple[MergeResult, Reading]],
    build: Build,
    pack: Pack,
    tmp_path: Path,
) -> None:
    _, reading = merge(GOOD, "")
    answers = tmp_path / "good.csv"
    answers.write_text(HEADER + GOOD, encoding="utf-8")
    alone = read_workbook(fill_workbook(build(), answers, tmp_path / "good.xlsx"), pack)
    assert _given(reading) == _given(alone)


def test_a_fixed_row_that_both_filled_in_part_is_whole_and_no_conflict(
    merge: Callable[..., tuple[MergeResult, Reading]],
) -> None:
    """One knew whether there is a law, the other since when; of another row both say otherwise."""
    result, reading = merge(
        "LEG_1_03,mla,law,yes,,,,\nLEG_1_03,ext,law,yes,,,,\n",
        "LEG_1_03,mla,since,2001-02-03,,,,\nLEG_1_03,ext,law,no,,,,\n",
    )
    assert [(c.question, c.part, c.key) for c in result.conflicts] == [("LEG_1_03", "row", "ext")]
    (row,) = _answer(reading, "LEG_1_03").value or ()
    assert row == {"form": "mla", "law": "yes", "since": "2001-02-03"}


def test_a_cell_that_one_changed_and_one_that_the_other_cleared_come_together(
    merge: Callable[..., tuple[MergeResult, Reading]],
) -> None:
    result, reading = merge(
        "LEG_1_03,mla,law,no,,,,\nLEG_1_03,mla,since,2001-02-03,,,,\n",
        "LEG_1_03,mla,law,yes,,,,\n",
        base="LEG_1_03,mla,law,yes,,,,\nLEG_1_03,mla,since,2001-02-03,,,,\n",
    )
    assert result.conflicts == ()
    (row,) = _answer(reading, "LEG_1_03").value or ()
    assert row == {"form": "mla", "law": "no"}


def test_an_open_conflict_is_told_at_its_own_cell(
    merge: Callable[..., tuple[MergeResult, Reading]],
) -> None:
    """Of a table's row at that row, of evidence and of a comment where they stand."""
    result, reading = merge(
        "LEG_1_03,ext,law,yes,,,,\nSTR_1_01,,,,,Decree 1,,\nSTR_1_02,,,,,,,good\n",
        "LEG_1_03,ext,law,no,,,,\nSTR_1_01,,,,,Decree 2,,\nSTR_1_02,,,,,,,bad\n",
    )
    listed = {}
    for conflict in result.conflicts:
        home, row, column = next(iter(conflict.cells))
        listed[conflict.question] = (home, address(row, column))
    told = {problem.question: (problem.sheet, problem.cell) for problem in reading.problems}
    assert len(told) == 3
    assert told == listed
