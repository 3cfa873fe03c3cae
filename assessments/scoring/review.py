"""Review the answers before anything is scored: who answered what, and what needs a second look.

Nothing here changes an answer. Disagreements are shown with every voice; numbers that cannot all
be right, high claims without a document, and essential questions set aside are named one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assessments.identifiers import Kind, printed_id
from assessments.language import Said
from assessments.pack.method import Method
from assessments.pack.model import Pack
from assessments.results import (
    Answer,
    AnswersReview,
    AnswerState,
    AssessmentRef,
    Attention,
    CoverageLine,
    Divergence,
    EvidenceState,
    Respondent,
    StateCount,
)
from assessments.scoring import fact_words
from assessments.scoring.assess import method_of
from assessments.scoring.compliance import MANDATORY
from assessments.scoring.gather import AGREED, Gathered, gather, score_of, tier_asked, voices
from assessments.scoring.rates import impossible_pairs


def review_answers(
    pack: Pack,
    answers: Iterable[Answer],
    respondents: Sequence[Respondent],
    ref: AssessmentRef,
) -> AnswersReview:
    """What came in, how much of it, where respondents disagree and what to look at.

    Raises NoMethod where the pack has no method.
    """
    method = method_of(pack)
    given = tuple(answers)
    gathered = gather(pack, given)
    heard = {respondent.institution for respondent in respondents}
    heard |= {answer.institution for answer in given}
    counts = Counter(answer.state for answer in given if answer.institution != AGREED)
    return AnswersReview(
        assessment=ref,
        respondents=tuple(sorted(respondents, key=lambda item: item.institution)),
        silent=tuple(
            code for code in pack.institutions if code not in heard and pack.asked_of(code)
        ),
        states=tuple(StateCount(state=state, count=counts[state]) for state in AnswerState),
        coverage=_coverage(pack, method, gathered, ref),
        divergences=tuple(_divergences(method, gathered)),
        attention=tuple(_attention(pack, method, gathered)),
    )


def _coverage(
    pack: Pack, method: Method, gathered: Mapping[str, Gathered], ref: AssessmentRef
) -> tuple[CoverageLine, ...]:
    """The whole, each dimension and each sub-dimension."""
    tier = tier_asked(gathered)
    asked = [item for item in gathered.values() if tier.includes(item.question.tier)]
    lines = [_line(method, "all", asked, ref)]
    for dimension in pack.dimensions:
        part = [item for item in asked if item.question.dimension == dimension.code]
        lines.append(_line(method, dimension.code, part, ref))
    for sub in pack.sub_dimensions:
        part = [item for item in asked if item.question.sub_dimension == sub.code]
        lines.append(_line(method, sub.code, part, ref))
    return tuple(lines)


def _line(method: Method, part: str, items: Sequence[Gathered], ref: AssessmentRef) -> CoverageLine:
    due = [item for item in items if method.counts(item.state)]
    answered = [item for item in due if item.state is AnswerState.ANSWERED]
    total = sum(item.question.weight for item in due)
    known = sum(item.question.weight for item in answered)
    return CoverageLine(
        id=printed_id(Kind.COVERAGE, ref.iso3, ref.round, part),
        part=part,
        applicable=len(due),
        answered=len(answered),
        coverage=round(known / total, 4) if total > 0 else None,
    )


def _divergences(method: Method, gathered: Mapping[str, Gathered]) -> Iterator[Divergence]:
    """Questions whose respondents are far apart, the widest first, agreed ones too."""
    apart = [item for item in gathered.values() if item.spread() >= method.divergence.value]
    for item in sorted(apart, key=lambda i: (-i.spread(), i.question.name)):
        yield Divergence(
            question=item.question.name,
            sub_dimension=item.question.sub_dimension,
            voices=voices(item),
            spread=item.spread(),
            sensitivity=item.question.sensitivity,
        )


def _attention(pack: Pack, method: Method, gathered: Mapping[str, Gathered]) -> Iterator[Attention]:
    """What an analyst should look at, in the order of the survey; impossible numbers first."""
    for found in impossible_pairs(method, gathered):
        message = str(found.rule.words)
        for name in found.questions:
            item = gathered[name]
            assert item.standing is not None  # its number is one of the two
            said = _outside_its_bounds(message, found.part, found.whole)
            yield _look(item, item.standing, "impossible-numbers", said)
    essential = {r.question for r in pack.requirements if r.obligation in MANDATORY}
    tier = tier_asked(gathered)
    for item in gathered.values():
        if not tier.includes(item.question.tier):
            continue
        for answer in item.voices:
            yield from _of_answer(method, item, answer, essential)


def _of_answer(
    method: Method, item: Gathered, answer: Answer, essential: set[str]
) -> Iterator[Attention]:
    question = item.question
    if answer.state is AnswerState.UNUSABLE:
        yield _look(item, answer, "unusable", _cannot_be_read(answer.raw))
    if answer.state is AnswerState.NOT_APPLICABLE and (
        question.knockout or question.name in essential
    ):
        yield _look(item, answer, "essential-not-applicable", _essential_said_not_to_apply())
    score = score_of(question, answer)
    if answer.state is AnswerState.ANSWERED and question.score is not None and score is None:
        yield _look(item, answer, "no-score", fact_words.value_not_covered())
    if (
        score is not None
        and score >= method.evidence.claimed_from.value
        and question.evidence
        and answer.evidence_state is EvidenceState.STATED
        and not answer.evidence
    ):
        message = _claim_without_evidence(score)
        yield _look(item, answer, "claim-without-evidence", message)


def _look(item: Gathered, answer: Answer, code: str, message: str) -> Attention:
    return Attention(
        answer=answer.id,
        question=item.question.name,
        institution=answer.institution,
        code=code,
        message=message,
        sensitivity=item.question.sensitivity,
    )


# --- sentences ------------------------------------------------------------------------------------


def _outside_its_bounds(message: str, part: float, whole: float) -> Said:
    """A part against its whole, where the sum does not hold."""
    return Said("{message} ({part} of {whole})", message=message, part=part, whole=whole)


def _cannot_be_read(raw: str) -> Said:
    """An unusable entry."""
    shown = raw if len(raw) <= 60 else raw[:57] + "..."
    return Said("The entry “{entry}” cannot be read as an answer.", entry=shown)


def _claim_without_evidence(score: float) -> Said:
    """A high answer, a document was asked for, none was named."""
    return Said("Worth level {score}, a document was asked for and none is named.", score=score)


def _essential_said_not_to_apply() -> Said:
    """A knock-out or treaty question set aside."""
    return Said("An essential or treaty question is said not to apply; ask why.")
