"""Reading the tables of a pack: CSV as an expert saved it, with its columns checked by name.

A misspelt column would lose what stands in it without a word, so every column must be known, and
one that is not is named with the nearest that is. Rows keep the number that Excel shows.
"""

from __future__ import annotations

import csv
import difflib
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from assessments.language import disagreement
from assessments.pack.model import NO_WORDS, SOURCE_LANGUAGE, Words
from assessments.problems import Problem, Severity

_WORDED = re.compile(
    r"(?P<stem>[A-Za-z_0-9]+)::(?P<language>[^()]*[^() ])"
    r" \((?P<code>[a-z]{2,3}(?:-[A-Za-z0-9]+)*)\)"
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns a table may have: plain ones, and texts that stand once for each language."""

    plain: tuple[str, ...]
    worded: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()  # plain or worded
    ignored: tuple[str, ...] = ()  # known to XLSForm, of no meaning here


@dataclass
class Faults:
    """Everything found wrong in a pack, collected so that it is reported at once."""

    problems: list[Problem] = field(default_factory=list)

    def add(
        self,
        code: str,
        message: str,
        remedy: str,
        *,
        file: str = "",
        row: int | None = None,
        column: str = "",
        question: str = "",
        note: bool = False,
    ) -> None:
        """Note one fault; `note` marks information that does not refuse the pack."""
        self.problems.append(
            Problem(
                code=code,
                severity=Severity.NOTE if note else Severity.FILE,
                message=message,
                remedy=remedy,
                file=file,
                row=row,
                column=column,
                question=question,
            )
        )


class Record:
    """One row of a table: cells by column, with the place to name when one is wrong."""

    __slots__ = ("_table", "cells", "row")

    def __init__(self, table: Table, row: int, cells: Mapping[str, str]) -> None:
        self._table = table
        self.row = row
        self.cells = cells

    @property
    def file(self) -> str:
        return self._table.file

    @property
    def faults(self) -> Faults:
        return self._table.faults

    def text(self, column: str) -> str:
        """The cell, without blanks around it; '' where the table has no such column."""
        return self.cells.get(column, "")

    def parts(self, column: str) -> tuple[str, ...]:
        """The cell as a bar-separated list."""
        cell = self.cells.get(column)
        return tuple(filter(None, map(str.strip, cell.split("|")))) if cell else ()

    def words(self, stem: str) -> Words:
        """The texts of a worded column in every language it has."""
        texts = {
            code: cell
            for code, column in self._table.languages_of.get(stem, ())
            if (cell := self.cells.get(column))
        }
        if not texts:
            return NO_WORDS
        return Words(texts, self._unreviewed)

    @property
    def _unreviewed(self) -> frozenset[str]:
        cell = self.cells.get("unreviewed")
        return frozenset(self.parts("unreviewed")) if cell else frozenset()

    def wrong(self, code: str, column: str, message: str, remedy: str, note: bool = False) -> None:
        """Note a fault of one cell of this row."""
        self.faults.add(
            code, message, remedy, file=self.file, row=self.row, column=column, note=note,
            question=self.text("name") if self.file == "survey.csv" else "",
        )  # fmt: skip

    def flag(self, column: str) -> bool:
        """True for `y`, `yes` or `true`; notes a fault for anything but those and no."""
        cell = self.text(column).lower()
        if cell in {"y", "yes", "true", "true()", "1"}:
            return True
        if cell not in {"", "n", "no", "false", "false()", "0"}:
            self.wrong("not-yes-or-no", column, f"«{cell}» is neither y nor n.", "Write y or n.")
        return False

    def number(self, column: str, default: float | None = None) -> float | None:
        """The cell as a number; `default` where it is empty. Notes a fault for other text."""
        cell = self.text(column)
        if not cell:
            return default
        try:
            number = float(cell)
        except ValueError:
            number = float("nan")
        if not math.isfinite(number):
            self.wrong(
                "not-a-number", column, f"«{cell}» is no number.",
                "Write digits, with a point before decimals.",
            )  # fmt: skip
            return default
        return number

    def one_of(self, column: str, allowed: Sequence[str], default: str = "") -> str:
        """The cell, where it is one of `allowed`; notes a fault otherwise."""
        cell = self.text(column) or default
        if cell in allowed:
            return cell
        self.wrong(
            "not-allowed", column, f"«{cell}» is none of: {', '.join(filter(None, allowed))}.",
            f"Write one of them{nearest(cell, allowed)}.",
        )  # fmt: skip
        return default if default in allowed else allowed[0]


class Table:
    """A table of the pack, read."""

    def __init__(self, file: str, header: Sequence[str], faults: Faults) -> None:
        self.file = file
        self.header = tuple(header)
        self.faults = faults
        self.records: list[Record] = []

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    @cached_property
    def languages_of(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """For each worded column: (language code, column) pairs."""
        found: dict[str, list[tuple[str, str]]] = {}
        for column in self.header:
            match = _WORDED.fullmatch(column)
            if match:
                found.setdefault(match["stem"], []).append((match["code"], column))
            elif "::" not in column:
                found.setdefault(column, []).append((SOURCE_LANGUAGE, column))
        return {stem: tuple(pairs) for stem, pairs in found.items()}


def nearest(word: str, known: Sequence[str]) -> str:
    """`; perhaps «...» is meant` for a misspelt word, '' where nothing comes near."""
    close = difflib.get_close_matches(word, [name for name in known if name], n=1, cutoff=0.6)
    return f"; perhaps «{close[0]}» is meant" if close else ""


def read_table(folder: Path, file: str, columns: Columns, faults: Faults) -> Table:
    """Read one CSV table; whatever is wrong with the file or its columns goes to `faults`."""
    try:
        text = (folder / file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        faults.add(
            "not-utf-8", f"{file} is not UTF-8 text (byte {error.start}).",
            "In Excel save it as «CSV UTF-8 (comma delimited)».", file=file,
        )  # fmt: skip
        return Table(file, (), faults)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        faults.add(
            "not-csv", f"{file} cannot be read as CSV: {error}.",
            "Close every quotation mark; a quotation mark inside a text is doubled.", file=file,
        )  # fmt: skip
        return Table(file, (), faults)
    header = [cell.strip() for cell in lines[0]] if lines else []
    if len(header) == 1 and header[0].count(";") > 1:
        faults.add(
            "not-csv", f"{file} is separated by semicolons.",
            "Save it with commas between the cells.", file=file, row=1,
        )  # fmt: skip
        return Table(file, (), faults)
    table = Table(file, header, faults)
    _check_header(table, columns)
    for row, line in enumerate(lines[1:], start=2):
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        if len(cells) > len(header) and any(cells[len(header) :]):
            faults.add(
                "too-many-cells", f"The row has {len(cells)} cells under {len(header)} headings.",
                "Put a text that holds commas in quotation marks.", file=file, row=row,
            )  # fmt: skip
        table.records.append(Record(table, row, dict(zip(header, cells, strict=False))))
    return table


def _check_header(table: Table, columns: Columns) -> None:
    known = (*columns.plain, *columns.worded, *columns.ignored)
    stems: set[str] = set()
    codes: dict[tuple[str, str], str] = {}
    for position, column in enumerate(table.header):
        place = table.file
        if column and column in table.header[:position]:
            table.faults.add(
                "column-twice", f"The column «{column}» stands twice.",
                "Keep one and move the other's cells into it.", file=place, row=1, column=column,
            )  # fmt: skip
            continue
        match = _WORDED.fullmatch(column)
        stem = match["stem"] if match else column
        if match and stem in columns.worded:
            stems.add(stem)
            if right := disagreement(match["language"], match["code"]):
                table.faults.add(
                    "wrong-language-column",
                    f"The column «{column}» names no language, or two.",
                    f"Write the language and its code, as in «{stem}::{right}».",
                    file=place, row=1, column=column,
                )  # fmt: skip
            earlier = codes.setdefault((stem, match["code"]), column)
            if earlier != column:
                table.faults.add(
                    "column-twice", f"«{earlier}» and «{column}» are the same language.",
                    "Keep one.", file=place, row=1, column=column,
                )  # fmt: skip
        elif column in known or stem in columns.ignored or not column:
            stems.add(column)
        elif _stem_of(column) in (*columns.worded, *columns.ignored):
            stem = _stem_of(column)
            stems.add(stem)
            table.faults.add(
                "wrong-language-column",
                f"The column «{column}» names no language as XLSForm does.",
                f"Write it as «{stem}::English (en)», with the language and its code.",
                file=place, row=1, column=column,
            )  # fmt: skip
        else:
            table.faults.add(
                "unknown-column", f"The column «{column}» is not known in {table.file}.",
                f"Correct its name or remove it{nearest(_stem_of(column), known)}.",
                file=place, row=1, column=column,
            )  # fmt: skip
    for needed in columns.needed:
        if needed not in stems:
            name = f"{needed}::English (en)" if needed in columns.worded else needed
            table.faults.add(
                "missing-column", f"{table.file} has no column «{name}».",
                "Add it.", file=table.file, row=1, column=name,
            )  # fmt: skip


def _stem_of(column: str) -> str:
    return re.split(r"\s*:+\s*", column, maxsplit=1)[0].strip().lower()


def with_more(faults: int) -> str:
    """How a sentence that names the first fault says that there are others."""
    return "" if faults == 1 else f", for {faults} faults; the first"
