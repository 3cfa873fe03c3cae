"""Which networks a country belongs to, and which it could join."""

import pytest

from assessments.reference import (
    countries,
    country,
    known,
    network,
    networks,
    networks_of,
    networks_of_region,
)
from assessments.reference.networks import UnknownNetwork
from assessments.reference.tables import table


def test_every_member_is_a_known_country() -> None:
    for one in networks():
        assert all(known(iso3) for iso3 in one.members), one.code
        assert len(set(one.members)) == len(one.members), one.code


def test_every_membership_belongs_to_a_network() -> None:
    codes = {one.code for one in networks()}
    assert {row["network"] for row in table("network_members")} <= codes
    for profile in countries():
        assert set(profile.networks) <= codes, profile.iso3


@pytest.mark.parametrize(
    ("code", "members"),
    [("SAHEL", {"BFA", "MLI", "MRT", "NER"}), ("IOC", {"COM", "FRA", "MDG", "MUS", "SYC"})],
)
def test_members_as_published(code: str, members: set[str]) -> None:
    assert set(network(code).members) == members


def test_a_network_without_a_public_member_list_says_so() -> None:
    """An absent membership is then unknown, not "no"."""
    assert not network("REDCOOP").members_listed
    assert network("WACAP").members_listed
    for one in networks():
        assert one.members_listed == bool(one.members), one.code


def test_memberships_of_a_country() -> None:
    assert {"WACAP", "ARIN-WA", "CNCP"} <= set(networks_of("GHA"))
    assert networks_of("XAB") == ("PILON", "ARIN-AP")
    assert networks_of("ZZZ") == ()


def test_networks_to_join_are_those_of_the_region() -> None:
    """Cameroon lies among Great Lakes members, Fiji among those of the Asia-Pacific network."""
    assert "GLJC" in networks_of_region(country("CMR"))
    assert "ARIN-AP" in networks_of_region(country("FJI"))
    assert "MENA-ARIN" in networks_of_region(country("EGY"))
    assert "ARIN-CARIB" in networks_of_region(country("HTI"))


def test_no_network_is_offered_twice_or_from_afar() -> None:
    for profile in countries():
        offered = set(networks_of_region(profile))
        assert not offered & set(profile.networks), profile.iso3
    assert "WACAP" not in networks_of_region(country("FJI"))
    assert "CNCP" not in networks_of_region(country("TGO"))  # needs Commonwealth membership
    assert "CARIN" not in networks_of_region(country("VNM"))  # one guest of the region only
    assert "EJN" not in networks_of_region(country("CHE"))  # European Union membership


def test_an_unknown_network_is_named_with_the_ones_there_are() -> None:
    with pytest.raises(UnknownNetwork, match="WACAP"):
        network("WAKAP")
