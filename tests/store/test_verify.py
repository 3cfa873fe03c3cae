"""`db verify`: every edit behind tana's back is found and named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from store_samples import answer, keep_original, submission

from assessments.store import Store


@pytest.fixture
def full(store: Store, tmp_path: Path) -> Store:
    """A store with two versions of CA, one of POL, an approved run and a withdrawal."""
    first, second, third = (
        keep_original(store, content, tmp_path) for content in (b"one", b"two", b"three")
    )
    store.accept(
        submission(first, answer("Q1", "yes", evidence="Act 1"), answer("Q2", 3.0)), by="officer"
    )
    store.accept(submission(second, answer("Q1", "no"), answer("Q2", 3.0)), by="officer")
    police = answer("Q1", "yes", institution="POL")
    store.accept(submission(third, police, institution="POL"), by="officer")
    store.withdraw("XAA", "2026", "POL", by="officer", reason="sent in error")
    store.save_run("k1", "XAA", "2026", {"scores": "{}"}, inputs={"pack": "d"}, by="officer")
    store.approve("k1", "A. Person")
    store.add_report("k1", "r.docx", edition="public", language="en", sha256="e" * 64, by="officer")
    return store


def test_untouched_store_holds_together(full: Store) -> None:
    """2 + 2 + 1 answers, three originals, and one entry for each thing that was done."""
    found = full.verify()
    assert found.ok, found.first_fault
    assert (found.entries, found.answers, found.originals) == (8, 5, 3)
    assert found.head == full.audit()[-1].hash


EDITS = {
    "an answer's value": (
        "UPDATE answer SET value = '\"partly\"' WHERE question = 'Q1'",
        "answers of CA version 1 were edited",
    ),
    "an answer's cell": ("UPDATE answer SET cell = 'D99'", "answers of CA version 1 were edited"),
    "a comment": ("UPDATE answer SET comment = 'x'", "answers of CA version 1 were edited"),
    "an answer removed": (
        "DELETE FROM answer WHERE question = 'Q2'",
        "CA version 1 has 1 answers, 2 were accepted",
    ),
    "a submission removed": (
        "DELETE FROM submission WHERE version = 2",
        "submission XAA/2026 CA version 2 was removed",
    ),
    "a digest made to fit": (
        "UPDATE submission SET answers_digest = 'x' WHERE institution = 'POL'",
        "submission XAA/2026 POL version 1 was edited",
    ),
    "a withdrawal undone": (
        "UPDATE submission SET withdrawn_at = NULL",
        "the withdrawal of submission XAA/2026 POL version 1 was edited",
    ),
    "an audit entry edited": ("UPDATE audit SET who = 'x' WHERE seq = 3", "audit entry 3 "),
    "an audit entry removed": ("DELETE FROM audit WHERE seq = 4", "audit entry 4 is missing"),
    "the last audit entry removed": (
        "DELETE FROM audit WHERE seq = 8",
        "a public report of run k1",
    ),
    "a result": ("UPDATE run_result SET document = '[]'", "the result scores of run k1 was edited"),
    "an approval": ("UPDATE approval SET name = 'B. Other'", "the approval of run k1"),
    "an approval's note": ("UPDATE approval SET note = 'x'", "the approval of run k1"),
    "a report": ("UPDATE report SET sha256 = 'x'", "a public report of run k1"),
    "a report's edition": ("UPDATE report SET edition = 'restricted'", "a public report of run k1"),
    "where a report lies": (
        "UPDATE report SET path = '/etc/passwd'",
        "where a public report of run k1 was written to",
    ),
    "a report that stands twice": (
        "INSERT INTO report (run_key, path, edition, language, sha256, made_at, made_by) "
        "SELECT run_key, path, edition, language, sha256, made_at, made_by FROM report",
        "a report is recorded twice",
    ),
    "an approval that stands twice": (
        "INSERT INTO approval (run_key, name, approved_at, note) "
        "SELECT run_key, name, approved_at, note FROM approval",
        "the approval of run k1",
    ),
    "a run's folder": ("UPDATE run SET folder = '/'", "run k1 is not the one"),
    "the file's name": (
        "UPDATE submission SET file_name = 'x.xlsx' WHERE institution = 'POL'",
        "submission XAA/2026 POL version 1 was edited",
    ),
    "when it was withdrawn": (
        "UPDATE submission SET withdrawn_at = received_at WHERE withdrawn_at IS NOT NULL",
        "the withdrawal of submission XAA/2026 POL version 1",
    ),
    "where the pack lies": (
        "UPDATE assessment SET pack_folder = '/tmp/pack'",
        "assessment XAA/2026 names another pack",
    ),
    "what a run rests on": ("UPDATE run SET answers_digest = 'x'", "run k1 is not the one"),
    "a run's inputs": ("UPDATE run SET inputs = '{}'", "run k1 is not the one"),
    "who made a run": ("UPDATE run SET made_by = 'x'", "run k1 is not the one"),
    "who received": (
        "UPDATE submission SET received_by = 'x'",
        "submission XAA/2026 CA version 1 was edited",
    ),
    "the version answered to": (
        "UPDATE submission SET pack_version = 'x'",
        "submission XAA/2026 CA version 1 was edited",
    ),
    "who opened": ("UPDATE assessment SET opened_by = 'x'", "who opened assessment XAA/2026"),
    "the evidence register": ("UPDATE evidence SET title = 'x'", "the evidence register of XAA"),
    "the pack": ("UPDATE assessment SET pack_digest = 'x'", "assessment XAA/2026 names another"),
    "the run that stands": ("UPDATE assessment SET current_run = NULL", "assessment XAA/2026 poin"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_edit_in_the_database_is_found_and_named(full: Store, edit: str) -> None:
    statement, fault = EDITS[edit]
    with full.database.writing() as connection:
        connection.execute(text(statement))
    found = full.verify()
    assert not found.ok
    assert found.first_fault.startswith(fault)


def _change(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(b"other")


@pytest.mark.parametrize(
    ("harm", "fault"),
    [(_change, "was changed"), (Path.unlink, "is missing")],
    ids=["changed", "removed"],
)
def test_harmed_original_is_found(full: Store, harm: Callable[[Path], None], fault: str) -> None:
    sha256 = full.submissions("XAA", "2026")[0].workbook_sha256
    harm(full.originals.path(sha256))
    found = full.verify()
    assert f"the original {sha256} {fault}" in found.first_fault


def test_loose_file_among_originals_is_a_note_not_a_fault(full: Store, tmp_path: Path) -> None:
    """What a process leaves that was killed between keeping a file and storing its answers."""
    keep_original(full, b"never accepted", tmp_path)
    found = full.verify()
    assert found.ok
    assert "1 received files belong to no submission" in found.notes[0]


def test_deleted_assessment_leaves_only_its_audit_entries(full: Store, address: str) -> None:
    originals = [full.originals.path(item) for item in full.originals.names()]
    full.delete_assessment("XAA", "2026", by="officer", reason="asked by the State")
    assert full.assessments() == ()
    assert not any(path.exists() for path in originals)
    assert full.audit()[-1].what == "deleted"
    found = full.verify()
    assert found.ok, found.first_fault
    assert (found.answers, found.originals) == (0, 0)
    if full.database.on_sqlite:
        folder = Path(address).parent
        left = b"".join(file.read_bytes() for file in folder.glob("tana.db*"))
        assert b"ANS_XAA_2026_CA_Q1" not in left  # nor in free pages or the write-ahead log


def test_original_and_folder_are_private(full: Store) -> None:
    assert full.originals.folder.stat().st_mode & 0o777 == 0o700
    kept = full.originals.path(full.submissions("XAA", "2026")[0].workbook_sha256)
    assert kept.stat().st_mode & 0o777 == 0o600


def test_an_act_without_a_name_is_the_account_s(store: Store, tmp_path: Path) -> None:
    """The library's caller may leave `by` out; the trail and the rows still name somebody."""
    store.accept(submission(keep_original(store, b"one", tmp_path), answer("Q1", "yes")))
    store.save_run("k1", "XAA", "2026", {"scores": "{}"})
    store.note_export("XAA", "2026", what="csv")
    assert [entry.what for entry in store.audit() if not entry.who.strip()] == []
    assert store.submissions("XAA", "2026")[0].received_by.startswith("account ")
    assert store.verify().ok
