"""`tana questionnaire merge`: what it prints, how it ends, and what ingest makes of its file."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import Tana
from workbooks import Mail, build_mail

from assessments.pack.model import Pack
from assessments.workbook.fill import HEADER

Fresh = tuple[Tana, Mail]


@pytest.fixture
def fresh(tmp_path: Path, pack: Pack) -> Fresh:
    tana = Tana(tmp_path / "home")
    return tana, build_mail(tana, tmp_path, pack)


def _copy(tana: Tana, mail: Mail, name: str, value: str) -> Path:
    answers = mail.blank.with_name(f"{name}.csv")
    line = dict.fromkeys(HEADER, "") | {"question": mail.number, "value": value}
    answers.write_text(f"{','.join(HEADER)}\n{','.join(line.values())}\n")
    out = answers.with_suffix(".xlsx")
    said = tana("questionnaire", "fill", mail.blank, "--answers", answers, "--out", out)
    assert said.status == 0
    return out


def test_a_conflict_is_printed_left_blank_and_told_again_by_ingest(
    fresh: Fresh, tmp_path: Path
) -> None:
    tana, mail = fresh
    other, merged = _copy(tana, mail, "other", "4"), tmp_path / "merged.xlsx"
    command = ("questionnaire", "merge", mail.blank, mail.good, other, "--out", merged, "--json")
    said = tana(*command)
    assert said.status == 1
    assert said.document["workbook"] == str(merged)
    (conflict,) = said.document["conflicts"]
    assert (conflict["question"], conflict["first"], conflict["second"]) == (mail.number, "3", "4")
    taken = {item["question"]: item["from"] for item in said.document["merged"]}
    assert taken == {mail.choice: str(mail.good), mail.level: str(mail.good)}
    ingested = tana("ingest", merged, "--json")
    assert (ingested.status, ingested.document["accepted"]) == (1, True)
    codes = {(item["code"], item["question"]) for item in ingested.document["problems"]}
    assert codes == {("open-conflict", mail.number)}
    assert (ingested.document["answers"]["answered"], ingested.document["answers"]["unusable"]) == (
        2,
        1,
    )


def test_copies_that_agree_are_merged_and_a_wrong_file_is_refused(
    fresh: Fresh, tmp_path: Path
) -> None:
    tana, mail = fresh
    merged = tmp_path / "merged.xlsx"
    said = tana("questionnaire", "merge", mail.blank, mail.good, mail.good, "--out", merged)
    assert (said.status, merged.is_file()) == (0, True)
    text = tmp_path / "text.xlsx"
    text.write_text("no workbook")
    refused = tana("questionnaire", "merge", mail.blank, mail.good, text, "--out", merged)
    assert refused.status == 1
    assert "text.xlsx cannot be merged" in refused.err
    itself = tana("questionnaire", "merge", mail.blank, mail.good, text, "--out", mail.good)
    assert (itself.status, "one of the workbooks" in itself.err) == (2, True)
