"""Find every answer cell of a returned workbook, and everything that moved, vanished or doubled.

A cell is trusted only where two witnesses agree: its defined name, and the id that stands beside
it. Inserted rows and columns, renamed sheets and LibreOffice leave both in place; sorting, moving
and copying do not, and are reported rather than guessed at.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from assessments.language import all_of, languages
from assessments.pack.model import Pack, Question, QuestionType
from assessments.untrusted.cells import Cells, Sheet, address
from assessments.workbook.identity import Identity
from assessments.workbook.layout import (
    ENTRIES,
    FILLED_BY_NAME,
    KNOWN_ITEM,
    TABLE_PARTS,
    Part,
    answer_name,
    header_name,
    identifiers,
    item_id,
    known_name,
    question_hashes,
    tick_names,
)
from assessments.workbook.located import Headings, KnownLine, Located, Spot, Structure
from assessments.workbook.names import Names, places
from assessments.workbook.strays import Surroundings
from assessments.workbook.table_structure import locate_table
from assessments.workbook.values import tidy

_NEEDED = (Part.ID, Part.QUESTION, *ENTRIES)


def locate(cells: Cells, pack: Pack, identity: Identity) -> Structure:
    """Find the cells of every question the workbook was written with."""
    return _Locator(cells, pack, identity).run()


class _Locator:
    def __init__(self, cells: Cells, pack: Pack, identity: Identity) -> None:
        self.cells = cells
        self.identity, self.pack = identity, pack
        asked = pack.asked_of(identity.institution, identity.tier)
        self.questions = tuple(question for question in asked if identity.asks(question.name))
        self.expected = identifiers(self.questions)
        self.names = Names(cells)
        self.found = Structure()
        self.told: set[str] = set()  # dimensions of which it is said why they cannot be read
        self.claimed: dict[tuple[str, Spot], list[str]] = defaultdict(list)
        self.headings: dict[str, Headings] = {}

    def run(self) -> Structure:
        self._check_hashes()
        if self.names.none_of_ours:
            self.found.report("names-deleted")
            return self.found
        for code in dict.fromkeys(question.dimension for question in self.questions):
            self._find_headings(code)
        missing: dict[str, list[str]] = defaultdict(list)
        for question in self.questions:
            if question.type is QuestionType.TABLE:
                self._locate_table(question)
            elif question.dimension in self.headings:
                self._locate_question(question)
            elif question.dimension not in self.told:
                missing[question.dimension].append(question.name)
        self._find_known()
        for names in missing.values():
            self.found.report("missing-sheet", value=all_of(names, most=5))
        self._check_shared()
        self._check_duplicates()
        surroundings = Surroundings(
            self.cells, self.questions, self.expected, self.names, self.found
        )
        surroundings.check(self.headings.values())
        place = self.names.one(FILLED_BY_NAME)
        if place is not None:
            self.found.filled_by = tidy(place[0].text(place[1].top, place[1].left))[:200]
        return self.found

    def _check_hashes(self) -> None:
        hashes = question_hashes(self.pack, self.identity.language)
        for question in self.questions:
            known = self.identity.hashes.get(question.name)
            if known and known != hashes[question.name]:
                self.found.report("other-wording", question=question.name)

    # --- headings -------------------------------------------------------------------------

    def _find_headings(self, code: str) -> None:
        columns: dict[Part, int] = {}
        lost: list[Part] = []
        home: tuple[Sheet, int, int] | None = None
        for part in Part:
            targets = self.names.targets(header_name(code, part))
            if len(targets) > 1:
                self._copied(code, header_name(code, part))
                return
            if targets:
                sheet, area = targets[0]
                home = home or (sheet, area.top, area.left)
                columns[part] = area.left
            elif part in _NEEDED:
                lost.append(part)
        if home is None:
            return
        sheet, row, left = home
        moved = [] if lost else _out_of_order(columns)
        if lost or moved:
            self.told.add(code)
        for part in lost:
            cell = address(row, left)
            self.found.report("missing-column", sheet=sheet.name, cell=cell, value=part.value)
        for part in moved:
            cell = address(row, columns[part])
            self.found.report("moved-heading", sheet=sheet.name, cell=cell, value=part.value)
        if not lost and not moved:
            self.headings[code] = Headings(sheet, row, columns)

    def _copied(self, code: str, name: str) -> None:
        self.told.add(code)
        self._two_answers(code, name)

    def _two_answers(self, question: str, name: str) -> None:
        targets = self.names.targets(name)
        sheet, area = targets[-1]
        self.found.report(
            "two-answers",
            sheet=sheet.name,
            cell=address(area.top, area.left),
            question=question,
            value=places(targets),
        )

    # --- questions ------------------------------------------------------------------------

    def _locate_question(self, question: Question) -> None:
        home = self.headings[question.dimension]
        spot = self._spot(home, answer_name(question.name), question.name, question)
        if spot is None:
            return
        ticks: dict[str, Spot] = {}
        if question.type is QuestionType.SELECT_MULTIPLE:
            for choice, name in tick_names(question).items():
                tick = self._spot(home, name, item_id(question.name, choice), question)
                if tick is None:
                    return
                ticks[choice] = tick
        parts = {part: (spot[0], home.columns[part]) for part in TABLE_PARTS}
        wording = self._wording(question, spot, ticks, home)
        self.found.located.append(
            Located(question, home.sheet, spot, parts, ticks, wording=wording)
        )

    def _wording(
        self, question: Question, spot: Spot, ticks: dict[str, Spot], home: Headings
    ) -> dict[Spot, str]:
        language, column = self.identity.language, home.columns[Part.QUESTION]
        wording = {(spot[0], column): question.label.in_(language)}
        for choice in question.choices if ticks else ():
            wording[ticks[choice.name][0], column] = choice.label.in_(language)
        unit = self.identity.units.get(question.name, "")
        if unit and Part.UNIT in home.columns and language in languages():
            wording[spot[0], home.columns[Part.UNIT]] = unit
        return wording

    def _spot(self, home: Headings, name: str, identifier: str, question: Question) -> Spot | None:
        """The cell of a name, where the id beside it agrees."""
        targets = self.names.targets(name)
        if len(targets) > 1:
            self._two_answers(question.name, name)
            return None
        if not targets or not targets[0][1].single:
            self._missing(home, identifier, question.name)
            return None
        sheet, area = targets[0]
        spot = (area.top, area.left)
        self.claimed[sheet.name, spot].append(identifier)
        beside = tidy(sheet.text(area.top, home.columns[Part.ID]))
        if (
            sheet is not home.sheet
            or area.left != home.columns[Part.ANSWER]
            or (beside != identifier)
        ):
            self.found.report(
                "moved-answer-cell",
                sheet=sheet.name,
                cell=address(*spot),
                question=question.name,
                value=beside[:60] or "—",
            )
            return None
        return spot

    def _find_known(self) -> None:
        """The lines that show what is known; one that was deleted can confirm nothing."""
        for index, place in enumerate(self.found.located):
            name = place.question.name
            home = self.headings.get(place.question.dimension)
            targets = self.names.targets(known_name(name)) if name in self.identity.known else []
            if home is None or not targets:
                continue
            sheet, area = targets[0]
            spot = (area.top, area.left)
            beside = tidy(sheet.text(area.top, home.columns[Part.ID]))
            alone = len(targets) == 1 and sheet is home.sheet
            if not alone or beside != item_id(name, KNOWN_ITEM):
                self.found.report(
                    "moved-answer-cell",
                    sheet=sheet.name,
                    cell=address(*spot),
                    question=name,
                    value=beside[:60] or "—",
                )
                continue
            line = KnownLine(sheet, spot, (area.top, home.columns[Part.QUESTION]))
            self.found.located[index] = replace(place, known=line)

    def _missing(self, home: Headings, identifier: str, question: str) -> None:
        """Told at the cell beside the id, or at the heading where the line is gone."""
        column = home.columns[Part.ID]
        rows = (row for row, own in home.sheet.cells if own == column)
        row = next((r for r in rows if tidy(home.sheet.text(r, column)) == identifier), home.row)
        self.found.report(
            "missing-answer-cell",
            sheet=home.sheet.name,
            cell=address(row, home.columns[Part.ANSWER]),
            question=question,
        )

    def _locate_table(self, question: Question) -> None:
        targets = self.names.targets(answer_name(question.name))
        if len(targets) > 1:
            self._two_answers(question.name, answer_name(question.name))
        elif targets:
            located = locate_table(question, targets[0], self.names, self.identity, self.found)
            self.found.located.extend(located)
        elif question.dimension in self.headings:
            self._missing(self.headings[question.dimension], question.name, question.name)
        else:
            self.found.report("missing-answer-cell", question=question.name)

    # --- the whole ------------------------------------------------------------------------

    def _check_shared(self) -> None:
        for (sheet, spot), owners in self.claimed.items():
            if len(owners) > 1:
                self.found.report(
                    "shared-answer-cell", sheet=sheet, cell=address(*spot), value=all_of(owners)
                )

    def _check_duplicates(self) -> None:
        for home in self.headings.values():
            seen: dict[str, int] = {}
            column = home.columns[Part.ID]
            for row in sorted([row for row, own in home.sheet.cells if own == column]):
                identifier = tidy(home.sheet.text(row, column))
                if row <= home.row or identifier not in self.expected:
                    continue
                if identifier in seen:
                    self.found.report(
                        "duplicate-id", sheet=home.sheet.name, row=row, cell=address(row, column),
                        question=identifier, value=seen[identifier],
                    )  # fmt: skip
                seen.setdefault(identifier, row)


def _out_of_order(columns: dict[Part, int]) -> list[Part]:
    """Headings that do not stand in the order in which every questionnaire has them.

    Inserted columns keep the order; a heading that was cut and pasted leaves its entries behind.
    """
    known = [part for part in Part if part in columns]
    in_order = [(one, other) for one, other in pairwise(known) if columns[one] < columns[other]]
    return (
        []
        if len(in_order) == len(known) - 1
        else [
            part
            for one, other in pairwise(known)
            if (one, other) not in in_order
            for part in (one, other)
        ]
    )
