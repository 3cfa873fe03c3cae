"""A pack goes out for comment in Excel and comes back as one list, in which decisions stay."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from assessments.cli.main import app
from assessments.pack.load import load_pack
from assessments.workbook.review import (
    REVIEWER,
    Comment,
    as_csv,
    from_csv,
    merged,
    read_review,
    write_review,
)

PACK = load_pack("cooperation")


def _commented(
    path: Path, reviewer: str, tradition: str, setting: str, comments: dict[str, str]
) -> Path:
    """A returned workbook: the reviewer names himself and writes beside some entries."""
    write_review(PACK, path)
    book = openpyxl.load_workbook(path)
    for row, text in ((3, reviewer), (4, tradition), (5, setting)):
        book[REVIEWER].cell(row, 2, text)
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows(min_row=2):
            if row[0].value in comments:
                row[3].value = comments[row[0].value]
    book.save(path)
    return path


def test_every_question_level_paragraph_and_rule_stands_in_the_workbook(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_review(PACK, tmp_path / "r.xlsx"), read_only=True)
    ids = {
        s.title: [r[0] for r in s.iter_rows(min_row=2, values_only=True)] for s in book.worksheets
    }
    assert ids["Questions"] == [q.name for q in PACK.questions]
    assert len(ids["Levels"]) == 5 * len(PACK.sub_dimensions)
    assert ids["Treaty"] == [r.name for r in PACK.requirements]
    assert ids["Rules"] == [r.name for r in PACK.tailoring]


def test_comments_come_back_by_tradition_and_setting_and_decisions_stay(tmp_path: Path) -> None:
    first, second = PACK.questions[0].name, PACK.questions[1].name
    civil = _commented(tmp_path / "a.xlsx", "A. One", "civil", "low", {second: "Unclear."})
    common = _commented(
        tmp_path / "b.xlsx", "B. Two", "common", "high", {first: "Add: =SUM(1)", second: "Fine."}
    )
    out = tmp_path / "reviews.csv"
    runner = CliRunner()
    call = ["pack", "review", "merge", str(common), str(civil), "--out", str(out), "--json"]
    made = runner.invoke(app, call)
    assert made.exit_code == 0, made.output
    document = json.loads(made.stdout)
    assert document["by"] == [
        {"legal_tradition": "civil", "resource_setting": "low", "comments": 1},
        {"legal_tradition": "common", "resource_setting": "high", "comments": 2},
    ]
    listed = from_csv(out.read_text(encoding="utf-8-sig"))
    assert [(one.item, one.reviewer) for one in listed] == [
        (first, "B. Two"), (second, "A. One"), (second, "B. Two"),
    ]  # fmt: skip

    decided = listed[1].model_copy(
        update={"decision": "accepted", "decided_by": "Keeper", "because": "Two asked for it."}
    )
    out.write_text(as_csv((listed[0], decided, listed[2])), encoding="utf-8-sig")
    again = json.loads(runner.invoke(app, call).stdout)
    assert (again["comments"], again["decided"]) == (3, 1)
    assert decided in from_csv(out.read_text(encoding="utf-8-sig"))


@pytest.mark.parametrize(
    ("reviewer", "tradition", "setting", "says"),
    [
        ("", "civil", "low", "who reviewed"),
        ("A. One", "roman", "low", "legal tradition"),
        ("A. One", "civil", "", "resource setting"),
    ],
)
def test_a_review_that_does_not_say_for_whom_it_speaks_is_refused(
    tmp_path: Path, reviewer: str, tradition: str, setting: str, says: str
) -> None:
    path = _commented(tmp_path / "r.xlsx", reviewer, tradition, setting, {})
    comments, problems = read_review(path, PACK)
    assert comments == ()
    assert any(says in problem.message for problem in problems)


def test_a_comment_on_what_the_pack_has_not_is_named(tmp_path: Path) -> None:
    path = _commented(tmp_path / "r.xlsx", "A. One", "any", "any", {})
    book = openpyxl.load_workbook(path)
    book["Rules"]["A2"], book["Rules"]["D2"] = "TAI_999", "What is this?"
    book.save(path)
    comments, [problem] = read_review(path, PACK)
    assert comments == ()
    assert "TAI_999" in problem.message


def test_other_files_are_refused_and_hold_up_nobody(tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    good = _commented(
        tmp_path / "a.xlsx", "A. One", "any", "any", {PACK.questions[0].name: "Good."}
    )
    out = tmp_path / "list.csv"
    made = CliRunner().invoke(
        app, ["pack", "review", "merge", str(other), str(good), "--out", str(out), "--json"]
    )
    assert made.exit_code == 1
    document = json.loads(made.stdout)
    assert (document["comments"], len(document["problems"])) == (1, 1)
    text = tmp_path / "text.csv"
    text.write_text("a,b\n1,2\n", encoding="utf-8")
    refused = CliRunner().invoke(app, ["pack", "review", "merge", str(good), "--out", str(text)])
    assert refused.exit_code != 0
    assert text.read_text(encoding="utf-8") == "a,b\n1,2\n"


def test_nothing_new_leaves_the_list_as_it_was() -> None:
    assert merged((), (), PACK) == ()


def test_a_comment_that_begins_like_a_formula_is_not_run_and_comes_back_as_written() -> None:
    said = Comment(
        item=PACK.questions[0].name, legal_tradition="any", resource_setting="any",
        reviewer="A. One", comment="=HYPERLINK(A1)", proposal="- shorter",
    )  # fmt: skip
    text = as_csv([said])
    assert "'=HYPERLINK" in text
    assert from_csv(text) == (said,)
