"""What KoboToolbox and ODK export is taken in like a workbook: each row one submission."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from exports import Form, kobo_csv, kobo_xlsx, odk_zip
from pack_folder import PackFolder

from assessments.intake import receive_all
from assessments.pack.load import load_pack
from assessments.pack.model import Pack
from assessments.results import Answer, AnswerState
from assessments.settings import Settings
from assessments.store import Store, open_store
from assessments.workbook.xlsform.submissions import Given
from assessments.workbook.xlsform.write import write_form

WHO = {"tana_pack": "small", "tana_pack_version": "1", "tana_tier": "deep",
       "tana_country": "XAA", "tana_round": "2026"}  # fmt: skip
CA = {
    **WHO,
    "tana_institution": "CA",
    "LEG_1_02": "yes",
    "LEG_1_02__evidence": "Act 5 of 2020",
    "LEG_1_02__class": "law_text",
    "LEG_1_02__comment": "Amended in 2024",
    "LEG_1_03": "evidence service",
    "LEG_1_04": [{"offence": "group", "covered": "yes"}, {"offence": "laundering"}],
    "OPS_1_09": [{"partner": "XAB", "sent": "3"}, {"partner": "XAC", "sent": "4"}],
    "LEG_1_01": "3",
    "OPS_1_03": "12",
    "OPS_1_04__reason": "not_known",
}
PROS = {**WHO, "tana_institution": "PROS", "LEG_1_02": "no"}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = PackFolder(tmp_path_factory.mktemp("packs") / "small")
    place = {"dimension": "OPS", "sub_dimension": "OPS-1", "institutions": "CA", "tier": "core"}
    folder.add("survey.csv", type="begin_repeat", name="OPS_1_09", label="Partners", **place)
    folder.add("survey.csv", type="text", name="partner", label="Partner")
    folder.add("survey.csv", type="integer", name="sent", label="Sent")
    folder.add("survey.csv", type="end_repeat")
    french = {"LEG_1_02": "Y a-t-il une loi ?", "OPS_1_03": "Demandes reçues"}
    for row in folder.rows("survey.csv")[1:]:
        if row[1]:
            folder.set(
                "survey.csv", row[1], "label::French (fr)", french.get(row[1], f"F {row[1]}")
            )
    for name, label in {"yes": "Oui", "no": "Non", "partly": "En partie"}.items():
        folder.set("choices.csv", name, "label::French (fr)", label)
    return load_pack(folder.folder)


@pytest.fixture(scope="module")
def form(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Form:
    return Form(write_form(pack, tmp_path_factory.mktemp("form") / "small.xlsx"))


@pytest.fixture
def store(tmp_path: Path, pack: Pack) -> Iterator[Store]:
    with open_store(Settings(home=tmp_path / "home")) as opened:
        opened.open_assessment("XAA", "2026", pack.id, pack.version, pack.digest,
                               pack_folder=pack.folder)  # fmt: skip
        yield opened


def answers_of(store: Store, institution: str) -> dict[str, Answer]:
    return {a.question: a for a in store.answers("XAA", "2026") if a.institution == institution}


def values(store: Store, institution: str) -> dict[str, object]:
    return {n: a.value for n, a in answers_of(store, institution).items() if a.value is not None}


EXPECTED = {
    "LEG_1_02": "yes",
    "LEG_1_03": ("evidence", "service"),
    "LEG_1_04": ({"offence": "group", "covered": "yes"},),
    "OPS_1_09": ({"partner": "XAB", "sent": 3.0}, {"partner": "XAC", "sent": 4.0}),
    "LEG_1_01": "3",
    "OPS_1_03": 12.0,
}


@pytest.mark.parametrize("kind", ["kobo", "kobo without groups", "odk"])
def test_each_row_is_one_institutions_submission(store, form, tmp_path, kind):
    if kind == "odk":
        file = odk_zip(tmp_path / "export.zip", form, [CA, PROS])
    else:
        file = kobo_xlsx(tmp_path / "export.xlsx", form, [CA, PROS], groups=kind == "kobo")
    receipts = receive_all(file, store)
    assert [(r.institution, r.accepted, r.new) for r in receipts] == [
        ("CA", True, True),
        ("PROS", True, True),
    ], [str(p) for r in receipts for p in r.problems]
    assert values(store, "CA") == EXPECTED
    assert values(store, "PROS") == {"LEG_1_02": "no"}
    law = answers_of(store, "CA")["LEG_1_02"]
    assert (law.evidence, law.evidence_class) == ("Act 5 of 2020", "law_text")
    assert law.comment == "Amended in 2024"
    assert answers_of(store, "CA")["OPS_1_04"].state is AnswerState.NO_INFORMATION
    assert answers_of(store, "CA")["OPS_1_07"].state is AnswerState.BLANK


def test_an_answer_leads_back_to_the_cell_of_the_export(store, form, tmp_path):
    import openpyxl

    file = kobo_xlsx(tmp_path / "export.xlsx", form, [PROS, CA])
    receive_all(file, store)
    source = answers_of(store, "CA")["OPS_1_03"].source
    book = openpyxl.load_workbook(file)
    assert book[source.sheet][source.cell].value == "12"
    assert source.file_name == "export.xlsx"
    assert store.originals.fault(source.workbook_sha256) == ""


def test_the_same_export_twice_is_stored_once_and_a_later_one_adds(store, form, tmp_path):
    file = kobo_xlsx(tmp_path / "export.xlsx", form, [CA])
    receive_all(file, store)
    assert [r.new for r in receive_all(file, store)] == [False]
    later = kobo_xlsx(tmp_path / "later.xlsx", form, [CA, PROS])
    assert [(r.institution, r.new) for r in receive_all(later, store)] == [
        ("CA", False),
        ("PROS", True),
    ]


def test_a_dry_run_stores_nothing(store, form, tmp_path):
    file = kobo_xlsx(tmp_path / "export.xlsx", form, [CA, PROS])
    receipts = receive_all(file, store, dry_run=True)
    assert [r.accepted for r in receipts] == [True, True]
    assert store.answers("XAA", "2026") == ()
    assert store.originals.names() == set()


def test_labels_in_any_language_and_choices_in_columns_of_their_own(store, tmp_path):
    """KoboToolbox as CSV, with labels for headings and values, in French."""
    file = kobo_csv(tmp_path / "export.csv", [
        ["start", "tana_pack", "tana_pack_version", "tana_tier", "Pays : code à trois lettres",
         "Cycle : l'année de l'évaluation, par exemple 2026", "Quelle institution répond ?",
         "Y a-t-il une loi ?", "Commentaire", "F LEG_1_03/Taking of evidence",
         "F LEG_1_03/Service of documents", "F LEG_1_03/None", "Commentaire", "Demandes reçues",
         "_id", "_submission_time"],
        ["x", "small", "1", "deep", "XAA", "2026", "Central authority", "Oui", "vu", "1", "0",
         "0", "partielle", "7", "1", "2026-02-01T10:00:00"],
    ])  # fmt: skip
    receipts = receive_all(file, store)
    assert [r.accepted for r in receipts] == [True], [str(p) for p in receipts[0].problems]
    assert values(store, "CA") == {
        "LEG_1_02": "yes", "LEG_1_03": ("evidence",), "OPS_1_03": 7.0,
    }  # fmt: skip
    found = answers_of(store, "CA")
    assert (found["LEG_1_02"].comment, found["LEG_1_03"].comment) == ("vu", "partielle")
    notes = [p for p in receipts[0].problems if p.code == "export-lacks-questions"]
    assert "OPS_1_09" in notes[0].message


def test_bad_answers_are_named_with_their_cell_and_never_scored(store, form, tmp_path):
    import openpyxl

    bad = {**CA, "LEG_1_02": "maybe", "OPS_1_03": "12,5", "LEG_1_03": "none evidence",
           "OPS_1_09": [{"partner": "XAB", "sent": "many"}]}  # fmt: skip
    file = kobo_xlsx(tmp_path / "export.xlsx", form, [bad, PROS])
    first, second = receive_all(file, store)
    codes = {p.question: p.code for p in first.problems}
    assert codes["LEG_1_02"] == "unknown-choice"
    assert codes["OPS_1_03"] in {"number-as-text", "not-a-number"}
    assert codes["LEG_1_03"] == "exclusive-choice"
    assert codes["OPS_1_09"] == "not-a-number"
    assert all(p.cell and p.sheet and p.remedy for p in first.problems)
    states = {q: a.state for q, a in answers_of(store, "CA").items()}
    assert states["LEG_1_02"] is AnswerState.UNUSABLE
    assert answers_of(store, "CA")["LEG_1_02"].raw == "maybe"
    assert (first.exit_status, second.exit_status) == (1, 0)
    book = openpyxl.load_workbook(first.checked_file)
    place = next(p for p in first.problems if p.question == "LEG_1_02")
    assert book[place.sheet][place.cell].comment is not None


def test_a_row_that_counts_for_nothing_does_not_hold_up_the_others(store, form, tmp_path):
    rows = [
        {**CA, "tana_institution": "CUSTOMS"},
        {**CA, "tana_country": "XZZ"},
        {**CA, "tana_round": "2031"},
        {**CA, "tana_pack_version": "9"},
        {**CA, "tana_pack": "another"},
        PROS,
    ]
    receipts = receive_all(kobo_xlsx(tmp_path / "export.xlsx", form, rows), store)
    refused = {p.code for r in receipts if not r.accepted for p in r.problems}
    assert refused == {
        "row-without-institution",
        "row-of-no-assessment",
        "assessment-not-opened",
        "other-form-version",
        "other-pack",
    }
    assert [r.institution for r in receipts if r.accepted] == ["PROS"]
    assert all(p.remedy for r in receipts for p in r.problems)


def test_of_two_rows_of_one_institution_the_one_sent_last_counts(store, form, tmp_path):
    newer = {**CA, "OPS_1_03": "20", "_uuid": "b", "_submission_time": "2026-02-03T08:00:00"}
    older = {**CA, "_uuid": "a", "_submission_time": "2026-02-01T08:00:00"}
    (receipt,) = receive_all(kobo_xlsx(tmp_path / "e.xlsx", form, [newer, older]), store)
    assert values(store, "CA")["OPS_1_03"] == 20.0
    assert [(p.code, p.cell) for p in receipt.problems] == [("earlier-row", "A3")]


def test_what_only_the_earlier_row_answers_is_not_lost_silently(store, form, tmp_path):
    first = {**PROS, "LEG_1_01": "2", "_uuid": "a", "_submission_time": "2026-02-01"}
    second = {**PROS, "_uuid": "b", "_submission_time": "2026-02-02"}
    (receipt,) = receive_all(kobo_xlsx(tmp_path / "e.xlsx", form, [first, second]), store)
    (problem,) = receipt.problems
    assert problem.code == "earlier-row-says-more"
    assert "LEG_1_01" in problem.message
    assert receipt.exit_status == 1


def test_a_form_that_does_not_say_whose_answers_these_are_is_told_so(store, tmp_path):
    """A third party's own form: the person who takes the file in says it."""
    rows: list[list[object]] = [
        ["LEG_1_02", "OPS_1_03", "_uuid", "_submission_time"],
        ["yes", "5", "u1", "2026-02-01T10:00:00"],
    ]
    file = kobo_csv(tmp_path / "export.csv", rows)
    (refused,) = receive_all(file, store)
    assert [p.code for p in refused.problems] == ["csv-not-workbook"]
    (receipt,) = receive_all(file, store, given=Given("XAA", "2026", "CA"))
    assert receipt.accepted, receipt.problems
    assert values(store, "CA") == {"LEG_1_02": "yes", "OPS_1_03": 5.0}


@pytest.mark.parametrize("content", [b"a;b\nc", b"PK\x03\x04 cut off", "é;\n".encode("latin-1")])
def test_what_is_no_export_stays_refused(store, tmp_path, content):
    (tmp_path / "export.csv").write_bytes(content)
    (receipt,) = receive_all(tmp_path / "export.csv", store)
    assert not receipt.accepted
    assert receipt.problems


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("form.csv", b"tana_pack,tana_country\n" + b"0" * 30_000_000, "archive-too-large"),
        ("../form.csv", b"tana_pack\nsmall\n", "unsafe-part"),
    ],
)
def test_a_hostile_archive_is_stopped_before_it_is_unpacked(store, tmp_path, name, content, code):
    with zipfile.ZipFile(tmp_path / "odk.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    (receipt,) = receive_all(tmp_path / "odk.zip", store)
    assert [problem.code for problem in receipt.problems] == [code]
