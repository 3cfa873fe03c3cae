"""The public version: what rests on restricted or confidential answers is taken out first.

Redaction turns values into values before a word is composed, so that no sentence, chart, sum or
alternative text can give away what a table hides. Sums are made again from what is left: a hidden
amount must not be the difference of two printed ones. Small numbers on witness protection are
suppressed in every version.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from assessments.design import wording
from assessments.pack.model import Pack, Question
from assessments.report.inputs import ReportInputs
from assessments.report.redact_findings import public, public_priorities, public_scores
from assessments.results import (
    Answer,
    AnswerState,
    Budget,
    BudgetLine,
    BudgetTotal,
    ChosenIntervention,
    Indicator,
    Package,
    ProjectDesign,
    RejectedIntervention,
    Scores,
    Sensitivity,
    Verdict,
)

WITNESS_PROTECTION = "WIT"  # form of cooperation whose small numbers are never printed
SMALL = "small_number"  # stands for the value; the composer prints it in words
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Redacted:
    """Inputs that may be printed, and what was taken out, as counts and codes of the pack only."""

    inputs: ReportInputs
    public: bool
    gaps: int = 0
    requirements: int = 0  # mandatory ones
    interventions: int = 0
    lines: int = 0
    answers: int = 0


def redact(inputs: ReportInputs, *, restricted: bool) -> Redacted:
    """What this version may print. `restricted` keeps all but small numbers."""
    inputs = replace(inputs, answers=_without_small_numbers(inputs.pack, inputs.answers))
    if restricted:
        return Redacted(inputs, public=False)
    scores = public_scores(inputs.pack, inputs.scores)
    hidden = _hidden_ids(inputs)
    priorities = public_priorities(inputs.pack, inputs.priorities, hidden)
    design = _design(inputs, hidden, scores)
    answers = tuple(
        answer
        for answer in inputs.answers
        if (question := inputs.pack.question.get(answer.question)) is not None
        and public(question.sensitivity)
        and not _skipped_by_a_secret(inputs.pack, question)
    )
    review = inputs.review.model_copy(
        update={
            "divergences": tuple(d for d in inputs.review.divergences if public(d.sensitivity)),
            "attention": tuple(a for a in inputs.review.attention if public(a.sensitivity)),
            "coverage": tuple(line for line in inputs.review.coverage if line.id not in hidden),
        }
    )
    return Redacted(
        replace(
            inputs,
            scores=scores,
            priorities=priorities,
            design=design,
            answers=answers,
            review=review,
        ),
        public=True,
        gaps=len(inputs.priorities.gaps) - len(priorities.gaps),
        requirements=sum(
            not public(status.sensitivity) and status.obligation.startswith("mandatory")
            for status in inputs.scores.requirements
        ),
        interventions=len(inputs.design.interventions) - len(design.interventions),
        lines=len(inputs.design.budget.lines) - len(design.budget.lines),
        answers=len(inputs.answers) - len(answers),
    )


def _skipped_by_a_secret(pack: Pack, question: Question) -> bool:
    """True where being asked or skipped would tell the answer to a question that is not public."""
    if question.relevant is None:
        return False
    asked = (pack.question[name] for name in question.relevant.names if name in pack.question)
    return any(not public(parent.sensitivity) for parent in asked)


def _hidden_ids(inputs: ReportInputs) -> frozenset[str]:
    """Ids, codes and names that the public version must not build on."""
    scores, design = inputs.scores, inputs.design
    hidden: set[str] = set()
    for score in scores.sub_dimensions:
        if not public(score.sensitivity):
            hidden |= {score.id, score.sub_dimension}
    for status in scores.requirements:
        if not public(status.sensitivity):
            hidden |= {status.id, status.requirement}
    hidden |= {gap.id for gap in inputs.priorities.gaps if not public(gap.sensitivity)}
    hidden |= {
        question.name for question in inputs.pack.questions if not public(question.sensitivity)
    }
    hidden |= {answer.id for answer in inputs.answers if answer.question in hidden}
    for chosen in design.interventions:
        rules_closed = any(not public(rule.sensitivity) for rule in chosen.rules)
        if not public(chosen.sensitivity) or rules_closed or hidden.intersection(chosen.gaps):
            hidden |= {chosen.id, chosen.intervention}
    coverage = {line.id for line in inputs.review.coverage if line.part in hidden}
    return frozenset(hidden | coverage)


def _design(inputs: ReportInputs, hidden: frozenset[str], scores: Scores) -> ProjectDesign:
    design = inputs.design
    titles = [c.title for c in design.interventions if c.id in hidden]
    chosen = tuple(
        c.model_copy(
            update={
                "why": "" if any(title in c.why for title in titles) else c.why,
                "after": tuple(a for a in c.after if a not in hidden),
                "gaps": tuple(g for g in c.gaps if g not in hidden),
            }
        )
        for c in design.interventions
        if c.id not in hidden
    )
    kept = {c.id for c in chosen}
    activities = tuple(
        a for a in design.activities if a.intervention in kept and public(a.sensitivity)
    )
    activity_ids = {a.id for a in activities}
    activities = tuple(
        a.model_copy(update={"after": tuple(x for x in a.after if x in activity_ids)})
        for a in activities
    )
    notes = _notes_of_hidden(inputs.pack, design, kept)
    outputs = tuple(
        o.model_copy(
            update={
                "indicators": tuple(i for i in o.indicators if _measurable(i, hidden)),
                "activities": tuple(a for a in o.activities if a in activity_ids),
                "assumptions": tuple(a for a in o.assumptions if a not in notes),
            }
        )
        for o in design.outputs
        if public(o.sensitivity) and activity_ids.intersection(o.activities)
    )
    output_ids = {o.id for o in outputs}
    activities = tuple(a for a in activities if a.output in output_ids)
    outcomes = tuple(
        o.model_copy(
            update={
                "indicators": tuple(i for i in o.indicators if _measurable(i, hidden)),
                "outputs": tuple(x for x in o.outputs if x in output_ids),
                "gaps": tuple(g for g in o.gaps if g not in hidden),
            }
        )
        for o in design.outcomes
        if public(o.sensitivity) and output_ids.intersection(o.outputs)
    )
    codes = {c.intervention for c in chosen}
    complete = len(chosen) == len(design.interventions)
    return design.model_copy(
        update={
            "context": tuple(f for f in design.context if not _tells(f[0], hidden)),
            "impact_indicators": tuple(
                _impact_indicator(i, hidden, scores) for i in design.impact_indicators
            ),
            "interventions": chosen,
            "activities": activities,
            "outputs": outputs,
            "outcomes": outcomes,
            "rejected": tuple(r for r in design.rejected if _may_name(inputs.pack, r, hidden)),
            "packages": tuple(
                p if complete else _package(p, chosen, design.budget.support_rate)
                for p in design.packages
            ),
            "frontier": design.frontier if complete else (),
            "budget": _budget(design.budget, {a.id for a in activities}),
            "risks": tuple(
                r for r in design.risks if public(r.sensitivity) and not hidden & set(r.rests_on)
            ),
            "donors": tuple(
                d.model_copy(update={"overlaps": tuple(o for o in d.overlaps if o in codes | kept)})
                for d in design.donors
                if public(d.sensitivity) and d.answer not in hidden
            ),
            "stakeholders": tuple(
                s.model_copy(update={"assets": "", "gaps": ""}) if hidden & set(s.rests_on) else s
                for s in design.stakeholders
            ),
        }
    )


def _may_name(pack: Pack, left: RejectedIntervention, hidden: frozenset[str]) -> bool:
    """False where the reason for leaving it out would tell of a hidden level, answer or rule."""
    known = pack.intervention.get(left.intervention)
    served = set(known.sub_dimensions) if known else set()
    return (
        public(left.sensitivity)
        and all(public(rule.sensitivity) for rule in left.rules)
        and not served & hidden
    )


def _tells(fact: str, hidden: frozenset[str]) -> bool:
    """True where a fact the rules saw names a hidden level, verdict or question."""
    bare = re.sub(r"^(level|gap|verdict)_", "", fact)
    return bool({bare, bare.replace("_", "-"), fact} & hidden)


def _measurable(indicator: Indicator, hidden: frozenset[str]) -> bool:
    return public(indicator.sensitivity) and indicator.question not in hidden


def _impact_indicator(indicator: Indicator, hidden: frozenset[str], scores: Scores) -> Indicator:
    """The paragraphs met, counted over those that may be shown; other closed ones lose values."""
    if _measurable(indicator, hidden):
        return indicator
    counts = {line.verdict: line.count for line in scores.mandatory}
    met = counts.get(Verdict.MET, 0)
    known = met + counts.get(Verdict.PARTLY, 0) + counts.get(Verdict.NOT_MET, 0)
    counted = indicator.text == wording.mandatory_met() and known > 0
    return indicator.model_copy(
        update={
            "baseline": wording.of_known(met, known) if counted else "",
            "target": wording.more_than_baseline() if counted else "",
            "question": "",
            "sensitivity": Sensitivity.PUBLIC if counted else indicator.sensitivity,
        }
    )


def _notes_of_hidden(pack: Pack, design: ProjectDesign, kept: set[str]) -> frozenset[str]:
    """Conditions that only hidden interventions put on an output."""
    said: dict[bool, set[str]] = {True: set(), False: set()}
    for chosen in design.interventions:
        known = pack.intervention.get(chosen.intervention)
        if known is not None:
            said[chosen.id in kept].add(str(known.prerequisite_note))
    return frozenset(said[False] - said[True])


def _package(
    package: Package, shown: tuple[ChosenIntervention, ...], support_rate: Decimal
) -> Package:
    """A package with the cost of what is shown only."""
    chosen = tuple(c for c in package.chosen if c in {s.intervention for s in shown})
    subtotal = sum((s.cost for s in shown if s.intervention in chosen), Decimal(0))
    support = (subtotal * support_rate).quantize(_CENT)
    return package.model_copy(
        update={
            "chosen": chosen,
            "subtotal": subtotal,
            "support_cost": support,
            "total": subtotal + support,
            "benefit": 0.0,
        }
    )


def _budget(budget: Budget, activities: set[str]) -> Budget:
    """The lines that may be shown, with sums of these alone."""
    lines = tuple(
        line for line in budget.lines if public(line.sensitivity) and line.activity in activities
    )
    if len(lines) == len(budget.lines):
        return budget
    subtotal = sum((line.amount for line in lines), Decimal(0))
    support = (subtotal * budget.support_rate).quantize(_CENT)
    return budget.model_copy(
        update={
            "lines": lines,
            "by_category": _totals(lines, "category"),
            "by_year": _totals(lines, "year"),
            "by_outcome": _totals(lines, "outcome"),
            "subtotal": subtotal,
            "support_cost": support,
            "total": subtotal + support,
        }
    )


def _totals(lines: tuple[BudgetLine, ...], key: str) -> tuple[BudgetTotal, ...]:
    sums: dict[str, Decimal] = {}
    for line in lines:
        name = str(getattr(line, key))
        sums[name] = sums.get(name, Decimal(0)) + line.amount
    return tuple(BudgetTotal(key=name, amount=amount) for name, amount in sums.items())


def _without_small_numbers(pack: Pack, answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """Numbers on witness protection below the method's threshold, replaced by a mark."""
    if pack.method is None:
        return answers
    least = pack.method.small_numbers.witness_protection.value
    return tuple(
        answer.model_copy(update={"value": SMALL, "comment": "", "evidence": ""})
        if answer.state is AnswerState.ANSWERED
        and isinstance(answer.value, int | float)
        and 0 < answer.value < least
        and (question := pack.question.get(answer.question)) is not None
        and question.cooperation_form == WITNESS_PROTECTION
        else answer
        for answer in answers
    )
