"""Where voices differ, in words: divergent questions, agreement, leanings, contradictions.

Every view is kept and none is averaged; what is listed here is for a validation meeting to settle.
"""

from __future__ import annotations

from assessments.report import context_findings as c
from assessments.report.voices import Voices
from assessments.results import Answer, Voice
from assessments.scoring import AGREED, agreement, contradictions, leanings

LISTED = 10  # disagreements printed in the main text


def sentence(voices: Voices) -> str:
    """How far the institutions agree, and who stands above or below the others."""
    return " ".join(
        said for said in (_apart(voices), _agreement(voices), _leanings(voices)) if said
    )


def listed(voices: Voices) -> tuple[c.Finding, ...]:
    """The widest disagreements, then pairs of answers that hardly go together."""
    return (*_divergences(voices), *_contradictions(voices))


def _apart(voices: Voices) -> str:
    words, number = voices.words, len(voices.inputs.review.divergences)
    if not number:
        return ""
    text = words.count(
        "On {n} question institutions are two or more levels apart. Both views are kept; "
        "they are never averaged.",
        "On {n} questions institutions are two or more levels apart. All views are kept; "
        "they are never averaged.",
        number,
    )
    if number <= LISTED:
        return text
    more = words.say(
        "The first {n} are listed here; all answers stand in Annex 3.", n=words.whole(LISTED)
    )
    return f"{text} {more}"


def _agreement(voices: Voices) -> str:
    whole = agreement(voices.pack, voices.inputs.answers)[0]
    if whole.alpha is None:
        return ""
    return voices.words.count(
        "On the {n} question that several institutions scored, their agreement is {alpha} "
        "(Krippendorff's alpha: 1 is full agreement, 0 is chance).",
        "On the {n} questions that several institutions scored, their agreement is {alpha} "
        "(Krippendorff's alpha: 1 is full agreement, 0 is chance).",
        whole.questions,
        alpha=voices.words.decimal(whole.alpha, "0.00"),
    )


def _leanings(voices: Voices) -> str:
    """The kindest and the strictest, so that a reader can weigh their answers."""
    found = [one for one in leanings(voices.pack, voices.inputs.answers) if one.difference]
    if not found:
        return ""
    kindest, strictest = found[0], found[-1]
    parts = []
    if kindest.difference > 0:
        parts.append(
            voices.words.say(
                "On the same questions {institution} answers highest, {levels} levels above the "
                "others on average.",
                institution=voices.institution(kindest.institution),
                levels=voices.words.decimal(kindest.difference, "0.0"),
            )
        )
    if strictest.difference < 0:
        parts.append(
            voices.words.say(
                "{institution} answers lowest, {levels} levels below the others on average.",
                institution=voices.institution(strictest.institution),
                levels=voices.words.decimal(-strictest.difference, "0.0"),
            )
        )
    return " ".join(parts)


def _divergences(voices: Voices) -> tuple[c.Finding, ...]:
    return tuple(
        c.Finding(
            f"{voices.question_label(one.question)} {_said(voices, one.voices)}.",
            one.voices[0].answer if one.voices else "",
        )
        for one in voices.inputs.review.divergences[:LISTED]
    )


def _contradictions(voices: Voices) -> tuple[c.Finding, ...]:
    return tuple(
        c.Finding(
            " ".join(
                (
                    voices.printed(one.says),
                    f"({_said(voices, one.voices)})",
                    voices.printed(one.reason),
                )
            ),
            one.voices[0].answer,
        )
        for one in contradictions(voices.pack, voices.inputs.answers)
    )


def _said(voices: Voices, given: tuple[Voice, ...]) -> str:
    """Who says what; what a meeting agreed stands first, with its dissent."""
    known = {answer.id: answer for answer in voices.inputs.answers}
    return voices.words.parted(
        [
            voices.words.labelled(
                voices.institution(one.institution), _words_of(voices, one, known.get(one.answer))
            )
            for one in given
        ]
    )


def _words_of(voices: Voices, one: Voice, answer: Answer | None) -> str:
    said = voices.plain(voices.answer(answer) if answer else voices.printed(one.text), 160)
    if one.institution == AGREED and answer is not None:
        return f"{said} ({voices.plain(answer.comment, 300)})"
    return said
