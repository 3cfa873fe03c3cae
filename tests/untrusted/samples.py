"""Build the filled workbooks that hostile kinds and mutations start from."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from html import unescape
from pathlib import Path

from hostile import Place, Sample

from assessments.pack.model import Pack, Tier
from assessments.paths import EXAMPLES
from assessments.reference import country
from assessments.results import Answer, AnswerState
from assessments.workbook.fill import fill_workbook
from assessments.workbook.read import read_workbook
from assessments.workbook.write import build_workbook

COUNTRY, INSTITUTIONS = "XAB", ("CUST", "WPU", "COORD")


def make_samples(
    pack: Pack, folder: Path, institutions: tuple[str, ...] = INSTITUTIONS
) -> Mapping[str, Sample]:
    """A sample for each institution, from the example answers."""
    return {code: _sample(pack, folder, code) for code in institutions}


def _sample(pack: Pack, folder: Path, institution: str) -> Sample:
    blank = build_workbook(
        pack, country(COUNTRY), "2026", institution, "en", Tier.DEEP,
        folder / f"{institution}-blank.xlsx",
        reference_date=date(2026, 3, 31), deadline=date(2026, 6, 30),
    )  # fmt: skip
    text = (EXAMPLES / COUNTRY / f"{institution}.csv").read_text(encoding="utf-8")
    answers = folder / f"{institution}.csv"  # with the pack's one date known
    answers.write_text(text.replace("STR_1_04,,,,no_information", "STR_1_04,,,2027-12-31,"))
    data = fill_workbook(blank, answers, folder / f"{institution}.xlsx").read_bytes()
    reading = read_workbook(data, pack)
    return Sample(data, _places(pack, reading.answers), _sheets(data))


def _places(pack: Pack, answers: tuple[Answer, ...]) -> dict[str, Place]:
    """The last answered question of each type on which no other question rests."""
    rested = {name for q in pack.questions if q.relevant for name in q.relevant.names}
    kinds = {question.name: question.type.value for question in pack.questions}
    return {
        kinds[answer.question]: Place(answer.question, answer.source.sheet, answer.source.cell)
        for answer in answers
        if answer.state is AnswerState.ANSWERED and answer.question not in rested
    }


def _sheets(data: bytes) -> dict[str, str]:
    """The part of each sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = archive.read("xl/workbook.xml").decode()
        relations = archive.read("xl/_rels/workbook.xml.rels").decode()
    targets = dict(re.findall(r'Id="(\w+)"[^>]*Target="([^"]+)"', relations))
    return {
        unescape(name): f"xl/{targets[identifier]}"
        for name, identifier in re.findall(r'<sheet name="([^"]+)"[^>]*r:id="(\w+)"', book)
    }
