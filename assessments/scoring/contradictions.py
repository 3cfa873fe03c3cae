"""Contradictions between law and practice, and between the two sides of one cooperation.

The pairs are data of the pack. A pair that is found is a question for a validation meeting and no
finding: no answer is changed by it, and an unanswered question never fires.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.pack.contradictions import ContradictionKind
from assessments.pack.model import Pack
from assessments.results import Answer, Sensitivity, Voice
from assessments.scoring.gather import gather, standing_values, voice


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two answers that hardly go together, with who gave them."""

    name: str
    kind: ContradictionKind
    says: str
    reason: str
    questions: tuple[str, ...]
    voices: tuple[Voice, ...]  # the standing answer to each question, in the same order
    sensitivity: Sensitivity


def contradictions(pack: Pack, answers: Iterable[Answer]) -> tuple[Contradiction, ...]:
    """The pairs of the pack that the standing answers show, in the order of the pack."""
    gathered = gather(pack, answers)
    values = standing_values(gathered)
    found = []
    for rule in pack.contradictions:
        items = [gathered[name] for name in rule.questions]
        standing = [item.standing for item in items if item.standing is not None]
        heard = all(values[name] is not None for name in rule.questions)
        if not heard or not rule.when.holds(values):
            continue
        found.append(
            Contradiction(
                name=rule.name,
                kind=rule.kind,
                says=str(rule.says),
                reason=str(rule.reason),
                questions=rule.questions,
                voices=tuple(
                    voice(item.question, given) for item, given in zip(items, standing, strict=True)
                ),
                sensitivity=Sensitivity.highest(*(item.question.sensitivity for item in items)),
            )
        )
    return tuple(found)
