"""A question found in a returned workbook: where each of its cells stands in this very file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessments.pack.model import Question
from assessments.problems import Problem
from assessments.untrusted.cells import Sheet
from assessments.workbook.layout import Part
from assessments.workbook.texts import fault

Spot = tuple[int, int]  # row, column


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns of a dimension sheet, found by the names of their headings."""

    sheet: Sheet
    row: int
    columns: Mapping[Part, int]  # those that entries stand in, id and wording; others where named


@dataclass(frozen=True, slots=True)
class KnownLine:
    """The line under a question that shows what is known, on a dimension sheet."""

    sheet: Sheet
    spot: Spot  # the cell that confirms or disputes
    text: Spot


@dataclass(frozen=True, slots=True)
class Located:
    """Where one question's cells stand in this file."""

    question: Question
    sheet: Sheet
    spot: Spot  # the answer cell; a table's first cell
    parts: Mapping[Part, Spot]  # reason, evidence, kind of evidence, comment
    ticks: Mapping[str, Spot] = field(default_factory=dict)  # choice -> cell
    columns: Mapping[str, int] = field(default_factory=dict)  # table column -> column
    rows: tuple[tuple[int, str], ...] = ()  # row of a table, and its fixed key ("" where none)
    # what has to stand at each place for the answer to be one to this question: its text, its
    # choices, its unit, the headings of its table
    wording: Mapping[Spot, str] = field(default_factory=dict)
    known: KnownLine | None = None  # the line that shows what is known already


@dataclass
class Structure:
    """All located questions, and what is wrong with the workbook's structure."""

    located: list[Located] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    filled_by: str = ""

    def report(self, code: str, **fields: object) -> None:
        self.problems.append(fault(code, **fields))  # type: ignore[arg-type]
