"""`tana pack diff`: what changed between two versions of a pack, question by question.

Rounds are compared on questions that mean the same, so a change of wording, type, choices or
score is named for what it does to an old answer. What `changes.csv` of the new version declares
stands apart from what nobody has accounted for.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from assessments.pack.changes import DeclaredChange, NoPath, steps
from assessments.pack.model import Pack, Question

# What is compared, and whether an old answer still means the same after a change of it.
_ASPECTS = ("label", "hint", "type", "choices", "columns", "unit", "score", "weight", "relevant",
            "constraint", "institutions", "lead", "tier", "sub_dimension")  # fmt: skip
_BREAKS = frozenset({"label", "type", "choices", "columns", "unit"})


class Change(BaseModel):
    """One aspect of one question, before and after."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    aspect: str
    before: str
    after: str
    comparable: bool  # old answers can still be set beside new ones
    declared: str = ""  # the rule of changes.csv that accounts for it, "" where none does


class Declared(BaseModel):
    """What the new version says became of old questions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    comparable: bool
    rule: str
    reason: str


class PackDifference(BaseModel):
    """What a new version of a pack adds, removes and changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    old: str  # id and version
    new: str
    declared: tuple[Declared, ...]  # in the order of the versions
    added: tuple[str, ...]  # new, and no row says from what
    removed: tuple[str, ...]  # gone, and no row says what became of them
    changed: tuple[Change, ...]

    @property
    def comparable(self) -> frozenset[str]:
        """Changed questions whose old answers still mean the same."""
        broken = {change.question for change in self.changed if not change.comparable}
        return frozenset(change.question for change in self.changed) - broken


def compare_packs(old: Pack, new: Pack) -> PackDifference:
    """Questions added, removed and changed from `old` to `new`, in the order of the survey."""
    path = declared_steps(old, new)
    rows = [row for step in path for row in step]
    before = {name: row for row in rows for name in row.old}
    after = {name: row for row in rows for name in row.new}
    changed = [
        _accounted(change, after)
        for question in new.questions
        if question.name in old.question
        for change in _changes(old.question[question.name], question)
    ]
    return PackDifference(
        old=f"{old.id} {old.version}",
        new=f"{new.id} {new.version}",
        declared=tuple(_declared(row) for row in rows),
        added=tuple(
            q.name for q in new.questions if q.name not in old.question and q.name not in after
        ),
        removed=tuple(
            q.name for q in old.questions if q.name not in new.question and q.name not in before
        ),
        changed=tuple(changed),
    )


def declared_steps(old: Pack, new: Pack) -> tuple[tuple[DeclaredChange, ...], ...]:
    """What the table of `new` declares since `old`, a group a version; none where it is silent."""
    try:
        return steps(new.changes, old.version, new.version)
    except NoPath:
        return ()


def _declared(row: DeclaredChange) -> Declared:
    return Declared(
        kind=row.kind.value,
        old=row.old,
        new=row.new,
        comparable=row.comparable,
        rule=row.rule,
        reason=str(row.reason),
    )


def _accounted(change: Change, after: Mapping[str, DeclaredChange]) -> Change:
    """The change with the row that accounts for it; the row decides what is comparable."""
    row = after.get(change.question)
    if row is None:
        return change
    return change.model_copy(
        update={"declared": row.rule, "comparable": change.comparable or row.comparable}
    )


def _changes(before: Question, after: Question) -> list[Change]:
    old, new = _aspects(before), _aspects(after)
    return [
        Change(
            question=after.name,
            aspect=aspect,
            before=old[aspect],
            after=new[aspect],
            comparable=aspect not in _BREAKS,
        )
        for aspect in _ASPECTS
        if old[aspect] != new[aspect]
    ]


def _aspects(question: Question) -> Mapping[str, str]:
    return {
        "label": str(question.label),
        "hint": str(question.hint),
        "type": question.type.value,
        "choices": "; ".join(f"{c.name} = {c.label}" for c in question.choices),
        "columns": "; ".join(
            f"{c.name} = {c.label} ({c.type.value}: {', '.join(o.name for o in c.choices)})"
            for c in question.columns
        ),
        "unit": question.unit,
        "score": question.score.text if question.score else "",
        "weight": f"{question.weight:g}",
        "relevant": question.relevant.text if question.relevant else "",
        "constraint": question.constraint.text if question.constraint else "",
        "institutions": "|".join(sorted(question.institutions)),
        "lead": question.lead,
        "tier": question.tier.value,
        "sub_dimension": question.sub_dimension,
    }
