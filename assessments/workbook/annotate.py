"""Hand back what to correct: the respondent's own answers, a note on each bad cell, a list in
front.

The received file is never altered; the checked copy is a new file, written in the cage because it
is made from bytes that came from outside. Where those bytes cannot be annotated, the list stands
alone.
"""

from __future__ import annotations

import base64
import errno
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assessments.language import direction, words
from assessments.problems import Problem, Severity
from assessments.untrusted import cage
from assessments.workbook.fit import HIGHEST, Text, line_height, row_height
from assessments.workbook.layout import CORRECTIONS_NAME
from assessments.workbook.letters import PIXELS_A_POINT, lines
from assessments.workbook.styles import NOTE_WIDTH
from assessments.workbook.texts import in_language

_ORDER = list(Severity)
_WIDTHS = (5, 17, 24, 8, 13, 58, 58)  # of the list's columns, in figures
_NOTE_SIZE, _NOTE_MARGIN = 9, 8  # points, pixels
_ALLOWANCE = cage.Allowance(
    scratch=64 * 2**20
)  # openpyxl writes each sheet to a scratch file first


CHECKED = ".checked.xlsx"  # how the name of a copy ends that says what to correct


def checked_path(original: Path) -> Path:
    """`CA.checked.xlsx` beside `CA.xlsx`."""
    return original.with_name(f"{original.stem}{CHECKED}")


def write_checked(
    original: Path, problems: Sequence[Problem], out: Path, language: str = "en"
) -> Path:
    """Write the checked copy of `original` to `out`, in the language; returns `out`.

    Raises OSError where it cannot be made or written.
    """
    if out.resolve() == original.resolve():
        raise ValueError("the respondent's own file is never altered")
    told = sorted(
        (in_language(problem, language) for problem in problems),
        key=lambda problem: _ORDER.index(problem.severity),
    )
    request = _request(told, language)
    content = b""
    too_much = any(problem.code == "reading-limit" for problem in told)
    if not too_much:  # what took too long once is not tried again
        request["workbook"] = base64.b64encode(original.read_bytes()).decode()
        content = _made(request)
    if not content:
        request["workbook"] = ""
        content = _made(request)
    if not content:
        raise OSError(errno.EIO, "the list of what to correct could not be made")
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content)
        temporary.replace(out)
    finally:
        temporary.unlink(missing_ok=True)
    return out


def _made(request: dict[str, Any]) -> bytes:
    try:
        return cage.run(
            "assessments.workbook.checked:make", json.dumps(request).encode(), _ALLOWANCE
        )
    except cage.CageBroken:
        return b""


def _request(problems: Sequence[Problem], language: str) -> dict[str, Any]:
    """All words of the checked copy; the child in the cage only places them."""
    translate = words(language)
    severity = {
        Severity.FILE: translate("The file cannot be accepted"),
        Severity.CELL: translate("Please correct"),
        Severity.NOTE: translate("For your information"),
    }
    count = sum(problem.severity is not Severity.NOTE for problem in problems)
    if any(problem.severity is Severity.FILE for problem in problems):
        outcome = translate(
            "The questionnaire could not be accepted yet. Nothing of it was stored. "
            "Please correct the points below and send it again."
        )
    elif count:
        outcome = translate(
            "Thank you. Your answers were accepted, but for the cells below, which could not be "
            "read. Correct them here or in your own copy and send the file again."
        )
    else:
        outcome = translate("Thank you. All answers could be read; nothing has to be corrected.")
    headings = [
        translate("No."),
        translate("Importance"),
        translate("Sheet"),
        translate("Cell"),
        translate("Question"),
        translate("What is wrong"),
        translate("What to do"),
    ]
    return {
        "rtl": direction(language) == "rtl",
        "name": CORRECTIONS_NAME,
        "title": translate("What to correct"),
        "outcome": outcome,
        "outcome_height": row_height([Text(outcome, "outcome", sum(_WIDTHS))], least=32),
        "headings": headings,
        "headings_height": _row(headings, "header", least=18),
        "widths": _WIDTHS,
        "lines": [_line(problem, severity[problem.severity]) for problem in problems],
    }


def _line(problem: Problem, severity: str) -> dict[str, Any]:
    """One line of the list, and the note on its cell."""
    bad = problem.severity is not Severity.NOTE
    texts = [severity, problem.sheet, problem.cell, problem.question, problem.message]
    note = f"{problem.message}\n{problem.remedy}"
    return {
        "bad": bad,
        "texts": [*texts, problem.remedy],
        "sheet": problem.sheet,
        "cell": problem.cell,
        "height": _row(["", *texts, problem.remedy], "label" if bad else "text", least=18),
        "note": note,
        "note_height": _note_height(note),
    }


def _row(texts: list[str], style: str, least: float) -> float:
    """Points of a row of the list; a message quotes at most some hundred letters of an answer."""
    measured = [Text(text, style, width) for text, width in zip(texts, _WIDTHS, strict=True)]
    return min(row_height(measured, least), HIGHEST)


def _note_height(note: str) -> int:
    """Pixels of a note's box: Excel writes notes in Tahoma 9, which is as wide as bold Arial."""
    room = NOTE_WIDTH - 2 * _NOTE_MARGIN
    count = lines(note, room, _NOTE_SIZE, bold=True)
    return round(count * line_height(_NOTE_SIZE) * PIXELS_A_POINT) + 2 * _NOTE_MARGIN
