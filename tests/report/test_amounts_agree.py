"""Lines, years, outcomes, packages and totals are one sum, to the cent, wherever they are written.

The answers of an example country, designed at budgets that nobody chose to be round.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from example_answers import ROUND, example_submissions
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from assessments.design import design_project
from assessments.pack.load import load_pack
from assessments.reference import country
from assessments.report import Provenance, ReportInputs, write_report
from assessments.report.compose import compose
from assessments.report.iati import activity_file
from assessments.report.tables import tables
from assessments.results import AssessmentRef, ProjectDesign
from assessments.scoring import review_answers, score_assessment, set_priorities
from assessments.settings import IatiOrganization

ISO3 = "XAA"
COUNTRIES = ("XAA", "XAB", "XAC", "XAD")
CENT = Decimal("0.01")
OFFICE = IatiOrganization("XA-OFFICE-1", "Office for cooperation", "40")


@cache
def whole(iso3: str = ISO3) -> ReportInputs:
    """The inputs of the restricted report, at the method's own ceilings."""
    pack, place = load_pack("cooperation"), country(iso3)
    assert pack.method is not None
    answers = [a for sent in example_submissions(pack, iso3) for a in sent.answers]
    ref = AssessmentRef(
        iso3=iso3, round=ROUND, pack=pack.id, pack_version=pack.version,
        pack_digest=pack.digest, method_version=pack.method.version,
    )  # fmt: skip
    scores = score_assessment(pack, place, answers, ref)
    priorities = set_priorities(pack, place, scores, answers)
    return ReportInputs(
        pack=pack,
        country=place,
        review=review_answers(pack, answers, (), ref),
        scores=scores,
        priorities=priorities,
        design=design_project(pack, place, answers, scores, priorities),
        answers=tuple(answers),
        edition="restricted",
        provenance=Provenance(
            run="9f" * 32, made_at=datetime(2026, 4, 2, tzinfo=UTC), tana_version="0.1.0",
            notebooks=(),
        ),
    )  # fmt: skip


def at(budget: Decimal) -> ReportInputs:
    inputs = whole()
    design = design_project(
        inputs.pack, inputs.country, inputs.answers, inputs.scores, inputs.priorities,
        budget=budget,
    )  # fmt: skip
    return replace(inputs, design=design)


def summed(amounts: Iterable[str | Decimal | None]) -> Decimal:
    """The sum of amounts as they are printed: `USD 1,234.50`."""
    return sum((read(str(one)) for one in amounts), Decimal(0))


def read(printed: str) -> Decimal:
    return Decimal(printed.removeprefix("USD").replace("\u00a0", "").replace(",", "").strip())


@settings(max_examples=4, deadline=None)
@given(st.decimals(0, 3_500_000, places=2))
@example(Decimal("0"))
@example(Decimal("9000"))  # lines of whole dollars, support cost with cents
def test_every_sum_is_the_same_in_the_design_the_tables_the_iati_file_and_the_report(
    budget: Decimal,
) -> None:
    inputs = at(budget)
    assert inputs.design.budget.total <= budget
    one_sum_everywhere(inputs)


@pytest.mark.parametrize("iso3", COUNTRIES)
def test_every_sum_is_the_same_for_every_example_country(iso3: str) -> None:
    inputs = whole(iso3)
    assert inputs.design.budget.total > 500_000
    one_sum_everywhere(inputs)


def one_sum_everywhere(inputs: ReportInputs) -> None:
    """The design, its tables, the IATI file and the fields of the report."""
    design, made = inputs.design, inputs.design.budget
    total = made.subtotal
    assert ProjectDesign.model_validate_json(design.model_dump_json()) == design

    full = design.packages[2]
    assert (full.subtotal, full.support_cost, full.total) == (
        total, made.support_cost, made.total,
    )  # fmt: skip
    assert made.support_cost == (total * Decimal("0.13")).quantize(CENT, ROUND_HALF_UP)
    assert total == summed(one.cost for one in design.interventions)
    for parts in (made.lines, made.by_category, made.by_year, made.by_outcome):
        assert summed(part.amount for part in parts) == total
        assert all(type(part.amount) is Decimal for part in parts)

    exported = {table.name: [dict(row) for row in table.rows] for table in tables(inputs)}
    assert summed(row["amount"] for row in exported["budget"]) == total

    activity = etree.fromstring(activity_file(inputs, OFFICE, date(2027, 3, 1)))
    assert summed(value.text for value in activity.iter("value")) == made.total

    printed = compose(inputs).project
    assert read(printed.packages[2].total) == made.total
    assert read(printed.packages[2].subtotal) == total
    assert (read(printed.budget.subtotal), read(printed.budget.total)) == (total, made.total)
    assert read(printed.budget.support_cost) == made.support_cost
    for amounts in (
        printed.budget.by_category, printed.budget.by_year, printed.budget.by_outcome,
        printed.budget.lines,
    ):  # fmt: skip
        assert summed(one.amount for one in amounts) == total
    assert summed(one.cost for one in printed.interventions) == total


def test_the_tables_of_the_word_file_add_up(tmp_path: Path) -> None:
    """Every table of amounts in the file itself, read back from it."""
    inputs = at(Decimal("437219.37"))
    made = inputs.design.budget
    document = Document(str(write_report(inputs, tmp_path).docx))
    found = 0
    for table in document.tables:
        heads = [cell.text.strip() for cell in table.rows[0].cells]
        if "Amount" not in heads or "Donor" in heads:
            continue
        place = heads.index("Amount")
        lines = [row for row in table.rows[1:] if row.cells[0]._tc is not row.cells[-1]._tc]
        said = {row.cells[0].text.strip(): row.cells[place].text for row in lines}
        rows = [row.cells[place].text.strip() for row in lines]  # without headings inside
        if "Total" in said:
            assert read(said["Total"]) == made.total
            assert read(said["Subtotal"]) == made.subtotal
            rows = rows[:-3]
        assert summed(rows) == made.subtotal
        found += 1
    assert found == 4  # by category, year and outcome, and the lines
