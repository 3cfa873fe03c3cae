"""Whether every tailoring rule can fire and change something, and which rules speak against others.

The answers searched are those a country can give: a question is answered only where its skip logic
asks it, and a rule of which nothing is known never fires. Levels, gaps, verdicts and answers are
taken as free of each other, so a rule that is named here cannot fire whatever the country.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from assessments.pack import knowledge_tables as tables
from assessments.pack.check_rules import (
    Place,
    asked_at_all,
    can_fire,
    check_rule,
    said,
    with_mentioned,
)
from assessments.pack.domains import Domain, example
from assessments.pack.draft import Draft
from assessments.pack.expressions import Expression
from assessments.pack.grammar import Not
from assessments.pack.model import Effect, TailoringRule
from assessments.results import AnswerValue

Domains = Mapping[str, Domain]


def check_tailoring(draft: Draft, domains: Domains) -> None:
    """Note every rule that can never fire or change anything, and rules that contradict."""
    sound = [rule for rule in draft.tailoring.values() if _check_rule(draft, rule, domains)]
    for required, out, name in _contradicting(draft, sound):
        found = _together(draft, domains, required, out)
        if found is not None:
            _contradiction(draft, required, out, name, found)
    for larger, smaller, name in _pulling(sound):
        found = _together(draft, domains, larger, smaller)
        if found is not None:
            _pulled_apart(draft, larger, smaller, name, found)


def _check_rule(draft: Draft, rule: TailoringRule, domains: Domains) -> bool:
    """True where the rule can fire, so that it may meet others."""
    place = Place(draft, tables.TAILORING, rule.name, "when")
    fires = check_rule(rule.when, place, domains) and can_fire(
        rule.when, place, domains, needs_answer=True
    )
    if fires and rule.effect is not Effect.RULE_OUT:
        _check_use(draft, rule, domains)
    factor = Place(draft, tables.TAILORING, rule.name, "factor")
    if rule.effect is Effect.RESCALE and (rule.factor is None or rule.factor <= 0):
        factor.wrong("no-factor", "A rescale needs a multiplier above 0.", "Write it, as 0.5 or 2.")
    if rule.effect is Effect.POSTPONE and (rule.factor is None or rule.factor <= 0):
        factor.wrong("no-factor", "A postponement needs months.", "Write how many, as 6.")
    if rule.effect is Effect.ADAPT and not rule.how:
        Place(draft, tables.TAILORING, rule.name, "how").wrong(
            "no-how", "An adaptation does not say what is done differently.", "Write it."
        )
    return fires


def _check_use(draft: Draft, rule: TailoringRule, domains: Domains) -> None:
    """A rule that fires only where all it speaks of exists already changes nothing."""
    offers = [
        draft.interventions[name] for name in rule.interventions if name in draft.interventions
    ]
    for offer in offers:
        if offer.in_place is None or not offer.in_place.names <= domains.keys():
            return
        missing = Expression(Not(offer.in_place.node), f"not({offer.in_place.text})")
        both = with_mentioned(domains, rule.when, missing)
        asked = asked_at_all(draft, rule.when, missing)
        if example(both, rule.when, known=(rule.when,), also=(missing, *asked)) is not None:
            return
    if offers:
        Place(draft, tables.TAILORING, rule.name, "when").wrong(
            "never-matters",
            f"Where «{rule.when.text}» is true, {', '.join(offer.name for offer in offers)} is in "
            "place already, and the rule changes nothing.",
            "Narrow the condition, or in_place of the intervention.",
        )


def _contradicting(
    draft: Draft, rules: list[TailoringRule]
) -> Iterator[tuple[TailoringRule, TailoringRule, str]]:
    """A requiring rule and one that rules out what is required, or what it stands on."""
    for required in (rule for rule in rules if rule.effect is Effect.REQUIRE):
        needed = _with_prerequisites(draft, required.interventions)
        for out in (rule for rule in rules if rule.effect is Effect.RULE_OUT):
            shared = [name for name in out.interventions if name in needed]
            if shared:
                yield required, out, ", ".join(shared)


def _with_prerequisites(draft: Draft, names: tuple[str, ...]) -> set[str]:
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found and name in draft.interventions:
            found.add(name)
            waiting.extend(draft.interventions[name].prerequisites)
    return found


def _pulling(rules: list[TailoringRule]) -> Iterator[tuple[TailoringRule, TailoringRule, str]]:
    """Two rules that resize the same thing in opposite directions."""
    resizing = [rule for rule in rules if rule.effect is Effect.RESCALE and rule.factor]
    for one, other in combinations(resizing, 2):
        larger, smaller = (one, other) if (one.factor or 0) > (other.factor or 0) else (other, one)
        shared = [name for name in one.interventions if name in other.interventions]
        if shared and (larger.factor or 0) > 1 > (smaller.factor or 0):
            yield larger, smaller, ", ".join(shared)


def _together(
    draft: Draft, domains: Domains, one: TailoringRule, other: TailoringRule
) -> Mapping[str, AnswerValue] | None:
    """Answers under which both rules fire; None where there are none."""
    both = (one.when, other.when)
    return example(
        with_mentioned(domains, *both), *both, known=both, also=asked_at_all(draft, *both)
    )


def _contradiction(
    draft: Draft,
    required: TailoringRule,
    out: TailoringRule,
    names: str,
    found: Mapping[str, AnswerValue],
) -> None:
    own = [name for name in names.split(", ") if name in required.interventions]
    what = (
        f"requires {', '.join(own)}" if own
        else f"requires {', '.join(required.interventions)}, which stands on {names},"
    )  # fmt: skip
    draft.wrong(
        tables.TAILORING, out.name, "rules-contradict", "when",
        f"{required.name} {what} and {out.name} rules it out where {said(found)}.",
        "Narrow one of the two conditions.",
    )  # fmt: skip


def _pulled_apart(
    draft: Draft,
    larger: TailoringRule,
    smaller: TailoringRule,
    names: str,
    found: Mapping[str, AnswerValue],
) -> None:
    """Both act and both reasons are printed; whether that is meant, an expert decides."""
    product = (larger.factor or 1) * (smaller.factor or 1)
    draft.wrong(
        tables.TAILORING, smaller.name, "rules-pull-apart", "factor",
        f"{larger.name} enlarges and {smaller.name} shrinks {names} where {said(found)}: "
        f"together {product:g} of the standard size.",
        "Nothing, if that is meant; else narrow one of the two conditions.", note=True,
    )  # fmt: skip
