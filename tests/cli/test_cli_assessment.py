"""Withdrawing and deleting by command, and the evidence register as an officer sees it."""

from __future__ import annotations

import csv
from pathlib import Path

from command import Tana
from workbooks import CUSTOMS, Mail

from assessments.pack.model import Pack
from assessments.results import Sensitivity
from assessments.settings import Settings
from assessments.store import open_store
from assessments.workbook.fill import HEADER

NAMED = ("--by", "Head of unit", "--reason", "sent in error")
WHICH = ("XAA", "--round", "2026")


def citing(tana: Tana, mail: Mail, folder: Path, evidence: dict[str, str]) -> Path:
    """The questionnaire filled with documents, and nothing else, for some questions."""
    answers, out = folder / "cited.csv", folder / "cited.xlsx"
    with answers.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, restval="")
        writer.writeheader()
        writer.writerows({"question": name, "evidence": text} for name, text in evidence.items())
    said = tana("questionnaire", "fill", mail.blank, "--answers", answers, "--out", out)
    assert said.status == 0, said.err
    return out


def test_withdrawing_leaves_the_audit_entry_and_the_file_can_come_again(
    fresh: tuple[Tana, Mail],
) -> None:
    tana, mail = fresh
    assert tana("ingest", mail.good).status == 0
    said = tana("assessment", "withdraw", *WHICH, "--institution", CUSTOMS, *NAMED, "--json")
    assert (said.status, said.document["stands"]) == (0, None)
    with open_store(Settings(home=tana.home)) as store:
        assert store.answers("XAA", "2026") == ()
        last = store.audit()[-1]
    assert (last.what, last.who) == ("withdrawn", "Head of unit")
    assert "sent in error" in last.detail
    again = tana("assessment", "withdraw", *WHICH, "--institution", CUSTOMS, *NAMED)
    assert again.status == 2
    assert "tana status" in again.err
    assert tana("ingest", mail.good, "--json").document["version"] == 2
    assert tana("db", "verify").status == 0


def test_deleting_asks_to_be_told_twice_and_leaves_the_audit_entry(
    fresh: tuple[Tana, Mail],
) -> None:
    tana, mail = fresh
    assert tana("ingest", mail.good).status == 0
    before = tana.state()
    refused = tana("assessment", "delete", *WHICH, *NAMED)
    assert refused.status == 2
    assert "--yes" in refused.err
    assert tana.state() == before
    said = tana("assessment", "delete", *WHICH, *NAMED, "--yes", "--json")
    assert (said.status, said.document["originals"]) == (0, 1)
    verified = tana("db", "verify", "--json").document
    assert (verified["ok"], verified["answers"], verified["originals"]) == (True, 0, 0)
    with open_store(Settings(home=tana.home)) as store:
        assert store.audit()[-1].what == "deleted"
    assert tana("assessment", "delete", *WHICH, *NAMED, "--yes").status == 2


def test_evidence_list_and_trace_show_the_document_and_hide_a_sensitive_one(
    fresh: tuple[Tana, Mail], pack: Pack, tmp_path: Path
) -> None:
    tana, mail = fresh
    public, hidden = (
        next(
            question.name
            for question in pack.asked_of(CUSTOMS)
            if question.evidence and (question.sensitivity is Sensitivity.PUBLIC) is wanted
        )
        for wanted in (True, False)
    )
    cited = {public: "Customs Act 2012, s 8", hidden: "Plan Z-9"}
    file = citing(tana, mail, tmp_path, cited)
    assert tana("ingest", file).status == 0
    documents = tana("evidence", "list", *WHICH, "--json").document["documents"]
    by_title = {item["title"]: item for item in documents}
    assert by_title["Customs Act 2012"]["answers"] == [f"ANS_XAA_2026_{CUSTOMS}_{public}"]
    said = tana("evidence", "list", *WHICH)
    assert "stated only" in said.out
    assert "Plan Z-9" not in said.out
    assert "Plan Z-9" in tana("evidence", "list", *WHICH, "--restricted").out
    traced = tana("trace", f"ANS_XAA_2026_{CUSTOMS}_{public}", "--json").document["chain"][-1]
    (document,) = traced["documents"]
    assert (document["title"], document["provision"]) == ("Customs Act 2012", "s 8")
    shown = tana("trace", f"ANS_XAA_2026_{CUSTOMS}_{hidden}")
    assert "Plan Z-9" not in shown.out
    assert "document" in shown.out
