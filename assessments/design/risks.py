"""The risk register: standard risks that hold here, what each intervention risks, and screening.

Likelihood and impact are 1 to 5, the rating their product. The standard entries are the pack's
(`risks.csv`); answers and levels of the country make them more likely. Wherever police,
surveillance or extradition is supported, human-rights due diligence is due before support begins
(policy A/67/775-S/2013/110).
"""

from __future__ import annotations

from collections.abc import Sequence

from assessments.design.context import Facts
from assessments.design.cost import tail
from assessments.identifiers import Kind, printed_id
from assessments.language import Said
from assessments.pack.model import Pack
from assessments.pack.offers import RiskScope, StandardRisk
from assessments.results import AssessmentRef, ChosenIntervention, Risk, Sensitivity

_MOST_LIKELY = 5


def register(
    ref: AssessmentRef, pack: Pack, facts: Facts, chosen: Sequence[ChosenIntervention]
) -> tuple[Risk, ...]:
    """The risks of the full package, highest rating first."""
    if not chosen:
        return ()
    found = [
        _standard(ref, one, facts, str(number))
        for number, one in enumerate(_of(pack, RiskScope.PROJECT), start=1)
        if one.when is None or facts.holds(one.when)
    ]
    for frame in _of(pack, RiskScope.INTERVENTION):
        found += [
            _named(ref, frame, one, pack)
            for one in chosen
            if pack.intervention[one.intervention].risk
            and pack.intervention[one.intervention].demand != "low"
        ]
    for frame in _of(pack, RiskScope.SCREENING):
        found += [_screening(ref, frame, one, facts) for one in chosen if one.hrddp]
    return tuple(sorted(found, key=lambda risk: -risk.rating))


def _of(pack: Pack, scope: RiskScope) -> list[StandardRisk]:
    return [one for one in pack.standard_risks if one.scope is scope]


def _likelihood(one: StandardRisk, facts: Facts) -> int:
    heightened = facts.holds(one.more_likely_when)
    return min(one.likelihood + heightened, _MOST_LIKELY)


def _read(one: StandardRisk, facts: Facts) -> set[str]:
    """The facts an entry rests on: its condition, and what made it more likely."""
    names = set(one.when.names) if one.when else set()
    if one.more_likely_when is not None and facts.holds(one.more_likely_when):
        names |= one.more_likely_when.names
    return names


def _standard(ref: AssessmentRef, one: StandardRisk, facts: Facts, number: str) -> Risk:
    likelihood = _likelihood(one, facts)
    read = _read(one, facts)
    return Risk(
        id=printed_id(Kind.RISK, ref.iso3, ref.round, "S", number),
        category=one.category,
        event=str(one.event),
        cause=str(one.cause),
        likelihood=likelihood,
        impact=one.impact,
        rating=likelihood * one.impact,
        warning_sign=str(one.warning_sign),
        mitigation=str(one.mitigation),
        owner=one.owner,
        residual=min(one.residual, likelihood * one.impact),
        rests_on=facts.answers_read(read),
        sensitivity=facts.sensitivity(read),
    )


def _named(ref: AssessmentRef, frame: StandardRisk, one: ChosenIntervention, pack: Pack) -> Risk:
    """The risk an intervention names itself: event before the colon, what to do after it."""
    said = str(pack.intervention[one.intervention].risk)
    return Risk(
        id=printed_id(Kind.RISK, ref.iso3, ref.round, tail(one.intervention)),
        category=frame.category,
        event=_event(said),
        cause=_cause(one.title),
        likelihood=frame.likelihood,
        impact=frame.impact,
        rating=frame.likelihood * frame.impact,
        warning_sign=str(frame.warning_sign),
        mitigation=_mitigation(said, str(frame.mitigation)),
        owner=one.lead,
        residual=frame.residual,
        rests_on=(one.id,),
        sensitivity=one.sensitivity,
    )


def _screening(
    ref: AssessmentRef, frame: StandardRisk, one: ChosenIntervention, facts: Facts
) -> Risk:
    likelihood = _likelihood(frame, facts)
    read = _read(frame, facts)
    return Risk(
        id=printed_id(Kind.RISK, ref.iso3, ref.round, "HR", tail(one.intervention)),
        category=frame.category,
        event=_screening_event(one.title, str(frame.event)),
        cause=str(frame.cause),
        likelihood=likelihood,
        impact=frame.impact,
        rating=likelihood * frame.impact,
        warning_sign=str(frame.warning_sign),
        mitigation=str(frame.mitigation),
        owner=frame.owner or one.lead,
        residual=min(frame.residual, likelihood * frame.impact),
        rests_on=(one.id, *facts.answers_read(read)),
        sensitivity=Sensitivity.highest(one.sensitivity, facts.sensitivity(read)),
    )


# --- sentences ------------------------------------------------------------------------------------


def _cause(title: str) -> Said:
    return Said("Named risk of the activity “{title}”.", title=title)


def _event(risk: str) -> Said:
    """What could happen: an intervention names its risk before the colon."""
    return Said("{risk!b}.", risk=risk)


def _mitigation(risk: str, standard: str) -> Said:
    """What is done about it: what stands after the colon, or what is usual."""
    return Said("{risk!a}.", risk=risk) if risk.partition(":")[2].strip() else Said(standard)


def _screening_event(title: str, event: str) -> Said:
    return Said("{title}: {event!l}", title=title, event=event)
