"""The tables that a form is turned into, and where each of their rows stood in the form."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assessments.problems import Problem, Severity

Place = tuple[str, int]  # sheet, row


@dataclass
class Tables:
    """A pack's files while they are taken out of a form."""

    rows: dict[str, list[list[str]]] = field(default_factory=dict)  # CSV file -> header and rows
    texts: dict[str, str] = field(default_factory=dict)  # other files
    places: dict[tuple[str, int], Place] = field(default_factory=dict)  # (file, row) -> in the form
    problems: list[Problem] = field(default_factory=list)
    told: set[str] = field(default_factory=set)  # questions whose own row is already refused

    def wrong(
        self, code: str, message: str, remedy: str, *, sheet: str = "", row: int | None = None,
        column: str = "", note: bool = False,
    ) -> None:  # fmt: skip
        """Note one fault of the form; `note` marks information."""
        severity = Severity.NOTE if note else Severity.FILE
        self.problems.append(
            Problem(code=code, severity=severity, message=message, remedy=remedy, sheet=sheet,
                    row=row, column=column)
        )  # fmt: skip

    def write(self, folder: Path) -> None:
        """Write every file, CSV with commas and LF."""
        for file, rows in self.rows.items():
            out = io.StringIO(newline="")
            csv.writer(out, lineterminator="\n").writerows(rows)
            (folder / file).write_text(out.getvalue(), encoding="utf-8", newline="")
        for file, text in self.texts.items():
            (folder / file).write_text(text, encoding="utf-8", newline="")

    def in_form(self, problem: Problem, sheets: Mapping[str, str]) -> Problem | None:
        """A problem of a table as one of the form; None where it only follows from another."""
        follows = any(f"«{name}»" in problem.message for name in self.told)
        if problem.code == "unknown-name" and follows:
            return None
        remedy = problem.remedy
        for file, name in sheets.items():
            remedy = remedy.replace(file, f"the sheet {name}")
        sheet, row = sheets.get(problem.file, problem.file), problem.row
        if row is not None:
            sheet, row = self.places.get((problem.file, row), (sheet, row))
        return problem.model_copy(update={"file": "", "sheet": sheet, "row": row, "remedy": remedy})
