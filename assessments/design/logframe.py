"""The logical framework: impact, outcomes, outputs and activities, each with how it is measured.

Outcomes are changes in named institutions, outputs what the project delivers for them, activities
the chosen interventions. Baselines come from the assessment with question id, value and year, so
that the next round of the questionnaire is the measurement. Rules: one result one sentence; no
activity without an output; every indicator with baseline, target, source, frequency and owner
(United Nations Development Group handbook on results-based management, 2011).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessments.design import logframe_words as words
from assessments.design.cost import tail
from assessments.design.results_chain import Chain
from assessments.design.schedule import quarter
from assessments.identifiers import Kind, printed_id
from assessments.language import Said
from assessments.pack.model import Pack
from assessments.pack.offers import ResultGroup, ResultLevel
from assessments.results import (
    Activity,
    AssessmentRef,
    ChosenIntervention,
    FactScore,
    Gap,
    Indicator,
    Outcome,
    Output,
    Scores,
    Sensitivity,
    SubDimensionScore,
    Verdict,
)

MOST_INDICATORS = 4  # of one outcome: one for each of its most severe gaps
_MOST_NAMED = 4  # institutions or areas named in one sentence


@dataclass(frozen=True)
class Framework:
    """The four levels, joined by ids."""

    impact: Said
    impact_indicators: tuple[Indicator, ...]
    outcomes: tuple[Outcome, ...]
    outputs: tuple[Output, ...]
    activities: tuple[Activity, ...]


@dataclass(frozen=True)
class _Material:
    """What the framework is written from."""

    ref: AssessmentRef
    pack: Pack
    country: str
    chosen: Mapping[str, ChosenIntervention]  # INT_014 -> chosen
    chain: Chain
    scores: Scores
    months: int

    def score(self, code: str) -> SubDimensionScore | None:
        return next((s for s in self.scores.sub_dimensions if s.sub_dimension == code), None)

    def id(self, kind: Kind, *local: str | int) -> str:
        return printed_id(kind, self.ref.iso3, self.ref.round, *local)

    def institution(self, code: str) -> str:
        choice = self.pack.institutions.get(code)
        return str(choice.label) if choice else code

    def area(self, code: str) -> str:
        sub = self.pack.sub_dimension.get(code)
        return str(sub.name) if sub else code

    @property
    def year(self) -> str:
        return self.ref.round[:4]


def framework(
    ref: AssessmentRef,
    pack: Pack,
    country: str,
    chosen: Sequence[ChosenIntervention],
    chain: Chain,
    scores: Scores,
    months: int,
) -> Framework:
    """The logical framework of the full package."""
    by_name = {one.intervention: one for one in chosen}
    material = _Material(ref, pack, country, by_name, chain, scores, months)
    outcomes, outputs, activities = [], [], []
    for number, group in enumerate(chain.outcomes, start=1):
        outcome_id = material.id(Kind.OUTCOME, number)
        ids = []
        for place, output in enumerate(chain.outputs[group.name], start=1):
            output_id = material.id(Kind.OUTPUT, number, place)
            done = _activities(material, output_id, chain.members[output.name])
            outputs.append(_output(material, output, output_id, outcome_id, done))
            activities += done
            ids.append(output_id)
        outcomes.append(_outcome(material, group, outcome_id, ids))
    impact = next((one for one in pack.outcomes if one.level is ResultLevel.IMPACT), None)
    return Framework(
        impact=words.filled(str(impact.sentence), country) if impact else Said(),
        impact_indicators=_impact_indicators(material),
        outcomes=tuple(outcomes),
        outputs=tuple(outputs),
        activities=tuple(activities),
    )


# --- activities and outputs ---------------------------------------------------------------------


def _activities(material: _Material, output: str, names: Sequence[str]) -> list[Activity]:
    done = []
    for name in sorted(names, key=lambda n: (material.chosen[n].start_month, n)):
        one = material.chosen[name]
        last = one.start_month + max(one.months, 1) - 1
        done.append(
            Activity(
                id=material.id(Kind.ACTIVITY, tail(name)),
                output=output,
                intervention=one.id,
                text=words.activity(one.title, one.rules),
                start_quarter=quarter(one.start_month),
                end_quarter=quarter(last),
                after=tuple(material.id(Kind.ACTIVITY, tail(first)) for first in one.after),
                owner=one.lead,
                sensitivity=one.sensitivity,
            )
        )
    return done


def _output(
    material: _Material,
    group: ResultGroup,
    output_id: str,
    outcome_id: str,
    activities: Sequence[Activity],
) -> Output:
    members = [
        one
        for one in material.chosen.values()
        if one.id in {activity.intervention for activity in activities}
    ]
    named = _nameable(members)
    institutions = _common(one.lead for one in named)
    areas = _areas(material, named)
    return Output(
        id=output_id,
        outcome=outcome_id,
        text=_sentence(material, str(group.sentence), institutions, areas),
        indicators=tuple(_delivery(material, one) for one in members),
        assumptions=tuple(
            filter(None, [_sentence(material, str(group.assumption), institutions, areas)])
        ),
        sustainability=_sentence(material, str(group.sustainability), institutions, areas),
        activities=tuple(activity.id for activity in activities),
        conditions=_conditions(material, named),
        sensitivity=Sensitivity.highest(*(one.sensitivity for one in named)),
    )


def _conditions(material: _Material, named: Sequence[ChosenIntervention]) -> tuple[Said, ...]:
    """What the activities rest on beside each other, the costliest one's first."""
    notes = [
        str(material.pack.intervention[one.intervention].prerequisite_note)
        for one in sorted(named, key=lambda one: (-one.cost, one.intervention))
    ]
    return tuple(Said(note) for note in dict.fromkeys(filter(None, notes))) or (
        words.PLAIN_CONDITION,
    )


def _nameable(members: Sequence[ChosenIntervention]) -> Sequence[ChosenIntervention]:
    """What a sentence may rest on: the public members, or all where none is public.

    So that a result can be shown in the public version without what is not public in it.
    """
    return [one for one in members if one.sensitivity is Sensitivity.PUBLIC] or members


def _delivery(material: _Material, one: ChosenIntervention) -> Indicator:
    """An output is measured by what was handed over: counted, and checked by its means."""
    offer = material.pack.intervention[one.intervention]
    gender = material.pack.method.design.gender if material.pack.method else None
    counted = gender is not None and offer.type in (*gender.counted, *gender.significant)
    return Indicator(
        id=material.id(Kind.INDICATOR, tail(one.intervention)),
        text=str(offer.output) or one.title,
        question="",
        baseline=words.NO_BASELINE,
        baseline_year=material.year,
        target=words.delivered(one.quantity, one.unit),
        target_date=words.month(one.start_month + one.months),
        source=str(offer.means_of_verification),
        frequency=words.AT_THE_END,
        owner=one.lead,
        disaggregation=words.BY_SEX if counted else words.NOT_COUNTED,
        sensitivity=one.sensitivity,
    )


# --- outcomes and impact ------------------------------------------------------------------------


def _outcome(
    material: _Material, group: ResultGroup, outcome_id: str, outputs: Sequence[str]
) -> Outcome:
    gaps = material.chain.gaps[group.name]
    members = [
        material.chosen[name]
        for output in material.chain.outputs[group.name]
        for name in material.chain.members[output.name]
    ]
    named = _nameable(members)
    institutions = _common(one.lead for one in named)
    shown = [gap for gap in gaps if gap.sensitivity is Sensitivity.PUBLIC] or list(gaps)
    areas = [gap.sub_dimension for gap in shown[:_MOST_NAMED]] or _areas(material, named)
    return Outcome(
        id=outcome_id,
        text=_sentence(material, str(group.sentence), institutions, areas),
        institutions=institutions,
        gaps=tuple(gap.id for gap in gaps),
        indicators=tuple(
            _level_indicator(material, gap, place)
            for place, gap in enumerate(gaps[:MOST_INDICATORS], start=1)
        ),
        assumptions=tuple(
            filter(None, [_sentence(material, str(group.assumption), institutions, areas)])
        ),
        outputs=tuple(outputs),
        sensitivity=Sensitivity.highest(
            *(gap.sensitivity for gap in shown), *(one.sensitivity for one in named)
        ),
    )


def _level_indicator(material: _Material, gap: Gap, place: int) -> Indicator:
    """The level of a gap, with the fact that holds it down, measured again in the next round."""
    sub = material.pack.sub_dimension[gap.sub_dimension]
    score = material.score(gap.sub_dimension)
    fact = deciding_fact(score) if score else None
    question = material.pack.question.get(fact.question) if fact else None
    said = (
        next((v.text for v in fact.voices if v.text and v.score == fact.score), "") if fact else ""
    )
    return Indicator(
        id=material.id(Kind.INDICATOR, gap.sub_dimension, place),
        text=words.level_indicator(str(sub.name), str(question.label) if question else ""),
        question=fact.question if fact else "",
        baseline=words.level_baseline(gap.level, said),
        baseline_year=material.year,
        target=words.level_target(gap.target, str(sub.levels[min(round(gap.target), 4)])),
        target_date=words.month(material.months),
        source=words.NEXT_ROUND,
        frequency=words.EVERY_YEAR,
        owner=question.lead if question else next(iter(sub.institutions), ""),
        disaggregation=words.NOT_COUNTED,
        sensitivity=Sensitivity.highest(
            gap.sensitivity, *([question.sensitivity] if question else [])
        ),
    )


def deciding_fact(score: SubDimensionScore) -> FactScore | None:
    """The scored fact that holds a level down most: lowest score, then heaviest weight."""
    scored = [fact for fact in score.facts if fact.score is not None]
    return min(
        scored, key=lambda f: (not f.knockout or f.score != 0, f.score, -f.weight, f.question),
        default=None,
    )  # fmt: skip


def _impact_indicators(material: _Material) -> tuple[Indicator, ...]:
    """How many mandatory paragraphs are met now, and how many would be if the outcomes hold."""
    counts = {one.verdict: one.count for one in material.scores.mandatory}
    met = counts.get(Verdict.MET, 0)
    known = met + counts.get(Verdict.PARTLY, 0) + counts.get(Verdict.NOT_MET, 0)
    if not known:
        return ()
    answered = [gap for gaps in material.chain.gaps.values() for gap in gaps]
    open_ = {one.id for one in material.scores.requirements if one.gap}
    mended = {unmet for gap in answered for unmet in gap.unmet} & open_
    rests = [one for one in material.scores.requirements if one.verdict is not Verdict.UNKNOWN]
    return (
        Indicator(
            id=material.id(Kind.INDICATOR, "mandatory"),
            text=words.mandatory_met(),
            question="",
            baseline=words.of_known(met, known),
            baseline_year=material.year,
            target=words.of_known(min(met + len(mended), known), known),
            target_date=words.month(material.months),
            source=words.LEDGER,
            frequency=words.EVERY_YEAR,
            owner=_owner(material),
            disaggregation=words.NOT_COUNTED,
            sensitivity=Sensitivity.highest(*(one.sensitivity for one in rests)),
        ),
    )


def _owner(material: _Material) -> str:
    """The institution that leads most of the project keeps its overall indicator."""
    return next(iter(_common(one.lead for one in material.chosen.values())), "")


# --- sentences ----------------------------------------------------------------------------------


def _sentence(
    material: _Material, sentence: str, institutions: Sequence[str], areas: Sequence[str]
) -> Said:
    return words.filled(
        sentence,
        material.country,
        [material.institution(code) for code in institutions],
        [material.area(code) for code in areas],
    )


def _areas(material: _Material, members: Sequence[ChosenIntervention]) -> list[str]:
    """The sub-dimensions a group works on: gaps first, most common first."""
    by_gap = {gap.id: gap.sub_dimension for gaps in material.chain.gaps.values() for gap in gaps}
    served = [by_gap[gap] for one in members for gap in one.gaps if gap in by_gap]
    named = [
        code
        for one in members
        for code in material.pack.intervention[one.intervention].sub_dimensions[:1]
    ]
    return list(_common(served or named))


def _common(names: Iterable[str]) -> tuple[str, ...]:
    """The most frequent names, in the order first seen where equal."""
    counted = Counter(name for name in names if name)
    return tuple(name for name, _ in counted.most_common(_MOST_NAMED))
