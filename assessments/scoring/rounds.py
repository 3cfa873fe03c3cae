"""Two rounds of one country side by side: only what was asked alike is compared.

A question whose wording, type, choices or unit changed is another question, unless the pack's
`changes.csv` declares the two comparable. Each sub-dimension is compared on the facts that both
rounds asked alike and both answered; every break is named. Scores of a round are those of its own
pack: a rescaled, split or merged question is compared only where the earlier answers were carried
over and scored under the later pack (`assessments.pack.carry`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assessments.pack.changes import SAME, ChangeKind, DeclaredChange
from assessments.pack.compare import compare_packs, declared_steps
from assessments.pack.method import AggregationName
from assessments.pack.model import Pack
from assessments.results import FactScore, Scores, SubDimensionScore
from assessments.scoring.aggregate import aggregate


class BreakKind(StrEnum):
    """What sets two rounds apart."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"  # asked, chosen or scored otherwise
    RULE = "rule"  # the sub-dimension is aggregated by another rule


@dataclass(frozen=True, slots=True)
class Break:
    """Why one question is not compared."""

    question: str  # "" where it is the whole sub-dimension
    because: str
    kind: BreakKind


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One sub-dimension in two rounds, 0 to 4."""

    sub_dimension: str
    stated_before: float | None  # levels as each round stated them
    stated_after: float | None
    shared: int  # facts asked alike and answered in both rounds
    before: float | None  # on the shared facts alone, by the rule and weights of the later round
    after: float | None
    change: float | None  # None where there is no shared fact
    breaks: tuple[Break, ...]


def compare_rounds(
    old_pack: Pack,
    before: Scores,
    new_pack: Pack,
    after: Scores,
    *,
    untold: Collection[str] = (),
) -> tuple[RoundLine, ...]:
    """Every sub-dimension of the later round against the earlier one.

    `untold` are questions, by their later name, whose answers the reader may not learn: an earlier
    level that rests on one of them is left out, although the earlier round still told it.
    Raises ValueError where the two are of different countries.
    """
    if before.assessment.iso3 != after.assessment.iso3:
        raise ValueError("rounds of one country are compared, not two countries")
    broken = _broken(old_pack, new_pack)
    names = _later_names(old_pack, new_pack)
    closed = _closed_before(old_pack, new_pack, untold)
    earlier = {score.sub_dimension: score for score in before.sub_dimensions}
    return tuple(
        _line(_told(earlier.get(score.sub_dimension), closed), score, broken, names)
        for score in after.sub_dimensions
    )


def _closed_before(old: Pack, new: Pack, untold: Collection[str]) -> frozenset[str]:
    """Questions of the earlier round whose answers would tell one of `untold`."""
    closed = set(untold)
    for step in reversed(declared_steps(old, new)):
        closed |= {was for row in step if closed & set(row.new) for was in row.old}
    return frozenset(closed)


def _told(before: SubDimensionScore | None, closed: frozenset[str]) -> SubDimensionScore | None:
    if before is None or not any(fact.question in closed for fact in before.facts):
        return before
    facts = tuple(fact for fact in before.facts if fact.question not in closed)
    return before.model_copy(update={"level": None, "facts": facts})


def _later_names(old: Pack, new: Pack) -> dict[str, str]:
    """Earlier name -> later name of each question that was only renamed, step by step."""
    names: dict[str, str] = {}
    for step in declared_steps(old, new):
        renamed = {row.old[0]: row.new[0] for row in step if _same_answers(row)}
        names = {was: renamed.get(now, now) for was, now in names.items()}
        names |= {was: now for was, now in renamed.items() if was in old.question}
    return names


def _same_answers(row: DeclaredChange) -> bool:
    """True where an answer before and after means and scores the same."""
    return (
        row.comparable
        and row.kind in (ChangeKind.RENAMED, ChangeKind.REWORDED)
        and all(mapping == SAME for mapping in row.mappings.values())
    )


def _broken(old: Pack, new: Pack) -> dict[str, Break]:
    """Question -> why its answers cannot be set side by side."""
    difference = compare_packs(old, new)
    rows = [row for step in declared_steps(old, new) for row in step]
    declared = {
        name: Break(name, row.rule, BreakKind.CHANGED)
        for row in rows
        if not _same_answers(row)
        for name in (*row.old, *row.new)
    }
    found = {
        name: Break(name, "asked in the later round only", BreakKind.ADDED)
        for name in difference.added
    } | {
        name: Break(name, "asked in the earlier round only", BreakKind.REMOVED)
        for name in difference.removed
    }
    for change in difference.changed:
        if not change.comparable or change.aspect == "score":
            found[change.question] = Break(
                change.question, f"its {change.aspect} changed", BreakKind.CHANGED
            )
    return found | declared


def _line(
    before: SubDimensionScore | None,
    after: SubDimensionScore,
    broken: dict[str, Break],
    names: dict[str, str],
) -> RoundLine:
    facts = before.facts if before else ()
    old = {names.get(fact.question, fact.question): fact for fact in facts}
    new = {fact.question: fact for fact in after.facts}
    breaks = [broken[name] for name in sorted({*old, *new}) if name in broken]
    if before is not None and before.aggregation != after.aggregation:
        changed = f"{before.aggregation} became {after.aggregation}"
        breaks.append(Break("", changed, BreakKind.RULE))
    pairs = [
        (old[name], fact)
        for name, fact in new.items()
        if name in old and name not in broken and _both(old[name], fact)
    ]
    rule = AggregationName(after.aggregation)
    was = _level(rule, [(a.score or 0.0, b.weight) for a, b in pairs])
    now = _level(rule, [(b.score or 0.0, b.weight) for _, b in pairs])
    return RoundLine(
        sub_dimension=after.sub_dimension,
        stated_before=before.level if before else None,
        stated_after=after.level,
        shared=len(pairs),
        before=was,
        after=now,
        change=None if was is None or now is None else round(now - was, 4),
        breaks=tuple(breaks),
    )


def _both(before: FactScore, after: FactScore) -> bool:
    return before.score is not None and after.score is not None


def _level(rule: AggregationName, facts: Sequence[tuple[float, float]]) -> float | None:
    value = aggregate(rule, facts)
    return None if value is None else round(value, 4)
