"""Conflicts of a merged workbook that nobody has settled yet.

A conflict is open as long as its cells hold what the merge left in them and nobody has chosen Yes
under "Settled". While it is open, its answer counts for nothing. Deleting the conflict sheet
settles nothing: the hidden identity sheet keeps the list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.problems import Problem
from assessments.untrusted.cells import Cells, address
from assessments.workbook.entered import Entered, digest
from assessments.workbook.identity import NotedConflict
from assessments.workbook.layout import Part, settled_name
from assessments.workbook.located import Located, Spot
from assessments.workbook.texts import fault
from assessments.workbook.three_ways import ANSWER, COMMENT, EVIDENCE, ROW
from assessments.workbook.values import tidy

_BESIDE = {EVIDENCE: Part.EVIDENCE, COMMENT: Part.COMMENT}


def left_in(entered: Entered, part: str, key: str = "") -> set[str]:
    """Digests of what stands there now; of a table's row, of every row that it could be."""
    if part == EVIDENCE:
        return {digest(entered.evidence)}
    if part == COMMENT:
        return {digest(entered.comment)}
    if part == ROW:
        rows = [row for row in entered.rows if row.key == key]
        return {digest(row.cells) for row in rows} or {digest({})}
    beside = {**entered.reason, **entered.verdict}
    whole = {**entered.answer, **{f"={name}": item for name, item in beside.items()}}
    for number, row in enumerate(entered.rows):
        whole |= {f"{number}/{row.key}/{name}": item for name, item in row.cells.items()}
    return {digest(whole)}


@dataclass(frozen=True, slots=True)
class Open:
    """A conflict that nobody has settled yet."""

    noted: NotedConflict
    lines: frozenset[int] = frozenset()  # of a table, on its sheet

    @property
    def of_whole(self) -> bool:
        """True where the whole answer is in conflict."""
        return self.noted.part == ANSWER

    @property
    def of_answer(self) -> bool:
        """True where the answer or a part of it is, not only what stands beside it."""
        return self.noted.part in (ANSWER, ROW)

    @property
    def raw(self) -> str:
        """Both answers, as they were."""
        return self.noted.both

    def _spot(self, place: Located) -> Spot:
        """The first of the cells that are in conflict."""
        if self.noted.part in _BESIDE:
            return place.parts[_BESIDE[self.noted.part]]
        if self.noted.part != ROW:
            return place.spot
        same = {line for line, key in place.rows if key and key == self.noted.key}
        first = min(
            column for name, column in place.columns.items() if name != place.question.row_key
        )
        return (min(self.lines or same, default=place.spot[0]), first)

    def problem(self, place: Located) -> Problem:
        return fault(
            "open-conflict",
            sheet=place.sheet.name,
            cell=address(*self._spot(place)),
            question=place.question.name,
            value=self.noted.both[:300],
        )


def open_conflicts(
    noted: Sequence[NotedConflict], cells: Cells, entered: Mapping[str, Entered], yes: str
) -> dict[str, list[Open]]:
    """By question, the conflicts that stand as the merge left them."""
    found: dict[str, list[Open]] = {}
    for number, conflict in enumerate(noted, start=1):
        now = entered.get(conflict.question)
        if now is None or _settled(cells, number, yes):
            continue
        if conflict.left in left_in(now, conflict.part, conflict.key):
            lines = {
                row.line
                for row in now.rows
                if conflict.part == ROW
                and (row.key, digest(row.cells)) == (conflict.key, conflict.left)
            }
            found.setdefault(conflict.question, []).append(Open(conflict, frozenset(lines)))
    return found


def _settled(cells: Cells, number: int, yes: str) -> bool:
    for name in cells.names:
        if name.name.casefold() == settled_name(number) and name.area is not None:
            sheet = cells.sheet(name.sheet)
            spot = (name.area.top, name.area.left)
            if sheet is None or spot in sheet.masks:
                return False
            said = tidy(sheet.text(*spot))
            return said.casefold() in (yes.casefold(), "yes")
    return False
