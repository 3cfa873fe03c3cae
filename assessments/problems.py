"""What can be wrong with something that came from outside, as data.

A problem says what (code), how bad (severity), where (sheet, cell, question; or file, row,
column for a pack), in words a person understands, and what to do. Problems are collected and
reported all at once.
"""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from assessments.language import Listing


class Severity(StrEnum):
    """What a problem does to the file it stands in."""

    FILE = "file"  # identity, structure, hostile content: the file is refused, nothing is stored
    CELL = "cell"  # content of one cell: the file is accepted, the cell is unusable, never scored
    NOTE = "note"  # information only


class Problem(BaseModel):
    """One thing to mend. Empty strings mean "does not apply", never "unknown"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str  # stable, kebab-case: `not-a-number`, `unknown-choice`
    severity: Severity
    message: str  # what is wrong, naming the thing
    remedy: str  # what to do
    file: str = ""
    sheet: str = ""
    cell: str = ""
    row: int | None = None  # 1-based row of a pack file, header is row 1
    column: str = ""
    question: str = ""
    # What fills the message, so that it can be said again in the respondent's language.
    fields: tuple[tuple[str, str | Listing], ...] = Field(default=(), exclude=True, repr=False)

    def __str__(self) -> str:
        place = " ".join(
            part
            for part in (
                self.file,
                self.sheet and f"sheet {self.sheet}",
                self.cell and f"cell {self.cell}",
                f"row {self.row}" if self.row is not None else "",
                self.column and f"column {self.column}",
                self.question and f"question {self.question}",
            )
            if part
        )
        return f"{place}: {self.message} {self.remedy}".removeprefix(": ").strip()


def as_fields(fields: Mapping[str, object]) -> tuple[tuple[str, str | Listing], ...]:
    """What fills a message: lists stay lists until it is known in which language to write them."""
    return tuple(
        (name, value if isinstance(value, Listing) else str(value))
        for name, value in fields.items()
    )


def refuses(problems: tuple[Problem, ...] | list[Problem]) -> bool:
    """True where at least one problem refuses the whole file."""
    return any(problem.severity is Severity.FILE for problem in problems)
