"""What the tailoring rules make of each intervention in this country, and why.

A rule requires, adapts, rescales, postpones or rules out. Every rule that fires is kept with its
reason and the answers it read. Where one rule requires and another rules out, ruling out stands
and both are shown: a reason against is never silently overruled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assessments.design.context import Facts
from assessments.design.decisions import Decision
from assessments.design.phrases import ended
from assessments.language import Said
from assessments.pack.model import Effect, Intervention, Pack, TailoringRule
from assessments.results import AppliedRule, Sensitivity

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Tailored:
    """An intervention as it would be offered to this country."""

    intervention: Intervention
    quantity: Decimal  # hundredths of the intervention's unit
    delay: int  # months later than it would otherwise begin
    rules: tuple[AppliedRule, ...]
    required: bool
    ruled_out: bool
    in_place: bool
    forced: bool  # included by decision
    tool_in_use: bool  # the country uses the tool already: it is not offered again
    assumed: tuple[str, ...]  # what was assumed for want of an answer
    sensitivity: Sensitivity


def tailor(pack: Pack, facts: Facts, decisions: Sequence[Decision] = ()) -> Mapping[str, Tailored]:
    """Every intervention of the pack as the rules leave it, by name."""
    fired: dict[str, list[tuple[TailoringRule, AppliedRule]]] = {}
    for rule in pack.tailoring:
        if facts.holds(rule.when):
            applied = _applied(rule, facts)
            for name in rule.interventions:
                fired.setdefault(name, []).append((rule, applied))
    decided = {one.about: one for one in decisions}
    return {
        one.name: _tailored(one, facts, fired.get(one.name, []), decided.get(one.name))
        for one in pack.interventions
    }


def _applied(rule: TailoringRule, facts: Facts) -> AppliedRule:
    return AppliedRule(
        rule=rule.name,
        effect=rule.effect.value,
        kind=rule.factor_kind,
        how=str(rule.how),
        reason=str(rule.reason),
        verification=rule.verification,
        answers=facts.answers_read(rule.when.names),
        sensitivity=facts.sensitivity(rule.when.names),
    )


def _tailored(
    one: Intervention,
    facts: Facts,
    fired: Sequence[tuple[TailoringRule, AppliedRule]],
    decision: Decision | None,
) -> Tailored:
    quantity, delay = Decimal(1), 0
    for rule, _ in fired:
        if rule.effect is Effect.RESCALE and rule.factor is not None:
            quantity *= Decimal(str(rule.factor))
        if rule.effect is Effect.POSTPONE and rule.factor is not None:
            delay = max(delay, round(rule.factor))
    effects = {rule.effect for rule, _ in fired}
    rules = [applied for _, applied in fired]
    if decision is not None:
        rules.append(_as_rule(decision))
    conditions = (one.in_place, one.already_used)
    read = {name for condition in conditions if condition for name in condition.names}
    return Tailored(
        intervention=one,
        quantity=max(quantity.quantize(_HUNDREDTH, ROUND_HALF_UP), _HUNDREDTH),
        delay=delay,
        rules=tuple(rules),
        required=Effect.REQUIRE in effects,
        ruled_out=_is_ruled_out(effects, decision),
        in_place=facts.holds(one.in_place) and decision is None,
        forced=decision is not None and decision.verdict == "include",
        tool_in_use=bool(one.tool) and facts.holds(one.already_used),
        assumed=_assumed(one, facts),
        sensitivity=Sensitivity.highest(
            *(rule.sensitivity for rule in rules), facts.sensitivity(read)
        ),
    )


def _is_ruled_out(effects: set[Effect], decision: Decision | None) -> bool:
    if decision is not None:
        return decision.verdict == "exclude"
    return Effect.RULE_OUT in effects


def _as_rule(decision: Decision) -> AppliedRule:
    return AppliedRule(
        rule=f"DECISION_{decision.about}",
        effect=(Effect.REQUIRE if decision.verdict == "include" else Effect.RULE_OUT).value,
        kind="decision",
        how="",
        reason=_decided(decision.verdict, decision.reason, decision.taken_by),
        verification="",
        answers=(decision.answer,) if decision.answer else (),
    )


def _assumed(one: Intervention, facts: Facts) -> tuple[str, ...]:
    """Where it was not answered whether the thing exists, the design takes it that it does not."""
    if one.in_place is None or facts.holds(one.in_place):
        return ()
    unanswered = sorted(
        name for name in one.in_place.names if name in facts.asked and not facts.known(name)
    )
    return (_not_known_in_place(str(one.title), unanswered),) if unanswered else ()


# --- sentences ------------------------------------------------------------------------------------


def _decided(decision: str, reason: str, by: str) -> Said:
    if decision == "include":
        if by:
            return Said("Included by decision ({by}): {reason}", by=by, reason=ended(reason))
        return Said("Included by decision: {reason}", reason=ended(reason))
    if by:
        return Said("Left out by decision ({by}): {reason}", by=by, reason=ended(reason))
    return Said("Left out by decision: {reason}", reason=ended(reason))


def _not_known_in_place(title: str, questions: Sequence[str]) -> Said:
    return Said(
        "Whether this exists already was not answered ({questions}): “{title}” is "
        "planned as if it did not.",
        questions=tuple(questions),
        title=title,
    )
