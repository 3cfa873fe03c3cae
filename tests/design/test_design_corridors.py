"""Two States and the chain between them, small enough to check by hand."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from small_country import (
    COUNTRY,
    gap,
    offer,
    priorities_of,
    score,
    scores_of,
    small_method,
    small_pack,
    words,
)

from assessments.design import Corridor, CorridorView, End, corridor_view, design_project
from assessments.pack.corridors import LinkKind, LinkRule
from assessments.pack.design_method import JointDelivery
from assessments.pack.load import load_pack
from assessments.results import CountryProfile, Sensitivity

JOINT = JointDelivery(
    once={"procedure": 0.5}, interpretation=0.2, distance=0.1, reason="Paid once."
)
ALPHA = COUNTRY.model_copy(
    update={"official_languages": ("fr",), "region": "Africa", "networks": ("WACAP", "ARIN-WA")}
)
BETA = CountryProfile(
    iso3="XAB", un_name="Betaland", fictional=True, official_languages=("en",), region="Africa",
    networks=("WACAP",),
)  # fmt: skip


def link(kind: str, requesting: str = "", requested: str = "", **changes: Any) -> LinkRule:
    rule = LinkRule(
        "MLA", LinkKind(kind), tuple(filter(None, requesting.split("|"))),
        tuple(filter(None, requested.split("|"))), "", None, None, words(f"Because {kind}."),
    )  # fmt: skip
    return replace(rule, **changes)


CHAIN = (
    link("legal_basis", "LAW-1", "LAW-1"),
    link("authority", "UNIT-1", "UNIT-1"),
    link("language", "CTX-6", shared="official_language", if_shared=4.0),
    link("channel", "UNIT-1", "UNIT-1", shared="network:asset_recovery", if_not_shared=2.0),
    link("practice", "UNIT-1", "LAW-1"),
)


def end(country: CountryProfile, could_join: tuple[str, ...] = (), **levels: float | None) -> End:
    named = {"LAW-1": 3.0, "UNIT-1": 3.0, "CTX-6": 3.0}
    named |= {name.replace("_", "-"): level for name, level in levels.items()}
    scores = scores_of(
        *(
            score(code, level, id=f"SC_{country.iso3}_2026_{code.replace('-', '_')}")
            for code, level in named.items()
        )
    )
    design = design_project(
        PACK, country, (), scores, priorities_of(gap("LAW-1", 2.0, 4.0))
    )  # what is offered does not depend on the levels of the corridor
    return End(country, scores, design, could_join)


PACK = replace(
    small_pack([offer("INT_001", "LAW-1")], method=small_method(joint=JOINT)), corridors=CHAIN
)


def one_way(view: CorridorView, requesting: str) -> Corridor:
    return next(one for one in view.corridors if one.requesting == requesting)


def seen(one: End, other: End) -> Corridor:
    return one_way(corridor_view(PACK, [one, other]), one.country.iso3)


def test_a_corridor_carries_as_much_as_its_weakest_link_and_names_the_end_that_holds_it() -> None:
    """Legal basis 3 and 1: the chain carries 1, held by the requested State's law."""
    corridor = seen(end(ALPHA), end(BETA, LAW_1=1.0))
    assert corridor.at_most == 1.0
    assert corridor.weakest == (LinkKind.LEGAL_BASIS, LinkKind.PRACTICE)
    law = corridor.links[0]
    assert [(foot.iso3, foot.score) for foot in law.held_back_by] == [("XAB", "SC_XAB_2026_LAW_1")]


def test_the_two_directions_are_two_corridors() -> None:
    """Practice reads the unit of who asks and the law of who is asked."""
    view = corridor_view(PACK, [end(ALPHA, UNIT_1=1.5), end(BETA, LAW_1=2.5)])
    practice = {one.requesting: one.links[4].level for one in view.corridors}
    assert practice == {"XAA": 1.5, "XAB": 3.0}


def test_an_official_language_in_common_makes_translation_needless() -> None:
    french = BETA.model_copy(update={"official_languages": ("en", "fr")})
    language = seen(end(ALPHA, CTX_6=1.0), end(french)).links[2]
    assert (language.level, language.shared, language.in_common) == (
        4.0, "official_language", ("fr",),
    )  # fmt: skip
    assert seen(end(ALPHA, CTX_6=1.0), end(BETA)).links[2].level == 1.0


def test_without_a_network_in_common_the_channel_is_capped_and_says_why() -> None:
    channel = seen(end(ALPHA), end(BETA)).links[3]
    assert (channel.level, channel.held_back_by) == (2.0, ())
    assert (channel.shared, channel.in_common) == ("network:asset_recovery", ())
    both = BETA.model_copy(update={"networks": ("ARIN-WA",)})
    assert seen(end(ALPHA), end(both)).links[3].level == 3.0


def test_a_lower_end_counts_before_the_cap() -> None:
    channel = seen(end(ALPHA, UNIT_1=1.0), end(BETA)).links[3]
    assert (channel.level, channel.shared) == (1.0, "")


def test_an_unknown_end_leaves_the_link_unknown_and_says_what_it_can_be_at_most() -> None:
    corridor = seen(end(ALPHA, LAW_1=None), end(BETA, LAW_1=2.5))
    assert (corridor.links[0].level, corridor.links[0].at_most) == (None, 2.5)
    assert corridor.unknown == (LinkKind.LEGAL_BASIS,)


def test_nothing_is_lower_than_absent_so_that_an_absent_end_settles_the_link() -> None:
    assert seen(end(ALPHA, LAW_1=None), end(BETA, LAW_1=0.0)).links[0].level == 0.0


def test_nothing_known_is_no_level_and_never_zero() -> None:
    blank = {"LAW_1": None, "UNIT_1": None, "CTX_6": None}
    corridor = seen(end(ALPHA, **blank), end(BETA, **blank))
    assert corridor.links[0].at_most is None
    assert corridor.weakest == (LinkKind.CHANNEL,)  # capped at 2: no network in common


def test_a_corridor_is_as_sensitive_as_the_most_sensitive_level_it_rests_on() -> None:
    secret = end(BETA)
    marked = [
        one.model_copy(update={"sensitivity": Sensitivity.CONFIDENTIAL})
        if one.sub_dimension == "LAW-1" else one
        for one in secret.scores.sub_dimensions
    ]  # fmt: skip
    scores = secret.scores.model_copy(update={"sub_dimensions": tuple(marked)})
    view = corridor_view(PACK, [end(ALPHA), replace(secret, scores=scores)])
    assert {one.sensitivity for one in view.corridors} == {Sensitivity.CONFIDENTIAL}


def test_together_costs_less_where_a_part_is_paid_only_once() -> None:
    """Two of 10 000, half paid once: 0.5 x 10 000 + 0.5 x 20 000 = 15 000; interpretation adds a
    fifth: 18 000 against 20 000."""
    joint = corridor_view(PACK, [end(ALPHA), end(BETA)]).joint
    assert [(one.intervention, one.countries) for one in joint] == [("INT_001", ("XAA", "XAB"))]
    assert (joint[0].apart, joint[0].together, joint[0].saved) == (
        Decimal(20_000), Decimal("18000.00"), Decimal("2000.00"),
    )  # fmt: skip


def test_what_is_not_cheaper_together_is_not_offered_jointly() -> None:
    """Another region adds a tenth, and then nothing is shared: 15 000 x 1.3 = 19 500; with four
    tenths for interpretation 15 000 x 1.5 = 22 500, dearer than apart."""
    afar = BETA.model_copy(update={"region": "Asia"})
    assert corridor_view(PACK, [end(ALPHA), end(afar)]).joint[0].together == Decimal("19500.00")
    dear = replace(
        PACK,
        method=small_method(joint=JOINT.model_copy(update={"interpretation": 0.4})),
    )
    assert corridor_view(dear, [end(ALPHA), end(afar)]).joint == ()


def test_a_joint_activity_names_the_forms_whose_weakest_link_it_works_on() -> None:
    weak_law = corridor_view(PACK, [end(ALPHA), end(BETA, LAW_1=1.0)])
    assert weak_law.joint[0].corridors == ("MLA",)
    weak_unit = corridor_view(PACK, [end(ALPHA), end(BETA, UNIT_1=0.5)])
    assert weak_unit.joint[0].corridors == ()


def test_a_network_that_a_neighbour_belongs_to_is_offered() -> None:
    view = corridor_view(PACK, [end(ALPHA), end(BETA, could_join=("ARIN-WA",))])
    assert [(one.network, one.members, one.could_join) for one in view.networks] == [
        ("ARIN-WA", ("XAA",), ("XAB",))
    ]


def test_the_pack_reads_every_formal_and_informal_form_but_networks_themselves() -> None:
    """Networks are a channel of the other forms; support forms join no two States."""
    pack = load_pack("cooperation")
    forms = {f.name for f in pack.cooperation_forms.values() if f.kind in {"formal", "informal"}}
    assert {rule.form for rule in pack.corridors} == forms - {"NET"}
    view = corridor_view(pack, [])
    assert (view.corridors, view.joint, view.networks) == ((), (), ())
