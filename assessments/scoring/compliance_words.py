"""Why a treaty paragraph has its verdict."""

from __future__ import annotations

from collections.abc import Sequence

from assessments.language import Said
from assessments.results import AnswerState
from assessments.scoring.fact_words import STATES


def decided(verdict: str, question: str) -> Said:
    """The deciding answer."""
    if verdict == "met":
        return Said("The answer to {question} meets it.", question=question)
    if verdict == "partly":
        return Said("The answer to {question} meets it in part.", question=question)
    return Said("The answer to {question} does not meet it.", question=question)


def not_asked(reason: str) -> Said:
    """No question decides."""
    return Said.together(Said("No question decides it."), reason)


def not_answered(question: str, state: AnswerState) -> Said:
    """The deciding question has no answer."""
    return Said("{question}: {state!l}.", question=question, state=STATES[state])


def undecided(question: str) -> Said:
    """The answer is none of those that decide."""
    return Said("The answer to {question} does not decide it.", question=question)


def does_not_apply(condition: Sequence[str]) -> Said:
    """The Convention asks it only under a condition that is not met."""
    return Said("Does not apply here: see {questions}.", questions=tuple(condition))


def unknown_whether_applies(questions: Sequence[str]) -> Said:
    """The condition itself is not known."""
    return Said.counted(
        "Whether it applies is not known: {questions} is not answered.",
        "Whether it applies is not known: {questions} are not answered.",
        len(questions),
        questions=tuple(questions),
    )


def met_by_alternative(ref: str) -> Said:
    """One of several ways is enough."""
    return Said("Met by the alternative in {ref}.", ref=ref)


def alternative_unknown(ref: str) -> Said:
    """The other way may be open."""
    return Said("Not met this way; whether the alternative in {ref} is met is not known.", ref=ref)


def verdict_disputed() -> Said:
    """Respondents see the law differently."""
    return Said("Respondents disagree; the lead's answer stands.")
