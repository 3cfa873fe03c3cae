"""A second theme is a second folder: from its questionnaire to a Word report, without new code."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command import Tana
from docx import Document
from pack_folder import METHOD, PackFolder, cells_of, tables
from returns import filled

from assessments.pack.load import load_pack
from assessments.report import Provenance, ReportInputs, write_report
from assessments.runner.material import material_of
from assessments.settings import Settings
from assessments.store import open_store
from flows.compute import compute

OTHER_TREATY = (
    ("UNTOC_", "FP_"), ("MLA", "TRC"), ("Mutual legal assistance", "Tracing"),
    ("Assistance law", "Firearms law"), ("Laundering", "Deactivation"),
    ("Organized criminal group", "Unmarked parts"), ("No law, no cooperation", "No law, no trace"),
)  # fmt: skip
FIRST_THEME = re.compile(r"Transnational|legal assistance|persons and assets|extradition")
SAID = {
    "LEG_1_02": "partly", "LEG_1_03": "evidence", "OPS_1_03": "12", "OPS_1_04": "3",
    "OPS_1_07": "200", "LEG_1_01": "3", "OPS_1_01": "1", "CTX_1_01": "2",
}  # fmt: skip


def other(text: str) -> str:
    for before, after in OTHER_TREATY:
        text = text.replace(before, after)
    return text


@pytest.fixture(scope="module")
def firearms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small pack of the tests, retold for the tracing of firearms."""
    folder = PackFolder(tmp_path_factory.mktemp("packs") / "firearms")
    for file, table in tables().items():
        folder.write(file, cells_of(other(table)))
    folder.write_method(other(METHOD).replace('pack = "small"', 'pack = "firearms"'))
    for column, value in {
        "form_title::English (en)": "Tracing of firearms: needs assessment",
        "treaty": "Firearms Protocol",
        "subject::English (en)": "the tracing of firearms under the Firearms Protocol",
        "form_id": "firearms",
    }.items():
        folder.set("settings.csv", "small", column, value)
    return folder.folder


def test_another_treaty_goes_from_questionnaire_to_report(firearms: Path, tmp_path: Path) -> None:
    """Its paragraphs, subject and dimensions are said, and no law of the first theme."""
    tana = Tana(tmp_path / "home")
    assert tana("pack", "check", firearms).status == 0
    sent = tana(
        *("questionnaire", "build", "--country", "XAA", "--round", "2026", "--pack", firearms),
        *("--tier", "deep", "--institution", "CA", "--out", tmp_path / "sent", "--json"),
    )
    assert sent.status == 0, sent.err
    [blank] = sent.document["workbooks"]
    said = tana("ingest", filled(tana, Path(blank), SAID), "--by", "registry")
    assert said.status == 0, said.out

    with open_store(Settings(home=tana.home)) as store:
        material = material_of(store, "XAA", "2026", load_pack(str(firearms)))
    found = compute(material)
    made = write_report(
        ReportInputs(
            pack=material.pack,
            country=found.design.country,
            review=found.review,
            scores=found.scores,
            priorities=found.priorities,
            design=found.design,
            answers=material.answers,
            edition="restricted",
            provenance=Provenance(
                run="0" * 64, made_at=datetime(2026, 5, 3, tzinfo=UTC), tana_version="1"
            ),
        ),
        tmp_path / "report.docx",
    )
    words = "\n".join(
        element.text or ""
        for element in Document(str(made.docx)).element.body.iter()
        if str(element.tag).endswith("}t")
    )
    assert "the tracing of firearms under the Firearms Protocol" in words
    assert "Firearms law" in words
    assert "It looks at: Legal system, Operational procedures and Context." in words
    assert not FIRST_THEME.search(words)
