"""What is known of an institution's answers before it is asked, to be confirmed or disputed.

The lead's word on a fact is shown to the others; a desk review or an earlier round tells the rest.
No institution is ever shown another's answer to a question that is restricted or confidential.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assessments.errors import Mistake, UnknownRound
from assessments.language import Translator, words_or_english
from assessments.pack.model import Pack, Question, Tier
from assessments.results import Answer, AnswerState, Sensitivity
from assessments.store import Store
from assessments.store.carried import answers_under
from assessments.workbook.known import Known, answered_in, known, stated_by
from assessments.workbook.prefill import Prefilled, read_prefill


@dataclass(frozen=True, slots=True)
class KnownAlready:
    """Everything that is known of one assessment, from whom ever."""

    pack: Pack
    language: str
    round: str
    stated: tuple[Answer, ...] = ()  # standing answers of this round
    before: tuple[Answer, ...] = ()  # of an earlier round
    before_round: str = ""
    prefilled: Mapping[str, Prefilled] | None = None

    def of(self, institution: str, tier: Tier) -> dict[str, Known]:
        """What to show in the workbook of an institution: question -> known value."""
        found: dict[str, Known] = {}
        for question in self.pack.asked_of(institution, tier):
            value = (
                self._by_lead(question, institution)
                or self._by_review(question)
                or self._by_itself(question, institution)
            )
            if value is not None:
                found[question.name] = value
        return found

    @property
    def _words(self) -> Translator:
        return words_or_english(self.language)

    def _by_lead(self, question: Question, institution: str) -> Known | None:
        """What the lead stated; a self-rated level is no fact, and is asked of each afresh."""
        open_fact = question.sensitivity is Sensitivity.PUBLIC and not question.is_level
        if question.lead == institution or not open_fact:
            return None
        answer = _answered(self.stated, question.name, question.lead)
        if answer is None:
            return None
        lead = self.pack.institutions[question.lead].label.in_(self.language)
        return self._known(question, answer, stated_by(lead, self._words))

    def _by_review(self, question: Question) -> Known | None:
        item = (self.prefilled or {}).get(question.name)
        if item is None:
            return None
        return known(question, item.value, item.source, self.language, self._words)

    def _by_itself(self, question: Question, institution: str) -> Known | None:
        answer = _answered(self.before, question.name, institution)
        if answer is None:
            return None
        source = answered_in(self.before_round, self._words)
        return self._known(question, answer, source)

    def _known(self, question: Question, answer: Answer, source: str) -> Known | None:
        assert answer.value is not None
        return known(question, answer.value, source, self.language, self._words)


def known_already(
    store: Store,
    pack: Pack,
    iso3: str,
    round_: str,
    language: str,
    *,
    asked: Iterable[str],
    tier: Tier,
    prefill: Path | None = None,
    prefill_from: str = "",
) -> KnownAlready:
    """Gather what is known for the workbooks of the institutions `asked`.

    Raises UnfitPrefill where lines of `prefill` do not fit, UnknownRound where there is no round
    `prefill_from`, Mistake where it is this round.
    """
    if prefill_from == round_:
        raise Mistake(
            f"{round_} is the round that is asked.", "Name an earlier one with --prefill-from."
        )
    try:
        stated = answers_under(store, iso3, round_, pack).answers
    except UnknownRound:  # nobody was asked yet
        stated = ()
    before = answers_under(store, iso3, prefill_from, pack).answers if prefill_from else ()
    questions = {q.name: q for code in asked for q in pack.asked_of(code, tier)}
    prefilled = read_prefill(prefill, questions) if prefill is not None else None
    return KnownAlready(pack, language, round_, stated, before, prefill_from, prefilled)


def _answered(answers: Iterable[Answer], question: str, institution: str) -> Answer | None:
    for answer in answers:
        if (answer.question, answer.institution) == (question, institution):
            return answer if answer.state is AnswerState.ANSWERED else None
    return None
