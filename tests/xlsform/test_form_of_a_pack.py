"""A pack as an XLSForm: pyxform converts it without a word, and it gives the same pack back."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from pack_folder import PackFolder
from pyxform.xls2xform import convert

from assessments.errors import Mistake
from assessments.pack.load import load_pack, read_pack
from assessments.pack.model import Pack, QuestionType, Tier
from assessments.results import Sensitivity
from assessments.workbook.xlsform.form import Selection, checked_selection
from assessments.workbook.xlsform.unpack import import_form
from assessments.workbook.xlsform.write import write_form

ORGANS = Selection("CA", Tier.CORE, "XAA", "2026")


@pytest.fixture(scope="session")
def cooperation() -> Pack:
    return load_pack("cooperation")


@pytest.fixture(scope="session")
def whole(cooperation: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_form(cooperation, tmp_path_factory.mktemp("form") / "cooperation.xlsx")


@pytest.fixture
def small(tmp_path: Path) -> PackFolder:
    folder = PackFolder(tmp_path / "small")
    folder.set("survey.csv", "LEG_1_03", "constraint_message::English (en)", "")
    return folder


def converted(path: Path) -> str:
    warnings: list[str] = []
    xform = convert(str(path), warnings=warnings).xform
    assert warnings == []
    return xform


def test_pyxform_converts_the_whole_pack_in_every_language_without_a_warning(whole: Path) -> None:
    xform = converted(whole)
    for language in ("English (en)", "French (fr)", "Spanish (es)", "Arabic (ar)"):
        assert f'<translation lang="{language}"' in xform


def test_export_then_import_is_the_same_pack_file_by_file(
    whole: Path, cooperation: Pack, tmp_path: Path
) -> None:
    report = import_form(whole, tmp_path / "back")
    assert report.imported
    codes = [problem.code for problem in report.problems]  # what the pack itself is told of
    assert sorted(codes) == sorted(
        problem.code for problem in read_pack(Path(cooperation.folder))[1]
    )
    back = load_pack(tmp_path / "back")
    assert back == cooperation
    assert back.digest == cooperation.digest
    names = sorted(path.name for path in (tmp_path / "back").iterdir())
    theirs = {path.name for path in Path(cooperation.folder).iterdir()} - {"README.md"}
    assert set(names) == theirs
    assert [n for n in names if (tmp_path / "back" / n).read_bytes()
            != (Path(cooperation.folder) / n).read_bytes()] == []  # fmt: skip
    assert {"survey.csv", "framework.csv", "method.toml"} <= set(names)


def test_a_small_pack_comes_back_too(small: PackFolder, tmp_path: Path) -> None:
    pack = load_pack(small.folder)
    path = write_form(pack, tmp_path / "small.xlsx")
    converted(path)
    assert import_form(path, tmp_path / "back").imported
    assert load_pack(tmp_path / "back") == pack


def test_a_pack_with_groups_and_notes_of_its_own_keeps_their_order(
    small: PackFolder, tmp_path: Path
) -> None:
    rows = small.rows("survey.csv")
    head, body = rows[0], rows[1:]
    line = lambda **cells: [cells.get(c, "") for c in head]  # noqa: E731
    small.write("survey.csv", [
        head, line(type="begin_group", name="law", **{"label::English (en)": "Law"}),
        line(type="note", name="hello", **{"label::English (en)": "Welcome"}),
        *body[:2], line(type="end_group"), *body[2:],
    ])  # fmt: skip
    pack = load_pack(small.folder)
    path = write_form(pack, tmp_path / "small.xlsx")
    assert "Welcome" in converted(path)
    assert import_form(path, tmp_path / "back").imported
    assert load_pack(tmp_path / "back") == pack


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_form_that_was_saved_in_libreoffice_gives_the_same_pack(
    small: PackFolder, tmp_path: Path
) -> None:
    path = write_form(load_pack(small.folder), tmp_path / "small.xlsx")
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path / "saved", path],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    report = import_form(tmp_path / "saved" / "small.xlsx", tmp_path / "back")
    assert report.imported, report.problems
    assert load_pack(tmp_path / "back") == load_pack(small.folder)


@pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate needs Java")
def test_odk_validate_accepts_a_form_with_every_kind_of_question(
    small: PackFolder, tmp_path: Path
) -> None:
    small.set("survey.csv", "LEG_1_02", "required", "yes")
    path = write_form(load_pack(small.folder), tmp_path / "small.xlsx")
    warnings: list[str] = []
    convert(str(path), warnings=warnings, validate=True)
    assert warnings == []


def survey_of(path: Path) -> list[dict[str, str]]:
    header, *rows = openpyxl.load_workbook(path)["survey"].iter_rows(values_only=True)
    return [{str(k): str(v or "") for k, v in zip(header, row, strict=True)} for row in rows]


@pytest.fixture(scope="session")
def rows_of_whole(whole: Path) -> list[dict[str, str]]:
    return survey_of(whole)


def test_an_institution_sees_its_own_questions_only(
    rows_of_whole: list[dict[str, str]], cooperation: Pack
) -> None:
    groups = {row["name"]: row["relevant"] for row in rows_of_whole}
    seen = groups["about_STR_1_02"]
    asked = cooperation.question["STR_1_02"].institutions
    for code in cooperation.institutions:
        assert (f"${{tana_institution}} = '{code}'" in seen) is (code in asked)


def test_every_question_can_be_left_unanswered_with_a_reason_evidence_and_comment(
    rows_of_whole: list[dict[str, str]], cooperation: Pack
) -> None:
    names = {row["name"] for row in rows_of_whole}
    for question in cooperation.questions:
        for part in ("reason", "evidence", "class", "comment"):
            assert f"{question.name}__{part}" in names


@pytest.mark.parametrize(
    ("language", "restricted", "confidential"),
    [
        ("English (en)", "Restricted:", "Confidential:"),
        ("French (fr)", "Restreint", "Confidentiel"),
        ("Spanish (es)", "Restringido:", "Confidencial:"),
        ("Arabic (ar)", "مقيَّد:", "سري:"),
    ],
)
def test_each_question_given_in_confidence_bears_its_mark_on_the_phone_too(
    rows_of_whole: list[dict[str, str]], cooperation: Pack,
    language: str, restricted: str, confidential: str,
) -> None:  # fmt: skip
    """In its hint; a table has none and bears it in its heading."""
    marks = {Sensitivity.RESTRICTED: restricted, Sensitivity.CONFIDENTIAL: confidential}
    rows = {row["name"]: row for row in rows_of_whole}
    seen = set()
    for question in cooperation.questions:
        heading = rows[f"about_{question.name}"][f"label::{language}"]
        told = [heading.removeprefix(question.name).removeprefix(" – ")]
        if question.type is not QuestionType.TABLE:
            told.append(rows[question.name][f"hint::{language}"])
        mark = marks.get(question.sensitivity)
        if mark is None:
            assert not [text for text in told if text.startswith(tuple(marks.values()))]
        else:
            assert told[-1].startswith(mark), question.name
            seen.add((question.sensitivity, question.type is QuestionType.TABLE))
    assert len(seen) > 2  # both marks, and a table


def test_the_form_says_first_what_the_answers_are_for_and_who_sees_them(
    rows_of_whole: list[dict[str, str]], cooperation: Pack
) -> None:
    (row,) = [row for row in rows_of_whole if row["name"] == "tana_statement"]
    assert row["type"] == "note"
    for code, language in (("en", "English (en)"), ("ar", "Arabic (ar)")):
        said = row[f"label::{language}"]
        assert cooperation.purpose.in_(code) in said
        assert cooperation.confidentiality.in_(code) in said


def test_a_level_question_offers_its_five_texts(whole: Path, cooperation: Pack) -> None:
    rows = openpyxl.load_workbook(whole)["choices"].iter_rows(values_only=True)
    labels = {row[1]: row[2] for row in rows if row[0] == "level_STR_1"}
    levels = cooperation.sub_dimension["STR-1"].levels
    assert labels == {str(n): f"{n} – {text}" for n, text in enumerate(levels)}


def test_a_table_with_fixed_rows_is_a_repeat_of_as_many_each_with_its_key(
    small: PackFolder, tmp_path: Path
) -> None:
    path = write_form(load_pack(small.folder), tmp_path / "small.xlsx")
    rows = {row["name"]: row for row in survey_of(path)}
    assert rows["LEG_1_04"]["type"] == "begin_repeat"
    assert rows["LEG_1_04"]["repeat_count"] == "2"
    assert rows["offence"]["calculation"] == (
        "selected-at('group laundering', ${LEG_1_04__row} - 1)"
    )


def test_rules_that_would_refuse_every_answer_on_a_phone_are_guarded(
    small: PackFolder, tmp_path: Path
) -> None:
    """`. <= ${X}` fails on a phone while X is unanswered; exclusive choices stand alone."""
    small.set("survey.csv", "OPS_1_04", "constraint", ". <= ${OPS_1_03}")
    path = write_form(load_pack(small.folder), tmp_path / "small.xlsx")
    rows = {row["name"]: row for row in survey_of(path)}
    assert rows["OPS_1_04"]["constraint"] == "${OPS_1_03} = '' or (. <= ${OPS_1_03})"
    assert "selected(., 'none')" in rows["LEG_1_03"]["constraint"]
    assert "«" not in rows["LEG_1_03"]["constraint_message::English (en)"]
    assert "cannot stand beside" in rows["LEG_1_03"]["constraint_message::English (en)"]
    assert import_form(path, tmp_path / "back").imported
    assert load_pack(tmp_path / "back") == load_pack(small.folder)


def test_a_form_of_one_institution_and_tier_asks_no_more_and_imports_not(
    cooperation: Pack, tmp_path: Path
) -> None:
    path = write_form(cooperation, tmp_path / "CA.xlsx", ORGANS)
    converted(path)
    rows = survey_of(path)
    asked = {row["name"] for row in rows} & cooperation.question.keys()
    assert asked == {q.name for q in cooperation.asked_of("CA", Tier.CORE)}
    constants = {r["name"]: r["calculation"] for r in rows if r["type"] == "calculate"}
    assert constants["tana_country"] == "'XAA'"
    assert constants["tana_institution"] == "'CA'"
    report = import_form(path, tmp_path / "back")
    assert [problem.code for problem in report.problems] == ["part-of-a-pack"]
    assert not (tmp_path / "back").exists()


def change(path: Path, sheet: str, name: str, column: str, text: str) -> int:
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    heads = [cell.value for cell in page[1]]
    for row in page.iter_rows(min_row=2):
        if name in [cell.value for cell in row[:2]]:
            row[heads.index(column)].value = text
            book.save(path)
            return row[0].row
    raise AssertionError(name)


def test_a_question_edited_in_the_form_is_edited_in_the_pack(
    small: PackFolder, tmp_path: Path
) -> None:
    path = write_form(load_pack(small.folder), tmp_path / "small.xlsx")
    change(path, "survey", "LEG_1_02", "label::English (en)", "Is there a law of your own?")
    assert import_form(path, tmp_path / "back").imported
    assert str(load_pack(tmp_path / "back").question["LEG_1_02"].label).endswith("of your own?")


def test_a_level_text_edited_where_it_does_not_count_is_named(
    small: PackFolder, tmp_path: Path
) -> None:
    path = write_form(load_pack(small.folder), tmp_path / "small.xlsx")
    row = change(path, "choices", "level_LEG_1", "label::English (en)", "0 – Nothing at all")
    report = import_form(path, tmp_path / "back")
    assert not report.imported
    (problem,) = report.problems
    assert (problem.code, problem.sheet, problem.row) == ("made-cell-edited", "choices", row)
    assert "framework.csv" in problem.remedy
    assert not (tmp_path / "back").exists()


def test_a_fault_made_in_the_form_is_named_at_its_place_in_the_form(
    small: PackFolder, tmp_path: Path
) -> None:
    path = write_form(load_pack(small.folder), tmp_path / "small.xlsx")
    row = change(path, "survey", "LEG_1_02", "lead", "FIU")
    other = change(path, "tailoring.csv", "TAI_001", "kind", "culture")
    problems = import_form(path, tmp_path / "back").problems
    places = {(p.code, p.sheet, p.row, p.column) for p in problems}
    assert places == {("lead-not-asked", "survey", row, "lead"),
                      ("not-allowed", "tailoring.csv", other, "kind")}  # fmt: skip


def test_a_table_of_the_pack_that_was_deleted_from_the_form_is_named(
    small: PackFolder, tmp_path: Path
) -> None:
    path = write_form(load_pack(small.folder), tmp_path / "small.xlsx")
    book = openpyxl.load_workbook(path)
    del book["tailoring.csv"]
    book.save(path)
    problems = import_form(path, tmp_path / "back").problems
    assert ("missing-sheet", "tailoring.csv") in {(p.code, p.sheet) for p in problems}


def test_an_import_never_writes_over_what_is_there(small: PackFolder, tmp_path: Path) -> None:
    path = write_form(load_pack(small.folder), tmp_path / "small.xlsx")
    with pytest.raises(Mistake, match="there already"):
        import_form(path, small.folder)


def test_a_country_without_its_round_is_a_mistake(cooperation: Pack) -> None:
    with pytest.raises(Mistake, match="country and a round"):
        checked_selection(cooperation, iso3="XAA")
