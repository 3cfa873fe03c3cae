"""Fill a built workbook from text, as a hurried officer would: for rehearsal, the demo and tests.

The cells are written into the archive's own parts and everything else is left byte for byte, so
that a filled workbook has lost nothing. What fits neither list nor number is entered as it stands.
"""

from __future__ import annotations

import csv
import math
import os
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path

from lxml import etree

from assessments.errors import Mistake
from assessments.pack.model import QuestionType
from assessments.untrusted.cells import Area, Cells, Sheet, address, position
from assessments.untrusted.ooxml import read
from assessments.untrusted.parts import MAIN, PACKAGE, RELATION, BadWorkbook
from assessments.untrusted.preflight import look
from assessments.untrusted.sheets import LONGEST_TEXT
from assessments.untrusted.texts import refusal
from assessments.workbook.layout import IDENTITY, LISTS, Part, answer_name, item_id, item_names
from assessments.workbook.values import FIRST_SURE_DAY, year_alone

HEADER = (
    "question",
    "item",
    "column",
    "value",
    "no_answer_because",
    "evidence",
    "evidence_class",
    "comment",
)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")
# progress and skip logic were stored for the blank workbook: without a result, they are calculated
_STORED_RESULT = re.compile(rb"(<f>[^<]*</f>)<v>[^<]*</v>")
_EPOCH = date(1899, 12, 30)
_BESIDE = {
    "no_answer_because": Part.REASON,
    "evidence": Part.EVIDENCE,
    "evidence_class": Part.EVIDENCE_CLASS,
    "comment": Part.COMMENT,
}


class UnfitAnswers(Mistake):
    """The text asks for cells that the workbook does not have, or for what no cell can hold."""


_DEEP = (
    "A workbook asks the questions of its institution and tier. The examples answer all of them: "
    "build it with tana questionnaire build --tier deep."
)


class _CellCannotHold(Exception):
    """Excel would change this entry, so that another answer came back."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question or table column of the workbook, as its hidden sheet describes it."""

    type: QuestionType
    labels: Mapping[str, str]  # choice name -> label in the workbook's language


def _cells(data: bytes, name: str) -> Cells:
    seen = look(data)
    try:
        if not seen.faults:
            return read(seen.parts, unread=frozenset())
        code, fields = seen.faults[0]
    except BadWorkbook as fault:
        code, fields = fault.code, fault.fields
    problem = refusal(code, file=name, **fields)
    raise UnfitAnswers(f"{name}: {problem.message}", problem.remedy)


def fill_workbook(workbook: Path, answers_csv: Path, out: Path) -> Path:
    """Write a copy of `workbook` with the answers of `answers_csv` in it; returns `out`.

    The format of the text is in `questionnaires/examples/README.md`. Raises UnfitAnswers with every
    line that does not fit the workbook, or where that is no workbook.
    """
    data = workbook.read_bytes()
    form = _Form(_cells(data, workbook.name))
    for number, line in _lines(answers_csv):
        form.enter(number, line)
    if form.faults:
        shown = "; ".join(form.faults[:20])
        raise UnfitAnswers(
            f"{answers_csv.name} does not fit {workbook.name}: {shown}.",
            _DEEP if form.not_asked else "",
        )
    return write_cells(data, form.entries, out)


def _lines(answers: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each line of the text with its number. Raises UnfitAnswers where it is no such text."""
    head = f"Its first line must be {','.join(HEADER)}."
    try:
        with answers.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            if tuple(next(rows, ())) != HEADER:
                raise UnfitAnswers(f"{answers.name} has not the columns of an answers file.", head)
            for row in rows:
                if len(row) > len(HEADER):
                    raise UnfitAnswers(
                        f"Line {rows.line_num} of {answers.name} has {len(row)} cells; "
                        f"its heading has {len(HEADER)}.",
                        "Put text with a comma into quotation marks.",
                    )
                if row:
                    line = dict(zip_longest(HEADER, row, fillvalue=""))
                    yield rows.line_num, line
    except UnicodeDecodeError:
        raise UnfitAnswers(f"{answers.name} is not in UTF-8.", "Save it as CSV UTF-8.") from None
    except csv.Error as error:
        raise UnfitAnswers(f"{answers.name} is no CSV file ({error}).", head) from None


class _Form:
    """A blank workbook and the entries gathered for it."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.names = {name.name: name for name in cells.names}
        self.asked: dict[str, Asked] = {}
        self.lists: dict[str, Mapping[str, str]] = {}
        self.entries: dict[str, dict[tuple[int, int], str | float]] = {}
        self.faults: list[str] = []
        self.not_asked: set[str] = set()
        self._describe()

    def _describe(self) -> None:
        sheet = self.cells.sheet(IDENTITY)
        if sheet is None:
            raise UnfitAnswers("The workbook is no questionnaire.", "Build one first.")
        for row in sorted({row for row, _ in sheet.cells}):
            kind, name = sheet.text(row, 1), sheet.text(row, 2)
            labels = self._labels(sheet.text(row, 5))
            if kind == "list":
                self.lists[name] = labels
            elif kind in ("question", "column"):
                self.asked[name] = Asked(QuestionType(sheet.text(row, 3)), labels)

    def _labels(self, first: str) -> Mapping[str, str]:
        place, sheet = position(first), self.cells.sheet(LISTS)
        labels: dict[str, str] = {}
        if place is None or sheet is None:
            return labels
        row, column = place
        while name := sheet.text(row, column):
            labels[name] = sheet.text(row, column + 1)
            row += 1
        return labels

    def enter(self, number: int, line: Mapping[str, str]) -> None:
        """Take one line of the text."""
        question = line["question"].strip()
        asked = self.asked.get(question)
        if asked is None:
            if question not in self.not_asked:  # a table has many lines
                self.faults.append(f"line {number}: {question or 'no question'} is not asked")
            self.not_asked.add(question)
            return
        try:
            if asked.type is QuestionType.TABLE and line["column"]:
                self._table_cell(question, line)
            elif asked.type is QuestionType.SELECT_MULTIPLE and line["value"]:
                self._ticks(question, asked, line)
            elif line["value"]:
                sheet, area = self._place(answer_name(question))
                self._put(sheet, area.top, area.left, entered(line["value"], asked))
            self._beside(question, line)
        except KeyError as missing:
            self.faults.append(f"line {number}: {question} has no {missing.args[0]}")
        except _CellCannotHold as reason:
            self.faults.append(f"line {number}: {question} {reason}")

    def _place(self, name: str) -> tuple[Sheet, Area]:
        found = self.names.get(name)
        sheet = self.cells.sheet(found.sheet) if found else None
        if found is None or sheet is None or found.area is None:
            raise KeyError(name)
        return sheet, found.area

    def _put(self, sheet: Sheet, row: int, column: int, value: str | float) -> None:
        cells = self.entries.setdefault(sheet.name, {})
        if (row, column) in cells:
            raise _CellCannotHold(f"enters cell {address(row, column)} a second time")
        if isinstance(value, str) and len(value.encode("utf-16-le")) > 2 * LONGEST_TEXT:
            raise _CellCannotHold(f"has more than the {LONGEST_TEXT} characters of a cell")
        cells[row, column] = value

    def _ticks(self, question: str, asked: Asked, line: Mapping[str, str]) -> None:
        sheet, area = self._place(answer_name(question))
        ids = {sheet.text(row, column): row for row, column in sheet.cells if row > area.top}
        given = (
            {line["item"]: line["value"]}
            if line["item"]
            else dict.fromkeys(line["value"].split("|"), "yes")
        )
        for choice, value in given.items():
            row = ids.get(item_id(question, choice))
            if row is None:
                raise KeyError(f"choice {choice!r}")
            self._put(sheet, row, area.left, entered(value, asked))

    def _table_cell(self, question: str, line: Mapping[str, str]) -> None:
        sheet, area = self._place(answer_name(question))
        column = line["column"].strip()
        asked = self.asked.get(f"{question}/{column}")
        if asked is None:
            raise KeyError(f"column {column!r}")
        columns = [name.partition("/")[2] for name in self.asked if name.startswith(f"{question}/")]
        heading = self._place(item_names(question, tuple(columns))[column])[1]
        item = line["item"].strip()
        keys = {sheet.text(row, area.left): row for row in range(area.top + 1, area.bottom)}
        row = keys.get(item_id(question, item)) or keys.get(item)
        if row is None:
            raise KeyError(f"row {item!r}")
        if line["value"]:
            self._put(sheet, row, heading.left, entered(line["value"], asked))

    def _beside(self, question: str, line: Mapping[str, str]) -> None:
        table = self.asked[question].type is QuestionType.TABLE
        for key, part in _BESIDE.items():
            if not line[key]:
                continue
            sheet, row, column = self._part(question, part, table)
            labels = self.lists.get(
                {
                    "no_answer_because": "no_answer_reasons",
                    "evidence_class": "evidence_classes",
                }.get(key, ""),
                {},
            )
            self._put(sheet, row, column, labels.get(line[key], line[key]))

    def _part(self, question: str, part: Part, table: bool) -> tuple[Sheet, int, int]:
        if table:
            sheet, area = self._place(f"t_{question}__{part.value}")
            return sheet, area.top, area.left
        sheet, area = self._place(answer_name(question))
        heading = next(
            name.area
            for name in self.cells.names
            if name.sheet == sheet.name
            and name.area
            and name.name.endswith(f"__{part.value}")
            and name.name.startswith("h_")
        )
        return sheet, area.top, heading.left


def entered(text: str, asked: Asked) -> str | float:
    """What stands in the cell after typing: a label, a number, a date's serial, or text."""
    if text.startswith("'"):
        return text[1:]
    if asked.type is QuestionType.SELECT_MULTIPLE and "|" in text:
        return "; ".join(asked.labels.get(part, part) for part in text.split("|"))
    if text in asked.labels:
        return asked.labels[text]
    if asked.type in (QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.DATE):
        if _NUMBER.match(text):
            return _number(text)
        if asked.type is QuestionType.DATE and (day := _day(text)) is not None:
            return float((day - _EPOCH).days)
    return text


def _number(text: str) -> float:
    """The number of a cell, which keeps 15 digits and no more than a 64-bit float reaches."""
    digits = text.lstrip("-").replace(".", "").strip("0")
    value = float(text)
    tiny = bool(digits) and abs(value) < sys.float_info.min
    if len(digits) > sys.float_info.dig or math.isinf(value) or tiny:
        raise _CellCannotHold(f"has a number that a cell cannot keep exactly ({text[:40]})")
    return value


def _day(text: str) -> date | None:
    """The day of an ISO date, None where it has to stay text.

    Excel counts a 29 February 1900 that never was and LibreOffice does not: days before March 1900
    would be read as the next day. A number that may be a year typed alone is not taken for a day.
    """
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) or year_alone(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= FIRST_SURE_DAY else None


# --- writing into the archive -----------------------------------------------------------------


def write_cells(
    data: bytes, entries: Mapping[str, Mapping[tuple[int, int], str | float]], out: Path
) -> Path:
    import io

    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as blank,
            zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as filled,
        ):
            parts = dict(_sheet_parts(blank, entries))
            for info in blank.infolist():
                content = blank.read(info)
                if info.filename.startswith("xl/worksheets/sheet"):
                    content = _STORED_RESULT.sub(rb"\1", content)
                if info.filename in parts:
                    content = _with_cells(content, parts[info.filename])
                filled.writestr(info, content, zipfile.ZIP_DEFLATED, 1)
        temporary.replace(out)
    finally:
        temporary.unlink(missing_ok=True)
    return out


def _sheet_parts(
    archive: zipfile.ZipFile, entries: Mapping[str, Mapping[tuple[int, int], str | float]]
) -> Iterator[tuple[str, Mapping[tuple[int, int], str | float]]]:
    relations = {
        element.get("Id"): element.get("Target", "")
        for element in etree.fromstring(archive.read("xl/_rels/workbook.xml.rels")).iterfind(
            f"{PACKAGE}Relationship"
        )
    }
    workbook = etree.fromstring(archive.read("xl/workbook.xml"))
    for element in workbook.iterfind(f"{MAIN}sheets/{MAIN}sheet"):
        cells = entries.get(element.get("name", ""))
        if cells:
            target = relations[element.get(RELATION)]
            yield (target.lstrip("/") if target.startswith("/") else f"xl/{target}"), cells


def _with_cells(content: bytes, cells: Mapping[tuple[int, int], str | float]) -> bytes:
    root = etree.fromstring(content)
    existing = {cell.get("r"): cell for cell in root.iterfind(f"{MAIN}sheetData/{MAIN}row/{MAIN}c")}
    for (row, column), value in cells.items():
        cell = existing.get(address(row, column))
        if cell is None:
            raise UnfitAnswers(
                f"Cell {address(row, column)} was taken out of the workbook.",
                "Fill a workbook as it was built.",
            )
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", "")
        if isinstance(value, float):
            etree.SubElement(cell, f"{MAIN}v").text = f"{value:.17g}"
            continue
        cell.set("t", "inlineStr")
        inline = etree.SubElement(cell, f"{MAIN}is")
        text = etree.SubElement(inline, f"{MAIN}t")
        text.text = escaped(value)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def escaped(text: str) -> str:
    """Text as Excel stores it: control characters, and what looks like one of its escapes."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return re.sub(
        "[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff\ud800-\udfff]",
        lambda found: f"_x{ord(found[0]):04X}_",
        text,
    )
