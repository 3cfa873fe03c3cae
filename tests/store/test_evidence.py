"""The evidence register: what accepted answers cite, each document once, and who has seen it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text
from store_samples import SHA, answer, submission

from assessments.errors import Mistake
from assessments.results import Answer, EvidenceState, Sensitivity
from assessments.store import Store
from assessments.store.citation import Citation, citations


def cited(question: str, evidence: str, institution: str = "CA", seen: bool = False) -> Answer:
    """An answer that cites a document; `seen` as an expert who has read it says so."""
    given = answer(question, institution=institution, evidence=evidence, evidence_class="law")
    state = EvidenceState.SEEN if seen else EvidenceState.STATED
    return given.model_copy(update={"evidence_state": state})


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("MLA Act 2021, s 4", [("MLA Act 2021", "", "s 4")]),
        ("MLA Act 2021 s. 4(2)", [("MLA Act 2021", "", "s. 4(2)")]),
        ("Constitución, art. 7; Ley 8.114, título II", None),
        ("القانون رقم 12 لعام 2017، المادة 6", [("القانون رقم 12 لعام 2017", "", "المادة 6")]),
        ("The articles of association", [("The articles of association", "", "")]),
        ("Annual report 2025", [("Annual report 2025", "", "")]),
        ("https://law.example/12.pdf", [("https://law.example/12.pdf",) * 2 + ("",)]),
        ("Act 12 (https://law.example/12)", [("Act 12", "https://law.example/12", "")]),
        (" ; \n", []),
    ],
)
def test_a_cell_names_documents_and_the_place_in_each(
    cell: str, expected: list[tuple[str, str, str]] | None
) -> None:
    """Semicolons part documents; a numbered article, section or page is a place in one."""
    if expected is None:
        expected = [("Constitución", "", "art. 7"), ("Ley 8.114", "", "título II")]
    assert citations(cell) == tuple(Citation(*item) for item in expected)


def test_one_document_serves_many_answers_however_it_is_spelt(store: Store) -> None:
    """Case, spaces and a full stop make no other document; another year does."""
    store.accept(
        submission(
            SHA["a"],
            cited("Q1", "Extradition Act 2015, s 5"),
            cited("Q2", "EXTRADITION  ACT 2015."),
            cited("Q3", "Extradition Act 2016"),
            answer("Q4"),
        )
    )
    first, second = store.evidence("XAA", "2026")
    assert (first.title, first.evidence_class) == ("Extradition Act 2015", "law")
    assert first.answers == ("ANS_XAA_2026_CA_Q1", "ANS_XAA_2026_CA_Q2")
    assert first.provisions == {"ANS_XAA_2026_CA_Q1": "s 5"}
    assert second.title == "Extradition Act 2016"
    assert (first.seen_by, first.seen_on) == ("", "")
    assert store.verify().first_fault.startswith("the original")  # all else holds


def test_what_the_expert_has_read_is_marked_with_who_and_when(store: Store) -> None:
    store.accept(submission(SHA["a"], cited("Q1", "Extradition Act 2015, s 5")))
    expert = cited("Q9", "extradition act 2015", institution="EXPERT", seen=True)
    store.accept(submission(SHA["b"], expert, institution="EXPERT"))
    (item,) = store.evidence("XAA", "2026")
    assert (item.seen_by, item.seen_on) == ("EXPERT", "2026-11-23")
    assert len(item.answers) == 2
    store.withdraw("XAA", "2026", "EXPERT", by="officer", reason="sent in error")
    (item,) = store.evidence("XAA", "2026")
    assert (item.seen_by, item.answers) == ("", ("ANS_XAA_2026_CA_Q1",))


def test_a_correction_moves_the_citation_and_keeps_the_document(store: Store) -> None:
    store.accept(submission(SHA["a"], cited("Q1", "Old Act"), answer("Q2")))
    store.accept(submission(SHA["b"], cited("Q1", "New Act"), answer("Q2")))
    old, new = store.evidence("XAA", "2026")
    assert (old.title, old.answers) == ("Old Act", ())
    assert (new.title, new.answers) == ("New Act", ("ANS_XAA_2026_CA_Q1",))


def test_a_document_is_as_sensitive_as_the_most_sensitive_question_it_is_cited_for(
    store: Store,
) -> None:
    given = submission(SHA["a"], cited("Q1", "Register"), cited("Q2", "Register"))
    marks = {"Q2": Sensitivity.CONFIDENTIAL}
    store.accept(given.model_copy(update={"sensitivity": marks}))
    (item,) = store.evidence("XAA", "2026")
    assert item.classification is Sensitivity.CONFIDENTIAL


def test_an_officer_registers_what_no_workbook_cites_and_that_word_stays(store: Store) -> None:
    store.accept(submission(SHA["a"], cited("Q1", "Act 12"), answer("Q2")))
    second = store.answers("XAA", "2026")[1].id
    number = store.add_evidence(
        *("XAA", "2026"),
        title="act 12",
        provision="art. 9",
        seen_by="Legal officer",
        seen_on=date(2026, 3, 1),
        answers=[second],
    )
    store.accept(submission(SHA["b"], answer("Q1", "no"), answer("Q2")))
    (item,) = store.evidence("XAA", "2026")
    assert (item.id, item.seen_by, item.seen_on) == (number, "Legal officer", "2026-03-01")
    assert (item.answers, item.provisions) == ((second,), {second: "art. 9"})
    with pytest.raises(Mistake, match="needs a title"):
        store.add_evidence("XAA", "2026", title=" ")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence SET seen_by = 'A. Person'",
        "UPDATE evidence SET classification = 'public'",
        "DELETE FROM answer_evidence",
        "DELETE FROM evidence",
    ],
)
def test_an_edit_of_the_register_is_found(store: Store, statement: str) -> None:
    given = submission(SHA["a"], cited("Q1", "Act 12", seen=True))
    store.accept(given.model_copy(update={"sensitivity": {"Q1": Sensitivity.RESTRICTED}}))
    with store.database.writing() as connection:
        connection.execute(text(statement))
    assert store.verify().first_fault == "the evidence register of XAA/2026 was edited"


def test_who_takes_answers_away_says_who_and_why(store: Store) -> None:
    store.accept(submission(SHA["a"], answer("Q1")))
    with pytest.raises(Mistake, match="needs a name and a reason"):
        store.withdraw("XAA", "2026", "CA", by=" ", reason="x")
    with pytest.raises(Mistake, match="needs a name and a reason"):
        store.delete_assessment("XAA", "2026", by="officer", reason="")
    assert len(store.answers("XAA", "2026")) == 1


def test_deletion_removes_only_what_lies_in_the_home_folder(
    store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Paths come out of the database: one that points elsewhere is told, never followed."""
    home = store.originals.folder.parent
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "precious").mkdir()
    (home / "runs").mkdir()
    report = elsewhere / "XAA.docx"
    report.write_bytes(b"report")
    (home / "XAA.docx").write_bytes(b"report")
    store.accept(submission(SHA["a"], answer("Q1")))
    store.save_run("k1", "XAA", "2026", {"scores": "{}"}, folder=elsewhere / "precious")
    store.save_run("k2", "XAA", "2026", {"scores": "{}"}, folder=home / "runs")
    for path in (report, home / "XAA.docx"):
        store.add_report("k2", path, edition="public", language="en", sha256="0" * 64)
    gone = store.delete_assessment("XAA", "2026", by="officer", reason="asked by the State")
    assert (gone.reports, gone.left) == (1, (str(report),))
    assert (elsewhere / "precious").is_dir()
    assert report.exists()
    assert not (home / "runs").exists()
    assert not (home / "XAA.docx").exists()


def test_migration_makes_one_document_of_rows_that_differed_in_provision(store: Store) -> None:
    """Down to the first tables, two rows of one act with their links, and up again."""
    from assessments.store.schema import migrate

    migrate(store.database, "0001")
    row = (
        "INSERT INTO evidence (id, assessment_id, title, reference, provision, evidence_class, "
        "classification, seen_by, seen_on, added_at) VALUES (:id, 1, 'Act 12', '', :place, '', "
        "'public', '', '', '2026-01-01T00:00:00+00:00')"
    )
    with store.database.writing() as connection:
        for number, place in ((1, "s 4"), (2, "s 9")):
            connection.execute(text(row), {"id": number, "place": place})
            connection.execute(
                text("INSERT INTO answer_evidence (evidence_id, answer) VALUES (:id, :name)"),
                {"id": number, "name": f"ANS_{number}"},
            )
    migrate(store.database)
    (item,) = store.evidence("XAA", "2026")
    assert item.provisions == {"ANS_1": "s 4", "ANS_2": "s 9"}
