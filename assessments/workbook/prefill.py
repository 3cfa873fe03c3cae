"""Read what a desk review knows, as text: values with their sources, to be confirmed.

One line a value: question, item (row of a table), column (of a table), value, source. Values are
written as a respondent would choose them: a choice by its name or English label, several separated
by a bar, dates as 2024-05-31. Every line that does not fit is named, all at once.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assessments.errors import TanaError
from assessments.language import words
from assessments.pack.model import Question, QuestionType, TableColumn
from assessments.problems import Problem, Severity
from assessments.results import AnswerValue, Row
from assessments.untrusted.cells import Cell, CellKind
from assessments.workbook.layout import labels
from assessments.workbook.texts import fault
from assessments.workbook.values import Found, suspects, value_of

HEADER = ("question", "item", "column", "value", "source")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")
_COUNTED = (QuestionType.INTEGER, QuestionType.DECIMAL)
_LARGEST = 5_000_000  # bytes; a prefill of every question is a hundredth of it


class UnfitPrefill(TanaError):
    """Lines that do not fit the questionnaire; `problems` names each with its row."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            f"{name} does not fit the questionnaire.",
            "Nothing was built. Mend the lines below and run the command again.",
        )


@dataclass(frozen=True, slots=True)
class Prefilled:
    """One value that is known before anybody is asked."""

    value: AnswerValue
    source: str


def read_prefill(path: Path, questions: Mapping[str, Question]) -> dict[str, Prefilled]:
    """The known values by question. `questions` are those that the workbooks ask.

    Raises UnfitPrefill with every line that does not fit.
    """
    sheet = _Lines(path.name, questions)
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("it is too large")
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file)
            if tuple(lines.fieldnames or ()) != HEADER:
                raise ValueError(f"its first line must be {','.join(HEADER)}")
            for number, line in enumerate(lines, start=2):
                sheet.take(number, {name: (line.get(name) or "").strip() for name in HEADER})
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise TanaError(
            f"{path.name} is no prefill: {said}.", "Save it as CSV in UTF-8 and try again."
        ) from None
    if sheet.problems:
        raise UnfitPrefill(path.name, sheet.problems)
    return sheet.prefilled()


@dataclass
class _Lines:
    """The lines taken so far, and what is wrong with them."""

    file: str
    questions: Mapping[str, Question]
    problems: list[Problem] = field(default_factory=list)
    single: dict[str, AnswerValue] = field(default_factory=dict)
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    sources: dict[str, list[str]] = field(default_factory=dict)
    seen: set[tuple[str, str, str]] = field(default_factory=set)

    def take(self, number: int, line: Mapping[str, str]) -> None:
        if not any(line.values()):
            return
        name, where = line["question"], (line["question"], line["item"], line["column"])
        question = self.questions.get(name)
        if question is None:
            self._wrong(
                number, "question", name, f"{name or 'No question'} is asked of none of them.",
                "Write the question's id as the workbook shows it.",
            )  # fmt: skip
            return
        if not line["source"]:
            self._wrong(
                number, "source", name, "It is not said where the value comes from.",
                "Name the document, the review or the round.",
            )  # fmt: skip
        elif hidden := suspects(line["source"]):
            self._wrong(
                number, "source", name, f"It holds hidden characters ({hidden}).", "Type it anew."
            )
        if where in self.seen:
            self._wrong(
                number, "value", name, "This value is given twice.", "Keep one of the lines."
            )
        self.seen.add(where)
        if line["source"] not in self.sources.setdefault(name, []):
            self.sources[name].append(line["source"])
        if question.type is QuestionType.TABLE:
            self._table(number, question, line)
            return
        if line["item"] or line["column"]:
            self._wrong(
                number, "item", name, f"{name} is no table.", "Leave item and column empty."
            )
        value = self._value(number, question, question, line["value"])
        if isinstance(value, str) and question.type is QuestionType.SELECT_MULTIPLE:
            self.single[name] = tuple(value.split("|"))
        elif value is not None:
            self.single[name] = value

    def _table(self, number: int, question: Question, line: Mapping[str, str]) -> None:
        columns = {c.name: c for c in question.columns if c.name != question.row_key}
        column = columns.get(line["column"])
        keys = [c for c in question.columns if c.name == question.row_key]
        known = [choice.name for key in keys for choice in key.choices]
        if column is None:
            self._wrong(
                number, "column", question.name,
                f"The table {question.name} has no column {line['column'] or 'named so'}.",
                f"Use one of {', '.join(columns)}.",
            )  # fmt: skip
        if not line["item"] or (keys and line["item"] not in known):
            remedy = f"Use one of {', '.join(known)}." if keys else "Number the rows: 1, 2, 3."
            self._wrong(
                number, "item", question.name,
                f"The table {question.name} has no row {line['item'] or 'named so'}.", remedy,
            )  # fmt: skip
            return
        if column is None:
            return
        value = self._value(number, question, column, line["value"])
        if value is not None:
            start: Row = {question.row_key: line["item"]} if question.row_key else {}
            rows = self.rows.setdefault(question.name, {})
            rows.setdefault(line["item"], start)[column.name] = value

    def _value(
        self, number: int, question: Question, asked: Question | TableColumn, text: str
    ) -> str | float | None:
        """The value, or None where it is no answer to what is asked."""
        is_number = asked.type in _COUNTED and _NUMBER.match(text)
        cell = Cell(1, 1, CellKind.NUMBER, float(text)) if is_number else None
        cell = cell or Cell(1, 1, CellKind.TEXT, text)
        found = value_of(cell, asked, labels(asked, "en", words("en")))
        rule = asked.constraint
        if found.value is None and not found.code:
            self._wrong(number, "value", question.name, "There is no value.", "Give one.")
            return None
        bounded = found.value is not None and rule is not None and not rule.names
        if bounded and rule is not None and not rule.holds({}, found.value):
            said = asked.constraint_message.in_("en")
            found = Found(code="out-of-range", fields={"value": text, "rule": said})
        if found.code:
            told = fault(found.code, question=question.name, **dict(found.fields))  # type: ignore[arg-type]
            self._wrong(number, "value", question.name, told.message, told.remedy)
            return None
        return found.value

    def _wrong(self, row: int, column: str, question: str, message: str, remedy: str) -> None:
        self.problems.append(
            Problem(
                code="unfit-prefill",
                severity=Severity.FILE,
                message=message,
                remedy=remedy,
                file=self.file,
                row=row,
                column=column,
                question=question,
            )
        )

    def prefilled(self) -> dict[str, Prefilled]:
        values = {**self.single, **{name: tuple(r.values()) for name, r in self.rows.items()}}
        return {
            name: Prefilled(value, "; ".join(self.sources[name])) for name, value in values.items()
        }
