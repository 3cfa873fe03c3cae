"""Which report a returned response workbook says it responds to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from assessments.identifiers import ROUND
from assessments.language import languages
from assessments.problems import Problem
from assessments.untrusted import Cells
from assessments.untrusted.cells import address
from assessments.workbook.response.layout import HIDDEN, LAYOUT, PREFIX
from assessments.workbook.texts import fault

_KEYS = ("layout", "iso3", "round", "edition", "language", "run", "report")
_SHAPES: Mapping[str, re.Pattern[str]] = {
    "layout": re.compile(rf"{LAYOUT}\Z"),
    "iso3": re.compile(r"[A-Z]{3}\Z"),
    "round": ROUND,
    "edition": re.compile(r"(public|restricted)\Z"),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """What a response workbook says it is."""

    iso3: str
    round: str
    edition: str
    language: str
    report: str  # key of the report it was written from
    place: tuple[str, str]  # sheet and cell that say the key; "" where only a property does
    sent: Mapping[str, str] = field(default_factory=dict)  # item -> hash of its wording


def is_response(cells: Cells) -> bool:
    """True for a workbook that calls itself a response."""
    said = any(name.startswith(PREFIX) for name in cells.properties)
    return said or cells.sheet(HIDDEN) is not None


def claim_of(cells: Cells) -> Claim | tuple[Problem, ...]:
    """Which report the workbook responds to, or why that cannot be known."""
    sheet = cells.sheet(HIDDEN)
    rows = {} if sheet is None else {sheet.text(row, 1): row for row, _ in sheet.cells}
    on_sheet = {key: sheet.text(rows[key], 2) for key in _KEYS if sheet and key in rows}
    said = {key: cells.properties.get(f"{PREFIX}{key}", "") for key in _KEYS}
    facts = {key: on_sheet.get(key) or said[key] for key in _KEYS}
    problems = [
        fault("response-contradicts", key=key, one=on_sheet[key][:40], other=said[key][:40])
        for key in _KEYS
        if on_sheet.get(key) and said[key] and on_sheet[key] != said[key]
    ]
    problems += [
        fault("response-incomplete", key=key, value=facts[key][:40])
        for key in _KEYS
        if not facts[key] or (key in _SHAPES and not _SHAPES[key].match(facts[key]))
    ]
    if facts["language"] and facts["language"] not in languages():
        problems.append(fault("response-incomplete", key="language", value=facts["language"][:40]))
    if problems:
        return tuple(problems)
    sent = {}
    if sheet is not None:
        numbers = sorted({row for row, _ in sheet.cells if sheet.text(row, 1) == "item"})
        sent = {sheet.text(row, 2): sheet.text(row, 3) for row in numbers}
    return Claim(
        iso3=facts["iso3"],
        round=facts["round"],
        edition=facts["edition"],
        language=facts["language"],
        report=facts["report"],
        place=(sheet.name, address(rows["report"], 2)) if sheet and "report" in rows else ("", ""),
        sent=sent,
    )
