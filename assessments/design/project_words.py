"""What is said of the project as a whole, and of why each intervention of it was chosen."""

from __future__ import annotations

from collections.abc import Sequence

from assessments.design.phrases import ended, inside, package_name, quoted
from assessments.language import Level, Said
from assessments.results import AppliedRule, Gap


def title(country: str, areas: Sequence[str]) -> Said:
    if not areas:
        return Said("International cooperation against organized crime in {country}",
                    country=country)  # fmt: skip
    return Said(
        "International cooperation against organized crime in {country}: {areas}",
        country=country,
        areas=inside(areas),
    )


def gap_words(name: str, gap: Gap) -> Said:
    """A gap inside a sentence; two decimals where one would hide that there is a gap."""
    near = round(gap.level, 1) >= round(gap.target, 1)
    return Said(
        "{name!l} (level {level}, aim {target})",
        name=name,
        level=gap.level if near else Level(gap.level),
        target=gap.target if near else Level(gap.target),
    )


def why(
    gaps: Sequence[str],
    enables: Sequence[str],
    rules: Sequence[AppliedRule],
    tool_in_use: str,
    note: str,
) -> Said:
    """The sentences that explain a chosen intervention."""
    return Said.together(
        Said("Answers the gap in {gaps}.", gaps=tuple(gaps)) if gaps else "",
        Said("Needed first for {titles}.", titles=quoted(enables)) if enables else "",
        *(part for rule in rules for part in because_of(rule)),
        Said("{tool} is in use already and is not offered again.", tool=tool_in_use)
        if tool_in_use
        else "",
        Said("Condition: {note!l}.", note=note.removesuffix(".")) if note else "",
    )


def because_of(rule: AppliedRule) -> tuple[str, ...]:
    """What a rule says, as sentences: its reason, and how it is done here."""
    return (
        ended(rule.reason) if rule.reason else "",
        ended(Said("Here: {how}", how=rule.how)) if rule.how else "",
    )


def decisions_beyond(package: str) -> Said:
    return Said(
        "The {package!l} package is too small for what was included by decision; it is designed "
        "without it.",
        package=package_name(package),
    )


def longer_than_planned(months: int, planned: int) -> Said:
    return Said(
        "Prerequisites and capacity stretch the full package to {months} months, more than the "
        "{planned} of the method. Fund it in two stages, or choose the core package.",
        months=months,
        planned=planned,
    )


def gender_reason(marker: int, titles: Sequence[str]) -> Said:
    if marker == 0:
        return Said(
            "No activity counts people or addresses equality; to be reviewed before signature."
        )
    if marker == 1:
        return Said("People trained or mentored are counted by sex; equality is not itself an aim.")
    return Said(
        "Equality is a significant aim of {titles}, and people are counted by sex.",
        titles=quoted(titles),
    )
