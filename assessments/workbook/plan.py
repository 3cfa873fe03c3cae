"""Decide which row each question of a workbook takes, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from assessments.language import Translator, words_or_english
from assessments.pack.model import Pack, Question, QuestionType, Tier
from assessments.results import CountryProfile
from assessments.untrusted.cells import address
from assessments.workbook.known import Known
from assessments.workbook.layout import HEADER_ROW, TABLE_ROWS, Part, in_workbook_order, sheet_title
from assessments.workbook.lines import Line, lines_of
from assessments.workbook.notes import notes_of


@dataclass(frozen=True, slots=True)
class Edition:
    """What one workbook is: who is asked what, about which State, in which language."""

    pack: Pack
    country: CountryProfile
    round: str
    institution: str
    language: str
    tier: Tier
    reference_date: str  # ISO date that all counts use
    deadline: str  # ISO date
    filled_by: str = ""  # where it is known already
    rows: Mapping[str, int] = field(default_factory=dict)  # table -> rows it must have room for
    return_to: str = ""  # office or address, as the cover prints it
    only: frozenset[str] = frozenset()  # questions of a follow-up; empty: all that are asked
    known: Mapping[str, Known] = field(default_factory=dict)  # question -> to be confirmed
    why: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # why it is asked again

    @property
    def translate(self) -> Translator:
        return words_or_english(self.language)

    @property
    def questions(self) -> tuple[Question, ...]:
        asked = self.pack.asked_of(self.institution, self.tier)
        return in_workbook_order(q for q in asked if not self.only or q.name in self.only)

    @property
    def institution_name(self) -> str:
        return self.pack.institutions[self.institution].label.in_(self.language)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question stands: its row on a dimension sheet, and its own sheet if it is a table."""

    question: Question
    sheet: str
    starts: tuple[int, ...]  # first row (from 1) of each line
    lines: tuple[Line, ...]  # the question's own, its levels or its choices, then notes
    state_row: int  # from 1, on the hidden sheet that keeps count
    table_sheet: str = ""
    table_rows: int = 0  # rows written into it
    notes: int = 0  # lines below it that say why it comes again and what is known
    is_known: bool = False  # the last of them shows what is known already

    @property
    def row(self) -> int:
        """Row of the answer cell, from 1."""
        return self.starts[0]

    @property
    def last_row(self) -> int:
        return self.starts[-1] + self.lines[-1].rows - 1

    @property
    def answer_rows(self) -> tuple[int, ...]:
        """First rows of the question's line and of its levels or choices."""
        return self.starts[: len(self.starts) - self.notes]

    @property
    def last_answer_row(self) -> int:
        """Last row of the question with its levels or choices, without the notes below."""
        line = len(self.answer_rows) - 1
        return self.starts[line] + self.lines[line].rows - 1

    @property
    def known_row(self) -> int:
        """Row of the line that shows what is known, where there is one."""
        return self.starts[-1]

    @property
    def height(self) -> float:
        """Points that the question takes with everything below it."""
        return sum(line.height for line in self.lines)

    def tick_row(self, index: int) -> int:
        """Row of the tick cell of a choice, by the choice's place in the list."""
        return self.starts[1 + index]

    def cell(self, part: Part) -> str:
        """Absolute reference to one of the question's cells, as formulas write it."""
        return reference(self.sheet, self.row, part.column)


@dataclass(frozen=True, slots=True)
class Section:
    """One dimension sheet."""

    code: str
    title: str
    name: str
    places: tuple[Place, ...]
    last_row: int


@dataclass(frozen=True)
class Plan:
    """Every place of one workbook."""

    edition: Edition
    sections: tuple[Section, ...]
    places: Mapping[str, Place] = field(default_factory=dict)

    @property
    def tables(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places.values() if place.table_sheet)


def reference(sheet: str, row: int, column: int) -> str:
    """`'STR Strategies'!$E$7`"""
    cell = address(row, column)
    letters = cell.rstrip("0123456789")
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!${letters}${row}"


def _table_rows(edition: Edition, question: Question) -> int:
    if question.type is not QuestionType.TABLE:
        return 0
    if question.row_key:
        return len(next(c.choices for c in question.columns if c.name == question.row_key))
    return max(TABLE_ROWS, edition.rows.get(question.name, 0))


def plan(edition: Edition) -> Plan:
    """Places for every question of the edition, dimension by dimension."""
    by_dimension: dict[str, list[Question]] = {}
    for question in edition.questions:
        by_dimension.setdefault(question.dimension, []).append(question)
    taken: list[str] = []
    sections: list[Section] = []
    places: dict[str, Place] = {}
    state_row = 2
    for code, questions in by_dimension.items():
        dimension = edition.pack.dimension[code]
        name = dimension.name.in_(edition.language)
        title = sheet_title(code, dimension.short.in_(edition.language) or name, taken)
        taken.append(title)
        row, sub_dimension, own = HEADER_ROW + 1, "", []
        for question in questions:
            if question.sub_dimension != sub_dimension:
                sub_dimension = question.sub_dimension
                row += 1  # the sub-dimension's band
            table = question.name if question.type is QuestionType.TABLE else ""
            notes = notes_of(edition, question)
            lines = (*lines_of(edition, question), *notes)
            starts = tuple(accumulate((line.rows for line in lines[:-1]), initial=row))
            place = Place(
                question,
                title,
                starts,
                lines,
                state_row,
                table,
                _table_rows(edition, question),
                len(notes),
                question.name in edition.known,
            )
            places[question.name] = place
            own.append(place)
            row = place.last_row + 1
            state_row += 1
        sections.append(Section(code, title, name, tuple(own), row - 1))
    return Plan(edition, tuple(sections), places)
