"""A third party's form as the tables of a pack that is not scored.

What XLSForm lets people write in several ways is read in each of them. What a workbook cannot ask
is refused with its row and the reason, or left out with a note where the caller says so; nothing
goes missing without a word. The pack's own check then finds what is wrong between the rows.
"""

from __future__ import annotations

import re
from itertools import pairwise

from assessments.language import named
from assessments.pack.choices_table import CHOICES
from assessments.pack.settings_table import SETTINGS
from assessments.pack.survey_table import SURVEY
from assessments.pack.tables import nearest
from assessments.untrusted.cells import Cells
from assessments.workbook.xlsform.foreign_survey import ForeignSurvey
from assessments.workbook.xlsform.form import SHEETS
from assessments.workbook.xlsform.grid import Grid, find
from assessments.workbook.xlsform.headings import NEEDED, by_column, needed_columns, read_headings
from assessments.workbook.xlsform.languages import code_of
from assessments.workbook.xlsform.tables import Tables


def foreign_tables(cells: Cells, file_name: str, leave_out: bool) -> Tables:
    """The tables of the form; `file_name` names a pack whose settings name none."""
    tables = Tables()
    default = _default_language(cells)
    grids = {name: find(cells, name) for name in SHEETS.values()}
    if grids["survey"] is None:
        sheets = [sheet.name for sheet in cells.sheets]
        tables.wrong(
            "missing-sheet", "The file has no sheet «survey», so it is no XLSForm.",
            f"Name the sheet of the questions «survey»{nearest('survey', sheets)}.",
        )  # fmt: skip
        return tables
    _other_sheets(cells, tables)
    survey = ForeignSurvey(grids["survey"], default, tables, leave_out)
    survey.read()
    _plain_sheet(tables, CHOICES, grids["choices"], default)
    _settings(tables, grids["settings"], default, file_name)
    _translations(tables)
    return tables


def _default_language(cells: Cells) -> str:
    """The language of texts that name none: the form's default, else English."""
    settings = find(cells, "settings")
    for _, line in settings or ():
        for heading, cell in line.items():
            if heading.strip().casefold().replace(" ", "_") == "default_language":
                return code_of(cell) or "en"
    return "en"


def _other_sheets(cells: Cells, tables: Tables) -> None:
    for sheet in cells.sheets:
        name = sheet.name.strip()
        if name.casefold() in SHEETS.values() or not sheet.cells:
            continue
        if name.casefold() in ("external_choices", "entities", "osm"):
            tables.wrong(
                "unsupported-sheet", f"The sheet «{name}» cannot be used in a workbook.",
                "Ask for the fact in a question of its own and remove the sheet.", sheet=name,
            )  # fmt: skip
        else:
            near = nearest(name.casefold(), list(SHEETS.values()))
            tables.wrong(
                "sheet-left-out", f"The sheet «{name}» is no part of an XLSForm and is left out.",
                f"Rename it if it should be read{near}." if near else "Nothing has to be done.",
                sheet=name, note=True,
            )  # fmt: skip


# --- choices and settings ---------------------------------------------------------------------


def _plain_sheet(tables: Tables, file: str, grid: Grid | None, default: str) -> None:
    sheet = SHEETS[file]
    if grid is None:
        tables.rows[file] = [["list_name", "name", f"label::{named('en')}"]]
        return
    headings = read_headings(grid, sheet, default, tables)
    columns = needed_columns(headings, NEEDED[sheet])
    rows = []
    for line in grid.rows:
        cells = by_column(headings, line)
        rows.append([cells.get(column, "") for column in columns])
    tables.rows[file] = [columns, *rows]


def _settings(tables: Tables, grid: Grid | None, default: str, file_name: str) -> None:
    line: dict[str, str] = {}
    if grid is not None:
        headings = read_headings(grid, "settings", default, tables)
        for _, cells in list(grid.lines())[:1]:
            line = {k: v for k, v in by_column(headings, cells).items() if v}
    plain = re.sub(r"[^A-Za-z0-9_]+", "_", line.get("form_id") or file_name).strip("_") or "form"
    line["form_id"] = plain
    line.setdefault("version", "1")
    line["default_language"] = default
    title = f"form_title::{named('en')}"
    if title not in line:
        line[title] = next(
            (text for column, text in line.items() if column.startswith("form_title")), plain
        )
    tables.rows[SETTINGS] = [list(line), list(line.values())]


# --- languages --------------------------------------------------------------------------------


def _translations(tables: Tables) -> None:
    """English from the form's own language where it has none, and what is not translated."""
    for file in (SURVEY, CHOICES):
        header, *rows = tables.rows[file]
        labels = [column for column in header if column.startswith("label::")]
        english = f"label::{named('en')}"
        others = [column for column in labels if column != english]
        empty = not any(row[header.index(english)] for row in rows)
        if empty and others:
            _stand_in(tables, file, english, others[0])
        for column in [one for one in labels if not (empty and one == english)]:
            _untranslated(tables, file, column)


def _stand_in(tables: Tables, file: str, english: str, other: str) -> None:
    header, *rows = tables.rows[file]
    header.append("unreviewed")
    for row in rows:
        row[header.index(english)] = row[header.index(other)]
        row.append("en" if any(row) else "")
    tables.wrong(
        "no-english-column",
        f"The form has no English; the texts of «{other}» stand in for it.",
        f"Translate the column «{english}» of {file} before reports are written.",
        sheet=SHEETS[file], row=1, column=english, note=True,
    )  # fmt: skip


def _untranslated(tables: Tables, file: str, column: str) -> None:
    header, *rows = tables.rows[file]
    name, place = header.index("name"), header.index(column)
    labels = [n for n, one in enumerate(header) if one.startswith("label::")]
    missing = [
        number
        for number, row in enumerate(rows, start=2)
        if row[name] and not row[place] and any(row[n] for n in labels)
    ]
    if missing and column != f"label::{named('en')}":
        tables.wrong(
            "no-translation", f"Rows not translated in «{column}»: {_runs(missing)}.",
            "The English text stands there until it is.", sheet=SHEETS[file], row=missing[0],
            column=column, note=True,
        )  # fmt: skip


def _runs(numbers: list[int]) -> str:
    """`2, 5 to 8`"""
    starts = [numbers[0], *(b for a, b in pairwise(numbers) if b != a + 1)]
    ends = [*(a for a, b in pairwise(numbers) if b != a + 1), numbers[-1]]
    return ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in zip(starts, ends, strict=True))
