"""What is said where nothing, or not everything asked for, could be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assessments.design.phrases import quoted
from assessments.language import Money, Said


def no_gaps() -> Said:
    return Said(
        "No gap is known, so no project is proposed. Ask for the answers that are missing, or set "
        "the aims of the method higher."
    )


def nothing_helps() -> Said:
    return Said(
        "No intervention can be offered for the gaps that are known: each is ruled out, in place "
        "already, or beyond what the counterpart can carry."
    )


def below_cheapest(
    ceiling: Decimal | None, needed: Decimal, titles: Sequence[str], currency: str
) -> Said:
    if ceiling is None:
        return Said(
            "The ceiling is below the cheapest useful package, which costs {needed} with support "
            "cost ({names}). Raise the budget to at least that amount.",
            needed=Money(needed, currency),
            names=quoted(titles),
        )
    return Said(
        "A budget of {budget} is below the cheapest useful package, which costs {needed} with "
        "support cost ({names}). Raise the budget to at least that amount.",
        budget=Money(ceiling, currency),
        needed=Money(needed, currency),
        names=quoted(titles),
    )


def decisions_impossible(titles: Sequence[str]) -> Said:
    return Said(
        "The interventions included by decision ({names}) cannot all be carried out: a limit of "
        "capacity or a prerequisite stands against it. Withdraw one of them.",
        names=quoted(titles),
    )
