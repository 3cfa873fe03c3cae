"""Cells as the spreadsheet stores them: types, errors, dates, what hides, what stands twice."""

import io
import json
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from assessments.untrusted import CellKind, Unreadable, both, cage, early, read_cells
from assessments.untrusted.both import FIRST, LENGTH, SECOND
from assessments.untrusted.early import read_early

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("It's one")
    sheet.write_string("A1", "  text _x0041_ ")
    sheet.write_number("A2", 12)
    sheet.write_number("A3", 0.5, book.add_format({"num_format": "0%"}))
    sheet.write_number("A4", 45443, book.add_format({"num_format": "dd/mm/yyyy"}))
    sheet.write_boolean("A5", True)
    sheet.write_formula("A6", "=1/0", None, "#DIV/0!")
    sheet.write_formula("A7", "=6*7", None, 42)
    sheet.write_rich_string("A8", "two ", book.add_format({"bold": True}), "runs")
    sheet.write_number("A9", 59, book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.merge_range("C1:D2", "merged")
    sheet.set_row(6, None, None, {"hidden": True})
    sheet.set_column("F:G", None, None, {"hidden": True})
    book.add_worksheet("two").very_hidden()
    book.define_name("q_A", "='It''s one'!$A$2")
    book.define_name("two!q_A", "=two!$B$3")
    book.set_custom_property("tana_pack", "cooperation")
    book.close()
    return path


def replaced(path: Path, old: bytes, new: bytes, part: str = SHEET) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old_archive, zipfile.ZipFile(stream, "w") as archive:
        for name in old_archive.namelist():
            content = old_archive.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            archive.writestr(name, content)
    return stream.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read_cells(data)
    return caught.value.problems[0].code


def test_each_kind_of_cell_is_read_as_it_is_stored(book: Path) -> None:
    sheet = read_cells(book).sheets[0]
    found = [(cell.kind.value, cell.value) for row in range(1, 10) if (cell := sheet.at(row, 1))]
    assert found == [
        ("text", "  text _x0041_ "),
        ("number", 12.0),
        ("percent", 0.5),
        ("date", "2024-05-31"),  # serial 45443
        ("boolean", True),
        ("error", "#DIV/0!"),
        ("number", 42.0),
        ("text", "two runs"),
        ("date", "1900-02-28"),  # before the day that never was, 29 February 1900
    ]
    assert sheet.at(7, 1).formula


def test_what_hides_and_what_is_named_is_read(book: Path) -> None:
    cells = read_cells(book)
    one, two = cells.sheets
    assert one.hides(7, 1)
    assert one.hides(1, 7)
    assert not one.hides(1, 1)
    assert two.state == "veryHidden"
    assert str(one.merge_over(2, 4)) == "C1:D2"
    names = {(name.scope, name.sheet, str(name.area)) for name in cells.names}
    assert names == {("", "It's one", "A2"), ("two", "two", "B3")}
    assert cells.properties == {"tana_pack": "cooperation"}


def test_a_formula_without_stored_result_is_told_from_a_blank(book: Path) -> None:
    data = replaced(book, b"<f>6*7</f><v>42</v>", b"<f>6*7</f>")
    cell = read_cells(data).sheets[0].at(7, 1)
    assert cell.kind is CellKind.UNCALCULATED


def test_dates_counted_from_1904_are_marked(book: Path) -> None:
    data = replaced(book, b"<workbookPr ", b'<workbookPr date1904="1" ', "xl/workbook.xml")
    cells = read_cells(data)
    assert cells.epoch_1904
    assert cells.sheets[0].at(4, 1).value == "2028-06-01"  # 45443 days after 1 January 1904


@pytest.mark.parametrize("text", [b"NaN", b"INF", b"abc", b"0x10"])
def test_a_number_that_is_none_refuses_the_file_and_names_the_cell(book: Path, text: bytes) -> None:
    data = replaced(book, b"<v>12</v>", b"<v>" + text + b"</v>")
    with pytest.raises(Unreadable) as caught:
        read_cells(data)
    (problem,) = caught.value.problems
    assert problem.code == "bad-structure"
    assert "A2 of sheet It's one is no number" in problem.message


def test_a_number_too_large_is_an_error_cell(book: Path) -> None:
    data = replaced(book, b"<v>12</v>", b"<v>1e999</v>")
    assert read_cells(data).sheets[0].at(2, 1).kind is CellKind.ERROR


@pytest.mark.parametrize("text", ["٣", "1_0", " 3", "3\u00a0", "３"])
def test_a_number_that_python_alone_would_read_is_an_error_cell(book: Path, text: str) -> None:
    """Both readers are written in Python, so that their agreement proves nothing here."""
    data = replaced(book, b"<v>12</v>", f"<v>{text}</v>".encode())
    assert read_cells(data).sheets[0].at(2, 1).kind is CellKind.ERROR


@pytest.mark.parametrize("text", ["٠", "0_0", "-1", " 0", "+0"])
def test_a_text_that_is_not_plainly_numbered_refuses_the_file(book: Path, text: str) -> None:
    shared = f'<c r="A2" t="s"><v>{text}</v></c>'.encode()
    with pytest.raises(Unreadable) as caught:
        read_cells(replaced(book, b'<c r="A2"><v>12</v></c>', shared))
    (problem,) = caught.value.problems
    assert problem.code == "bad-structure"
    assert "text of A2 is missing" in problem.message


@pytest.mark.parametrize("number", ["-1", "١"])
def test_a_name_of_no_sheet_refuses_the_file(book: Path, number: str) -> None:
    local = f'localSheetId="{number}"'.encode()
    data = replaced(book, b'localSheetId="1"', local, "xl/workbook.xml")
    assert refusal(data) == "bad-structure"


def test_a_cell_that_two_readers_see_differently_is_told(book: Path) -> None:
    """A second text inside one string item: one reader adds it, the other takes it alone."""
    inline = b'<c r="A2" t="inlineStr"><is><t>Yes</t><t>No</t></is></c>'
    data = replaced(book, b'<c r="A2"><v>12</v></c>', inline)
    cells = read_cells(data)
    assert cells.differences == {("It's one", 2, 1): ("YesNo", "No")}
    assert not read_cells(book).differences


def test_a_cell_that_stands_twice_refuses_the_file(book: Path) -> None:
    cell = b'<c r="A2"><v>12</v></c>'
    assert refusal(replaced(book, cell, cell + b'<c r="A2"><v>13</v></c>')) == "duplicate-cell"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<c r="A2">', b'<c r="A99">'),
        (b'<c r="A2">', b'<c r="ZZZZ2">'),
        (b"<sheetData>", b"<sheetData><row"),
        (b'<c r="A1" t="s"><v>0</v>', b'<c r="A1" t="s"><v>77</v>'),
        # some programs read No there, some NoYes
        (b'<c r="A2"><v>12</v>', b'<c r="A2" t="inlineStr"><is><t>No<t>Yes</t></t></is>'),
        (b"<v>12</v>", b"<v>1<v>2</v></v>"),
        (
            b'<c r="A2"><v>12</v>',
            b'<c r="A2" t="inlineStr"><is><t>No</t><is><t>Yes</t></is></is>',
        ),
        (b'<c r="A2"><v>12</v>', b'<c r="A2" t="inlineStr"><is>No<t>Yes</t></is>'),
        (
            b'<c r="A2"><v>12</v>',
            b'<c r="A2" t="inlineStr"><is><r><t>No</t><r><t>Yes</t></r></r></is>',
        ),
    ],
)
def test_a_structure_that_no_program_writes_refuses_the_file(
    book: Path, old: bytes, new: bytes
) -> None:
    assert refusal(replaced(book, old, new)) == "bad-structure"


def test_a_cell_at_the_far_end_costs_nothing(book: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    far += b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    data = replaced(book, b"</sheetData>", far)
    assert read_cells(data).sheets[0].at(1_048_576, 16_384).value == 1.0


def test_the_cage_ends_what_takes_too_long() -> None:
    with pytest.raises(cage.CageBroken, match="seconds"):
        cage.run("builtins:exec", b"import time; time.sleep(60)", cage.Allowance(wall=0.2))


def test_the_cage_has_little_memory(book: Path) -> None:
    """What reads well in 700 MB of address space ends without an answer in 8 MB."""
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(20, 50_000)
    )
    large = replaced(book, b"</sheetData>", rows + b"</sheetData>")
    assert cage.run(FIRST, large)
    small = cage.Allowance(memory=8 * 2**20)
    with pytest.raises(cage.CageBroken):
        cage.run(FIRST, large, small)


def test_a_file_that_breaks_its_reader_leaves_the_next_one_alone(book: Path) -> None:
    with pytest.raises(cage.CageBroken, match="processor"):
        cage.run("builtins:exec", b"while True: pass", cage.Allowance(processor=1))
    assert read_cells(book).sheets


LASTING = cage.Allowance(files=3)
PROCESS = b"__import__('os').getpid().to_bytes(4, 'big')"


def process_of(given: bytes = PROCESS, allowance: cage.Allowance = LASTING) -> int:
    """The process that works on it."""
    return int.from_bytes(cage.run("builtins:eval", given, allowance), "big")


@pytest.fixture
def one_warden() -> Iterator[None]:
    """No process is left from an earlier test, and each order goes to the same one."""
    cage._wardens.end()
    yield
    cage._wardens.end()


@pytest.mark.usefixtures("one_warden")
def test_a_process_that_goes_on_reads_as_many_files_as_it_may() -> None:
    first = [process_of() for _ in range(3)]
    assert len(set(first)) == 1
    assert process_of() not in first


@pytest.mark.usefixtures("one_warden")
def test_a_process_reads_nothing_after_a_file_that_is_not_in_order() -> None:
    last = b"__import__('assessments.untrusted.cage', fromlist=['x']).LastAnswer(" + PROCESS + b")"
    assert process_of(last) != process_of()


@pytest.mark.usefixtures("one_warden")
@pytest.mark.parametrize(
    "costly", [b"(b'x' * (250 * 2**20))[:0] + ", b"bytes(sum(range(40_000_000)) * 0) + "]
)
def test_a_process_reads_nothing_after_a_file_that_took_much(costly: bytes) -> None:
    """250 MB of memory, or more than half a second: neither is a questionnaire's."""
    assert process_of(costly + PROCESS) != process_of()


@pytest.mark.usefixtures("one_warden")
def test_no_file_is_refused_for_what_another_one_left() -> None:
    """A process that has read a file dies at the next: that one is read in a new process."""
    dies_when_used = (
        b"__import__('builtins').__dict__.setdefault('_seen', []).append(1) or "
        b"(__import__('os')._exit(9) if len(_seen) > 1 else " + PROCESS + b")"
    )
    first, second = process_of(dies_when_used), process_of(dies_when_used)
    assert first != second


@pytest.mark.usefixtures("one_warden")
def test_what_is_read_once_has_no_way_to_the_process_that_goes_on() -> None:
    """It shares no pipe with it: two of its own, errors, and the folder it looks at."""
    process_of()
    opened = b"bytes(len(__import__('os').listdir('/proc/self/fd')))"
    assert len(cage.run("builtins:eval", opened)) == 4


def test_the_second_reader_does_not_believe_the_first(book: Path) -> None:
    """An answer to another file, or made up, differs in every cell or is not let in."""
    other = replaced(book, b"<v>12</v>", b"<v>13</v>")
    lie = cage.run(FIRST, other)
    said = json.loads(cage.run(SECOND, LENGTH.pack(len(lie)) + lie + book.read_bytes()))
    assert [(row, column) for _, row, column, *_ in said["differences"]] == [(2, 1)]
    bomb = replaced(book, b"<worksheet", b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet")
    said = json.loads(cage.run(SECOND, LENGTH.pack(len(lie)) + lie + bomb))
    assert said["faults"]


def test_a_file_begun_early_is_read_once_and_by_the_same_readers(book: Path) -> None:
    """What was begun is taken once; later readings of the same bytes are readings of their own."""
    read_early(book)
    assert len(early._begun) == 1
    begun = read_cells(book)
    assert not early._begun
    assert read_cells(book) == begun


def test_what_breaks_a_reading_begun_early_is_told_where_its_answer_is_asked(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(both, "FIRST", "nowhere:read")
    read_early(book)
    with pytest.raises(Unreadable) as refused:
        read_cells(book)
    assert [problem.code for problem in refused.value.problems] == ["reading-limit"]
    assert not early._begun


@pytest.mark.parametrize("content", [None, b"", b"country,round\nXAA,2026\n"])
def test_only_an_archive_is_begun_early(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "answers.xlsx"
    if content is not None:
        path.write_bytes(content)
    read_early(path)
    assert not early._begun


def test_more_than_a_questionnaire_says_is_not_listened_to(book: Path) -> None:
    with pytest.raises(cage.CageBroken, match="more text"):
        cage.run(FIRST, book.read_bytes(), cage.Allowance(answer=100))


def test_a_warden_ends_with_the_process_that_started_it(book: Path) -> None:
    """Killed without a chance to tidy up, the parent leaves no helper behind."""
    code = (
        "import sys; from assessments.untrusted import cage, read_cells; read_cells(sys.stdin."
        "buffer.read()); print(cage._wardens.idle[0].process.pid, flush=True); "
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=book.read_bytes(), capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL
    warden = Path(f"/proc/{int(done.stdout)}/cmdline")
    for _ in range(100):
        if not warden.exists() or not warden.read_bytes():
            return
        time.sleep(0.1)
    pytest.fail("the helper process is still there")
