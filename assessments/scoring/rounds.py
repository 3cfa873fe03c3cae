"""Two rounds of one country side by side: only what was asked alike is compared.

A question whose wording, type, choices or unit changed is another question, unless the pack's
`changes.csv` declares the two comparable. Each sub-dimension is compared on the facts that both
rounds asked alike and both answered; every break is named. Scores of a round are those of its own
pack: a rescaled, split or merged question is compared only where the earlier answers were carried
over and scored under the later pack (`assessments.pack.carry`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.pack.changes import SAME, ChangeKind, DeclaredChange
from assessments.pack.compare import compare_packs, declared_steps
from assessments.pack.method import AggregationName
from assessments.pack.model import Pack
from assessments.results import FactScore, Scores, SubDimensionScore
from assessments.scoring.aggregate import aggregate


@dataclass(frozen=True, slots=True)
class Break:
    """Why one question is not compared."""

    question: str
    because: str


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

    @property
    def as_stated(self) -> bool:
        """True where the stated levels themselves may be compared: nothing broke."""
        return not self.breaks


def compare_rounds(
    old_pack: Pack, before: Scores, new_pack: Pack, after: Scores
) -> tuple[RoundLine, ...]:
    """Every sub-dimension of the later round against the earlier one.

    Raises ValueError where the two are of different countries.
    """
    if before.assessment.iso3 != after.assessment.iso3:
        raise ValueError("rounds of one country are compared, not two countries")
    broken = _broken(old_pack, new_pack)
    names = _later_names(old_pack, new_pack)
    earlier = {score.sub_dimension: score for score in before.sub_dimensions}
    return tuple(
        _line(earlier.get(score.sub_dimension), score, broken, names)
        for score in after.sub_dimensions
    )


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


def _broken(old: Pack, new: Pack) -> dict[str, str]:
    """Question -> why its answers cannot be set side by side."""
    difference = compare_packs(old, new)
    rows = [row for step in declared_steps(old, new) for row in step]
    declared = {
        name: row.rule for row in rows if not _same_answers(row) for name in (*row.old, *row.new)
    }
    found = dict.fromkeys(difference.added, "asked in the later round only")
    found |= dict.fromkeys(difference.removed, "asked in the earlier round only")
    for change in difference.changed:
        if not change.comparable or change.aspect == "score":
            found[change.question] = f"its {change.aspect} changed"
    return found | declared


def _line(
    before: SubDimensionScore | None,
    after: SubDimensionScore,
    broken: dict[str, str],
    names: dict[str, str],
) -> RoundLine:
    facts = before.facts if before else ()
    old = {names.get(fact.question, fact.question): fact for fact in facts}
    new = {fact.question: fact for fact in after.facts}
    breaks = [Break(name, broken[name]) for name in sorted({*old, *new}) if name in broken]
    if before is not None and before.aggregation != after.aggregation:
        breaks.append(Break("", f"{before.aggregation} became {after.aggregation}"))
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
