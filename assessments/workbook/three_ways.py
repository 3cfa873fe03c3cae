"""Two copies of one questionnaire against the workbook that both started from.

What only one of them changed is taken from it; what both changed alike is taken once; what they
changed differently is a conflict, and stays as it was before either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from assessments.workbook.entered import Contents, Entered, Row

BASE, FIRST, SECOND, BOTH = "base", "first", "second", "both"
ANSWER, EVIDENCE, COMMENT, ROW = "answer", "evidence", "comment", "row"


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing that the two copies say differently; sides are in the order base, first, second."""

    part: str  # ANSWER, EVIDENCE, COMMENT, ROW
    sides: tuple[Entered, Entered, Entered]
    rows: tuple[Row | None, Row | None, Row | None] = (
        None,
        None,
        None,
    )  # of ROW; None: no such row


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question after the merge."""

    entered: Entered
    taken: Mapping[str, str]  # part -> FIRST, SECOND or BOTH; parts that stayed are missing
    clashes: tuple[Clash, ...]


def three_ways(base: Entered, first: Entered, second: Entered) -> Outcome:
    """One question of both copies put together."""
    sides = (base, first, second)
    taken: dict[str, str] = {}
    clashes: list[Clash] = []

    def settle(part: str, one: Contents, left: Contents, right: Contents) -> Contents:
        origin = _origin(dict(one), dict(left), dict(right))
        if origin is None:
            clashes.append(Clash(part, sides))
            return one
        if origin != BASE:
            taken[part] = origin
        return right if origin == SECOND else left

    evidence = settle(EVIDENCE, base.evidence, first.evidence, second.evidence)
    comment = settle(COMMENT, base.comment, first.comment, second.comment)
    answered = _answer(sides, taken, clashes)
    whole = replace(answered, evidence=evidence, comment=comment)
    return Outcome(whole, taken, tuple(clashes))


def _origin(base: object, first: object, second: object) -> str | None:
    """Whose side is taken; None where both changed it differently."""
    if first == second:
        return BASE if first == base else BOTH
    if second == base:
        return FIRST
    return SECOND if first == base else None


def _answer(
    sides: tuple[Entered, Entered, Entered], taken: dict[str, str], clashes: list[Clash]
) -> Entered:
    """The answer and the reason for none are one thing: one copy's each would be both at once."""
    base, *copies = sides
    first, second = copies
    beside = [(dict(s.reason), dict(s.verdict)) for s in sides]
    whole = [(dict(s.answer), s.rows, more) for s, more in zip(sides, beside, strict=True)]
    origin = _origin(*whole)
    if origin is not None:
        if origin != BASE:
            taken[ANSWER] = origin
        return second if origin == SECOND else first
    if _origin(*beside) != BASE or not (first.rows or second.rows or base.rows):
        clashes.append(Clash(ANSWER, sides))
        return base
    rows, clashing = _rows(sides)
    clashes += clashing
    taken[ANSWER] = BOTH
    return replace(base, rows=rows)


def _rows(sides: tuple[Entered, Entered, Entered]) -> tuple[tuple[Row, ...], list[Clash]]:
    """The rows of a table that both copies changed, row by row."""
    base = sides[0].rows
    (first, added_first), (second, added_second) = (_against(base, s.rows) for s in sides[1:])
    rows: list[Row] = []
    clashes: list[Clash] = []
    for was, left, right in zip(base, first, second, strict=True):
        origin = _origin(was, left, right)
        kept = right if origin == SECOND else left
        if origin is None:
            kept = _cell_by_cell(was, left, right)
            if kept is None:
                clashes.append(Clash(ROW, sides, (was, left, right)))
                kept = was
        if kept is not None:
            rows.append(kept)
    fixed = {row.key: row for row in added_first if row.key}
    rows += [row for row in added_first if not row.key]
    for row in added_second:
        other = fixed.pop(row.key, row)
        together = row if other == row else _cell_by_cell(None, other, row)
        if together is None:
            clashes.append(Clash(ROW, sides, (None, other, row)))
        elif row.key or row not in added_first:
            rows.append(together)
    return (*rows, *fixed.values()), clashes


def _cell_by_cell(was: Row | None, left: Row | None, right: Row | None) -> Row | None:
    """A fixed row that both copies changed, each in cells of its own; None where they clash.

    Rows without a key are taken as a whole: which of them is which is a guess already.
    """
    rows = [row for row in (was, left, right) if row is not None]
    if not rows[0].key:
        return None
    sides = [dict(row.cells) if row is not None else {} for row in (was, left, right)]
    cells = {}
    for column in dict.fromkeys(name for side in sides for name in side):
        base, first, second = (side.get(column) for side in sides)
        origin = _origin(base, first, second)
        if origin is None:
            return None
        kept = second if origin == SECOND else first
        if kept is not None:
            cells[column] = kept
    return Row(rows[0].key, cells)


def _against(base: Sequence[Row], copy: Sequence[Row]) -> tuple[list[Row | None], list[Row]]:
    """What became of each row of the base (None: deleted), and the rows that were added."""
    if any(row.key for row in (*base, *copy)):
        by_key = {row.key: row for row in copy}
        known = {row.key for row in base}
        return [by_key.get(row.key) for row in base], [r for r in copy if r.key not in known]
    left, right = ([_hashable(row) for row in rows] for rows in (base, copy))
    became: list[Row | None] = [None] * len(base)
    added: list[Row] = []
    for tag, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "insert":
            added += copy[k:m]
            continue
        for offset in range(j - i):
            became[i + offset] = copy[k + offset] if k + offset < m else None
        added += copy[k + (j - i) : m]
    return became, added


def _hashable(row: Row) -> tuple[object, ...]:
    return (row.key, *sorted(row.cells.items()))
