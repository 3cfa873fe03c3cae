"""With --json, what a command prints is one document, and the numbers are those of the store."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command import Tana
from workbooks import Mail

from assessments.pack.model import Pack


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (("pack", "list"), {"packs"}),
        (("pack", "show"), {"id", "version", "questions", "asked"}),
        (("pack", "check"), {"questions", "requirements", "mandatory_unasked", "problems"}),
        (("pack", "diff", "cooperation", "cooperation"), {"added", "removed", "changed"}),
        (("status",), {"assessments"}),
        (("design", "XAA"), {"packages", "rejected", "frontier"}),
        (("db", "upgrade"), {"revision"}),
        (("db", "verify"), {"ok", "answers", "entries"}),
        (("trace", "ANSWER"), {"chain"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_one_document(words: tuple[str, ...], keys: set[str], tana: Tana, mail: Mail) -> None:
    answer = f"ANS_XAA_2026_CUST_{mail.number}"
    said = tana(*(answer if word == "ANSWER" else word for word in words), "--json")
    assert said.status == 0, said.err
    assert set(said.document) >= keys
    plain = tana(*(answer if word == "ANSWER" else word for word in words))
    assert plain.status == 0
    assert plain.out.strip()


def test_status_of_one_respondent(tana: Tana, pack: Pack) -> None:
    (line,) = tana("status", "--json").document["assessments"]
    assert (line["iso3"], line["round"], line["answered"]) == ("XAA", "2026", ["CUST"])
    assert "CA" in line["silent"]
    assert set(line["answered"]) | set(line["silent"]) == {
        code for code in pack.institutions if pack.asked_of(code)
    }
    assert (line["run"], line["approval"]) == ("", "draft")


def test_trace_of_an_answer_ends_in_its_cell(tana: Tana, mail: Mail) -> None:
    chain = tana("trace", f"ANS_XAA_2026_CUST_{mail.choice}", "--json").document["chain"]
    assert chain[-1]["kind"] == "answer"
    assert len(chain[-1]["workbook_sha256"]) == 64
    assert chain[-1]["sheet"]
    assert chain[-1]["cell"]


def test_backup_can_be_restored_into_another_home(tana: Tana, tmp_path: Path) -> None:
    copy = tmp_path / "backup"
    assert tana("db", "backup", copy, "--json").document["originals"] == 1
    other = Tana(tmp_path / "other")
    assert other("db", "restore", copy, "--json").document["ok"] is True
    assert other.state()[0] == tana.state()[0]
    refused = other("db", "restore", copy, "--json")
    assert refused.status == 2
    assert "--overwrite" in refused.document["remedy"]


def test_a_pack_of_ones_own_is_found_again(tmp_path: Path, pack: Pack) -> None:
    """Questionnaires of a folder's pack come back to the questions they were built from."""
    own = tmp_path / "packs" / "small"
    shutil.copytree(pack.folder, own)
    for name, before, after in (
        ("settings.csv", f",{pack.id},", ",small,"),
        ("method.toml", f'"{pack.id}"', '"small"'),
    ):
        text = (own / name).read_text(encoding="utf-8")
        (own / name).write_text(text.replace(before, after), encoding="utf-8")
    tana = Tana(tmp_path / "home")
    built = tana(
        *("questionnaire", "build", "--country", "XAA", "--pack", own, "--institution", "CUST"),
        *("--out", tmp_path / "sent", "--json"),
    )
    assert built.status == 0, built.err
    received = tana("ingest", *built.document["workbooks"], "--json")
    assert (received.status, received.document["accepted"]) == (0, True), received.out
    (line,) = tana("status", "--json").document["assessments"]
    assert line["pack"] == "small"
    assert "CA" in line["silent"]
