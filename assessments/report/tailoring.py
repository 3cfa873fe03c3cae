"""What is offered to this country and why it differs: interventions with the rules that changed
them, the traits of the country that stand behind these rules, and what was left out, by reason."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assessments.design.project_words import because_of
from assessments.identifiers import Kind, printed_id
from assessments.language import Said
from assessments.report import context_tailoring as c
from assessments.report.context_findings import Fact, Finding
from assessments.report.country_facts import fact_value
from assessments.report.plain import LONGEST_WHY, plain
from assessments.report.voices import Voices
from assessments.results import (
    AppliedRule,
    ChosenIntervention,
    ProjectDesign,
)


def rejected_groups(voices: Voices, design: ProjectDesign) -> tuple[c.Rejected, ...]:
    """What was left out, each with its reason, together where the ground is the same."""
    ref = design.assessment
    groups: dict[str, list[c.LeftOut]] = {}
    for left in design.rejected:
        local = left.intervention.removeprefix("INT_")
        name = printed_id(Kind.INTERVENTION, ref.iso3, ref.round, local)
        one = c.LeftOut(voices.printed(left.title), name, voices.printed(left.reason))
        groups.setdefault(voices.words.term(left.code), []).append(one)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return tuple(
        c.Rejected(ground, voices.words.whole(len(items)), tuple(items), _by_reason(items))
        for ground, items in ordered
    )


def _by_reason(items: list[c.LeftOut]) -> tuple[c.LeftOutTogether, ...]:
    """A reason that stands for many is printed once."""
    reasons: dict[str, list[Finding]] = {}
    for item in items:
        reasons.setdefault(item.reason, []).append(Finding(item.title, item.id))
    return tuple(c.LeftOutTogether(why, tuple(found)) for why, found in reasons.items())


def reasons_once(voices: Voices, offered: list[c.Intervention]) -> tuple[c.Intervention, ...]:
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
                rules.append(replace(applied, reason=seen))
            else:
                rules.append(applied)
            first.setdefault(applied.rule, one.number)
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


def differences_of(voices: Voices, design: ProjectDesign) -> tuple[c.Difference, ...]:
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
    known = "" if fact == "unknown" else fact_value(voices, _FACT_OF.get(kind, ""), fact, 120)
    return c.Difference(
        ground=words.term(kind).capitalize(),
        value=known,
        advice=voices.printed(applied.how or words.term(applied.effect).capitalize()),
        reason=voices.printed(applied.reason),
        rule=applied.rule,
        more=words.count(
            "{n} more rule looks at this; see under the interventions.",
            "{n} more rules look at this; see under the interventions.",
            others,
        )
        if others
        else "",
        intervention=voices.printed(chosen.title),
        id=chosen.id,
    )


def different(voices: Voices, most: int = 5) -> tuple[Finding, ...]:
    """What rules changed for this country, for the executive summary: one rule once."""
    seen: set[str] = set()
    found: list[Finding] = []
    for chosen in voices.inputs.design.interventions:
        for rule in chosen.rules[:1]:  # one for each: the full list stands under it in Part B
            if rule.rule not in seen and len(found) < most:
                seen.add(rule.rule)
                said = [voices.printed(one) for one in (rule.how, rule.reason) if one]
                text = " ".join(one if one.endswith(".") else f"{one}." for one in said)
                title = voices.printed(chosen.title)
                found.append(Finding(voices.words.labelled(title, text), chosen.id))
    return tuple(found)


def different_lead(voices: Voices, design: ProjectDesign) -> str:
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


def rule(voices: Voices, applied: AppliedRule, applies_to: str = "", place: str = "") -> c.Rule:
    """A tailoring rule in words; `place` says where its words stand already."""
    words = voices.words
    return c.Rule(
        rule=applied.rule,
        effect=words.term(applied.effect),
        kind=words.term(applied.kind),
        how=voices.printed(applied.how),
        reason=voices.printed(applied.reason),
        verification=words.term(applied.verification) if applied.verification else "",
        applies_to=applies_to,
        place=place,
    )


def intervention(voices: Voices, chosen: ChosenIntervention, number: int) -> c.Intervention:
    words = voices.words
    currency = voices.inputs.design.budget.currency
    low, high = (
        (chosen.quantity * unit).quantize(Decimal(1))
        for unit in (chosen.unit_cost_low, chosen.unit_cost_high)
    )
    return c.Intervention(
        id=chosen.id,
        number=words.whole(number),
        title=voices.printed(chosen.title),
        phase=words.say("Phase {n}", n=chosen.phase),
        period=words.months(chosen.start_month, chosen.months),
        quantity=words.quantity(chosen.quantity, voices.printed(chosen.unit)),
        cost=words.money(chosen.cost, currency),
        cost_range=words.figures.money_range(low, high, currency),
        lead=voices.institution(chosen.lead),
        packages=words.listed([words.term(p) for p in chosen.packages]),
        gaps=tuple(
            Finding(voices.sub_name(voices.gaps[g].sub_dimension), g)
            for g in chosen.gaps
            if g in voices.gaps
        ),
        why=_why(voices, chosen),
        rules=tuple(rule(voices, applied) for applied in chosen.rules),
        standard=""
        if chosen.rules
        else words.say("Offered in its standard form: no rule of this country changes it."),
        notes=_notes(voices, chosen),
    )


def _why(voices: Voices, chosen: ChosenIntervention) -> str:
    """Why it was chosen, without what its rules say: that stands under it, rule by rule."""
    of_rules = {said for applied in chosen.rules for said in because_of(applied)}
    parts = chosen.why.parts or (chosen.why,)
    return voices.printed(Said.together(*(p for p in parts if p not in of_rules)), LONGEST_WHY)


def _notes(voices: Voices, chosen: ChosenIntervention) -> tuple[Fact, ...]:
    words = voices.words
    tool = voices.printed(chosen.tool)
    if tool and chosen.tool_verification:
        checked = chosen.tool_verification == "verified"
        tool = (
            words.say("{tool} (title verified)", tool=tool)
            if checked
            else words.say("{tool} (title not yet verified)", tool=tool)
        )
    facts = (
        Fact(words.say("Comes after"), words.listed([voices.title(a) for a in chosen.after])),
        Fact(words.say("Tool offered"), tool),
        Fact(
            words.say("To coordinate with"),
            words.listed([voices.printed(d) for d in chosen.coordinate_with]),
        ),
        Fact(
            words.say("Safeguard"),
            words.say("human rights due diligence screening before support begins")
            if chosen.hrddp
            else "",
        ),
        Fact(words.say("Serves"), _target(voices, chosen.sdg_target)),
    )
    return tuple(fact for fact in facts if fact.value)


def _target(voices: Voices, target: str) -> str:
    if not target:
        return ""
    return voices.words.say("Sustainable Development Goal target {target}", target=plain(target))
