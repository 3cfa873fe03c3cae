"""What Excel and a hurried colleague do to a workbook: the same answers are read, or the file is
refused.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from assessments.pack.model import Pack, Words
from assessments.problems import Severity
from assessments.workbook.read import read_workbook

from .conftest import GOOD_VALUES

OPS, STR, TABLE = "OPS Operational procedures", "STR Strategies of national", "LEG_1_03"


def edited(path: Path, change: Callable[[Any], None]) -> Path:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def name_to(name: str, target: str) -> Callable[[Any], None]:
    def change(book) -> None:
        book.defined_names[name] = DefinedName(name, attr_text=target)

    return change


def cut_and_paste(book) -> None:
    """Cutting E6 and pasting it onto E7 takes the name of E6 along."""
    sheet = book[OPS]
    sheet["E7"], sheet["E6"] = sheet["E6"].value, None
    name_to("q_OPS_1_01", f"'{OPS}'!$E$7")(book)


def swap_rows(book) -> None:
    """Sorting moves contents, not names."""
    sheet = book[OPS]
    for column in "ABCDEFGHIJ":
        six, seven = sheet[f"{column}6"].value, sheet[f"{column}7"].value
        sheet[f"{column}6"].value, sheet[f"{column}7"].value = seven, six


def copy_sheet(book) -> None:
    copied = book.copy_worksheet(book[OPS])
    for name in list(book.defined_names):
        if "OPS" in name:
            target = book.defined_names[name].attr_text.replace(OPS, copied.title)
            copied.defined_names[name] = DefinedName(name, attr_text=target)


def drop_identity(book) -> None:
    del book["tana_identity"]
    del book.defined_names["tana_identity"]
    for key in list(book.custom_doc_props.names):
        del book.custom_doc_props[key]


def copy_row(book) -> None:
    book[OPS]["A20"] = "OPS_1_01"
    book[OPS]["E20"] = 77


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda book: book.remove(book[OPS]), "missing-sheet"),
        (lambda book: book.defined_names.pop("q_OPS_1_01"), "missing-answer-cell"),
        (lambda book: book.defined_names.pop("q_OPS_1_03__direct"), "missing-answer-cell"),
        (lambda book: book.defined_names.pop("q_LEG_1_02"), "missing-answer-cell"),
        (lambda book: book.defined_names.pop("q_LEG_1_02__year"), "missing-column"),
        (lambda book: book.defined_names.pop("h_OPS__reason"), "missing-column"),
        (name_to("q_OPS_1_01", f"'{OPS}'!#REF!"), "missing-answer-cell"),
        (name_to("q_OPS_1_01", f"'{OPS}'!$E$7"), "shared-answer-cell"),
        (name_to("q_LEG_1_02__year", "LEG_1_02!$B$6"), "shared-answer-cell"),
        (name_to("q_XXX_9_99", f"'{OPS}'!$E$30"), "unknown-question"),
        (cut_and_paste, "moved-answer-cell"),
        (swap_rows, "moved-answer-cell"),
        (copy_sheet, "two-answers"),
        (copy_row, "duplicate-id"),
        (drop_identity, "not-a-questionnaire"),
        (lambda book: book["tana_identity"].__setitem__("B6", "2031"), "identity-contradicts"),
        (lambda book: book[TABLE].__setitem__("A8", "LEG_1_03/mla"), "duplicate-id"),
        (lambda book: book[TABLE].__setitem__("B7", "Extradition"), "moved-answer-cell"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_safely_refuses_the_file(
    fill: Callable[..., Path], pack: Pack, change: Callable[[Any], None], code: str
) -> None:
    reading = read_workbook(edited(fill(), change), pack)
    refusing = {p.code for p in reading.problems if p.severity is Severity.FILE}
    assert code in refusing
    assert not reading.accepted


def rename(book) -> None:
    book[OPS].title = "Renamed by a colleague"
    for name in book.defined_names.values():
        name.attr_text = name.attr_text.replace(OPS, "Renamed by a colleague")


def sort_table(book) -> None:
    """A table's rows sorted together, ids included, are the same table."""
    sheet = book[TABLE]
    for column in "ABCD":
        ten, eleven = sheet[f"{column}10"].value, sheet[f"{column}11"].value
        sheet[f"{column}10"].value, sheet[f"{column}11"].value = eleven, ten


@pytest.mark.parametrize("change", [rename, sort_table, lambda book: None])
def test_what_is_harmless_reads_the_same_answers(
    fill: Callable[..., Path], pack: Pack, change: Callable[[Any], None]
) -> None:
    reading = read_workbook(edited(fill(), change), pack)
    assert [str(problem) for problem in reading.problems] == []
    found = {a.question: a.value for a in reading.answers}
    for name, value in GOOD_VALUES.items():
        # rows of a table may come in another order
        expected = sorted(value, key=str) if name == "LEG_1_03" else value
        assert (sorted(found[name], key=str) if name == "LEG_1_03" else found[name]) == expected


@pytest.mark.parametrize(
    ("change", "code", "cell"),
    [
        (lambda book: book[OPS].__setitem__("N6", "see my mail"), "stray-entry", "N6"),
        (lambda book: book[OPS].__setitem__("E25", 12), "stray-entry", "E25"),
        (lambda book: book[TABLE].__setitem__("C20", "yes"), "outside-table", "C20"),
        (lambda book: book.create_sheet("Notes").__setitem__("A1", "hello"), "extra-sheet", ""),
    ],
)
def test_entries_that_no_cell_asks_for_are_told(
    fill: Callable[..., Path], pack: Pack, change: Callable[[Any], None], code: str, cell: str
) -> None:
    reading = read_workbook(edited(fill(), change), pack)
    assert [(p.code, p.cell) for p in reading.problems] == [(code, cell)]
    assert reading.accepted


def test_another_pack_and_another_version_are_refused(
    fill: Callable[..., Path], pack: Pack
) -> None:
    path = fill()
    for other, code in (
        (replace(pack, id="firearms"), "other-pack"),
        (replace(pack, version="2.0"), "other-pack-version"),
        (
            replace(pack, choice_lists={**pack.choice_lists, "institutions": ()}),
            "unknown-institution",
        ),
    ):
        reading = read_workbook(path, other)
        assert [p.code for p in reading.problems] == [code]
        assert not reading.accepted


def test_a_reworded_question_refuses_and_another_edit_of_the_pack_is_a_note(
    fill: Callable[..., Path], pack: Pack
) -> None:
    path = fill()
    reworded = tuple(
        replace(q, label=Words({"en": "Something else?"})) if q.name == "OPS_1_01" else q
        for q in pack.questions
    )
    refused = read_workbook(path, replace(pack, questions=reworded))
    assert ("other-wording", "OPS_1_01") in [(p.code, p.question) for p in refused.problems]
    assert not refused.accepted
    noted = read_workbook(path, replace(pack, digest="e" * 64))
    assert [p.code for p in noted.problems] == ["pack-edited"]
    assert noted.accepted


def test_all_problems_come_at_once(fill: Callable[..., Path], pack: Pack) -> None:
    def change(book) -> None:
        book.defined_names.pop("q_OPS_1_01")
        book.defined_names.pop("q_STR_1_03")
        book[OPS]["E7"] = "many"

    codes = [p.code for p in read_workbook(edited(fill(), change), pack).problems]
    assert sorted(codes) == ["missing-answer-cell", "missing-answer-cell", "not-a-number"]
