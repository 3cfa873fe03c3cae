"""The Government's response: what it says stands beside the finding it was said of, nowhere else,
and the report calls itself validated only when all was responded to and signed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from example_answers import ROUND, example_submissions

from assessments.intake import Receipt
from assessments.intake.receive import receive_all
from assessments.language import words
from assessments.pack.load import load_pack
from assessments.report import Edition, ReportInputs, write_report
from assessments.report.compose import compose
from assessments.report.statements import form_of
from assessments.report.wording import Wording
from assessments.results import PUBLIC_EDITION, AnswerState
from assessments.runner.material import material_of
from assessments.settings import Settings
from assessments.store import RESPONSES, Store, open_store
from assessments.trace import trace
from assessments.workbook.response.layout import FIRST_ROW, HIDDEN, SIGNED_BY, SIGNED_ON
from flows.compute import compute
from flows.public_edition import compute_public
from flows.responses import printed_form, response_workbook
from flows.still_holds import rests_on
from flows.write_reports import report_inputs

ISO = "XAA"
PACK = load_pack("cooperation")
SIGNER = "Director of legal affairs, Ministry of Justice"


@pytest.fixture(scope="module")
def assessed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A home with the run of a country, and the results of its two editions."""
    home = tmp_path_factory.mktemp("assessed")
    with open_store(Settings(home=home)) as opened:
        opened.open_assessment(ISO, ROUND, PACK.id, PACK.version, PACK.digest)
        opened.accept_many(example_submissions(PACK, ISO))
        material = material_of(opened, ISO, ROUND, PACK)
        results = compute(material).documents()
        results |= compute_public(material).documents(PUBLIC_EDITION)
        opened.save_run("1" * 64, ISO, ROUND, results, inputs=rests_on(PACK.digest))
    return home, results


@pytest.fixture
def results(assessed: tuple[Path, dict[str, str]]) -> dict[str, str]:
    return assessed[1]


@pytest.fixture
def store(tmp_path: Path, assessed: tuple[Path, dict[str, str]]) -> Iterator[Store]:
    shutil.copytree(assessed[0], tmp_path / "home")
    with open_store(Settings(home=tmp_path / "home")) as opened:
        yield opened


def _inputs(store: Store, edition: Edition = "public") -> ReportInputs:
    run = store.latest_run(ISO, ROUND)
    assert run is not None
    return report_inputs(store, run, edition=edition)


Fill = Callable[[Any, list[tuple[Any, int]]], None]  # the workbook, and its lines


def _filled(
    store: Store, folder: Path, fill: Fill | None = None, edition: Edition = "public",
    language: str = "en", signed: bool = True,
) -> Path:  # fmt: skip
    """The workbook with every line accepted, signed, and then `fill` at work on it."""
    path = response_workbook(_inputs(store, edition), folder / f"{edition}.xlsx", language)
    book = openpyxl.load_workbook(path)
    lines = [
        (sheet, row)
        for sheet in book.worksheets[1:]
        if sheet.title != HIDDEN
        for row in range(FIRST_ROW, sheet.max_row + 1)
    ]
    for sheet, row in lines:
        sheet.cell(row, 3).value = words(language)("accept")
    if signed:
        for name, value in ((SIGNED_BY, SIGNER), (SIGNED_ON, "2026-11-20")):
            cell = book.defined_names[name].attr_text.rpartition("!")[2].replace("$", "")
            book.worksheets[0][cell].value = value
    if fill:
        fill(book, lines)
    book.save(path)
    return path


def _receive(store: Store, path: Path) -> Receipt:
    (receipt,) = receive_all(path, store, by="registry", form_of=printed_form)
    return receipt


def _codes(receipt: Receipt) -> dict[str, str]:
    found = [(problem.code, f"{problem.sheet}!{problem.cell}") for problem in receipt.problems]
    return dict(reversed(found))  # the first of each


def _correct_second(book: Any, lines: list[tuple[Any, int]]) -> None:
    sheet, row = lines[1]
    sheet.cell(row, 3).value = "correct"
    sheet.cell(row, 4).value = "The unit has <b>R&D</b> staff {{ 7*7 }} since 2025."
    sheet.cell(row, 5).value = "Order 12/2026"


def test_words_stand_beside_the_finding_and_the_report_is_validated_by_whom_and_when(
    store: Store, tmp_path: Path
) -> None:
    digest = store.answers_digest(ISO, ROUND)
    receipt = _receive(store, _filled(store, tmp_path, _correct_second))
    assert (receipt.accepted, receipt.new, receipt.problems) == (True, True, ())
    assert store.answers_digest(ISO, ROUND) == digest  # a run does not rest on it
    inputs = _inputs(store)
    name, response = next((n, r) for n, r in inputs.responses.items() if r.remarks)
    report = compose(inputs, words=Wording())
    beside = {s.id: s.government for d in report.dimensions for s in d.scores}
    said = "The unit has <b>R&D</b> staff {{ 7*7 }} since 2025."
    assert (
        beside[name] == f"The Government corrects this: \u201c{said}\u201d Document: Order 12/2026."
    )
    assert {text for one, text in beside.items() if one != name} == {""}
    (printed,) = (one for one in report.responses if one.id == name)
    assert printed.finding == next(
        item.text for item in form_of(inputs, Wording()).items if item.id == name
    )  # the response cannot be read without what it was given to
    accepted = len(inputs.responses) - 1
    assert report.cover.validation == (
        f"Validated for the Government by {SIGNER} on 20 November 2026: "
        f"{accepted} accepted, 1 corrected, 0 objected to."
    )
    written = write_report(inputs, tmp_path / "report.docx").docx
    assert said in "\n".join(
        cell.text for table in Document(str(written)).tables for cell in table._cells
    )
    (link,) = trace(response.answer, store, PACK).chain
    assert (link.cell, link.workbook_sha256) == ("C5", receipt.workbook_sha256)
    entry = store.audit(ISO, ROUND)[-1]
    assert (entry.who, RESPONSES["public"] in entry.detail, said in entry.detail) == (
        "registry", True, False,
    )  # fmt: skip


def test_a_response_in_part_validates_nothing_and_a_later_one_completes_it(
    store: Store, tmp_path: Path
) -> None:
    def half(book: Any, lines: list[tuple[Any, int]]) -> None:
        for sheet, row in lines[10:]:
            sheet.cell(row, 3).value = None

    def other_half(book: Any, lines: list[tuple[Any, int]]) -> None:
        for sheet, row in lines[:10]:
            sheet.cell(row, 3).value = None

    assert compose(_inputs(store)).cover.validation == (
        "Not validated: the Government has not responded yet."
    )
    assert _receive(store, _filled(store, tmp_path, half)).accepted
    told = compose(_inputs(store)).cover.validation
    assert told.startswith("Not validated: the Government has responded to 10 of ")
    assert _receive(store, _filled(store, tmp_path, other_half)).accepted
    assert compose(_inputs(store)).cover.validation.startswith("Validated for the Government by ")


def test_a_line_that_was_removed_is_named_and_nothing_is_validated(
    store: Store, tmp_path: Path
) -> None:
    removed = []

    def cut(book: Any, lines: list[tuple[Any, int]]) -> None:
        sheet, row = lines[3]
        removed.append(sheet.cell(row, 1).value)
        sheet.delete_rows(row)

    receipt = _receive(store, _filled(store, tmp_path, cut))
    (problem,) = receipt.problems
    assert (receipt.accepted, problem.code, problem.severity) == (True, "response-open", "note")
    of = len(_inputs(store).responses) + 1
    assert problem.message == f"Without a response in this workbook: 1 of {of} ({removed[0]})."
    assert compose(_inputs(store)).cover.validation.startswith("Not validated")


def test_an_unsigned_response_validates_nothing(store: Store, tmp_path: Path) -> None:
    receipt = _receive(store, _filled(store, tmp_path, signed=False))
    assert receipt.accepted
    assert list(_codes(receipt)) == ["response-unsigned"]
    assert _codes(receipt)["response-unsigned"].startswith("Cover!C")
    assert "Not validated" in compose(_inputs(store)).cover.validation


def test_what_is_said_of_the_restricted_version_is_in_no_public_one(
    store: Store, tmp_path: Path
) -> None:
    receipt = _receive(store, _filled(store, tmp_path, _correct_second, "restricted"))
    assert receipt.accepted
    assert _inputs(store).responses == {}
    assert "Not validated" in compose(_inputs(store)).cover.validation
    assert compose(_inputs(store, "restricted")).cover.validation.startswith("Validated")
    (document,) = (item for item in store.evidence(ISO, ROUND) if item.title == "Order 12/2026")
    assert document.classification == "restricted"
    response = next(r for r in _inputs(store, "restricted").responses.values() if r.remarks)
    told = trace(response.answer, store, PACK).model_dump_json()
    assert "The unit has" not in told
    assert "The unit has" in trace(response.answer, store, PACK, restricted=True).model_dump_json()


def test_what_a_finding_says_anew_is_not_responded_to_yet(
    store: Store, tmp_path: Path, results: dict[str, str]
) -> None:
    sent = _filled(store, tmp_path, _correct_second)
    assert _receive(store, sent).accepted
    before = _inputs(store)
    first = next(iter(before.responses))
    changed = _raised(results, first)
    store.save_run("2" * 64, ISO, ROUND, changed, inputs=rests_on(PACK.digest))
    now = _inputs(store)
    assert before.responses.keys() - now.responses.keys() == {first}
    assert compose(now).cover.validation.startswith("Not validated: the Government has responded")
    book = openpyxl.load_workbook(response_workbook(now, tmp_path / "again.xlsx", "en"))
    kept = {row[0].value: row[2].value for row in book["Findings"].iter_rows(min_row=FIRST_ROW)}
    assert kept[first] is None
    assert sorted(filter(None, kept.values()))[-1] == "correct"


def _raised(results: dict[str, str], score: str) -> dict[str, str]:
    """The results with another level in one public score."""
    import json

    scores = json.loads(results[f"{PUBLIC_EDITION}scores"])
    for one in scores["sub_dimensions"]:
        if one["id"] == score:
            one["level"] = (one["level"] + 1.3) % 4
    return results | {f"{PUBLIC_EDITION}scores": json.dumps(scores)}


def test_a_workbook_of_an_earlier_report_counts_where_the_report_is_still_the_same(
    store: Store, tmp_path: Path, results: dict[str, str]
) -> None:
    sent = _filled(store, tmp_path)
    first = next(iter(openpyxl.load_workbook(sent)["Findings"].iter_rows(min_row=FIRST_ROW)))
    changed = _raised(results, str(first[0].value))
    store.save_run("2" * 64, ISO, ROUND, changed, inputs=rests_on(PACK.digest))
    receipt = _receive(store, sent)
    told = _codes(receipt)
    assert receipt.accepted
    assert told["response-changed-since"] == "Findings!C4"
    assert told["response-report-changed"].startswith(f"{HIDDEN}!B")
    assert first[0].value not in _inputs(store).responses
    assert receipt.answers[AnswerState.UNUSABLE.value] == 1  # nothing is lost


def test_every_fault_is_told_with_its_cell_and_nothing_of_it_is_printed(
    store: Store, tmp_path: Path
) -> None:
    def spoil(book: Any, lines: list[tuple[Any, int]]) -> None:
        sheet = book["Findings"]
        sheet["C4"] = "perhaps"
        sheet["B5"] = "Everything works."
        sheet["C6"], sheet["D6"] = "object", None
        sheet["C7"], sheet["D7"] = None, "We see this otherwise."
        sheet["C8"], sheet["D8"] = "correct", "turned \u202e round"

    receipt = _receive(store, _filled(store, tmp_path, spoil))
    assert receipt.accepted
    assert _codes(receipt) == {
        "response-choice": "Findings!C4",
        "response-edited": "Findings!B5",
        "response-no-words": "Findings!D6",
        "response-no-choice": "Findings!C7",
        "invisible-characters": "Findings!D8",
    }
    assert receipt.answers[AnswerState.UNUSABLE.value] == 5
    assert Path(receipt.checked_file).is_file()
    assert not any(response.remarks for response in _inputs(store).responses.values())


@pytest.mark.parametrize(
    ("code", "cell"),
    [
        ("response-foreign", "Findings!A4"),
        ("response-twice", "Findings!A5"),
        ("response-without-id", "Findings!A4"),
        ("response-heading", "Findings!D3"),
        ("response-contradicts", "!"),
    ],
)
def test_what_cannot_be_placed_refuses_the_whole_file(
    store: Store, tmp_path: Path, code: str, cell: str
) -> None:
    def spoil(book: Any, lines: list[tuple[Any, int]]) -> None:
        sheet = book["Findings"]
        if code == "response-foreign":
            sheet["A4"] = "SC_XAB_2026_STR_1"
        elif code == "response-twice":
            sheet["A5"] = sheet["A4"].value
        elif code == "response-without-id":
            sheet["A4"] = None
        elif code == "response-heading":
            sheet["D3"], sheet["E3"] = sheet["E3"].value, sheet["D3"].value
        else:
            book[HIDDEN]["B4"] = "restricted"

    receipt = _receive(store, _filled(store, tmp_path, spoil))
    assert not receipt.accepted
    assert _codes(receipt)[code] == cell
    assert store.responses(ISO, ROUND, "public") == ()


def test_a_response_to_no_report_of_ours_is_refused(store: Store, tmp_path: Path) -> None:
    sent = _filled(store, tmp_path)
    with open_store(Settings(home=tmp_path / "elsewhere")) as other:
        other.open_assessment(ISO, ROUND, PACK.id, PACK.version, PACK.digest)
        assert list(_codes(_receive(other, sent))) == ["response-without-report"]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_it_is_written_and_read_in_the_language_of_the_government(
    store: Store, tmp_path: Path, language: str
) -> None:
    sent = _filled(store, tmp_path, language=language)
    book = openpyxl.load_workbook(sent)
    assert book.sheetnames[0] == words(language)("Cover")
    assert book.worksheets[1].sheet_view.rightToLeft in (
        (True,) if language == "ar" else (None, False)
    )
    receipt = _receive(store, sent)
    assert (receipt.accepted, receipt.problems, receipt.language) == (True, (), language)
    assert compose(_inputs(store)).cover.validation.startswith("Validated")  # in English
