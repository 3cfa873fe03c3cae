"""What the cells of one answer say together: one cell, a cell a choice, or the rows of a table."""

from __future__ import annotations

from collections.abc import Mapping, Set

from assessments.language import Translator
from assessments.pack.model import Question, QuestionType, TableColumn
from assessments.results import AnswerValue, Row
from assessments.untrusted.cells import address, shown
from assessments.workbook.entered import TICK, TICKED
from assessments.workbook.findings import Findings, as_seen, merged
from assessments.workbook.layout import labels, tick_labels
from assessments.workbook.located import Located, Spot
from assessments.workbook.values import BLANK, Found, alike, is_blank, tidy, value_of


class AnswerCells:
    """Reads the answer cells of a workbook in one language."""

    def __init__(
        self, language: str, translate: Translator, epoch_1904: bool, findings: Findings
    ) -> None:
        self.language, self.translate = language, translate
        self.epoch_1904, self.findings = epoch_1904, findings

    def read(self, place: Located, in_conflict: Set[int]) -> tuple[AnswerValue | None, str, bool]:
        """The value, what stood there where it is no value, and whether that spoils the answer.

        Rows of a table `in_conflict` are left out.
        """
        if place.question.type is QuestionType.TABLE:
            return self._table(place, in_conflict)
        if place.question.type is QuestionType.SELECT_MULTIPLE:
            return self._ticks(place)
        return self._single(place)

    def wording_stands(self, place: Located) -> bool:
        """True where what a person reads around the answer is the pack's."""
        stands = True
        for spot, text in place.wording.items():
            seen = place.sheet.text(*spot)
            same = seen == text or alike(seen) == alike(text)
            if not same or spot in place.sheet.masks:
                self.findings.report(place, spot, "changed-question")
                stands = False
        return stands

    def _single(self, place: Located) -> tuple[AnswerValue | None, str, bool]:
        question = place.question
        known = labels(question, self.language, self.translate)
        found, raw = self._cell(place, place.spot, question, known)
        return found.value, raw if found.code else "", bool(found.code)

    def _cell(
        self,
        place: Located,
        spot: Spot,
        asked: Question | TableColumn,
        known: Mapping[str, str],
    ) -> tuple[Found, str]:
        """What one answer cell says, everything about it reported; and its raw text."""
        cell = place.sheet.at(*spot)
        raw = "" if cell is None or is_blank(cell) else shown(cell)
        if merged(place, spot):
            area = place.sheet.merge_over(*spot)
            self.findings.report(place, spot, "merged-cell", value=str(area))
            return (Found(code="merged-cell") if raw else BLANK), raw
        found = value_of(cell, asked, known, self.epoch_1904)
        if found.value is not None:
            found = self._constrained(found, asked)
        found = as_seen(place.sheet, spot, found)
        if found.code:
            self.findings.unusable(place, spot, found)
        elif cell is not None and raw:
            self.findings.notes(place, spot, cell)
        return found, raw

    def _constrained(self, found: Found, asked: Question | TableColumn) -> Found:
        rule = asked.constraint
        if rule is None or rule.names or found.value is None or rule.holds({}, found.value):
            return found
        text = asked.constraint_message.in_(self.language)
        value = written(found.value)[:200]
        return Found(code="out-of-range", fields={"value": value, "rule": text})

    def _ticks(self, place: Located) -> tuple[AnswerValue | None, str, bool]:
        """Choices ticked Yes. Nothing at all is blank; a No alone is an answer: none of them."""
        known = tick_labels(self.translate)
        chosen, looked, bad = [], False, []
        for choice, spot in place.ticks.items():
            cell = place.sheet.at(*spot)
            ticked = cell is not None and tidy(shown(cell)).casefold() in TICKED
            if ticked and spot not in place.sheet.masks:
                found, raw = Found("yes"), place.sheet.text(*spot)
            else:
                found, raw = self._cell(place, spot, TICK, known)
            if found.code:
                bad.append(f"{choice}: {raw}")
            looked = looked or found.value is not None
            if found.value == "yes":
                chosen.append(choice)
        exclusive = self._exclusive(place, chosen)
        if bad or exclusive:
            return None, "; ".join([*bad, *chosen]), True
        return (tuple(chosen) if looked else None), "", False

    def _exclusive(self, place: Located, chosen: list[str]) -> bool:
        alone = [c for c in place.question.choices if c.exclusive and c.name in chosen]
        if not alone or len(chosen) < 2:
            return False
        label = alone[0].label.in_(self.language)
        self.findings.report(place, place.ticks[alone[0].name], "exclusive-choice", value=label)
        return True

    def _table(self, place: Located, in_conflict: Set[int]) -> tuple[AnswerValue | None, str, bool]:
        """Rows with at least one entry. A bad cell is left out of its row and kept as raw."""
        question, rows, bad = place.question, list[Row](), list[str]()
        asked = [column for column in question.columns if column.name != question.row_key]
        known = [labels(column, self.language, self.translate) for column in asked]
        for number, key in place.rows:
            if number in in_conflict:
                continue
            row: Row = {}
            for column, shows in zip(asked, known, strict=True):
                spot = (number, place.columns[column.name])
                found, raw = self._cell(place, spot, column, shows)
                if found.code:
                    bad.append(f"{address(*spot)}: {raw}")
                elif found.value is not None:
                    row[column.name] = found.value
            if row:
                rows.append({question.row_key: key, **row} if question.row_key else row)
        raw = "; ".join(bad)
        if rows:
            return tuple(rows), raw, False
        return None, raw, bool(bad)


def written(value: AnswerValue | None) -> str:
    """A value as short text."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(
            item if isinstance(item, str) else ", ".join(str(part) for part in item.values())
            for item in value
        )
    return f"{value:.15g}" if isinstance(value, float) else value
