"""Write the response workbook: a cover to sign, and sheets for levels, paragraphs, activities."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

from assessments.language import Translator, direction, words_or_english
from assessments.workbook.book import Sheet
from assessments.workbook.fit import HIGHEST, Text, row_height
from assessments.workbook.pages import scale, set_up
from assessments.workbook.response.form import Choice, Form, Item, Response, text_hash
from assessments.workbook.response.layout import (
    COLUMNS,
    FIRST_ROW,
    HIDDEN,
    LAYOUT,
    PARTS,
    PREFIX,
    SIGNED_BY,
    SIGNED_ON,
    choice_labels,
    headings,
    sheet_names,
)
from assessments.workbook.styles import FONT, STYLES

_WIDTHS = {"id": 18, "text": 62, "choice": 15, "words": 48, "evidence": 30}
_COVER = (3, 30, 80)
_LEAST = 44.0  # points of a line: own words need room on paper too


def write_response(form: Form, out: Path, said: Mapping[str, Response] | None = None) -> Path:
    """Write the workbook to `out`, moved into place when it is whole; returns `out`.

    `said` is what the Government said before of statements that are still the same: it stands in
    the cells, to be kept or changed.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        _Writer(form, str(temporary), said or {}).write()
        temporary.replace(out)
    finally:
        temporary.unlink(missing_ok=True)
    return out


class _Writer:
    """One workbook while it is being written."""

    def __init__(self, form: Form, path: str, said: Mapping[str, Response]) -> None:
        self.form, self.said = form, said
        self.translate: Translator = words_or_english(form.language)
        self.rtl = direction(form.language) == "rtl"
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
            name: self.workbook.add_format({**STYLES[name], **reading}) for name in STYLES
        }
        self.names = sheet_names(self.translate)

    def write(self) -> None:
        form = self.form
        title = self.translate("Response of the Government")
        self.workbook.set_properties({"title": f"{title}: {form.country}", "author": "tana"})
        self._cover()
        for part in PARTS:
            items = [item for item in form.items if item.part == part]
            if items:
                self._items(part, items)
        self._identity()
        self.workbook.close()

    def _sheet(self, name: str) -> Any:
        sheet = self.workbook.add_worksheet(name, Sheet)
        if self.rtl:
            sheet.right_to_left()
        sheet.hide_gridlines(2)
        set_up(sheet)
        footer = f"{self.form.iso3} {self.form.round}"
        sheet.set_footer(f"&L&8 {footer}&C&8 {name.replace('&', '&&')}&R&8 &P / &N")
        sheet.protect(
            "", {"format_columns": True, "format_rows": True, "select_locked_cells": True}
        )
        return sheet

    # --- cover --------------------------------------------------------------------------------

    def _cover(self) -> None:
        form, translate = self.form, self.translate
        name = translate("Cover")
        sheet = self._sheet(name)
        sheet.set_portrait()
        sheet.fit_to_pages(1, 0)
        for column, width in enumerate(_COVER):
            sheet.set_column(column, column, width)
        row = self._across(sheet, 0, translate("Response of the Government"), "title", 32)
        row = self._across(sheet, row, f"{form.country} · {form.round}", "subtitle", 20)
        row = self._across(sheet, row, form.title, "subtitle", 20)
        for text in self._purpose():
            row = self._across(sheet, row + 1, text, "plain", 18)
        row += 1
        sheet.write_string(row, 1, translate("How to respond"), self.style["heading"])
        for number, text in enumerate(self._steps(), start=1):
            row += 1
            sheet.write_number(row, 0, number, self.style["legend_number"])
            self._across(sheet, row, text, "plain", 18)
        row += 2
        sheet.write_string(row, 1, translate("Signature"), self.style["heading"])
        asked = (
            (SIGNED_BY, translate("Responding for the Government (function and institution)")),
            (SIGNED_ON, translate("Date of the response")),
        )
        for name_of_cell, label in asked:
            row += 1
            dated = name_of_cell == SIGNED_ON
            sheet.write_string(row, 1, label, self.style["label"])
            sheet.write_blank(row, 2, None, self.style["entry_date" if dated else "entry"])
            sheet.set_row(row, 32)
            quoted = name.replace("'", "''")
            self.workbook.define_name(name_of_cell, f"='{quoted}'!$C${row + 1}")
        sheet.activate()

    def _purpose(self) -> tuple[str, ...]:
        translate = self.translate
        printed = (
            translate(
                "You respond to the public version of the report. What you write stands beside the "
                "finding in that version and can be read by everyone: write nothing confidential."
            )
            if self.form.edition == "public"
            else translate(
                "You respond to the restricted version of the report. What you write stands beside "
                "the finding in that version only, and is never printed in the public one. Do not "
                "pass this workbook on."
            )
        )
        return (
            translate(
                "The findings rest on answers that your institutions gave, and the project is a "
                "draft for you to decide on. This workbook lists each finding and each activity as "
                "the report states it. Please say which you accept, which you want corrected and "
                "to which you object. The report calls itself validated only when all of them are "
                "answered and this page is signed."
            ),
            printed,
        )

    def _steps(self) -> tuple[str, ...]:
        translate = self.translate
        labels = choice_labels(translate)
        return (
            translate(
                "On each sheet choose one response in every line: {accept}, {correct} or {object}.",
                accept=labels[Choice.ACCEPT],
                correct=labels[Choice.CORRECT],
                object=labels[Choice.OBJECT],
            ),
            translate(
                "Where you want a correction, or object, say what is right in your own words, and "
                "name the document that shows it. Your words are printed as you write them."
            ),
            translate(
                "Write no names of persons: name functions and institutions. Fill in the yellow, "
                "framed cells only."
            ),
            translate(
                "Sign below and send the file back as an Excel workbook (.xlsx). A response in "
                "part is welcome; a later one completes it."
            ),
        )

    def _across(self, sheet: Any, row: int, text: str, style: str, least: float) -> int:
        sheet.merge_range(row, 1, row, 2, "", self.style[style])
        sheet.write_string(row, 1, text, self.style[style])
        sheet.set_row(row, row_height([Text(text, style, sum(_COVER[1:]))], least))
        sheet.fixed_rows.add(row)
        return row + 1

    # --- what is responded to -----------------------------------------------------------------

    def _items(self, part: str, items: list[Item]) -> None:
        sheet = self._sheet(self.names[part])
        sheet.set_landscape()
        sheet.set_print_scale(scale(_WIDTHS.values()))
        sheet.repeat_rows(FIRST_ROW - 2)
        sheet.freeze_panes(FIRST_ROW - 1, 2)
        for column, name in enumerate(COLUMNS):
            sheet.set_column(column, column, _WIDTHS[name])
        sheet.write_string(0, 0, self.names[part], self.style["title_line"])
        sheet.set_row(0, 24)
        titles = headings(self.translate)
        for column, name in enumerate(COLUMNS):
            sheet.write_string(FIRST_ROW - 2, column, titles[name], self.style["header"])
        sheet.set_row(FIRST_ROW - 2, 20)
        for row, item in enumerate(items, start=FIRST_ROW - 1):
            self._item(sheet, row, item)
        self._choices(sheet, FIRST_ROW - 1, FIRST_ROW - 2 + len(items))

    def _item(self, sheet: Any, row: int, item: Item) -> None:
        before = self.said.get(item.id)
        sheet.write_string(row, 0, item.id, self.style["id"])
        sheet.write_string(row, 1, item.text, self.style["text"])
        entries = (
            ("entry_choice", choice_labels(self.translate)[before.choice] if before else ""),
            ("entry", before.words if before else ""),
            ("entry_beside", before.evidence if before else ""),
        )
        for column, (style, text) in enumerate(entries, start=2):
            if text:
                sheet.write_string(row, column, text, self.style[style])
            else:
                sheet.write_blank(row, column, None, self.style[style])
        texts = [Text(item.text, "text", _WIDTHS["text"])]
        texts += [Text(entries[1][1], "entry", _WIDTHS["words"])] if before else []
        sheet.set_row(row, min(row_height(texts, _LEAST), HIGHEST))

    def _choices(self, sheet: Any, first: int, last: int) -> None:
        column = COLUMNS.index("choice")
        sheet.data_validation(
            first,
            column,
            last,
            column,
            {
                "validate": "list",
                "source": list(choice_labels(self.translate).values()),
                "error_title": self.translate("Response")[:32],
                "error_message": self.translate("Please choose from the list."),
            },
        )

    # --- who it is ----------------------------------------------------------------------------

    def _identity(self) -> None:
        """On a hidden sheet and in the document's properties, because either may be lost."""
        form = self.form
        sheet = self.workbook.add_worksheet(HIDDEN)
        sheet.very_hidden()
        sheet.protect("")
        facts = {
            "layout": LAYOUT,
            "iso3": form.iso3,
            "round": form.round,
            "edition": form.edition,
            "language": form.language,
            "run": form.run,
            "report": form.key,
        }
        for row, (key, value) in enumerate(facts.items()):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, value)
            self.workbook.set_custom_property(f"{PREFIX}{key}", value, "text")
        for row, item in enumerate(form.items, start=len(facts)):
            for column, text in enumerate(("item", item.id, text_hash(item.text))):
                sheet.write_string(row, column, text)
