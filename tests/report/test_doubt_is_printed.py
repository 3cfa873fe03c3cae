"""What could not be designed as asked, and what was assumed, stands in the report."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from country_inputs import material, report_inputs
from word_file import words_of

from assessments.pack.load import load_pack
from assessments.report import write_report
from assessments.report.compose import compose
from assessments.report.wording import Wording
from assessments.runner.material import Material
from flows.compute import compute

PACK = load_pack("cooperation")
UNKNOWN = ("legal_tradition", "treaty_effect", "resource_setting", "region", "subregion")


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Material:
    return material(tmp_path_factory.mktemp("doubt"), "XAB", PACK)


@pytest.mark.parametrize("budget", ["0", "1000.50"])
def test_a_budget_that_buys_nothing_is_told_with_what_the_least_costs(
    given: Material, budget: str, tmp_path: Path
) -> None:
    inputs = report_inputs(given, compute(given, Decimal(budget)), "restricted")
    project = compose(inputs).project
    least = project.frontier[0].total
    (notice,) = project.notices
    assert f"A budget of {Wording().money(Decimal(budget))} is below" in notice
    assert f"costs {least} with support cost" in notice
    assert "INT_" not in notice  # titles, which a reader knows
    assert notice in words_of(write_report(inputs, tmp_path).docx)
    assert [one.total for one in project.packages] == [Wording().money(Decimal(0))] * 3


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_it_is_told_in_the_language_of_the_report(given: Material, language: str) -> None:
    inputs = report_inputs(given, compute(given, Decimal(0)), "restricted")
    (notice,) = compose(inputs, words=Wording(language)).project.notices
    least = inputs.design.frontier[0].total
    assert Wording(language).money(least) in notice
    assert "cheapest useful" not in notice


def test_a_country_of_unknown_context_is_told_what_no_rule_could_ask(
    given: Material, tmp_path: Path
) -> None:
    """Not the answers of the country either: nobody said what its law is or what it can pay."""
    facts = {source.question for source in PACK.method.design.facts.values()} if PACK.method else ()
    stranger = replace(
        given,
        country=given.country.model_copy(update=dict.fromkeys(UNKNOWN, "")),
        answers=tuple(a for a in given.answers if a.question not in facts),
    )
    inputs = report_inputs(stranger, compute(stranger), "restricted")
    told = compose(inputs).annexes.assumptions
    silent = [one for one in told if one.startswith("Not known: ")]
    assert len(silent) == len(UNKNOWN)
    words = words_of(write_report(inputs, tmp_path).docx)
    for name in ("legal tradition", "effect of treaties in national law", "resource setting"):
        sentence = (
            f"Not known: {name}. No rule that asks for it was applied; confirm it with the "
            "government."
        )
        assert sentence in silent
        assert sentence in words
    applied = {rule.rule for one in inputs.design.interventions for rule in one.rules}
    asks = {rule.name: rule.when.names for rule in PACK.tailoring}
    assert not [name for name in applied if asks[name] <= set(UNKNOWN)]
