"""A project from gaps: what is offered, what is left out and why, and that it all adds up."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_country import (
    COUNTRY,
    SUBS,
    answer,
    gap,
    offer,
    priorities_of,
    question,
    rule,
    score,
    scores_of,
    small_method,
    small_pack,
    two_gaps,
    words,
)

from assessments.design import (
    Decision,
    PrerequisiteCycle,
    UnusableBudget,
    compare_designs,
    design_project,
)
from assessments.errors import Mistake, PackFault
from assessments.pack.design_method import DonorTable, FactQuestion
from assessments.pack.expressions import parse
from assessments.pack.model import Effect, Pack, Tier, Words
from assessments.results import ProjectDesign, RejectedIntervention, Sensitivity

REVIEW = offer("INT_001", "CTX-6")  # helps no gap itself; the law stands on it
LAW = offer("INT_002", "LAW-1", prerequisites=("INT_001",))
COURSE = offer("INT_003", "LAW-1", unit_cost_low=20_000, unit_cost_high=40_000)
UNIT = offer("INT_004", "UNIT-1|LAW-1", demand="high", months_min=12, months_max=12, phase=2)
OFFERS = (REVIEW, LAW, COURSE, UNIT)


def designed(pack: Pack, answers: tuple = (), **options: object) -> ProjectDesign:
    scores, priorities = two_gaps()
    return design_project(pack, COUNTRY, answers, scores, priorities, **options)  # type: ignore[arg-type]


def chosen(design: ProjectDesign) -> set[str]:
    return {one.intervention for one in design.interventions}


def rejected(design: ProjectDesign, name: str) -> RejectedIntervention:
    return next(one for one in design.rejected if one.intervention == name)


# --- a worked example -----------------------------------------------------------------------------


def test_packages_of_a_country_that_can_be_checked_by_hand() -> None:
    """LAW-1 (2 levels, severity 4) is worth 2 a level, UNIT-1 (1 level, severity 1) 1 a level.

    Law with review: 1 level of LAW-1 for 20 000. Course: 1 level of LAW-1 for 30 000. Unit: 1 of
    UNIT-1 and half a level of LAW-1 for 10 000. With 22 600 in hand and 13 % support cost there
    are 20 000 to spend: law and review close 2 of 5, the unit alone 1 + 1 = 2 of 5 for half the
    money, so the unit is taken. With 33 900 the unit and the law go together: 4 of 5 = 80 %.
    """
    pack = small_pack(OFFERS)
    small = designed(pack, budget=Decimal(22_600))
    assert chosen(small) == {"INT_004"}
    assert small.packages[2].benefit == pytest.approx(40.0)
    assert small.packages[2].total == Decimal("11300.00")
    more = designed(pack, budget=Decimal(33_900))
    assert chosen(more) == {"INT_001", "INT_002", "INT_004"}
    assert more.packages[2].benefit == pytest.approx(80.0)
    assert more.packages[2].total == Decimal("33900.00")
    assert rejected(more, "INT_003").code == "cost"


def test_a_finding_that_needs_evidence_first_counts_less() -> None:
    """Two gaps alike, one robust and one not: the money of one goes to the robust one."""
    offers = (offer("INT_001", "LAW-1"), offer("INT_002", "UNIT-1"))
    scores = scores_of(score("LAW-1", 2.0), score("UNIT-1", 2.0))
    given_ = priorities_of(
        gap("LAW-1", 1.0, 1.0, robustness="needs_evidence_first"),
        gap("UNIT-1", 1.0, 1.0, rank=2),
    )
    design = design_project(small_pack(offers), COUNTRY, (), scores, given_, budget=Decimal(12_000))
    assert chosen(design) == {"INT_002"}


def test_what_begins_late_is_no_quick_win() -> None:
    """Both could begin at once by the table, but the second waits seven months for the first.

    Month 7 lies in the second phase (6 to 24): it is shown there.
    """
    first = offer("INT_001", "LAW-1", months_min=7, months_max=7)
    offers = (first, offer("INT_002", "UNIT-1", prerequisites=("INT_001",)))
    begun = [(one.start_month, one.phase) for one in designed(small_pack(offers)).interventions]
    assert begun == [(0, 1), (7, 2)]


# --- why a thing is left out ----------------------------------------------------------------------


def test_a_rule_that_rules_out_is_named_with_its_reason() -> None:
    pack = small_pack(
        OFFERS,
        [rule("TAI_001", "INT_003", "${STATE} = 'no'", Effect.RULE_OUT)],
        [question("STATE", sensitivity=Sensitivity.RESTRICTED)],
    )
    out = rejected(designed(pack, (answer("STATE", "no"),)), "INT_003")
    assert (out.code, out.reason) == ("rule", "Because of TAI_001.")
    assert out.rules[0].answers == ("ANS_XAA_2026_MOJ_STATE",)
    assert out.sensitivity is Sensitivity.RESTRICTED


def test_ruling_out_stands_against_requiring_and_both_are_shown() -> None:
    rules = [
        rule("TAI_001", "INT_003", "${STATE} = 'no'", Effect.RULE_OUT),
        rule("TAI_002", "INT_003", "${STATE} = 'no'", Effect.REQUIRE),
    ]
    design = designed(small_pack(OFFERS, rules, [question("STATE")]), (answer("STATE", "no"),))
    out = rejected(design, "INT_003")
    assert out.code == "rule"
    assert {one.rule for one in out.rules} == {"TAI_001", "TAI_002"}
    assert "Another rule requires it" in out.reason


def test_what_stands_on_something_ruled_out_is_left_out_with_it() -> None:
    pack = small_pack(
        OFFERS, [rule("TAI_001", "INT_001", "${STATE} = 'no'", Effect.RULE_OUT)],
        [question("STATE")],
    )  # fmt: skip
    out = rejected(designed(pack, (answer("STATE", "no"),)), "INT_002")
    assert out.code == "prerequisite"
    assert "Offer 001" in out.reason


def test_what_exists_already_is_left_out_and_is_no_prerequisite_any_more() -> None:
    there = offer("INT_001", "CTX-6", in_place=parse("${STATE} = 'yes'"))
    pack = small_pack((there, LAW, COURSE, UNIT), questions=[question("STATE")])
    design = designed(pack, (answer("STATE", "yes"),))
    assert rejected(design, "INT_001").code == "in_place"
    assert "INT_002" in chosen(design)


def test_silence_is_never_taken_for_a_thing_that_exists() -> None:
    """`not(... < 1)` is true of an unanswered question; the thing is planned, and that is said."""
    there = offer("INT_001", "CTX-6", in_place=parse("not(${STAFF} < 1)"))
    pack = small_pack((there, LAW), questions=[question("STAFF")])
    design = designed(pack)
    assert "INT_001" in chosen(design)
    assert any("STAFF" in one for one in design.assumptions)


def test_without_a_gap_nothing_is_offered_and_unknown_is_not_a_gap() -> None:
    scores = scores_of(score("LAW-1", None), score("UNIT-1", 3.5), score("CTX-6", 3.0, None))
    design = design_project(small_pack(OFFERS), COUNTRY, (), scores, priorities_of())
    assert not design.interventions
    assert design.messages == (
        "No gap is known, so no project is proposed. "
        "Ask for the answers that are missing, or set the aims of the method higher.",
    )
    assert "evidence first" in rejected(design, "INT_002").reason
    assert "No gap was found in central unit" in rejected(design, "INT_004").reason


def test_high_demand_is_left_out_where_the_counterpart_can_carry_none() -> None:
    """Absorptive capacity at level 0: no intervention of high demand at all."""
    scores = scores_of(score("LAW-1", 1.0), score("UNIT-1", 2.0), score("CTX-6", 0.0, None))
    design = design_project(small_pack(OFFERS), COUNTRY, (), scores, two_gaps()[1])
    assert rejected(design, "INT_004").code == "capacity"


# --- budget ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("budget", ["0", "11299.99"])
def test_a_budget_below_the_cheapest_useful_package_says_what_that_costs(budget: str) -> None:
    design = designed(small_pack(OFFERS), budget=Decimal(budget))
    assert [package.chosen for package in design.packages] == [(), (), ()]
    assert "USD 11,300.00" in design.messages[0]
    (least,) = {one.title for one in designed(small_pack(OFFERS)).interventions
                if one.title in design.messages[0]}  # fmt: skip
    assert f"(“{least}”)" in design.messages[0]
    assert design.budget.total == 0


@pytest.mark.parametrize("budget", ["-1", "NaN", "Infinity"])
def test_a_budget_that_is_no_amount_is_refused(budget: str) -> None:
    with pytest.raises(UnusableBudget, match=r"no amount of money|no amount"):
        designed(small_pack(OFFERS), budget=Decimal(budget))


@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, 90_000),
    st.integers(8_000, 60_000),
    st.integers(1, 17),
    st.sampled_from(["0.33", "0.75", "1.5"]),
)
def test_lines_years_outcomes_and_package_agree_to_the_cent(
    budget: int, cost: int, months: int, factor: str
) -> None:
    """Odd costs, odd quantities, several years, monitoring and contingency: one sum everywhere."""
    method = small_method(
        monitoring=small_method().design.monitoring.model_copy(update={"value": 0.04}),
        contingency=small_method().design.contingency.model_copy(update={"value": 0.05}),
    )
    odd = offer(
        "INT_005", "LAW-1", unit_cost_low=cost, unit_cost_high=cost + 777, months_min=months,
        months_max=months + 5,
    )  # fmt: skip
    pack = small_pack(
        (*OFFERS, odd),
        [rule("TAI_001", "INT_005|INT_003", "${ldc} = 'no'", Effect.RESCALE, factor=float(factor))],
        method=method,
    )
    design = designed(pack, budget=Decimal(budget))
    full, made = design.packages[2], design.budget
    assert full.total <= budget
    assert all(line.amount == line.quantity * line.unit_cost for line in made.lines)
    total = sum((line.amount for line in made.lines), Decimal(0))
    for key in (made.by_category, made.by_year, made.by_outcome):
        assert sum((one.amount for one in key), Decimal(0)) == total
    assert total == made.subtotal == full.subtotal
    assert sum((one.cost for one in design.interventions), Decimal(0)) == total
    assert made.subtotal + made.support_cost == made.total == full.total
    assert all(isinstance(line.amount, Decimal) for line in made.lines)


def test_a_type_without_cost_shares_is_a_fault_of_the_pack() -> None:
    with pytest.raises(PackFault, match="cost_shares"):
        designed(small_pack((offer("INT_001", "LAW-1", type="balloon"),)))


# --- rules that change ----------------------------------------------------------------------------


def test_a_required_intervention_goes_with_every_package() -> None:
    """The review helps no gap; once required, nothing is chosen without it."""
    pack = small_pack(OFFERS, [rule("TAI_001", "INT_001", "${ldc} = 'no'", Effect.REQUIRE)])
    design = designed(pack, budget=Decimal(33_900))
    assert all("INT_001" in package.chosen for package in design.packages if package.chosen)
    assert "INT_001" in chosen(design)


def test_rescaling_changes_the_quantity_and_not_the_price() -> None:
    pack = small_pack(
        OFFERS, [rule("TAI_001", "INT_003", "${ldc} = 'no'", Effect.RESCALE, factor=0.5)]
    )
    one = next(i for i in designed(pack).interventions if i.intervention == "INT_003")
    assert (one.quantity, one.unit_cost_low, one.cost) == (
        Decimal("0.50"), Decimal(20_000), Decimal("15000.00"),
    )  # fmt: skip


def test_postponing_moves_the_start() -> None:
    pack = small_pack(
        OFFERS, [rule("TAI_001", "INT_003", "${ldc} = 'no'", Effect.POSTPONE, factor=7.0)]
    )
    one = next(i for i in designed(pack).interventions if i.intervention == "INT_003")
    assert one.start_month == 7


def test_a_tool_in_use_is_not_offered_again() -> None:
    law = offer(
        "INT_002", "LAW-1", tool=words("Model law"), tool_verification="verified",
        already_used=parse("selected(${TOOLS}, 'model_law')"),
    )  # fmt: skip
    pack = small_pack((law,), questions=[question("TOOLS")])
    used = designed(pack, (answer("TOOLS", ("model_law",)),)).interventions[0]
    unused = designed(pack).interventions[0]
    assert (used.tool, unused.tool) == ("", "Model law")
    assert "in use already" in used.why


def test_the_country_corrects_what_the_reference_data_say() -> None:
    method = small_method(
        facts={
            "legal_tradition": FactQuestion(
                reason="r", question="TRADITION", values={"islamic_and_civil": "islamic"}
            )
        }
    )
    pack = small_pack(
        OFFERS, [rule("TAI_001", "INT_003", "${legal_tradition} = 'islamic'", Effect.ADAPT)],
        [question("TRADITION", sensitivity=Sensitivity.RESTRICTED)], method,
    )  # fmt: skip
    design = designed(pack, (answer("TRADITION", "islamic_and_civil"),))
    assert design.country.legal_tradition == "islamic"
    assert dict(design.context)["legal_tradition"] == "islamic"
    one = next(i for i in design.interventions if i.intervention == "INT_003")
    assert [r.rule for r in one.rules] == ["TAI_001"]
    assert any("The country's own answer" in text for text in design.assumptions)
    assert design.restricted_facts == ("legal_tradition",)
    assert one.sensitivity is Sensitivity.RESTRICTED
    known = COUNTRY.model_copy(update={"legal_tradition": "islamic"})
    same = design_project(pack, known, (answer("TRADITION", "islamic_and_civil"),), *two_gaps())
    assert same.restricted_facts == ()


def test_an_unknown_country_gets_a_design_that_says_what_is_not_known() -> None:
    design = designed(small_pack(OFFERS))
    assert dict(design.context)["legal_tradition"] == "unknown"
    assert any("Not known: legal tradition" in text for text in design.assumptions)
    assert design.interventions


def test_the_leads_answer_is_the_fact_and_another_serves_where_the_lead_is_silent() -> None:
    pack = small_pack(
        OFFERS, [rule("TAI_001", "INT_003", "${STATE} = 'no'", Effect.RULE_OUT)],
        [question("STATE")],
    )  # fmt: skip
    both = (answer("STATE", "no", "CA"), answer("STATE", "yes", "MOJ"))
    assert "INT_003" in chosen(designed(pack, both))
    assert rejected(designed(pack, both[:1]), "INT_003").code == "rule"


# --- an expert's override -------------------------------------------------------------------------


def test_an_override_is_followed_and_printed() -> None:
    out = designed(
        small_pack(OFFERS),
        decisions=(Decision("INT_004", "exclude", "No premises yet.", "Expert"),),
    )
    assert rejected(out, "INT_004").code == "rule"
    assert "No premises yet." in rejected(out, "INT_004").reason
    in_ = designed(
        small_pack(OFFERS), budget=Decimal(40_000),
        decisions=(Decision("INT_003", "include", "Agreed with the minister."),),
    )  # fmt: skip
    assert "INT_003" in chosen(in_)


def test_a_decision_on_what_the_pack_does_not_offer_is_printed_and_not_applied() -> None:
    gone = Decision("INT_999", "include", "Agreed.", "Head of unit", "2026-05-31")
    design = designed(small_pack(OFFERS), decisions=(gone,))
    assert any("Head of unit, 2026-05-31" in o and "INT_999" in o for o in design.assumptions)
    assert design.interventions == designed(small_pack(OFFERS)).interventions


# --- bad input ------------------------------------------------------------------------------------


def test_interventions_that_wait_for_each_other_are_named() -> None:
    circle = (
        offer("INT_001", "LAW-1", prerequisites=("INT_002",)),
        offer("INT_002", "LAW-1", prerequisites=("INT_001",)),
    )
    with pytest.raises(PrerequisiteCycle, match="INT_001"):
        designed(small_pack(circle))


def test_a_pack_without_method_is_a_mistake() -> None:
    from dataclasses import replace

    with pytest.raises(Mistake, match="no method"):
        designed(replace(small_pack(OFFERS), method=None))


# --- the framework --------------------------------------------------------------------------------


def test_every_activity_has_an_output_and_every_output_an_outcome() -> None:
    design = designed(small_pack(OFFERS))
    outputs = {one.id: one for one in design.outputs}
    outcomes = {one.id: one for one in design.outcomes}
    assert design.activities
    assert all(outputs[one.output].outcome in outcomes for one in design.activities)
    assert all(one.activities for one in design.outputs)
    assert {one.text for one in design.outputs}.isdisjoint(one.text for one in design.outcomes)
    assert 1 <= len(design.outcomes) <= 3
    assert {a.intervention for a in design.activities} == {i.id for i in design.interventions}


def test_baselines_come_from_the_assessment() -> None:
    design = designed(small_pack(OFFERS))
    law = next(
        one for outcome in design.outcomes for one in outcome.indicators
        if one.id.startswith("IND_XAA_2026_LAW_1")
    )  # fmt: skip
    assert law.baseline == "level 1.0"
    assert law.baseline_year == "2026"
    assert law.target == "level 3: working"
    assert all([law.target_date, law.source, law.frequency, law.owner, law.disaggregation])


def test_a_restricted_gap_makes_what_rests_on_it_restricted() -> None:
    scores, priorities = two_gaps()
    hidden = priorities.gaps[1].model_copy(update={"sensitivity": Sensitivity.RESTRICTED})
    given_ = priorities_of(priorities.gaps[0], hidden)
    design = design_project(small_pack(OFFERS), COUNTRY, (), scores, given_)
    marks = {one.intervention: one.sensitivity for one in design.interventions}
    assert marks["INT_004"] is Sensitivity.RESTRICTED
    assert marks["INT_003"] is Sensitivity.PUBLIC
    unit = next(one for one in design.interventions if one.intervention == "INT_004")
    activity = next(one for one in design.activities if one.intervention == unit.id)
    assert activity.sensitivity is Sensitivity.RESTRICTED
    lines = [line for line in design.budget.lines if line.activity == activity.id]
    assert lines
    assert all(line.sensitivity is Sensitivity.RESTRICTED for line in lines)


SHORT = question("Q_1", tier=Tier.FAST_TRACK)
DEEPER = question("Q_2", tier=Tier.STANDARD)


@pytest.mark.parametrize(
    ("given_", "says", "never"),
    [
        ((("Q_1", "yes"),), "a short questionnaire, 1 of the 2 questions of the pack; 1 of them "
         "were answered (100 %)", "whole questionnaire"),
        ((("Q_1", "yes"), ("Q_2", "no")),
         "whole questionnaire; 2 of its 2 questions were answered (100 %)", "short questionnaire"),
        ((("Q_2", "no"),), "whole questionnaire; 1 of its 2 questions were answered (50 %)",
         "short questionnaire"),
    ],
)  # fmt: skip
def test_fast_track_keeps_to_one_outcome_and_says_what_it_rests_on(
    given_: tuple[tuple[str, str], ...], says: str, never: str
) -> None:
    """The doubt follows what was asked and answered, not how the design was asked for."""
    pack = small_pack(OFFERS, questions=[SHORT, DEEPER])
    design = designed(pack, tuple(answer(*one) for one in given_), fast_track=True)
    assert len(design.outcomes) == 1
    assert design.doubt.startswith("Fast-track design")
    assert says in design.doubt
    assert never not in design.doubt
    assert "own rating" not in design.doubt  # all levels of this country rest on facts


def test_fast_track_says_how_many_levels_are_the_institutions_own_rating() -> None:
    scores = scores_of(score("LAW-1", 1.0, basis="self_rated"), score("UNIT-1", 2.0))
    design = design_project(small_pack(OFFERS), COUNTRY, (), scores, two_gaps()[1], fast_track=True)
    assert "1 of 2 levels are the institutions' own rating" in design.doubt
    assert not designed(small_pack(OFFERS)).doubt


def test_other_partners_work_is_marked_for_coordination_and_nothing_is_removed() -> None:
    table = DonorTable(
        reason="r", question="DONORS", donor="donor", title="title", amount="usd", start="from"
    )
    subs = {**SUBS, "UNIT-1": "Central authority staffing"}
    pack = small_pack(OFFERS, (), [question("DONORS")], small_method(donor_tables=(table,)), subs)
    rows = (
        {
            "donor": "Partner A",
            "title": "Staff for the central authority",
            "usd": 90000.0,
            "from": 2024.0,
        },
    )
    design = designed(pack, (answer("DONORS", rows),))
    assert chosen(design) == chosen(designed(small_pack(OFFERS)))
    assert design.donors[0].overlaps == ("INT_004",)
    assert (design.donors[0].amount, design.donors[0].period) == ("90000", "2024")
    unit = next(one for one in design.interventions if one.intervention == "INT_004")
    assert unit.coordinate_with == ("Partner A: Staff for the central authority",)


def test_an_overlap_is_seen_in_the_language_the_country_wrote_in() -> None:
    """«Enquêtes financières» is the financial investigation of the pack, not an English word."""
    mentors = Words({"en": "Financial mentors", "fr": "Mentors pour les enquêtes financières"})
    rows = ({"donor": "Partenaire", "title": "Appui aux enquêtes financières"},)
    table = DonorTable(reason="r", question="DONORS", donor="donor", title="title")
    for title, seen in ((mentors, ("INT_009",)), (words("Financial mentors"), ())):
        pack = small_pack(
            [offer("INT_009", "LAW-1", title=title)], (), [question("DONORS")],
            small_method(donor_tables=(table,)),
        )  # fmt: skip
        assert designed(pack, (answer("DONORS", rows),)).donors[0].overlaps == seen


def test_the_same_inputs_give_the_same_design() -> None:
    assert designed(small_pack(OFFERS)) == designed(small_pack(OFFERS))


# --- two countries --------------------------------------------------------------------------------


def test_a_comparison_names_the_rule_that_made_the_difference() -> None:
    pack = small_pack(
        OFFERS,
        [
            rule("TAI_001", "INT_003", "${resource_setting} = 'low'", Effect.RULE_OUT),
            rule("TAI_002", "INT_002", "${legal_tradition} = 'civil'", Effect.ADAPT),
        ],
    )
    scores, priorities = two_gaps()
    poor = COUNTRY.model_copy(update={"resource_setting": "low", "legal_tradition": "civil"})
    rich = COUNTRY.model_copy(update={"iso3": "XAB", "resource_setting": "high"})
    one, other = (design_project(pack, country, (), scores, priorities) for country in (poor, rich))
    compared = compare_designs(one, other)
    found = {d.intervention: d for d in compared.differences}
    assert found["INT_003"].rules == ("TAI_001",)
    assert (found["INT_003"].first.chosen, found["INT_003"].second.chosen) == (False, True)
    assert found["INT_002"].rules == ("TAI_002",)
    assert "INT_004" in compared.same
