"""The IATI activity file says what the report says, and what the standard's schema allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree
from report_example import SECRET

from assessments.report import ReportInputs
from assessments.report.iati import activity_file, years
from assessments.settings import UNNAMED_ORGANIZATION, IatiOrganization

SCHEMA = Path(__file__).parents[3] / "shared" / "checks" / "iati" / "iati-activities-schema.xsd"
START = date(2027, 3, 1)
OFFICE = IatiOrganization("XA-OFFICE-1", "Office for cooperation", "40")


def published(inputs: ReportInputs) -> etree._Element:
    return etree.fromstring(activity_file(inputs, OFFICE, START))


@pytest.mark.skipif(
    not SCHEMA.is_file(),
    reason="the IATI 2.03 schemas are not beside the project (shared/checks/iati)",
)
def test_the_file_is_valid_against_the_schema_of_the_standard(inputs: ReportInputs) -> None:
    schema = etree.XMLSchema(etree.parse(str(SCHEMA), etree.XMLParser(no_network=True)))
    hostile = inputs.design.model_copy(update={"title": "A <b> & \x00\x0b \u202e title"})
    for given in (inputs, replace(inputs, design=hostile)):
        schema.assertValid(published(given))


def test_the_years_add_up_to_the_total_of_the_report_to_the_cent(inputs: ReportInputs) -> None:
    budget = inputs.design.budget
    found = years(inputs, START)
    assert sum(year.amount for year in found) == budget.total
    values = [Decimal(value.text or "") for value in published(inputs).iter("value")]
    assert sum(values) == budget.total


def test_a_project_year_runs_from_the_first_month_to_the_day_before_the_next(
    inputs: ReportInputs,
) -> None:
    """A project from 1 March 2027: its second year begins after the leap day of 2028."""
    budget = inputs.design.budget
    total = budget.by_year[0].model_copy(update={"key": "2"})
    second = budget.model_copy(update={"by_year": (total,)})
    found = years(
        replace(inputs, design=inputs.design.model_copy(update={"budget": second})), START
    )
    assert (found[0].start, found[0].end) == (date(2028, 3, 1), date(2029, 2, 28))


def test_the_last_year_takes_what_rounding_leaves_of_the_support_cost(
    inputs: ReportInputs,
) -> None:
    """13 % of 0.50 is 0.07 by rounding, twice 0.14; of 1.00 together it is 0.13."""
    halves = tuple(
        total.model_copy(update={"key": str(n), "amount": Decimal("0.50")})
        for n, total in zip((1, 2), inputs.design.budget.by_year * 2, strict=False)
    )
    budget = inputs.design.budget.model_copy(
        update={
            "by_year": halves,
            "subtotal": Decimal("1.00"),
            "support_cost": Decimal("0.13"),
            "total": Decimal("1.13"),
        }
    )
    design = inputs.design.model_copy(update={"budget": budget})
    found = years(replace(inputs, design=design), START)
    assert [year.amount for year in found] in (
        [Decimal("0.57"), Decimal("0.56")],
        [Decimal("0.56"), Decimal("0.57")],
    )
    assert sum(year.amount for year in found) == Decimal("1.13")


def test_a_draft_says_so_and_an_unnamed_office_is_not_for_publication(
    inputs: ReportInputs,
) -> None:
    text = activity_file(inputs, OFFICE, START).decode()
    assert "DRAFT for discussion with the Government: not approved." in text
    assert OFFICE.named
    assert not UNNAMED_ORGANIZATION.named


def test_nothing_confidential_is_published(inputs: ReportInputs) -> None:
    text = activity_file(inputs, OFFICE, START).decode()
    assert SECRET not in text
    assert "OPS_2" not in text


def test_a_fictional_country_has_a_user_assigned_code(inputs: ReportInputs) -> None:
    country = published(inputs).find(".//recipient-country")
    assert country is not None
    assert country.get("code") == "XA"


def test_it_speaks_every_language_of_the_report_that_has_a_text(inputs: ReportInputs) -> None:
    """Once each; what has no translation stands in English alone, as the file's own language."""
    file = published(inputs)
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    activity = file[0]
    assert activity.get(lang) == "en"
    said = {one.get(lang): one.text for one in activity.find("description")}
    assert said.keys() == {None, "fr", "es", "ar"}
    assert "DRAFT" in str(said[None])
    assert "PROJET" in str(said["fr"])
    assert "BORRADOR" in str(said["es"])
    assert "\u0645\u0633\u0648\u062f\u0629" in str(said["ar"])
    for group in {one.getparent() for one in activity.iter("narrative")}:
        languages = [one.get(lang) for one in group if one.tag == "narrative"]
        assert languages[0] is None
        assert len(languages) == len(set(languages))
