"""A conflict of two copies as a line of the conflict sheet: both answers in words, its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assessments.pack.model import Question
from assessments.workbook.conflicts import Conflict
from assessments.workbook.entered import (
    ALONE,
    CLASS,
    EVIDENCE,
    REASON,
    TICK,
    VERDICT,
    Row,
    Scribe,
)
from assessments.workbook.entered import COMMENT as COMMENT_CELL
from assessments.workbook.placing import Spot, answer_cells, beside_cell, row_cells, verdict_cell
from assessments.workbook.plan import Place, Plan
from assessments.workbook.three_ways import ANSWER, COMMENT, ROW, Clash, Outcome
from assessments.workbook.three_ways import EVIDENCE as EVIDENCE_PART
from assessments.workbook.unsettled import left_in


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells a conflict in the language of the workbook."""

    plan: Plan
    scribe: Scribe

    def conflict(self, name: str, clash: Clash, outcome: Outcome) -> Conflict:
        place = self.plan.places[name]
        key = next((row.key for row in clash.rows if row is not None), "")
        texts = [self._text(place.question, clash, side) for side in range(3)]
        return Conflict(
            question=name,
            part=clash.part,
            key=key,
            base=texts[0],
            first=texts[1],
            second=texts[2],
            left=self._left(clash, outcome, key),
            cells=self._cells(place, clash, outcome, key),
        )

    def _left(self, clash: Clash, outcome: Outcome, key: str) -> str:
        if clash.part == ROW:
            kept = (clash.rows[0],) if clash.rows[0] is not None else ()
            (left,) = left_in(replace(outcome.entered, rows=kept), ROW, key)
            return left
        (left,) = left_in(outcome.entered, clash.part)
        return left

    def _cells(
        self, place: Place, clash: Clash, outcome: Outcome, key: str
    ) -> dict[Spot, str | float | None]:
        entered = outcome.entered
        if clash.part == ROW:
            kept = clash.rows[0] or Row(key, {})
            number = entered.rows.index(kept) if kept in entered.rows else 0
            return row_cells(place, self.scribe, kept, number)
        if clash.part == ANSWER:
            cells = answer_cells(place, self.scribe, entered)
            beside: tuple[str, ...] = (REASON,)
            if place.is_known:
                said = entered.verdict.get(VERDICT)
                cells[verdict_cell(place)] = (
                    None if said is None else self.scribe.written_beside(said, VERDICT)
                )
        else:
            cells = {}
            beside = {EVIDENCE_PART: (EVIDENCE, CLASS), COMMENT: (COMMENT_CELL,)}[clash.part]
        held = {**entered.reason, **entered.evidence, **entered.comment}
        for part in beside:
            value = self.scribe.written_beside(held[part], part) if part in held else None
            cells[beside_cell(place, part)] = value
        return cells

    def _text(self, question: Question, clash: Clash, side: int) -> str:
        """One side of the conflict as a person reads it."""
        entered = clash.sides[side]
        if clash.part == ROW:
            row = clash.rows[side]
            return "" if row is None else self._row(question, row)
        if clash.part == COMMENT:
            return self._beside_text(entered.comment)
        if clash.part == EVIDENCE_PART:
            return self._beside_text(entered.evidence)
        texts = [self._row(question, row) for row in entered.rows]
        for key, content in entered.answer.items():
            asked = question if key == ALONE else TICK
            told = self.scribe.told(content, asked)
            texts.append(told if key == ALONE else f"{self._choice(question, key)}: {told}")
        reason = self._beside_text({**entered.reason, **entered.verdict})
        return self.scribe.translate.joined([*texts, reason] if reason else texts)

    def _row(self, question: Question, row: Row) -> str:
        columns = {column.name: column for column in question.columns}
        label = self._key(question, row.key)
        told = [self.scribe.told(content, columns[name]) for name, content in row.cells.items()]
        cells = self.scribe.translate.joined(told)
        return f"{label}: {cells}" if label else cells

    def _key(self, question: Question, key: str) -> str:
        if not key:
            return ""
        column = next(column for column in question.columns if column.name == question.row_key)
        return next(c.label.in_(self.scribe.language) for c in column.choices if c.name == key)

    def _choice(self, question: Question, name: str) -> str:
        return next(c.label.in_(self.scribe.language) for c in question.choices if c.name == name)

    def _beside_text(self, contents: Mapping[str, tuple[str, str | float]]) -> str:
        told = [str(self.scribe.written_beside(item, key)) for key, item in contents.items()]
        return self.scribe.translate.joined(told)
