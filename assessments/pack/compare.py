"""`tana pack diff`: what changed between two versions of a pack, question by question.

Rounds are compared on questions that mean the same, so a change of wording, type, choices or
score is named for what it does to an old answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

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


class PackDifference(BaseModel):
    """What a new version of a pack adds, removes and changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    old: str  # id and version
    new: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Change, ...]

    @property
    def comparable(self) -> frozenset[str]:
        """Changed questions whose old answers still mean the same."""
        broken = {change.question for change in self.changed if not change.comparable}
        return frozenset(change.question for change in self.changed) - broken


def compare_packs(old: Pack, new: Pack) -> PackDifference:
    """Questions added, removed and changed from `old` to `new`, in the order of the survey."""
    changed = [
        change
        for question in new.questions
        if question.name in old.question
        for change in _changes(old.question[question.name], question)
    ]
    return PackDifference(
        old=f"{old.id} {old.version}",
        new=f"{new.id} {new.version}",
        added=tuple(q.name for q in new.questions if q.name not in old.question),
        removed=tuple(q.name for q in old.questions if q.name not in new.question),
        changed=tuple(changed),
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
