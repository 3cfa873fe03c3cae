"""What people decided about the project: interventions in or out, and what it may cost.

A decision comes in as a file, like an answer, and is kept like one: with the cell it stands in. It
is followed, and printed with who took it, when and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assessments.design.phrases import ended
from assessments.language import Money, Said
from assessments.pack.model import Pack
from assessments.results import Answer, AnswerState

BUDGET = "budget"  # what a decision on the ceiling is about
CHOICES = ("include", "exclude")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: on an intervention (include, exclude), or on the budget (an amount in USD)."""

    about: str
    decision: str
    reason: str
    by: str = ""  # a function, such as Head of unit
    when: str = ""  # ISO date
    answer: str = ""  # id under which it is kept, for the trace

    def as_value(self) -> tuple[str, ...]:
        """As the value of an answer."""
        return (self.decision, self.by, self.when, self.reason)

    @property
    def taken_by(self) -> str:
        """Who and when, as far as either is known."""
        return ", ".join(filter(None, (self.by, self.when)))

    @property
    def verdict(self) -> Literal["include", "exclude"]:
        """What becomes of the intervention."""
        return "include" if self.decision == "include" else "exclude"


def decisions_of(kept: Iterable[Answer]) -> tuple[Decision, ...]:
    """The decisions that stand, from what the store keeps of them."""
    found = []
    for answer in kept:
        if answer.state is AnswerState.ANSWERED and isinstance(answer.value, tuple):
            decision, by, when, reason = map(str, answer.value)
            found.append(Decision(answer.question, decision, reason, by, when, answer.id))
    return tuple(found)


def settle_budget(
    named: Decimal | None, decisions: Sequence[Decision]
) -> tuple[Decimal | None, list[str]]:
    """The ceiling that holds, and what a reader is told: one that is named for now goes first."""
    taken = next((one for one in decisions if one.about == BUDGET), None)
    if taken is None:
        return named, []
    ceiling = Decimal(taken.decision)
    if named is not None and named != ceiling:
        return named, [_ceiling_set_aside(ceiling, named, taken.taken_by)]
    return ceiling, [_ceiling_decided(ceiling, taken.taken_by, taken.reason)]


def unknown_to(pack: Pack, decisions: Iterable[Decision]) -> list[str]:
    """Decisions on interventions that this version of the pack does not offer, in words."""
    return [
        _decision_on_nothing(one.about, one.taken_by)
        for one in decisions
        if one.about != BUDGET and one.about not in pack.intervention
    ]


# --- sentences ------------------------------------------------------------------------------------


def _ceiling_decided(ceiling: Decimal, by: str, reason: str) -> Said:
    amount = Money(ceiling, "USD")
    if by:
        return Said(
            "The ceiling of {ceiling} was decided by {by}: {reason}",
            ceiling=amount,
            by=by,
            reason=ended(reason),
        )
    return Said(
        "The ceiling of {ceiling} was decided: {reason}", ceiling=amount, reason=ended(reason)
    )


def _ceiling_set_aside(ceiling: Decimal, named: Decimal, by: str) -> Said:
    amounts = {"ceiling": Money(ceiling, "USD"), "named": Money(named, "USD")}
    if by:
        return Said(
            "The decided ceiling of {ceiling} ({by}) was set aside for this computation, which was "
            "asked for with {named}.",
            by=by,
            **amounts,
        )
    return Said(
        "The decided ceiling of {ceiling} was set aside for this computation, which was asked for "
        "with {named}.",
        **amounts,
    )


def _decision_on_nothing(about: str, by: str) -> Said:
    if by:
        return Said(
            "A decision ({by}) is about {about}, which this version of the questionnaire pack does "
            "not offer: it was not applied.",
            by=by,
            about=about,
        )
    return Said(
        "A decision is about {about}, which this version of the questionnaire pack does not offer: "
        "it was not applied.",
        about=about,
    )
