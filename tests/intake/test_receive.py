"""Receiving files: everything checked, then all of it stored once, or nothing."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assessments.errors import Mistake, StoreFault
from assessments.intake import receive, receive_files
from assessments.settings import Settings
from assessments.store import Store
from assessments.untrusted.delimited import MOST_ROWS

Fill = Callable[..., Path]


def _codes(receipt_problems: object) -> set[str]:
    return {problem.code for problem in receipt_problems}  # type: ignore[attr-defined]


def test_good_file_is_stored_with_its_original(store: Store, filled: Fill) -> None:
    file = filled("CA.xlsx", STR_1_01="Yes", STR_1_02=12)
    receipt = receive(file, store, by="officer")
    assert (receipt.accepted, receipt.new, receipt.version) == (True, True, 1)
    assert (receipt.country, receipt.round, receipt.institution) == ("XAA", "2026", "CA")
    assert (receipt.answers["answered"], receipt.answers["blank"]) == (2, 1)
    assert receipt.exit_status == 0
    assert store.originals.path(receipt.workbook_sha256).read_bytes() == file.read_bytes()
    found = {item.question: item.value for item in store.answers("XAA", "2026")}
    assert found == {"STR_1_01": "yes", "STR_1_02": 12.0, "STR_1_03": None}
    assert json.loads(receipt.model_dump_json())["accepted"] is True
    assert store.verify().ok


def test_bad_cell_is_unusable_the_rest_is_stored_and_a_copy_says_where(
    store: Store, filled: Fill
) -> None:
    file = filled("CA.xlsx", STR_1_01="Yes", STR_1_02="about ten")
    receipt = receive(file, store)
    assert receipt.accepted
    assert receipt.exit_status == 1
    assert (receipt.answers["answered"], receipt.answers["unusable"]) == (1, 1)
    (problem,) = [item for item in receipt.problems if item.question == "STR_1_02"]
    assert problem.sheet
    assert problem.cell
    assert problem.remedy
    assert receipt.checked_file == str(file.with_name("CA.checked.xlsx"))
    noted = load_workbook(receipt.checked_file)[problem.sheet][problem.cell]
    assert noted.comment is not None


def test_same_file_twice_is_stored_once(store: Store, filled: Fill) -> None:
    file = filled("CA.xlsx", STR_1_01="Yes")
    receive(file, store)
    again = receive(file, store)
    assert (again.accepted, again.new, again.version) == (True, False, 1)
    assert _codes(again.problems) == {"already-received"}
    assert again.exit_status == 0
    assert len(store.originals.names()) == 1


@pytest.mark.parametrize("heading", ["tana_pack,country", "country,question,who,why"])
def test_text_of_a_million_lines_is_refused_with_what_to_do_instead(
    store: Store, tmp_path: Path, heading: str
) -> None:
    """Whatever it says it is: an export of a form, or judgements."""
    file = tmp_path / "answers.csv"
    file.write_text(heading + "\n" + "small,XAA,yes,\n" * 1_000_000, encoding="utf-8")
    receipt = receive(file, store)
    (problem,) = receipt.problems
    assert (receipt.accepted, problem.code, problem.severity) == (False, "too-many-rows", "file")
    assert "50000 rows" in problem.message
    assert "one country" in problem.remedy
    assert not store.originals.names()


def test_as_many_lines_as_are_read_are_not_too_many(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("a,b\n" + "1,2\n" * (MOST_ROWS - 1), encoding="utf-8")
    assert _codes(receive(file, store).problems) == {"csv-not-workbook"}


def test_rezipped_copy_changes_nothing_and_is_not_kept(
    store: Store, filled: Fill, tmp_path: Path
) -> None:
    file = filled("CA.xlsx", STR_1_01="Yes")
    receive(file, store)
    copy = tmp_path / "copy.xlsx"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    again = receive(copy, store)
    assert (again.new, again.version) == (False, 1)
    assert len(store.originals.names()) == 1


def test_corrected_file_is_a_new_version_and_says_what_changed(store: Store, filled: Fill) -> None:
    receive(filled("a.xlsx", STR_1_01="Yes", STR_1_02=1), store)
    second = receive(filled("b.xlsx", STR_1_01="No", STR_1_02=1), store)
    assert second.version == 2
    assert [(item.question, item.kind) for item in second.changes] == [("STR_1_01", "value")]
    late = receive(filled("a.xlsx", STR_1_01="Yes", STR_1_02=1), store)
    assert not late.stands
    assert _codes(late.problems) == {"superseded"}


def _bytes(home: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(home)): file.read_bytes()
        for file in sorted(home.rglob("*"))
        if file.is_file() and not file.name.endswith(("-wal", "-shm"))
    }


def _not_a_zip(file: Path) -> None:
    file.write_text("question,answer\nSTR_1_01,yes\n")


def _truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-2000])


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _with_macro(file: Path) -> None:
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")


def _no_questionnaire(file: Path) -> None:
    import openpyxl

    openpyxl.Workbook().save(file)


@pytest.mark.parametrize("harm", [_not_a_zip, _truncate, _empty, _with_macro, _no_questionnaire])
def test_refused_file_leaves_the_store_exactly_as_before(
    store: Store, settings: Settings, filled: Fill, harm: Callable[[Path], None]
) -> None:
    """No row, no original, no left-over copy: the same bytes in the same files."""
    receive(filled("good.xlsx", STR_1_01="No"), store)
    before = _bytes(settings.home)
    file = filled("CA.xlsx", STR_1_01="Yes")
    harm(file)
    receipt = receive(file, store)
    assert not receipt.accepted
    assert receipt.exit_status == 1
    assert all(item.message and item.remedy and item.code for item in receipt.problems)
    assert all(item.file == "CA.xlsx" for item in receipt.problems)
    assert _bytes(settings.home) == before


def test_workbook_of_an_assessment_never_opened_is_refused(
    store: Store, other_country: Path
) -> None:
    receipt = receive(other_country, store)
    assert not receipt.accepted
    (problem,) = receipt.problems
    assert problem.code == "assessment-not-opened"
    assert "XAB" in problem.message
    assert "questionnaire build --country XAB" in problem.remedy


def test_dry_run_checks_and_stores_nothing(store: Store, settings: Settings, filled: Fill) -> None:
    before = _bytes(settings.home)
    receipt = receive(filled("CA.xlsx", STR_1_01="Yes"), store, dry_run=True)
    assert (receipt.accepted, receipt.dry_run, receipt.new) == (True, True, False)
    assert receipt.answers["answered"] == 1
    assert _bytes(settings.home) == before


def test_missing_file_folder_and_pipe_are_mistakes(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="There is no file"):
        receive(tmp_path / "absent.xlsx", store)
    with pytest.raises(Mistake, match="is a folder"):
        receive(tmp_path, store)
    os.mkfifo(tmp_path / "pipe.xlsx")
    with pytest.raises(Mistake, match="no ordinary file"):
        receive(tmp_path / "pipe.xlsx", store)


def test_full_or_forbidden_disk_is_one_sentence_and_nothing_is_stored(
    store: Store, filled: Fill
) -> None:
    """The folder of originals is a file, so that nothing can be kept in it."""
    store.originals.folder.write_text("in the way")
    with pytest.raises((StoreFault, Mistake)):
        receive(filled("CA.xlsx", STR_1_01="Yes"), store)
    assert store.submissions("XAA", "2026") == ()


def test_many_files_are_received_in_their_order(store: Store, filled: Fill) -> None:
    files = [filled(f"{n}.xlsx", STR_1_02=n) for n in range(1, 6)]
    files.insert(2, files[0])
    receipts = [receipt for (receipt,) in receive_files(files, store)]
    assert [receipt.file for receipt in receipts] == [str(file) for file in files]
    assert [receipt.version for receipt in receipts] == [1, 2, 1, 3, 4, 5]
    assert store.verify().ok


def test_a_missing_file_among_many_stops_there_and_leaves_nothing_behind(
    store: Store, filled: Fill, tmp_path: Path
) -> None:
    files = [filled(f"{n}.xlsx", STR_1_02=n) for n in range(1, 5)]
    files.insert(1, tmp_path / "gone.xlsx")
    told = []
    with pytest.raises(Mistake):
        told += receive_files(files, store)
    assert len(store.submissions("XAA", "2026", history=True)) == 1
    assert len(list(store.originals.folder.iterdir())) == 1
