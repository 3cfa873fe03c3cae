"""The second ledger: where each treaty paragraph stands, by the Convention's own logic.

One question decides a paragraph. It may apply only under a condition; several paragraphs may be
alternatives of which one is enough. Only a mandatory paragraph can be a gap: what the Convention
says a State "may" do never is one. What nobody answered is unknown, not unmet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assessments.identifiers import Kind, printed_id
from assessments.language import Said
from assessments.pack.model import Obligation, Pack, Requirement
from assessments.pack.verdicts import decided
from assessments.results import (
    AnswerState,
    AnswerValue,
    AssessmentRef,
    RequirementStatus,
    Sensitivity,
    Verdict,
    VerdictCount,
)
from assessments.scoring import compliance_words as words
from assessments.scoring import fact_words
from assessments.scoring.gather import AGREED, Gathered, is_answered, voices

MANDATORY = frozenset({Obligation.MANDATORY, Obligation.MANDATORY_QUALIFIED})
_FAILING = frozenset({Verdict.NOT_MET, Verdict.PARTLY})


@dataclass(frozen=True, slots=True)
class _Found:
    """A verdict with its reason, before alternatives are looked at."""

    requirement: Requirement
    verdict: Verdict
    because: Said
    disputed: bool = False
    met_by: str = ""


def check_requirements(
    pack: Pack,
    gathered: Mapping[str, Gathered],
    values: Mapping[str, AnswerValue | None],
    ref: AssessmentRef,
) -> tuple[RequirementStatus, ...]:
    """The status of every paragraph of the pack, in its order."""
    found = [_verdict(requirement, gathered, values) for requirement in pack.requirements]
    return tuple(_status(item, pack, gathered, ref) for item in _with_alternatives(found))


def count_mandatory(pack: Pack, statuses: Sequence[RequirementStatus]) -> tuple[VerdictCount, ...]:
    """How many mandatory paragraphs stand at each verdict, every verdict named."""
    counts = Counter(
        status.verdict
        for status in statuses
        if pack.requirement[status.requirement].obligation in MANDATORY
    )
    return tuple(VerdictCount(verdict=verdict, count=counts[verdict]) for verdict in Verdict)


def _verdict(
    requirement: Requirement,
    gathered: Mapping[str, Gathered],
    values: Mapping[str, AnswerValue | None],
) -> _Found:
    """What the condition and the standing answer say of one paragraph."""
    if requirement.applies is not None and not requirement.applies.holds(values):
        return _not_applying(requirement, gathered, values)
    item = gathered.get(requirement.question)
    if item is None:
        return _Found(requirement, Verdict.UNKNOWN, words.not_asked(str(requirement.reason)))
    if item.state is AnswerState.NOT_APPLICABLE:
        because = words.not_answered(item.question.name, item.state)
        return _Found(requirement, Verdict.NOT_APPLICABLE, because)
    if item.value is None:
        because = words.not_answered(item.question.name, item.state)
        return _Found(requirement, Verdict.UNKNOWN, because)
    verdict = decided(item.value, item.question, requirement)
    if verdict is Verdict.UNKNOWN:
        return _Found(requirement, verdict, words.undecided(item.question.name))
    disputed = not item.agreed and _disputed(item, requirement)
    stands_in = item.standing.institution if item.stands_in and item.standing else ""
    because = Said.together(
        fact_words.stands_in(stands_in, item.question.lead) if stands_in else "",
        words.decided(verdict.value, item.question.name),
        words.verdict_disputed() if disputed else "",
    )
    return _Found(requirement, verdict, because, disputed)


def _not_applying(
    requirement: Requirement,
    gathered: Mapping[str, Gathered],
    values: Mapping[str, AnswerValue | None],
) -> _Found:
    """A condition that does not hold: either it is known not to, or nobody said."""
    names = sorted(requirement.applies.names) if requirement.applies else []
    asked = [name for name in names if name in gathered]
    unknown = [
        name
        for name in asked
        if values.get(name) is None
        and gathered[name].state not in (AnswerState.NOT_APPLICABLE, AnswerState.SKIPPED)
    ]
    if unknown:
        because = words.unknown_whether_applies(unknown)
        return _Found(requirement, Verdict.UNKNOWN, because)
    return _Found(requirement, Verdict.NOT_APPLICABLE, words.does_not_apply(asked))


def _disputed(item: Gathered, requirement: Requirement) -> bool:
    """True where respondents' own answers lead to different verdicts."""
    verdicts = {
        decided(answer.value, item.question, requirement)
        for answer in item.voices
        if answer.institution != AGREED and is_answered(answer)
    }
    return len(verdicts - {Verdict.UNKNOWN}) > 1


def _with_alternatives(found: Sequence[_Found]) -> list[_Found]:
    """One alternative that is met meets the others; one that is unknown leaves them unknown."""
    groups: dict[str, list[_Found]] = {}
    for item in found:
        if item.requirement.alternative_group:
            groups.setdefault(item.requirement.alternative_group, []).append(item)
    return [_in_group(item, groups.get(item.requirement.alternative_group, [])) for item in found]


def _in_group(item: _Found, group: Sequence[_Found]) -> _Found:
    others = [other for other in group if other is not item]
    if item.verdict in (Verdict.MET, Verdict.NOT_APPLICABLE):
        return item
    met = next((other for other in others if other.verdict is Verdict.MET), None)
    if met is not None:
        return replace(
            item,
            verdict=Verdict.MET,
            because=words.met_by_alternative(met.requirement.ref),
            met_by=met.requirement.name,
        )
    partly = next((other for other in others if other.verdict is Verdict.PARTLY), None)
    if item.verdict is Verdict.NOT_MET and partly is not None:
        return replace(item, verdict=Verdict.PARTLY, met_by=partly.requirement.name)
    unknown = next((other for other in others if other.verdict is Verdict.UNKNOWN), None)
    if item.verdict is Verdict.NOT_MET and unknown is not None:
        because = words.alternative_unknown(unknown.requirement.ref)
        return replace(item, verdict=Verdict.UNKNOWN, because=because)
    return item


def _status(
    found: _Found, pack: Pack, gathered: Mapping[str, Gathered], ref: AssessmentRef
) -> RequirementStatus:
    requirement = found.requirement
    item = gathered.get(requirement.question)
    read = {requirement.question}
    if requirement.applies is not None:
        read |= requirement.applies.names
    if found.met_by:
        read.add(pack.requirement[found.met_by].question)
    marks = [gathered[n].question.sensitivity for n in read if n in gathered and gathered[n].voices]
    return RequirementStatus(
        id=printed_id(Kind.REQUIREMENT, ref.iso3, ref.round, requirement.name),
        requirement=requirement.name,
        ref=requirement.ref,
        obligation=requirement.obligation.value,
        verdict=found.verdict,
        disputed=found.disputed,
        gap=requirement.obligation in MANDATORY and found.verdict in _FAILING,
        question=requirement.question,
        voices=voices(item) if item is not None else (),
        met_by=found.met_by,
        sensitivity=Sensitivity.highest(*marks),
        because=found.because,
    )
