"""What was entered for one question, in words that mean the same in every copy and language.

Not what counts as an answer: a cell that cannot be read is entered too, as it is seen. Two copies
of a workbook are compared by it, and it is written into a third.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from assessments.language import words_or_english
from assessments.pack.model import NO_WORDS, Pack, Question, QuestionType, TableColumn
from assessments.untrusted.cells import Cell, CellKind, shown
from assessments.workbook.known import verdicts
from assessments.workbook.layout import Part, choice_labels, labels, tick_labels
from assessments.workbook.located import Located, Spot
from assessments.workbook.values import Found, choice_of, is_blank, plain, tidy, value_of

Content = tuple[str, str | float]  # kind (choice, choices, number, date, text), and the value
Contents = Mapping[str, Content]  # by choice, column or part; a blank cell is missing

ALONE = ""  # the key of a single answer cell
REASON, EVIDENCE, CLASS, COMMENT = (
    Part.REASON.value,
    Part.EVIDENCE.value,
    Part.EVIDENCE_CLASS.value,
    Part.COMMENT.value,
)
VERDICT = "verdict"
TICKED = frozenset({"x", "✓", "✔", "☑", "☒"})
TICK = TableColumn("tick", NO_WORDS, QuestionType.SELECT_ONE)
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table that is not empty; `key` is its fixed row, "" where it has none."""

    key: str
    cells: Contents
    line: int = field(default=0, compare=False)  # where it stands on its sheet


@dataclass(frozen=True, slots=True)
class Entered:
    """One question's line: the answer with its reason, a table's rows, and what stands beside."""

    answer: Contents  # ALONE, or choices of ticks; never of a table
    rows: tuple[Row, ...]
    reason: Contents
    evidence: Contents
    comment: Contents
    verdict: Contents = field(default_factory=dict)  # on what was known already


class Scribe:
    """Puts cells of one workbook into common words, and common words into its cells."""

    def __init__(self, pack: Pack, language: str, *, epoch_1904: bool = False) -> None:
        self.language, self.epoch_1904 = language, epoch_1904
        self.translate = words_or_english(language)
        self.listed = {
            REASON: choice_labels(pack.choice_lists.get("no_answer_reasons", ()), language),
            VERDICT: verdicts(self.translate),
            CLASS: choice_labels(pack.choice_lists.get("evidence_classes", ()), language),
        }

    def entered(self, place: Located) -> Entered:
        """What one located question holds."""
        question = place.question
        answer: dict[str, Content] = {}
        for choice, spot in place.ticks.items():
            _keep(answer, choice, self._tick(place.sheet.at(*spot)))
        if question.type not in (QuestionType.TABLE, QuestionType.SELECT_MULTIPLE):
            _keep(answer, ALONE, self._cell(place.sheet.at(*place.spot), question))
        return Entered(
            answer=answer,
            rows=self._rows(place) if question.type is QuestionType.TABLE else (),
            reason=self._parts(place, Part.REASON),
            evidence=self._parts(place, Part.EVIDENCE, Part.EVIDENCE_CLASS),
            comment=self._parts(place, Part.COMMENT),
            verdict=self._verdict(place),
        )

    def _verdict(self, place: Located) -> Contents:
        found: dict[str, Content] = {}
        line = place.known
        cell = None if line is None else line.sheet.at(*line.spot)
        if cell is not None and not is_blank(cell):
            choice = choice_of(cell, None, self.listed[VERDICT])
            _keep(found, VERDICT, _content(choice, "choice", cell))
        return found

    def _rows(self, place: Located) -> tuple[Row, ...]:
        rows = []
        for line, key in place.rows:
            cells: dict[str, Content] = {}
            for column in place.question.columns:
                if column.name != place.question.row_key:
                    spot = (line, place.columns[column.name])
                    _keep(cells, column.name, self._cell(place.sheet.at(*spot), column))
            if cells:
                rows.append(Row(key, cells, line))
        return tuple(rows)

    def _parts(self, place: Located, *parts: Part) -> Contents:
        found: dict[str, Content] = {}
        for part in parts:
            spot: Spot = place.parts[part]
            cell, known = place.sheet.at(*spot), self.listed.get(part.value)
            if cell is None or is_blank(cell):
                continue
            choice = choice_of(cell, None, known) if known is not None else Found(code="text")
            _keep(found, part.value, _content(choice, "choice", cell))
        return found

    def _tick(self, cell: Cell | None) -> Content | None:
        if cell is None or is_blank(cell):
            return None
        if tidy(shown(cell)).casefold() in TICKED:
            return ("choice", "yes")
        return _content(value_of(cell, TICK, tick_labels(self.translate)), "choice", cell)

    def _cell(self, cell: Cell | None, asked: Question | TableColumn) -> Content | None:
        if cell is None or is_blank(cell):
            return None
        if cell.kind is CellKind.NUMBER and not asked.choices:
            return ("number", float(cell.value))
        kind = _KINDS.get(asked.type)
        if kind is None:
            return ("text", tidy(shown(cell)))
        known = labels(asked, self.language, self.translate)
        return _content(value_of(cell, asked, known, self.epoch_1904), kind, cell)

    # --- back into cells ------------------------------------------------------------------

    def written(self, content: Content, asked: Question | TableColumn) -> str | float:
        """What stands in the cell of `asked` in this workbook's language."""
        if asked is TICK:
            return self._labelled(content, tick_labels(self.translate))
        return self._labelled(content, labels(asked, self.language, self.translate))

    def written_beside(self, content: Content, part: str) -> str | float:
        """The same of a reason, evidence, its kind, or a comment."""
        return self._labelled(content, self.listed.get(part, {}))

    def _labelled(self, content: Content, known: Mapping[str, str]) -> str | float:
        kind, value = content
        if kind == "choice":
            return known.get(str(value), str(value))
        if kind == "choices":
            return "; ".join(known.get(name, name) for name in str(value).split("|"))
        if kind == "date":
            return float((date.fromisoformat(str(value)) - _EPOCH).days)
        return value

    def told(self, content: Content, asked: Question | TableColumn) -> str:
        """The content as a person reads it."""
        if content[0] == "date":
            return str(content[1])
        return plain(self.written(content, asked))


_KINDS = {
    QuestionType.SELECT_ONE: "choice",
    QuestionType.LEVEL: "choice",
    QuestionType.SELECT_MULTIPLE: "choices",
    QuestionType.DATE: "date",
}


def digest(contents: Contents) -> str:
    """Stands for what was entered, so that a change of it is seen."""
    text = json.dumps(sorted(contents.items()), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _content(found: Found, kind: str, cell: Cell) -> Content:
    if found.code or found.value is None:
        return ("text", tidy(shown(cell)))
    return (kind, found.value)


def _keep(into: dict[str, Content], key: str, content: Content | None) -> None:
    if content is not None:
        into[key] = content
