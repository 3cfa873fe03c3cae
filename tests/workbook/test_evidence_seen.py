"""Who may attest that a document was seen: the observer, and no institution for itself."""

from datetime import date
from pathlib import Path

import pytest

from assessments.pack.load import load_pack
from assessments.pack.model import Tier
from assessments.reference import country
from assessments.results import EvidenceState
from assessments.workbook.fill import fill_workbook
from assessments.workbook.read import read_workbook
from assessments.workbook.write import build_workbook

HEADER = "question,item,column,value,no_answer_because,evidence,evidence_class,comment\n"


@pytest.mark.parametrize(
    ("institution", "question", "state"),
    [
        ("COORD", "STR_1_02", EvidenceState.STATED),
        ("EXPERT", "CTX_4_05", EvidenceState.SEEN),
    ],
)
def test_only_the_observer_attests_that_a_document_was_seen(
    tmp_path: Path, institution: str, question: str, state: EvidenceState
) -> None:
    pack = load_pack("cooperation")
    sent = build_workbook(
        pack,
        country("XAB"),
        "2026",
        institution,
        "en",
        Tier.DEEP,
        tmp_path / "sent.xlsx",
        reference_date=date(2026, 6, 30),
        deadline=date(2026, 9, 30),
    )
    answers = tmp_path / "answers.csv"
    answers.write_text(f"{HEADER}{question},,,yes,,Plan of 2024,document_seen,\n", encoding="utf-8")
    fill_workbook(sent, answers, tmp_path / "returned.xlsx")

    (given,) = [
        answer
        for answer in read_workbook(tmp_path / "returned.xlsx", pack).answers
        if answer.question == question
    ]

    assert given.value == "yes"
    assert (given.evidence, given.evidence_state) == ("Plan of 2024", state)
