"""Score one question: what the standing answer is worth, its caps, its doubt, and why.

Only an answer that was given scores. A plain yes that says no more than "it exists" stops at the
method's cap until evidence shows funded use. Where respondents are two levels apart the question
is disputed: all are shown, none is averaged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.language import Said
from assessments.pack.method import Method
from assessments.pack.model import Pack, Question
from assessments.results import AnswerState, AnswerValue, EvidenceState, FactScore
from assessments.scoring import fact_words as words
from assessments.scoring.gather import Gathered, voices
from assessments.scoring.skips import Implied, implied_by_skip

TOP = 4.0  # the highest level of the scale


@dataclass(frozen=True, slots=True)
class Fact:
    """One scored question of a sub-dimension with what the level and its interval need."""

    question: Question
    shown: FactScore
    implied: Implied | None  # what it counts as where it was rightly not asked
    applies: bool  # stays in the denominator of coverage
    low: float  # 0 to 4: doubt from respondents, evidence and missing answers
    high: float
    unconfirmed: bool = False  # answered, but a scored question that it follows from is not

    @property
    def score(self) -> float | None:
        """0 to 4 where answered, else None."""
        return self.shown.score

    @property
    def missing(self) -> bool:
        """True where an answer was due and there is none that counts."""
        return self.applies and (self.shown.score is None or self.unconfirmed)

    @property
    def established(self) -> float | None:
        """What it adds to an established level: nothing while missing, None where it is out."""
        if self.said is not None:
            return self.said
        return 0.0 if self.applies else None

    @property
    def said(self) -> float | None:
        """What it adds to the level of the answers: a score, or what another answer implies.

        Nothing before the question that it follows from is answered: else a "no" left out would
        let its follow-up speak for itself.
        """
        if self.unconfirmed:
            return None
        return self.implied.value if self.implied is not None else self.shown.score

    @property
    def hoped(self) -> float | None:
        """What it could turn out to be once answered or settled; None where it is out."""
        if self.missing:
            return TOP
        if self.shown.disputed:
            return max(voice.score for voice in self.shown.voices if voice.score is not None)
        return self.said

    def fails(self, at: float) -> bool:
        """True where an essential question fails and no respondent disputes it."""
        if not self.shown.knockout:
            return False
        value = self.shown.score if self.implied is None else self.implied.value
        return value is not None and value <= at and not self.shown.disputed


def score_fact(
    pack: Pack,
    method: Method,
    item: Gathered,
    values: Mapping[str, AnswerValue | None],
    *,
    skipped: frozenset[str] = frozenset(),
    unknown: frozenset[str] = frozenset(),
) -> Fact:
    """Score one question (0 to 4, or None with the reason).

    `values` are the standing answers, `skipped` the questions that skip logic left out, and
    `unknown` those whose answer was due and is missing (see `unknown_questions`).
    """
    question, standing = item.question, item.standing
    uncapped = item.score()
    score = _capped(method, item, uncapped)
    disputed = item.spread() >= method.divergence.value and not item.agreed
    implied = None
    if item.state is AnswerState.SKIPPED and question.name not in unknown:
        implied = implied_by_skip(pack, question, values, skipped)
    applies = question.name in unknown or (implied is None and method.counts(item.state))
    evidence = standing.evidence_state if standing and score is not None else None
    left_out = skipped - unknown  # rightly: nothing is missing there
    before = _unanswered_before(pack, question, values, left_out) if score is not None else ()
    low, high = _interval(method, item, score, evidence)
    shown = FactScore(
        question=question.name,
        state=item.state,
        score=score,
        uncapped=uncapped,
        weight=question.weight,
        knockout=question.knockout,
        disputed=disputed,
        evidence=evidence,
        voices=voices(item),
        because=(
            words.skipped_unknown()
            if item.state is AnswerState.SKIPPED and applies
            else Said.together(
                _because(method, item, score, uncapped, implied),
                words.unconfirmed(before) if before else "",
            )
        ),
        due=applies,
        implied=implied.value if implied else None,
        unconfirmed=bool(before),
    )
    return Fact(question, shown, implied, applies, 0.0 if before else low, high, bool(before))


def unknown_questions(method: Method, gathered: Mapping[str, Gathered]) -> frozenset[str]:
    """Questions whose answer was due and is missing, with those skipped only because of that.

    Whether a question should have been asked is not known where the one before it is unanswered;
    leaving both out would reward the silence.
    """
    unknown: set[str] = set()
    for name, item in gathered.items():
        rule = item.question.relevant
        if item.state is AnswerState.SKIPPED:
            if rule is not None and rule.names & unknown:
                unknown.add(name)
        elif item.value is None and method.counts(item.state):
            unknown.add(name)
    return frozenset(unknown)


def _unanswered_before(
    pack: Pack,
    question: Question,
    values: Mapping[str, AnswerValue | None],
    left_out: frozenset[str],
) -> tuple[str, ...]:
    """Scored questions that this one follows from, that were due and that nobody answered.

    An answer on what a strategy contains counts once it is said that there is one; else leaving
    the "no" out would let the follow-up speak for itself.
    """
    if question.relevant is None:
        return ()
    due = sorted(n for n in question.relevant.names if n in pack.question and n not in left_out)
    return tuple(n for n in due if pack.question[n].score is not None and values.get(n) is None)


def _capped(method: Method, item: Gathered, score: float | None) -> float | None:
    if score is None or not item.question.existence or item.standing is None:
        return score
    if item.standing.evidence_class in method.existence.lifted_by:
        return score
    return min(score, method.existence.cap)


def _interval(
    method: Method, item: Gathered, score: float | None, evidence: EvidenceState | None
) -> tuple[float, float]:
    """Worst and best case of one fact: other respondents, what was seen, or nothing known."""
    if score is None or evidence is None:
        return 0.0, TOP
    said = (score, *item.scores()) if not item.agreed else (score,)
    width = method.interval.width[evidence].value
    return max(0.0, min(said) - width), min(TOP, max(said) + width)


def _because(
    method: Method,
    item: Gathered,
    score: float | None,
    uncapped: float | None,
    implied: Implied | None,
) -> str:
    spread = item.spread()
    apart = spread >= method.divergence.value
    if score is None:
        return _why_none(method, item, implied)
    by = item.standing.institution if item.standing else ""
    return Said.together(
        words.stands_in(by, item.question.lead) if item.stands_in else "",
        words.existence_capped(method.existence.cap) if score != uncapped else "",
        words.settled(spread) if apart and item.agreed else "",
        words.disputed(spread) if apart and not item.agreed else "",
    )


def _why_none(method: Method, item: Gathered, implied: Implied | None) -> str:
    if implied is not None:
        say = words.implied_absent if implied.value == 0 else words.implied_present
        return say(implied.parents)
    if item.standing is None and item.voices:
        return words.nobody_heard(item.question.lead)
    if item.state is AnswerState.ANSWERED:
        return words.value_not_covered()
    return words.not_scored(item.state, method.counts(item.state))
