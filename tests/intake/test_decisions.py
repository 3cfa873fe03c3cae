"""Decisions on the project come in as CSV: followed, traced, and voiding what was approved."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from example_answers import ROUND, example_submissions

from assessments.intake import Receipt, receive
from assessments.pack.load import load_pack
from assessments.results import ProjectDesign
from assessments.runner.material import material_of
from assessments.settings import Settings
from assessments.store import DECISIONS, Store, open_store
from assessments.trace import trace
from flows.compute import compute

ISO = "XAA"
HEADING = "country,round,about,decision,who,when,why"
PACK = load_pack("cooperation")
CHIEF = "Section chief,2026-05-31,Agreed with the ministry."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(Settings(home=tmp_path / "home")) as opened:
        opened.open_assessment(ISO, ROUND, PACK.id, PACK.version, PACK.digest)
        for one in example_submissions(PACK, ISO):
            opened.accept(one)
        yield opened


def _receive(store: Store, folder: Path, *lines: str, heading: str = HEADING) -> Receipt:
    path = folder / "decisions.csv"
    path.write_text("\n".join((heading, *lines)) + "\n", encoding="utf-8")
    return receive(path, store, by="registry")


def _design(store: Store, budget: Decimal | None = None) -> ProjectDesign:
    return compute(material_of(store, ISO, ROUND, PACK), budget).design


def _line(about: str, decision: str, rest: str = CHIEF) -> str:
    return f"{ISO},{ROUND},{about},{decision},{rest}"


def test_what_was_decided_is_followed_printed_and_traced_to_its_cell(
    store: Store, tmp_path: Path
) -> None:
    before, digest = _design(store), store.answers_digest(ISO, ROUND)
    answers, respondents = store.answers(ISO, ROUND), store.submissions(ISO, ROUND)
    out = before.interventions[0].intervention
    into = next(one.intervention for one in before.rejected if one.code == "cost")
    receipt = _receive(
        store, tmp_path, _line(out, "exclude"), _line(into, "include"), _line("budget", "900000.50")
    )
    assert (receipt.accepted, receipt.new, receipt.institution) == (True, True, DECISIONS)
    # an approval binds to this digest: it is void now
    assert store.answers_digest(ISO, ROUND) != digest
    # decisions are nobody's answers
    assert store.answers(ISO, ROUND) == answers
    assert store.submissions(ISO, ROUND) == respondents

    after = _design(store)
    left = next(one for one in after.rejected if one.intervention == out)
    said = "Left out by decision (Section chief, 2026-05-31): Agreed with the ministry."
    assert (left.code, left.reason) == ("rule", said)
    taken = next(one for one in after.interventions if one.intervention == into)
    assert said.replace("Left out", "Included") in taken.why
    assert after.packages[-1].ceiling == Decimal("900000.50")
    assert after.packages[-1].total <= Decimal("900000.50")
    assert any("USD 900,000.50 was decided by Section chief" in one for one in after.assumptions)
    applied = next(rule for rule in taken.rules if rule.kind == "decision")
    (link,) = trace(applied.answers[0], store, PACK).chain
    assert (link.file_name, link.cell) == ("decisions.csv", "D3")


def test_a_budget_named_for_now_goes_before_the_decided_one_and_says_so(
    store: Store, tmp_path: Path
) -> None:
    _receive(store, tmp_path, _line("budget", "900000"))
    design = _design(store, Decimal(600_000))
    assert design.packages[-1].ceiling == Decimal(600_000)
    assert any("set aside" in one and "900,000.00" in one for one in design.assumptions)


def test_a_later_file_adds_to_an_earlier_one_and_may_withdraw(store: Store, tmp_path: Path) -> None:
    before = _design(store)
    out = before.interventions[0].intervention
    _receive(store, tmp_path, _line(out, "exclude"))
    _receive(store, tmp_path, _line("budget", "900000"))
    assert len(material_of(store, ISO, ROUND, PACK).decisions) == 2
    _receive(store, tmp_path, _line(out, "withdraw"), _line("budget", "withdraw"))
    assert material_of(store, ISO, ROUND, PACK).decisions == ()
    assert _design(store) == before


def test_what_was_decided_is_in_the_full_package_where_a_smaller_one_cannot_hold_it(
    store: Store, tmp_path: Path
) -> None:
    into = next(one.intervention for one in _design(store).rejected if one.code == "cost")
    _receive(store, tmp_path, _line(into, "include"), _line("budget", "900000"))
    design = _design(store)
    assert into in design.packages[-1].chosen
    for package in design.packages[:-1]:
        assert package.chosen or package.ceiling == 0
        if into not in package.chosen:
            assert any(f"The {package.name} package is too small" in a for a in design.assumptions)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (_line("INT_01", "exclude"), "is no intervention"),
        (_line("INT_001", "maybe"), "is no decision"),
        (_line("budget", "much"), "is no amount"),
        (_line("budget", "-1"), "is no amount"),
        (_line("budget", "0.001"), "is no amount"),
        (_line("budget", "NaN"), "is no amount"),
        (_line("INT_001", "exclude", ",2026-05-31,Because."), "who: It is empty"),
        (_line("INT_001", "exclude", "Chief,31 May,Because."), "is no date"),
        (_line("INT_001", "exclude", "Chief,2026-05-31,"), "why: It is empty"),
    ],
)
def test_a_faulty_line_refuses_the_file_and_is_named(
    store: Store, tmp_path: Path, line: str, said: str
) -> None:
    receipt = _receive(store, tmp_path, _line("INT_002", "exclude"), line)
    assert not receipt.accepted
    assert [one.message for one in receipt.problems if said in one.message]
    assert store.decisions(ISO, ROUND) == ()


def test_a_thing_decided_twice_and_a_missing_column_are_named(store: Store, tmp_path: Path) -> None:
    twice = _receive(store, tmp_path, _line("INT_001", "exclude"), _line("INT_001", "include"))
    assert [one.code for one in twice.problems] == ["decisions-twice"]
    short = _receive(store, tmp_path, heading="about,decision,who")
    assert [one.code for one in short.problems] == ["decisions-columns"]
