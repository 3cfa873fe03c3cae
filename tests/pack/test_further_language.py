"""A further language is further columns: Russian on the small pack, without a catalogue."""

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pack_folder import PackFolder

from assessments.pack.load import load_pack
from assessments.pack.model import Tier
from assessments.reference import country
from assessments.workbook.fill import HEADER, fill_workbook
from assessments.workbook.read import read_workbook
from assessments.workbook.write import build_workbook

WORDS = {"Is there a law?": "Есть ли закон?", "Yes": "Да", "Partly": "Частично", "No": "Нет"}


@pytest.fixture
def russian(pack: PackFolder) -> PackFolder:
    """The small pack with a Russian column in each table that respondents read."""
    for file in ("survey.csv", "choices.csv"):
        header, *rows = pack.rows(file)
        place = header.index("label::English (en)")
        said = [WORDS.get(row[place], f"Р {row[place]}" if row[place] else "") for row in rows]
        pack.write(
            file,
            [[*header, "label::Russian (ru)"]]
            + [[*row, word] for row, word in zip(rows, said, strict=True)],
        )
    return pack


def build(pack: PackFolder, out: Path) -> Path:
    return build_workbook(
        load_pack(pack.folder), country("XAA"), "2026", "CA", "ru", Tier.DEEP, out,
        reference_date=date(2026, 1, 1), deadline=date(2026, 3, 1),
    )  # fmt: skip


def test_the_questions_are_russian_and_the_words_around_them_english(russian, tmp_path) -> None:
    book = openpyxl.load_workbook(build(russian, tmp_path / "ru.xlsx"))
    said = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert any("Есть ли закон?" in text for text in said)
    assert any("Deadline" in text or "deadline" in text for text in said)


def test_a_russian_workbook_is_filled_and_read(russian, tmp_path) -> None:
    table = tmp_path / "answers.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, restval="")
        writer.writeheader()
        writer.writerow({"question": "LEG_1_02", "value": "partly"})
        writer.writerow({"question": "OPS_1_07", "value": "zwölf"})
    filled = fill_workbook(build(russian, tmp_path / "ru.xlsx"), table, tmp_path / "filled.xlsx")
    reading = read_workbook(filled, load_pack(russian.folder))
    values = {answer.question: answer.value for answer in reading.answers}
    assert (reading.accepted, values["LEG_1_02"]) == (True, "partly")
    [problem] = reading.problems  # told in English, the language that tana has words in
    assert "where a number is asked" in problem.message


def test_the_check_says_what_stays_english(russian) -> None:
    found = russian.check()
    assert found.sound
    assert found.languages == ("en", "ru")
    codes = {problem.code for problem in found.problems}
    assert codes == {"no-catalogue", "missing-translation"}  # framework and title are English
    files = {problem.file for problem in found.problems if problem.code == "missing-translation"}
    assert files == {"framework.csv", "settings.csv"}
