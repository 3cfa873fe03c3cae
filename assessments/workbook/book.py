"""The workbook while it is being written: its styles, its choice lists, its defined names."""

from __future__ import annotations

from typing import Any

import xlsxwriter

from assessments.language import direction
from assessments.workbook.layout import LISTS, choice_labels, tick_labels
from assessments.workbook.plan import Plan, reference
from assessments.workbook.styles import FONT, STYLES


class Book:
    """An xlsxwriter workbook with the styles of `layout`, right to left where the language is."""

    def __init__(self, path: str, plan: Plan) -> None:
        self.plan = plan
        self.edition = plan.edition
        self.translate = plan.edition.translate
        self.rtl = direction(plan.edition.language) == "rtl"
        self.workbook: Any = xlsxwriter.Workbook(
            path,
            {
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_format_properties": {"font_name": FONT, "font_size": 10},
            },
        )
        reading = {"reading_order": 2} if self.rtl else {}
        self.style = {
            name: self.workbook.add_format({**style, **reading}) for name, style in STYLES.items()
        }
        self._lists: dict[tuple[tuple[str, str], ...], int] = {}
        self._list_sheet: Any = None

    def sheet(self, name: str) -> Any:
        """A new visible sheet, set up for A4 and locked but for its entry cells."""
        sheet = self.workbook.add_worksheet(name)
        if self.rtl:
            sheet.right_to_left()
        sheet.hide_gridlines(2)
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        edition = self.edition
        who = f"{edition.country.iso3} {edition.round} {edition.institution}"
        sheet.set_footer(f"&L&8{who}&C&8&A&R&8&P / &N")
        sheet.protect(
            "", {"format_columns": True, "format_rows": True, "select_locked_cells": True}
        )
        return sheet

    def hidden(self, name: str) -> Any:
        sheet = self.workbook.add_worksheet(name)
        sheet.very_hidden()
        sheet.protect("")
        return sheet

    def name(self, name: str, sheet: str, row: int, column: int) -> None:
        """Give a cell its defined name (row and column from 1)."""
        self.workbook.define_name(name, f"={reference(sheet, row, column)}")

    # --- choice lists ---------------------------------------------------------------------

    def choices(self, labels: dict[str, str]) -> int:
        """The number of a choice list on the hidden sheet; lists that are equal are one."""
        key = tuple(labels.items())
        if key not in self._lists:
            self._lists[key] = len(self._lists)
        return self._lists[key]

    def list_range(self, number: int, names: bool = False) -> str:
        """The range of a list's labels, or of its names."""
        length = len(list(self._lists)[number])
        column = 2 * number + (1 if names else 2)
        first, last = reference(LISTS, 2, column), reference(LISTS, 1 + length, column)
        return f"{first}:{last.rpartition('!')[2]}"

    def write_lists(self) -> None:
        """Write every list that was asked for: names and labels side by side."""
        sheet = self.workbook.get_worksheet_by_name(LISTS)
        for labels, number in self._lists.items():
            sheet.write_string(0, 2 * number, f"list_{number}")
            for row, (name, label) in enumerate(labels, start=1):
                sheet.write_string(row, 2 * number, name)
                sheet.write_string(row, 2 * number + 1, label)

    @property
    def ticks(self) -> int:
        return self.choices(tick_labels(self.translate))

    @property
    def reasons(self) -> int:
        return self.pack_list("no_answer_reasons")

    @property
    def evidence_classes(self) -> int:
        return self.pack_list("evidence_classes")

    def pack_list(self, name: str) -> int:
        choices = self.edition.pack.choice_lists[name]
        return self.choices(choice_labels(choices, self.edition.language))


def message(text: str) -> str:
    """A text as an input message, which Excel cuts at 255 characters."""
    text = " ".join(text.split())
    return text if len(text) <= 255 else f"{text[:251].rsplit(' ', 1)[0]} …"
