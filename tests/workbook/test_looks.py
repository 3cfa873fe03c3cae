"""Every text of ours fits its cell at 100 % zoom; what prints, prints whole."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PIL import ImageFont

from assessments.errors import TanaError
from assessments.pack.load import find_pack, load_pack
from assessments.pack.model import Pack, Tier, Words
from assessments.reference import country
from assessments.results import Sensitivity
from assessments.workbook.annotate import checked_path, write_checked
from assessments.workbook.book import message
from assessments.workbook.fit import HIGHEST
from assessments.workbook.letters import lines, width
from assessments.workbook.pages import Block, breaks
from assessments.workbook.read import read_workbook
from assessments.workbook.write import build_workbook

from .measure_letters import dejavu, liberation

SOFFICE = shutil.which("soffice")
LANGUAGES = ("en", "fr", "es", "ar")
PIXEL = 96 / 72
HIDDEN = ("tana_lists", "tana_state", "tana_identity")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
needs_font = pytest.mark.skipif(
    liberation(bold=False) is None, reason="Liberation Sans is not installed"
)


def built(language: str, folder: Path, institution: str = "MOJ") -> Path:
    return build_workbook(
        load_pack(find_pack("cooperation")), country("XAA"), "2026", institution, language,
        Tier.DEEP, folder / f"{institution}-{language}.xlsx",
        reference_date=date(2026, 11, 24), deadline=date(2027, 1, 5),
    )  # fmt: skip


def through_office(path: Path, folder: Path) -> Path:
    folder.mkdir()
    subprocess.run(
        [str(SOFFICE), "--headless", f"-env:UserInstallation=file://{folder}/profile",
         "--convert-to", "xlsx", "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder / path.name


@cache
def face(bold: bool, arabic: bool) -> Any:
    """The real font at a thousand pixels."""
    file = dejavu(bold) if arabic else liberation(bold)
    return ImageFont.truetype(str(file), size=1000)


@cache
def drawn(text: str, points: float, bold: bool) -> float:
    """Pixels of a text as the font itself gives them."""
    runs = re.findall("[\u0600-\u06ff]+|[^\u0600-\u06ff]+", text)
    lengths = (face(bold, "\u0600" <= run[0] <= "\u06ff").getlength(run) for run in runs)
    return sum(float(length) for length in lengths) / 1000 * points * PIXEL


def rows_drawn(text: str, room: float, points: float, bold: bool) -> int:
    """Lines of a text that is broken at spaces, by the real font."""
    count = 0
    for part in text.split("\n"):
        line = ""
        count += 1
        for word in part.split():
            longer = f"{line} {word}".strip()
            if line and drawn(longer, points, bold) > room:
                count, longer = count + 1, word
            line = longer
        count += int(drawn(line, points, bold) // room) if " " not in line else 0
    return count


def cells(sheet: Any) -> Iterator[tuple[Any, float, float]]:
    """Each text of a sheet with the pixels across and the points down that it has."""
    merged = {str(area).split(":")[0]: area for area in sheet.merged_cells.ranges}
    across = {
        openpyxl.utils.get_column_letter(column): held.width - 5 / 7
        for held in sheet.column_dimensions.values()
        for column in range(held.min, held.max + 1)
    }
    for row in sheet.iter_rows():
        for cell in row:
            if not isinstance(cell.value, str) or cell.data_type == "f":
                continue
            area = merged.get(cell.coordinate)
            columns = range(area.min_col, area.max_col + 1) if area else (cell.column,)
            rows = range(area.min_row, area.max_row + 1) if area else (cell.row,)
            letters = [openpyxl.utils.get_column_letter(column) for column in columns]
            wide = sum(across.get(letter, 8.0) for letter in letters) * 7
            high = sum(sheet.row_dimensions[line].height or 12.75 for line in rows)
            yield cell, wide, high


@needs_font
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_ours_fits_its_cell(language: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(built(language, tmp_path))
    cut, seen = [], 0
    for sheet in (sheet for sheet in book.worksheets if sheet.title not in HIDDEN):
        for cell, wide, high in cells(sheet):
            if cell.number_format.startswith(";;;") or not cell.alignment.wrap_text:
                continue  # an id that is not shown; a title that runs over the empty cells beside
            room = wide - 9 * (cell.alignment.indent or 0)
            count = rows_drawn(cell.value, room, cell.font.sz, bool(cell.font.b))
            seen += 1
            # ascent and descent of Arial, 0.905 and 0.212 of the type size
            if count * cell.font.sz * (0.905 + 0.212) > high:
                cut.append((sheet.title, cell.coordinate, cell.value, count, high))
    assert cut == []
    assert seen > 500


@needs_font
@pytest.mark.parametrize("bold", [False, True])
def test_letters_are_as_wide_as_in_the_real_fonts(bold: bool) -> None:
    for text in ("Which channels are used to send requests?", "Autorité centrale : œuvre, 1 234 €"):
        assert 1 <= width(text, 10, bold) / drawn(text, 10, bold) < 1.04
    shaped = width("الاستراتيجية الوطنية", 10, bold)
    assert 0.97 < shaped / drawn("الاستراتيجية الوطنية", 10, bold) < 1.04


def test_a_line_breaks_at_spaces_and_a_long_word_where_it_must() -> None:
    letter = width("n", 10)
    assert lines("nnn nnn", 7 * letter, 10) == 1
    assert lines("nnn nnn", 6 * letter, 10) == 2
    assert lines("n" * 10, 5 * letter, 10) == 2
    assert lines("nnn\nnnn", 99 * letter, 10) == 2


@needs_office
@pytest.mark.libreoffice
def test_rows_are_as_high_as_libreoffice_would_make_them(tmp_path: Path) -> None:
    """LibreOffice measures each row anew where the file gives no height."""
    ours = built("fr", tmp_path)
    bare = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(ours) as source, zipfile.ZipFile(bare, "w") as target:
        for part in source.namelist():
            data = source.read(part)
            if part.startswith("xl/worksheets/"):
                data = re.sub(rb'(<row [^>]*?) ht="[^"]*"( customHeight="1")?', rb"\1", data)
            target.writestr(part, data)
    given = openpyxl.load_workbook(ours)
    wanted = openpyxl.load_workbook(through_office(bare, tmp_path / "office"))
    low, compared = [], 0
    for sheet in (sheet for sheet in given.worksheets if sheet.title not in HIDDEN):
        for row, dimension in sheet.row_dimensions.items():
            best = wanted[sheet.title].row_dimensions[row].height
            if dimension.height and best:
                compared += 1
                if dimension.height + 0.75 < best:  # a pixel
                    low.append((sheet.title, row, dimension.height, best))
    assert low == []
    assert compared > 200


def test_a_text_higher_than_a_row_can_be_goes_on_in_the_next_and_is_read_back(
    build: Callable[..., Path], pack: Pack
) -> None:
    long = Words(dict.fromkeys(pack.languages, "An obstacle. " * 400))
    questions = tuple(
        replace(question, label=long) if question.name == "OPS_1_01" else question
        for question in pack.questions
    )
    longer = replace(pack, questions=questions)
    path = build(of=longer)
    sheet = openpyxl.load_workbook(path)["OPS Operational procedures"]
    area = next(area for area in sheet.merged_cells.ranges if area.min_col == 3)
    high = [sheet.row_dimensions[row].height for row in range(area.min_row, area.max_row + 1)]
    assert len(high) > 1
    assert max(high) <= HIGHEST
    reading = read_workbook(path, longer)
    assert [str(problem) for problem in reading.problems] == []


def test_a_purpose_that_no_row_can_hold_is_refused_in_words(
    build: Callable[..., Path], pack: Pack
) -> None:
    endless = replace(pack, purpose=Words({"en": "To help. " * 3000}))
    with pytest.raises(TanaError, match="higher than a row"):
        build(of=endless)


def test_a_page_break_parts_no_block_that_fits_on_a_page() -> None:
    blocks = [Block(5, 60.0), Block(7, 30.0), Block(8, 20.0), Block(12, 90.0)]
    assert breaks(blocks, 100.0) == [8, 12]


def test_an_input_message_ends_after_a_whole_sentence() -> None:
    text = "One sentence of some words. " * 12
    short = message(text)
    assert len(short) <= 255
    assert short.endswith("words. …") or short.endswith("words.  …")
    assert message("Short.") == "Short."


@needs_office
@pytest.mark.libreoffice
def test_the_checked_file_opens_in_libreoffice_and_its_links_lead_to_noted_cells(
    fill: Callable[..., Path], pack: Pack, tmp_path: Path
) -> None:
    path = fill("OPS_1_01,,,abt 40,,,,\nSTR_1_02,,,Yess,,,,\n", language="ar")
    reading = read_workbook(path, pack)
    out = write_checked(path, reading.problems, checked_path(path), "ar")
    book = openpyxl.load_workbook(through_office(out, tmp_path / "office"))
    front = book.worksheets[0]
    cells = [front.cell(row, 4) for row in (5, 6)]
    links = [cell.hyperlink.location or cell.hyperlink.target for cell in cells]
    for link in links:
        title, _, cell = link.rpartition("!")
        assert book[title.strip("#'")][cell].comment is not None


@needs_office
@pytest.mark.libreoffice
def test_the_bar_on_the_cover_grows_with_what_is_done(
    fill: Callable[..., Path], tmp_path: Path
) -> None:
    path = through_office(fill("STR_1_01,,,3,,,,\n"), tmp_path / "office")
    cover = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    row = next(r for r in range(1, 60) if str(cover.cell(r, 2).value).startswith("STR "))
    done, to_do, share, bar = (cover.cell(row, column).value for column in (5, 6, 7, 8))
    assert (done, to_do) == (1, 2)
    assert share == pytest.approx(1 / 3)
    assert bar == "█" * 7 + "░" * 13  # 6.67 of 20


@pytest.mark.parametrize(
    ("language", "restricted", "confidential"),
    [
        ("en", "Restricted:", "Confidential:"),
        ("fr", "Restreint", "Confidentiel"),
        ("es", "Restringido:", "Confidencial:"),
        ("ar", "مقيَّد:", "سري:"),
    ],
)
def test_each_question_given_in_confidence_bears_its_mark_and_no_other_does(
    language: str, restricted: str, confidential: str, tmp_path: Path
) -> None:
    pack = load_pack("cooperation")
    marks = {Sensitivity.RESTRICTED: restricted, Sensitivity.CONFIDENTIAL: confidential}
    day, out = date(2026, 3, 31), tmp_path / "ca.xlsx"
    path = build_workbook(
        pack, country("XAA"), "2026", "CA", language, Tier.DEEP, out,
        reference_date=day, deadline=day,
    )  # fmt: skip
    guidance = {
        str(row[0].value): str(row[3].value or "")
        for sheet in openpyxl.load_workbook(path).worksheets
        if sheet.freeze_panes == "D5"  # a sheet of questions, no table
        for row in sheet.iter_rows(max_col=4)
    }
    asked = pack.asked_of("CA", Tier.DEEP)
    assert {question.sensitivity for question in asked} == set(Sensitivity)
    for question in asked:
        begun = guidance[question.name].startswith(tuple(marks.values()))
        mark = marks.get(question.sensitivity)
        assert begun is (mark is not None), question.name
        assert mark is None or guidance[question.name].startswith(mark), question.name
