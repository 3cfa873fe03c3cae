"""Why one fact has the score it has, or none: short sentences, one thought each.

Scores carry their reasons in words, because a delegation asks for reasons and not for formulas.
Each is a message with its values; the report composes it in the reader's language.
"""

from __future__ import annotations

from collections.abc import Sequence

from assessments.language import InstitutionCode, Said
from assessments.results import AnswerState

STATES = {
    AnswerState.NO_INFORMATION: Said("Asked, not known"),
    AnswerState.NOT_APPLICABLE: Said("Said not to apply"),
    AnswerState.WITHHELD: Said("Withheld"),
    AnswerState.SKIPPED: Said("Not asked, because of an earlier answer"),
    AnswerState.BLANK: Said("Not answered"),
    AnswerState.UNUSABLE: Said("The entry cannot be read as an answer"),
    AnswerState.ANSWERED: Said("Answered"),
}


def not_scored(state: AnswerState, counts: bool) -> Said:
    """Why a question has no score, and what that does."""
    if counts:
        return Said("{state}. It lowers coverage and is not scored.", state=STATES[state])
    return Said("{state}. It leaves the denominator.", state=STATES[state])


def nobody_heard(lead: str) -> Said:
    """The lead gave nothing on it, though it answered elsewhere, and nobody may stand in."""
    return Said(
        "{lead} gave no answer. It lowers coverage and is not scored.", lead=InstitutionCode(lead)
    )


def value_not_covered() -> Said:
    """A value that the scoring rule says nothing of."""
    return Said("The scoring rule has no score for this answer. It lowers coverage.")


def existence_capped(cap: float) -> Said:
    """A plain yes."""
    return Said(
        "A plain yes says only that it exists, so the score stops at {cap} until evidence shows "
        "funded use.",
        cap=cap,
    )


def stands_in(institution: str, lead: str) -> Said:
    """A second voice became the fact."""
    return Said(
        "{lead} sent nothing; the answer of {institution} stands in.",
        lead=InstitutionCode(lead),
        institution=InstitutionCode(institution),
    )


def disputed(spread: float) -> Said:
    """Respondents apart."""
    return Said(
        "Respondents are {spread} levels apart. The lead's answer stands; see all.", spread=spread
    )


def settled(spread: float) -> Said:
    """A validation meeting settled a dispute."""
    return Said(
        "Agreed in the validation meeting; before it respondents were {spread} levels apart.",
        spread=spread,
    )


def implied_absent(parents: Sequence[str]) -> Said:
    """Skipped, because what it asks about cannot be there."""
    return Said(
        "Not asked, because the answer to {questions} rules it out; it counts as absent in the "
        "level.",
        questions=tuple(parents),
    )


def implied_present(parents: Sequence[str]) -> Said:
    """Skipped, because the matter is already as good as it can be."""
    return Said(
        "Not asked, because the answer to {questions} leaves nothing to mend; it counts as met in "
        "the level.",
        questions=tuple(parents),
    )


def skipped_unknown() -> Said:
    """Skipped, because the question before it has no answer."""
    return Said("Not asked, because an earlier question is not answered. It lowers coverage.")


def unconfirmed(before: Sequence[str]) -> Said:
    """Answered, though the question it follows from is not."""
    return Said("It counts once {questions} is answered too.", questions=tuple(before))
