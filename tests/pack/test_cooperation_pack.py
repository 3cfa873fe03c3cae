"""The promises of the pack of record, kept on its real tables (see its README)."""

import csv
from collections import Counter

import pytest

from assessments.pack.load import load_pack
from assessments.pack.model import Obligation, Pack, QuestionType, Requirement, Tier
from assessments.pack.verdicts import decided
from assessments.paths import QUESTIONNAIRES
from assessments.results import Verdict

FOLDER = QUESTIONNAIRES / "cooperation"
MANDATORY = {Obligation.MANDATORY, Obligation.MANDATORY_QUALIFIED}

# Questions of the fact base: sub-dimension and how many, from 01. COO-4.05 was never given.
FACT_BASE = """
STR-1:6 STR-2:10 STR-3:5 STR-4:7
OPS-1:13 OPS-2:8 OPS-3:12 OPS-4:5 OPS-5:8 OPS-6:5 OPS-7:9 OPS-8:6 OPS-9:6
LEG-1:10 LEG-2:8 LEG-3:8 LEG-4:7 LEG-5:5 LEG-6:4 LEG-7:5 LEG-8:4 LEG-9:6
HUM-1:7 HUM-2:6 HUM-3:6 HUM-4:4 HUM-5:4
TEC-1:5 TEC-2:5 TEC-3:3 TEC-4:4 TEC-5:3 TEC-6:7
COO-1:4 COO-2:3 COO-3:5 COO-4:6 COO-5:4 COO-6:3 COO-7:5
CTX-1:3 CTX-2:3 CTX-3:4 CTX-4:3 CTX-5:4 CTX-6:4
"""

# Paragraphs that no question of the fact base asked: question, and line of the table.
ONCE_ASKED_BY_NOTHING = {
    "4(1)": ("CTX_4_04", ""),
    "7(1)(a)": ("LEG_9_07", ""),
    "8(1)(a)": ("LEG_2_09", "bribery_active"),
    "8(1)(b)": ("LEG_2_09", "bribery_passive"),
    "8(3)": ("LEG_2_09", "corruption_accomplice"),
    "9(2)": ("CTX_4_06", ""),
    "10(3)": ("LEG_2_10", "persons_not_shielded"),
    "10(4)": ("LEG_2_10", "company_sanctions"),
    "11(1)": ("LEG_2_10", "gravity"),
    "11(4)": ("LEG_2_10", "early_release"),
    "13(3)": ("OPS_5_10", ""),
    "15(1)(a)": ("LEG_2_10", "territory"),
    "15(1)(b)": ("LEG_2_10", "vessel_aircraft"),
    "18(12)": ("LEG_3_09", "transferred_immunity"),
    "18(29)(a)": ("OPS_1_14", "public_records"),
    "26(1)": ("LEG_8_05", "encourage_information"),
    "26(4)": ("LEG_8_05", "cooperators_protected"),
    "27(1)(e)": ("COO_3_06", "methods"),
    "34(2)": ("LEG_2_11", ""),
}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("cooperation")


def paragraph(pack: Pack, ref: str) -> Requirement:
    """The only row with this reference."""
    (found,) = [row for row in pack.requirements if row.ref == ref]
    return found


def verdict(pack: Pack, name: str, value: object) -> Verdict:
    requirement = pack.requirement[name]
    return decided(value, pack.question[requirement.question], requirement)  # type: ignore[arg-type]


def test_the_pack_has_seven_dimensions_46_capabilities_and_205_paragraphs(pack: Pack) -> None:
    assert len(pack.dimensions) == 7
    assert Counter(sub.dimension for sub in pack.sub_dimensions) == {
        "STR": 4, "OPS": 9, "LEG": 9, "HUM": 5, "TEC": 6, "COO": 7, "CTX": 6
    }  # fmt: skip
    assert len(pack.sub_dimensions) == 46
    assert len(pack.requirements) == 205
    assert len({row.article for row in pack.requirements}) == 30


def test_every_question_of_the_fact_base_is_still_there_and_the_others_say_why_they_are() -> None:
    wanted = set()
    for entry in FACT_BASE.split():
        sub, _, count = entry.partition(":")
        wanted |= {f"{sub}.{number:02d}" for number in range(1, int(count) + 1)}
    wanted.remove("COO-4.05")
    assert len(wanted) == 261
    with (FOLDER / "survey.csv").open(encoding="utf-8", newline="") as stream:
        sources = [row["source"] for row in csv.DictReader(stream) if row["institutions"]]
    new = [source for source in sources if source not in wanted]
    assert wanted <= set(sources)
    assert len(sources) - len(new) == 261  # none twice
    assert all(source.startswith("new: ") and len(source) > 10 for source in new)


def test_every_capability_has_one_self_rating_of_five_different_levels(pack: Pack) -> None:
    rated = [question.sub_dimension for question in pack.questions if question.is_level]
    assert sorted(rated) == sorted(sub.code for sub in pack.sub_dimensions)
    for sub in pack.sub_dimensions:
        texts = [str(level) for level in sub.levels]
        assert len(set(texts)) == 5, sub.code
        assert all(3 < len(text) <= 90 for text in texts), sub.code


def test_every_mandatory_paragraph_is_decided_by_a_question_of_the_standard_tier(
    pack: Pack,
) -> None:
    mandatory = [row for row in pack.requirements if row.obligation in MANDATORY]
    assert Counter(row.obligation.value for row in mandatory) == {
        "mandatory": 94,
        "mandatory_qualified": 36,
    }
    undecided = [row.ref for row in mandatory if row.question not in pack.question]
    assert undecided == []
    deep = [row.ref for row in mandatory if pack.question[row.question].tier is Tier.DEEP]
    assert deep == []


def test_what_decides_whether_a_paragraph_applies_is_asked_in_the_standard_tier(
    pack: Pack,
) -> None:
    for row in pack.requirements:
        for name in row.applies.names if row.applies else ():
            assert pack.question[name].tier is not Tier.DEEP, (row.ref, name)


def test_every_paragraph_says_in_a_sentence_why_it_is_decided_so(pack: Pack) -> None:
    for row in pack.requirements:
        reason = str(row.reason)
        assert reason.endswith("."), row.name
        assert len(reason.split()) >= 4, row.name
    literal = [row.ref for row in pack.requirements if "asks exactly this" in str(row.reason)]
    assert literal == ["6(2)(c)", "7(1)(b)", "12(2)", "12(6)", "31(6)", "34(1)", "34(2)"]


@pytest.mark.parametrize(("ref", "decider"), ONCE_ASKED_BY_NOTHING.items())
def test_a_paragraph_once_asked_by_nothing_has_a_line_or_a_question_of_its_own(
    pack: Pack, ref: str, decider: tuple[str, str]
) -> None:
    row = paragraph(pack, ref)
    assert (row.question, row.item) == decider
    same = [
        other.ref
        for other in pack.requirements
        if (other.question, other.item, other.column) == (row.question, row.item, row.column)
    ]
    assert same == [ref]


def test_the_fact_base_left_19_paragraphs_unasked() -> None:
    assert len(ONCE_ASKED_BY_NOTHING) == 19


def test_every_capability_has_assistance_to_offer_or_says_why_not(pack: Pack) -> None:
    offered = {code for offer in pack.interventions for code in offer.sub_dimensions}
    silent = [sub.code for sub in pack.sub_dimensions if sub.code not in offered]
    assert silent == ["CTX-2"]
    assert "does not change" in str(pack.sub_dimension["CTX-2"].no_intervention_reason)


def test_no_choice_of_a_scored_question_means_unknown_or_not_applicable(pack: Pack) -> None:
    states = {"unknown", "not_known", "no_information", "not_applicable", "na", "withheld"}
    words = ("do not know", "don't know", "unknown", "no information", "not applicable")
    for question in pack.questions:
        for choice in question.choices if question.score else ():
            assert choice.name not in states, question.name
            assert not any(word in str(choice.label).lower() for word in words), question.name


def test_no_institution_gets_more_than_40_questions_in_core_or_80_in_standard(pack: Pack) -> None:
    for institution in pack.institutions:
        assert len(pack.asked_of(institution, Tier.CORE)) <= 40, institution
        assert len(pack.asked_of(institution, Tier.STANDARD)) <= 80, institution
    assert len(pack.asked_of("CA", Tier.CORE)) == 40
    assert pack.asked_of("AGREED") == ()  # the validation meeting confirms, it is not asked


def test_no_skip_rule_reads_a_question_that_a_respondent_does_not_see(pack: Pack) -> None:
    ruled = [question for question in pack.questions if question.relevant]
    assert len(ruled) >= 10
    for question in ruled:
        for name in question.relevant.names if question.relevant else ():
            read = pack.question[name]
            assert set(question.institutions) <= set(read.institutions), (question.name, name)
            assert question.tier.includes(read.tier), (question.name, name)


def test_questions_are_short_enough_to_read_twice(pack: Pack) -> None:
    for question in pack.questions:
        assert len(str(question.label)) <= 150, question.name
        assert len(str(question.hint)) <= 160, question.name


# --- rules of the Convention that a careless row would get wrong -----------------------------


@pytest.mark.parametrize(
    ("ticked", "expected"),
    [
        (("search_and_seizure", "freezing"), Verdict.MET),
        (("search_and_seizure", "statements"), Verdict.PARTLY),
        (("statements",), Verdict.NOT_MET),
    ],
)
def test_18_3_c_is_met_only_with_freezing_beside_searches_and_seizures(
    pack: Pack, ticked: tuple[str, ...], expected: Verdict
) -> None:
    assert verdict(pack, "UNTOC_18_05", ticked) is expected


@pytest.mark.parametrize(
    ("ticked", "expected"),
    [
        (("bank_records", "company_records"), Verdict.MET),
        (("bank_records",), Verdict.PARTLY),
        (("interception",), Verdict.NOT_MET),
    ],
)
def test_18_3_f_is_met_only_with_government_and_company_records_too(
    pack: Pack, ticked: tuple[str, ...], expected: Verdict
) -> None:
    assert verdict(pack, "UNTOC_18_08", ticked) is expected


@pytest.mark.parametrize("name", ["UNTOC_18_05", "UNTOC_18_08"])
def test_every_type_of_assistance_is_spoken_of_where_two_choices_decide(
    pack: Pack, name: str
) -> None:
    row = pack.requirement[name]
    spoken = {*row.met.split("|"), *row.partly.split("|"), *row.not_met.split("|")}
    assert spoken == {choice.name for choice in pack.question["LEG_3_03"].choices}


@pytest.mark.parametrize("name", ["UNTOC_15_06", "UNTOC_16_11"])
@pytest.mark.parametrize(
    ("nationals", "due"),
    [
        ("yes", False),
        ("yes_on_condition_of_return", False),  # article 16(11) discharges paragraph 10
        ("no_constitution", True),
        ("no_law", True),
        (None, False),  # nobody said: unknown, not due
    ],
)
def test_prosecution_instead_is_due_only_where_nationals_are_not_surrendered(
    pack: Pack, name: str, nationals: str | None, due: bool
) -> None:
    applies = pack.requirement[name].applies
    assert applies is not None
    assert applies.holds({"LEG_4_03": nationals}) is due


@pytest.mark.parametrize(
    ("answers", "due"),
    [
        ({"LEG_4_08": "no", "STR_2_04": "no_notice_made"}, False),
        ({"LEG_4_08": "yes", "STR_2_04": "notified_convention_is_a_basis"}, False),
        ({"LEG_4_08": "yes", "STR_2_04": "notified_convention_is_not_a_basis"}, True),
        ({"LEG_4_08": "yes", "STR_2_04": "no_notice_made", "LEG_1_06": "convention"}, False),
        ({"LEG_4_08": "yes", "STR_2_04": "no_notice_made", "LEG_1_06": "not_possible"}, True),
    ],
)
def test_treaties_are_to_be_sought_only_by_states_that_do_not_use_the_convention(
    pack: Pack, answers: dict[str, str], due: bool
) -> None:
    applies = paragraph(pack, "16(5)(b)").applies
    assert applies is not None
    assert applies.holds({"LEG_1_06": None, **answers}) is due


def test_designation_and_notices_are_owed_whatever_basis_is_used(pack: Pack) -> None:
    for name in ("UNTOC_18_21", "UNTOC_18_24", "UNTOC_18_27"):
        assert pack.requirement[name].applies is None, name


def test_the_rest_of_paragraphs_9_to_29_follows_paragraph_7(pack: Pack) -> None:
    for name in ("UNTOC_18_19", "UNTOC_18_29", "UNTOC_18_36", "UNTOC_18_44"):
        applies = pack.requirement[name].applies
        assert applies is not None
        assert applies.holds({"LEG_1_05": "yes_used_in_practice"}), name
        assert not applies.holds({"LEG_1_05": "no"}), name


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("UNTOC_14_01", "partly", Verdict.MET),  # disposal by law; sharing is no duty of 14(1)
        ("UNTOC_14_01", "no", Verdict.NOT_MET),
        ("UNTOC_18_21", "treaty_notice_only", Verdict.PARTLY),
        ("UNTOC_18_36", ("form",), Verdict.MET),  # silence on fiscal matters complies
        ("UNTOC_18_36", ("fiscal_offence",), Verdict.NOT_MET),
        ("UNTOC_12_01", ("property_of_equal_value",), Verdict.MET),
        ("UNTOC_12_01", ("instrumentalities",), Verdict.NOT_MET),
        ("UNTOC_13_01", "new_domestic_order", Verdict.MET),
        ("UNTOC_13_02", "direct_enforcement", Verdict.MET),
        ("UNTOC_16_05", "notified_convention_is_not_a_basis", Verdict.MET),  # either notice
        ("UNTOC_25_02", "partly", Verdict.PARTLY),
        ("UNTOC_30_03", ({"form": "material", "in_practice": "partly"},), Verdict.MET),
    ],
)
def test_an_answer_leads_to_the_verdict_that_the_paragraph_gives(
    pack: Pack, name: str, value: object, expected: Verdict
) -> None:
    assert verdict(pack, name, value) is expected


def test_what_a_state_may_choose_is_never_mandatory(pack: Pack) -> None:
    """20(1) owes surveillance and undercover work only where the State deems them appropriate."""
    by_name = {row.name: row.obligation for row in pack.requirements}
    assert by_name["UNTOC_20_01"] is Obligation.MANDATORY_QUALIFIED  # controlled delivery
    assert {by_name["UNTOC_20_02"], by_name["UNTOC_20_03"]} == {Obligation.CONSIDER}
    protective = {row.ref for row in pack.requirements if row.obligation is Obligation.PROTECTIVE}
    assert protective == {"4(2)", "13(4)", "16(7)", "16(14)", "18(6)"}


def test_the_two_routes_of_13_1_and_the_two_offences_of_5_1_a_are_alternatives(
    pack: Pack,
) -> None:
    groups: dict[str, list[str]] = {}
    for row in pack.requirements:
        if row.alternative_group:
            groups.setdefault(row.alternative_group, []).append(row.ref)
    assert groups == {
        "5(1)(a)": ["5(1)(a)(i)", "5(1)(a)(ii)"],
        "13(1)": ["13(1)(a)", "13(1)(b)"],
    }


def test_each_table_with_fixed_rows_decides_by_every_one_of_its_rows(pack: Pack) -> None:
    fixed = [q for q in pack.questions if q.type is QuestionType.TABLE and q.row_key]
    assert {question.name for question in fixed} == {
        "OPS_1_14", "LEG_2_09", "LEG_2_10", "LEG_3_09", "LEG_8_05", "COO_3_06", "COO_7_06"
    }  # fmt: skip
    for question in fixed:
        key = next(column for column in question.columns if column.name == question.row_key)
        used = {row.item for row in pack.requirements if row.question == question.name}
        assert used == {choice.name for choice in key.choices}, question.name


def test_the_workload_printed_in_the_readme_is_the_real_one(pack: Pack) -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for institution in pack.institutions:
        if institution != "AGREED":
            counts = " | ".join(str(len(pack.asked_of(institution, tier))) for tier in Tier)
            label = pack.institutions[institution].label
            assert f"| {institution} | {label} | {counts} |" in text
    assert len(text.splitlines()) <= 120


def test_the_pack_says_that_it_was_not_piloted(pack: Pack) -> None:
    assert pack.piloted is False
    assert "piloted" in (FOLDER / "README.md").read_text(encoding="utf-8")
