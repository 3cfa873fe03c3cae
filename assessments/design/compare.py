"""Why two countries get different projects: which interventions differ, and what made it so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessments.design.logframe_words import delivered
from assessments.design.phrases import listed
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
    reason: str
    rules: tuple[str, ...]  # rules that fired here and not in the other country
    quantity: str


class Difference(Value):
    """One intervention that the two designs treat differently."""

    intervention: str
    title: str
    first: Side
    second: Side
    rules: tuple[str, ...]  # the rules that made the difference; empty where it was the gaps
    because: str
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
        else "",
        rules=tuple(key for key in own if key not in other),
        quantity=delivered(place.quantity, place.unit)
        if isinstance(place, ChosenIntervention)
        else "",
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
) -> str:
    names = (first.country.un_name, second.country.un_name)
    if sides[0].chosen and sides[1].chosen:
        reasons = [
            [_lower_first(rules[key].how or rules[key].reason).rstrip(".") for key in side.rules]
            for side, rules in zip(sides, (here, there), strict=True)
        ]
        return _differs(*names, dict(zip(names, reasons, strict=True)))
    with_, without = (0, 1) if sides[0].chosen else (1, 0)
    return _only_in(names[with_], names[without], sides[without].reason)


# --- sentences ------------------------------------------------------------------------------------


def _lower_first(text: str) -> str:
    """The text as it stands inside a sentence; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _only_in(country: str, other: str, because: str) -> str:
    return f"Only in {country}. In {other}: {because}"


def _differs(first: str, second: str, parts: Mapping[str, Sequence[str]]) -> str:
    said = [
        f"in {country}: {listed(reasons)}"
        for country, reasons in ((first, parts[first]), (second, parts[second]))
        if reasons
    ]
    return f"In both, done differently ({'; '.join(said)})."
