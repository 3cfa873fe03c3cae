"""The small pack of the intake tests as text, and a pen to fill its workbook with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl

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


def fill(blank: Path, target: Path, answers: Mapping[str, object]) -> Path:
    """Write answers into the cells named q_QUESTION, as a respondent would, and save."""
    book = openpyxl.load_workbook(blank)
    for question, value in answers.items():
        ((sheet, cell),) = book.defined_names[f"q_{question}"].destinations
        book[sheet][cell.replace("$", "")] = value
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target
