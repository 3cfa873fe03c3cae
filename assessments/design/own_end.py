"""What one State brings to each form of cooperation: its own end of every corridor.

It reads the levels of this State alone, so that its report says where cooperation would stop on its
side whoever the partner is, and tells nothing of any other State. What two States have in common (a
language, a network) is known only once there are two: see `corridors`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assessments.design.corridors import LinkEnd
from assessments.pack.corridors import LinkKind, LinkRule
from assessments.pack.model import Pack
from assessments.results import ChosenIntervention, Scores, Sensitivity, SubDimensionScore, Value


class Side(Value):
    """One State as the one that asks, or as the one that is asked."""

    at_most: float | None  # the lowest level known on this side, 0 to 4; None: none is known
    weakest: tuple[LinkKind, ...]  # links at that level
    held_back_by: tuple[LinkEnd, ...]  # the levels that hold them there
    unknown: tuple[LinkKind, ...]  # links of which a level is not known
    sensitivity: Sensitivity


class OwnEnd(Value):
    """One form of cooperation, seen from one State."""

    form: str  # MLA
    requesting: Side
    requested: Side


class Shareable(Value):
    """A chosen activity that a method reckons to be paid for in part only once."""

    intervention: str  # INT_050
    id: str  # INT_XAA_2026_050
    once: float  # the part, 0 to 1
    sensitivity: Sensitivity


def own_ends(pack: Pack, scores: Scores) -> tuple[OwnEnd, ...]:
    """This State's end of every form of cooperation of `corridors.csv`; none without that table."""
    known = {score.sub_dimension: score for score in scores.sub_dimensions}
    iso3 = scores.assessment.iso3
    return tuple(
        OwnEnd(
            form=form,
            requesting=_side(iso3, ((r.link, r.requesting) for r in rules), known),
            requested=_side(iso3, ((r.link, r.requested) for r in rules), known),
        )
        for form, rules in _by_form(pack.corridors).items()
    )


def shareable(pack: Pack, chosen: Sequence[ChosenIntervention]) -> tuple[Shareable, ...]:
    """What this State could do together with others; whether it is cheaper, a pair of designs says.

    None where the method has no joint delivery.
    """
    joint = pack.method.design.joint if pack.method else None
    if joint is None:
        return ()
    return tuple(
        Shareable(
            intervention=one.intervention,
            id=one.id,
            once=once,
            sensitivity=one.sensitivity,
        )
        for one in chosen
        if (once := joint.once.get(pack.intervention[one.intervention].type)) is not None
    )


def _by_form(rules: Iterable[LinkRule]) -> Mapping[str, list[LinkRule]]:
    found: dict[str, list[LinkRule]] = {}
    for rule in rules:
        found.setdefault(rule.form, []).append(rule)
    return found


def _side(
    iso3: str,
    links: Iterable[tuple[LinkKind, Sequence[str]]],
    known: Mapping[str, SubDimensionScore],
) -> Side:
    feet = [(link, known[code]) for link, codes in links for code in codes if code in known]
    lowest = min((score.level for _, score in feet if score.level is not None), default=None)
    low = [(link, score) for link, score in feet if lowest is not None and score.level == lowest]
    return Side(
        at_most=lowest,
        weakest=tuple(dict.fromkeys(link for link, _ in low)),
        held_back_by=tuple(
            LinkEnd(iso3=iso3, score=one.id, sub_dimension=one.sub_dimension, level=one.level)
            for one in {score.id: score for _, score in low}.values()
        ),
        unknown=tuple(dict.fromkeys(link for link, score in feet if score.level is None)),
        sensitivity=Sensitivity.highest(*(score.sensitivity for _, score in feet)),
    )
