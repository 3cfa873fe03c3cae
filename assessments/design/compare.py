"""Why two countries get different projects: which interventions differ, and what made it so."""

from __future__ import annotations

from collections.abc import Iterable

from assessments.design.logframe_words import delivered
from assessments.language import Said
from assessments.results import (
    AppliedRule,
    ChosenIntervention,
    ProjectDesign,
    RejectedIntervention,
    Sensitivity,
    Value,
)

Place = ChosenIntervention | RejectedIntervention


class Side(Value):
    """One intervention in one country."""

    iso3: str
    chosen: bool
    code: str  # why it was left out: rule, cost ...; "" where chosen or not of the pack
    reason: Said
    rules: tuple[str, ...]  # rules that fired here and not in the other country
    quantity: Said


class Difference(Value):
    """One intervention that the two designs treat differently."""

    intervention: str
    title: str
    first: Side
    second: Side
    rules: tuple[str, ...]  # the rules that made the difference; empty where it was the gaps
    because: Said
    sensitivity: Sensitivity


class Comparison(Value):
    """Two designs side by side."""

    first: str
    second: str
    differences: tuple[Difference, ...]
    same: tuple[str, ...]  # interventions both have in the same form


def compare_designs(first: ProjectDesign, second: ProjectDesign) -> Comparison:
    """Which interventions of the full packages differ, and which rule made the difference."""
    sides = (_places(first), _places(second))
    chosen = [
        name
        for name in sorted({*sides[0], *sides[1]})
        if any(isinstance(side.get(name), ChosenIntervention) for side in sides)
    ]
    found, same = [], []
    for name in chosen:
        one = _difference(name, first, second, sides[0].get(name), sides[1].get(name))
        if one is None:
            same.append(name)
        else:
            found.append(one)
    return Comparison(
        first=first.country.iso3,
        second=second.country.iso3,
        differences=tuple(found),
        same=tuple(same),
    )


def _places(design: ProjectDesign) -> dict[str, Place]:
    places: dict[str, Place] = {one.intervention: one for one in design.rejected}
    places |= {one.intervention: one for one in design.interventions}
    return places


def _difference(
    name: str, first: ProjectDesign, second: ProjectDesign, left: Place | None, right: Place | None
) -> Difference | None:
    here, there = _rules(left), _rules(right)
    sides = (
        _side(first.country.iso3, left, here, there),
        _side(second.country.iso3, right, there, here),
    )
    if sides[0].chosen and sides[1].chosen and not (sides[0].rules or sides[1].rules):
        return None
    only = [rule for rules, other in ((here, there), (there, here))
            for key, rule in rules.items() if key not in other]  # fmt: skip
    return Difference(
        intervention=name,
        title=next(one.title for one in (left, right) if one),
        first=sides[0],
        second=sides[1],
        rules=_deciding(sides, only),
        because=_because(first, second, sides, here, there),
        sensitivity=Sensitivity.highest(
            *(one.sensitivity for one in (left, right) if one),
            *(rule.sensitivity for rule in only),
        ),
    )


def _rules(place: Place | None) -> dict[str, AppliedRule]:
    return {rule.rule: rule for rule in place.rules} if place else {}


def _side(
    iso3: str, place: Place | None, own: dict[str, AppliedRule], other: dict[str, AppliedRule]
) -> Side:
    chosen = isinstance(place, ChosenIntervention)
    return Side(
        iso3=iso3,
        chosen=chosen,
        code=place.code if isinstance(place, RejectedIntervention) else "",
        reason=place.why
        if isinstance(place, ChosenIntervention)
        else place.reason
        if place
        else Said(),
        rules=tuple(key for key in own if key not in other),
        quantity=delivered(place.quantity, place.unit)
        if isinstance(place, ChosenIntervention)
        else Said(),
    )


def _deciding(sides: tuple[Side, Side], only: list[AppliedRule]) -> tuple[str, ...]:
    """Where only one country has it: the rules for or against it. Else all that differ."""
    if sides[0].chosen and sides[1].chosen:
        return tuple(rule.rule for rule in only)
    return tuple(rule.rule for rule in only if rule.effect in {"require", "rule_out"})


def _because(
    first: ProjectDesign,
    second: ProjectDesign,
    sides: tuple[Side, Side],
    here: dict[str, AppliedRule],
    there: dict[str, AppliedRule],
) -> Said:
    names = (first.country.un_name, second.country.un_name)
    if sides[0].chosen and sides[1].chosen:
        return Said.together(
            Said("Both have it, done differently."),
            *(
                _done(name, (rules[key].how or rules[key].reason for key in side.rules))
                for name, side, rules in zip(names, sides, (here, there), strict=True)
                if side.rules
            ),
        )
    with_, without = (0, 1) if sides[0].chosen else (1, 0)
    return Said.together(
        Said("Only {country} has it.", country=names[with_]),
        _done(names[without], [sides[without].reason]) if sides[without].reason else "",
    )


def _done(country: str, reasons: Iterable[Said]) -> Said:
    return Said("{country}: {reasons}", country=country, reasons=Said.together(*reasons))
