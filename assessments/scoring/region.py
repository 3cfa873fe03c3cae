"""A region as distributions: what its members share, without a country's name or rank.

With few members a distribution names them, so that below a least number nothing is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from statistics import median

from pydantic import ConfigDict

from assessments.results import Scores, Value, Verdict

LEAST = 3  # fewer members with a level could be told apart


class _Read(Value):
    """A part of stored scores: what else stands there is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class MemberLevel(_Read):
    """Of a `SubDimensionScore` what a region is told from."""

    sub_dimension: str
    level: float | None
    target: float | None
    gap: float | None


class MemberParagraph(_Read):
    """Of a `RequirementStatus` what a region is told from."""

    ref: str
    verdict: Verdict
    gap: bool


class MemberScores(_Read):
    """Of stored `Scores` what a region is told from, read several times as fast as all of it."""

    sub_dimensions: tuple[MemberLevel, ...]
    requirements: tuple[MemberParagraph, ...]


@dataclass(frozen=True, slots=True)
class RegionLine:
    """One sub-dimension over the members of a network."""

    sub_dimension: str
    members: int  # assessed
    known: int  # with a level
    counts: tuple[int, int, int, int, int] | None  # members at 0-, 1-, 2-, 3- and 4; None: too few
    middle: float | None  # median level
    below: int | None  # members below their own target
    shared_gap: bool  # at least half of those known are below target
    because: str = ""  # why nothing is shown


@dataclass(frozen=True, slots=True)
class RegionParagraph:
    """One mandatory paragraph that members do not, or only partly, meet."""

    ref: str
    unmet: int
    known: int


@dataclass(frozen=True, slots=True)
class Region:
    """What the members of a network share."""

    members: int
    lines: tuple[RegionLine, ...]
    paragraphs: tuple[RegionParagraph, ...]  # unmet by at least half of those known, most first


@dataclass(frozen=True, slots=True)
class _Standing:
    """What is kept of one member's score while the others are read."""

    level: float | None
    target: float | None
    below: bool


def region_view(members: Iterable[Scores | MemberScores]) -> Region:
    """Distributions over the members' scores. The order of `members` changes nothing.

    They are read once, one after the other: a world of them need not be held at the same time.
    """
    count = 0
    standings: dict[str, list[_Standing]] = {}
    unmet: dict[str, int] = {}
    known: dict[str, int] = {}
    for scores in members:
        count += 1
        for score in scores.sub_dimensions:
            below = score.gap is not None and score.gap > 0
            one = _Standing(score.level, score.target, below)
            standings.setdefault(score.sub_dimension, []).append(one)
        for status in scores.requirements:
            if status.verdict not in {Verdict.UNKNOWN, Verdict.NOT_APPLICABLE}:
                known[status.ref] = known.get(status.ref, 0) + 1
                unmet[status.ref] = unmet.get(status.ref, 0) + status.gap
    return Region(
        members=count,
        lines=tuple(_line(code, found, count) for code, found in standings.items()),
        paragraphs=_paragraphs(unmet, known),
    )


def _line(code: str, found: Sequence[_Standing], members: int) -> RegionLine:
    levels = [s.level for s in found if s.level is not None]
    if len(levels) < LEAST:
        because = f"Fewer than {LEAST} members have a level here; they could be told apart."
        return RegionLine(code, members, len(levels), None, None, None, False, because)
    counts = [0, 0, 0, 0, 0]
    for level in levels:
        counts[min(4, floor(level))] += 1
    below = sum(s.below for s in found)
    with_target = sum(s.target is not None and s.level is not None for s in found)
    return RegionLine(
        sub_dimension=code,
        members=members,
        known=len(levels),
        counts=(counts[0], counts[1], counts[2], counts[3], counts[4]),
        middle=round(median(levels), 4),
        below=below if with_target else None,
        shared_gap=with_target > 0 and below * 2 >= with_target,
    )


def _paragraphs(unmet: Mapping[str, int], known: Mapping[str, int]) -> tuple[RegionParagraph, ...]:
    shared = [
        RegionParagraph(ref, unmet[ref], count)
        for ref, count in known.items()
        if count >= LEAST and unmet[ref] * 2 >= count
    ]
    return tuple(sorted(shared, key=lambda one: (-one.unmet / one.known, one.ref)))
