"""The public version: what rests on restricted or confidential answers is taken out first.

Redaction turns values into values before a word is composed, so that no sentence, chart, sum or
alternative text can give away what a table hides. Sums are made again from what is left: a hidden
amount must not be the difference of two printed ones. Small numbers on witness protection are
suppressed in every version.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from assessments.pack.model import Pack
from assessments.report.inputs import ReportInputs
from assessments.results import (
    Answer,
    AnswerState,
    Budget,
    BudgetLine,
    BudgetTotal,
    ChosenIntervention,
    Gap,
    Indicator,
    Package,
    Priorities,
    ProfileLine,
    ProjectDesign,
    RequirementStatus,
    Scores,
    Sensitivity,
    SubDimensionScore,
    Verdict,
    VerdictCount,
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


def _open(mark: Sensitivity) -> bool:
    return mark is Sensitivity.PUBLIC


def redact(inputs: ReportInputs, *, restricted: bool) -> Redacted:
    """What this version may print. `restricted` keeps all but small numbers."""
    inputs = replace(inputs, answers=_without_small_numbers(inputs.pack, inputs.answers))
    if restricted:
        return Redacted(inputs, public=False)
    scores = _scores(inputs.scores)
    hidden = _hidden_ids(inputs)
    priorities = _priorities(inputs.priorities, hidden)
    design = _design(inputs, hidden)
    answers = tuple(
        answer
        for answer in inputs.answers
        if (question := inputs.pack.question.get(answer.question)) is not None
        and _open(question.sensitivity)
    )
    review = inputs.review.model_copy(
        update={
            "divergences": tuple(d for d in inputs.review.divergences if _open(d.sensitivity)),
            "attention": tuple(a for a in inputs.review.attention if _open(a.sensitivity)),
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
            not _open(status.sensitivity) and status.obligation.startswith("mandatory")
            for status in inputs.scores.requirements
        ),
        interventions=len(inputs.design.interventions) - len(design.interventions),
        lines=len(inputs.design.budget.lines) - len(design.budget.lines),
        answers=len(inputs.answers) - len(answers),
    )


def _hidden_ids(inputs: ReportInputs) -> frozenset[str]:
    """Ids, codes and names that the public version must not build on."""
    scores, design = inputs.scores, inputs.design
    hidden: set[str] = set()
    for score in scores.sub_dimensions:
        if not _open(score.sensitivity):
            hidden |= {score.id, score.sub_dimension}
    for status in scores.requirements:
        if not _open(status.sensitivity):
            hidden |= {status.id, status.requirement}
    hidden |= {gap.id for gap in inputs.priorities.gaps if not _open(gap.sensitivity)}
    hidden |= {
        question.name for question in inputs.pack.questions if not _open(question.sensitivity)
    }
    hidden |= {answer.id for answer in inputs.answers if answer.question in hidden}
    for chosen in design.interventions:
        rules_closed = any(not _open(rule.sensitivity) for rule in chosen.rules)
        if not _open(chosen.sensitivity) or rules_closed or hidden.intersection(chosen.gaps):
            hidden |= {chosen.id, chosen.intervention}
    coverage = {line.id for line in inputs.review.coverage if line.part in hidden}
    return frozenset(hidden | coverage)


def _scores(scores: Scores) -> Scores:
    return scores.model_copy(
        update={
            "sub_dimensions": tuple(map(_score, scores.sub_dimensions)),
            "dimensions": tuple(map(_profile, scores.dimensions)),
            "forms": tuple(map(_profile, scores.forms)),
            "requirements": (shown := tuple(map(_requirement, scores.requirements))),
            "mandatory": _mandatory(shown),
            "rates": tuple(r for r in scores.rates if _open(r.sensitivity)),
        }
    )


def _score(score: SubDimensionScore) -> SubDimensionScore:
    if _open(score.sensitivity):
        facts = tuple(fact.model_copy(update={"voices": ()}) for fact in score.facts)
        return score.model_copy(update={"facts": facts})
    return score.model_copy(
        update={
            "level": None,
            "low": None,
            "high": None,
            "basis": "none",
            "facts_level": None,
            "self_rated": (),
            "knocked_out_by": (),
            "coverage": None,
            "evidence": None,
            "claimed": False,
            "divergent": False,
            "gap": None,
            "facts": (),
            "because": "",
        }
    )


def _profile(line: ProfileLine) -> ProfileLine:
    if _open(line.sensitivity):
        return line
    return line.model_copy(
        update={"level": None, "coverage": None, "lowest": None, "highest": None, "scored": 0}
    )


def _requirement(status: RequirementStatus) -> RequirementStatus:
    if _open(status.sensitivity):
        return status
    return status.model_copy(
        update={
            "verdict": Verdict.UNKNOWN,
            "disputed": False,
            "gap": False,
            "voices": (),
            "met_by": "",
            "because": "",
        }
    )


def _mandatory(statuses: Iterable[RequirementStatus]) -> tuple[VerdictCount, ...]:
    """Mandatory paragraphs by verdict, of those that may be shown."""
    counts = dict.fromkeys(Verdict, 0)
    for status in statuses:
        if _open(status.sensitivity) and status.obligation.startswith("mandatory"):
            counts[status.verdict] += 1
    return tuple(VerdictCount(verdict=v, count=n) for v, n in counts.items())


def _priorities(priorities: Priorities, hidden: frozenset[str]) -> Priorities:
    """Gaps that may be shown, numbered anew so that no missing number tells of a hidden one."""
    shown = [gap for gap in priorities.gaps if gap.id not in hidden]
    closed = len(shown) < len(priorities.gaps)
    return priorities.model_copy(
        update={
            "gaps": tuple(
                _gap(gap, rank, hidden, blur_ranks=closed) for rank, gap in enumerate(shown, 1)
            ),
            "strengths": tuple(s for s in priorities.strengths if s not in hidden),
            "not_scored": tuple(n for n in priorities.not_scored if n.sub_dimension not in hidden),
        }
    )


def _gap(gap: Gap, rank: int, hidden: frozenset[str], *, blur_ranks: bool) -> Gap:
    return gap.model_copy(
        update={
            "rank": rank,
            "best_rank": 0 if blur_ranks else gap.best_rank,
            "worst_rank": 0 if blur_ranks else gap.worst_rank,
            "unmet": tuple(u for u in gap.unmet if u not in hidden),
            "depends_on": tuple(d for d in gap.depends_on if d not in hidden),
        }
    )


def _design(inputs: ReportInputs, hidden: frozenset[str]) -> ProjectDesign:
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
        a for a in design.activities if a.intervention in kept and _open(a.sensitivity)
    )
    activity_ids = {a.id for a in activities}
    activities = tuple(
        a.model_copy(update={"after": tuple(x for x in a.after if x in activity_ids)})
        for a in activities
    )
    outputs = tuple(
        o.model_copy(
            update={
                "indicators": tuple(_indicator(i, hidden) for i in o.indicators),
                "activities": tuple(a for a in o.activities if a in activity_ids),
            }
        )
        for o in design.outputs
        if _open(o.sensitivity) and activity_ids.intersection(o.activities)
    )
    output_ids = {o.id for o in outputs}
    activities = tuple(a for a in activities if a.output in output_ids)
    outcomes = tuple(
        o.model_copy(
            update={
                "indicators": tuple(_indicator(i, hidden) for i in o.indicators),
                "outputs": tuple(x for x in o.outputs if x in output_ids),
                "gaps": tuple(g for g in o.gaps if g not in hidden),
            }
        )
        for o in design.outcomes
        if _open(o.sensitivity) and output_ids.intersection(o.outputs)
    )
    codes = {c.intervention for c in chosen}
    complete = len(chosen) == len(design.interventions)
    return design.model_copy(
        update={
            "context": tuple(f for f in design.context if not _tells(f[0], hidden)),
            "impact_indicators": tuple(_indicator(i, hidden) for i in design.impact_indicators),
            "interventions": chosen,
            "activities": activities,
            "outputs": outputs,
            "outcomes": outcomes,
            "rejected": tuple(
                r for r in design.rejected if all(_open(rule.sensitivity) for rule in r.rules)
            ),
            "packages": tuple(
                p if complete else _package(p, chosen, design.budget.support_rate)
                for p in design.packages
            ),
            "frontier": design.frontier if complete else (),
            "budget": _budget(design.budget, {a.id for a in activities}),
            "risks": tuple(
                r for r in design.risks if _open(r.sensitivity) and not hidden & set(r.rests_on)
            ),
            "donors": tuple(
                d.model_copy(update={"overlaps": tuple(o for o in d.overlaps if o in codes | kept)})
                for d in design.donors
                if _open(d.sensitivity) and d.answer not in hidden
            ),
            "stakeholders": tuple(
                s.model_copy(update={"assets": "", "gaps": ""}) if hidden & set(s.rests_on) else s
                for s in design.stakeholders
            ),
        }
    )


def _tells(fact: str, hidden: frozenset[str]) -> bool:
    """True where a fact the rules saw names a hidden level, verdict or question."""
    bare = re.sub(r"^(level|gap|verdict)_", "", fact)
    return bool({bare, bare.replace("_", "-"), fact} & hidden)


def _indicator(indicator: Indicator, hidden: frozenset[str]) -> Indicator:
    if _open(indicator.sensitivity) and indicator.question not in hidden:
        return indicator
    return indicator.model_copy(update={"baseline": "", "target": "", "question": ""})


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
        line for line in budget.lines if _open(line.sensitivity) and line.activity in activities
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
