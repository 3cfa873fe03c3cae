"""The annex while it is being written: its sheets as tables of columns, with their styles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from assessments.language import Translator, direction
from assessments.report.palette import INK, NAVY
from assessments.workbook.fit import DIGIT, HIGHEST
from assessments.workbook.letters import lines

HEAD = 3  # row of a sheet's headings, from 0; above them stand its title and a note
FIRST = HEAD + 1  # first row of the lines, from 0
_LINE = 12.5  # points of a line of Arial 9


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula with the stored value it gives; programs that do not compute show that."""

    text: str
    stored: float | str | None = None


Cell = str | int | float | bool | Decimal | Formula | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading and its width in figures."""

    title: str
    width: float


class Book:
    """An xlsxwriter workbook, right to left where the language is."""

    def __init__(self, path: str, translate: Translator) -> None:
        self.translate = translate
        self._widths: dict[str, list[float]] = {}
        self._heights: dict[Any, dict[int, int]] = {}
        self.rtl = direction(translate.language) == "rtl"
        self.workbook: Any = xlsxwriter.Workbook(
            path,
            {
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_format_properties": {"font_name": "Arial", "font_size": 9},
            },
        )
        base: dict[str, object] = {"font_name": "Arial", "font_size": 9, "valign": "top"}
        base |= {"reading_order": 2} if self.rtl else {}
        line = {**base, "bottom": 1, "bottom_color": "#D9D9D9"}
        looks: dict[str, dict[str, object]] = {
            "title": {**base, "font_size": 15, "bold": True, "font_color": f"#{NAVY}"},
            "note": {**base, "italic": True, "font_color": "#595959"},
            "head": {
                **base, "bold": True, "text_wrap": True, "font_color": "#FFFFFF",
                "bg_color": f"#{NAVY}", "valign": "vcenter",
            },
            "text": {**line, "text_wrap": True, "font_color": f"#{INK}"},
            "label": {**line, "bold": True, "text_wrap": True, "font_color": f"#{INK}"},
            "level": {**line, "num_format": "0.00"},
            "share": {**line, "num_format": "0%"},
            "money": {**line, "num_format": "#,##0.00"},
            "whole": {**line, "num_format": "0.##"},
        }  # fmt: skip
        self.style = {name: self.workbook.add_format(look) for name, look in looks.items()}
        # what a reader may change to try the method is on a ground of its own
        self.input = {
            name: self.workbook.add_format({**look, "bg_color": "#FFF8DC"})
            for name, look in looks.items()
        }

    def in_words(self, columns: Iterable[Column]) -> list[Column]:
        """Columns that are written once for all languages, with their headings in this one."""
        return [Column(self.translate(column.title), column.width) for column in columns]

    def sheet(self, name: str, note: str, columns: Sequence[Column]) -> Any:
        """A new sheet with its headings."""
        sheet = self.workbook.add_worksheet(name[:31])
        if self.rtl:
            sheet.right_to_left()
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&C&8 {name.replace('&', '&&')}&R&8 &P / &N")
        sheet.write_string(0, 0, name, self.style["title"])
        sheet.set_row(0, 24)
        sheet.write_string(1, 0, note, self.style["note"])
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
            sheet.write_string(HEAD, number, column.title, self.style["head"])
        self._widths[name[:31]] = [column.width for column in columns]
        sheet.set_row(
            HEAD, _LINE * max(self._lines(column.title, column.width) for column in columns)
        )
        sheet.repeat_rows(HEAD)
        sheet.freeze_panes(FIRST, min(2, len(columns) - 1))
        return sheet

    def write(self, sheet: Any, row: int, column: int, value: Cell, style: str = "text",
              *, given: bool = False) -> None:  # fmt: skip
        """One cell; `given` for what a reader may change."""
        look = (self.input if given else self.style)[style]
        if isinstance(value, str) and style in ("text", "label"):
            self._grow(sheet, row, self._lines(value, self._widths[sheet.get_name()][column]))
        if value is None:
            sheet.write_blank(row, column, None, look)
        elif isinstance(value, Formula):
            stored = "" if value.stored is None else value.stored
            sheet.write_formula(row, column, f"={value.text}", look, stored)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, look)
        elif isinstance(value, int | float | Decimal):
            sheet.write_number(row, column, value, look)
        else:
            sheet.write_string(row, column, value[:32_000], look)

    def close(self) -> None:
        """Make every row as high as its text, and write the file."""
        for sheet, rows in self._heights.items():
            for row, count in rows.items():
                sheet.set_row(row, min(_LINE * count, HIGHEST))
        self.workbook.close()

    def _grow(self, sheet: Any, row: int, lines: int) -> None:
        heights = self._heights.setdefault(sheet, {})
        heights[row] = max(heights.get(row, 1), lines)

    @staticmethod
    def _lines(text: str, width: float) -> int:
        return lines(text, width * DIGIT, 9, bold=True) if text else 1


def at(sheet: str, row: int, column: int) -> str:
    """The address of a cell on a sheet, row and column from 0."""
    return f"{quoted(sheet)}!${xl_col_to_name(column)}${row + 1}"


def span(sheet: str, first: int, last: int, column: int) -> str:
    """The address of cells one below the other."""
    letter = xl_col_to_name(column)
    return f"{quoted(sheet)}!${letter}${first + 1}:${letter}${last + 1}"


def quoted(sheet: str) -> str:
    """A sheet's name as a formula writes it."""
    escaped = sheet[:31].replace("'", "''")
    return f"'{escaped}'"


def listed(cells: Sequence[str]) -> str:
    """Cells that do not lie side by side, as the arguments of one function."""
    return ",".join(cells)
