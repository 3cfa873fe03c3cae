"""Decisions on the project as a table (CSV or Excel): what is in or out, and what it may cost.

One line a decision: an intervention (include, exclude) or the budget (a ceiling in USD), with the
function that decided, when and why. A later file adds to an earlier one; `withdraw` takes a
decision back. A file with a fault is refused whole, for its author sits at the same desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from assessments.design import BUDGET, CHOICES, Decision
from assessments.identifiers import Kind, printed_id
from assessments.intake.csv_lines import SHEET, Lines, fault, given_twice, headings_of, lines_of
from assessments.pack.model import Pack, Tier
from assessments.pack.tables import nearest
from assessments.problems import Problem
from assessments.results import Answer, AnswerState, Source
from assessments.store import DECISIONS
from assessments.untrusted.cells import Cells, address
from assessments.workbook.identity import Identity
from assessments.workbook.read import Reading
from assessments.workbook.values import suspects

COLUMNS = ("country", "round", "about", "decision", "who", "when", "why")
WITHDRAW = "withdraw"
_MARKS = frozenset({"about", "decision", "who"})  # columns that no answer and no export has
_CENTS = Decimal("0.01")
_MOST = Decimal(10) ** 12  # USD; more is a slip of the keyboard


@dataclass(frozen=True, slots=True)
class Decided:
    """A file of decisions before its pack is known: whose it is, and its lines."""

    name: str
    sha256: str
    iso3: str
    round: str
    lines: Lines


def is_decisions(cells: Cells) -> bool:
    """True where the first sheet says of interventions who decided what."""
    return bool(cells.sheets) and set(headings_of(cells.sheets[0]).values()) >= _MARKS


def take_decisions(cells: Cells, name: str) -> Decided | tuple[Problem, ...]:
    """The lines of the table, or why they are not the decisions on one project."""
    headings = headings_of(cells.sheets[0])
    missing = [column for column in COLUMNS if column not in headings.values()]
    if missing:
        said = f"A table of decisions lacks the columns {', '.join(missing)}."
        remedy = f"Give one line a decision with {', '.join(COLUMNS)}."
        return (fault("decisions-columns", name, said, remedy),)
    lines = lines_of(cells.sheets[0], headings)
    named = {(line["country"], line["round"]) for _, line in lines}
    if len(named) != 1:
        what = "name several countries or rounds" if named else "are missing"
        remedy = "Make one file for each." if named else "Give one line for each decision."
        return (fault("decisions-of-several", name, f"The lines {what}.", remedy),)
    return Decided(name, cells.sha256, *named.pop(), lines=lines)


def read_decisions(given: Decided, pack: Pack) -> Reading:
    """The decisions as they are kept, or every fault of the file at once."""
    found = [_Line(given, pack, row, cells) for row, cells in given.lines]
    problems = [problem for line in found for problem in line.problems()]
    problems += [
        fault(
            "decisions-twice",
            given.name,
            f"{about} is decided in lines {rows}.",
            "Keep one line for each intervention, and one for the budget.",
        )
        for about, rows in given_twice(given.lines, "about")
    ]
    if problems:
        return Reading(None, (), tuple(problems), given.sha256)
    identity = Identity(
        pack=pack.id,
        pack_version=pack.version,
        pack_digest=pack.digest,
        iso3=given.iso3,
        round=given.round,
        institution=DECISIONS,
        language="en",
        tier=Tier.DEEP,
    )
    return Reading(identity, tuple(line.answer() for line in found), (), given.sha256)


def _amount(text: str) -> Decimal | None:
    """A ceiling in USD, to the cent; None where it is no such amount."""
    try:
        amount = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    sound = amount.is_finite() and 0 <= amount < _MOST
    return amount.quantize(_CENTS) if sound and amount == amount.quantize(_CENTS) else None


@dataclass(frozen=True, slots=True)
class _Line:
    """One decision."""

    given: Decided
    pack: Pack
    row: int
    cells: Mapping[str, str]

    def problems(self) -> list[Problem]:
        """All that is wrong with the line."""
        found = [*self._about(), *self._decision()]
        for column in ("who", "why"):
            if not self.cells[column]:
                found.append(self._wrong(column, "It is empty.", "A decision says who and why."))
            if hidden := suspects(self.cells[column]):
                found.append(
                    self._wrong(column, f"It holds hidden characters ({hidden}).", "Type it anew.")
                )
        try:
            date.fromisoformat(self.cells["when"])
        except ValueError:
            found.append(self._wrong("when", "It is no date.", "Write it as 2026-05-31."))
        return found

    def answer(self) -> Answer:
        """The decision as it is kept; one that is withdrawn leaves a blank in its place."""
        given, about = self.given, self.cells["about"]
        text, withdrawn = self.cells["decision"], self.cells["decision"] == WITHDRAW
        amount = _amount(text) if about == BUDGET else None
        decided = Decision(
            about=about,
            decision=str(amount) if amount is not None else text,
            reason=self.cells["why"],
            by=self.cells["who"],
            when=self.cells["when"],
        )
        return Answer(
            id=printed_id(Kind.ANSWER, given.iso3, given.round, DECISIONS, about),
            question=about,
            institution=DECISIONS,
            state=AnswerState.BLANK if withdrawn else AnswerState.ANSWERED,
            value=None if withdrawn else decided.as_value(),
            raw=" ".join((WITHDRAW, decided.taken_by, decided.reason)) if withdrawn else "",
            source=Source(
                workbook_sha256=given.sha256,
                sheet=SHEET,
                cell=self._cell("decision"),
                file_name=given.name,
            ),
        )

    def _about(self) -> list[Problem]:
        about, known = self.cells["about"], self.pack.intervention
        if about == BUDGET or about in known:
            return []
        remedy = f"Use {BUDGET}, or the id of an intervention{nearest(about, tuple(known))}"
        return [self._wrong("about", f"«{about[:40]}» is no intervention.", remedy)]

    def _decision(self) -> list[Problem]:
        text = self.cells["decision"]
        if text == WITHDRAW:
            return []
        if self.cells["about"] == BUDGET:
            if _amount(text) is not None:
                return []
            said = f"«{text[:40]}» is no amount in USD."
            return [self._wrong("decision", said, f"Write it as 900000, or {WITHDRAW}.")]
        if text in CHOICES:
            return []
        remedy = f"Write {', '.join(CHOICES)} or {WITHDRAW}."
        return [self._wrong("decision", f"«{text[:40]}» is no decision.", remedy)]

    def _cell(self, column: str) -> str:
        return address(self.row, list(self.cells).index(column) + 1)

    def _wrong(self, column: str, message: str, remedy: str) -> Problem:
        return fault(
            "decision", self.given.name, f"Line {self.row}, {column}: {message}", remedy,
            cell=self._cell(column), question=self.cells["about"][:40],
        )  # fmt: skip
