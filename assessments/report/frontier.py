"""What more or less money would buy, and what nearly was chosen instead."""

from __future__ import annotations

from assessments.report import context_project as c
from assessments.report.voices import Voices
from assessments.results import ProjectDesign


def frontier_of(voices: Voices, design: ProjectDesign) -> tuple[c.FrontierLine, ...]:
    """The most that each of several sums buys, cheapest first, with the packages among them."""
    words, currency = voices.words, design.budget.currency
    names = {
        (package.total, frozenset(package.chosen)): words.term(package.name)
        for package in design.packages
    }
    return tuple(
        c.FrontierLine(
            total=words.money(point.total, currency),
            benefit=_share(voices, point.benefit),
            count=words.whole(len(point.chosen)),
            package=names.get((point.total, frozenset(point.chosen)), ""),
        )
        for point in design.frontier
    )


def runner_up_of(voices: Voices, design: ProjectDesign) -> str:
    """The next best set under the ceiling of the full package, by what sets it apart."""
    second, words = design.runner_up, voices.words
    if second is None:
        return ""
    full = design.packages[-1]
    gone = [voices.title(one) for one in full.chosen if one not in second.chosen]
    come = [voices.title(one) for one in second.chosen if one not in full.chosen]
    said = words.say(
        "The next best choice under the same ceiling closes {second} of the weighted gaps for "
        "{money}, against {first}.",
        second=_share(voices, second.benefit),
        first=_share(voices, full.benefit),
        money=words.money(second.total, design.budget.currency),
    )
    parts = [said]
    if gone:
        parts.append(words.say("It leaves out {titles}.", titles=words.parted(gone)))
    if come:
        parts.append(words.say("It adds {titles}.", titles=words.parted(come)))
    return " ".join(parts)


def _share(voices: Voices, percent: float) -> str:
    """One decimal: choices that nearly tie differ by less than a per cent."""
    return voices.words.say("{number}%", number=voices.words.decimal(percent, "0.0"))
