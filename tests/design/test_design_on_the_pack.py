"""The real tables: three packages and the frontier of every intervention, consistent."""

import random
from decimal import Decimal

import pytest
from small_country import COUNTRY, REF, gap, priorities_of, score, scores_of

from assessments.design import compare_designs, design_project
from assessments.pack.load import load_pack
from assessments.pack.model import Pack
from assessments.pack.offers import ResultLevel
from assessments.results import CountryProfile, Priorities, ProjectDesign, Scores


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("cooperation")


def drawn(pack: Pack, seed: int) -> tuple[Scores, Priorities]:
    """Levels drawn at random, a tenth of them unknown, with their gaps in order of severity."""
    draw = random.Random(seed)
    scores, gaps = [], []
    for sub in pack.sub_dimensions:
        context = pack.dimension[sub.dimension].context
        level = round(draw.uniform(0, 3.6), 2) if draw.random() < 0.9 else None
        scores.append(score(sub.code, level, None if context else 3.0))
        if level is not None and not context and level < 3:
            gaps.append((round((3 - level) * draw.uniform(0.8, 2), 3), sub.code, 3 - level))
    gaps.sort(reverse=True)
    ranked = [
        gap(code, size, severity, rank) for rank, (severity, code, size) in enumerate(gaps, 1)
    ]
    return scores_of(*scores), priorities_of(*ranked)


def country(iso3: str, tradition: str, setting: str) -> CountryProfile:
    return COUNTRY.model_copy(
        update={"iso3": iso3, "legal_tradition": tradition, "resource_setting": setting}
    )


def designed(pack: Pack, seed: int = 1, **options: object) -> ProjectDesign:
    return design_project(
        pack,
        country("XAA", "civil", "low"),
        (),
        *drawn(pack, seed),
        **options,  # type: ignore[arg-type]
    )


def test_the_frontier_has_at_least_five_designs(pack: Pack) -> None:
    assert len(designed(pack).frontier) >= 5


@pytest.mark.parametrize("seed", [1, 2])
def test_a_design_of_the_real_tables_keeps_every_bound(pack: Pack, seed: int) -> None:
    design = designed(pack, seed)
    totals = [package.total for package in design.packages]
    assert totals == sorted(totals)
    chosen = {one.intervention: one for one in design.interventions}
    for one in chosen.values():
        for first in pack.intervention[one.intervention].prerequisites:
            assert first in chosen
            assert chosen[first].start_month + chosen[first].months <= one.start_month
        phase = pack.method.design.phases[one.phase - 1]  # type: ignore[union-attr]
        assert phase.from_month <= one.start_month < phase.to_month
        assert pack.intervention[one.intervention].phase <= one.phase
    for package in design.packages:
        assert package.ceiling is None or package.total <= package.ceiling
        assert package.total == package.subtotal + package.support_cost
    assert design.budget.total == design.packages[2].total
    assert len(design.outcomes) <= 3
    assert all(1 <= len(outcome.outputs) <= 4 for outcome in design.outcomes)
    assert {one.intervention for one in design.rejected} | chosen.keys() == set(pack.intervention)
    benefits = [point.benefit for point in design.frontier]
    assert benefits == sorted(benefits)


def test_a_larger_budget_never_gives_less_in_any_package(pack: Pack) -> None:
    best = {"essential": 0.0, "core": 0.0, "full": 0.0}
    for budget in (0, 300_000, 900_000):
        for package in designed(pack, budget=Decimal(budget)).packages:
            assert package.benefit >= best[package.name]
            assert package.total <= budget
            best[package.name] = package.benefit


def test_the_same_gaps_in_two_settings_get_different_advice_by_named_rules(pack: Pack) -> None:
    scores, priorities = drawn(pack, 1)
    one, other = (
        design_project(pack, country(*setting), (), scores, priorities)
        for setting in (("XAA", "civil", "low"), ("XAB", "common", "high"))
    )
    compared = compare_designs(one, other)
    named = {rule for difference in compared.differences for rule in difference.rules}
    assert len(compared.differences) >= 10
    assert named <= {rule.name for rule in pack.tailoring}
    assert len(named) >= 10


def test_every_sub_dimension_with_a_target_stands_under_one_outcome(pack: Pack) -> None:
    homes = [c for o in pack.outcomes if o.level is ResultLevel.OUTCOME for c in o.sub_dimensions]
    assert len(homes) == len(set(homes))
    assert {s.code for s in pack.sub_dimensions} == set(homes)


def test_printed_ids_are_unique(pack: Pack) -> None:
    design = designed(pack)
    ids = [
        one.id
        for group in (
            design.interventions, design.outcomes, design.outputs, design.activities,
            design.budget.lines, design.risks, design.packages,
        )
        for one in group
    ]  # fmt: skip
    ids += [i.id for result in (*design.outcomes, *design.outputs) for i in result.indicators]
    assert len(ids) == len(set(ids))
    assert all(one.split("_")[1] == REF.iso3 for one in ids)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_arrow_of_the_chain_carries_an_assumption(pack: Pack, seed: int) -> None:
    design = designed(pack, seed)
    for output in design.outputs:
        assert output.conditions, output.id
        assert output.assumptions, output.id
    assert all(outcome.assumptions for outcome in design.outcomes)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_tool_is_offered_only_with_what_a_gap_calls_for(pack: Pack, seed: int) -> None:
    """A gap, or another intervention that waits for it, or a rule: nothing for its own sake."""
    design = designed(pack, seed)
    waited_for = {
        first
        for one in design.interventions
        for first in pack.intervention[one.intervention].prerequisites
    }
    for one in design.interventions:
        required = any(rule.effect == "require" for rule in one.rules)
        assert one.gaps or one.intervention in waited_for or required, one.intervention
        assert bool(one.tool) == bool(one.tool_verification)


@pytest.mark.parametrize("seed", [5, 6, 9])  # in which it stands on what serves another outcome
def test_fast_track_has_one_outcome_that_holds_all_it_stands_on(pack: Pack, seed: int) -> None:
    """Also what comes first for it, or what a rule asks for: other outcomes would hold those."""
    scores, priorities = drawn(pack, seed)
    design = design_project(pack, COUNTRY, (), scores, priorities, fast_track=True)
    assert len(design.outcomes) == 1
    assert {one.outcome for one in design.outputs} == {design.outcomes[0].id}
    assert {one.intervention for one in design.activities} == {
        one.id for one in design.interventions
    }
