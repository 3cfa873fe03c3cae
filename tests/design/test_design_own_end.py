"""One State's end of every form of cooperation, read from its own levels alone."""

from dataclasses import replace

from small_country import COUNTRY, offer, score, scores_of, small_method, small_pack, words

from assessments.design.own_end import own_ends, shareable
from assessments.pack.corridors import LinkKind, LinkRule
from assessments.pack.design_method import JointDelivery
from assessments.results import ChosenIntervention, Sensitivity

CHAIN = (
    LinkRule("MLA", LinkKind.LEGAL_BASIS, ("LAW-1",), ("LAW-1",), "", None, None, words("Law.")),
    LinkRule("MLA", LinkKind.LANGUAGE, ("CTX-6",), (), "official_language", 4.0, None, words("L.")),
    LinkRule("MLA", LinkKind.PRACTICE, ("UNIT-1",), ("UNIT-1",), "", None, None, words("P.")),
)
JOINT = JointDelivery(
    once={"procedure": 0.5}, interpretation=0.2, distance=0.1, reason="Paid once."
)
PACK = replace(
    small_pack(
        [offer("INT_001", "LAW-1"), offer("INT_002", "LAW-1", type="legislation")],
        method=small_method(joint=JOINT),
    ),
    corridors=CHAIN,
)


def test_each_side_is_as_low_as_its_own_lowest_level_and_names_it() -> None:
    """Asking needs language (1), which the State that is asked does not: law (2) holds it there."""
    scores = scores_of(score("LAW-1", 2.0), score("CTX-6", 1.0), score("UNIT-1", 3.0))
    (mla,) = own_ends(PACK, scores)
    assert (mla.requesting.at_most, mla.requesting.weakest) == (1.0, (LinkKind.LANGUAGE,))
    assert [foot.sub_dimension for foot in mla.requesting.held_back_by] == ["CTX-6"]
    assert (mla.requested.at_most, mla.requested.weakest) == (2.0, (LinkKind.LEGAL_BASIS,))
    assert mla.requested.unknown == ()


def test_a_level_that_nobody_knows_is_named_and_counts_as_nothing() -> None:
    scores = scores_of(score("LAW-1", None), score("CTX-6", None), score("UNIT-1", 3.0))
    (mla,) = own_ends(PACK, scores)
    assert (mla.requesting.at_most, mla.requesting.weakest) == (3.0, (LinkKind.PRACTICE,))
    assert mla.requesting.unknown == (LinkKind.LEGAL_BASIS, LinkKind.LANGUAGE)


def test_a_side_is_as_sensitive_as_the_most_sensitive_level_it_rests_on() -> None:
    secret = score("CTX-6", 1.0, sensitivity=Sensitivity.CONFIDENTIAL)
    (mla,) = own_ends(PACK, scores_of(score("LAW-1", 2.0), secret, score("UNIT-1", 3.0)))
    assert mla.requesting.sensitivity is Sensitivity.CONFIDENTIAL
    assert mla.requested.sensitivity is Sensitivity.PUBLIC


def test_only_what_a_method_pays_for_once_can_be_shared() -> None:
    held = [chosen("INT_001"), chosen("INT_002")]
    assert [(one.intervention, one.once) for one in shareable(PACK, held)] == [("INT_001", 0.5)]
    apart = small_pack([offer("INT_001", "LAW-1")], method=small_method(joint=None))
    assert shareable(apart, [chosen("INT_001")]) == ()


def chosen(name: str) -> ChosenIntervention:
    return ChosenIntervention.model_construct(
        id=f"INT_{COUNTRY.iso3}_2026_{name[4:]}", intervention=name, sensitivity=Sensitivity.PUBLIC
    )
