"""The project design as an activity file of the International Aid Transparency Initiative (2.03).

A design is an activity in the pipeline: planned dates, an indicative budget by year, sectors, the
Sustainable Development Goal targets, and results with indicators. Nothing in it was spent and
nobody has committed anything. Element order is that of the standard's schema. Levels 0 to 4 are
ordinal values; what is counted in words stays words (a qualitative indicator with its comment).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree

from assessments.pack.design_method import AidSector
from assessments.reference import alpha2
from assessments.report.inputs import ReportInputs
from assessments.results import Indicator, Outcome, Output, SubDimensionScore
from assessments.settings import IatiOrganization

VERSION = "2.03"
_CENT = Decimal("0.01")
# Codes of the standard's code lists: BudgetType, ResultType, IndicatorMeasure, ActivityStatus ...
_ORIGINAL, _INDICATIVE = "1", "1"
_OUTPUT, _OUTCOME, _IMPACT = "1", "2", "3"
_ORDINAL, _QUALITATIVE = "4", "5"
_PIPELINE = "1"
_PLANNED_START, _PLANNED_END = "1", "3"
_ACCOUNTABLE = "2"
_DAC_FIVE_DIGITS, _SDG_TARGETS = "1", "3"
_GOVERNMENT = "10"
_GENERAL, _OBJECTIVES = "1", "2"

Element = etree._Element


@dataclass(frozen=True, slots=True)
class YearBudget:
    """What one year of the project costs, support cost included."""

    start: date
    end: date
    amount: Decimal


def activity_file(inputs: ReportInputs, organization: IatiOrganization, start: date) -> bytes:
    """The design of these inputs, in their edition as an IATI file, for a project from `start`.

    The amounts of the years add up to the total of the report, to the cent.
    """
    root = etree.Element("iati-activities", version=VERSION)
    root.set("generated-datetime", _moment(inputs))
    root.append(_activity(inputs, organization, start))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def years(inputs: ReportInputs, start: date) -> tuple[YearBudget, ...]:
    """The budget by project year; the last year takes what rounding leaves of the support cost."""
    budget = inputs.design.budget
    left, found = budget.support_cost, []
    spent = [total for total in budget.by_year if total.amount]
    for place, total in enumerate(spent, start=1):
        number = int(total.key)
        support = (total.amount * budget.support_rate).quantize(_CENT)
        if place == len(spent):
            support = left
        left -= support
        first = _later(start, 12 * (number - 1))
        found.append(
            YearBudget(first, _day_before(_later(start, 12 * number)), total.amount + support)
        )
    return tuple(found)


def _activity(inputs: ReportInputs, organization: IatiOrganization, start: date) -> Element:
    design, ref = inputs.design, inputs.design.assessment
    activity = etree.Element("iati-activity")
    activity.set("default-currency", design.budget.currency)
    activity.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    activity.set("last-updated-datetime", _moment(inputs))
    _add(activity, "iati-identifier").text = f"{organization.ref}-TANA-{ref.iso3}-{ref.round}"
    reporting = _add(activity, "reporting-org", ref=organization.ref, type=organization.type)
    _narrative(reporting, organization.name)
    _narrative(_add(activity, "title"), design.title)
    _narrative(_add(activity, "description", type=_GENERAL), _what_it_is(inputs))
    if design.impact:
        _narrative(_add(activity, "description", type=_OBJECTIVES), design.impact)
    partner = _add(activity, "participating-org", role=_ACCOUNTABLE, type=_GOVERNMENT)
    _narrative(partner, f"Government of {inputs.country.un_name}")
    _add(activity, "activity-status", code=_PIPELINE)
    end = _day_before(_later(start, design.months))
    for kind, day in ((_PLANNED_START, start), (_PLANNED_END, end)):
        _add(activity, "activity-date", **{"type": kind, "iso-date": day.isoformat()})
    country = _add(activity, "recipient-country", code=alpha2(ref.iso3), percentage="100")
    _narrative(country, inputs.country.un_name)
    for sector, share in _sectors(inputs):
        element = _add(
            activity, "sector", vocabulary=_DAC_FIVE_DIGITS, code=sector.code, percentage=f"{share}"
        )
        _narrative(element, sector.name)
    for target in design.sdg_targets:
        _add(activity, "tag", vocabulary=_SDG_TARGETS, code=target)
    for year in years(inputs, start):
        budget = _add(activity, "budget", type=_ORIGINAL, status=_INDICATIVE)
        _add(budget, "period-start", **{"iso-date": year.start.isoformat()})
        _add(budget, "period-end", **{"iso-date": year.end.isoformat()})
        value = {"currency": design.budget.currency, "value-date": start.isoformat()}
        _add(budget, "value", **value).text = f"{year.amount:.2f}"
    _results(activity, inputs, start, end)
    return activity


def _what_it_is(inputs: ReportInputs) -> str:
    status = (
        "Approved for discussion with the government."
        if inputs.provenance.approval
        else "DRAFT for discussion with the government: not approved."
    )
    fictional = (
        " The country is fictional, and so is every answer." if inputs.country.fictional else ""
    )
    return (
        f"{status} Drawn from a needs assessment of round {inputs.design.assessment.round}, made "
        "from answers given by national authorities. Costs are illustrative planning figures; "
        f"nothing has been committed.{fictional}"
    )


def _sectors(inputs: ReportInputs) -> list[tuple[AidSector, Decimal]]:
    """Sectors with their share of the activities' cost in per cent; shares add up to 100."""
    method = inputs.pack.method
    known = method.design.sectors if method else {}
    costs: dict[str, Decimal] = {}
    for one in inputs.design.interventions:
        lead = one.lead if one.lead in known else ""
        if lead in known:
            code = known[lead].code
            costs[code] = costs.get(code, Decimal(0)) + one.cost
    total = sum(costs.values(), Decimal(0))
    if not total:
        return [(known[""], Decimal(100))] if "" in known else []
    by_code = {sector.code: sector for sector in known.values()}
    ordered = sorted(costs, key=lambda code: (-costs[code], code))
    shares = {code: (100 * costs[code] / total).quantize(_CENT) for code in ordered}
    shares[ordered[0]] += 100 - sum(shares.values(), Decimal(0))
    return [(by_code[code], shares[code]) for code in ordered if shares[code]]


# --- results --------------------------------------------------------------------------------------


def _results(activity: Element, inputs: ReportInputs, start: date, end: date) -> None:
    design = inputs.design
    levels = {score.sub_dimension: score for score in inputs.scores.sub_dimensions}
    if design.impact_indicators:
        _result(activity, _IMPACT, design.impact, "", design.impact_indicators, {}, start, end)
    for outcome in design.outcomes:
        scored = {
            indicator.id: levels[question.sub_dimension]
            for indicator in outcome.indicators
            if (question := inputs.pack.question.get(indicator.question)) is not None
            and question.sub_dimension in levels
        }
        _result_of(activity, _OUTCOME, outcome, scored, start, end)
    for output in design.outputs:
        _result_of(activity, _OUTPUT, output, {}, start, end)


def _result_of(
    activity: Element,
    kind: str,
    one: Outcome | Output,
    scored: dict[str, SubDimensionScore],
    start: date,
    end: date,
) -> None:
    conditions = one.conditions if isinstance(one, Output) else ()
    assumed = " ".join((*one.assumptions, *conditions))
    if one.indicators:
        _result(activity, kind, one.text, assumed, one.indicators, scored, start, end)


def _result(
    activity: Element,
    kind: str,
    text: str,
    assumptions: str,
    indicators: Iterable[Indicator],
    scored: dict[str, SubDimensionScore],
    start: date,
    end: date,
) -> None:
    result = _add(activity, "result", **{"type": kind, "aggregation-status": "false"})
    _narrative(_add(result, "title"), text)
    if assumptions:
        _narrative(_add(result, "description"), f"Assumption: {assumptions}")
    for indicator in indicators:
        _indicator(result, indicator, scored.get(indicator.id), start, end)


def _indicator(
    result: Element, one: Indicator, score: SubDimensionScore | None, start: date, end: date
) -> None:
    known = score is not None and score.level is not None and score.target is not None
    element = _add(
        result,
        "indicator",
        **{
            "measure": _ORDINAL if known else _QUALITATIVE,
            "ascending": "true",
            "aggregation-status": "false",
        },
    )
    _narrative(_add(element, "title"), f"{one.id}: {one.text}")
    _narrative(_add(element, "description"), f"Source: {one.source}. Owner: {one.owner}.")
    baseline = _add(element, "baseline", year=one.baseline_year)
    period = _add(element, "period")
    _add(period, "period-start", **{"iso-date": start.isoformat()})
    _add(period, "period-end", **{"iso-date": end.isoformat()})
    target = _add(period, "target")
    if known and score is not None:
        baseline.set("value", f"{score.level:.1f}")
        target.set("value", f"{score.target:g}")
    _narrative(_add(baseline, "comment"), one.baseline)
    _narrative(_add(target, "comment"), f"{one.target} ({one.target_date})")


# --- small parts ----------------------------------------------------------------------------------


def _add(parent: Element, name: str, **attributes: str) -> Element:
    return etree.SubElement(parent, name, attributes)


def _narrative(parent: Element, text: str) -> None:
    """A text as the standard wants it; characters that XML forbids are shown as U+FFFD."""
    allowed = "".join(c if c in "\t\n\r" or c >= " " else "\ufffd" for c in text)
    _add(parent, "narrative").text = allowed


def _moment(inputs: ReportInputs) -> str:
    return inputs.provenance.made_at.isoformat(timespec="seconds")


def _later(start: date, months: int) -> date:
    """The first day of the month that lies `months` later (projects start on a first)."""
    month = start.month - 1 + months
    return date(start.year + month // 12, month % 12 + 1, 1)


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
