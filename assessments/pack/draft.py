"""A pack while it is being read: what could be understood, where each thing stands, what is wrong.

The faults of a pack are reported all at once, so reading goes on past every one of them; what
could not be read is simply absent from the draft.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from assessments.pack.expressions import Expression, UnsupportedExpression, parse
from assessments.pack.method import Method
from assessments.pack.model import (
    NO_WORDS,
    SOURCE_LANGUAGE,
    Choice,
    CostShare,
    Dimension,
    Intervention,
    Question,
    Requirement,
    SubDimension,
    TailoringRule,
    Words,
)
from assessments.pack.tables import Faults, Record

RESPONDENT = "RESP"  # the only respondent of a form that names no institutions
FORM = "FORM"  # the only dimension of a form that has no framework


@dataclass
class Draft:
    """Everything read so far from the tables of one folder."""

    folder: Path
    faults: Faults = field(default_factory=Faults)
    id: str = ""
    version: str = ""
    title: Words = NO_WORDS
    purpose: Words = NO_WORDS
    confidentiality: Words = NO_WORDS
    subject: Words = NO_WORDS
    service: Words = NO_WORDS
    treaty: str = ""
    default_language: str = SOURCE_LANGUAGE
    piloted: bool = False
    choice_lists: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    sub_dimensions: dict[str, SubDimension] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    requirements: dict[str, Requirement] = field(default_factory=dict)
    interventions: dict[str, Intervention] = field(default_factory=dict)
    tailoring: dict[str, TailoringRule] = field(default_factory=dict)
    cost_shares: list[CostShare] = field(default_factory=list)
    method: Method | None = None
    records: dict[tuple[str, str], Record] = field(default_factory=dict)  # (file, name) -> row
    unread: set[str] = field(default_factory=set)  # names of questions that could not be read

    @property
    def scored(self) -> bool:
        """False for a third party's form: it has no framework and nothing is scored."""
        return bool(self.sub_dimensions) and FORM not in self.dimensions

    def place(self, record: Record, name: str) -> bool:
        """Remember where `name` stands; notes a fault and says no where it stands already.

        Excel's defined names do not tell capitals apart, hence neither do we.
        """
        key = (record.file, name.casefold())
        earlier = self.records.get(key)
        if not name:
            record.wrong("no-name", "name", "The row has no name.", "Give it a name of its own.")
            return False
        if earlier is not None:
            record.wrong(
                "duplicate-name", "name", f"«{name}» stands already in row {earlier.row}.",
                "Rename one of the two.",
            )  # fmt: skip
            return False
        self.records[key] = record
        return True

    def wrong(self, file: str, name: str, code: str, column: str, message: str, remedy: str,
              note: bool = False) -> None:  # fmt: skip
        """Note a fault of the row in which `name` stands."""
        self.records[(file, name.casefold())].wrong(code, column, message, remedy, note)


def form_without_framework(draft: Draft) -> None:
    """One dimension and one sub-dimension, without target or gap, for a third party's form."""
    title = draft.title or Words({SOURCE_LANGUAGE: draft.id or "Form"})
    nothing = (NO_WORDS, NO_WORDS, NO_WORDS, NO_WORDS, NO_WORDS)
    draft.dimensions[FORM] = Dimension(FORM, title, "", context=True)
    draft.sub_dimensions[f"{FORM}-1"] = SubDimension(
        f"{FORM}-1", FORM, title, "", (RESPONDENT,), NO_WORDS, nothing
    )


def expression(record: Record, column: str) -> Expression | None:
    """The rule in a cell; None where there is none or where it cannot be read (then a fault)."""
    text = record.text(column)
    if not text:
        return None
    try:
        return parse(text)
    except UnsupportedExpression as error:
        record.wrong("unsupported-rule", column, error.message, error.remedy)
        return None
