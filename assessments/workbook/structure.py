"""Find every answer cell of a returned workbook, and everything that moved, vanished or doubled.

A cell is trusted only where two witnesses agree: its defined name, and the id that stands beside
it. Inserted rows and columns, renamed sheets and LibreOffice leave both in place; sorting, moving
and copying do not, and are reported rather than guessed at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from assessments.pack.model import Pack, Question, QuestionType
from assessments.untrusted.cells import Area, Cells, DefinedName, Sheet, address
from assessments.workbook.identity import Identity
from assessments.workbook.layout import (
    CONFLICTS_NAME,
    CORRECTIONS_NAME,
    ENTRIES,
    FILLED_BY_NAME,
    HIDDEN_SHEETS,
    TABLE_PARTS,
    Part,
    answer_name,
    column_names,
    header_name,
    item_id,
    question_hash,
    table_part_name,
    tick_names,
)
from assessments.workbook.located import Located, Spot, Structure
from assessments.workbook.texts import fault
from assessments.workbook.values import tidy


def locate(cells: Cells, pack: Pack, identity: Identity) -> Structure:
    """Find the cells of every question the workbook was written with."""
    return _Locator(cells, pack, identity).run()


class _Locator:
    def __init__(self, cells: Cells, pack: Pack, identity: Identity) -> None:
        self.cells = cells
        self.identity = identity
        self.questions = pack.asked_of(identity.institution, identity.tier)
        self.dimension = {question.name: question.dimension for question in self.questions}
        self.names: dict[str, list[DefinedName]] = defaultdict(list)
        for name in cells.names:
            self.names[name.name.casefold()].append(name)
        self.found = Structure()
        self.copied: set[str] = set()  # dimensions whose sheet stands twice
        self.claimed: dict[tuple[str, Spot], list[str]] = defaultdict(list)
        self.headings: dict[str, tuple[Sheet, int, dict[Part, int]]] = {}

    def run(self) -> Structure:
        self._check_hashes()
        missing: dict[str, list[str]] = defaultdict(list)
        for code in dict.fromkeys(question.dimension for question in self.questions):
            self._find_headings(code)
        for question in self.questions:
            if question.type is QuestionType.TABLE:
                self._locate_table(question)
            elif question.dimension in self.headings:
                self._locate_question(question)
            elif question.dimension not in self.copied:
                missing[question.dimension].append(question.name)
        for names in missing.values():
            listed = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
            self._report("missing-sheet", question=listed)
        self._check_shared()
        self._check_duplicates()
        self._check_unknown_names()
        self._check_strays()
        self._find_filled_by()
        return self.found

    def _report(self, code: str, **fields: object) -> None:
        self.found.problems.append(fault(code, **fields))  # type: ignore[arg-type]

    def _check_hashes(self) -> None:
        for question in self.questions:
            known = self.identity.hashes.get(question.name)
            if known and known != question_hash(question, self.identity.language):
                self._report("other-wording", question=question.name)

    # --- names ----------------------------------------------------------------------------

    def _single(self, name: str, question: str = "") -> tuple[Sheet, Area] | None:
        """The one place of a defined name; reports a name with two places."""
        targets = {
            (entry.sheet, entry.area)
            for entry in self.names.get(name.casefold(), ())
            if entry.area is not None
        }
        if len(targets) > 1:
            places = ", ".join(sorted(f"{sheet}!{area}" for sheet, area in targets))
            self._report("two-answers", question=question or name, value=places[:200])
            return None
        for title, area in targets:
            sheet = self.cells.sheet(title)
            if sheet is not None and area is not None:
                return sheet, area
        return None

    def _doubled(self, name: str) -> bool:
        entries = self.names.get(name.casefold(), ())
        return len({(e.sheet, e.area) for e in entries if e.area is not None}) > 1

    def _find_headings(self, code: str) -> None:
        columns: dict[Part, int] = {}
        lost: list[str] = []
        home: Sheet | None = None
        row = 0
        for part in (Part.ID, Part.QUESTION, *ENTRIES):
            if self._doubled(header_name(code, part)):
                copied = self.names[header_name(code, part).casefold()]
                sheets = ", ".join(sorted({entry.sheet for entry in copied}))
                self._report("two-answers", question=code, value=sheets[:200])
                self.copied.add(code)
                return
            place = self._single(header_name(code, part))
            if place is None:
                lost.append(part.value)
                continue
            home, row = home or place[0], place[1].top
            columns[part] = place[1].left
        if home is None:
            return
        for value in lost:
            self._report("missing-column", sheet=home.name, value=value)
        if not lost and len(set(columns.values())) == len(columns):
            self.headings[code] = (home, row, columns)
        elif not lost:
            self._report("missing-column", sheet=home.name, value=code)

    # --- questions ------------------------------------------------------------------------

    def _locate_question(self, question: Question) -> None:
        sheet, _, columns = self.headings[question.dimension]
        spot = self._spot(answer_name(question.name), question.name, question.name)
        if spot is None:
            return
        ticks: dict[str, Spot] = {}
        if question.type is QuestionType.SELECT_MULTIPLE:
            for choice, name in tick_names(question).items():
                tick = self._spot(name, item_id(question.name, choice), question.name)
                if tick is None:
                    return
                ticks[choice] = tick
        parts = {part: (spot[0], columns[part]) for part in TABLE_PARTS}
        wording = (spot[0], columns[Part.QUESTION])
        self.found.located.append(Located(question, sheet, spot, parts, ticks, wording=wording))

    def _spot(self, name: str, identifier: str, question: str) -> Spot | None:
        """The cell of a name, where the id beside it agrees."""
        home, columns = self._home(question)
        if self._doubled(name):
            self._single(name, question)
            return None
        place = self._single(name, question)
        if place is None or not place[1].single:
            self._report("missing-answer-cell", sheet=home.name, question=question)
            return None
        sheet, area = place
        spot = (area.top, area.left)
        self.claimed[sheet.name, spot].append(identifier)
        beside = tidy(sheet.text(area.top, columns[Part.ID]))
        if sheet is not home or area.left != columns[Part.ANSWER] or beside != identifier:
            self._report(
                "moved-answer-cell",
                sheet=sheet.name,
                cell=address(*spot),
                question=question,
                value=beside[:60] or "—",
            )
            return None
        return spot

    def _home(self, question: str) -> tuple[Sheet, dict[Part, int]]:
        sheet, _, columns = self.headings[self.dimension[question]]
        return sheet, columns

    # --- tables ---------------------------------------------------------------------------

    def _locate_table(self, question: Question) -> None:
        name = answer_name(question.name)
        doubled = self._doubled(name)
        place = self._single(name, question.name)
        if place is None:
            if not doubled:
                self._report("missing-answer-cell", question=question.name)
            return
        sheet, area = place
        columns = self._table_columns(question, sheet, area)
        parts = self._table_parts(question, sheet)
        if columns is None or parts is None:
            return
        rows = self._table_rows(question, sheet, area, columns)
        if rows is None:
            return
        self._check_below(question, sheet, area)
        spot = (area.top + 1, min(columns.values()))
        self.found.located.append(
            Located(question, sheet, spot, parts, columns=columns, rows=tuple(rows))
        )

    def _table_columns(self, question: Question, sheet: Sheet, area: Area) -> dict[str, int] | None:
        columns: dict[str, int] = {}
        for column, name in column_names(question).items():
            place = self._single(name, question.name)
            if place is None:
                self._report(
                    "missing-column", sheet=sheet.name, question=question.name, value=column
                )
                return None
            home, heading = place
            inside = area.left <= heading.left <= area.right
            if home is not sheet or heading.top != area.top or not inside:
                self._report(
                    "moved-table-heading", sheet=sheet.name, cell=str(heading),
                    question=question.name, value=column,
                )  # fmt: skip
                return None
            columns[column] = heading.left
        if len(set(columns.values())) < len(columns):
            self._report("shared-answer-cell", sheet=sheet.name, value=question.name)
            return None
        return columns

    def _table_parts(self, question: Question, sheet: Sheet) -> dict[Part, Spot] | None:
        parts: dict[Part, Spot] = {}
        for part in TABLE_PARTS:
            place = self._single(table_part_name(question.name, part), question.name)
            if place is None or place[0] is not sheet:
                self._report(
                    "missing-column", sheet=sheet.name, question=question.name, value=part.value
                )
                return None
            parts[part] = (place[1].top, place[1].left)
        return parts

    def _table_rows(
        self, question: Question, sheet: Sheet, area: Area, columns: Mapping[str, int]
    ) -> list[tuple[int, str]] | None:
        """The rows of a table, each with its fixed key."""
        lines = range(area.top + 1, area.bottom)
        if not question.row_key:
            occupied = {row for row, column in sheet.cells if column in columns.values()}
            return [(row, "") for row in lines if row in occupied]
        key_column = next(c for c in question.columns if c.name == question.row_key)
        wanted = {item_id(question.name, choice.name): choice for choice in key_column.choices}
        found: dict[str, int] = {}
        for row in lines:
            identifier = tidy(sheet.text(row, area.left))
            if identifier not in wanted:
                continue
            if identifier in found:
                self._report(
                    "duplicate-id", sheet=sheet.name, row=row, cell=address(row, area.left),
                    question=question.name, value=found[identifier],
                )  # fmt: skip
                return None
            found[identifier] = row
            text = " ".join(sheet.text(row, columns[question.row_key]).split())
            label = " ".join(wanted[identifier].label.in_(self.identity.language).split())
            if tidy(text) != tidy(label):
                self._report(
                    "moved-answer-cell", sheet=sheet.name, question=question.name,
                    cell=address(row, columns[question.row_key]), value=identifier,
                )  # fmt: skip
                return None
        if len(found) < len(wanted):
            self._report("missing-answer-cell", sheet=sheet.name, question=question.name)
            return None
        unnamed = set(lines) - set(found.values())
        self._stray(sheet, [spot for spot in sheet.cells if spot[0] in unnamed], "outside-table")
        return [(row, wanted[identifier].name) for identifier, row in found.items()]

    def _check_below(self, question: Question, sheet: Sheet, area: Area) -> None:
        below = [spot for spot in sheet.cells if spot[0] > area.bottom]
        last = [
            (area.bottom, column)
            for column in range(area.left + 1, area.right + 1)
            if sheet.text(area.bottom, column).strip()
        ]
        self._stray(sheet, below + last, "outside-table", question.name)
        beside = [
            (row, column)
            for row, column in sheet.cells
            if area.top < row <= area.bottom and column > area.right
        ]
        self._stray(sheet, beside, "stray-entry", question.name)

    # --- the whole ------------------------------------------------------------------------

    def _check_shared(self) -> None:
        for (sheet, spot), owners in self.claimed.items():
            if len(owners) > 1:
                self._report(
                    "shared-answer-cell", sheet=sheet, cell=address(*spot), value=", ".join(owners)
                )

    def _check_duplicates(self) -> None:
        expected = {
            identifier
            for question in self.questions
            for identifier in (
                question.name,
                *(item_id(question.name, choice.name) for choice in question.choices),
            )
        }
        for sheet, top, columns in self.headings.values():
            seen: dict[str, int] = {}
            own = columns[Part.ID]
            for row in sorted(row for row, column in sheet.cells if column == own and row > top):
                column, identifier = own, tidy(sheet.text(row, own))
                if identifier not in expected:
                    continue
                if identifier in seen:
                    self._report(
                        "duplicate-id", sheet=sheet.name, row=row, cell=address(row, column),
                        question=identifier, value=seen[identifier],
                    )  # fmt: skip
                seen.setdefault(identifier, row)

    def _check_unknown_names(self) -> None:
        known = {answer_name(question.name).casefold() for question in self.questions}
        for question in self.questions:
            items = column_names(question) if question.columns else tick_names(question)
            known |= {name.casefold() for name in items.values()}
        for name, entries in self.names.items():
            if name.startswith("q_") and name not in known:
                self._report("unknown-question", value=entries[0].name[2:60])

    def _check_strays(self) -> None:
        homes = {home.name for home, _, _ in self.headings.values()}
        homes |= {located.sheet.name for located in self.found.located}
        for name in self.cells.names:
            if name.name in (CORRECTIONS_NAME, CONFLICTS_NAME, FILLED_BY_NAME):
                homes.add(name.sheet)
        for index, sheet in enumerate(self.cells.sheets):
            own = sheet.name in homes or sheet.name in HIDDEN_SHEETS or index == 0
            if not own and sheet.cells:
                self._report("extra-sheet", sheet=sheet.name, value=sheet.name)
        for sheet, top, columns in self.headings.values():
            self._check_sheet_strays(sheet, top, columns)

    def _check_sheet_strays(self, sheet: Sheet, top: int, columns: Mapping[Part, int]) -> None:
        answered: set[Spot] = set()
        for located in self.found.located:
            if located.sheet is sheet:
                answered |= {located.spot, *located.parts.values(), *located.ticks.values()}
        tables = {q.name for q in self.questions if q.type is QuestionType.TABLE}
        lost = {q.name for q in self.questions} - {
            place.question.name for place in self.found.located
        }
        entries = {columns[part] for part in ENTRIES}
        furthest = max(columns.values()) + 1  # the status column follows the comment
        strays = []
        for row, column in sheet.cells:
            if row <= top or not (column in entries or column > furthest):
                continue
            if (row, column) in answered:
                continue
            beside = tidy(sheet.text(row, columns[Part.ID]))
            if beside.split("/")[0] in lost - tables:
                continue  # already reported as a question whose cell cannot be found
            if beside in tables and column == columns[Part.ANSWER]:
                continue  # points to the table's own sheet
            strays.append((row, column))
        self._stray(sheet, strays, "stray-entry")

    def _stray(self, sheet: Sheet, spots: list[Spot], code: str, question: str = "") -> None:
        for spot in sorted(spots)[:20]:
            text = tidy(sheet.text(*spot))
            if text:
                self._report(
                    code, sheet=sheet.name, cell=address(*spot), question=question, value=text[:200]
                )

    def _find_filled_by(self) -> None:
        place = self._single(FILLED_BY_NAME)
        if place is not None:
            self.found.filled_by = tidy(place[0].text(place[1].top, place[1].left))[:200]
