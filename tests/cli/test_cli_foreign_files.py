"""Files that are no questionnaire workbook, by the real command: recognized, with what to do."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from command import Tana
from workbooks import Mail

# as LibreOffice itself writes them: file ending, code, a word of what to do
BY_LIBREOFFICE = {
    "xls": ("old-excel", ".xlsx"),
    "ods": ("ods-not-workbook", ".xlsx"),
    "fods": ("not-a-workbook", ".xlsx"),
    "html": ("html-not-workbook", "attachment"),
    "pdf": ("pdf-not-workbook", "printed from"),
}


@pytest.fixture(scope="module")
def saved_otherwise(mail: Mail, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The returned questionnaire in every format that LibreOffice has for it."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("foreign")
    for ending in BY_LIBREOFFICE:
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"),
                *("--convert-to", ending, "--outdir", str(folder), str(mail.good)),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return {ending: folder / f"{mail.good.stem}.{ending}" for ending in BY_LIBREOFFICE}


def _refused(tana: Tana, file: Path, code: str, remedy: str) -> None:
    before = tana.state()
    said = tana("ingest", file, "--json")
    assert said.status == 1
    (problem,) = said.document["problems"]
    assert (problem["code"], problem["severity"]) == (code, "file")
    assert remedy in problem["remedy"]
    assert tana.state() == before


@pytest.mark.parametrize("ending", BY_LIBREOFFICE)
def test_a_questionnaire_saved_in_another_format_is_recognized(
    ending: str, tana: Tana, saved_otherwise: Mapping[str, Path], tmp_path: Path
) -> None:
    """By its content: the same under the name of a workbook."""
    code, remedy = BY_LIBREOFFICE[ending]
    _refused(tana, saved_otherwise[ending], code, remedy)
    renamed = tmp_path / "CUST.xlsx"
    shutil.copy(saved_otherwise[ending], renamed)
    _refused(tana, renamed, code, remedy)


def _zipped(mail: Mail, target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        archive.write(mail.good, "returned/CUST.xlsx")


OTHERS: dict[str, tuple[str, Callable[[Mail, Path], object], str, str]] = {
    "a workbook in a zip archive": ("CUST.zip", _zipped, "packed-workbook", "inside"),
    "a workbook in a gzip file": (
        "CUST.xlsx.gz",
        lambda mail, target: target.write_bytes(gzip.compress(mail.good.read_bytes())),
        "packed-workbook",
        "Unpack",
    ),
    "a table in an old encoding": (
        "answers.csv",
        lambda _, target: target.write_bytes(
            "question,value\nSTR_1_01,référence\n".encode("cp1252")
        ),
        "csv-encoding",
        "CSV UTF-8",
    ),
    "a table in UTF-16": (
        "answers.csv",
        lambda _, target: target.write_text("question\tvalue\nSTR_1_01\tyes\n", encoding="utf-16"),
        "csv-not-workbook",
        "workbook itself",
    ),
    "nothing at all": ("CUST.xlsx", lambda _, target: target.touch(), "file-empty", "again"),
}


@pytest.mark.parametrize("case", OTHERS)
def test_what_is_no_workbook_is_told_what_it_is(
    case: str, tana: Tana, mail: Mail, tmp_path: Path
) -> None:
    name, make, code, remedy = OTHERS[case]
    make(mail, tmp_path / name)
    _refused(tana, tmp_path / name, code, remedy)


def test_a_file_without_an_ending_is_read_by_its_content(
    tana: Tana, mail: Mail, tmp_path: Path
) -> None:
    shutil.copy(mail.good, tmp_path / "returned")
    said = tana("ingest", tmp_path / "returned", "--json")
    assert (said.status, said.document["accepted"]) == (0, True)


def test_a_file_that_is_still_written_is_to_be_waited_for(
    tana: Tana, mail: Mail, tmp_path: Path
) -> None:
    whole = mail.good.read_bytes()
    file = tmp_path / "CUST.xlsx"
    with file.open("wb") as copying:
        copying.write(whole[: len(whole) // 2])
        copying.flush()
        os.fsync(copying.fileno())
        _refused(tana, file, "still-written", "Wait")
        copying.write(whole[len(whole) // 2 :])
        copying.flush()
        assert tana("ingest", file, "--json").document["accepted"]  # whole, though not closed yet
    assert tana("ingest", file, "--json").document["accepted"]


def test_a_folder_and_a_pipe_are_wrong_arguments(tana: Tana, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    for path, named in ((tmp_path, "is a folder"), (tmp_path / "pipe.xlsx", "no ordinary file")):
        said = tana("ingest", path)
        assert said.status == 2
        assert named in said.err
