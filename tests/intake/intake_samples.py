"""The small pack of the intake tests as text, and a pen to fill its workbook with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl

from assessments.errors import TanaError
from assessments.intake import receive
from assessments.pack.load import load_pack
from assessments.pack.model import Pack, Tier
from assessments.reference.countries import country
from assessments.store import Store
from assessments.workbook.write import build_workbook

SETTINGS = """form_title::English (en),form_id,version,default_language,piloted
Small questionnaire,small,1,English (en),no
"""
CHOICES = """list_name,name,label::English (en),kind,hint::English (en)
institutions,CA,Central authority,,
institutions,POL,Police,,
yes_no,yes,Yes,,
yes_no,no,No,,
no_answer_reasons,no_information,No information,,
no_answer_reasons,not_applicable,Not applicable,,
no_answer_reasons,withheld,Withheld,,
evidence_classes,document,Document,stated,
"""
SURVEY = """type,name,label::English (en),institutions,lead,tier
select_one yes_no,STR_1_01,Is there a strategy?,CA|POL,CA,core
integer,STR_1_02,How many requests were sent?,CA,CA,core
text,STR_1_03,Which law applies?,CA,CA,core
"""


def small_pack(folder: Path) -> Pack:
    """Three questions on treaties, asked of CA and POL."""
    home = folder / "small"
    home.mkdir()
    (home / "settings.csv").write_text(SETTINGS)
    (home / "choices.csv").write_text(CHOICES)
    (home / "survey.csv").write_text(SURVEY)
    return load_pack(home)


def build(pack: Pack, out: Path, iso3: str) -> Path:
    """The workbook as it is sent to CA."""
    return build_workbook(
        pack,
        country(iso3),
        "2026",
        "CA",
        "en",
        Tier.DEEP,
        out,
        reference_date=date(2026, 1, 1),
        deadline=date(2026, 3, 1),
    )


def fill(blank: Path, target: Path, answers: Mapping[str, object]) -> Path:
    """Write answers into the cells named q_QUESTION, as a respondent would, and save."""
    book = openpyxl.load_workbook(blank)
    for question, value in answers.items():
        ((sheet, cell),) = book.defined_names[f"q_{question}"].destinations
        book[sheet][cell.replace("$", "")] = value
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target


def build_sample(pack: Pack, target: Path, **answers: object) -> Path:
    """A filled workbook of CA of XAA."""
    return fill(build(pack, target.with_name(f"blank-{target.name}"), "XAA"), target, answers)


def honest(file: Path, store: Store) -> object:
    """tana's own ingest; a file that is refused is a fault here, the file is good."""
    receipt = receive(file, store)
    if not receipt.accepted:
        raise TanaError(", ".join(problem.code for problem in receipt.problems))
    return receipt
