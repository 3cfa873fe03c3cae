"""Bad workbooks by the real command: refused with the store as before, or cells unusable."""

from __future__ import annotations

import getpass
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import workbooks
from command import Tana
from workbooks import Mail, Spoil

from assessments.settings import Settings
from assessments.store import open_store

REFUSED: dict[str, tuple[Spoil, str]] = {
    "another pack": (workbooks.other_identity("pack", "firearms"), "firearms"),
    "another country": (workbooks.other_identity("iso3", "XAB"), "XAB"),
    "no country": (workbooks.other_identity("iso3", "ZZZ"), "ZZZ"),
    "another round": (workbooks.other_identity("round", "2031"), "2031"),
    "an older version": (workbooks.other_identity("pack_version", "2019.1"), "2019.1"),
    "another institution": (workbooks.other_identity("institution", "NAVY"), "NAVY"),
    "truncated": (workbooks.truncated, ""),
    "renamed from CSV": (workbooks.renamed_csv, "CSV"),
    "empty": (workbooks.empty, "empty"),
    "with a macro": (workbooks.with_macro, "macro"),
    "no questionnaire": (workbooks.without_identity, "questionnaire"),
    "two answers for one question": (workbooks.two_answers, ""),
}
RUN = "from assessments.cli.main import run; run()"
FIELDS = {"code", "severity", "sheet", "cell", "question", "message", "remedy"}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_file_says_why_and_changes_nothing(
    case: str, tana: Tana, mail: Mail, tmp_path: Path
) -> None:
    spoil, named = REFUSED[case]
    bad = spoil(mail, tmp_path / "bad.xlsx")
    before, answers = tana.state(), mail.good.read_bytes()
    said = tana("ingest", bad, "--json")

    assert said.status == 1
    document = said.document
    assert document["accepted"] is False
    assert document["problems"]
    for problem in document["problems"]:
        assert set(problem) >= FIELDS
        assert problem["message"]
        assert problem["remedy"]
    file_wide = [item for item in document["problems"] if item["severity"] == "file"]
    assert any(named.lower() in item["message"].lower() for item in file_wide), file_wide
    assert tana.state() == before
    assert mail.good.read_bytes() == answers

    plain = tana("ingest", bad)
    assert plain.status == 1
    assert "refused" in plain.out
    assert file_wide[0]["message"] in plain.out
    assert tana.state() == before


UNUSABLE: dict[str, tuple[Spoil, str, str]] = {
    "text for a number": (workbooks.text_for_number, "number", "about thirty"),
    "a choice off the list": (workbooks.unlisted_choice, "choice", "Perhaps soon"),
    "a formula error": (workbooks.formula_error, "number", "#DIV/0!"),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_bad_cell_is_unusable_and_the_rest_accepted(
    case: str, fresh: tuple[Tana, Mail], tmp_path: Path
) -> None:
    tana, mail = fresh
    spoil, which, raw = UNUSABLE[case]
    question = getattr(mail, which)
    said = tana("ingest", spoil(mail, tmp_path / "bad.xlsx"), "--json")

    assert said.status == 1
    document = said.document
    assert document["accepted"] is True
    assert document["answers"]["unusable"] == 1
    assert document["answers"]["answered"] == 2
    (problem,) = [item for item in document["problems"] if item["severity"] == "cell"]
    assert problem["question"] == question
    assert problem["sheet"]
    assert problem["cell"]
    assert problem["remedy"]
    with open_store(Settings(home=tana.home)) as store:
        stored = {item.question: item for item in store.answers("XAA", "2026")}
    assert (stored[question].state.value, stored[question].value) == ("unusable", None)
    assert stored[question].raw == raw
    noted = openpyxl.load_workbook(document["checked_file"])
    assert noted[problem["sheet"]][problem["cell"]].comment is not None


def test_dry_run_stores_nothing(fresh: tuple[Tana, Mail]) -> None:
    tana, mail = fresh
    before = tana.state()
    said = tana("ingest", mail.good, "--dry-run", "--json")
    assert (said.status, said.document["accepted"], said.document["dry_run"]) == (0, True, True)
    assert tana.state() == before


def test_good_file_counts_once_however_often_it_comes(fresh: tuple[Tana, Mail]) -> None:
    tana, mail = fresh
    first = tana("ingest", mail.good, "--json").document
    assert (first["new"], first["answers"]["answered"]) == (True, 3)
    after = tana.state()
    again = tana("ingest", mail.good, "--json")
    assert (again.status, again.document["new"]) == (0, False)
    assert tana.state() == after


def test_a_correction_says_which_answers_differ_but_not_what_was_answered(
    fresh: tuple[Tana, Mail], tmp_path: Path
) -> None:
    tana, mail = fresh
    tana("ingest", mail.good)

    def change(book: Any) -> None:
        workbooks.cell(book, mail.number).value = 987_654

    better = workbooks.edited(mail, tmp_path / "better.xlsx", change)
    foreseen = tana("ingest", better, "--dry-run", "--json").document
    said = tana("ingest", better)
    assert f"{mail.number} (" in said.out
    assert "another answer" in said.out
    assert "987654" not in said.out
    (changed,) = foreseen["changes"]
    assert (changed["question"], changed["kind"]) == (mail.number, "value")


def test_every_entry_of_the_audit_trail_says_who(fresh: tuple[Tana, Mail]) -> None:
    """The name given, or the account of the machine."""
    tana, mail = fresh
    tana("ingest", mail.good)
    with open_store(Settings(home=tana.home)) as store:
        accepted = [entry.who for entry in store.audit() if entry.what == "accepted"]
        others = [entry.who for entry in store.audit()]
    assert accepted == [f"account {getpass.getuser()}"]
    assert all(others)


def test_one_refused_file_among_good_ones(fresh: tuple[Tana, Mail], tmp_path: Path) -> None:
    tana, mail = fresh
    bad = workbooks.truncated(mail, tmp_path / "bad.xlsx")
    said = tana("ingest", bad, mail.good, "--json")
    assert said.status == 1
    assert [item["accepted"] for item in said.document["files"]] == [False, True]


def test_the_installed_command_prints_one_document_and_no_traceback(
    tana: Tana, mail: Mail, tmp_path: Path
) -> None:
    """The same by a process of its own, as another program would call it."""
    bad = workbooks.truncated(mail, tmp_path / "bad.xlsx")
    done = subprocess.run(
        [sys.executable, "-c", RUN, "ingest", bad, "--json"],
        env={**os.environ, "TANA_HOME": str(tana.home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert json.loads(done.stdout)["accepted"] is False
    assert "Traceback" not in done.stderr
