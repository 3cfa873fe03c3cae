"""The sheets of a form as text: what stands in each cell, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assessments.problems import Problem
from assessments.untrusted.cells import Cells, Sheet, address
from assessments.untrusted.texts import refusal


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet with its headings in the first row."""

    sheet: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # as wide as the header; the first is row 2 of the sheet

    def lines(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """(row as Excel shows it, cells) of each row that is not empty, as wide as the header."""
        for number, row in enumerate(self.rows, start=2):
            if any(cell.strip() for cell in row):
                yield number, row

    def __iter__(self) -> Iterator[tuple[int, dict[str, str]]]:
        """(row as Excel shows it, cells by heading) of each row that is not empty."""
        for number, row in self.lines():
            yield number, dict(zip(self.header, row, strict=True))


def grid_of(sheet: Sheet) -> Grid:
    """The sheet's cells as text, without regard to hidden rows and columns."""
    height = max((row for row, _ in sheet.cells), default=0)
    width = max((column for _, column in sheet.cells), default=0)
    lines = [
        tuple(sheet.text(row, column) for column in range(1, width + 1))
        for row in range(1, height + 1)
    ]
    if not lines:
        return Grid(sheet.name, (), ())
    return Grid(sheet.name, tuple(cell.strip() for cell in lines[0]), tuple(lines[1:]))


def find(cells: Cells, name: str) -> Grid | None:
    """The sheet of this name, whatever its capitals."""
    for sheet in cells.sheets:
        if sheet.name.strip().casefold() == name.casefold():
            return grid_of(sheet)
    return None


def disagreements(cells: Cells) -> list[Problem]:
    """Every cell in which the two readers of a file see different values: the file is refused."""
    return [
        refusal("readers-disagree", sheet=sheet, cell=address(row, column),
                one=one or "—", other=other or "—")
        for (sheet, row, column), (one, other) in cells.differences.items()
    ]  # fmt: skip
