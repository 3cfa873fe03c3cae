"""The Government's voice in a report: its words beside the finding, and whether all was responded
to. A response stands only beside the statement that it was given to, in the edition it was given
to: what has been stated anew since is not yet responded to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from assessments.report import context as c
from assessments.report.inputs import ReportInputs
from assessments.report.statements import contents, statements
from assessments.report.voices import Voices
from assessments.workbook.response.form import Choice, Response


def standing(inputs: ReportInputs, said: Iterable[Response]) -> dict[str, Response]:
    """Of all that was said, what was said of a statement that this report still makes, by id."""
    given = {response.item: response for response in said}
    if not given:
        return {}
    return {
        name: given[name]
        for name, content in contents(inputs).items()
        if name in given and given[name].content == content
    }


def validation(voices: Voices) -> str:
    """Validated by whom and when, or how far the Government has responded; never more than that."""
    words, given = voices.words, voices.inputs.responses
    if not given:
        return words.say("Not validated: the Government has not responded yet.")
    stated = contents(voices.inputs)
    open_ = [name for name in stated if name not in given]
    signed = all(response.signed_by and response.signed_on for response in given.values())
    counts = Counter(response.choice for response in given.values())
    told = words.say(
        "{accepted} accepted, {corrected} corrected, {objected} objected to",
        accepted=words.whole(counts[Choice.ACCEPT]),
        corrected=words.whole(counts[Choice.CORRECT]),
        objected=words.whole(counts[Choice.OBJECT]),
    )
    if open_ or not signed:
        return words.say(
            "Not validated: the Government has responded to {n} of {of} findings and activities "
            "({told}).",
            n=words.whole(len(given)),
            of=words.whole(len(stated)),
            told=told,
        ) + ("" if signed else " " + words.say("The response is not signed."))
    last = max(given.values(), key=lambda response: response.signed_on)
    return words.say(
        "Validated for the Government by {name} on {day}: {told}.",
        name=voices.plain(last.signed_by, 200),
        day=words.day(date.fromisoformat(last.signed_on)),
        told=told,
    )


def responses(voices: Voices) -> tuple[c.Response, ...]:
    """All that the Government said other than a bare acceptance, in the order of the report."""
    words = voices.words
    if not voices.inputs.responses:
        return ()
    labels = {
        Choice.ACCEPT: words.say("accepted"),
        Choice.CORRECT: words.say("corrected"),
        Choice.OBJECT: words.say("objected to"),
    }
    stated = {statement.id: statement.text for statement in statements(voices)}
    return tuple(
        c.Response(
            id=item.item,
            finding=stated.get(item.item, ""),
            answer=item.answer,
            choice=labels[item.choice],
            words=voices.plain(item.words),
            evidence=voices.plain(item.evidence, 400),
            signed=voices.plain(item.signed_by, 200),
        )
        for item in voices.inputs.responses.values()
        if item.remarks
    )
