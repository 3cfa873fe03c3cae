"""What the public version is computed from, and what it does not tell.

The public version is no cut-out of the whole one: it is computed anew from the answers that anyone
may see, so that nothing in it, no order, sum or omission, can depend on a confidential answer.
What it does not tell follows from the questionnaire alone, which is public.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assessments.language import Said
from assessments.pack.model import Pack, Question, Requirement
from assessments.results import (
    Answer,
    Priorities,
    ProjectDesign,
    RequirementStatus,
    Scores,
    Sensitivity,
    SubDimensionScore,
    Verdict,
)
from assessments.scoring import level_words as words
from assessments.scoring.compliance import count_mandatory


def closed_questions(pack: Pack) -> frozenset[str]:
    """Questions whose answers the public version may not use.

    Those marked restricted or confidential, and those that are asked, or checked, by the answer
    to such a question: being asked or skipped would tell it.
    """
    if closed_questions not in pack.worked_out:
        pack.worked_out[closed_questions] = _closed(pack)
    found: frozenset[str] = pack.worked_out[closed_questions]
    return found


def _closed(pack: Pack) -> frozenset[str]:
    closed = {q.name for q in pack.questions if q.sensitivity is not Sensitivity.PUBLIC}
    grown = True
    while grown:
        more = {q.name for q in pack.questions if _reads(q) & closed} - closed
        closed |= more
        grown = bool(more)
    return frozenset(closed)


def public_answers(pack: Pack, answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The answers that anyone may see."""
    closed = closed_questions(pack)
    return tuple(a for a in answers if a.question in pack.question and a.question not in closed)


def open_part(pack: Pack) -> Pack:
    """The pack with its open questions alone: what the coverage of the public version is of."""
    closed = closed_questions(pack)
    return replace(pack, questions=tuple(q for q in pack.questions if q.name not in closed))


def closed_parts(pack: Pack) -> frozenset[str]:
    """Sub-dimensions with a scored question that the public version may not use."""
    return frozenset(q.sub_dimension for q in _closed_scored(pack))


def without_untold(
    pack: Pack, scores: Scores, priorities: Priorities, design: ProjectDesign
) -> tuple[Scores, Priorities, ProjectDesign]:
    """Results of public answers, in which what cannot be told says so instead of "unknown".

    A sub-dimension or paragraph that stays without a value, and that closed questions would have
    helped to judge, gets their mark of sensitivity and no reason: it is not unanswered, it is not
    told.
    """
    told = scores.model_copy(
        update={
            "sub_dimensions": tuple(_score(pack, one) for one in scores.sub_dimensions),
            "requirements": tuple(_requirement(pack, one) for one in scores.requirements),
        }
    )
    untold = {s.sub_dimension for s in told.sub_dimensions if not _public(s.sensitivity)}
    judged = tuple(one for one in told.requirements if _public(one.sensitivity))
    rest = tuple(n for n in priorities.not_scored if n.sub_dimension not in untold)
    rejected = tuple(
        one
        for one in design.rejected
        if not untold & set(pack.intervention[one.intervention].sub_dimensions)
    )
    return (
        told.model_copy(update={"mandatory": count_mandatory(pack, judged)}),
        priorities.model_copy(update={"not_scored": rest}),
        design.model_copy(update={"rejected": rejected}),
    )


def _public(mark: Sensitivity) -> bool:
    return mark is Sensitivity.PUBLIC


def _reads(question: Question) -> frozenset[str]:
    """Names that decide whether a question is asked, and whether its answer can be right."""
    rules = (question.relevant, question.constraint)
    return frozenset(name for rule in rules if rule is not None for name in rule.names)


def _closed_scored(pack: Pack) -> list[Question]:
    closed = closed_questions(pack)
    return [q for q in pack.questions if q.name in closed and (q.score is not None or q.is_level)]


def _mark(questions: Sequence[Question]) -> Sensitivity:
    """The strictest mark; a public question that a closed one decides counts as restricted."""
    return Sensitivity.highest(Sensitivity.RESTRICTED, *(q.sensitivity for q in questions))


def _score(pack: Pack, score: SubDimensionScore) -> SubDimensionScore:
    closed = [q for q in _closed_scored(pack) if q.sub_dimension == score.sub_dimension]
    if not closed:
        return score
    if score.level is None:
        return score.model_copy(
            update={"sensitivity": _mark(closed), "coverage": None, "facts": (), "because": ""}
        )
    said = Said.together(score.because, words.some_not_public(len(closed)))
    return score.model_copy(update={"because": said})


def _requirement(pack: Pack, status: RequirementStatus) -> RequirementStatus:
    if status.verdict is not Verdict.UNKNOWN:
        return status
    own = pack.requirement[status.requirement]
    group = [
        other
        for other in pack.requirements
        if own.alternative_group and other.alternative_group == own.alternative_group
    ]
    read = frozenset[str]().union(*(_decided_by(one) for one in (own, *group)))
    closed = [pack.question[name] for name in sorted(read & closed_questions(pack))]
    if not closed:
        return status
    return status.model_copy(update={"sensitivity": _mark(closed), "because": "", "voices": ()})


def _decided_by(requirement: Requirement) -> frozenset[str]:
    applies = requirement.applies.names if requirement.applies is not None else frozenset()
    return applies | {requirement.question}
