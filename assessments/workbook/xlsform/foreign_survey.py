"""The questions of a third party's form as the rows of survey.csv."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from assessments.pack.expressions import UnsupportedExpression, parse
from assessments.pack.survey_table import SURVEY
from assessments.workbook.xlsform import question_types
from assessments.workbook.xlsform.fields import short_name
from assessments.workbook.xlsform.grid import Grid
from assessments.workbook.xlsform.headings import NEEDED, by_column, needed_columns, read_headings
from assessments.workbook.xlsform.tables import Tables

_REFERENCE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
_LEAVE_OUT = "Remove the row, ask for the fact in words or figures, or import with --leave-out."
_RULES = ("relevant", "constraint", "choice_filter", "calculation", "required", "repeat_count",
          "default")  # fmt: skip


@dataclass
class ForeignSurvey:
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
        lines = {number: by_column(headings, line) for number, line in self.grid.lines()}
        lines = {number: line for number, line in lines.items() if _active(line)}
        for number, line in lines.items():
            line["type"] = question_types.normal(line.get("type", ""))
            for name in self._reads(line):
                self.read_by.setdefault(name, number)
            self._rename(number, line)
        kept = {n: self._row(n, line) for n, line in lines.items()}
        columns = needed_columns(headings, NEEDED["survey"])
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
        if question_types.is_metadata(kind):
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
        if question_types.has_other(kind):
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
        self.tables.told.add(name)
        if not self.leave_out or (column == "type" and name in self.read_by):
            read = self.read_by.get(name)
            more = f" Row {read} reads it." if read and column == "type" else ""
            self._wrong(number, column, code, message + more, _LEAVE_OUT)
            return
        self._wrong(number, column, code, f"{message} It is left out.",
                    "Nothing has to be done.", note=True)  # fmt: skip

    def _calculate(self, number: int, line: Mapping[str, str]) -> None:
        read = self.read_by.get(line.get("name", ""))
        self.tables.told.add(line.get("name", ""))
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
