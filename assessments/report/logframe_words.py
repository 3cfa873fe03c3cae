"""The logical framework and the budget of a report, composed: results with their indicators,
activities under their outputs, and sums in one way of writing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from assessments.design.cost import category_name
from assessments.design.logframe_words import NOT_COUNTED
from assessments.design.phrases import ended
from assessments.language import Said
from assessments.report import context_logframe as c
from assessments.report.context_findings import Fact, Finding
from assessments.report.plain import LONGEST_CELL
from assessments.report.voices import Voices
from assessments.report.wording import DASH
from assessments.results import (
    Activity,
    BudgetLine,
    BudgetTotal,
    Indicator,
    Outcome,
    Output,
    ProjectDesign,
)


def outcome_of(voices: Voices, outcome: Outcome, number: str) -> c.Outcome:
    known = {o.id: o for o in voices.inputs.design.outputs}
    outputs = [known[o] for o in outcome.outputs if o in known]
    return c.Outcome(
        id=outcome.id,
        number=number,
        text=voices.printed(outcome.text),
        institutions=voices.words.listed([voices.institution(i) for i in outcome.institutions]),
        indicators=tuple(indicator_of(voices, i) for i in outcome.indicators),
        assumptions=tuple(voices.printed(a) for a in outcome.assumptions),
        outputs=tuple(_output(voices, o, f"{number}.{n}") for n, o in enumerate(outputs, 1)),
    )


def _output(voices: Voices, output: Output, number: str) -> c.Output:
    known = {a.id: a for a in voices.inputs.design.activities}
    return c.Output(
        id=output.id,
        number=number,
        text=voices.printed(output.text),
        indicators=tuple(indicator_of(voices, i) for i in output.indicators),
        assumptions=tuple(voices.printed(a) for a in (*output.assumptions, *output.conditions)),
        sustainability=voices.printed(output.sustainability),
        activities=tuple(_activity(voices, known[a]) for a in output.activities if a in known),
    )


def _activity(voices: Voices, activity: Activity) -> c.Activity:
    design = voices.inputs.design
    titles = {a.id: voices.title(a.intervention) for a in design.activities}
    return c.Activity(
        id=activity.id,
        text=voices.title(activity.intervention),  # its form here stands under the intervention
        period=voices.words.quarters(activity.start_quarter, activity.end_quarter),
        phase=voices.words.whole(chosen.phase)
        if (chosen := voices.chosen.get(activity.intervention))
        else DASH,
        owner=voices.institution(activity.owner),
        after=tuple(
            Finding(titles.get(name, ""), name) for name in activity.after if name in titles
        ),
        government=voices.says(activity.id),
    )


def indicator_of(voices: Voices, indicator: Indicator) -> c.Indicator:
    words = voices.words
    closed = not voices.may_show(indicator.sensitivity)
    return c.Indicator(
        id=indicator.id,
        text=voices.printed(indicator.text),
        baseline=words.not_shown()
        if closed
        else _dated(voices, indicator.baseline, indicator.baseline_year),
        target=words.not_shown()
        if closed
        else _dated(voices, indicator.target, indicator.target_date),
        source=voices.printed(indicator.source, LONGEST_CELL),
        frequency=voices.printed(indicator.frequency),
        owner=voices.institution(indicator.owner),
        disaggregation=DASH
        if indicator.disaggregation == NOT_COUNTED
        else voices.printed(indicator.disaggregation),
        question=indicator.question,
    )


def _dated(voices: Voices, value: str, when: str) -> str:
    if not value:
        return DASH
    said = voices.printed(value)
    return f"{said} ({voices.printed(when)})" if when else said


def indicators_of(voices: Voices, design: ProjectDesign) -> tuple[c.Indicator, ...]:
    """Every indicator once, in the order of the logical framework."""
    found = list(design.impact_indicators)
    for outcome in design.outcomes:
        found += outcome.indicators
    for output in design.outputs:
        found += output.indicators
    once = {indicator.id: indicator for indicator in found}
    return tuple(indicator_of(voices, indicator) for indicator in once.values())


def budget_of(voices: Voices, design: ProjectDesign) -> c.Budget:
    words, budget = voices.words, design.budget
    amounts = (budget.support_cost, *(line.amount for line in budget.lines))
    cents = any(amount % 1 for amount in amounts)  # one way of writing in all tables

    def figure(amount: Decimal) -> str:
        return words.decimal(amount, "#,##0.00" if cents else "#,##0")

    outcomes = {o.id: f"{n}. {voices.printed(o.text)}" for n, o in enumerate(design.outcomes, 1)}
    based = [_basis(voices, line) for line in budget.lines]
    sources = {
        basis: words.whole(n) for n, basis in enumerate(dict.fromkeys(b for b, _ in based), 1)
    }
    lines = tuple(
        c.BudgetLine(
            id=line.id,
            description=voices.printed(_described(line), LONGEST_CELL),
            what=_what(voices, line),
            category=words.term(line.category),
            year=words.whole(line.year),
            quantity=words.quantity(line.quantity, voices.printed(line.unit)),
            unit_cost=figure(line.unit_cost),
            range=f"{words.figure(line.unit_cost_low)}{DASH}{words.figure(line.unit_cost_high)}",
            source=" \u00b7 ".join(part for part in (sources[basis], share) if part),
            amount=figure(line.amount),
        )
        for line, (basis, share) in zip(budget.lines, based, strict=True)
    )
    return c.Budget(
        sentence=words.say(
            "The {package} package comes to {total}: {subtotal} for activities and {support} "
            "programme support cost.",
            package=words.term(budget.package).lower(),
            total=words.money(budget.total, budget.currency),
            subtotal=words.money(budget.subtotal, budget.currency),
            support=words.money(budget.support_cost, budget.currency),
        ),
        assumption=words.say(
            "Unit costs are illustrative planning figures, not a price list of any organization. "
            "They are to be replaced by local quotations before a budget is signed."
        ),
        currency=budget.currency,
        by_category=_amounts(voices, budget.by_category, budget.subtotal, {}, figure),
        by_year=_amounts(voices, budget.by_year, budget.subtotal, {}, figure, year=True),
        by_outcome=_amounts(voices, budget.by_outcome, budget.subtotal, outcomes, figure),
        lines=lines,
        groups=_by_activity(voices, design, lines),
        sources=tuple(Fact(number, basis) for basis, number in sources.items()),
        subtotal=figure(budget.subtotal),
        support_label=words.say(
            "Programme support cost ({rate})", rate=words.share(budget.support_rate)
        ),
        support_cost=figure(budget.support_cost),
        total=figure(budget.total),
    )


def _by_activity(
    voices: Voices, design: ProjectDesign, lines: tuple[c.BudgetLine, ...]
) -> tuple[c.BudgetGroup, ...]:
    """The lines under the activity they pay for, so that its title stands once."""
    titles = {a.id: voices.title(a.intervention) for a in design.activities}
    groups: dict[str, list[c.BudgetLine]] = {}
    for line, shown in zip(design.budget.lines, lines, strict=True):
        groups.setdefault(line.activity, []).append(shown)
    return tuple(
        c.BudgetGroup(titles.get(name, name), name, tuple(own)) for name, own in groups.items()
    )


def _basis(voices: Voices, line: BudgetLine) -> tuple[str, str]:
    """Where a unit cost comes from, and which share of it the line is: the share changes with the
    category, the source does not."""
    first = line.basis.parts[0] if line.basis.parts else line.basis
    basis, share = first.values.get("basis"), first.values.get("share")
    if not isinstance(basis, str) or not isinstance(share, float):
        return voices.printed(line.basis, LONGEST_CELL), ""
    said = [voices.printed(one, LONGEST_CELL) for one in (ended(basis), *line.basis.parts[1:])]
    return " ".join(said), voices.words.share(share)


def _what(voices: Voices, line: BudgetLine) -> str:
    """What a line pays for under the title of its activity: the category, with what sets it
    apart."""
    what = line.description.values.get("what")
    category = voices.words.term(line.category)
    if not isinstance(what, str) or what == category_name(line.category):
        return category
    return voices.words.labelled(voices.printed(what), category)


def _described(line: BudgetLine) -> Said:
    """What is paid for, without the category that stands in the column beside it."""
    values = line.description.values
    if values.get("what") == category_name(line.category):
        return Said("{title!u}", title=values["title"])
    return line.description


def _amounts(
    voices: Voices,
    totals: tuple[BudgetTotal, ...],
    subtotal: Decimal,
    names: dict[str, str],
    figure: Callable[[Decimal], str],
    *,
    year: bool = False,
) -> tuple[c.Amount, ...]:
    words = voices.words
    return tuple(
        c.Amount(
            label=words.say("Year {n}", n=total.key)
            if year
            else names.get(total.key) or words.term(total.key),
            amount=figure(total.amount),
            share=words.share(total.amount / subtotal if subtotal else None),
        )
        for total in totals
    )
