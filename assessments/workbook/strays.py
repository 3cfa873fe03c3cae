"""What stands in a returned workbook where no answer is read, so that nothing is lost unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from assessments.pack.model import Question, QuestionType
from assessments.untrusted.cells import Cells, Sheet, address
from assessments.workbook.layout import (
    ENTRIES,
    HIDDEN_SHEETS,
    Part,
    answer_name,
    column_names,
    tick_names,
)
from assessments.workbook.located import Headings, Spot, Structure
from assessments.workbook.names import Names
from assessments.workbook.values import tidy

_MOST = 20  # strays told of one sheet


class Surroundings:
    """All that stands around the located answers; `expected` are the ids of all questions."""

    def __init__(
        self,
        cells: Cells,
        questions: Sequence[Question],
        expected: Set[str],
        names: Names,
        found: Structure,
    ) -> None:
        self.cells, self.questions, self.names, self.found = cells, questions, names, found
        self.identifiers = expected

    def check(self, headings: Iterable[Headings]) -> None:
        """Tell every name that is not asked, every foreign sheet, every entry beside answers."""
        self._check_unknown_names()
        homes = self.names.sheets()
        for sheet in self.cells.sheets:
            if sheet.name not in homes and sheet.name not in HIDDEN_SHEETS and sheet.cells:
                self._foreign(sheet)
        for home in headings:
            self._check_sheet(home)

    def _check_unknown_names(self) -> None:
        known = {answer_name(question.name) for question in self.questions}
        for question in self.questions:
            known.update((column_names if question.columns else tick_names)(question).values())
        # as written first: nearly all are, and case is looked at for the others alone
        others = [name for name in self.names.answers() if name not in known]
        folded = {name.casefold() for name in known} if others else set()
        for name in others:
            if name.casefold() not in folded:
                self.found.report("unknown-question", value=name[2:60])

    def _foreign(self, sheet: Sheet) -> None:
        """A sheet that is not ours; with our ids on it, it is a copy that may hold answers."""
        ids = [spot for spot in sheet.cells if tidy(sheet.text(*spot)) in self.identifiers]
        missing = {p.question for p in self.found.problems if p.code == "missing-sheet"}
        if not ids or missing:
            self.found.report("extra-sheet", sheet=sheet.name, value=sheet.name)
            return
        spot = min(ids)
        self.found.report(
            "two-answers",
            sheet=sheet.name,
            cell=address(*spot),
            question=tidy(sheet.text(*spot)),
            value=sheet.name,
        )

    def _check_sheet(self, home: Headings) -> None:
        sheet, columns = home.sheet, home.columns
        read = {(p.sheet, p.cell) for p in self.found.problems}  # already told
        answered: set[Spot] = set()
        for located in self.found.located:
            if located.known is not None and located.known.sheet is sheet:
                answered.add(located.known.spot)
            if located.sheet is sheet:
                answered |= {located.spot, *located.parts.values(), *located.ticks.values()}
        tables = {q.name for q in self.questions if q.type is QuestionType.TABLE}
        lost = {q.name for q in self.questions} - {p.question.name for p in self.found.located}
        ours = set(columns.values()) - {columns[part] for part in ENTRIES}
        if len(columns) < len(Part):  # of some columns it is not known where they stand
            ours = {*range(max(columns.values()) + 2)} - {columns[part] for part in ENTRIES}
        strays = []
        for row, column in sorted(sheet.cells):
            if row <= home.row or column in ours or (row, column) in answered:
                continue
            beside = tidy(sheet.text(row, columns[Part.ID]))
            pointer = beside in tables and column == columns[Part.ANSWER]
            if (
                pointer
                or beside.split("/")[0] in lost - tables  # told: its cell cannot be found
                or (sheet.name, address(row, column)) in read
            ):
                continue
            strays.append((row, column))
        told = 0
        for spot in strays:
            text = tidy(sheet.text(*spot))
            if text and told < _MOST:
                told += 1
                self.found.report(
                    "stray-entry", sheet=sheet.name, cell=address(*spot), value=text[:200]
                )
