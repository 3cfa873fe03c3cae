"""What is known of a country before anyone is asked."""

import subprocess
import sys

import pycountry
import pytest

from assessments.errors import UnknownCountry
from assessments.reference import countries, country, country_name, known, un_members
from assessments.reference.tables import table


def test_all_193_member_states_and_four_others_are_there() -> None:
    """The United Nations has 193 members; four further States can be assessed."""
    members = set(un_members())
    assert len(members) == 193
    real = {profile.iso3 for profile in countries() if not profile.fictional}
    assert real - members == {"COK", "NIU", "PSE", "VAT"}


@pytest.mark.parametrize(
    ("iso3", "name"),
    [
        ("TUR", "Türkiye"),
        ("CIV", "Côte d'Ivoire"),
        ("TZA", "United Republic of Tanzania"),
        ("BOL", "Bolivia (Plurinational State of)"),
        ("CPV", "Cabo Verde"),
        ("CZE", "Czechia"),
        ("SWZ", "Eswatini"),
        ("KOR", "Republic of Korea"),
        ("LAO", "Lao People's Democratic Republic"),
        ("MDA", "Republic of Moldova"),
        ("NLD", "Netherlands (Kingdom of the)"),
        ("VNM", "Viet Nam"),
        ("GBR", "United Kingdom of Great Britain and Northern Ireland"),
        ("COD", "Democratic Republic of the Congo"),
        ("PSE", "State of Palestine"),
    ],
)
def test_names_follow_united_nations_usage(iso3: str, name: str) -> None:
    """Checked by hand against the UN list of country names, not against our table."""
    assert country(iso3).un_name == name


def test_every_real_code_is_an_iso_code() -> None:
    for profile in countries():
        if not profile.fictional:
            assert pycountry.countries.get(alpha_3=profile.iso3) is not None, profile.iso3


def test_fictional_codes_lie_in_the_range_iso_leaves_to_users() -> None:
    """XAA to XZZ are user-assigned: no State will ever bear them."""
    fictional = [profile for profile in countries() if profile.fictional]
    assert [profile.iso3 for profile in fictional] == ["XAA", "XAB", "XAC", "XAD"]
    for profile in fictional:
        assert "XAA" <= profile.iso3 <= "XZZ"
        assert pycountry.countries.get(alpha_3=profile.iso3) is None
        assert "ictional" in profile.notes[0]


def test_the_four_examples_stand_at_four_corners() -> None:
    """Civil or common law, low or high resources; four regions and four languages."""
    four = [country(code) for code in ("XAA", "XAB", "XAC", "XAD")]
    corners = {(p.legal_tradition, p.resource_setting.startswith("low")) for p in four}
    assert corners == {("civil", True), ("common", True), ("civil", False), ("common", False)}
    assert len({p.region for p in four}) == 4
    assert {p.working_language for p in four} == {"fr", "en", "ar", "es"}
    assert {p.treaty_effect for p in four} == {"monist", "dualist"}
    # treaty effect and legal tradition are different things: both pairings occur
    assert len({(p.legal_tradition, p.treaty_effect) for p in four}) == 4


@pytest.mark.parametrize(
    ("iso3", "languages", "working"),
    [
        ("BEN", {"fr"}, "fr"),
        ("CAN", {"en", "fr"}, "en"),
        ("PRY", {"es", "gn"}, "es"),
        ("JPN", {"ja"}, "en"),
        ("JOR", {"ar"}, "ar"),
    ],
)
def test_languages_come_from_cldr(iso3: str, languages: set[str], working: str) -> None:
    profile = country(iso3)
    assert set(profile.official_languages) == languages
    assert profile.working_language == working


@pytest.mark.parametrize(("wanted", "meant"), [("KNE", "KEN"), ("Kenia", "KEN"), ("XA", "XAA")])
def test_an_unknown_country_names_close_ones(wanted: str, meant: str) -> None:
    with pytest.raises(UnknownCountry) as caught:
        country(wanted)
    assert meant in caught.value.remedy
    assert wanted in caught.value.message
    assert caught.value.exit_status == 2


def test_nonsense_still_says_what_a_code_looks_like() -> None:
    with pytest.raises(UnknownCountry) as caught:
        country("§§")
    assert "three-letter code" in caught.value.remedy


def test_known_asks_without_raising() -> None:
    assert known("KEN")
    assert known("XAA")
    assert not known("ZZZ")
    assert not known("")


def test_names_in_other_languages_come_from_cldr() -> None:
    assert country_name("DEU", "fr") == "Allemagne"
    assert country_name("DEU", "ar") == "ألمانيا"
    assert country_name("TUR", "es") == "Turquía"
    assert country_name("TZA", "en") == "United Republic of Tanzania"
    assert country_name("XAA", "fr") == "Sorenda"
    assert country_name("KEN", "no-such-language") == "Kenya"


def test_legal_tradition_is_marked_as_prefill() -> None:
    """A country must never read its legal tradition in our words as a fact."""
    for profile in countries():
        if not profile.fictional:
            assert any("Legal tradition" in note for note in profile.notes), profile.iso3
            assert profile.legal_tradition in {"civil", "common", "mixed", "islamic", ""}
            assert profile.treaty_effect == ""  # no public source was read: unknown, not guessed


def test_unverified_participation_is_marked() -> None:
    marked = {p.iso3 for p in countries() if any("UNTOC participation" in n for n in p.notes)}
    doubtful = {r["iso3"] for r in table("countries") if r["untoc_verification"] != "verified"}
    assert marked == doubtful
    assert len(doubtful) == 16  # nine unverified, seven unknown in the source


def test_small_island_and_landlocked_marks() -> None:
    assert country("FJI").sids
    assert not country("FJI").lldc
    assert country("NPL").lldc
    assert country("NPL").ldc
    assert not country("KEN").sids


def test_importing_is_light() -> None:
    """Babel and pycountry are imported only when a profile is asked for."""
    code = (
        "import sys, assessments.reference; "
        "print([m for m in ('babel', 'pycountry', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
