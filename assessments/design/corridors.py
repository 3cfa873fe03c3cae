"""Cooperation has two ends: each pair's weakest link, and what States could do together.

A corridor is one form of cooperation from a requesting to a requested State. It is a chain of
five links (legal basis, authority, language, channel, practice) and carries as much as its weakest
one. Which sub-dimensions a link rests on at either end is data of the pack (`corridors.csv`). A
link that rests on a level nobody knows is unknown: the known ends still say how high it can be at
most. Activities that several designs hold are offered jointly where that costs less than apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from assessments.language import Said, Share
from assessments.pack.corridors import NETWORK, OFFICIAL_LANGUAGE, LinkKind, LinkRule
from assessments.pack.design_method import JointDelivery
from assessments.pack.model import Pack
from assessments.reference import network, networks
from assessments.results import (
    ChosenIntervention,
    CountryProfile,
    ProjectDesign,
    Scores,
    Sensitivity,
    SubDimensionScore,
    Value,
)

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class End:
    """One State of a corridor: what is known of it, and what is designed for it."""

    country: CountryProfile  # as the design has corrected it
    scores: Scores
    design: ProjectDesign
    could_join: tuple[str, ...] = ()  # networks of its region that it does not belong to


class LinkEnd(Value):
    """What a link rests on at one end."""

    iso3: str
    score: str  # printed id of the sub-dimension's level
    sub_dimension: str
    level: float | None  # 0 to 4


class Link(Value):
    """One link of a corridor."""

    link: LinkKind
    level: float | None  # 0 to 4; None: a level that it rests on is not known
    at_most: float | None  # what the known ends allow; None where nothing is known
    held_back_by: tuple[LinkEnd, ...]  # the ends at that level; empty where what is shared decides
    shared: str  # what decides: official_language or network:KIND; "" where the ends do
    in_common: tuple[str, ...]  # codes of what the two have of it; empty where none is known
    reason: str


class Corridor(Value):
    """One form of cooperation from one State to another."""

    form: str  # MLA
    requesting: str  # ISO3
    requested: str
    links: tuple[Link, ...]
    weakest: tuple[LinkKind, ...]  # links at the lowest known level; empty where none is known
    at_most: float | None  # what the corridor carries at most, 0 to 4
    unknown: tuple[LinkKind, ...]  # links of which a level is missing
    sensitivity: Sensitivity


class JointActivity(Value):
    """An activity of several designs that costs less when the States do it together."""

    intervention: str  # INT_050
    title: str
    countries: tuple[str, ...]
    apart: Decimal  # the national ones, without support cost
    together: Decimal
    saved: Decimal
    corridors: tuple[str, ...]  # forms whose weakest link it works on between these States
    because: Said
    sensitivity: Sensitivity


class NetworkOffer(Value):
    """A network that members and neighbours among these States could use together."""

    network: str
    name: str
    members: tuple[str, ...]
    could_join: tuple[str, ...]


class CorridorView(Value):
    """Every corridor between some States, and what they could do together. Ranks nobody."""

    corridors: tuple[Corridor, ...]
    joint: tuple[JointActivity, ...]
    networks: tuple[NetworkOffer, ...]


def corridor_view(pack: Pack, ends: Sequence[End]) -> CorridorView:
    """The corridors between every two of `ends`, in both directions.

    A pack without `corridors.csv` has none; without joint delivery in its method nothing is
    offered jointly.
    """
    found = tuple(
        corridor
        for one, other in permutations(ends, 2)
        for corridor in _corridors(pack.corridors, one, other)
    )
    return CorridorView(
        corridors=found,
        joint=tuple(_joint(pack, ends, found)),
        networks=tuple(_network_offers(ends)),
    )


# --- links ----------------------------------------------------------------------------------------


def _corridors(rules: Sequence[LinkRule], one: End, other: End) -> Iterator[Corridor]:
    for form in dict.fromkeys(rule.form for rule in rules):
        own = [rule for rule in rules if rule.form == form]
        links = tuple(_link(rule, one, other) for rule in own)
        lowest = min((x.at_most for x in links if x.at_most is not None), default=None)
        yield Corridor(
            form=form,
            requesting=one.country.iso3,
            requested=other.country.iso3,
            links=links,
            weakest=tuple(x.link for x in links if lowest is not None and x.at_most == lowest),
            at_most=lowest,
            unknown=tuple(x.link for x in links if x.level is None),
            sensitivity=Sensitivity.highest(
                *(
                    score.sensitivity
                    for rule in own
                    for codes, end in ((rule.requesting, one), (rule.requested, other))
                    for score in _scores(end, codes)
                )
            ),
        )


def _scores(end: End, codes: Iterable[str]) -> list[SubDimensionScore]:
    known = {score.sub_dimension: score for score in end.scores.sub_dimensions}
    return [known[code] for code in codes if code in known]


def _link(rule: LinkRule, one: End, other: End) -> Link:
    shares = _share(rule.shared, one.country, other.country)
    if rule.shared and shares and rule.if_shared is not None:
        return Link(
            link=rule.link,
            level=rule.if_shared,
            at_most=rule.if_shared,
            held_back_by=(),
            shared=rule.shared,
            in_common=shares,
            reason=str(rule.reason),
        )
    feet = [
        LinkEnd(
            iso3=end.country.iso3,
            score=score.id,
            sub_dimension=score.sub_dimension,
            level=score.level,
        )
        for codes, end in ((rule.requesting, one), (rule.requested, other))
        for score in _scores(end, codes)
    ]
    levels = [foot.level for foot in feet if foot.level is not None]
    lowest = min(levels, default=None)
    cap = rule.if_not_shared if rule.shared and not shares else None
    capped = cap is not None and (lowest is None or lowest > cap)
    at_most = cap if capped else lowest
    return Link(
        link=rule.link,
        # nothing is lower than absent, whatever the unknown end may be
        level=at_most if at_most == 0 or len(levels) == len(feet) > 0 else None,
        at_most=at_most,
        held_back_by=()
        if capped
        else tuple(foot for foot in feet if foot.level is not None and foot.level == lowest),
        shared=rule.shared if capped else "",
        in_common=shares if capped else (),
        reason=str(rule.reason),
    )


def _share(shared: str, one: CountryProfile, other: CountryProfile) -> tuple[str, ...]:
    """What both have of this kind: languages or networks by code; empty where nothing is known."""
    if shared == OFFICIAL_LANGUAGE:
        return tuple(sorted(set(one.official_languages) & set(other.official_languages)))
    kind = shared.removeprefix(NETWORK)
    both = set(one.networks) & set(other.networks)
    return tuple(item.code for item in networks() if item.code in both and item.kind == kind)


# --- what to do together --------------------------------------------------------------------------


def _joint(
    pack: Pack, ends: Sequence[End], corridors: Sequence[Corridor]
) -> Iterator[JointActivity]:
    joint = pack.method.design.joint if pack.method else None
    if joint is None:
        return
    for name, offer in pack.intervention.items():
        held = _held(name, ends)
        once = joint.once.get(offer.type)
        if once is None or len(held) < 2:
            continue
        countries = [end.country for end, _ in held]
        costs = [chosen.cost for _, chosen in held]
        apart = sum(costs, Decimal(0))
        together = _together(costs, once, _surcharge(joint, countries))
        if together >= apart:
            continue
        codes = tuple(country.iso3 for country in countries)
        yield JointActivity(
            intervention=name,
            title=str(offer.title),
            countries=codes,
            apart=apart,
            together=together,
            saved=apart - together,
            corridors=_works_on(set(offer.sub_dimensions), set(codes), corridors),
            because=paid_once(once),
            sensitivity=Sensitivity.highest(*(chosen.sensitivity for _, chosen in held)),
        )


def paid_once(share: float) -> Said:
    """How much of an activity's cost is paid whoever takes part (0 to 1)."""
    return Said("{share} of its cost is reckoned to be paid only once.", share=Share(share))


def _held(name: str, ends: Sequence[End]) -> list[tuple[End, ChosenIntervention]]:
    return [
        (end, chosen)
        for end in ends
        for chosen in end.design.interventions
        if chosen.intervention == name
    ]


def _together(costs: Sequence[Decimal], once: float, surcharge: float) -> Decimal:
    """The costliest one's common part is paid once, the rest by each; then the surcharge."""
    share = Decimal(str(once))
    plain = share * max(costs) + (1 - share) * sum(costs, Decimal(0))
    return (plain * (1 + Decimal(str(surcharge)))).quantize(_CENT)


def _surcharge(joint: JointDelivery, countries: Sequence[CountryProfile]) -> float:
    """More for interpretation where no language serves all, and for travel between regions."""
    spoken = [set(country.official_languages) for country in countries]
    regions = {country.region for country in countries}
    return (0.0 if set.intersection(*spoken) else joint.interpretation) + (
        joint.distance if len(regions) > 1 else 0.0
    )


def _works_on(
    sub_dimensions: set[str], countries: set[str], corridors: Sequence[Corridor]
) -> tuple[str, ...]:
    """Forms of cooperation between these States whose weakest link rests on what it serves."""
    forms: Mapping[str, None] = dict.fromkeys(
        corridor.form
        for corridor in corridors
        if {corridor.requesting, corridor.requested} <= countries
        for link in corridor.links
        if link.link in corridor.weakest
        and any(foot.sub_dimension in sub_dimensions for foot in link.held_back_by)
    )
    return tuple(forms)


def _network_offers(ends: Sequence[End]) -> Iterator[NetworkOffer]:
    """Networks in which at least two of these States could meet, and one of them is not yet."""
    codes = dict.fromkeys(code for end in ends for code in end.could_join)
    for code in codes:
        members = tuple(end.country.iso3 for end in ends if code in end.country.networks)
        could = tuple(end.country.iso3 for end in ends if code in end.could_join)
        if len(members) + len(could) > 1:
            yield NetworkOffer(
                network=code, name=network(code).name, members=members, could_join=could
            )
