"""Which outcome and output each chosen intervention belongs to.

The groups are the pack's (`outcomes.csv`); a pack without that table gets one outcome for each
dimension. A country sees only the outcomes under which it has gaps, at most as many as the
method allows, most severe first; what falls under none of them joins the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.language import Said, languages, words
from assessments.pack.model import NO_WORDS, Intervention, Pack, Words
from assessments.pack.offers import ResultGroup, ResultLevel
from assessments.results import Gap

# Where a pack has no results of its own.
_PLAIN_OUTCOME = Said("Work on {area!l} is carried out at a functional level by {institutions}.")
_PLAIN_OUTPUT = Said("Advice, procedures and skills for {area!l} are delivered to {institutions}.")
_PLAIN_ASSUMPTION = Said("The institutions keep staff and budget for the work.")
_PLAIN_SUSTAINABILITY = Said(
    "The receiving institution takes running costs into its budget, as agreed in writing at the "
    "start. Without this the result ends with the project."
)


@dataclass(frozen=True)
class Chain:
    """Outcomes with their outputs, and what was assigned to each."""

    outcomes: tuple[ResultGroup, ...]
    outputs: Mapping[str, tuple[ResultGroup, ...]]  # outcome -> outputs that hold something
    members: Mapping[str, tuple[str, ...]]  # output -> interventions
    gaps: Mapping[str, tuple[Gap, ...]]  # outcome -> gaps it answers, most severe first


def link(
    pack: Pack,
    chosen: Mapping[str, tuple[str, ...]],
    gaps: Sequence[Gap],
    dependants: Mapping[str, Sequence[str]],
    most_outcomes: int,
    most_outputs: int,
) -> Chain:
    """Assign each chosen intervention (name -> sub-dimensions of its gaps) to an output."""
    severity = {gap.sub_dimension: gap.severity for gap in gaps}
    groups = result_groups(pack)
    outcomes = [one for one in groups if one.level is ResultLevel.OUTCOME]
    home = {code: one.name for one in outcomes for code in one.sub_dimensions}
    wished = {
        name: _home(pack.intervention[name], served, home, severity)
        for name, served in chosen.items()
    }
    for name, served in chosen.items():
        followers = [wished[one] for one in dependants.get(name, ()) if wished.get(one)]
        if not served and followers:
            wished[name] = followers[0]
    kept = _kept(outcomes, wished, severity, most_outcomes)
    if not kept:
        return Chain((), {}, {}, {})
    names = {one.name for one in kept}
    placed = {name: place if place in names else kept[0].name for name, place in wished.items()}
    outputs: dict[str, tuple[ResultGroup, ...]] = {}
    members: dict[str, tuple[str, ...]] = {}
    for outcome in kept:
        inside = [name for name, place in placed.items() if place == outcome.name]
        offered = [
            one for one in groups
            if one.level is ResultLevel.OUTPUT and one.under == outcome.name
        ]  # fmt: skip
        filled = _fill(pack, inside, offered, most_outputs)
        outputs[outcome.name] = tuple(group for group, _ in filled)
        members |= {group.name: held for group, held in filled}
    answered = {
        outcome.name: _answered(outcome.name, placed, chosen, gaps, home, names) for outcome in kept
    }
    return Chain(tuple(kept), outputs, members, answered)


def _home(
    one: Intervention,
    served: Sequence[str],
    home: Mapping[str, str],
    severity: Mapping[str, float],
) -> str:
    """The outcome of the most severe gap it answers; else of the sub-dimension it names first."""
    for code in sorted(served, key=lambda c: -severity.get(c, 0.0)):
        if code in home:
            return home[code]
    return next((home[code] for code in one.sub_dimensions if code in home), "")


def _kept(
    outcomes: Sequence[ResultGroup],
    wished: Mapping[str, str],
    severity: Mapping[str, float],
    most: int,
) -> list[ResultGroup]:
    used = [one for one in outcomes if one.name in wished.values()]
    weight = {one.name: sum(severity.get(code, 0.0) for code in one.sub_dimensions) for one in used}
    heaviest = sorted(used, key=lambda one: (-weight[one.name], one.name))[:most]
    if used == [] and wished and outcomes:
        return [outcomes[0]]
    return heaviest


def _fill(
    pack: Pack, inside: Sequence[str], offered: Sequence[ResultGroup], most: int
) -> list[tuple[ResultGroup, tuple[str, ...]]]:
    """Outputs that hold something; beyond the method's number the smallest join the largest."""
    held: dict[str, list[str]] = {one.name: [] for one in offered}
    for name in inside:
        kind = pack.intervention[name].type
        place = next((one.name for one in offered if kind in one.types), offered[-1].name)
        held[place].append(name)
    filled = [one for one in offered if held[one.name]]
    while len(filled) > max(most, 1):
        smallest = min(filled, key=lambda one: len(held[one.name]))
        filled.remove(smallest)
        largest = max(filled, key=lambda one: len(held[one.name]))
        held[largest.name] += held[smallest.name]
    return [(one, tuple(held[one.name])) for one in filled]


def _answered(
    outcome: str,
    placed: Mapping[str, str],
    chosen: Mapping[str, tuple[str, ...]],
    gaps: Sequence[Gap],
    home: Mapping[str, str],
    kept: set[str],
) -> tuple[Gap, ...]:
    """The gaps an outcome answers: its own, and those of its members that no kept outcome owns."""
    served = {code for name, place in placed.items() if place == outcome for code in chosen[name]}
    every = {code for codes in chosen.values() for code in codes}
    own = {code for code in every if home.get(code) == outcome}
    strays = {code for code in served if home.get(code) not in kept}
    return tuple(gap for gap in gaps if gap.sub_dimension in own | strays)


def result_groups(pack: Pack) -> tuple[ResultGroup, ...]:
    """The pack's results, or one outcome with one output for each dimension where it has none."""
    if any(one.level is ResultLevel.OUTCOME for one in pack.outcomes):
        return pack.outcomes
    groups = []
    types = tuple(dict.fromkeys(one.type for one in pack.interventions))
    for dimension in pack.dimensions:
        codes = tuple(s.code for s in pack.sub_dimensions if s.dimension == dimension.code)
        area = dimension.name
        groups += [
            ResultGroup(
                name=dimension.code, level=ResultLevel.OUTCOME, under="", sub_dimensions=codes,
                types=(), sentence=_everywhere(_PLAIN_OUTCOME, area),
                assumption=_everywhere(_PLAIN_ASSUMPTION),
            ),
            ResultGroup(
                name=f"{dimension.code}_output", level=ResultLevel.OUTPUT, under=dimension.code,
                sub_dimensions=(), types=types,
                sentence=_everywhere(_PLAIN_OUTPUT, area),
                assumption=_everywhere(_PLAIN_ASSUMPTION),
                sustainability=_everywhere(_PLAIN_SUSTAINABILITY),
            ),
        ]  # fmt: skip
    return tuple(groups)


def _everywhere(sentence: str, area: Words = NO_WORDS) -> Words:
    """A sentence of ours in all our languages, as if the pack had it; institutions stay open."""
    return Words(
        {
            language: words(language)(
                sentence, area=area.in_(language), institutions="{institutions}"
            )
            for language in languages()
        }
    )
