"""The sentences that say why a value is what it is: all of them here, short, one thought each.

Scores carry their reasons in words, because a delegation asks for reasons and not for formulas.
Each is a message with its values; the report composes it in the reader's language.
"""

from __future__ import annotations

from collections.abc import Sequence

from assessments.language import InstitutionCode, Said, Share
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


def sentences(*parts: str) -> Said:
    """Those that say something, in order."""
    return Said.together(*parts)


# --- one fact ---------------------------------------------------------------------------------


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


# --- a sub-dimension --------------------------------------------------------------------------


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


# --- a treaty paragraph -----------------------------------------------------------------------


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


# --- priorities -------------------------------------------------------------------------------


def gap_part(level: float, target: float) -> Said:
    """Distance to the target."""
    return Said("Level {level}, target {target}.", level=level, target=target)


def weight_part(dimension: str, sub_dimension: str) -> Said:
    """Weights of the method."""
    return Said(
        "Weight of {dimension} times weight of {sub_dimension} in the method.",
        dimension=dimension,
        sub_dimension=sub_dimension,
    )


def compliance_part(refs: Sequence[str]) -> Said:
    """Mandatory paragraphs behind the gap."""
    if not refs:
        return Said("No mandatory paragraph is known to be unmet.")
    return Said("Mandatory paragraphs not or partly met: {refs}.", refs=tuple(refs))


def breadth_part(forms: int, institutions: int) -> Said:
    """How many gain."""
    return Said(
        "Helps {forms} and {institutions}.",
        forms=Said.counted("{n} cooperation form", "{n} cooperation forms", forms),
        institutions=Said.counted("{n} institution", "{n} institutions", institutions),
    )


def enabling_part(waiting: Sequence[str]) -> Said:
    """Other gaps that wait."""
    if not waiting:
        return Said("No other gap waits for it.")
    return Said("Comes before {gaps}.", gaps=tuple(waiting))


def national_part(chosen: bool) -> Said:
    """The government's own priority breaks ties."""
    if chosen:
        return Said("The government names it among its own priorities; this breaks ties.")
    return Said("Not named among the government's own priorities.")


def why_ranked(rank: int, name: str, level: float, target: float) -> Said:
    """The sentence that opens a gap."""
    return Said(
        "{name} is at {level} against a target of {target} (rank {rank}).",
        name=name,
        level=level,
        target=target,
        rank=rank,
    )


def rank_moves(best: int, worst: int, share: float) -> Said:
    """What moving each weight does."""
    if best == worst:
        return Said(
            "Its rank does not change when any weight moves by {share}.", share=Share(share)
        )
    return Said(
        "Its rank lies between {best} and {worst} when any weight moves by {share}.",
        best=best,
        worst=worst,
        share=Share(share),
    )


def needs_evidence() -> Said:
    """The unknown part could turn the decision."""
    return Said(
        "Ask for answers or documents first: what is missing or disputed could close the gap."
    )


def unsure_place(among: bool, share: float, top: int) -> Said:
    """The doubt of the answers, and not a weight, moves it over the line of the first gaps."""
    if among:
        return Said(
            "Ask for documents first: it stays among the first {top} in no more than {share} of "
            "the simulated cases.",
            top=top,
            share=Share(share),
        )
    return Said(
        "Ask for documents first: it stays outside the first {top} in no more than {share} of the "
        "simulated cases.",
        top=top,
        share=Share(share),
    )


# --- attention --------------------------------------------------------------------------------


def outside_its_bounds(message: str, part: float, whole: float) -> Said:
    """A part against its whole, where the sum does not hold."""
    return Said("{message} ({part} of {whole})", message=message, part=part, whole=whole)


def cannot_be_read(raw: str) -> Said:
    """An unusable entry."""
    shown = raw if len(raw) <= 60 else raw[:57] + "..."
    return Said("The entry “{entry}” cannot be read as an answer.", entry=shown)


def claim_without_evidence(score: float) -> Said:
    """A high answer, a document was asked for, none was named."""
    return Said("Worth level {score}, a document was asked for and none is named.", score=score)


def essential_said_not_to_apply() -> Said:
    """A knock-out or treaty question set aside."""
    return Said("An essential or treaty question is said not to apply; ask why.")
