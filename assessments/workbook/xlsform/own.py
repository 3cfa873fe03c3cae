"""An exported form back into the tables of its pack.

Rows that export made are left out and cells that it changed get their own text back; then the form
is made anew from those tables, and a made cell that somebody edited is named rather than lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from assessments.pack.choices_table import CHOICES
from assessments.pack.model import Pack
from assessments.pack.settings_table import SETTINGS
from assessments.pack.survey_table import SURVEY
from assessments.untrusted.cells import Cells
from assessments.workbook.xlsform import fields
from assessments.workbook.xlsform.fields import Group
from assessments.workbook.xlsform.form import SHEETS, FormSheet, by_name, choice_heading, form_of
from assessments.workbook.xlsform.grid import Grid, find, grid_of
from assessments.workbook.xlsform.tables import Tables


def is_own(cells: Cells) -> bool:
    """True for a form that `form_of` made."""
    survey = find(cells, SHEETS[SURVEY])
    return survey is not None and fields.ORIGIN in survey.header


def own_tables(cells: Cells) -> Tables:
    """The tables of the pack that the form was made from."""
    tables = Tables()
    contents = find(cells, fields.TABLES_NOTE)
    if contents is None:
        tables.wrong(
            "part-of-a-pack",
            "The form was made for one country, institution or tier; it is not the whole pack.",
            "Import the form that `tana pack export` writes without those options.",
            sheet=SHEETS[SETTINGS],
        )
        return tables
    columns = {row["sheet"]: row["columns"].split("|") for _, row in contents}
    for file, sheet in SHEETS.items():
        _form_table(tables, cells, file, sheet, columns.get(sheet, []))
    for sheet in columns.keys() - set(SHEETS.values()):
        grid = find(cells, sheet)
        if grid is None:
            _missing(tables, sheet)
        else:
            tables.rows[sheet] = [list(grid.header), *(list(row) for row in grid.rows)]
    for page in cells.sheets:
        if page.name.endswith(".toml"):
            lines = [row[0] if row else "" for row in grid_of(page).rows]
            tables.texts[page.name] = "".join(f"{line}\n" for line in lines)
    return tables


def _missing(tables: Tables, sheet: str) -> None:
    tables.wrong(
        "missing-sheet", f"The sheet «{sheet}» is missing.",
        "Put it back; it holds a table of the pack.", sheet=sheet,
    )  # fmt: skip


def _form_table(tables: Tables, cells: Cells, file: str, sheet: str, own: list[str]) -> None:
    grid = find(cells, sheet)
    if grid is None:
        _missing(tables, sheet)
        return
    shown = {choice_heading(column) if file == CHOICES else column: column for column in own}
    rows = sorted(_kept(grid), key=lambda row: row[0])
    added = [
        column
        for column in grid.header
        if column not in ("", fields.ORIGIN, fields.ORIGINAL, *shown)
        and any(line.get(column, "").strip() for _, _, line in rows)
    ]
    taken = [*(column for column in shown if column in grid.header), *added]
    tables.rows[file] = [[shown.get(column, column) for column in taken]]
    for place, (_, number, line) in enumerate(rows, start=2):
        tables.rows[file].append([line.get(column, "") for column in taken])
        tables.places[file, place] = (grid.sheet, number)


def _kept(grid: Grid) -> Iterator[tuple[tuple[int, int], int, dict[str, str]]]:
    """(order, row of the sheet, cells) of the pack's own rows and of rows added by hand."""
    last = 1
    for number, line in grid:
        origin = line.get(fields.ORIGIN, "").strip()
        if origin == fields.MADE:
            continue
        if origin.isdecimal():
            last = int(origin)
        yield (last, number if not origin else 0), number, {**line, **_original(line)}


def _original(line: dict[str, str]) -> dict[str, str]:
    """What stood in the cells that export changed."""
    text = line.get(fields.ORIGINAL, "")
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}  # then the made cell itself is read, and the pack's check says what it thinks
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


# --- what was edited where it does not count --------------------------------------------------


def edited_in_vain(cells: Cells, pack: Pack, tables: Tables) -> None:
    """Note a fault for each made cell that does not say what the pack says."""
    fresh = by_name(form_of(pack))
    for sheet in SHEETS.values():
        grid = find(cells, sheet)
        if grid is not None:
            _compare(grid, fresh[sheet], tables)


def _compare(grid: Grid, fresh: FormSheet, tables: Tables) -> None:
    expected = {_key(row): row for row in fresh.rows}
    for number, line in grid:
        row = expected.get(_key(line))
        if row is None or not _key(line)[1]:
            continue
        columns = fresh.header if _made(line) else list(_original(line))
        for column in columns:
            if column in (fields.ORIGIN, fields.ORIGINAL):
                continue
            if line.get(column, "").strip() != row.get(column, "").strip():
                tables.wrong(
                    "made-cell-edited",
                    f"«{line.get(column, '')[:60]}» stands where the export writes "
                    f"«{row.get(column, '')[:60]}» from the pack.",
                    "Undo it and change the question's own row, or the sheet of the pack that the "
                    "text comes from (levels: framework.csv).",
                    sheet=grid.sheet, row=number, column=column,
                    note=_made(line) and not _says_the_pack(line, column),
                )  # fmt: skip


def _made(line: dict[str, str]) -> bool:
    return line.get(fields.ORIGIN) == fields.MADE


def _says_the_pack(line: dict[str, str], column: str) -> bool:
    """True for a text of the pack; what only steers the form may differ from version to version."""
    return column.startswith("label") and (
        bool(line.get("list_name"))
        or line["name"].startswith((Group.DIMENSION, Group.SUB_DIMENSION))
    )


def _key(line: dict[str, str]) -> tuple[str, str]:
    return line.get("list_name", line.get("type", "")), line.get("name", line.get("form_id", ""))
