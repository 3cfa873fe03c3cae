"""Wrong arguments: the thing is named, the remedy is said, nothing happens, status 2."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import Tana
from workbooks import Mail

BUILD = ("questionnaire", "build", "--country", "XAA", "--round", "2026", "--out", "OUT")


def swapped(words: tuple[str, ...], option: str, value: str) -> tuple[str, ...]:
    """`words` with the value of an option replaced, or the option added."""
    if option not in words:
        return (*words, option, value)
    place = words.index(option) + 1
    return (*words[:place], value, *words[place + 1 :])


CASES: dict[str, tuple[tuple[str, ...], int, str]] = {
    "country to build for": (swapped(BUILD, "--country", "ZZZ"), 2, "ZZZ"),
    "round to build for": (swapped(BUILD, "--round", "next year"), 2, "next year"),
    "institution": (swapped(BUILD, "--institution", "NAVY"), 2, "NAVY"),
    "language": (swapped(BUILD, "--language", "xx"), 2, "xx"),
    "pack to build": (swapped(BUILD, "--pack", "firearm"), 2, "firearm"),
    "tier": (swapped(BUILD, "--tier", "huge"), 2, "huge"),
    "deadline": (swapped(BUILD, "--deadline", "31/12/2026"), 2, "31/12/2026"),
    "reference date": (swapped(BUILD, "--reference-date", "2026-02-30"), 2, "2026-02-30"),
    "country to assess": (("assess", "QQQ", "--round", "2026"), 2, "QQQ"),
    "round that is none": (("assess", "XAA", "--round", "26"), 2, "26"),
    "round never opened": (("assess", "XAA", "--round", "2031"), 2, "2031"),
    "pack to assess": (("assess", "XAA", "--pack", "nowhere"), 2, "nowhere"),
    "budget": (("assess", "XAA", "--budget", "plenty"), 2, "plenty"),
    "negative budget": (("assess", "XAA", "--budget", "-5"), 2, "-5"),
    "budget of a design": (("design", "XAA", "--budget", "1e999x"), 2, "1e999x"),
    "one country to compare": (("design", "XAA", "--compare"), 2, "two countries"),
    "country of a report": (("report", "Borduria"), 2, "Borduria"),
    "round of a report": (("report", "XAA", "--round", "2031"), 2, "2031"),
    "template to check": (("report", "check-template"), 2, "template"),
    "template beside a country": (("report", "XAA", "some.docx"), 2, "some.docx"),
    "report before a run": (("report", "XAA"), 1, "XAA 2026"),
    "a region kept from others": (("report", "XAA", "XAB", "--restricted"), 2, "no restricted"),
    "a region with a stranger": (("report", "XAA", "Borduria"), 2, "Borduria"),
    "approval before a run": (("approve", "XAA", "--by", "Head of unit"), 1, "XAA 2026"),
    "approval of no country": (("approve", "ZZZ", "--by", "Head of unit"), 2, "ZZZ"),
    "format of an export": (("export", "XAA", "--to", "pages", "--out", "OUT"), 2, "pages"),
    "export before a run": (("export", "XAA", "--out", "OUT"), 1, "XAA 2026"),
    "traced id": (("trace", "BL_XAA_2026_nothing"), 2, "BL_XAA_2026_nothing"),
    "traced nonsense": (("trace", "what is this?"), 2, "what is this?"),
    "pack to show": (("pack", "show", "nowhere"), 2, "nowhere"),
    "pack to check": (("pack", "check", "nowhere"), 2, "nowhere"),
    "file to ingest": (("ingest", "gone.xlsx"), 2, "gone.xlsx"),
    "folder to ingest": (("ingest", "."), 2, "folder"),
    "backup to restore": (("db", "restore", "gone.tar"), 2, "gone.tar"),
    "template that is missing": (("report", "check-template", "gone.docx"), 1, "gone.docx"),
    "workbook to fill": (
        ("questionnaire", "fill", "gone.xlsx", "--answers", "gone.csv"),
        1,
        "gone.xlsx",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_wrong_argument_is_named_with_its_remedy(
    case: str, tana: Tana, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, status, named = CASES[case]
    monkeypatch.chdir(tmp_path)
    before = tana.state()
    plain = tana(*words)
    assert plain.status == status
    told = plain.err or plain.out  # what is wrong in a template is the result of checking it
    assert named.lower() in told.lower()
    assert "Traceback" not in told

    document = tana(*words, "--json").document
    if "problems" not in document:
        assert named.lower() in document["message"].lower()
        assert document["remedy"]
    assert tana.state() == before
    assert not list(tmp_path.iterdir()), "nothing was written"


@pytest.mark.parametrize(
    "words", [("assess",), ("assess", "XAA", "--colour", "red"), ("approve", "XAA"), ("fly",)]
)
def test_a_command_that_cannot_be_parsed_is_status_2(words: tuple[str, ...], tana: Tana) -> None:
    said = tana(*words)
    assert (said.status, said.out) == (2, "")
    assert said.err


def test_assess_without_answers_says_to_ingest(fresh: tuple[Tana, Mail]) -> None:
    tana, _ = fresh
    said = tana("assess", "XAA", "--json")
    assert said.status == 1
    assert "no accepted answers" in said.document["message"]
    assert "tana ingest" in said.document["remedy"]


def test_one_missing_file_keeps_the_others_waiting(fresh: tuple[Tana, Mail]) -> None:
    """Wrong arguments are found before the first file is stored."""
    tana, mail = fresh
    before = tana.state()
    said = tana("ingest", mail.good, "gone.xlsx", "--json")
    assert said.status == 2
    assert "gone.xlsx" in said.document["message"]
    assert tana.state() == before


def test_a_folder_that_cannot_be_written_to_is_a_sentence(tana: Tana, tmp_path: Path) -> None:
    """A file where a folder is asked for."""
    (tmp_path / "file").write_text("")
    said = tana(*swapped(BUILD, "--out", str(tmp_path / "file" / "below")), "--json")
    assert said.status in (1, 2)
    assert "file" in said.document["message"]
    assert said.document["remedy"]
