"""A third party's form as the tables of a pack that is not scored.

What XLSForm lets people write in several ways is read in each of them. What a workbook cannot ask
is refused with its row and the reason, or left out with a note where the caller says so; nothing
goes missing without a word. The pack's own check then finds what is wrong between the rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from assessments.pack.expressions import UnsupportedExpression, parse
from assessments.pack.survey_tables import CHOICES, SETTINGS, SURVEY
from assessments.pack.tables import nearest
from assessments.untrusted.cells import Cells
from assessments.workbook.xlsform import question_types
from assessments.workbook.xlsform.fields import short_name
from assessments.workbook.xlsform.form import SHEETS
from assessments.workbook.xlsform.grid import Grid, find
from assessments.workbook.xlsform.headings import Heading, read_headings
from assessments.workbook.xlsform.languages import code_of, named
from assessments.workbook.xlsform.tables import Tables

_REFERENCE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
_LEAVE_OUT = "Remove the row, ask for the fact in words or figures, or import with --leave-out."
_RULES = ("relevant", "constraint", "choice_filter", "calculation", "required", "repeat_count",
          "default")  # fmt: skip
_NEEDED = {"survey": ("type", "name", "label"), "choices": ("list_name", "name", "label")}


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
    survey = _Survey(grids["survey"], default, tables, leave_out)
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


# --- the questions ----------------------------------------------------------------------------


@dataclass
class _Survey:
    """Turns the rows of the survey sheet into those of survey.csv, at the same row numbers."""

    grid: Grid
    default: str
    tables: Tables
    leave_out: bool
    renamed: dict[str, str] = field(default_factory=dict)
    shown_only: list[int] = field(default_factory=list)
    metadata: list[int] = field(default_factory=list)
    read_by: dict[str, int] = field(default_factory=dict)  # name -> first row whose rule reads it

    def read(self) -> None:
        headings = read_headings(self.grid, "survey", self.default, self.tables)
        lines = {number: _by_column(headings, line.values()) for number, line in self.grid}
        lines = {number: line for number, line in lines.items() if _active(line)}
        for number, line in lines.items():
            line["type"] = question_types.normal(line.get("type", ""))
            for name in self._reads(line):
                self.read_by.setdefault(name, number)
            self._rename(number, line)
        kept = {n: self._row(n, line) for n, line in lines.items()}
        columns = _columns(headings, _NEEDED["survey"])
        last = max((*lines, 1))
        rows = [[(kept.get(n) or {}).get(c, "") for c in columns] for n in range(2, last + 1)]
        self.tables.rows[SURVEY] = [columns, *rows]
        self._rewrite(columns)
        self._notes()

    def _reads(self, line: Mapping[str, str]) -> list[str]:
        texts = [text for column, text in line.items()
                 if column in _RULES or column.startswith(("label::", "hint::"))]  # fmt: skip
        return [name for text in texts for name in _REFERENCE.findall(text)]

    def _rename(self, number: int, line: dict[str, str]) -> None:
        name = line.get("name", "")
        short = short_name(name)
        if short != name:
            self.renamed[name] = line["name"] = short
            self.tables.wrong(
                "name-shortened", f"«{name}» is too long for the ids of a report: «{short}».",
                "Nothing has to be done; answers exported under the long name are found.",
                sheet=self.grid.sheet, row=number, column="name", note=True,
            )  # fmt: skip

    def _rewrite(self, columns: list[str]) -> None:
        """Rules name shortened questions by their new names."""
        for row in self.tables.rows[SURVEY][1:]:
            for column in ("relevant", "constraint"):
                if column in columns:
                    place = columns.index(column)
                    row[place] = _REFERENCE.sub(
                        lambda m: f"${{{self.renamed.get(m[1], m[1])}}}", row[place]
                    )

    def _row(self, number: int, line: dict[str, str]) -> dict[str, str] | None:
        """The row of survey.csv; None where the row is not asked in a workbook."""
        kind, word = line["type"], line["type"].split(" ")[0]
        if kind in question_types.METADATA:
            self.metadata.append(number)
            return None
        if word in question_types.SHOWN_ONLY:
            self.shown_only.append(number)
            return None
        if kind == "calculate":
            self._calculate(number, line)
            return None
        why = question_types.why_not(kind)
        if why:
            self._cannot(number, "type", "unsupported-type", f"«{kind}»: {why}.", line)
            return None
        if kind.casefold().endswith((" or_other", " or other")):
            self._wrong(
                number, "type", "or-other", "`or_other` is not supported.",
                "Add a choice «other» to the list and a text question that is asked when it is "
                "selected.",
            )  # fmt: skip
            return None
        if word == "range":
            self._range(line)
        self._columns(number, line)
        return line

    def _wrong(
        self, number: int, column: str, code: str, message: str, remedy: str, note: bool = False
    ) -> None:
        self.tables.wrong(code, message, remedy, sheet=self.grid.sheet, row=number, column=column,
                          note=note)  # fmt: skip

    def _cannot(
        self, number: int, column: str, code: str, message: str, line: Mapping[str, str]
    ) -> None:
        """Refuse what a workbook cannot do, or leave it out with a note."""
        name = line.get("name", "")
        if not self.leave_out or (column == "type" and name in self.read_by):
            read = self.read_by.get(name)
            more = f" Row {read} reads it." if read and column == "type" else ""
            self._wrong(number, column, code, message + more, _LEAVE_OUT)
            return
        self._wrong(number, column, code, f"{message} It is left out.",
                    "Nothing has to be done.", note=True)  # fmt: skip

    def _calculate(self, number: int, line: Mapping[str, str]) -> None:
        read = self.read_by.get(line.get("name", ""))
        if read is None:
            self._wrong(
                number, "type", "calculate-left-out",
                "The calculated value is read by nothing and is left out.",
                "Nothing has to be done.", note=True,
            )  # fmt: skip
        else:
            self._wrong(
                number, "type", "calculate",
                f"The calculated value «{line.get('name', '')}» is read in row {read}; a workbook "
                "does not calculate.",
                "Ask for the value in a question of its own, or write the rule without it.",
            )  # fmt: skip

    def _range(self, line: dict[str, str]) -> None:
        """A range is a number with limits; XLSForm's own are 1 to 10 by 1."""
        said = dict(re.findall(r"(start|end|step)\s*=\s*(-?\d+(?:\.\d+)?)",
                               line.get("parameters", "")))  # fmt: skip
        start, end = said.get("start", "1"), said.get("end", "10")
        whole = all("." not in value for value in said.values())
        line["type"] = "integer" if whole else "decimal"
        rule = f". >= {start} and . <= {end}"
        own = line.get("constraint", "")
        line["constraint"] = f"({own}) and {rule}" if own else rule

    def _columns(self, number: int, line: dict[str, str]) -> None:
        """Cells that a workbook has no use for, or cannot follow."""
        if line.get("choice_filter"):
            self._wrong(
                number, "choice_filter", "choice-filter",
                "Choices that depend on another answer (cascading selects) are not supported.",
                "Ask one question for each group of choices, with `relevant`, and empty the cell.",
            )  # fmt: skip
            line["choice_filter"] = ""
        if line.get("calculation"):
            self._cannot(number, "calculation", "calculation",
                         "A workbook does not calculate an answer.", line)  # fmt: skip
            line["calculation"] = ""
        if line.get("trigger"):
            line["trigger"] = ""
        if line.get("repeat_count"):
            self._wrong(
                number, "repeat_count", "repeat-count-left-out",
                "The number of rows is not fixed in a workbook; rows can be added.",
                "Nothing has to be done.", note=True,
            )  # fmt: skip
            line["repeat_count"] = ""
        required = line.get("required", "").casefold()
        if "$" in required or "(" in required.replace("()", ""):
            self._wrong(
                number, "required", "required-left-out",
                "Whether an answer is required cannot depend on a rule; it is not required.",
                "Nothing has to be done.", note=True,
            )  # fmt: skip
            line["required"] = ""
        if self.leave_out and line.get("constraint"):
            try:
                parse(line["constraint"])
            except UnsupportedExpression as error:
                self._cannot(number, "constraint", "unsupported-rule", error.message, line)
                line["constraint"] = ""

    def _notes(self) -> None:
        for rows, what, code in (
            (self.shown_only, "show text only", "note-left-out"),
            (self.metadata, "record what a workbook does not (start, device ...)",
             "metadata-left-out"),
        ):  # fmt: skip
            if rows:
                numbers = ", ".join(map(str, rows))
                self._wrong(
                    rows[0], "type", code, f"Rows that {what} are left out: {numbers}.",
                    "Nothing has to be done; put a text that matters into a hint.", note=True,
                )  # fmt: skip


def _active(line: Mapping[str, str]) -> bool:
    """False for a row that XLSForm ignores: without type, or commented out."""
    return bool(line.get("type")) and not line["type"].startswith("#")


def _by_column(headings: list[Heading], cells: object) -> dict[str, str]:
    found: dict[str, str] = {}
    for heading, cell in zip(headings, cells, strict=True):  # type: ignore[call-overload]
        text = str(cell).strip()
        if heading.stem:
            found[heading.column] = text
        elif heading.shown.casefold() == "parameters":
            found["parameters"] = text
    return found


def _columns(headings: list[Heading], needed: tuple[str, ...]) -> list[str]:
    """The pack's columns, with those that every table needs, English among them."""
    columns = list(dict.fromkeys(heading.column for heading in headings if heading.stem))
    for stem in needed:
        if stem == "label":
            english = f"label::{named('en')}"
            if english not in columns:
                columns.append(english)
        elif stem not in columns:
            columns.append(stem)
    if "constraint" not in columns and needed == _NEEDED["survey"]:
        columns.append("constraint")
    return columns


# --- choices and settings ---------------------------------------------------------------------


def _plain_sheet(tables: Tables, file: str, grid: Grid | None, default: str) -> None:
    sheet = SHEETS[file]
    if grid is None:
        tables.rows[file] = [["list_name", "name", f"label::{named('en')}"]]
        return
    headings = read_headings(grid, sheet, default, tables)
    columns = _columns(headings, _NEEDED[sheet])
    rows = []
    for line in grid.rows:
        cells = _by_column(headings, line)
        rows.append([cells.get(column, "") for column in columns])
    tables.rows[file] = [columns, *rows]


def _settings(tables: Tables, grid: Grid | None, default: str, file_name: str) -> None:
    line: dict[str, str] = {}
    if grid is not None:
        headings = read_headings(grid, "settings", default, tables)
        first = next(iter(grid), (2, {}))
        line = {k: v for k, v in _by_column(headings, first[1].values()).items() if v} \
            if first[1] else {}  # fmt: skip
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
            "no-translation", f"Not translated in «{column}»: rows {_runs(missing)}.",
            "The English text stands there until it is.", sheet=SHEETS[file], row=missing[0],
            column=column, note=True,
        )  # fmt: skip


def _runs(numbers: list[int]) -> str:
    """`2, 5 to 8`"""
    starts = [numbers[0], *(b for a, b in pairwise(numbers) if b != a + 1)]
    ends = [*(a for a, b in pairwise(numbers) if b != a + 1), numbers[-1]]
    return ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in zip(starts, ends, strict=True))
