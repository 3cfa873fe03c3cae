"""A workbook as plain cells: what stands where, of which kind, and what may hide it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import NamedTuple

ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})\Z")
_LETTERS = re.compile(r"[A-Z]{1,3}\Z")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
MOST_CELLS = 200_000  # of a sheet; more is no questionnaire


class CellKind(StrEnum):
    """What a cell holds, as the spreadsheet itself stores it."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"  # a number shown as a percentage: 0.5 is seen as 50 %
    DATE = "date"  # value is an ISO date, or date and time
    BOOLEAN = "boolean"
    ERROR = "error"  # value is #REF!, #N/A ...
    UNCALCULATED = "uncalculated"  # a formula whose result was never stored


class Mask(StrEnum):
    """What is wrong with how a number format shows a cell."""

    UNSEEN = "unseen"  # the cell looks empty
    OTHER = "other"  # what is seen may differ from what is stored


class Cell(NamedTuple):
    """One cell that is not empty. A tuple, because a workbook has thousands."""

    row: int  # from 1
    column: int  # from 1
    kind: CellKind
    value: str | float | bool
    formula: bool = False  # the value is the stored result of a formula

    @property
    def address(self) -> str:
        return address(self.row, self.column)


class Area(NamedTuple):
    """A rectangle of cells; both corners belong to it. A tuple, as a workbook names hundreds."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    @property
    def single(self) -> bool:
        return self.top == self.bottom and self.left == self.right

    def __str__(self) -> str:
        first = address(self.top, self.left)
        return first if self.single else f"{first}:{address(self.bottom, self.right)}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet."""

    name: str
    state: str  # visible, hidden, veryHidden
    cells: Mapping[tuple[int, int], Cell]  # (row, column)
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()  # first and last column of each hidden run
    masks: Mapping[tuple[int, int], Mask] = field(default_factory=dict)  # where a format misleads

    def at(self, row: int, column: int) -> Cell | None:
        return self.cells.get((row, column))

    def text(self, row: int, column: int) -> str:
        """The cell as text, "" where it is empty."""
        cell = self.cells.get((row, column))
        return "" if cell is None else shown(cell)

    def hides(self, row: int, column: int) -> bool:
        """True where the sheet, the row or the column is hidden from its reader."""
        return (
            self.state != "visible"
            or row in self.hidden_rows
            or any(first <= column <= last for first, last in self.hidden_columns)
        )

    def merge_over(self, row: int, column: int) -> Area | None:
        """The merged area a cell belongs to."""
        for area in self.merged:
            if area.holds(row, column):
                return area
        return None


class DefinedName(NamedTuple):
    """A name given to a cell or area. `sheet` is "" where the target is no plain reference."""

    name: str
    sheet: str
    area: Area | None
    target: str
    scope: str = ""  # sheet the name is local to, "" for the workbook's own


@dataclass(frozen=True, slots=True)
class Cells:
    """All that was read of one workbook."""

    sha256: str
    sheets: tuple[Sheet, ...]
    names: tuple[DefinedName, ...]
    properties: Mapping[str, str] = field(default_factory=dict)  # custom document properties
    epoch_1904: bool = False
    # (sheet, row, column) -> what each of the two readers sees, where they do not agree
    differences: Mapping[tuple[str, int, int], tuple[str, str]] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet | None:
        folded = name.casefold()
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == folded), None)


def shown(cell: Cell) -> str:
    """The cell's value as a person would write it: 12 rather than 12.0."""
    if cell.kind is CellKind.TEXT:  # nine cells in ten
        return str(cell.value)
    if cell.kind is CellKind.UNCALCULATED:
        return f"={cell.value}"
    if isinstance(cell.value, bool):
        return "TRUE" if cell.value else "FALSE"
    if isinstance(cell.value, float):
        if cell.kind is CellKind.PERCENT:
            return f"{cell.value * 100:.15g}%"
        return str(int(cell.value)) if cell.value.is_integer() else repr(cell.value)
    return cell.value


def address(row: int, column: int) -> str:
    """`E7` for row 7, column 5."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


@cache
def column_number(letters: str) -> int:
    """The number of a column; 0 where there is none of that name."""
    if not _LETTERS.match(letters):
        return 0
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column if column <= LAST_COLUMN else 0


def position(text: str) -> tuple[int, int] | None:
    """(row, column) of an A1 address with or without dollar signs; None where it is none."""
    found = ADDRESS.match(text)
    if found is None:
        return None
    column, row = column_number(found[1]), int(found[2])
    return (row, column) if column and row <= LAST_ROW else None


def area(text: str) -> Area | None:
    """The rectangle of `A1` or `A1:C3`; None where it is neither."""
    first, _, last = text.partition(":")
    one = position(first)
    if one is None:
        return None
    if not last:
        return Area(*one, *one)
    two = position(last)
    if two is None:
        return None
    return Area(min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1]))
