"""Headings of a third party's form, as XLSForm lets people write them, under the pack's names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.language import disagreement, named, nearest_language
from assessments.pack.choices_table import CHOICES_COLUMNS
from assessments.pack.settings_table import SETTINGS_COLUMNS
from assessments.pack.survey_table import SURVEY_COLUMNS
from assessments.pack.tables import Columns, nearest
from assessments.workbook.xlsform.grid import Grid
from assessments.workbook.xlsform.languages import code_of, split_heading
from assessments.workbook.xlsform.tables import Tables

COLUMNS: Mapping[str, Columns] = {
    "survey": SURVEY_COLUMNS, "choices": CHOICES_COLUMNS, "settings": SETTINGS_COLUMNS,
}  # fmt: skip
NEEDED = {"survey": ("type", "name", "label"), "choices": ("list_name", "name", "label")}
# other spellings that XLSForm allows
_ALIASES = {
    "caption": "label", "relevance": "relevant", "calculate": "calculation", "value": "name",
    "list": "list_name", "list_id": "list_name", "read_only": "read_only", "readonly": "read_only",
    "constraint_msg": "constraint_message", "default_lang": "default_language",
    "id_string": "form_id", "title": "form_title", "set_form_id": "form_id", "choices": "name",
    "set_form_title": "form_title", "guidance": "guidance_hint", "jr:count": "repeat_count",
    "jr:constraintmsg": "constraint_message", "jr:requiredmsg": "required_message",
}  # fmt: skip
_BINDS = frozenset({"bind", "control"})
# known to XLSForm, without meaning for a workbook: what stands there is told and left out
_WITHOUT_USE = frozenset(
    {"appearance", "default", "read_only", "parameters", "image", "audio", "video", "big-image",
     "media", "guidance_hint", "required_message", "note", "autoplay", "body", "intent", "hxl",
     "save_to", "geometry", "latitude", "longitude", "sms_field", "style", "public_key",
     "submission_url", "instance_name", "instance_id", "allow_choice_duplicates", "sms_keyword",
     "auto_send", "auto_delete", "namespaces", "client_editable", "name", "prefix", "delimiter",
     "order", "filter", "clean_text_values", "omit_instanceid", "attribute"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column of a form means."""

    stem: str  # the pack's name of the column, "" where it is left out
    language: str = ""  # code, "" for a column without language
    shown: str = ""  # as it stands in the form

    @property
    def column(self) -> str:
        return f"{self.stem}::{named(self.language)}" if self.language else self.stem


def read_headings(grid: Grid, sheet: str, default: str, tables: Tables) -> list[Heading]:
    """What each column of the sheet means; faults and what is left out go to `tables`."""
    found: list[Heading] = []
    seen: dict[str, str] = {}
    for place, shown in enumerate(grid.header):
        heading = _heading(shown, sheet, default, grid, tables)
        if heading.stem and heading.column in seen:
            tables.wrong(
                "column-twice",
                f"«{seen[heading.column]}» and «{shown}» are the same column.", "Keep one.",
                sheet=grid.sheet, row=1, column=shown,
            )  # fmt: skip
            heading = Heading("", shown=shown)
        elif heading.stem:
            seen[heading.column] = shown
        elif any(row[place].strip() for row in grid.rows) and _without_use(shown):
            tables.wrong(
                "column-left-out", f"The column «{shown}» has no use in a workbook.",
                "Nothing has to be done; what stands there is left out.",
                sheet=grid.sheet, row=1, column=shown, note=True,
            )  # fmt: skip
        found.append(heading)
    return found


def _without_use(shown: str) -> bool:
    stem = _stem_of(shown)[0]
    return stem in _WITHOUT_USE and stem != "parameters"  # those of a range are read


def _stem_of(shown: str) -> tuple[str, str]:
    """(the heading's name as XLSForm knows it, what stands behind the colons)."""
    stem, rest = split_heading(shown)
    stem = stem.casefold().strip().replace(" ", "_")
    if stem in _BINDS and rest:
        stem, rest = split_heading(rest)
        stem = stem.casefold().strip().replace(" ", "_")
    if stem == "media":
        return stem, ""
    return _ALIASES.get(stem, stem), rest


def _heading(shown: str, sheet: str, default: str, grid: Grid, tables: Tables) -> Heading:
    columns = COLUMNS[sheet]
    stem, language = _stem_of(shown)
    if not shown:
        return Heading("")
    if stem in columns.worded:
        code = code_of(language) if language else default
        name = language.removesuffix(f"({code})").strip()
        right = disagreement(name, code) if code and name else ""
        if code and not right:
            return Heading(stem, code, shown)
        tables.wrong(
            "wrong-language-column",
            f"The column «{shown}» names no language that is known, or two." ,
            f"Write the language and its code, as in «{stem}::{right or nearest_language(name)}».",
            sheet=grid.sheet, row=1, column=shown,
        )  # fmt: skip
        return Heading("", shown=shown)
    if stem in columns.plain and not (sheet == "settings" and stem == "unreviewed"):
        return Heading(stem, shown=shown)
    if stem not in _WITHOUT_USE:
        known = [*columns.worded, *columns.plain, *_WITHOUT_USE]
        extra = sheet == "choices"  # any other column there belongs to a choice_filter
        tables.wrong(
            "unknown-column", f"XLSForm has no column «{shown}» in the sheet {sheet}.",
            f"Correct its name or remove it{nearest(stem, known)}.",
            sheet=grid.sheet, row=1, column=shown, note=extra and not nearest(stem, known),
        )  # fmt: skip
    return Heading("", shown=shown)


def by_column(headings: list[Heading], cells: Iterable[str]) -> dict[str, str]:
    """The cells of a row under the pack's names, and the parameters of a range."""
    found: dict[str, str] = {}
    for heading, cell in zip(headings, cells, strict=True):
        text = cell.strip()
        if heading.stem:
            found[heading.column] = text
        elif heading.shown.casefold() == "parameters":
            found["parameters"] = text
    return found


def needed_columns(headings: list[Heading], needed: tuple[str, ...]) -> list[str]:
    """The pack's columns, with those that every table needs, English among them."""
    columns = list(dict.fromkeys(heading.column for heading in headings if heading.stem))
    for stem in needed:
        if stem == "label":
            english = f"label::{named('en')}"
            if english not in columns:
                columns.append(english)
        elif stem not in columns:
            columns.append(stem)
    if "constraint" not in columns and needed == NEEDED["survey"]:
        columns.append("constraint")
    return columns
