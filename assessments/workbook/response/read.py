"""Read a returned response workbook against what the report states now.

Nothing is guessed: a line counts where its id, its wording and its choice are what the report and
the list say. Whatever is wrong is told with its cell, all at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assessments.identifiers import Kind, printed_id, split_id
from assessments.language import all_of, words
from assessments.problems import Problem, refuses
from assessments.results import Answer, AnswerState, Source
from assessments.untrusted import Cells
from assessments.untrusted.cells import Cell, CellKind, Mask, Sheet, address, shown
from assessments.untrusted.texts import refusal
from assessments.workbook.findings import as_seen
from assessments.workbook.response.claim import Claim
from assessments.workbook.response.form import Choice, Form, Item, Response, text_hash
from assessments.workbook.response.layout import (
    COLUMNS,
    FIRST_ROW,
    HIDDEN,
    SIGNED_BY,
    SIGNED_ON,
    choice_labels,
    headings,
)
from assessments.workbook.texts import fault
from assessments.workbook.values import Found, choice_of, is_blank, text_of, tidy

_GIVER = {"public": "GOV", "restricted": "GOVR"}  # in the printed id of a response
_ENTRIES = ("choice", "words", "evidence")
_NAMED_OPEN = 6  # lines without a response that a message names
_PRINTED = re.compile(r"(SC|REQ|ACT)_[A-Z]{3}_\d{4}")


@dataclass(frozen=True, slots=True)
class Responses:
    """What was read of one response workbook."""

    answers: tuple[Answer, ...]
    problems: tuple[Problem, ...]


def read_responses(cells: Cells, claim: Claim, form: Form, giver: str, name: str) -> Responses:
    """The responses as they are kept, one a line; `giver` stands for their institution.

    A line that cannot be read is kept as `unusable` with what was in it, and never printed.
    """
    reader = _Reader(cells, claim, form, giver, name)
    reader.read()
    problems = tuple(one.model_copy(update={"file": name}) for one in reader.problems)
    return Responses(() if refuses(problems) else tuple(reader.answers), problems)


class _Reader:
    """Walks the lines of one workbook."""

    def __init__(self, cells: Cells, claim: Claim, form: Form, giver: str, name: str) -> None:
        self.cells, self.claim, self.form, self.giver, self.name = cells, claim, form, giver, name
        self.items = {item.id: item for item in form.items}
        self.translate = words(claim.language)
        self.titles = headings(self.translate)
        self.problems: list[Problem] = []
        self.answers: list[Answer] = []
        self.seen: dict[str, str] = {}  # item -> sheet and cell of its line
        self.same = 0  # lines on which the report still says what it said

    def read(self) -> None:
        for sheet in self.cells.sheets:
            found = self._columns(sheet)
            if found is not None:
                self._sheet(sheet, *found)
        self.problems += [
            refusal("readers-disagree", sheet=sheet, cell=address(row, column),
                    one=one or "\u2013", other=other or "\u2013")
            for (sheet, row, column), (one, other) in self.cells.differences.items()
        ]  # fmt: skip
        self._compare_reports()
        if self.answers:
            self._open()
            self._signature()

    def _columns(self, sheet: Sheet) -> tuple[int, dict[str, int]] | None:
        """The row of the headings and each column's number; None for a sheet without lines."""
        if sheet.name == HIDDEN or not any(column == 1 for _, column in sheet.cells):
            return None
        known = {title: name for name, title in self.titles.items()}
        for row in sorted({row for row, _ in sheet.cells if row < FIRST_ROW + 20}):
            placed = {
                known[text]: column
                for (at, column), cell in sheet.cells.items()
                if at == row and (text := tidy(shown(cell))) in known
            }
            if {"text", "choice"} <= placed.keys() or len(placed) > 2:
                for name in COLUMNS:
                    if placed.get(name) != COLUMNS.index(name) + 1:
                        self._tell("response-heading", sheet, row, COLUMNS.index(name) + 1,
                                   value=self.titles[name])  # fmt: skip
                return row, {name: COLUMNS.index(name) + 1 for name in COLUMNS}
        if any(_PRINTED.match(sheet.text(row, 1)) for row, column in sheet.cells if column == 1):
            self._tell("response-heading", sheet, FIRST_ROW - 1, 1, value=self.titles["id"])
        return None

    def _sheet(self, sheet: Sheet, heading: int, at: Mapping[str, int]) -> None:
        for row in sorted({row for row, _ in sheet.cells if row > heading}):
            line = _Line(self, sheet, row, at)
            if not line.item_id:
                if line.entered:
                    self._tell("response-without-id", sheet, row, at["id"])
                continue
            if line.item_id in self.seen:
                self._tell("response-twice", sheet, row, at["id"], question=line.item_id,
                           value=self.seen[line.item_id])  # fmt: skip
                continue
            self.seen[line.item_id] = f"{sheet.name}!{address(row, at['id'])}"
            line.read()

    def _compare_reports(self) -> None:
        if self.claim.report == self.form.key:
            return
        sheet, cell = self.claim.place
        code = "response-report-changed" if self.same else "response-stale"
        self.problems.append(fault(code, sheet=sheet, cell=cell))

    def _open(self) -> None:
        """Lines left blank, and those that were removed: nobody else would miss them."""
        given = {one.question for one in self.answers if one.state is not AnswerState.BLANK}
        left = [item_id for item_id in self.items if item_id not in given]
        if left:
            items = all_of(left, most=_NAMED_OPEN)
            self.problems.append(
                fault("response-open", n=len(left), of=len(self.items), items=items)
            )

    def _signature(self) -> None:
        by, where = self._named(SIGNED_BY)
        day, dated = self._named(SIGNED_ON)
        signed_by = text_of(by).value if by is not None and not is_blank(by) else None
        signed_on = _day(day)
        if not signed_by or not signed_on:
            sheet, cell = where if not signed_by else dated
            self.problems.append(fault("response-unsigned", sheet=sheet, cell=cell))
            signed_by, signed_on = "", ""
        for number, answer in enumerate(self.answers):
            if isinstance(answer.value, tuple) and isinstance(row := answer.value[0], dict):
                signed = {**row, "signed_by": str(signed_by), "signed_on": signed_on}
                self.answers[number] = answer.model_copy(update={"value": (signed,)})

    def _named(self, name: str) -> tuple[Cell | None, tuple[str, str]]:
        found = next((one for one in self.cells.names if one.name == name and one.area), None)
        sheet = self.cells.sheet(found.sheet) if found else None
        if found is None or found.area is None or sheet is None:
            return None, ("", "")
        spot = found.area.top, found.area.left
        return sheet.at(*spot), (sheet.name, address(*spot))

    def _tell(
        self, code: str, sheet: Sheet, row: int, column: int, question: str = "", **fields: object
    ) -> None:
        place = {"sheet": sheet.name, "cell": address(row, column)}
        self.problems.append(fault(code, question=question, **place, **fields))  # type: ignore[arg-type]

    @cached_property
    def choices(self) -> Mapping[str, str]:
        return {choice.value: label for choice, label in choice_labels(self.translate).items()}


class _Line:
    """One finding or activity as it came back."""

    def __init__(self, reader: _Reader, sheet: Sheet, row: int, at: Mapping[str, int]) -> None:
        self.reader, self.sheet, self.row, self.at = reader, sheet, row, at
        self.item_id = sheet.text(row, at["id"]).strip()
        cells = {name: sheet.at(row, at[name]) for name in _ENTRIES}
        self.entries = {n: cell for n, cell in cells.items() if cell and not is_blank(cell)}

    @property
    def entered(self) -> bool:
        return bool(self.entries)

    def read(self) -> None:
        item = self.reader.items.get(self.item_id)
        if item is None and self.item_id not in self.reader.claim.sent:
            self._tell("response-foreign", "id", value=self.item_id[:40])
            return
        if not self._says_the_same(item):
            return
        assert item is not None
        self.reader.same += 1
        if not self.entered:
            self._keep(item, AnswerState.BLANK)
            return
        response = self._response(item)
        if response is None:
            self._keep(item, AnswerState.UNUSABLE, raw=self._raw())
        else:
            self._keep(item, AnswerState.ANSWERED, response)

    def _says_the_same(self, item: Item | None) -> bool:
        """True where the line still says what the report says; else told where it was answered."""
        here = text_hash(self.sheet.text(self.row, self.at["text"]))
        if item is not None and here == text_hash(item.text):
            return True
        sent = self.reader.claim.sent.get(self.item_id, "")
        edited = here != sent if sent else True
        if edited:
            self._tell("response-edited", "text")
        elif self.entered:
            self._tell("response-changed-since", "choice")
        if item is not None and self.entered:
            self._keep(item, AnswerState.UNUSABLE, raw=self._raw())
        return False

    def _response(self, item: Item) -> Response | None:
        """What was chosen and written, or None where it is told that something is wrong."""
        found = {name: self._found(name) for name in _ENTRIES}
        for name, one in found.items():
            if one.code and name != "choice":
                where = address(self.row, self.at[name])
                problem = one.problem(self.sheet.name, where, self.item_id)
                self.reader.problems.append(problem)
        choice, own_words = found["choice"], str(found["words"].value or "")
        listed = ", ".join(self.reader.choices.values())
        if "choice" not in self.entries:
            self._tell("response-no-choice", "choice", choices=listed)
        elif choice.code:
            raw = tidy(shown(self.entries["choice"]))[:60]
            self._tell("response-choice", "choice", value=raw, choices=listed)
        elif choice.value != Choice.ACCEPT and not own_words and not found["words"].code:
            self._tell("response-no-words", "words")
        else:
            if any(one.code for one in found.values()):
                return None
            return Response(
                item=item.id,
                content=item.content,
                choice=Choice(str(choice.value)),
                words=own_words,
                evidence=str(found["evidence"].value or ""),
                signed_by="",
                signed_on="",
                answer=self._answer_id(),
            )
        return None

    def _found(self, name: str) -> Found:
        cell = self.entries.get(name)
        if cell is None:
            return Found()
        place = (self.row, self.at[name])
        if self.sheet.hides(*place):
            self._tell("hidden-answer", name, value=shown(cell)[:200])
        if self.sheet.masks.get(place) is Mask.UNSEEN:
            self._tell("unseen-answer", name, value=shown(cell)[:200])
        if cell.formula:
            self._tell("formula-answer", name, value=shown(cell)[:200])
        choice = name == "choice"
        found = choice_of(cell, None, self.reader.choices) if choice else text_of(cell)
        return as_seen(self.sheet, place, found)

    def _keep(
        self, item: Item, state: AnswerState, response: Response | None = None, raw: str = ""
    ) -> None:
        self.reader.answers.append(
            Answer(
                id=self._answer_id(),
                question=item.id,
                institution=self.reader.giver,
                state=state,
                value=(response.as_value(),) if response else None,
                raw=raw,
                evidence=response.evidence if response else "",
                source=Source(
                    workbook_sha256=self.reader.cells.sha256,
                    sheet=self.sheet.name,
                    cell=address(self.row, self.at["choice"]),
                    file_name=self.reader.name,
                ),
            )
        )

    def _answer_id(self) -> str:
        form = self.reader.form
        kind, _, _, local = split_id(self.item_id)
        giver = _GIVER[form.edition]
        return printed_id(Kind.ANSWER, form.iso3, form.round, giver, kind.value, local)

    def _raw(self) -> str:
        return " | ".join(tidy(shown(cell)) for cell in self.entries.values())

    def _tell(self, code: str, column: str, **fields: object) -> None:
        question = "" if code == "response-foreign" else self.item_id
        self.reader._tell(code, self.sheet, self.row, self.at[column], question, **fields)


def _day(cell: Cell | None) -> str:
    """ISO date of a real date or of text such as 2026-05-31; "" for anything else."""
    if cell is None or cell.kind not in (CellKind.DATE, CellKind.TEXT):
        return ""
    try:
        return date.fromisoformat(tidy(shown(cell))[:10]).isoformat()
    except ValueError:
        return ""
