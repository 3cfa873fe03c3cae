"""PART B of a report, composed: the tailored project design, a draft for the government.

Every intervention says which rule chose or changed it and why, so that two countries with the same
gap can see why their advice differs; what was left out is printed with its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from assessments.identifiers import Kind, printed_id
from assessments.report import context as c
from assessments.report.palette import risk_shade
from assessments.report.plain import plain
from assessments.report.voices import Voices
from assessments.report.wording import DASH
from assessments.results import (
    Activity,
    AppliedRule,
    BudgetTotal,
    ChosenIntervention,
    Indicator,
    Outcome,
    Output,
    Package,
    ProjectDesign,
    Risk,
)

LONGEST_WHY = 4000  # characters of the reasons of one intervention
LONGEST_CELL = 400  # characters of free text in one table cell


def project(voices: Voices) -> c.Project:
    """The whole of Part B."""
    design, words = voices.redacted.inputs.design, voices.words
    hidden = voices.redacted.interventions
    outcomes = tuple(_outcome(voices, o, str(n)) for n, o in enumerate(design.outcomes, 1))
    return c.Project(
        title=plain(design.title),
        intro=words.say(
            "This is a draft for discussion with the Government of {country}. It follows from the "
            "findings by rules that are printed beside each choice; the Government decides which "
            "of it becomes a project, in what order and with whom.",
            country=voices.redacted.inputs.country.un_name,
        ),
        impact=plain(design.impact),
        duration=words.count("{n} month", "{n} months", design.months),
        packages_intro=words.say(
            "Three packages are offered under different ceilings. Each is the set of interventions "
            "that closes most of the weighted gaps for its cost; the larger contain more, never "
            "something else for its own sake."
        ),
        packages=tuple(_package(voices, p) for p in design.packages),
        different_lead=_different_lead(voices, design),
        differences=_differences(voices, design),
        different_note=words.say(
            "Each rule can be read in Annex 4. Where a trait is another, its rules do not apply: "
            "a country with the same gap and another legal tradition, other resources or other "
            "networks is offered the same aim in another form, order or size."
        ),
        interventions=_reasons_once(
            voices,
            [_intervention(voices, chosen, n) for n, chosen in enumerate(design.interventions, 1)],
        ),
        hidden=words.count(
            "{n} intervention and its costs rest on restricted answers and are not shown in the "
            "public version. All sums below are of what is shown.",
            "{n} interventions and their costs rest on restricted answers and are not shown in "
            "the public version. All sums below are of what is shown.",
            hidden,
        )
        if hidden
        else "",
        rejected=_rejected(voices, design),
        rejected_lead=words.count(
            "{n} intervention was considered and is not offered. The reason can be questioned.",
            "{n} interventions were considered and are not offered. They stand together by "
            "reason; each reason can be questioned.",
            len(design.rejected),
        ),
        impact_indicators=tuple(_indicator(voices, i) for i in design.impact_indicators),
        outcomes=outcomes,
        budget=_budget(voices, design),
        risks=tuple(
            _risk(voices, r) for r in sorted(design.risks, key=lambda r: (-r.rating, r.id))
        ),
        indicators=_indicators(voices, design),
        donors=_donors(voices, design),
        stakeholders=_stakeholders(voices, design),
        markers=_markers(voices, design),
    )


def _rejected(voices: Voices, design: ProjectDesign) -> tuple[c.Rejected, ...]:
    """What was left out, together where ground and reason are the same."""
    ref = design.assessment
    groups: dict[tuple[str, str], list[c.Finding]] = {}
    for left in design.rejected:
        local = left.intervention.removeprefix("INT_")
        name = printed_id(Kind.INTERVENTION, ref.iso3, ref.round, local)
        key = (voices.words.term(left.code), plain(left.reason))
        groups.setdefault(key, []).append(c.Finding(plain(left.title), name))
    single: dict[str, list[c.Finding]] = {}  # one of a kind: each says its own reason
    for (ground, reason), items in list(groups.items()):
        if len(items) == 1:
            said = c.Finding(f"{items[0].text}: {reason.removesuffix('.')}", items[0].id)
            single.setdefault(ground, []).append(said)
            del groups[ground, reason]
    groups |= {
        (ground, voices.words.say("for reasons of their own")): items
        for ground, items in single.items()
    }
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return tuple(
        c.Rejected(ground, reason, voices.words.whole(len(items)), tuple(items))
        for (ground, reason), items in ordered
    )


def _reasons_once(voices: Voices, offered: list[c.Intervention]) -> tuple[c.Intervention, ...]:
    """A rule's reason stands under the first intervention it changes; later ones refer to it."""
    first: dict[str, str] = {}
    shown = []
    for one in offered:
        rules = []
        for applied in one.rules:
            if applied.reason and applied.rule in first:
                seen = voices.words.say(
                    "The reason stands under {number}.", number=first[applied.rule]
                )
                applied = replace(applied, reason=seen)
            first.setdefault(applied.rule, one.number)
            rules.append(applied)
        shown.append(replace(one, rules=tuple(rules)))
    return tuple(shown)


_FACT_OF = {  # kind of a rule -> what it looks at
    "legal_tradition": "legal_tradition",
    "resources": "resource_setting",
    "treaty_effect": "treaty_effect",
    "language": "official_languages",
    "network": "networks",
    "geography": "subregion",
}


def _differences(voices: Voices, design: ProjectDesign) -> tuple[c.Difference, ...]:
    """One line a trait of the country: the rule that changes most interventions, and an example."""
    by_kind: dict[str, list[tuple[AppliedRule, ChosenIntervention]]] = {}
    for chosen in design.interventions:
        for applied in chosen.rules:
            by_kind.setdefault(applied.kind, []).append((applied, chosen))
    facts = dict(design.context)
    return tuple(
        _difference(voices, kind, uses, facts.get(_FACT_OF.get(kind, ""), ""))
        for kind, uses in sorted(by_kind.items(), key=lambda item: (-len(item[1]), item[0]))
    )


def _difference(
    voices: Voices,
    kind: str,
    uses: list[tuple[AppliedRule, ChosenIntervention]],
    fact: str,
) -> c.Difference:
    words = voices.words
    applied, chosen = next((use for use in uses if use[0].how), uses[0])
    others = len({rule.rule for rule, _ in uses}) - 1
    known = "" if fact == "unknown" else plain(fact, 120)
    return c.Difference(
        ground=words.term(kind).capitalize(),
        value=known,
        advice=plain(applied.how or words.term(applied.effect).capitalize()),
        reason=plain(applied.reason),
        rule=applied.rule,
        more=words.count(
            "{n} more rule looks at this; see under the interventions.",
            "{n} more rules look at this; see under the interventions.",
            others,
        )
        if others
        else "",
        intervention=plain(chosen.title),
        id=chosen.id,
    )


def summary(voices: Voices) -> str:
    """The project in one sentence of the executive summary."""
    design, words = voices.redacted.inputs.design, voices.words
    budget = design.budget
    if not design.interventions:
        return words.say("No project design is put forward in this version.")
    return words.count(
        "The draft project \u201c{title}\u201d offers {n} intervention over {months} months. The "
        "{package} package put forward for discussion comes to {total}, support cost included.",
        "The draft project \u201c{title}\u201d offers {n} interventions over {months} months. The "
        "{package} package put forward for discussion comes to {total}, support cost included.",
        len(design.interventions),
        title=plain(design.title, 200),
        months=words.whole(design.months),
        package=words.term(budget.package).lower(),
        total=words.money(budget.total, budget.currency),
    )


def different(voices: Voices, most: int = 5) -> tuple[c.Finding, ...]:
    """What rules changed for this country, for the executive summary: one rule once."""
    seen: set[str] = set()
    found: list[c.Finding] = []
    for chosen in voices.redacted.inputs.design.interventions:
        for rule in chosen.rules[:1]:  # one for each: the full list stands under it in Part B
            if rule.rule not in seen and len(found) < most:
                seen.add(rule.rule)
                said = [plain(one) for one in (rule.how, rule.reason) if one]
                text = " ".join(one if one.endswith(".") else f"{one}." for one in said)
                found.append(c.Finding(f"{plain(chosen.title)}: {text}", chosen.id))
    return tuple(found)


def _different_lead(voices: Voices, design: ProjectDesign) -> str:
    changed = sum(bool(chosen.rules) for chosen in design.interventions)
    if not changed:
        return voices.words.say(
            "No tailoring rule applied: the interventions are offered in their standard form."
        )
    return voices.words.count(
        "{n} intervention is different for this country than in its standard form. What is "
        "different, and why, stands under it with the rule that says so.",
        "{n} interventions are different for this country than in their standard form. What is "
        "different, and why, stands under each with the rule that says so.",
        changed,
    )


def _package(voices: Voices, package: Package) -> c.Package:
    words = voices.words
    currency = voices.redacted.inputs.design.budget.currency
    meaning = {
        "essential": words.say("quick wins, and what must come first"),
        "core": words.say("the gaps that weigh most"),
        "full": words.say("all that is worth doing in the period"),
    }[package.name]
    return c.Package(
        id=package.id,
        name=words.term(package.name),
        meaning=meaning,
        ceiling=words.say("no ceiling")
        if package.ceiling is None
        else words.money(package.ceiling, currency),
        count=words.whole(len(package.chosen)),
        interventions=_contents(voices, package),
        subtotal=words.money(package.subtotal, currency),
        support=words.money(package.support_cost, currency),
        total=words.money(package.total, currency),
    )


def _contents(voices: Voices, package: Package) -> str:
    """What a package holds; one that contains a smaller one says what it adds."""
    packages = voices.redacted.inputs.design.packages
    smaller = [
        p
        for p in packages[: packages.index(package)]
        if p.chosen and set(p.chosen) <= set(package.chosen)
    ]
    base = smaller[-1] if smaller else None
    added = [voices.title(code) for code in package.chosen if not base or code not in base.chosen]
    if base is None:
        return "; ".join(added)
    name = voices.words.term(base.name)
    if not added:
        return voices.words.say("As {package}: nothing more fits.", package=name)
    return voices.words.say("As {package}, and: {more}", package=name, more="; ".join(added))


def rule(voices: Voices, applied: AppliedRule, applies_to: str = "") -> c.Rule:
    """A tailoring rule in words."""
    words = voices.words
    return c.Rule(
        rule=applied.rule,
        effect=words.term(applied.effect),
        kind=words.term(applied.kind),
        how=plain(applied.how),
        reason=plain(applied.reason),
        verification=words.term(applied.verification) if applied.verification else "",
        applies_to=applies_to,
    )


def _intervention(voices: Voices, chosen: ChosenIntervention, number: int) -> c.Intervention:
    words = voices.words
    currency = voices.redacted.inputs.design.budget.currency
    low, high = (
        (chosen.quantity * unit).quantize(Decimal(1))
        for unit in (chosen.unit_cost_low, chosen.unit_cost_high)
    )
    return c.Intervention(
        id=chosen.id,
        number=words.whole(number),
        title=plain(chosen.title),
        phase=words.say("Phase {n}", n=chosen.phase),
        period=words.months(chosen.start_month, chosen.months),
        quantity=words.quantity(chosen.quantity, plain(chosen.unit)),
        cost=words.money(chosen.cost, currency),
        cost_range=f"{words.money(low, currency)}{DASH}{words.figure(high)}",
        lead=voices.institution(chosen.lead),
        packages=words.listed([words.term(p) for p in chosen.packages]),
        gaps=tuple(
            c.Finding(voices.sub_name(voices.gaps[g].sub_dimension), g)
            for g in chosen.gaps
            if g in voices.gaps
        ),
        why=_why(chosen),
        rules=tuple(rule(voices, applied) for applied in chosen.rules),
        standard=""
        if chosen.rules
        else words.say("Offered in its standard form: no rule of this country changes it."),
        notes=_notes(voices, chosen),
    )


def _why(chosen: ChosenIntervention) -> str:
    """Why it was chosen, without what its rules say: that stands under it, rule by rule."""
    why = chosen.why
    for applied in chosen.rules:
        for said in (applied.how and f"Here: {applied.how}", applied.reason):
            for sentence in (f"{said}.", said):
                if said and sentence in why:
                    why = why.replace(sentence, "")
                    break
    return plain(" ".join(why.split()), LONGEST_WHY)


def _notes(voices: Voices, chosen: ChosenIntervention) -> tuple[c.Fact, ...]:
    words = voices.words
    tool = plain(chosen.tool)
    if tool and chosen.tool_verification:
        tool = f"{tool} ({words.term(chosen.tool_verification)})"
    facts = (
        c.Fact(words.say("Comes after"), words.listed([voices.title(a) for a in chosen.after])),
        c.Fact(words.say("Tool offered"), tool),
        c.Fact(
            words.say("To coordinate with"),
            words.listed([plain(d) for d in chosen.coordinate_with]),
        ),
        c.Fact(
            words.say("Safeguard"),
            words.say("human rights due diligence screening before support begins")
            if chosen.hrddp
            else "",
        ),
        c.Fact(words.say("Serves"), _target(voices, chosen.sdg_target)),
    )
    return tuple(fact for fact in facts if fact.value)


def _target(voices: Voices, target: str) -> str:
    if not target:
        return ""
    return voices.words.say("Sustainable Development Goal target {target}", target=plain(target))


def _outcome(voices: Voices, outcome: Outcome, number: str) -> c.Outcome:
    known = {o.id: o for o in voices.redacted.inputs.design.outputs}
    outputs = [known[o] for o in outcome.outputs if o in known]
    return c.Outcome(
        id=outcome.id,
        number=number,
        text=plain(outcome.text),
        institutions=voices.words.listed([voices.institution(i) for i in outcome.institutions]),
        indicators=tuple(_indicator(voices, i) for i in outcome.indicators),
        assumptions=tuple(plain(a) for a in outcome.assumptions),
        outputs=tuple(_output(voices, o, f"{number}.{n}") for n, o in enumerate(outputs, 1)),
    )


def _output(voices: Voices, output: Output, number: str) -> c.Output:
    known = {a.id: a for a in voices.redacted.inputs.design.activities}
    return c.Output(
        id=output.id,
        number=number,
        text=plain(output.text),
        indicators=tuple(_indicator(voices, i) for i in output.indicators),
        assumptions=tuple(plain(a) for a in output.assumptions),
        sustainability=plain(output.sustainability),
        activities=tuple(_activity(voices, known[a]) for a in output.activities if a in known),
    )


def _activity(voices: Voices, activity: Activity) -> c.Activity:
    design = voices.redacted.inputs.design
    titles = {a.id: voices.title(a.intervention) for a in design.activities}
    return c.Activity(
        id=activity.id,
        text=plain(activity.text),
        period=voices.words.quarters(activity.start_quarter, activity.end_quarter),
        owner=voices.institution(activity.owner),
        after=tuple(
            c.Finding(titles.get(name, ""), name) for name in activity.after if name in titles
        ),
    )


def _indicator(voices: Voices, indicator: Indicator) -> c.Indicator:
    words = voices.words
    closed = not voices.may_show(indicator.sensitivity)
    return c.Indicator(
        id=indicator.id,
        text=plain(indicator.text),
        baseline=words.not_shown()
        if closed
        else _dated(indicator.baseline, indicator.baseline_year),
        target=words.not_shown() if closed else _dated(indicator.target, indicator.target_date),
        source=plain(indicator.source, LONGEST_CELL),
        frequency=plain(indicator.frequency),
        owner=voices.institution(indicator.owner),
        disaggregation=plain(indicator.disaggregation),
        question=indicator.question,
    )


def _dated(value: str, when: str) -> str:
    if not value:
        return DASH
    return plain(f"{value} ({when})" if when else value)


def _indicators(voices: Voices, design: ProjectDesign) -> tuple[c.Indicator, ...]:
    """Every indicator once, in the order of the logical framework."""
    found = list(design.impact_indicators)
    for outcome in design.outcomes:
        found += outcome.indicators
    for output in design.outputs:
        found += output.indicators
    once = {indicator.id: indicator for indicator in found}
    return tuple(_indicator(voices, indicator) for indicator in once.values())


def _budget(voices: Voices, design: ProjectDesign) -> c.Budget:
    words, budget = voices.words, design.budget
    cents = any(line.amount % 1 for line in budget.lines)  # one way of writing in all tables

    def figure(amount: Decimal) -> str:
        return words.decimal(amount, "#,##0.00" if cents else "#,##0")

    outcomes = {o.id: f"{n}. {plain(o.text)}" for n, o in enumerate(design.outcomes, 1)}
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
        lines=tuple(
            c.BudgetLine(
                id=line.id,
                description=plain(line.description, LONGEST_CELL),
                category=words.term(line.category),
                year=words.whole(line.year),
                quantity=words.quantity(line.quantity, plain(line.unit)),
                unit_cost=figure(line.unit_cost),
                range=f"{words.figure(line.unit_cost_low)}{DASH}{words.figure(line.unit_cost_high)}",
                amount=figure(line.amount),
            )
            for line in budget.lines
        ),
        subtotal=figure(budget.subtotal),
        support_label=words.say(
            "Programme support cost ({rate})", rate=words.share(budget.support_rate)
        ),
        support_cost=figure(budget.support_cost),
        total=figure(budget.total),
    )


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


def _risk(voices: Voices, risk: Risk) -> c.Risk:
    shade = risk_shade(risk.rating)
    return c.Risk(
        id=risk.id,
        category=voices.words.term(risk.category),
        event=plain(risk.event),
        cause=plain(risk.cause, LONGEST_CELL),
        rating=f"{risk.likelihood} \u00d7 {risk.impact} = {risk.rating}",
        sign=plain(risk.warning_sign, LONGEST_CELL),
        mitigation=plain(risk.mitigation, LONGEST_CELL),
        owner=voices.institution(risk.owner),
        residual=voices.words.whole(risk.residual),
        shade=shade,
    )


def _donors(voices: Voices, design: ProjectDesign) -> tuple[c.Donor, ...]:
    return tuple(
        c.Donor(
            donor=plain(d.donor, 200),
            title=plain(d.title, LONGEST_CELL),
            amount=plain(d.amount, 100) or DASH,
            period=plain(d.period, 100) or DASH,
            overlaps=voices.words.listed([voices.title(o) for o in d.overlaps]),
            id=d.answer,
        )
        for d in design.donors
    )


def _stakeholders(voices: Voices, design: ProjectDesign) -> tuple[c.Stakeholder, ...]:
    return tuple(
        c.Stakeholder(
            institution=voices.institution(s.institution),
            involvement=plain(s.involvement, LONGEST_WHY),
            assets=plain(s.assets, LONGEST_WHY) or DASH,
            gaps=plain(s.gaps, LONGEST_WHY) or DASH,
            desired=_desired(voices, design, s.desired),
        )
        for s in design.stakeholders
    )


def _desired(voices: Voices, design: ProjectDesign, desired: str) -> str:
    """What an institution should be able to do: outcomes by number where they stand above."""
    numbers = [str(n) for n, o in enumerate(design.outcomes, 1) if o.text and o.text in desired]
    rest = desired
    for outcome in design.outcomes:
        rest = rest.replace(outcome.text, "") if outcome.text else rest
    named = (
        voices.words.count(
            "Outcome {numbers}", "Outcomes {numbers}", len(numbers),
            numbers=voices.words.listed(numbers),
        )
        if numbers
        else ""
    )  # fmt: skip
    return plain(" ".join(part for part in (named, *rest.split()) if part), LONGEST_CELL)


def _markers(voices: Voices, design: ProjectDesign) -> tuple[c.Fact, ...]:
    words = voices.words
    facts = [
        c.Fact(
            words.say("Gender equality marker"),
            words.say(
                "{marker} of 3. {reason}",
                marker=design.gender_marker,
                reason=plain(design.gender_reason),
            ),
        )
    ]
    if design.sdg_targets:
        facts.append(
            c.Fact(
                words.say("Sustainable Development Goal targets"),
                words.listed([plain(t) for t in design.sdg_targets]),
            )
        )
    return tuple(facts)
