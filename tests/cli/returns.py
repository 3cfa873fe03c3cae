"""Institutions of XAA that are asked, answer and are asked again, from the command line."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from command import Tana

from assessments.results import Answer
from assessments.settings import Settings
from assessments.store import open_store
from assessments.workbook.fill import HEADER

ROUND = ("--round", "2026")


def _lines(answers: Mapping[str, str | Mapping[str, str]]) -> list[dict[str, str]]:
    return [
        {"question": name} | ({"value": said} if isinstance(said, str) else dict(said))
        for name, said in answers.items()
    ]


def filled(tana: Tana, blank: Path, answers: Mapping[str, str | Mapping[str, str]]) -> Path:
    """A copy of a workbook with answers: a value, or the cells of its line."""
    text = blank.with_suffix(".csv")
    with text.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, restval="")
        writer.writeheader()
        writer.writerows(_lines(answers))
    said = tana("questionnaire", "fill", blank, "--answers", text)
    assert said.status == 0, said.err
    return blank.with_suffix(".filled.xlsx")


def built(tana: Tana, out: Path, *more: object, codes: tuple[str, ...] = ()) -> list[Path]:
    """The workbooks of XAA 2026, of every institution unless `codes` names some."""
    named = [word for code in codes for word in ("--institution", code)]
    said = tana(
        *("questionnaire", "build", "--country", "XAA", *ROUND, "--tier", "deep"),
        *("--language", "en", "--out", out, "--json", *named, *more),
    )
    assert said.status == 0, said.out
    return [Path(path) for path in said.document["workbooks"]]


def receive(tana: Tana, out: Path, given: Mapping[str, Mapping[str, Any]]) -> None:
    """Have each institution answer and its return taken in."""
    for code, answers in given.items():
        (blank,) = built(tana, out, codes=(code,))
        assert tana("ingest", filled(tana, blank, answers), "--json").document["accepted"]


def followed_up(tana: Tana, code: str, out: Path) -> dict[str, Any]:
    """What the command says of an institution's follow-up."""
    said = tana(
        *("questionnaire", "followup", "XAA", *ROUND, "--institution", code),
        *("--language", "en", "--out", out, "--json"),
    )
    assert said.status == 0, said.out
    return dict(said.document)


def standing_answers(tana: Tana, code: str) -> dict[str, Answer]:
    """The institution's answers in the store, by question."""
    with open_store(Settings(home=tana.home)) as store:
        given = store.answers("XAA", "2026")
    return {answer.question: answer for answer in given if answer.institution == code}


def with_verdicts(path: Path, verdicts: Mapping[str, str]) -> Path:
    """Choose Confirmed or Disputed in the workbook itself."""
    book = openpyxl.load_workbook(path)
    for question, verdict in verdicts.items():
        ((sheet, cell),) = book.defined_names[f"k_{question}"].destinations
        book[sheet][cell.replace("$", "")] = verdict
    book.save(path)
    return path


def everything_in(path: Path) -> str:
    """Every part of the file: cells, hidden sheets, names, comments, properties."""
    with zipfile.ZipFile(path) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
