"""Judgements as a table (CSV or Excel): what a meeting agreed or an expert rates, who, when, why.

One line a question, one institution a file: one that the pack calls a meeting or an observer. A
judgement stands beside the answers of the others and takes none of them away; dissent is kept with
it. A file with a fault is refused whole, for its author sits at the same desk.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assessments.identifiers import Kind, printed_id
from assessments.intake.csv_lines import SHEET, Lines, fault, given_twice, headings_of, lines_of
from assessments.pack.model import Pack, Question, QuestionType, Tier
from assessments.problems import Problem, Severity
from assessments.results import Answer, AnswerState, EvidenceState, Source
from assessments.scoring.gather import AGREED
from assessments.untrusted.cells import Cell, CellKind, Cells, address
from assessments.workbook.identity import Identity
from assessments.workbook.read import Reading
from assessments.workbook.values import Found, suspects, value_of

COLUMNS = ("country", "round", "institution", "question", "value", "who", "when", "why")
FURTHER = ("no_answer_because", "dissent", "evidence")
_MARKS = frozenset({"question", "who", "why"})  # columns that no answer and no export has
OBSERVER = "observer"  # kind of an institution that may judge, besides the validation meeting
# no "nan", "1e9" or "1_000", which Python reads too
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?\Z")
_NUMBERS = frozenset({QuestionType.INTEGER, QuestionType.DECIMAL})


@dataclass(frozen=True, slots=True)
class Judgements:
    """A file of judgements before its questions are known: whose it is, and its lines."""

    name: str
    sha256: str
    iso3: str
    round: str
    institution: str
    lines: Lines

    def identity(self, pack: Pack) -> Identity:
        """As a workbook would say it."""
        return Identity(
            pack=pack.id,
            pack_version=pack.version,
            pack_digest=pack.digest,
            iso3=self.iso3,
            round=self.round,
            institution=self.institution,
            language="en",
            tier=Tier.DEEP,
        )


def is_judgements(cells: Cells) -> bool:
    """True where the first sheet says of questions who judges, and why."""
    return bool(cells.sheets) and set(headings_of(cells.sheets[0]).values()) >= _MARKS


def take_judgements(cells: Cells, name: str) -> Judgements | tuple[Problem, ...]:
    """The lines of the table, or why they are not the judgements of one institution."""
    headings = headings_of(cells.sheets[0])
    missing = [column for column in COLUMNS if column not in headings.values()]
    if missing:
        return (
            fault(
                "judgements-columns",
                name,
                f"A table of judgements lacks the columns {', '.join(missing)}.",
                f"Give one line a question with {', '.join(COLUMNS)}, and where needed "
                f"{', '.join(FURTHER)}.",
            ),
        )
    lines = lines_of(cells.sheets[0], headings)
    named = {(line["country"], line["round"], line["institution"]) for _, line in lines}
    if len(named) != 1:
        what = "name several countries, rounds or institutions" if named else "are missing"
        remedy = "Make one file for each." if named else "Give one line for each question."
        return (fault("judgements-of-several", name, f"The lines {what}.", remedy),)
    return Judgements(name, cells.sha256, *named.pop(), lines=lines)


def read_judgements(given: Judgements, pack: Pack) -> Reading:
    """The judgements as answers of their institution, or every fault of the file at once."""
    may = [
        code for code, one in pack.institutions.items() if code == AGREED or one.kind == OBSERVER
    ]
    if given.institution not in may:
        problem = fault(
            "judgements-not-a-judge",
            given.name,
            f"«{given.institution[:40]}» does not judge; it answers a questionnaire.",
            f"Judgements come from {' or '.join(may) or 'nobody in this pack'}.",
        )
        return Reading(None, (), (problem,), given.sha256)
    found = [_Line(given, pack, row, cells).read() for row, cells in given.lines]
    problems = [problem for one in found if isinstance(one, tuple) for problem in one]
    problems += [
        fault(
            "judgements-twice",
            given.name,
            f"{question} is judged in lines {rows}.",
            "Keep one line for each question.",
        )
        for question, rows in given_twice(given.lines, "question")
    ]
    if problems:
        return Reading(None, (), tuple(problems), given.sha256)
    answers = tuple(one for one in found if isinstance(one, Answer))
    return Reading(given.identity(pack), answers, (), given.sha256)


@dataclass(frozen=True, slots=True)
class _Line:
    """One judgement."""

    given: Judgements
    pack: Pack
    row: int
    cells: Mapping[str, str]

    def read(self) -> Answer | tuple[Problem, ...]:
        """The answer, or what is wrong with the line."""
        question = self.pack.question.get(self.cells["question"])
        problems = list(self._missing())
        if question is None:
            wrong = self.cells["question"][:40]
            problems.append(
                self._wrong("question", f"«{wrong}» is no question.", "Use an id of the survey.")
            )
            return tuple(problems)
        value, state = None, None
        if because := self.cells.get("no_answer_because", ""):
            state = self._state(because)
            if state is None or self.cells["value"]:
                problems.append(
                    self._wrong(
                        "no_answer_because",
                        f"«{because[:40]}» is no reason, or stands beside a value.",
                        f"Leave value empty and use {', '.join(self._reasons())}.",
                    )
                )
        else:
            found = self._value(question)
            value = found.value
            if found.code:
                fault = found.problem(SHEET, self._cell("value"), question.name)
                problems.append(
                    fault.model_copy(update={"severity": Severity.FILE, "file": self.given.name})
                )
        return tuple(problems) or self._answer(question, state or AnswerState.ANSWERED, value)

    def _missing(self) -> Sequence[Problem]:
        found = []
        for column in ("who", "why"):
            if not self.cells[column]:
                found.append(self._wrong(column, "It is empty.", "A judgement says who and why."))
        for column in ("who", "why", "dissent", "evidence"):
            if hidden := suspects(self.cells.get(column, "")):
                found.append(
                    self._wrong(column, f"It holds hidden characters ({hidden}).", "Type it anew.")
                )
        try:
            date.fromisoformat(self.cells["when"][:10])
        except ValueError:
            found.append(self._wrong("when", "It is no date.", "Write it as 2026-05-31."))
        if not self.cells["value"] and not self.cells.get("no_answer_because"):
            found.append(
                self._wrong("value", "It is empty.", "Give a value, or a reason for none.")
            )
        return found

    def _reasons(self) -> dict[str, str]:
        return {one.name: one.kind or one.name for one in
                self.pack.choice_lists.get("no_answer_reasons", ())}  # fmt: skip

    def _state(self, because: str) -> AnswerState | None:
        state = self._reasons().get(because)
        return AnswerState(state) if state in {one.value for one in AnswerState} else None

    def _value(self, question: Question) -> Found:
        """Read by the rules of a workbook's cell."""
        text = self.cells["value"]
        if not text:
            return Found()
        if question.type is QuestionType.TABLE:
            return Found(code="unknown-choice", fields={"value": text[:200], "suggestion": ""})
        kind: CellKind = CellKind.TEXT
        value: str | float = text
        if question.type in _NUMBERS and _NUMBER.match(text):
            kind, value = CellKind.NUMBER, float(text)
        labels = {choice.name: str(choice.label) for choice in question.choices}
        found = value_of(Cell(self.row, 1, kind, value), question, labels)
        rule = question.constraint
        if found.value is None or rule is None or rule.names or rule.holds({}, found.value):
            return found
        fields = {"value": text[:200], "rule": str(question.constraint_message)}
        return Found(code="out-of-range", fields=fields)

    def _answer(self, question: Question, state: AnswerState, value: str | float | None) -> Answer:
        given, cells = self.given, self.cells
        name = printed_id(Kind.ANSWER, given.iso3, given.round, given.institution, question.name)
        said = f"{cells['who']}, {cells['when']}: {cells['why']}"
        if dissent := cells.get("dissent", ""):
            said += f" Dissent: {dissent}"
        several = question.type is QuestionType.SELECT_MULTIPLE and isinstance(value, str)
        chosen = tuple(str(value).split("|")) if several else value
        return Answer(
            id=name,
            question=question.name,
            institution=given.institution,
            state=state,
            value=chosen if state is AnswerState.ANSWERED else None,
            evidence=cells.get("evidence", ""),
            evidence_state=EvidenceState.OBSERVED,
            comment=said,
            source=Source(
                workbook_sha256=given.sha256,
                sheet=SHEET,
                cell=self._cell("value"),
                file_name=given.name,
            ),
        )

    def _cell(self, column: str) -> str:
        return address(self.row, list(self.cells).index(column) + 1)

    def _wrong(self, column: str, message: str, remedy: str) -> Problem:
        return fault(
            "judgement", self.given.name, f"Line {self.row}, {column}: {message}", remedy,
            cell=self._cell(column), question=self.cells["question"][:40],
        )  # fmt: skip
