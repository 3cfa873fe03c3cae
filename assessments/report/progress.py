"""Progress between rounds: baseline, now and target of each sub-dimension, breaks marked.

Levels are printed as each round stated them. A change is printed only on the questions that both
rounds asked alike and answered; what was asked otherwise is named by the code of its question.
"""

from __future__ import annotations

from collections.abc import Mapping

from assessments.report import context as c
from assessments.report.voices import Voices
from assessments.report.wording import DASH
from assessments.results import SubDimensionScore
from assessments.scoring.rounds import Break, BreakKind, RoundLine

NONE = c.Progress(round="", sentence="", short="", lines=())
MOST = 3  # sub-dimensions that a summary names on each side


def progress(voices: Voices) -> c.Progress:
    """This round beside the earlier one; empty in a first round."""
    earlier = voices.inputs.earlier
    shown = _shown(voices)
    if earlier is None or not shown:
        return NONE
    words = voices.words
    changes = [line.change for line, _ in shown]
    known = [round(change, 1) for change in changes if change is not None]
    counts = {
        "up": words.whole(sum(one > 0 for one in known)),
        "down": words.whole(sum(one < 0 for one in known)),
        "same": words.whole(sum(one == 0 for one in known)),
        "none": words.whole(len(changes) - len(known)),
    }
    sentence = words.say(
        "The baseline is round {round}, assessed on {day}. Levels stand as each round stated them; "
        "a change is that of the questions which both rounds asked alike and answered, by the "
        "weights of this round. Sub-dimensions that rose: {up}; fell: {down}; stayed: {same}; "
        "not comparable: {none}.",
        round=earlier.round,
        day=words.day(earlier.made_at),
        **counts,
    )
    short = words.say(
        "Compared with round {round}, sub-dimensions that rose: {up}; fell: {down}; stayed: "
        "{same}; not comparable: {none}.",
        round=earlier.round,
        **counts,
    )
    moved = sorted((line for line, _ in shown if line.change), key=lambda line: -(line.change or 0))
    if rose := _named(voices, moved, rising=True):
        short += " " + words.say("The largest rises: {items}.", items=rose)
    if fell := _named(voices, moved[::-1], rising=False):
        short += " " + words.say("The largest falls: {items}.", items=fell)
    lines = tuple(_line(voices, line, score, earlier.ids) for line, score in shown)
    return c.Progress(round=earlier.round, sentence=sentence, short=short, lines=lines)


def _named(voices: Voices, moved: list[RoundLine], *, rising: bool) -> str:
    """Those that moved most, each with its change; `moved` begins with the largest."""
    named = [
        f"{voices.sub_name(line.sub_dimension)} ({_change(voices, line.change)})"
        for line in moved
        if line.change is not None and (line.change > 0) is rising and round(line.change, 1)
    ]
    return voices.words.listed(named[:MOST])


def not_compared(voices: Voices) -> list[str]:
    """Says so where there was an earlier round that cannot be read any more."""
    earlier = voices.inputs.earlier
    if earlier is None or earlier.lines:
        return []
    return [
        voices.words.say(
            "Round {round} cannot be set beside this one: its questionnaire is no longer kept, or "
            "it has no public edition.",
            round=earlier.round,
        )
    ]


def _shown(voices: Voices) -> list[tuple[RoundLine, SubDimensionScore]]:
    """Lines with a level in either round that this version may tell."""
    earlier = voices.inputs.earlier
    lines = {line.sub_dimension: line for line in earlier.lines} if earlier else {}
    return [
        (line, score)
        for score in voices.inputs.scores.sub_dimensions
        if (line := lines.get(score.sub_dimension)) is not None
        and voices.may_show(score.sensitivity)
        and not (line.stated_before is None and line.stated_after is None)
    ]


def _line(
    voices: Voices, line: RoundLine, score: SubDimensionScore, ids: Mapping[str, str]
) -> c.ProgressLine:
    words = voices.words
    stated = line.stated_before is not None
    unstated = ""
    if not stated and line.change is not None:
        unstated = words.say("no baseline was stated; the change is that of the shared questions")
    elif line.stated_after is None and line.change is not None:
        unstated = words.say("no level is stated now; the change is that of the shared questions")
    return c.ProgressLine(
        name=voices.sub_name(line.sub_dimension),
        id=score.id,
        baseline=words.level(line.stated_before),
        baseline_id=ids.get(line.sub_dimension, "") if stated else "",
        now=words.level(line.stated_after),
        target=words.level(score.target),
        change=_change(voices, line.change),
        shared=words.whole(line.shared),
        note=words.parted([unstated, _note(voices, line.breaks)]),
    )


def _change(voices: Voices, change: float | None) -> str:
    if change is None:
        return DASH
    bare = round(change, 1)
    written = voices.words.decimal(bare, "+0.0;-0.0") if bare else voices.words.level(0)
    # The sign stays before its figure among letters that are written from the right.
    return f"\u200e{written}" if voices.right_to_left else written


def _note(voices: Voices, breaks: tuple[Break, ...]) -> str:
    say = voices.words.say
    by_kind = {
        kind: voices.words.listed([one.question for one in breaks if one.kind is kind])
        for kind in BreakKind
    }
    said = {
        BreakKind.ADDED: say("new: {questions}", questions=by_kind[BreakKind.ADDED]),
        BreakKind.REMOVED: say(
            "no longer asked: {questions}", questions=by_kind[BreakKind.REMOVED]
        ),
        BreakKind.CHANGED: say(
            "asked otherwise: {questions}", questions=by_kind[BreakKind.CHANGED]
        ),
        BreakKind.RULE: say("another rule of aggregation"),
    }
    found = {one.kind for one in breaks}
    return voices.words.parted([text for kind, text in said.items() if kind in found])
