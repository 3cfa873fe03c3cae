"""`tana questionnaire followup`: from what is open, through the filled file, back to the store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from command import Tana
from returns import (
    ROUND,
    built,
    everything_in,
    filled,
    followed_up,
    receive,
    standing_answers,
    with_verdicts,
)

SECRET = "Answered in confidence, 4711"
# the central authority says that it answers within days, prosecutors that they never hear from it
CONTRADICTED = {"CA": {"OPS_1_09": "up_to_5_working_days"}, "PROS": {"COO_2_04": "no_answer"}}


@pytest.fixture
def tana(tmp_path: Path) -> Tana:
    return Tana(tmp_path / "home")


def test_a_follow_up_asks_what_is_open_and_completes_the_earlier_return(
    tana: Tana, tmp_path: Path
) -> None:
    first = {
        "LEG_9_05": "yes",  # asks for a document and names none
        "LEG_9_07": {"value": "yes", "evidence": "Act 5 of 2019", "evidence_class": "law"},
        "HUM_2_05": "about thirty",  # cannot be counted
        "TEC_5_03": "goaml",
    }
    receive(tana, tmp_path / "sent", {"FIU": first, "PROS": {"COO_4_04": "yes"}})
    told = followed_up(tana, "FIU", tmp_path / "again")
    because = {item["question"]: item["because"] for item in told["questions"]}
    assert because["LEG_9_05"] == ["evidence"]
    assert because["HUM_2_05"] == ["unusable"]
    assert because["COO_4_02"] == ["blank"]
    assert because["LEG_2_04"] == ["blank"]  # its lead, the ministry, has not answered
    assert not {"LEG_9_07", "TEC_5_03", "COO_4_04"} & because.keys()
    assert told["answered_by_lead"] == 1  # COO_4_04: prosecutors lead it and answered
    worth = [item["worth"] or 0.0 for item in told["questions"]]
    assert worth == sorted(worth, reverse=True)

    blank = Path(told["workbook"])
    inside = everything_in(blank)
    assert "“about thirty”" in inside
    assert "Please name the document" in inside
    before = standing_answers(tana, "FIU")
    second = {"HUM_2_05": "30", "LEG_9_05": {"evidence": "Act 7 of 2021", "evidence_class": "law"}}
    back = tana("ingest", filled(tana, blank, second), "--json").document
    assert (back["accepted"], back["problems"]) == (True, [])
    assert back["version"] == 2
    now = standing_answers(tana, "FIU")
    assert (now["HUM_2_05"].value, now["LEG_9_05"].value) == (30.0, "yes")
    assert now["LEG_9_05"].evidence == "Act 7 of 2021"
    assert now["LEG_9_07"] == before["LEG_9_07"]
    assert now["HUM_2_05"].source.workbook_sha256 == back["workbook_sha256"]
    assert now["LEG_9_05"].source == before["LEG_9_05"].source  # the answer is where it was
    assert len(now) == len(before)
    traced = tana("trace", now["HUM_2_05"].id)
    assert (traced.status, now["HUM_2_05"].source.cell in traced.out) == (0, True)
    assert "followup" in traced.out
    assert "FIU" in tana("status").out
    left = {item["question"] for item in followed_up(tana, "FIU", tmp_path / "third")["questions"]}
    assert not {"HUM_2_05", "LEG_9_05"} & left


def test_a_contradiction_and_a_divergence_are_asked_of_both_and_confirmed_by_one(
    tana: Tana, tmp_path: Path
) -> None:
    given: dict[str, dict[str, Any]] = {code: dict(said) for code, said in CONTRADICTED.items()}
    given["CA"]["OPS_2_09"], given["PROS"]["OPS_2_09"] = "yes", "no"
    receive(tana, tmp_path / "sent", given)
    asked = {}
    for code in ("CA", "PROS"):
        told = followed_up(tana, code, tmp_path / code)
        asked[code] = {item["question"]: item["because"] for item in told["questions"]}
        assert told["held_back"] == 0
    assert asked["CA"]["OPS_1_09"] == ["contradicted"]
    assert "contradicted" in asked["PROS"]["COO_2_04"]
    assert "disputed" in asked["CA"]["OPS_2_09"]
    assert "disputed" in asked["PROS"]["OPS_2_09"]
    blank = tmp_path / "CA" / "XAA_2026_CA_followup.xlsx"
    back = tana("ingest", with_verdicts(blank, {"OPS_1_09": "Confirmed"}), "--json").document
    assert back["problems"] == []
    standing = standing_answers(tana, "CA")
    assert standing["OPS_1_09"].value == "up_to_5_working_days"
    assert "your answer in" in standing["OPS_1_09"].raw  # says what was confirmed


def test_no_follow_up_shows_what_another_institution_answered_in_confidence(
    tana: Tana, tmp_path: Path
) -> None:
    """The law allows joint investigations (public), prosecutors say that none was made (not)."""
    given: dict[str, dict[str, Any]] = {
        "MOJ": {"LEG_7_03": "yes"},
        "PROS": {"OPS_8_02": {"value": "0", "comment": SECRET, "evidence": SECRET}},
        "POL": {"OPS_8_02": "31"},
    }
    receive(tana, tmp_path / "sent", given)
    told = followed_up(tana, "MOJ", tmp_path / "moj")
    because = {item["question"]: item["because"] for item in told["questions"]}
    assert "contradicted" not in because.get("LEG_7_03", [])
    assert told["held_back"] == 1
    hers = followed_up(tana, "PROS", tmp_path / "pros")  # she may be told: the other is public
    assert "contradicted" in {i["question"]: i["because"] for i in hers["questions"]}["OPS_8_02"]
    said = tana(
        *("questionnaire", "followup", "XAA", *ROUND, "--institution", "MOJ", "--out", tmp_path)
    )
    assert "Not in it: 1 contradiction that would show" in said.out
    for path in (Path(told["workbook"]), *built(tana, tmp_path / "all")):
        assert SECRET not in everything_in(path)


def test_a_lead_s_public_fact_is_shown_to_the_others_and_a_confidential_one_to_nobody(
    tana: Tana, tmp_path: Path
) -> None:
    """Cells, hidden sheets, names, comments and properties are searched."""
    receive(
        tana,
        tmp_path / "sent",
        {
            "COORD": {"STR_4_02": "yes"},  # confidential, asked of police too
            "PROS": {"OPS_8_02": "86420", "OPS_8_03": "yes"},  # restricted, asked of police too
            "FIU": {"HUM_2_05": "97531"},
            "POL": {"TEC_4_04": "yes", "OPS_8_04": "75319"},
        },
    )
    files = {path.stem.split("_")[2]: path for path in built(tana, tmp_path / "later")}
    texts = {code: everything_in(path) for code, path in files.items()}
    for code, text in texts.items():
        assert "86420" not in text, code
        assert "75319" not in text, code
    shown = {
        code: [
            row[1].value
            for row in openpyxl.load_workbook(path)["tana_identity"].iter_rows()
            if row[0].value == "known"
        ]
        for code, path in files.items()
    }
    assert "TEC_4_04" in shown["CUST"]  # police lead it; customs may confirm
    assert "TEC_4_04" not in shown["POL"]  # its own answer is no news
    told = {name for names in shown.values() for name in names}
    assert not {"STR_4_02", "OPS_8_02", "OPS_8_03", "OPS_8_04"} & told
