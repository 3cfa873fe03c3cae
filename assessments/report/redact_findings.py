"""The public version of the two ledgers and the order of gaps, made from public values alone.

A profile line is put together again from the sub-dimensions that may be shown, a count from the
paragraphs that may be shown, a severity from the gaps that may be shown. The value over everything
is printed nowhere in the public version: beside the public one it would give the hidden part away.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from assessments.pack.model import Pack
from assessments.results import (
    Gap,
    Part,
    Priorities,
    ProfileLine,
    RequirementStatus,
    Scores,
    Sensitivity,
    SubDimensionScore,
    Verdict,
    VerdictCount,
)
from assessments.scoring import wording
from assessments.scoring.aggregate import aggregate
from assessments.scoring.severity import waiting_for

_PLACES = 4
_NATIONAL = "national_priority"  # orders ties, multiplies nothing


def public(mark: Sensitivity) -> bool:
    """True for what anyone may see."""
    return mark is Sensitivity.PUBLIC


def public_scores(pack: Pack, scores: Scores) -> Scores:
    """Both ledgers as the public version may print them."""
    shown = [score for score in scores.sub_dimensions if public(score.sensitivity)]
    statuses = tuple(map(_requirement, scores.requirements))
    return scores.model_copy(
        update={
            "sub_dimensions": tuple(map(_score, scores.sub_dimensions)),
            "dimensions": tuple(_line(pack, line, shown) for line in scores.dimensions),
            "forms": tuple(_line(pack, line, shown) for line in scores.forms),
            "requirements": statuses,
            "mandatory": _mandatory(statuses),
            "rates": tuple(rate for rate in scores.rates if public(rate.sensitivity)),
        }
    )


def _score(score: SubDimensionScore) -> SubDimensionScore:
    if public(score.sensitivity):
        facts = tuple(fact.model_copy(update={"voices": ()}) for fact in score.facts)
        return score.model_copy(update={"facts": facts})
    return score.model_copy(
        update={
            "level": None,
            "low": None,
            "high": None,
            "basis": "none",
            "facts_level": None,
            "self_rated": (),
            "knocked_out_by": (),
            "coverage": None,
            "evidence": None,
            "claimed": False,
            "divergent": False,
            "gap": None,
            "facts": (),
            "because": "",
        }
    )


def members(pack: Pack, line: ProfileLine, scores: Iterable[SubDimensionScore]) -> list[str]:
    """Codes of the sub-dimensions that belong to a dimension or a form of cooperation."""
    if line.code in pack.dimension:
        return [score.sub_dimension for score in scores if score.dimension == line.code]
    return [
        score.sub_dimension
        for score in scores
        if (sub := pack.sub_dimension.get(score.sub_dimension)) is not None
        and sub.cooperation_form == line.code
        and not pack.dimension[score.dimension].context
    ]


def _line(pack: Pack, line: ProfileLine, shown: list[SubDimensionScore]) -> ProfileLine:
    """The line over its public sub-dimensions; one that has none stays without a value."""
    if public(line.sensitivity):
        return line
    inside = set(members(pack, line, shown))
    own = [score for score in shown if score.sub_dimension in inside]
    levels = [score.level for score in own if score.level is not None]
    level, coverage = _level(pack, own)
    return line.model_copy(
        update={
            "level": level,
            "coverage": coverage,
            "lowest": min(levels, default=None),
            "highest": max(levels, default=None),
            "scored": len(levels),
            "sensitivity": Sensitivity.PUBLIC if own else line.sensitivity,
        }
    )


def _level(pack: Pack, own: list[SubDimensionScore]) -> tuple[float | None, float | None]:
    """Level and coverage by the rule of the method, over public sub-dimensions."""
    method = pack.method
    applying = [s for s in own if s.coverage is not None or s.level is not None]
    if method is None or not applying:
        return None, None
    weight = {s.sub_dimension: method.weight_of(s.sub_dimension).value for s in applying}
    total = math.fsum(weight.values())
    if total <= 0:
        return None, None
    known = {s.sub_dimension: _known(s) for s in applying}
    coverage = math.fsum(weight[code] * share for code, share in known.items()) / total
    scored = [(s.level, weight[s.sub_dimension]) for s in applying if s.level is not None]
    if not scored or coverage < method.coverage.floor.value:
        return None, round(coverage, _PLACES)
    if method.published.value == "established":  # what is not established counts as the worst case
        missing = [s for s in applying if s.level is None]
        scored += [(s.low or 0.0, weight[s.sub_dimension]) for s in missing]
    level = aggregate(method.aggregation.profile.value, scored)
    return None if level is None else round(level, _PLACES), round(coverage, _PLACES)


def _known(score: SubDimensionScore) -> float:
    rated = 1.0 if score.basis in ("self_rated", "validated") else 0.0
    return max(score.coverage or 0.0, rated)


def _requirement(status: RequirementStatus) -> RequirementStatus:
    if public(status.sensitivity):
        return status
    return status.model_copy(
        update={
            "verdict": Verdict.UNKNOWN,
            "disputed": False,
            "gap": False,
            "voices": (),
            "met_by": "",
            "because": "",
        }
    )


def _mandatory(statuses: Iterable[RequirementStatus]) -> tuple[VerdictCount, ...]:
    """Mandatory paragraphs by verdict, of those that may be shown."""
    counts = dict.fromkeys(Verdict, 0)
    for status in statuses:
        if public(status.sensitivity) and status.obligation.startswith("mandatory"):
            counts[status.verdict] += 1
    return tuple(VerdictCount(verdict=v, count=n) for v, n in counts.items())


def public_priorities(pack: Pack, priorities: Priorities, hidden: frozenset[str]) -> Priorities:
    """Gaps that may be shown, weighed and numbered anew, so that neither a missing number nor a
    factor tells of a hidden one."""
    shown = [gap for gap in priorities.gaps if gap.id not in hidden]
    closed = len(shown) < len(priorities.gaps)
    if closed:
        codes = frozenset(gap.sub_dimension for gap in shown)
        shown = _ordered(pack, [_reweighed(pack, gap, codes) for gap in shown])
    return priorities.model_copy(
        update={
            "gaps": tuple(_gap(gap, rank, hidden, closed) for rank, gap in enumerate(shown, 1)),
            "strengths": tuple(s for s in priorities.strengths if s not in hidden),
            "not_scored": tuple(n for n in priorities.not_scored if n.sub_dimension not in hidden),
        }
    )


def _reweighed(pack: Pack, gap: Gap, codes: frozenset[str]) -> Gap:
    """The enabling factor counts the gaps that may be shown only."""
    method = pack.method
    if method is None or not any(part.name == "enabling" for part in gap.parts):
        return gap
    waiting = waiting_for(method, gap.sub_dimension, codes)
    value = round(
        min(
            method.priorities.enabling_cap.value,
            1 + method.priorities.enabling_step.value * len(waiting),
        ),
        _PLACES,
    )
    parts = tuple(
        Part(name=part.name, value=value, reason=wording.enabling_part(waiting))
        if part.name == "enabling"
        else part
        for part in gap.parts
    )
    severity = math.prod(part.value for part in parts if part.name != _NATIONAL)
    return gap.model_copy(update={"parts": parts, "severity": round(severity, _PLACES)})


def _ordered(pack: Pack, gaps: list[Gap]) -> list[Gap]:
    """Most severe first; the government's own priorities come first among equals."""
    within = pack.method.priorities.tie_within.value if pack.method else 0.0
    waiting = sorted(gaps, key=lambda gap: (-gap.severity, gap.sub_dimension))
    ranked: list[Gap] = []
    while waiting:
        bound = waiting[0].severity * (1 - within)
        tied = [gap for gap in waiting if gap.severity >= bound]
        ranked += sorted(tied, key=lambda gap: (not _named(gap), -gap.severity, gap.sub_dimension))
        waiting = waiting[len(tied) :]
    return ranked


def _named(gap: Gap) -> bool:
    return any(part.name == _NATIONAL and part.value > 0 for part in gap.parts)


def _gap(gap: Gap, rank: int, hidden: frozenset[str], closed: bool) -> Gap:
    return gap.model_copy(
        update={
            "rank": rank,
            "best_rank": 0 if closed else gap.best_rank,
            "worst_rank": 0 if closed else gap.worst_rank,
            "unmet": tuple(u for u in gap.unmet if u not in hidden),
            "depends_on": tuple(d for d in gap.depends_on if d not in hidden),
        }
    )
