"""The sentences that say why a value is what it is: all of them here, short, one thought each.

Scores carry their reasons in words, because a delegation asks for reasons and not for formulas.
Keeping every sentence in one place lets the catalogues of other languages take them over.
"""

from __future__ import annotations

from collections.abc import Sequence

from assessments.results import AnswerState

STATES = {
    AnswerState.NO_INFORMATION: "Asked, not known",
    AnswerState.NOT_APPLICABLE: "Said not to apply",
    AnswerState.WITHHELD: "Withheld",
    AnswerState.SKIPPED: "Not asked, because of an earlier answer",
    AnswerState.BLANK: "Not answered",
    AnswerState.UNUSABLE: "The entry cannot be read as an answer",
    AnswerState.ANSWERED: "Answered",
}


def joined(names: Sequence[str]) -> str:
    """Names in a sentence: `A`, `A and B`, `A, B and C`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def number(value: float) -> str:
    """A level or factor, at most two decimals, without needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def percent(share: float) -> str:
    """A share of a whole."""
    return f"{share * 100:.0f} %"


def sentences(*parts: str) -> str:
    """Those that say something, in order."""
    return " ".join(part for part in parts if part)


# --- one fact ---------------------------------------------------------------------------------


def not_scored(state: AnswerState, counts: bool) -> str:
    """Why a question has no score, and what that does."""
    effect = "It lowers coverage and is not scored." if counts else "It leaves the denominator."
    return f"{STATES[state]}. {effect}"


def nobody_heard(lead: str) -> str:
    """The lead gave nothing on it, though it answered elsewhere, and nobody may stand in."""
    return f"{lead} gave no answer. It lowers coverage and is not scored."


def value_not_covered() -> str:
    """A value that the scoring rule says nothing of."""
    return "The scoring rule has no score for this answer. It lowers coverage."


def existence_capped(cap: float) -> str:
    """A plain yes."""
    return (
        f"A plain yes says only that it exists, so the score stops at {number(cap)} "
        "until evidence shows funded use."
    )


def stands_in(institution: str, lead: str) -> str:
    """A second voice became the fact."""
    return f"{lead} sent nothing; the answer of {institution} stands in."


def disputed(spread: float) -> str:
    """Respondents apart."""
    return f"Respondents are {number(spread)} levels apart. The lead's answer stands; see all."


def settled(spread: float) -> str:
    """A validation meeting settled a dispute."""
    return (
        f"Agreed in the validation meeting; before it respondents were {number(spread)} "
        "levels apart."
    )


def implied_absent(parents: Sequence[str]) -> str:
    """Skipped, because what it asks about cannot be there."""
    return (
        f"Not asked, because the answer to {joined(parents)} rules it out; "
        "it counts as absent in the level."
    )


def implied_present(parents: Sequence[str]) -> str:
    """Skipped, because the matter is already as good as it can be."""
    return (
        f"Not asked, because the answer to {joined(parents)} leaves nothing to mend; "
        "it counts as met in the level."
    )


def skipped_unknown() -> str:
    """Skipped, because the question before it has no answer."""
    return "Not asked, because an earlier question is not answered. It lowers coverage."


def unconfirmed(before: Sequence[str]) -> str:
    """Answered, though the question it follows from is not."""
    return f"It counts once {joined(before)} is answered too."


# --- a sub-dimension --------------------------------------------------------------------------


def nothing_scored() -> str:
    """No scored question of this sub-dimension was part of the questionnaire, and no rating."""
    return "Not enough information: no fact was asked and no respondent rated it."


def nothing_applies() -> str:
    """All its facts were said not to apply."""
    return "No level: none of its questions applies."


def nothing_answered(count: int) -> str:
    """Questions there were, answers not."""
    return f"Not enough information: none of {count} scored questions was answered."


def too_little(coverage: float, floor: float) -> str:
    """Coverage below the floor."""
    return (
        f"Not enough information: {percent(coverage)} of the scored questions are answered by "
        f"weight; below {percent(floor)} there is no level."
    )


def essential_unknown(questions: Sequence[str]) -> str:
    """A knock-out question without an answer."""
    verb = "is" if len(questions) == 1 else "are"
    return (
        f"Not enough information: {joined(questions)} {verb} essential and not answered, "
        "so that no level can be stated."
    )


def one_could_decide(questions: Sequence[str], aggregation: str) -> str:
    """A missing fact under a rule where one fact decides."""
    verb = "is" if len(questions) == 1 else "are"
    return (
        f"Not enough information: {joined(questions)} {verb} not answered, and by the rule "
        f"{aggregation.replace('_', ' ')} one fact can decide the level."
    )


def from_facts(count: int, facts_level: float) -> str:
    """What the answers give."""
    noun = "answered fact" if count == 1 else "answered facts"
    return f"{count} {noun} give {number(facts_level)}."


def established(count: int, level: float, high: float) -> str:
    """The level stated counts missing answers for nothing until they are given."""
    noun = "question is" if count == 1 else "questions are"
    higher = f", and it could be up to {number(high)}" if high > level else ""
    return f"{count} {noun} not answered; the level stated is what the answers establish{higher}."


def some_not_public(count: int) -> str:
    """The public version uses public answers alone."""
    noun = "is not public and may have been" if count == 1 else "are not public and may have been"
    return f"{count} of the open questions {noun} answered: the level rests on public answers."


def still_open(count: int, low: float, high: float) -> str:
    """The level stated rests on what was answered; the rest could move it."""
    noun = "question is" if count == 1 else "questions are"
    span = f"between {number(low)} and {number(high)}"
    return f"{count} {noun} not answered; with them the level could lie {span}."


def knocked_out(questions: Sequence[str], cap: float) -> str:
    """An essential question failed."""
    verb = "fails" if len(questions) == 1 else "fail"
    return (
        f"{joined(questions)} {verb} and nobody disputes it, so the level stops at {number(cap)}."
    )


def self_rated(institution: str, minimum: int) -> str:
    """Too few facts to judge."""
    return (
        f"Self-rated by {institution}: the questionnaire has fewer than {minimum} scored facts "
        "here."
    )


def no_self_rating(minimum: int) -> str:
    """Too few facts, and no rating either."""
    return (
        f"Not enough information: fewer than {minimum} scored facts were asked, and the lead "
        "did not rate it."
    )


def validated(before: float | None) -> str:
    """The outcome of a validation meeting."""
    facts = f" The facts give {number(before)}." if before is not None else ""
    return f"Agreed in the validation meeting.{facts}"


def claimed() -> str:
    """High, and nothing was seen."""
    return "Claimed: no document was seen and nothing was observed."


def beside(facts_level: float, rating: float) -> str:
    """Self-rating and facts far apart; both shown, never averaged."""
    return (
        f"The self-rating is {number(rating)} and the facts give {number(facts_level)}; "
        "both are shown, neither is averaged."
    )


# --- a treaty paragraph -----------------------------------------------------------------------

VERDICTS = {
    "met": "The answer to {question} meets it.",
    "partly": "The answer to {question} meets it in part.",
    "not_met": "The answer to {question} does not meet it.",
}


def decided(verdict: str, question: str) -> str:
    """The deciding answer."""
    return VERDICTS[verdict].format(question=question)


def not_asked(reason: str) -> str:
    """No question decides."""
    return f"No question decides it. {reason}".strip()


def not_answered(question: str, state: AnswerState) -> str:
    """The deciding question has no answer."""
    return f"{question}: {STATES[state].lower()}."


def undecided(question: str) -> str:
    """The answer is none of those that decide."""
    return f"The answer to {question} does not decide it."


def does_not_apply(condition: Sequence[str]) -> str:
    """The Convention asks it only under a condition that is not met."""
    return f"Does not apply here: see {joined(condition)}." if condition else "Does not apply here."


def unknown_whether_applies(questions: Sequence[str]) -> str:
    """The condition itself is not known."""
    verb = "is" if len(questions) == 1 else "are"
    return f"Whether it applies is not known: {joined(questions)} {verb} not answered."


def met_by_alternative(ref: str) -> str:
    """One of several ways is enough."""
    return f"Met by the alternative in {ref}."


def alternative_unknown(ref: str) -> str:
    """The other way may be open."""
    return f"Not met this way; whether the alternative in {ref} is met is not known."


def verdict_disputed() -> str:
    """Respondents see the law differently."""
    return "Respondents disagree; the lead's answer stands."


# --- priorities -------------------------------------------------------------------------------


def gap_part(level: float, target: float) -> str:
    """Distance to the target."""
    return f"Level {number(level)}, target {number(target)}."


def weight_part(dimension: str, sub_dimension: str) -> str:
    """Weights of the method."""
    return f"Weight of {dimension} times weight of {sub_dimension} in the method."


def compliance_part(refs: Sequence[str]) -> str:
    """Mandatory paragraphs behind the gap."""
    if not refs:
        return "No mandatory paragraph is known to be unmet."
    return f"Mandatory paragraphs not or partly met: {joined(refs)}."


def breadth_part(forms: int, institutions: int) -> str:
    """How many gain."""
    form = "form" if forms == 1 else "forms"
    institution = "institution" if institutions == 1 else "institutions"
    return f"Helps {forms} cooperation {form} and {institutions} {institution}."


def enabling_part(waiting: Sequence[str]) -> str:
    """Other gaps that wait."""
    if not waiting:
        return "No other gap waits for it."
    return f"Comes before {joined(waiting)}."


def national_part(chosen: bool) -> str:
    """The government's own priority breaks ties."""
    return (
        "The government names it among its own priorities; this breaks ties."
        if chosen
        else "Not named among the government's own priorities."
    )


def why_ranked(rank: int, name: str, level: float, target: float) -> str:
    """The sentence that opens a gap."""
    return f"{name} is at {number(level)} against a target of {number(target)} (rank {rank})."


def rank_moves(best: int, worst: int, share: float) -> str:
    """What moving each weight does."""
    if best == worst:
        return f"Its rank does not change when any weight moves by {percent(share)}."
    return f"Its rank lies between {best} and {worst} when any weight moves by {percent(share)}."


def needs_evidence() -> str:
    """The unknown part could turn the decision."""
    return "Ask for answers or documents first: what is missing or unseen could close the gap."


# --- attention --------------------------------------------------------------------------------


def cannot_be_read(raw: str) -> str:
    """An unusable entry."""
    shown = raw if len(raw) <= 60 else raw[:57] + "..."
    return f"The entry “{shown}” cannot be read as an answer."


def claim_without_evidence(score: float) -> str:
    """A high answer, a document was asked for, none was named."""
    return f"Worth level {number(score)}, a document was asked for and none is named."


def essential_said_not_to_apply() -> str:
    """A knock-out or treaty question set aside."""
    return "An essential or treaty question is said not to apply; ask why."
