"""One row of an export as answers, read by the rules of a returned workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assessments.language import one_of
from assessments.pack.model import Choice, Pack, Question, QuestionType, TableColumn
from assessments.results import Answer, AnswerValue
from assessments.untrusted.cells import Cell, CellKind, Cells, Sheet, shown
from assessments.workbook.answer_cells import AnswerCells
from assessments.workbook.answers import Reader
from assessments.workbook.identity import Identity
from assessments.workbook.layout import TABLE_PARTS, Part
from assessments.workbook.located import Located, Spot
from assessments.workbook.values import SHORT_LIST, alike
from assessments.workbook.xlsform.headings_of_answers import Columns
from assessments.workbook.xlsform.repeats import Repeat, Repeats

_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")  # as phones and browsers write one
_YES, _NO = frozenset({"1", "true", "yes", "ok"}), frozenset({"0", "false", "no"})
_CHOICES = (QuestionType.SELECT_ONE, QuestionType.LEVEL, QuestionType.SELECT_MULTIPLE)
_LEVEL = re.compile(r"([0-4]) – .*\Z", re.DOTALL)
NOWHERE = 0  # column of what the export does not hold


class RowReader(Reader):
    """A returned workbook's reader on one row; `found` are the questions the export holds."""

    def __init__(
        self, cells: Cells, main: Sheet, number: int, pack: Pack, identity: Identity, name: str,
        columns: Columns, repeats: Repeats, earlier: Iterable[Answer],
    ) -> None:  # fmt: skip
        super().__init__(cells, pack, identity, name, earlier)
        self.main, self.number, self.pack = main, number, pack
        self.columns, self.repeats = columns, repeats
        self.answer_cells = _RowCells(main, pack, self)
        self.found: set[str] = set()
        self.lines: dict[str, Located] = {}  # question -> where what stands beside it is

    def read_row(self, asked: Sequence[Question]) -> tuple[Answer, ...]:
        """An answer for each question that the export has a column or a sheet for."""
        located = [place for question in asked if (place := self._locate(question)) is not None]
        self.found = {place.question.name for place in located}
        return self.read(located)

    # --- where things stand -------------------------------------------------------------------

    def _locate(self, question: Question) -> Located | None:
        name = question.name
        parts = {
            part: (self.number, self.columns.parts.get((name, part), NOWHERE))
            for part in TABLE_PARTS
        }
        if question.type is QuestionType.TABLE:
            return self._locate_table(question, parts)
        ticks = {
            choice: (self.number, column)
            for choice, column in self.columns.ticks.get(name, {}).items()
        }
        column = self.columns.answers.get(name) or min((c for _, c in ticks.values()), default=0)
        if not column:
            return None
        spot = (self.number, column)
        # several choices stand in one column, or in one a choice; where both are there, in one
        ticks = {} if name in self.columns.answers else ticks
        spots = [spot] if question.type is not QuestionType.SELECT_MULTIPLE else []
        sheet = self._typed(self.main, dict.fromkeys(spots, question), parts)
        return Located(question, sheet, spot, parts, ticks)

    def _locate_table(self, question: Question, parts: Mapping[Part, Spot]) -> Located | None:
        repeat = self.repeats.of(question, self.number)
        if repeat is None:
            return None
        self.lines[question.name] = Located(
            question, self._typed(self.main, {}, parts), (self.number, 1), parts
        )
        asked = {
            (row, repeat.columns[column.name]): column
            for row in repeat.rows
            for column in question.columns
            if repeat.columns[column.name]
        }
        rows = self._keyed(question, repeat)
        spot = (repeat.rows[0] if repeat.rows else 1, 1)
        sheet = self._typed(repeat.sheet, asked, {})
        return Located(question, sheet, spot, parts, {}, repeat.columns, rows)

    def _keyed(self, question: Question, repeat: Repeat) -> tuple[tuple[int, str], ...]:
        """The rows with their fixed keys; a key that the export does not hold goes by its place."""
        if not question.row_key:
            return tuple((row, "") for row in repeat.rows)
        choices = question.columns[0].choices
        names = _spoken(question.columns[0].choices, self.pack.languages)
        column = repeat.columns[question.row_key]
        rows, taken = [], set()
        for place, row in enumerate(repeat.rows):
            written = repeat.sheet.text(row, column) if column else ""
            name = names.get(alike(written), "")
            if not written and place < len(choices):
                name = choices[place].name
            if name and name not in taken:
                taken.add(name)
                rows.append((row, name))
        return tuple(rows)

    # --- what cells mean ----------------------------------------------------------------------

    def _typed(
        self, sheet: Sheet, asked: Mapping[Spot, Question | TableColumn], parts: Mapping[Part, Spot]
    ) -> Sheet:
        """The sheet with the cells that are read as a workbook would hold them.

        Exports write numbers as text and choices by name, or by a label in any language.
        """
        cells = {}
        for spot in (*asked, *parts.values()):
            cell = sheet.at(*spot)
            if cell is not None:
                cells[spot] = cell
        for spot, one in asked.items():
            if spot in cells:
                cells[spot] = self._meant(cells[spot], one)
        classes = tuple(self.beside.classes.values())
        for part, kinds in ((Part.REASON, self.beside.reasons), (Part.EVIDENCE_CLASS, classes)):
            spot = parts.get(part, (0, 0))
            if spot in cells:
                cells[spot] = _renamed(cells[spot], _spoken(kinds, self.pack.languages))
        return Sheet(sheet.name, sheet.state, cells, masks=sheet.masks)

    def _meant(self, cell: Cell, asked: Question | TableColumn) -> Cell:
        text = shown(cell).strip()
        if asked.type in (QuestionType.INTEGER, QuestionType.DECIMAL):
            if cell.kind is CellKind.TEXT and _NUMBER.match(text):
                return cell._replace(kind=CellKind.NUMBER, value=float(text))
            return cell
        if asked.type is QuestionType.SELECT_MULTIPLE:  # a column of a table
            found = _several_names(text, asked, self.pack)
            return cell._replace(kind=CellKind.TEXT, value=";".join(found)) if found else cell
        if asked.type in _CHOICES:
            level = _LEVEL.match(text) if asked.type is QuestionType.LEVEL else None
            if level is not None:
                return cell._replace(kind=CellKind.TEXT, value=level[1])
            return _renamed(cell, _spoken(asked.choices, self.pack.languages))
        return cell

    def _beside(self, place: Located) -> Located:
        return self.lines.get(place.question.name, place)


class _RowCells(AnswerCells):
    """Answer cells of an export, which writes several choices in ways of its own."""

    def __init__(self, main: Sheet, pack: Pack, reader: Reader) -> None:
        super().__init__(
            reader.identity.language, reader.translate, reader.cells.epoch_1904, reader.findings
        )
        self.main, self.pack = main, pack

    def _ticks(self, place: Located) -> tuple[AnswerValue | None, str, bool]:
        """Several choices: names or labels in one cell, or 1 and 0 in a column each."""
        if not place.ticks:
            cell = self.main.at(*place.spot)
            text = "" if cell is None else shown(cell).strip()
            chosen, bad = list(_several_names(text, place.question, self.pack)), ""
            if text and not chosen:
                bad = text
        else:
            chosen, bad = self._flags(place)
        if bad:
            labels = one_of(str(choice.label) for choice in place.question.choices[:SHORT_LIST])
            self.findings.report(
                place, place.spot, "unknown-choice", value=bad[:200], suggestion=labels
            )
            return None, bad, True
        alone = [c for c in place.question.choices if c.exclusive and c.name in chosen]
        if alone and len(chosen) > 1:
            self.findings.report(place, place.spot, "exclusive-choice", value=str(alone[0].label))
            return None, " ".join(chosen), True
        return (tuple(chosen) if chosen else None), "", False

    def _flags(self, place: Located) -> tuple[list[str], str]:
        chosen = []
        for choice, spot in place.ticks.items():
            cell = self.main.at(*spot)
            text = "" if cell is None else shown(cell).strip()
            if text.casefold() in _YES:
                chosen.append(choice)
            elif text and text.casefold() not in _NO:
                return [], f"{choice}: {text}"
        order = [choice.name for choice in place.question.choices]
        return sorted(chosen, key=order.index), ""


def _several_names(text: str, asked: Question | TableColumn, pack: Pack) -> list[str]:
    """The choices of a cell: names with blanks between, or labels; empty where one is unknown.

    KoboToolbox writes labels with blanks between, so that they are taken from the left, the
    longest first.
    """
    names = _spoken(asked.choices, pack.languages)
    found, rest = [], alike(text.replace(";", " ").replace("|", " ").replace("\n", " "))
    while rest:
        fits = [label for label in names
                if rest == label or rest.startswith((f"{label} ", f"{label},"))]  # fmt: skip
        if not fits:
            return []
        longest = max(fits, key=len)
        found.append(names[longest])
        rest = rest[len(longest) :].lstrip(" ,")
    return list(dict.fromkeys(found))


def _spoken(choices: Iterable[Choice], languages: Iterable[str]) -> dict[str, str]:
    """Every way to write a choice: its label in any language, and its name, which wins."""
    spoken = tuple(languages)
    found: dict[str, str] = {}
    for choice in choices:
        for code in spoken:
            if text := choice.label.in_(code):
                found.setdefault(alike(text), choice.name)
    found.update({choice.name.casefold(): choice.name for choice in choices})
    return found


def _renamed(cell: Cell, names: Mapping[str, str]) -> Cell:
    name = names.get(alike(shown(cell)))
    return cell if name is None else cell._replace(kind=CellKind.TEXT, value=name)
