"""The project design as an activity file of the International Aid Transparency Initiative (2.03).

A design is an activity in the pipeline: planned dates, an indicative budget by year, sectors, the
Sustainable Development Goal targets, and results with indicators. Nothing in it was spent and
nobody has committed anything. What it says stands there in English and in each language of the
report that has another text for it. Element order is that of the standard's schema. Levels 0 to 4
are ordinal values; what is counted in words stays words (a qualitative indicator with its comment).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree

from assessments.pack.design_method import AidSector
from assessments.reference import alpha2
from assessments.report.inputs import ReportInputs
from assessments.report.plain import plain
from assessments.report.voices import Voices
from assessments.report.wording import Wording
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

LANGUAGES = ("en", "fr", "es", "ar")  # English is the file's own
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Element = etree._Element
Says = Callable[[Voices], str]


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
    tongues = tuple(Voices(inputs, Wording(code)) for code in LANGUAGES)
    root.append(_Writer(tongues).activity(inputs, organization, start))
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


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes what is said in every language that says it in words of its own."""

    tongues: tuple[Voices, ...]  # the first in the language of the file

    def narrative(self, parent: Element, says: Says) -> None:
        """A text as the standard wants it, once a language."""
        own = says(self.tongues[0])
        _narrative(parent, own)
        for voices in self.tongues[1:]:
            other = says(voices)
            if other != own:
                _narrative(parent, other, voices.language)

    def activity(
        self, inputs: ReportInputs, organization: IatiOrganization, start: date
    ) -> Element:
        """The whole activity."""
        design, ref = inputs.design, inputs.design.assessment
        activity = etree.Element("iati-activity")
        activity.set("default-currency", design.budget.currency)
        activity.set(_XML_LANG, self.tongues[0].language)
        activity.set("last-updated-datetime", _moment(inputs))
        _add(activity, "iati-identifier").text = f"{organization.ref}-TANA-{ref.iso3}-{ref.round}"
        reporting = _add(activity, "reporting-org", ref=organization.ref, type=organization.type)
        _narrative(reporting, organization.name)
        self.narrative(_add(activity, "title"), lambda voices: voices.printed(design.title))
        self.narrative(_add(activity, "description", type=_GENERAL), _what_it_is)
        if design.impact:
            objectives = _add(activity, "description", type=_OBJECTIVES)
            self.narrative(objectives, lambda voices: voices.printed(design.impact))
        partner = _add(activity, "participating-org", role=_ACCOUNTABLE, type=_GOVERNMENT)
        self.narrative(
            partner,
            lambda voices: voices.words.say("Government of {country}", country=voices.country),
        )
        _add(activity, "activity-status", code=_PIPELINE)
        end = _day_before(_later(start, design.months))
        for kind, day in ((_PLANNED_START, start), (_PLANNED_END, end)):
            _add(activity, "activity-date", **{"type": kind, "iso-date": day.isoformat()})
        country = _add(activity, "recipient-country", code=alpha2(ref.iso3), percentage="100")
        self.narrative(country, lambda voices: voices.country)
        for sector, share in _sectors(inputs):
            self.sector(activity, sector, share)
        for target in design.sdg_targets:
            _add(activity, "tag", vocabulary=_SDG_TARGETS, code=target)
        for year in years(inputs, start):
            budget = _add(activity, "budget", type=_ORIGINAL, status=_INDICATIVE)
            _add(budget, "period-start", **{"iso-date": year.start.isoformat()})
            _add(budget, "period-end", **{"iso-date": year.end.isoformat()})
            value = {"currency": design.budget.currency, "value-date": start.isoformat()}
            _add(budget, "value", **value).text = f"{year.amount:.2f}"
        self.results(activity, inputs, start, end)
        return activity

    def sector(self, activity: Element, sector: AidSector, share: Decimal) -> None:
        element = _add(
            activity, "sector", vocabulary=_DAC_FIVE_DIGITS, code=sector.code, percentage=f"{share}"
        )
        self.narrative(element, lambda voices: voices.printed(sector.name))

    # --- results ----------------------------------------------------------------------------------

    def results(self, activity: Element, inputs: ReportInputs, start: date, end: date) -> None:
        """Impact, outcomes and outputs with their indicators."""
        design = inputs.design
        levels = {score.sub_dimension: score for score in inputs.scores.sub_dimensions}
        project = _Project(activity, start, end)
        if design.impact_indicators:
            self.result(project, _IMPACT, design.impact, (), design.impact_indicators, {})
        for outcome in design.outcomes:
            scored = {
                indicator.id: levels[question.sub_dimension]
                for indicator in outcome.indicators
                if (question := inputs.pack.question.get(indicator.question)) is not None
                and question.sub_dimension in levels
            }
            self.result_of(project, _OUTCOME, outcome, scored)
        for output in design.outputs:
            self.result_of(project, _OUTPUT, output, {})

    def result_of(
        self,
        project: _Project,
        kind: str,
        one: Outcome | Output,
        scored: dict[str, SubDimensionScore],
    ) -> None:
        conditions = one.conditions if isinstance(one, Output) else ()
        if one.indicators:
            assumed = (*one.assumptions, *conditions)
            self.result(project, kind, one.text, assumed, one.indicators, scored)

    def result(
        self,
        project: _Project,
        kind: str,
        text: str,
        assumed: tuple[str, ...],
        indicators: Iterable[Indicator],
        scored: dict[str, SubDimensionScore],
    ) -> None:
        result = _add(project.activity, "result", **{"type": kind, "aggregation-status": "false"})
        self.narrative(_add(result, "title"), lambda voices: voices.printed(text))
        if assumed:
            self.narrative(
                _add(result, "description"),
                lambda voices: voices.words.labelled(
                    voices.words.say("Assumptions"),
                    " ".join(voices.printed(one) for one in assumed),
                ),
            )
        for indicator in indicators:
            self.indicator(result, project, indicator, scored.get(indicator.id))

    def indicator(
        self, result: Element, project: _Project, one: Indicator, score: SubDimensionScore | None
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
        self.narrative(
            _add(element, "title"), lambda voices: f"{one.id}: {voices.printed(one.text)}"
        )
        self.narrative(_add(element, "description"), lambda voices: _source(voices, one))
        baseline = _add(element, "baseline", year=one.baseline_year)
        period = _add(element, "period")
        _add(period, "period-start", **{"iso-date": project.start.isoformat()})
        _add(period, "period-end", **{"iso-date": project.end.isoformat()})
        target = _add(period, "target")
        if known and score is not None:
            baseline.set("value", f"{score.level:.1f}")
            target.set("value", f"{score.target:g}")
        self.narrative(_add(baseline, "comment"), lambda voices: voices.printed(one.baseline))
        self.narrative(
            _add(target, "comment"),
            lambda voices: f"{voices.printed(one.target)} ({voices.printed(one.target_date)})",
        )


@dataclass(frozen=True, slots=True)
class _Project:
    """Where results are written, and the time they cover."""

    activity: Element
    start: date
    end: date


def _source(voices: Voices, one: Indicator) -> str:
    words = voices.words
    source = words.labelled(words.say("Source"), voices.printed(one.source))
    owner = words.labelled(words.say("Owner"), voices.institution(one.owner))
    return f"{source}. {owner}."


def _what_it_is(voices: Voices) -> str:
    inputs, words = voices.inputs, voices.words
    said = [
        words.say("Approved for discussion with the Government.")
        if inputs.provenance.approval
        else words.say("DRAFT for discussion with the Government: not approved."),
        words.say(
            "Drawn from a needs assessment of round {round}, made from answers given by national "
            "authorities. Costs are illustrative planning figures; nothing has been committed.",
            round=inputs.design.assessment.round,
        ),
    ]
    if inputs.country.fictional:
        said.append(words.say("Fictional country: every answer is invented."))
    return " ".join(said)


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


# --- small parts ----------------------------------------------------------------------------------


def _add(parent: Element, name: str, **attributes: str) -> Element:
    return etree.SubElement(parent, name, attributes)


def _narrative(parent: Element, text: str, language: str = "") -> None:
    """One text, in the language of the file if no other; what cannot be printed is shown."""
    element = _add(parent, "narrative")
    element.text = plain(text, len(text))
    if language:
        element.set(_XML_LANG, language)


def _moment(inputs: ReportInputs) -> str:
    return inputs.provenance.made_at.isoformat(timespec="seconds")


def _later(start: date, months: int) -> date:
    """The first day of the month that lies `months` later (projects start on a first)."""
    month = start.month - 1 + months
    return date(start.year + month // 12, month % 12 + 1, 1)


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
