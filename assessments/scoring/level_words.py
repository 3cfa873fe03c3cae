"""Why a sub-dimension has the level it has, or none."""

from __future__ import annotations

from collections.abc import Sequence

from assessments.language import InstitutionCode, Said, Share


def nothing_scored() -> Said:
    """No scored question of this sub-dimension was part of the questionnaire, and no rating."""
    return Said("Not enough information: no fact was asked and no respondent rated it.")


def nothing_applies() -> Said:
    """All its facts were said not to apply."""
    return Said("No level: none of its questions applies.")


def nothing_answered(count: int) -> Said:
    """Questions there were, answers not."""
    return Said.counted(
        "Not enough information: the only scored question was not answered.",
        "Not enough information: none of {n} scored questions was answered.",
        count,
    )


def too_little(coverage: float, floor: float) -> Said:
    """Coverage below the floor."""
    return Said(
        "Not enough information: {coverage} of the scored questions are answered by weight; below "
        "{floor} there is no level.",
        coverage=Share(coverage),
        floor=Share(floor),
    )


def essential_unknown(questions: Sequence[str]) -> Said:
    """A knock-out question without an answer."""
    return Said.counted(
        "Not enough information: {questions} is essential and not answered, so that no level can "
        "be stated.",
        "Not enough information: {questions} are essential and not answered, so that no level can "
        "be stated.",
        len(questions),
        questions=tuple(questions),
    )


def one_could_decide(questions: Sequence[str], aggregation: str) -> Said:
    """A missing fact under a rule where one fact decides."""
    return Said.counted(
        "Not enough information: {questions} is not answered, and by the rule “{rule}” one fact "
        "can decide the level.",
        "Not enough information: {questions} are not answered, and by the rule “{rule}” one fact "
        "can decide the level.",
        len(questions),
        questions=tuple(questions),
        rule=aggregation.replace("_", " "),
    )


def from_facts(count: int, implied: int, facts_level: float) -> Said:
    """What the answers give, with what they rule out or leave nothing to mend in."""
    if implied:
        return Said.counted(
            "{n} answered fact and {implied} that the answers decide give {level}.",
            "{n} answered facts and {implied} that the answers decide give {level}.",
            count,
            implied=implied,
            level=facts_level,
        )
    return Said.counted(
        "{n} answered fact gives {level}.",
        "{n} answered facts give {level}.",
        count,
        level=facts_level,
    )


def established(count: int, level: float, high: float) -> Said:
    """The level stated counts missing answers for nothing until they are given."""
    if high > level:
        return Said.counted(
            "{n} question is not answered; the level stated is what the answers establish, and it "
            "could be up to {high}.",
            "{n} questions are not answered; the level stated is what the answers establish, and "
            "it could be up to {high}.",
            count,
            high=high,
        )
    return Said.counted(
        "{n} question is not answered; the level stated is what the answers establish.",
        "{n} questions are not answered; the level stated is what the answers establish.",
        count,
    )


def some_not_public(count: int) -> Said:
    """The public version uses public answers alone."""
    return Said.counted(
        "{n} of the open questions is not public and may have been answered: the level rests on "
        "public answers.",
        "{n} of the open questions are not public and may have been answered: the level rests on "
        "public answers.",
        count,
    )


def still_open(count: int, low: float, high: float) -> Said:
    """The level stated rests on what was answered; the rest could move it."""
    return Said.counted(
        "{n} question is not answered; with it the level could lie between {low} and {high}.",
        "{n} questions are not answered; with them the level could lie between {low} and {high}.",
        count,
        low=low,
        high=high,
    )


def knocked_out(questions: Sequence[str], cap: float) -> Said:
    """An essential question failed."""
    return Said.counted(
        "{questions} fails and nobody disputes it, so the level stops at {cap}.",
        "{questions} fail and nobody disputes it, so the level stops at {cap}.",
        len(questions),
        questions=tuple(questions),
        cap=cap,
    )


def self_rated(institution: str, minimum: int) -> Said:
    """Too few facts to judge."""
    return Said.counted(
        "Self-rated by {institution}: the questionnaire has no scored fact here.",
        "Self-rated by {institution}: the questionnaire has fewer than {n} scored facts here.",
        minimum,
        institution=InstitutionCode(institution),
    )


def no_self_rating(minimum: int) -> Said:
    """Too few facts, and no rating either."""
    return Said.counted(
        "Not enough information: no scored fact was asked, and the lead did not rate it.",
        "Not enough information: fewer than {n} scored facts were asked, and the lead did not "
        "rate it.",
        minimum,
    )


def validated(before: float | None) -> Said:
    """The outcome of a validation meeting."""
    if before is None:
        return Said("Agreed in the validation meeting.")
    return Said("Agreed in the validation meeting. The facts give {level}.", level=before)


def claimed() -> Said:
    """High, and nothing was seen."""
    return Said("Claimed: no document was seen and nothing was observed.")


def beside(facts_level: float, rating: float) -> Said:
    """Self-rating and facts far apart; both shown, never averaged."""
    return Said(
        "The self-rating is {rating} and the facts give {level}; both are shown, neither is "
        "averaged.",
        rating=rating,
        level=facts_level,
    )
