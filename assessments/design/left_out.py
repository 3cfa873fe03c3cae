"""Why each intervention that is not in the full package was left out: one reason, stated.

In the order in which a reader would ask: does it exist already, does a rule speak against it, is
there a gap at all, can its prerequisites be had, and if all that holds, was it money, capacity or
simply that the rest already closes the gap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assessments.design import left_out_words as words
from assessments.design.choose import Choice
from assessments.design.tailor import Tailored
from assessments.language import Said
from assessments.pack.design_method import DesignMethod
from assessments.pack.model import Pack
from assessments.results import Gap, RejectedIntervention, Scores, Sensitivity

Code = Literal["rule", "cost", "prerequisite", "capacity", "little_effect", "in_place"]


@dataclass(frozen=True)
class _Weighed:
    """What a reason is drawn from."""

    pack: Pack
    method: DesignMethod
    choice: Choice
    tailored: Mapping[str, Tailored]
    gaps: frozenset[str]  # sub-dimensions with a gap
    unknown: frozenset[str]  # sub-dimensions without a level
    ceiling: int | None  # cents, without support cost


def left_out(
    pack: Pack,
    method: DesignMethod,
    choice: Choice,
    tailored: Mapping[str, Tailored],
    gaps: Sequence[Gap],
    scores: Scores,
    ceiling: int | None,
) -> tuple[RejectedIntervention, ...]:
    """Every intervention of the pack that is not in the full package, with its reason."""
    weighed = _Weighed(
        pack=pack,
        method=method,
        choice=choice,
        tailored=tailored,
        gaps=frozenset(gap.sub_dimension for gap in gaps),
        unknown=frozenset(s.sub_dimension for s in scores.sub_dimensions if s.level is None),
        ceiling=ceiling,
    )
    full = choice.packages["full"].chosen
    marks = {score.sub_dimension: score.sensitivity for score in scores.sub_dimensions}
    return tuple(
        RejectedIntervention(
            intervention=name,
            title=str(one.intervention.title),
            code=(ground := _ground(name, one, weighed))[0],
            reason=ground[1],
            rules=one.rules,
            sensitivity=Sensitivity.highest(
                one.sensitivity,
                *(marks[c] for c in one.intervention.sub_dimensions if c in marks),
            ),
        )
        for name, one in tailored.items()
        if name not in full
    )


def _ground(name: str, one: Tailored, weighed: _Weighed) -> tuple[Code, Said]:
    choice = weighed.choice
    if one.ruled_out:
        return "rule", words.ruled_out(one.rules, one.required)
    if one.in_place:
        return "in_place", words.in_place()
    if not weighed.gaps & set(one.intervention.sub_dimensions) and name not in choice.candidates:
        return "little_effect", _no_gap(one, weighed)
    if name in choice.barred:
        return "prerequisite", words.missing_prerequisite(
            [_title(first, weighed) for first in sorted(choice.barred[name])]
        )
    if name not in choice.candidates:
        return "little_effect", words.weak_effect()
    return _weighed_and_left(name, weighed)


def _title(name: str, weighed: _Weighed) -> str:
    one = weighed.tailored.get(name)
    return str(one.intervention.title) if one else name


def _no_gap(one: Tailored, weighed: _Weighed) -> Said:
    """No gap, or nothing known: unknown is never a gap, and never a strength either."""
    unknown, fine, context = [], [], []
    for code in one.intervention.sub_dimensions:
        sub = weighed.pack.sub_dimension.get(code)
        name = str(sub.name) if sub else code
        dimension = weighed.pack.dimension.get(sub.dimension) if sub else None
        if dimension and dimension.context:
            context.append(name)
        elif code in weighed.unknown:
            unknown.append(name)
        else:
            fine.append(name)
    said = [
        sentence(names)
        for names, sentence in (
            (unknown, words.no_evidence),
            (fine, words.no_gap),
            (context, words.context_only),
        )
        if names
    ]
    return Said.together(*said)


def _weighed_and_left(name: str, weighed: _Weighed) -> tuple[Code, Said]:
    """A candidate that could have been chosen: what adding it to the full package would break."""
    choice, problem = weighed.choice, weighed.choice.problem
    full = choice.packages["full"].chosen
    smaller = [size for size, one in choice.packages.items() if name in one.chosen]
    if smaller:
        return "cost", words.already_in_smaller(smaller)
    together = full | problem.with_needs(name)
    if problem.benefit(together) <= problem.benefit(full):
        return "little_effect", words.little_effect()
    if any(
        sum(limit.uses.get(one, 0) for one in together) > limit.most for limit in problem.limits
    ):
        return "capacity", words.no_capacity(choice.high_at_once, weighed.method.months.value)
    added = problem.cost(together) - problem.cost(full)
    alone = problem.item[name].cost
    room = None if weighed.ceiling is None else weighed.ceiling - problem.cost(full)
    if room is not None and alone <= room < added:
        missing = sorted(together - full - {name})
        return "prerequisite", words.unaffordable_prerequisite(
            [_title(first, weighed) for first in missing]
        )
    return "cost", words.too_dear(Decimal(added) / 100, weighed.method.currency.value)
