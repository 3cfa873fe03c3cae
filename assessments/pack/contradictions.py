"""Contradictions an analyst should ask about, as data of the pack.

A row names two answers that hardly go together: what the law says and what happens, or what the
two sides of one cooperation say of each other. `contradictions.csv` is optional.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assessments.pack.expressions import Expression, UnsupportedExpression, parse
from assessments.pack.model import Question, Words
from assessments.pack.tables import Columns, Faults, Record, nearest, read_table

CONTRADICTIONS_FILE = "contradictions.csv"
_COLUMNS = Columns(
    plain=("name", "kind", "when", "unreviewed"),
    worded=("says", "reason"),
    needed=("name", "kind", "when", "says", "reason"),
)


class ContradictionKind(StrEnum):
    """Between which two things it stands."""

    LAW_PRACTICE = "law_practice"
    TWO_SIDES = "two_sides"  # two institutions on one cooperation


@dataclass(frozen=True, slots=True)
class ContradictionRule:
    """Two answers that hardly go together."""

    name: str
    kind: ContradictionKind
    when: Expression  # over standing answers; unanswered never fires
    says: Words  # what stands against what, as a sentence to ask about
    reason: Words  # why the two hardly go together, and what could explain it

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that it sets against each other."""
        return tuple(sorted(self.when.names))


def read_contradictions(folder: Path, faults: Faults) -> tuple[ContradictionRule, ...]:
    """The rows of a pack; none where it has no such table."""
    if not (folder / CONTRADICTIONS_FILE).exists():
        return ()
    records = read_table(folder, CONTRADICTIONS_FILE, _COLUMNS, faults)
    return tuple(rule for record in records if (rule := _rule(record)) is not None)


def check_contradictions(
    rules: tuple[ContradictionRule, ...], questions: dict[str, Question], faults: Faults
) -> None:
    """Name rules that read unknown questions, or that set nothing against anything."""
    for row, rule in enumerate(rules, start=2):
        for name in sorted(rule.when.names - questions.keys()):
            faults.add(
                "unknown-name", f"The rule of «{rule.name}» reads «{name}», which stands nowhere.",
                f"Correct the name{nearest(name, list(questions))}.",
                file=CONTRADICTIONS_FILE, row=row, column="when",
            )  # fmt: skip
        leads = {questions[name].lead for name in rule.when.names if name in questions}
        if len(rule.when.names) < 2 or (
            rule.kind is ContradictionKind.TWO_SIDES and len(leads) < 2
        ):
            faults.add(
                "one-sided", f"«{rule.name}» does not set two sides against each other.",
                "Read two questions, for two_sides of two leads.",
                file=CONTRADICTIONS_FILE, row=row, column="when",
            )  # fmt: skip


def _rule(record: Record) -> ContradictionRule | None:
    try:
        when = parse(record.text("when"))
    except UnsupportedExpression as error:
        record.wrong("unsupported-expression", "when", error.message, error.remedy)
        return None
    return ContradictionRule(
        name=record.text("name"),
        kind=ContradictionKind(record.one_of("kind", [one.value for one in ContradictionKind])),
        when=when,
        says=record.words("says"),
        reason=record.words("reason"),
    )
