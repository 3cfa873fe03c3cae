"""What a new version of a pack did to the questions of the version before, as data of the pack.

A row of `changes.csv` says which old question became which new one, what each old answer is worth
now, and whether the two may be set side by side. Without a row, a question that kept its name,
wording, type and choices is the same question. `changes.csv` is optional: a first version has none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assessments.pack.model import Words
from assessments.pack.tables import Columns, Faults, Record, read_table
from assessments.results import AnswerValue

CHANGES_FILE = "changes.csv"
_COLUMNS = Columns(
    plain=("from_version", "to_version", "kind", "old", "new", "mapping", "comparable",
           "unreviewed"),
    worded=("reason",),
    needed=("from_version", "to_version", "kind", "old", "new", "mapping", "comparable", "reason"),
)  # fmt: skip
_FACTOR = re.compile(r"(?P<sign>[*/])\s*(?P<factor>\d+(?:\.\d+)?)")


class ChangeKind(StrEnum):
    """What happened to a question between two versions."""

    RENAMED = "renamed"  # the same question under another name
    REWORDED = "reworded"  # other words under the same name
    RESCALED = "rescaled"  # other choices, levels or unit
    SPLIT = "split"  # one question became several
    MERGED = "merged"  # several questions became one
    DROPPED = "dropped"  # no longer asked


@dataclass(frozen=True, slots=True)
class AnswerMapping:
    """What an old answer is worth in the new version."""

    pairs: Mapping[str, str]  # old choice or level -> new one, "" where nothing is carried
    factor: float | None = None  # of a number
    carries: bool = True  # False: the new question was asked of nobody, whatever the old answer

    def of(self, value: AnswerValue) -> AnswerValue | None:
        """The new answer; None where nothing is carried."""
        if not self.carries:
            return None
        if self.factor is not None:
            return value * self.factor if isinstance(value, float) else None
        if not self.pairs:
            return value
        if isinstance(value, str):
            return self.pairs.get(value) or None
        if isinstance(value, tuple):
            names = [self.pairs.get(item, "") for item in value if isinstance(item, str)]
            return tuple(dict.fromkeys(filter(None, names))) or None
        return None


SAME = AnswerMapping({})
NOTHING = AnswerMapping({}, carries=False)


@dataclass(frozen=True, slots=True)
class DeclaredChange:
    """One row: what became of one or more questions from one version to the next."""

    from_version: str
    to_version: str
    kind: ChangeKind
    old: tuple[str, ...]
    new: tuple[str, ...]
    mappings: Mapping[str, AnswerMapping]  # by the new question of a split, else by the old one
    comparable: bool  # a carried answer may be scored and set beside one asked newly
    reason: Words
    row: int = 0  # 1-based row in changes.csv

    @property
    def rule(self) -> str:
        """The change in one line, as carried answers and differences show it."""
        became = f" to {', '.join(self.new)}" if self.new and self.new != self.old else ""
        worth = "" if self.comparable or not self.new else ", not comparable"
        return (
            f"{self.kind.value} {', '.join(self.old)}{became} "
            f"(version {self.from_version} to {self.to_version}{worth})"
        )

    def mapping(self, old: str, new: str) -> AnswerMapping:
        """What an answer to `old` is worth for `new`."""
        key = new if self.kind is ChangeKind.SPLIT else old
        missing = NOTHING if self.kind is ChangeKind.SPLIT else SAME
        return self.mappings.get(key, missing)


class NoPath(Exception):
    """No declared steps lead from one version to another."""


def read_changes(folder: Path, faults: Faults) -> tuple[DeclaredChange, ...]:
    """The rows of a pack; none where it has no such table."""
    if not (folder / CHANGES_FILE).exists():
        return ()
    records = read_table(folder, CHANGES_FILE, _COLUMNS, faults)
    return tuple(change for record in records if (change := _change(record)) is not None)


def steps(
    changes: tuple[DeclaredChange, ...], old: str, new: str
) -> tuple[tuple[DeclaredChange, ...], ...]:
    """The declared changes from version `old` to version `new`, one group a step.

    Raises NoPath where the table does not lead there.
    """
    found: list[tuple[DeclaredChange, ...]] = []
    here, seen = old, {old}
    while here != new:
        step = tuple(change for change in changes if change.from_version == here)
        if not step or step[0].to_version in seen:
            raise NoPath
        here = step[0].to_version
        seen.add(here)
        found.append(step)
    return tuple(found)


def _change(record: Record) -> DeclaredChange | None:
    kind = ChangeKind(record.one_of("kind", [one.value for one in ChangeKind]))
    old, new = record.parts("old"), record.parts("new")
    if kind is ChangeKind.REWORDED and not new:
        new = old
    mappings = _mappings(record, kind, old, new)
    if mappings is None:
        return None
    return DeclaredChange(
        from_version=record.text("from_version"),
        to_version=record.text("to_version"),
        kind=kind,
        old=old,
        new=new,
        mappings=mappings,
        comparable=record.flag("comparable"),
        reason=record.words("reason"),
        row=record.row,
    )


def _mappings(
    record: Record, kind: ChangeKind, old: tuple[str, ...], new: tuple[str, ...]
) -> dict[str, AnswerMapping] | None:
    """The cell `mapping`, or None and a fault where it cannot be read."""
    text = record.text("mapping")
    many = {ChangeKind.SPLIT: new, ChangeKind.MERGED: old}.get(kind)
    found: dict[str, AnswerMapping] = {}
    for part in filter(None, map(str.strip, text.split(";"))):
        name, colon, rest = part.partition(":")
        name = name.strip() if colon else ""
        mapping = _mapping(rest if colon else part)
        if mapping is None or (many is not None) != bool(colon) or (many and name not in many):
            shape = (
                "QUESTION: old=new|old=new; QUESTION: ..., with a question of this row"
                if many is not None
                else "old=new|old=new, or *12 or /30 for a number"
            )
            record.wrong(
                "unreadable-mapping", "mapping", f"«{part}» is no mapping.", f"Write {shape}."
            )
            return None
        found[name or (old[0] if old else "")] = mapping
    return found


def _mapping(text: str) -> AnswerMapping | None:
    text = text.strip()
    if match := _FACTOR.fullmatch(text):
        factor = float(match["factor"])
        if not factor:
            return None
        return AnswerMapping({}, factor if match["sign"] == "*" else 1 / factor)
    if text == "same":
        return SAME
    pairs: dict[str, str] = {}
    for pair in filter(None, map(str.strip, text.split("|"))):
        name, sign, target = (piece.strip() for piece in pair.partition("="))
        if not sign or not name or name in pairs:
            return None
        pairs[name] = target
    return AnswerMapping(pairs) if pairs else None
