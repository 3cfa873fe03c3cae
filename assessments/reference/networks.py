"""Cooperation networks: which there are, who belongs to them, and which a country could join.

Judicial networks (WACAP, PILON ...), asset recovery networks (the ARINs), police and financial
intelligence networks. Where a member list was found in no public source the network is kept with
`members_listed` false: then an absent membership means unknown, not "no".
"""

from dataclasses import dataclass
from functools import cache

from assessments.errors import TanaError
from assessments.reference.fictional import fictional_countries
from assessments.reference.tables import listed, table
from assessments.results import CountryProfile

_OWN_REGION = 0.1  # a lone guest from afar does not make a network one of its region


class UnknownNetwork(TanaError):
    """The code is not one of the reference networks."""


@dataclass(frozen=True, slots=True)
class Network:
    """One cooperation network as public sources describe it."""

    code: str  # WACAP
    name: str
    kind: str  # judicial, asset_recovery, law_enforcement, financial_intelligence
    year: str  # of establishment, "" unknown
    secretariat: str
    working_languages: tuple[str, ...]  # English names
    admission: str  # region: States of its region; community: members of a body; worldwide
    regions: frozenset[str]  # where it is at home (finest M49 grouping): stated, or by its members
    members: tuple[str, ...]  # ISO3 codes of real States, sorted
    members_listed: bool  # False: no public member list was found
    verification: str
    source: str
    notes: str


@cache
def networks() -> tuple[Network, ...]:
    """All reference networks, in the order of the table."""
    return tuple(_network(row) for row in table("networks"))


@cache
def _by_code() -> dict[str, Network]:
    return {one.code: one for one in networks()}


def network(code: str) -> Network:
    """The network of this code. Raises UnknownNetwork."""
    try:
        return _by_code()[code]
    except KeyError:
        raise UnknownNetwork(
            f"{code!r} is no network of the reference data.",
            "Use one of: " + ", ".join(sorted(_by_code())) + ".",
        ) from None


@cache
def networks_of(iso3: str) -> tuple[str, ...]:
    """Codes of the networks that list this country as a member; empty where none does."""
    invented = fictional_countries().get(iso3)
    if invented is not None:
        return listed(invented["networks"])
    return tuple(one.code for one in networks() if iso3 in one.members)


def networks_of_region(profile: CountryProfile) -> tuple[str, ...]:
    """Codes of networks of the country's region that it does not belong to and could join.

    Networks bound to a community of States (Commonwealth, European Union, Ibero-America) and
    worldwide bodies are left out: being their neighbour gives no way in.
    """
    own = set(profile.networks)
    return tuple(
        one.code
        for one in networks()
        if one.admission == "region" and one.code not in own and profile.subregion in one.regions
    )


def _network(row: dict[str, str]) -> Network:
    members = tuple(
        sorted(
            member["iso3"]
            for member in table("network_members")
            if member["network"] == row["code"]
        )
    )
    return Network(
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        year=row["year_established"],
        secretariat=row["secretariat"],
        working_languages=listed(row["working_languages"]),
        admission=row["admission"],
        regions=frozenset(listed(row["regions"])) or _home(members),
        members=members,
        members_listed=row["members_listed"] == "yes",
        verification=row["verification"],
        source=row["source"],
        notes=row["notes"],
    )


def _home(members: tuple[str, ...]) -> frozenset[str]:
    """The sub-regions in which at least a tenth of the members lie."""
    lie_in = [_places()[iso3] for iso3 in members]
    return frozenset(
        place for place in set(lie_in) if lie_in.count(place) >= _OWN_REGION * len(lie_in)
    )


@cache
def _places() -> dict[str, str]:
    return {
        row["iso3"]: row["intermediate_region"] or row["subregion"] for row in table("countries")
    }
