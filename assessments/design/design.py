"""From gaps to a draft project, in the order in which an officer would think.

Facts of the country, rules on each intervention, the choice of packages, the calendar, the
framework of results, the budget, the risks and the people. Values in, values out: the same
inputs always give the same design.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessments.design import project_words as words
from assessments.design.candidates import Candidate, planned_months
from assessments.design.choose import (
    PACKAGES,
    Choice,
    PackageName,
    choose,
    share_of_whole,
    total_of,
)
from assessments.design.context import Facts, gather
from assessments.design.cost import (
    budget as add_up,
)
from assessments.design.cost import (
    budget_lines,
    cents,
    most_before_support,
    support_rate,
    tail,
    unit_cost,
)
from assessments.design.decisions import Decision, settle_budget, unknown_to
from assessments.design.donors import Assistance, overlaps, reported
from assessments.design.fast_track import doubt, one_outcome
from assessments.design.left_out import left_out
from assessments.design.logframe import framework
from assessments.design.results_chain import link
from assessments.design.risks import register
from assessments.design.schedule import Job, Slot, schedule, whole_quarters
from assessments.design.stakeholders import stakeholders
from assessments.design.tailor import Tailored, tailor
from assessments.errors import Mistake
from assessments.identifiers import Kind, printed_id
from assessments.language import Said
from assessments.pack.design_method import DesignMethod
from assessments.pack.model import Pack
from assessments.results import (
    Answer,
    AssessmentRef,
    ChosenIntervention,
    CountryProfile,
    DonorProject,
    FrontierPoint,
    Gap,
    Package,
    Priorities,
    ProjectDesign,
    Scores,
    Sensitivity,
)

_PACES = (0.5, 0.25, 0.0)  # between the longest (1) and the shortest (0) months of the table
_NAMED_AREAS = 2  # in the project's title


class UnusableBudget(Mistake):
    """A budget that is no amount of money."""


@dataclass(frozen=True)
class _Desk:
    """Everything that lies on the desk while a design is written."""

    pack: Pack
    method: DesignMethod
    ref: AssessmentRef
    facts: Facts
    gaps: tuple[Gap, ...]
    scores: Scores
    tailored: Mapping[str, Tailored]
    choice: Choice
    slots: Mapping[str, Slot]
    donors: tuple[Assistance, ...]
    most_outcomes: int


def design_project(
    pack: Pack,
    country: CountryProfile,
    answers: Sequence[Answer],
    scores: Scores,
    priorities: Priorities,
    *,
    budget: Decimal | None = None,
    regional_networks: Sequence[str] = (),
    decisions: Sequence[Decision] = (),
    fast_track: bool = False,
) -> ProjectDesign:
    """A draft project for discussion with the government.

    `budget` (USD) caps the full package with support cost; without it the method's ceilings
    or the decided ceiling holds. `regional_networks` are codes of networks the country could join.
    `decisions` are followed and printed. `fast_track` keeps to one outcome and says so.
    Raises UnusableBudget for a negative or infinite budget, Mistake where the pack has no method,
    PrerequisiteCycle where interventions wait for each other.
    """
    if pack.method is None:
        raise Mistake(
            f"The pack {pack.id} has no method, so nothing can be designed from it.",
            "Add method.toml to the pack.",
        )
    if budget is not None and (not budget.is_finite() or budget < 0):
        raise UnusableBudget(
            f"A budget of {budget} is no amount of money.", "Give an amount in USD, 0 or more."
        )
    method = pack.method.design
    donors = reported(pack, answers)
    facts = gather(
        pack,
        country,
        answers,
        scores,
        regional_networks=regional_networks,
        donor_projects=len(donors) if donors or _asked_of_donors(method, answers) else None,
    )
    gaps = tuple(gap for gap in priorities.gaps if gap.gap > 0)
    budget, said = settle_budget(budget, decisions)
    said += unknown_to(pack, decisions)
    held_against = Said()
    if fast_track and gaps:
        gaps, area = one_outcome(pack, gaps)
        held_against = doubt(pack, answers, scores, area)
    tailored = tailor(pack, facts, decisions)
    choice = choose(tailored, gaps, facts, method, budget)
    slots = _slots(choice, method)
    # What comes first for the one outcome belongs to it, whatever else it would serve.
    most_outcomes = 1 if fast_track else method.max_outcomes.value
    desk = _Desk(
        pack, method, priorities.assessment, facts, gaps, scores, tailored, choice, slots, donors,
        most_outcomes,
    )  # fmt: skip
    return _written(desk, said).model_copy(update={"doubt": held_against})


def _asked_of_donors(method: DesignMethod, answers: Sequence[Answer]) -> bool:
    asked = {table.question for table in method.donor_tables}
    return any(one.question in asked and one.value is not None for one in answers)


def _slots(choice: Choice, method: DesignMethod) -> Mapping[str, Slot]:
    """The calendar of the full package: the unhurried one that fits the project, if one does."""
    slots: Mapping[str, Slot] = {}
    for share in _PACES:
        jobs = [
            Job(
                name=name,
                type=one.tailored.intervention.type,
                sub_dimensions=frozenset(one.tailored.intervention.sub_dimensions),
                release=one.release,
                months=planned_months(one.tailored.intervention, share),
                high_demand=one.tailored.intervention.demand == "high",
                needs=one.needs,
            )
            for name, one in choice.candidates.items()
            if name in choice.packages["full"].chosen
        ]
        slots = schedule(jobs, method.order, choice.high_at_once)
        if max((slot.end for slot in slots.values()), default=0) <= method.months.value:
            break
    return slots


def _written(desk: _Desk, said: Sequence[str]) -> ProjectDesign:
    chosen = _chosen(desk)
    months = max(
        desk.method.months.value,
        whole_quarters(max((s.end for s in desk.slots.values()), default=0)),
    )
    chain = link(
        desk.pack,
        {one.intervention: desk.choice.candidates[one.intervention].gaps for one in chosen},
        desk.gaps,
        {one.intervention: _dependants(one.intervention, desk) for one in chosen},
        desk.most_outcomes,
        desk.method.max_outputs.value,
    )
    frame = framework(
        desk.ref, desk.pack, desk.facts.country.un_name, chosen, chain, desk.scores, months
    )
    lines = budget_lines(desk.ref, desk.pack, desk.method, chosen, frame.activities, frame.outputs)
    marker, reason = _gender(desk, chosen)
    rate = support_rate(desk.method)
    runner_up = desk.choice.runner_up
    return ProjectDesign(
        assessment=desk.ref,
        country=desk.facts.country,
        context=desk.facts.printed(),
        assumptions=(*desk.facts.assumptions, *said, *_assumed(desk, chosen, months)),
        title=words.title(desk.facts.country.un_name, _areas(desk)),
        impact=frame.impact,
        impact_indicators=frame.impact_indicators,
        outcomes=frame.outcomes,
        outputs=frame.outputs,
        activities=frame.activities,
        interventions=chosen,
        rejected=left_out(
            desk.pack, desk.method, desk.choice, desk.tailored, desk.gaps, desk.scores, _room(desk)
        ),
        packages=_packages(desk),
        frontier=desk.choice.frontier,
        budget=add_up(lines, [outcome.id for outcome in frame.outcomes], desk.method),
        risks=register(desk.ref, desk.pack, desk.facts, chosen),
        donors=_donors(desk, chosen),
        stakeholders=stakeholders(desk.pack, desk.scores, desk.gaps, chosen, frame.outcomes),
        months=months,
        gender_marker=marker,
        gender_reason=reason,
        sdg_targets=tuple(sorted({one.sdg_target for one in chosen if one.sdg_target})),
        runner_up=None
        if runner_up is None
        else FrontierPoint(
            total=total_of(runner_up, rate)[2],
            benefit=share_of_whole(desk.choice.problem, runner_up.benefit),
            chosen=tuple(sorted(runner_up.chosen)),
        ),
        restricted_facts=desk.facts.not_public(),
        messages=desk.choice.messages,
    )


def _room(desk: _Desk) -> int | None:
    ceiling = desk.choice.ceilings["full"]
    rate = support_rate(desk.method)
    return None if ceiling is None else cents(most_before_support(ceiling, rate))


def _dependants(name: str, desk: _Desk) -> list[str]:
    full = desk.choice.packages["full"].chosen
    return [
        other
        for other, one in desk.choice.candidates.items()
        if other in full and name in one.needs
    ]


def _chosen(desk: _Desk) -> tuple[ChosenIntervention, ...]:
    """The full package in the order of the calendar."""
    full = desk.choice.packages["full"].chosen
    order = sorted(full, key=lambda name: (desk.slots[name].start, name))
    return tuple(_chosen_one(name, desk.choice.candidates[name], desk) for name in order)


def _chosen_one(name: str, candidate: Candidate, desk: _Desk) -> ChosenIntervention:
    one, offer = candidate.tailored, candidate.tailored.intervention
    cost = unit_cost(offer, desk.method)
    slot = desk.slots[name]
    gaps = [gap for gap in desk.gaps if gap.sub_dimension in candidate.gaps]
    full = desk.choice.packages["full"]
    without = full.chosen - {name}
    coordinate = [partner for partner in desk.donors if overlaps(partner, offer, desk.pack)]
    return ChosenIntervention(
        id=printed_id(Kind.INTERVENTION, desk.ref.iso3, desk.ref.round, tail(name)),
        intervention=name,
        title=str(offer.title),
        gaps=tuple(gap.id for gap in gaps),
        rules=one.rules,
        packages=tuple(p for p in PACKAGES if name in desk.choice.packages[p].chosen),
        phase=desk.method.phase_in(slot.start),
        start_month=slot.start,
        months=slot.months,
        quantity=one.quantity,
        unit=offer.unit,
        unit_cost_low=Decimal(cost.low),
        unit_cost_high=Decimal(cost.high),
        cost=candidate.cost.quantize(Decimal("0.01")),
        after=slot.after,
        lead=offer.lead,
        hrddp=offer.hrddp,
        tool="" if one.tool_in_use else str(offer.tool),
        tool_verification="" if one.tool_in_use else offer.tool_verification,
        sdg_target=offer.sdg_target,
        coordinate_with=tuple(
            dict.fromkeys(
                ": ".join(filter(None, (partner.donor, partner.title))) for partner in coordinate
            )
        ),
        benefit=share_of_whole(
            desk.choice.problem, full.benefit - desk.choice.problem.benefit(without)
        ),
        why=words.why(
            [words.gap_words(_area(gap.sub_dimension, desk.pack), gap) for gap in gaps],
            [str(desk.pack.intervention[other].title) for other in _dependants(name, desk)],
            one.rules,
            str(offer.tool) if one.tool_in_use else "",
            str(offer.prerequisite_note),
        ),
        sensitivity=Sensitivity.highest(
            one.sensitivity,
            *(gap.sensitivity for gap in gaps),
            *(partner.sensitivity for partner in coordinate),
        ),
    )


def _area(code: str, pack: Pack) -> str:
    sub = pack.sub_dimension.get(code)
    return str(sub.name) if sub else code


def _areas(desk: _Desk) -> list[str]:
    """The most severe gaps that may be named on a cover."""
    public = [gap for gap in desk.gaps if gap.sensitivity is Sensitivity.PUBLIC]
    return [_area(gap.sub_dimension, desk.pack) for gap in public[:_NAMED_AREAS]]


def _assumed(desk: _Desk, chosen: Sequence[ChosenIntervention], months: int) -> list[str]:
    said = [one for c in chosen for one in desk.tailored[c.intervention].assumed]
    forced, packages = desk.choice.problem.forced, desk.choice.packages
    if forced <= packages["full"].chosen:
        said += [words.decisions_beyond(n) for n in PACKAGES if not forced <= packages[n].chosen]
    planned = desk.method.months.value
    if months > planned:
        said.append(words.longer_than_planned(months, planned))
    return said


def _packages(desk: _Desk) -> tuple[Package, ...]:
    rate = support_rate(desk.method)

    def package(name: PackageName) -> Package:
        selection = desk.choice.packages[name]
        subtotal, support, total = total_of(selection, rate)
        return Package(
            id=printed_id(Kind.PACKAGE, desk.ref.iso3, desk.ref.round, name),
            name=name,
            ceiling=desk.choice.ceilings[name],
            subtotal=subtotal,
            support_cost=support,
            total=total,
            benefit=share_of_whole(desk.choice.problem, selection.benefit),
            chosen=tuple(sorted(selection.chosen)),
        )

    return tuple(package(name) for name in PACKAGES)


def _donors(desk: _Desk, chosen: Sequence[ChosenIntervention]) -> tuple[DonorProject, ...]:
    return tuple(
        DonorProject(
            donor=one.donor,
            title=one.title,
            amount=one.amount,
            period=one.period,
            overlaps=tuple(
                c.intervention
                for c in chosen
                if overlaps(one, desk.pack.intervention[c.intervention], desk.pack)
            ),
            answer=one.answer,
            sensitivity=one.sensitivity,
        )
        for one in desk.donors
    )


def _gender(desk: _Desk, chosen: Sequence[ChosenIntervention]) -> tuple[int, Said]:
    """Gender equality marker, 0 to 2; 3 is a decision of people, never of a computation."""
    marker = desk.method.gender
    kinds = {one.title: desk.pack.intervention[one.intervention].type for one in chosen}
    if marker is None:
        return 0, words.gender_reason(0, ())
    significant = [title for title, kind in kinds.items() if kind in marker.significant]
    if significant:
        return 2, words.gender_reason(2, significant)
    counted = any(kind in marker.counted for kind in kinds.values())
    return int(counted), words.gender_reason(int(counted), ())
