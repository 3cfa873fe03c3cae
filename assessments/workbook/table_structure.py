"""Find the rows and columns of a table sheet in a returned workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessments.pack.model import Question
from assessments.untrusted.cells import address
from assessments.workbook.identity import Identity
from assessments.workbook.layout import (
    TABLE_PARTS,
    Part,
    column_names,
    item_id,
    table_part_name,
)
from assessments.workbook.located import Located, Spot, Structure
from assessments.workbook.names import Names, Target
from assessments.workbook.values import tidy


def locate_table(
    question: Question, place: Target, names: Names, identity: Identity, found: Structure
) -> Sequence[Located]:
    """The table, or nothing where `found` says why it cannot be read."""
    table = _Table(question, place, names, identity, found)
    columns = table.columns()
    parts = table.parts()
    if columns is None or parts is None:
        return ()
    rows = table.rows(columns)
    if rows is None:
        return ()
    table.check_outside(columns, {row for row, _ in rows})
    spot = (table.area.top + 1, min(columns.values()))
    labels = {column.name: column.label.in_(identity.language) for column in question.columns}
    wording = {(table.area.top, place): labels[name] for name, place in columns.items()}
    return (
        Located(
            question, table.sheet, spot, parts, columns=columns, rows=tuple(rows), wording=wording
        ),
    )


class _Table:
    def __init__(
        self, question: Question, place: Target, names: Names, identity: Identity, found: Structure
    ) -> None:
        self.question, self.names, self.identity, self.found = question, names, identity, found
        self.sheet, self.area = place

    def _report(self, code: str, spot: Spot, value: str, row: int | None = None) -> None:
        self.found.report(
            code, sheet=self.sheet.name, cell=address(*spot), row=row,
            question=self.question.name, value=value,
        )  # fmt: skip

    @property
    def _corner(self) -> Spot:
        return self.area.top, self.area.left

    def columns(self) -> dict[str, int] | None:
        """The column of each heading."""
        columns: dict[str, int] = {}
        for column, name in column_names(self.question).items():
            place = self.names.one(name)
            if place is None:
                self._report("missing-column", self._corner, column)
                return None
            home, heading = place
            inside = self.area.left <= heading.left <= self.area.right
            if home is not self.sheet or heading.top != self.area.top or not inside:
                self._report("moved-table-heading", (heading.top, heading.left), column)
                return None
            columns[column] = heading.left
        if len(set(columns.values())) < len(columns):
            self._report("shared-answer-cell", self._corner, self.question.name)
            return None
        return columns

    def parts(self) -> dict[Part, Spot] | None:
        """The cells of the table's own reason, evidence and comment."""
        parts: dict[Part, Spot] = {}
        for part in TABLE_PARTS:
            place = self.names.one(table_part_name(self.question.name, part))
            if place is None or place[0] is not self.sheet:
                self._report("missing-column", self._corner, part.value)
                return None
            parts[part] = (place[1].top, place[1].left)
        return parts

    def rows(self, columns: Mapping[str, int]) -> list[tuple[int, str]] | None:
        """The rows of the table, each with its fixed key."""
        question, sheet, area = self.question, self.sheet, self.area
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
                self._report("duplicate-id", (row, area.left), str(found[identifier]), row)
                return None
            found[identifier] = row
            text = " ".join(sheet.text(row, columns[question.row_key]).split())
            label = " ".join(wanted[identifier].label.in_(self.identity.language).split())
            if tidy(text) != tidy(label):
                self._report("moved-answer-cell", (row, columns[question.row_key]), identifier)
                return None
        if len(found) < len(wanted):
            self._report("missing-answer-cell", self._corner, "")
            return None
        return [(row, wanted[identifier].name) for identifier, row in found.items()]

    def check_outside(self, columns: Mapping[str, int], rows: set[int]) -> None:
        """Entries below the table, in lines that are none of it, and beside its columns."""
        sheet, area = self.sheet, self.area
        below = [spot for spot in sheet.cells if spot[0] > area.bottom]
        below += [(area.bottom, column) for column in range(area.left + 1, area.right + 1)]
        if self.question.row_key:
            unnamed = set(range(area.top + 1, area.bottom)) - rows
            below += [spot for spot in sheet.cells if spot[0] in unnamed]
        known = {area.left, *columns.values()}
        beside = [
            spot
            for spot in sheet.cells
            if area.top <= spot[0] < area.bottom and spot[1] not in known and spot not in below
        ]
        self._stray(below, "outside-table")
        self._stray(beside, "stray-entry")

    def _stray(self, spots: list[Spot], code: str) -> None:
        for spot in sorted(spots)[:20]:
            text = tidy(self.sheet.text(*spot))
            if text:
                self._report(code, spot, text[:200])
