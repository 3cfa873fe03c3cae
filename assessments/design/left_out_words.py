"""What is said of an intervention that was left out: one sentence for each reason."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assessments.design.phrases import inside, package_name, quoted
from assessments.language import Money, Said
from assessments.results import AppliedRule


def ruled_out(rules: Sequence[AppliedRule], required: bool) -> Said:
    return Said.together(
        *(rule.reason for rule in rules if rule.effect == "rule_out"),
        Said("Another rule requires it; the reason against stands.") if required else "",
    )


def in_place() -> Said:
    return Said("The country's answers say that this exists already.")


def no_gap(names: Sequence[str]) -> Said:
    return Said("No gap was found in {areas}.", areas=inside(names))


def no_evidence(names: Sequence[str]) -> Said:
    return Said(
        "Too little is known of {areas} to say whether there is a gap: evidence first.",
        areas=inside(names),
    )


def context_only(names: Sequence[str]) -> Said:
    return Said("It serves {areas}, which is context and has no target.", areas=inside(names))


def little_effect() -> Said:
    return Said(
        "What is chosen already closes as much of these gaps; it would add little or nothing."
    )


def weak_effect() -> Said:
    return Said("It would close only a small part of a minor gap, beside what else can be done.")


def missing_prerequisite(titles: Sequence[str]) -> Said:
    return Said("It stands on {titles}, which cannot be offered here.", titles=quoted(titles))


def unaffordable_prerequisite(titles: Sequence[str]) -> Said:
    return Said("It would need {titles} first; together they do not fit.", titles=quoted(titles))


def too_dear(cost: Decimal, currency: str) -> Said:
    return Said(
        "With {cost} it does not fit under the ceiling; the same money closes more of the gaps "
        "elsewhere.",
        cost=Money(cost, currency),
    )


def no_capacity(high_at_once: int, months: int) -> Said:
    if high_at_once == 0:
        return Said(
            "The counterpart can carry no intervention of high demand; the {months} months of the "
            "project are taken by interventions that close more.",
            months=months,
        )
    return Said.counted(
        "The counterpart can carry {n} intervention of high demand at once; the {months} months "
        "of the project are taken by interventions that close more.",
        "The counterpart can carry {n} interventions of high demand at once; the {months} months "
        "of the project are taken by interventions that close more.",
        high_at_once,
        months=months,
    )


def already_in_smaller(names: Sequence[str]) -> Said:
    return Said(
        "It is part of a smaller package ({packages}); with the money of the full package other "
        "interventions close more of the same gaps.",
        packages=tuple(map(package_name, names)),
    )
