"""An assessment under version 1 while the pack moves on to version 2: nothing answered is lost."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from pack_folder import PackFolder
from two_versions import declare, declared, first_version, second_version
from typer.testing import CliRunner

from assessments.cli.main import app
from assessments.errors import Mistake, PackFault, UnknownPack
from assessments.intake import Receipt, receive
from assessments.results import Answer, AnswerState
from assessments.runner.material import material_of
from assessments.store import open_store
from assessments.store.carried import answers_under
from assessments.trace import trace
from assessments.workbook.fill import HEADER, fill_workbook
from flows.build_questionnaires import build_questionnaires
from flows.move_version import move_version
from flows.own_pack import own_pack

FIRST = {
    "LEG_1_02": "yes",
    "OPS_1_03": "12",
    "OPS_1_07": "90",
    "OPS_1_01": "3",
    "OPS_1_20": "partly",
    "OPS_1_21": "4",
    "OPS_1_22": "7",
    "OPS_1_23": "The archive burnt.",
}


@dataclass
class Office:
    """An office whose own pack moves from version 1 to version 2 in place."""

    folder: Path
    pack: PackFolder

    def build(self, name: str, *institutions: str) -> dict[str, Path]:
        made = build_questionnaires(
            "XAA", "2026", self.folder / name, institutions=institutions, language="en",
            tier="deep", pack=str(self.pack.folder),
        )  # fmt: skip
        return {path.stem.rsplit("_", 1)[1]: path for path in made}

    def filled(self, blank: Path, name: str, answers: dict[str, str]) -> Path:
        table = self.folder / f"{name}.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HEADER, restval="")
            writer.writeheader()
            writer.writerows({"question": q, "value": value} for q, value in answers.items())
        return fill_workbook(blank, table, self.folder / f"{name}.xlsx")

    def receive(self, file: Path) -> Receipt:
        with open_store() as store:
            return receive(file, store)

    def upgrade(self) -> None:
        """The pack's folder holds version 2 from now on."""
        shutil.rmtree(self.pack.folder)
        self.pack = second_version(self.pack.folder)

    def move(self, *, dry_run: bool = False) -> object:
        return move_version(
            "XAA", "2026", by="Head of unit", reason="Months, not days.", dry_run=dry_run
        )

    def answers(self, institution: str = "CA") -> dict[str, Answer]:
        with open_store(read_only=True) as store:
            pack = own_pack(store.assessment("XAA", "2026"))
            found = answers_under(store, "XAA", "2026", pack).answers
        return {one.question: one for one in found if one.institution == institution}


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("TANA_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TANA_DATABASE_URL", raising=False)
    return Office(tmp_path, first_version(tmp_path / "own"))


def test_an_assessment_keeps_its_questions_when_the_pack_moves_on(office: Office) -> None:
    """Reading, material, trace and a second workbook all stay with version 1, unmoved."""
    sent = office.build("sent")
    assert office.receive(office.filled(sent["CA"], "first", FIRST)).accepted
    office.upgrade()
    with open_store() as store:
        pack = own_pack(store.assessment("XAA", "2026"))
        assert (pack.version, "OPS_1_23" in pack.question) == ("1", True)
        material = material_of(store, "XAA", "2026", pack)
        assert {one.question for one in material.answers} == {
            question.name for question in pack.asked_of("CA")
        }
        [link] = trace("ANS_XAA_2026_CA_OPS_1_23", store, pack).chain
        assert (link.text, link.value) == ("Anything else?", "The archive burnt.")
        assert store.verify().ok
    late = office.receive(office.filled(sent["PROS"], "late", {"LEG_1_02": "no"}))
    assert (late.accepted, late.problems) == (True, ())
    again = office.build("again", "PROS")
    assert office.receive(office.filled(again["PROS"], "again", {"LEG_1_02": "yes"})).accepted


def test_the_kept_version_is_used_where_the_folder_is_gone(office: Office) -> None:
    office.build("sent")
    shutil.rmtree(office.pack.folder)
    with open_store() as store:
        assert own_pack(store.assessment("XAA", "2026")).version == "1"
    shutil.rmtree(office.folder / "home" / "packs")  # only a copy: it is written anew
    with open_store() as store:
        assert own_pack(store.assessment("XAA", "2026")).version == "1"


def test_the_kept_version_is_in_the_backup(office: Office, monkeypatch) -> None:
    sent = office.build("sent")
    assert office.receive(office.filled(sent["CA"], "first", FIRST)).accepted
    office.upgrade()
    with open_store() as store:
        store.backup(office.folder / "backup.zip")
    monkeypatch.setenv("TANA_HOME", str(office.folder / "elsewhere"))
    with open_store() as store:
        store.restore(office.folder / "backup.zip")
        assert own_pack(store.assessment("XAA", "2026")).version == "1"


def test_a_version_that_nobody_kept_is_named_with_what_to_do(office: Office) -> None:
    with open_store() as store:
        opened = store.open_assessment(
            "XAA", "2026", "small", "0.9", "d" * 64, pack_folder=office.pack.folder
        )
    with pytest.raises(UnknownPack, match=r"version 0\.9 of small.*kept") as error:
        own_pack(opened)
    assert str(office.pack.folder) in error.value.remedy


def test_moved_answers_are_carried_by_rule_and_the_stored_ones_stay(office: Office) -> None:
    """90 days are 3 months; 4 and 7 requests are 11; level 3 is asked again."""
    sent = office.build("sent")
    office.receive(office.filled(sent["CA"], "first", FIRST))
    office.upgrade()
    told = office.move()
    assert told.left == ("ANS_XAA_2026_CA_OPS_1_23",)
    assert told.to_confirm == ("ANS_XAA_2026_CA_OPS_1_01", "ANS_XAA_2026_CA_OPS_1_31")
    now = office.answers()
    assert now["OPS_1_08"].value == pytest.approx(3)
    assert now["OPS_1_32"].value == 11
    assert (now["OPS_1_01"].state, now["OPS_1_01"].raw) == (AnswerState.BLANK, "3")
    assert now["OPS_1_30"].value == "partly"
    assert now["OPS_1_03"].value == 12
    with open_store() as store:
        stored = {one.question: one.value for one in store.answers("XAA", "2026")}
        assert stored["OPS_1_07"] == 90
        assert store.verify().ok
        pack = own_pack(store.assessment("XAA", "2026"))
        chain = trace("ANS_XAA_2026_CA_OPS_1_08", store, pack).chain
        assert "rescaled OPS_1_07 to OPS_1_08 (version 1 to 2)" in chain[0].text
        gone = trace("ANS_XAA_2026_CA_OPS_1_23", store, pack).chain
        assert (gone[0].text, gone[0].value) == ("Anything else?", "The archive burnt.")


def test_a_workbook_of_the_earlier_version_still_counts_after_the_move(office: Office) -> None:
    sent = office.build("sent")
    office.upgrade()
    office.move()
    receipt = office.receive(office.filled(sent["CA"], "late", FIRST))
    assert receipt.accepted
    assert [problem.code for problem in receipt.problems] == ["earlier-version"]
    assert office.answers()["OPS_1_08"].value == pytest.approx(3)


def test_an_entry_in_the_later_workbook_stands_before_a_carried_one(office: Office) -> None:
    """A blank in it does not: the carried median of 90 days stays."""
    sent = office.build("sent")
    office.receive(office.filled(sent["CA"], "first", FIRST))
    office.upgrade()
    office.move()
    later = office.build("later", "CA")
    answers = {"OPS_1_01": "4", "OPS_1_32": "15"}
    assert office.receive(office.filled(later["CA"], "second", answers)).accepted
    now = office.answers()
    assert (now["OPS_1_01"].value, now["OPS_1_32"].value) == ("4", 15)
    assert now["OPS_1_08"].value == pytest.approx(3)
    assert not now["OPS_1_32"].carried


def test_a_workbook_of_a_version_never_used_here_is_refused(office: Office) -> None:
    office.build("sent")
    other = Office(office.folder / "other", office.pack)
    other.folder.mkdir()
    other.pack.set("settings.csv", "small", "version", "1.5")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TANA_HOME", str(other.folder / "home"))
        blank = other.build("sent", "CA")["CA"]
    [problem] = office.receive(blank).problems
    assert (problem.code, problem.severity) == ("other-pack-version", "file")


def test_a_dry_run_of_the_move_changes_nothing(office: Office) -> None:
    sent = office.build("sent")
    office.receive(office.filled(sent["CA"], "first", FIRST))
    office.upgrade()
    words = ("assessment", "move", "XAA", "--by", "H", "--reason", "R", "--dry-run", "--json")
    said = CliRunner().invoke(app, words)
    assert said.exit_code == 0, said.output
    assert json.loads(said.stdout)["left"] == ["ANS_XAA_2026_CA_OPS_1_23"]
    with open_store() as store:
        assert store.assessment("XAA", "2026").pack_version == "1"
    said = CliRunner().invoke(app, words[:-1])
    assert "5 answers are carried over, 2 cannot be compared" in said.stdout


def test_an_assessment_does_not_move_where_a_question_would_vanish(office: Office) -> None:
    office.build("sent")
    office.upgrade()
    declare(office.pack, *declared()[:-1])
    with pytest.raises(PackFault, match="OPS_1_23"):
        office.move()


def test_a_check_knows_the_versions_that_were_sent_out(office: Office) -> None:
    office.build("sent")
    office.upgrade()
    words = ("pack", "check", str(office.pack.folder), "--json")
    assert CliRunner().invoke(app, words).exit_code == 0
    declare(office.pack, *declared()[:-1])
    said = CliRunner().invoke(app, words)
    assert said.exit_code == 1
    [problem] = json.loads(said.stdout)["problems"]
    assert (problem["code"], problem["question"]) == ("undeclared-removal", "OPS_1_23")


def test_an_assessment_moves_forward_only(office: Office) -> None:
    office.build("sent")
    with pytest.raises(Mistake, match="no other version"):
        office.move()
    office.upgrade()
    office.move()
    shutil.rmtree(office.pack.folder)
    first_version(office.pack.folder)
    with pytest.raises(Mistake, match="moved on from version 1"):
        office.move()
