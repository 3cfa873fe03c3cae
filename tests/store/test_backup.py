"""Backup and restore: a drill that proves equality, on and between the two databases."""

from __future__ import annotations

import zipfile
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import select
from store_samples import PACK, answer, keep_original, submission

from assessments.errors import Mistake, StoreFault
from assessments.store import Store, open_store
from assessments.store.models import ALL


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    """A store with an accepted file, evidence and an approved run."""
    sha256 = keep_original(store, b"workbook", tmp_path)
    given = (answer("Q1", "yes", comment="المادة الخامسة"), answer("Q2", 3.5), answer("Q3", None))
    store.accept(submission(sha256, *given), by="officer")
    store.add_evidence("XAA", "2026", title="MLA Act", answers=[store.answers("XAA", "2026")[0].id])
    store.save_run("k1", "XAA", "2026", {"scores": "{}"})
    store.approve("k1", "A. Person")
    return store


def _rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.database.reading() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in ALL
        }


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_drill_restored_store_equals_the_one_backed_up(
    filled: Store, tmp_path: Path, target: str, request: pytest.FixtureRequest
) -> None:
    """Row for row in every table, and byte for byte in the originals, also onto the other one."""
    assert filled.backup(tmp_path / "b.tana") == 1
    assert (tmp_path / "b.tana").stat().st_mode & 0o777 == 0o600
    if target == "postgresql":
        if not filled.database.on_sqlite:
            pytest.skip("one private database a test; SQLite to PostgreSQL covers the way in")
        where = str(request.getfixturevalue("empty_postgresql"))
    else:
        where = str(tmp_path / "elsewhere" / "tana.db")
    with open_store(where) as other:
        assert other.restore(tmp_path / "b.tana").ok
        assert _rows(other) == _rows(filled)
        (item,) = other.submissions("XAA", "2026")
        assert other.originals.path(item.workbook_sha256).read_bytes() == b"workbook"
        other.open_assessment("XBB", "2026", *PACK)  # numbering goes on after the restored rows
        assert other.verify().ok


def test_store_that_is_not_empty_is_overwritten_only_when_told(
    filled: Store, tmp_path: Path
) -> None:
    filled.backup(tmp_path / "b.tana")
    filled.open_assessment("XBB", "2026", *PACK)
    with pytest.raises(Mistake, match="is not empty"):
        filled.restore(tmp_path / "b.tana")
    assert [item.iso3 for item in filled.assessments()] == ["XAA", "XBB"]
    assert filled.restore(tmp_path / "b.tana", overwrite=True, by="officer").ok
    assert [item.iso3 for item in filled.assessments()] == ["XAA"]
    assert filled.audit()[-1].what == "restored"


def test_backup_refuses_where_an_original_is_missing(filled: Store, tmp_path: Path) -> None:
    (item,) = filled.submissions("XAA", "2026")
    filled.originals.path(item.workbook_sha256).unlink()
    with pytest.raises(StoreFault, match="No backup was written"):
        filled.backup(tmp_path / "b.tana")
    assert not list(tmp_path.glob("*b.tana*"))


def _rewrite(backup: Path, member: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(backup) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[member]
    parts[member] = parts[member].replace(old, new)
    with zipfile.ZipFile(backup, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_damaged_backup_changes_nothing(filled: Store, tmp_path: Path) -> None:
    filled.backup(tmp_path / "b.tana")
    before = _rows(filled)
    _rewrite(tmp_path / "b.tana", "tables/answer.jsonl", b"yes", b"no!")
    with pytest.raises(StoreFault, match="table answer was changed"):
        filled.restore(tmp_path / "b.tana", overwrite=True)
    assert _rows(filled) == before


def test_backup_taken_while_others_ingest_is_one_moment_of_the_store(
    filled: Store, address: str, tmp_path: Path
) -> None:
    """Each of three backups holds together, and none has less than the one before."""

    def ingest() -> None:
        with open_store(address) as writer:
            for number in range(30):
                sha256 = keep_original(writer, f"workbook {number}".encode(), tmp_path)
                given = answer("Q1", f"{number}", institution=f"I{number}")
                writer.accept(submission(sha256, given, institution=f"I{number}"))

    writing = Thread(target=ingest)
    writing.start()
    kept = [filled.backup(tmp_path / f"{number}.tana") for number in range(3)]
    writing.join()
    kept.append(filled.backup(tmp_path / "3.tana"))
    assert kept == sorted(kept)
    assert kept[-1] == 31
    for number, originals in enumerate(kept):
        with open_store(tmp_path / f"drill {number}" / "tana.db") as other:
            found = other.restore(tmp_path / f"{number}.tana")
            assert (found.ok, found.originals) == (True, originals)


def test_file_that_is_no_backup_is_refused(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("hello")
    with pytest.raises(StoreFault, match="cannot be read as a backup"):
        filled.restore(tmp_path / "note.txt")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("x", "y")
    with pytest.raises(StoreFault, match="is no tana backup"):
        filled.restore(tmp_path / "other.zip")
    with pytest.raises(Mistake, match="There is no file"):
        filled.restore(tmp_path / "absent.tana")
