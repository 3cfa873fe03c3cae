"""The workbook while it is being written: its styles, its choice lists, its defined names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from assessments.language import direction
from assessments.workbook.layout import LISTS, choice_labels, tick_labels
from assessments.workbook.pages import set_up
from assessments.workbook.plan import Plan, reference
from assessments.workbook.styles import FONT, STYLES

_LONGEST_MESSAGE = 255
_STOPS = (".", "?", "!", "؟", "。")


class Sheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A sheet whose rows grow with what a respondent types.

    xlsxwriter fixes every height that it is given; without the mark Excel and LibreOffice begin
    with our height and make the row higher when an entry needs it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.fixed_rows: set[int] = set()  # from 0; merged cells do not make a row grow
        self._growing = False

    def _write_row(self, row: int, *given: Any, **named: Any) -> None:
        self._growing = row not in self.fixed_rows
        super()._write_row(row, *given, **named)

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        super()._xml_start_tag_unencoded(tag, self._without_mark(tag, attributes))

    def _xml_empty_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        super()._xml_empty_tag_unencoded(tag, self._without_mark(tag, attributes))

    def _without_mark(self, tag: str, attributes: Any) -> Any:
        if tag != "row" or not self._growing:
            return attributes
        return [pair for pair in attributes if pair[0] != "customHeight"]


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
        self.style = {name: self.workbook.add_format(self._facing(STYLES[name])) for name in STYLES}
        self._lists: dict[tuple[tuple[str, str], ...], int] = {}
        self._numbered: dict[int, Any] = {}

    def _facing(self, style: Mapping[str, object]) -> dict[str, object]:
        """The style in the direction of the language; an indent needs a side to stand on."""
        side = {"align": "right" if self.rtl else "left"} if "indent" in style else {}
        reading = {"reading_order": 2} if self.rtl else {}
        return {**reading, **style, **side}

    def sheet(self, name: str, subject: str) -> Any:
        """A new visible sheet, set up for A4 and locked but for its entry cells.

        `subject` stands in the footer; letters of two directions in one footer overlap on paper, so
        it must not mix them.
        """
        sheet = self.workbook.add_worksheet(name, Sheet)
        if self.rtl:
            sheet.right_to_left()
        sheet.hide_gridlines(2)
        set_up(sheet)
        edition = self.edition
        who = f"{edition.country.iso3} {edition.round} {edition.institution}"
        sheet.set_footer(f"&L&8 {who}&C&8 {subject.replace('&', '&&')}&R&8 &P / &N")
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

    def shows(self, number: int) -> Any:
        """A style that shows `number` in place of the id that stands in the cell."""
        if number not in self._numbered:
            style = {**STYLES["id"], "num_format": f';;;"{number}"'}
            self._numbered[number] = self.workbook.add_format(self._facing(style))
        return self._numbered[number]

    def shown(self, number: int) -> list[str]:
        """The labels of a list."""
        return [label for _, label in list(self._lists)[number]]

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
    """A text as an input message, which Excel cuts at 255 characters.

    A longer text ends after a whole sentence, or else a whole word, and a sign that there is more;
    the whole of it stands in a cell.
    """
    text = " ".join(text.split())
    if len(text) <= _LONGEST_MESSAGE:
        return text
    head = text[: _LONGEST_MESSAGE - 2]
    sentence = max(head.rfind(f"{stop} ") for stop in _STOPS) + 1
    return f"{head[:sentence] or head.rsplit(' ', 1)[0]} …"
