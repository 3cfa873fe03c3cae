"""`tana questionnaire build --prefill` and `--prefill-from`: shown, and counted once confirmed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from command import Tana
from returns import built, filled, standing_answers, with_verdicts

from assessments.results import AnswerState

HEAD = "question,item,column,value,source\n"
SOURCE = "Desk review of 2025, p. 12"


@pytest.fixture
def tana(tmp_path: Path) -> Tana:
    return Tana(tmp_path / "home")


def _prefilled(tana: Tana, folder: Path, text: str, *, code: str = "FIU") -> Any:
    desk = folder / "desk.csv"
    desk.write_text(HEAD + text, encoding="utf-8")
    return tana(
        *("questionnaire", "build", "--country", "XAA", "--round", "2026", "--tier", "deep"),
        *("--language", "en", "--institution", code, "--prefill", desk),
        *("--out", folder / "sent", "--json"),
    )


def test_what_a_desk_review_knows_counts_only_once_it_is_confirmed(
    tana: Tana, tmp_path: Path
) -> None:
    lines = "".join(
        f'{name},,,{value},"{SOURCE}"\n'
        for name, value in (("TEC_5_03", "goaml"), ("HUM_2_05", "12"), ("COO_4_02", "yes"))
    )
    said = _prefilled(tana, tmp_path, lines)
    assert said.status == 0, said.out
    (sent,) = [Path(path) for path in said.document["workbooks"]]
    cells = {
        str(cell.value) for sheet in openpyxl.load_workbook(sent) for row in sheet for cell in row
    }
    assert f"Source: {SOURCE}" in cells
    assert any("“Known already”" in text for text in cells)  # the cover says what to do
    answered = tana("ingest", with_verdicts(sent, {}), "--dry-run", "--json").document["answers"]
    assert answered.get("answered", 0) == 0
    file = filled(tana, sent, {"COO_4_02": "no"})
    with_verdicts(file, {"HUM_2_05": "Confirmed", "COO_4_02": "Disputed"})
    back = tana("ingest", file, "--json").document
    assert (back["accepted"], back["problems"]) == (True, [])
    standing = standing_answers(tana, "FIU")
    assert standing["TEC_5_03"].state is AnswerState.BLANK
    assert standing["HUM_2_05"].value == 12.0
    assert SOURCE in standing["HUM_2_05"].raw
    assert standing["COO_4_02"].value == "no"
    disputed = tana("ingest", with_verdicts(sent, {"TEC_5_03": "Disputed"}), "--dry-run", "--json")
    assert [item["code"] for item in disputed.document["problems"]] == ["disputed-without-answer"]


def test_every_line_that_does_not_fit_is_named_with_its_row_and_its_remedy(
    tana: Tana, tmp_path: Path
) -> None:
    lines = (
        "NOT_1_01,,,yes,Review\n"  # 2: unknown
        "PRI_9_99,,,yes,Review\n"  # 3: unknown
        "OPS_8_02,,,3,Review\n"  # 4: not asked of this institution
        "TEC_5_03,,,perhaps,Review\n"  # 5: no choice
        "HUM_2_05,,,about thirty,Review\n"  # 6: no number
        "COO_4_03,,,3,\n"  # 7: no source
        "COO_4_02,,,yes,Review\n"
        "COO_4_02,,,no,Review\n"  # 9: twice
        "COO_4_06,,,-3,Review\n"  # 10: out of range
        "COO_4_05,1,law,yes,Review\n"  # 11: no table
        "LEG_9_06,,,,Review\n"  # 12: no value
    )
    said = _prefilled(tana, tmp_path, lines)
    assert said.status == 1
    problems = said.document["problems"]
    assert {item["row"] for item in problems} == {2, 3, 4, 5, 6, 7, 9, 10, 11, 12}
    assert all(item["message"] and item["remedy"] for item in problems)
    assert not (tmp_path / "sent").exists()


@pytest.mark.parametrize(
    "source",
    [
        '=HYPERLINK("http://example.org";"x")',
        "+1+cmd|' /C calc'!A0",
        "<script>alert(1)</script> &amp; ]]>",
    ],
)
def test_a_hostile_source_is_shown_as_text(tana: Tana, tmp_path: Path, source: str) -> None:
    quoted = source.replace('"', '""')
    said = _prefilled(tana, tmp_path, f'TEC_5_03,,,goaml,"{quoted}"\n')
    assert said.status == 0, said.err
    (sent,) = said.document["workbooks"]
    cells = [cell for sheet in openpyxl.load_workbook(sent) for row in sheet for cell in row]
    holding = [cell for cell in cells if source in str(cell.value)]
    assert holding
    assert {cell.data_type for cell in holding} == {"s"}
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert not [text for text in formulas if 'HYPERLINK("http' in text or "cmd" in text]


def test_a_source_that_turns_the_line_round_is_refused(tana: Tana, tmp_path: Path) -> None:
    said = _prefilled(tana, tmp_path, 'TEC_5_03,,,goaml,"\u202emoc.elpmaxe"\n')
    assert said.status == 1
    [problem] = said.document["problems"]
    assert (problem["row"], problem["column"]) == (2, "source")
    assert "U+202E" in problem["message"]


def test_an_earlier_round_is_shown_to_the_institution_that_answered_it_alone(
    tana: Tana, tmp_path: Path
) -> None:
    for code, answers in (("FIU", {"HUM_2_05": "97531"}), ("PROS", {"OPS_8_02": "86420"})):
        said = tana(
            *("questionnaire", "build", "--country", "XAA", "--round", "2024", "--tier", "deep"),
            *("--language", "en", "--institution", code, "--out", tmp_path / "2024", "--json"),
        )
        (blank,) = [Path(path) for path in said.document["workbooks"]]
        assert tana("ingest", filled(tana, blank, answers)).status == 0
    files = built(tana, tmp_path / "2026", "--prefill-from", "2024")
    shown = {
        path.stem.split("_")[2]: [
            (row[1].value, row[2].value)
            for row in openpyxl.load_workbook(path)["tana_identity"].iter_rows()
            if row[0].value == "known"
        ]
        for path in files
    }
    assert shown.pop("FIU") == [("HUM_2_05", "your answer of round 2024")]
    assert shown.pop("PROS") == [("OPS_8_02", "your answer of round 2024")]
    assert set(map(tuple, shown.values())) == {()}
    missing = tana(
        *("questionnaire", "build", "--country", "XAA", "--round", "2026"),
        *("--prefill-from", "2019", "--out", tmp_path / "none"),
    )
    assert (missing.status, "2019" in missing.err) == (2, True)
