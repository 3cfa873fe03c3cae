"""What the cooperation pack offers and how it is fitted to a country, read as an expert wrote it.

The tables are read as plain CSV, so that a fault here names the knowledge and not the loader.
"""

import csv
import re
from decimal import Decimal
from itertools import combinations

import networkx as nx
import pytest

from assessments.pack.expressions import Expression, parse
from assessments.pack.grammar import Selected, atoms_and_operands
from assessments.paths import QUESTIONNAIRES
from assessments.reference import country, networks, networks_of_region

FOLDER = QUESTIONNAIRES / "cooperation"
LANGUAGES = ("English (en)", "French (fr)", "Spanish (es)", "Arabic (ar)")
EXAMPLES = ("XAA", "XAB", "XAC", "XAD")


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


OFFERS = {row["name"]: row for row in rows("interventions")}
RULES = rows("tailoring")
CONDITIONS: dict[str, Expression] = {row["name"]: parse(row["when"]) for row in RULES}


def named(rule: dict[str, str]) -> set[str]:
    """The interventions a rule speaks of, its groups expanded."""
    found: set[str] = set()
    for part in rule["interventions"].split("|"):
        kind = part.removeprefix("type:")
        found |= {n for n, o in OFFERS.items() if o["type"] == kind} if kind != part else {part}
    return found


def waits_for() -> "nx.DiGraph[str]":
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(OFFERS)
    for name, offer in OFFERS.items():
        graph.add_edges_from(
            (first, name) for first in filter(None, offer["prerequisites"].split("|"))
        )
    return graph


def fired(iso3: str, offer: str) -> list[dict[str, str]]:
    """The rules that hold for a country on reference facts alone, before anyone has answered."""
    profile = country(iso3)
    facts: dict[str, object] = {name: "" for when in CONDITIONS.values() for name in when.names}
    facts |= {
        "legal_tradition": profile.legal_tradition,
        "treaty_effect": profile.treaty_effect,
        "resource_setting": profile.resource_setting,
        "region": profile.region,
        "subregion": profile.subregion,
        "ldc": "yes" if profile.ldc else "no",
        "lldc": "yes" if profile.lldc else "no",
        "sids": "yes" if profile.sids else "no",
        "official_languages": profile.official_languages,
        "networks": profile.networks,
        "regional_networks": networks_of_region(profile),
        "untoc_status": profile.untoc_status,
    }
    return [
        rule
        for rule in RULES
        if offer in named(rule) and CONDITIONS[rule["name"]].holds(facts)  # type: ignore[arg-type]
    ]


def advice(iso3: str, offer: str) -> set[str]:
    return {rule["how::English (en)"] for rule in fired(iso3, offer)}


def test_prerequisites_have_no_cycle_and_name_offers() -> None:
    graph = waits_for()
    assert set(graph) == set(OFFERS)
    assert nx.is_directed_acyclic_graph(graph)


@pytest.mark.parametrize(
    ("later", "first"),
    [
        ("INT_042", "INT_004"),  # extradition law before training on it
        ("INT_073", "INT_005"),  # confiscation law before training on freezing
        ("INT_027", "INT_026"),  # register before case-management system
        ("INT_027", "INT_021"),  # procedure before case-management system
        ("INT_023", "INT_019"),  # unit before help desk
        ("INT_040", "INT_039"),  # FIU before goAML
        ("INT_041", "INT_039"),  # FIU before the Egmont Group
        ("INT_046", "INT_008"),  # witness law before unit
        ("INT_047", "INT_046"),  # unit before relocation
        ("INT_032", "INT_010"),  # law before laboratory
        ("INT_036", "INT_034"),  # asset recovery office before asset management
        ("INT_052", "INT_021"),  # procedure before clinics on it
        ("INT_002", "INT_001"),  # gap review before drafting
        ("INT_014", "INT_075"),  # party before notifications
    ],
)
def test_what_comes_first_comes_first(later: str, first: str) -> None:
    assert first in nx.ancestors(waits_for(), later)


def test_nothing_that_others_wait_for_can_be_ruled_out() -> None:
    """A rule that rules out a prerequisite would take away its followers without a word."""
    awaited = {first for first, _ in waits_for().edges}
    for rule in RULES:
        if rule["effect"] == "rule_out":
            assert not named(rule) & awaited, rule["name"]


def test_shares_of_cost_add_up_to_one_for_every_type() -> None:
    sums: dict[str, Decimal] = {}
    for row in rows("cost_shares"):
        sums[row["type"]] = sums.get(row["type"], Decimal(0)) + Decimal(row["share"])
    assert set(sums) == {offer["type"] for offer in OFFERS.values()}
    assert set(sums.values()) == {Decimal(1)}


def test_costs_and_months_run_from_low_to_high() -> None:
    for name, offer in OFFERS.items():
        assert 0 < int(offer["unit_cost_low_usd"]) <= int(offer["unit_cost_high_usd"]), name
        assert 0 < int(offer["months_min"]) <= int(offer["months_max"]), name
        assert "illustrative" in offer["cost_basis"], name


def test_a_tool_is_marked_verified_or_not_and_none_is_empty() -> None:
    for name, offer in OFFERS.items():
        assert bool(offer["tool::English (en)"]) == bool(offer["tool_verification"]), name
        assert offer["tool_verification"] in {"", "verified", "unverified"}, name
        assert "none" not in offer["tool::English (en)"].casefold().split(), name


def test_human_rights_screening_wherever_police_surveillance_or_extradition_is_supported() -> None:
    for name in ("INT_004", "INT_007", "INT_031", "INT_032", "INT_042", "INT_045", "INT_064"):
        assert OFFERS[name]["hrddp"] == "y", name


@pytest.mark.parametrize(
    "offer", ["INT_001", "INT_002", "INT_004", "INT_014", "INT_019", "INT_022", "INT_037",
              "INT_050", "INT_052", "INT_060"]
)  # fmt: skip
def test_the_same_gap_brings_different_advice_in_every_pair_of_examples(offer: str) -> None:
    for one, other in combinations(EXAMPLES, 2):
        assert advice(one, offer) != advice(other, offer), (one, other)


@pytest.mark.parametrize(
    ("iso3", "says", "never"),
    [
        ("XAA", "chapter of the code", "stand-alone act"),
        ("XAB", "stand-alone act", "chapter of the code"),
        ("XAC", "chapter of the code", "stand-alone act"),
        ("XAD", "stand-alone act", "chapter of the code"),
    ],
)
def test_an_assistance_law_fits_the_sources_of_law(iso3: str, says: str, never: str) -> None:
    text = " ".join(advice(iso3, "INT_002"))
    assert says in text
    assert never not in text


@pytest.mark.parametrize(
    ("iso3", "says"),
    [("XAA", "self-executing"), ("XAD", "self-executing"), ("XAB", "schedule"), ("XAC", "order")],
)
def test_the_effect_of_treaties_is_apart_from_legal_tradition(iso3: str, says: str) -> None:
    """Civil and dualist, common and monist: both occur, and the advice follows the right one."""
    told = [r for r in fired(iso3, "INT_002") if r["kind"] == "treaty_effect"]
    assert len(told) == 1
    assert says in told[0]["how::English (en)"]


def test_treaty_effect_and_legal_tradition_never_stand_for_each_other() -> None:
    for rule in RULES:
        names = CONDITIONS[rule["name"]].names
        if rule["kind"] == "treaty_effect":
            assert "treaty_effect" in names, rule["name"]
            assert "legal_tradition" not in names, rule["name"]
        if rule["kind"] == "legal_tradition":
            assert "treaty_effect" not in names, rule["name"]


def test_a_network_is_used_by_members_and_sought_by_neighbours() -> None:
    assert any("Use WACAP" in how for how in advice("XAA", "INT_060"))
    assert any("Use PILON" in how for how in advice("XAB", "INT_060"))
    assert any("IberRed" in how for how in advice("XAD", "INT_060"))
    # no judicial network of its region is known for the third: contacts with main partners
    assert any("contact points with the five partners" in how for how in advice("XAC", "INT_060"))
    assert "rule_out" in {rule["effect"] for rule in fired("XAC", "INT_061")}


def test_every_network_in_a_rule_is_a_reference_network() -> None:
    codes = {network.code for network in networks()}
    for name, when in CONDITIONS.items():
        for part in atoms_and_operands(when.node):
            if isinstance(part, Selected) and "networks" in str(part.of):
                assert part.choice in codes, name


def test_reasons_can_be_read_by_the_country_they_speak_of() -> None:
    """Procedure, sources of law, organization and workload; never a judgement on a country."""
    judging = re.compile(
        r"\b(lacks?|developing countr\w+|third world|backward|primitive|corrupt|weak|poor|"
        r"failed|fails to|unable|incapable|ignoran\w+)\b", re.IGNORECASE,
    )  # fmt: skip
    for rule in RULES:
        reason = rule["reason::English (en)"]
        assert reason[0].isupper(), rule["name"]
        assert reason.endswith("."), rule["name"]
        assert not judging.search(reason), (rule["name"], reason)


def test_advice_is_concrete_and_never_copied_from_rule_to_rule() -> None:
    told = [rule["how::English (en)"] for rule in RULES]
    assert len(set(told)) == len(told)
    assert all(told)


def test_factors_stand_where_an_effect_needs_one() -> None:
    for rule in RULES:
        assert bool(rule["factor"]) == (rule["effect"] in {"rescale", "postpone"}), rule["name"]
        if rule["effect"] == "rescale":
            assert 0 < float(rule["factor"]) <= 2, rule["name"]


def test_every_offer_says_what_must_be_in_place_for_it() -> None:
    """It is the assumption between an activity and its output, and stands on the first arrow."""
    for name, offer in OFFERS.items():
        for language in LANGUAGES:
            assert offer[f"prerequisite_note::{language}"], (name, language)


@pytest.mark.parametrize(
    ("kind", "offer", "words"),
    [
        ("manuals", "INT_021", "Manual on Mutual Legal Assistance"),
        ("model laws", "INT_002", "Model Law"),
        ("directory of competent national authorities", "INT_081", "Directory of Competent"),
        ("request writer tool", "INT_022", "Request Writer Tool"),
        ("knowledge portal", "INT_082", "SHERLOC knowledge portal"),
        ("case digests", "INT_072", "Digest of Organized Crime Cases"),
        ("training", "INT_052", "Clinics on drafting"),
        ("handbooks", "INT_043", "Handbook on the International Transfer"),
        ("training manuals", "INT_076", "training manuals"),
        ("commentaries", "INT_076", "commentaries"),
        ("issue papers", "INT_076", "issue papers"),
        ("case collections", "INT_082", "decisions on the SHERLOC"),
        ("regional meetings", "INT_061", "plenary and working groups of the regional network"),
        ("the Working Group", "INT_077", "Working Group on International Cooperation"),
        ("the Conference", "INT_077", "the Conference"),
        ("the Protocols", "INT_079", "the Protocols"),
        ("rehabilitation of transferred persons", "INT_078", "rehabilitation of transferred"),
    ],
)
def test_each_kind_of_tool_is_an_offer_that_works_on_an_area(
    kind: str, offer: str, words: str
) -> None:
    found = OFFERS[offer]
    assert words in f"{found['title::English (en)']} {found['tool::English (en)']}", kind
    assert found["sub_dimensions"], kind


# What the country may say it uses, and how the titles of that kind begin or what they name.
IN_USE = {
    "Manual on Mutual Legal Assistance and Extradition":
        "manual_on_mutual_legal_assistance_and_extradition",
    "Manual on International Cooperation for the Purposes of Confiscation":
        "manual_on_confiscation",
    "Handbook on the International Transfer": "handbook_on_transfer_of_sentenced_persons",
    "Model Law on": "model_laws",
    "Model Legislative Provisions": "model_laws",
    "Legislative Guide": "legislative_guides_and_commentaries",
    "Digest of": "digests_of_cases",
    "SHERLOC": "sherloc_knowledge_portal",
    "Directory of": "directory_of_competent_national_authorities",
    "Request Writer": "request_writer_tool",
}  # fmt: skip


def test_a_tool_in_use_is_known_wherever_it_would_be_offered() -> None:
    """One offer that did not ask would recommend what the country uses already."""
    for name, offer in OFFERS.items():
        for title, choice in IN_USE.items():
            if title in offer["tool::English (en)"]:
                condition = parse(offer["already_used"])
                assert f"'{choice}'" in offer["already_used"], name
                assert condition.holds({"TEC_6_07": (*IN_USE.values(), "training_manuals")}), name
                assert not condition.holds({"TEC_6_07": ("none",)}), name


def test_no_tool_is_taken_for_used_by_an_answer_about_another() -> None:
    """A country with model laws would else never hear of collections of treaties."""
    of_others = {"INT_076": "training_manuals"}  # a library of several kinds, one named as its tool
    for name, offer in OFFERS.items():
        for choice in re.findall(r"'(\w+)'", offer["already_used"]):
            titles = [title for title, known in IN_USE.items() if known == choice]
            named = any(title in offer["tool::English (en)"] for title in titles)
            assert named or of_others.get(name) == choice, (name, choice)
