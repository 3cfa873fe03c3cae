"""The figures that stand in the files of one report, read from the files alone.

Nothing of the library that wrote them is asked: numbers are read as a person would, by the printed
id beside them and the decimal mark of the language.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from lxml import etree

COMMA = frozenset({"fr", "es"})  # languages that write 1,5; English and Arabic write 1.5
_ID = re.compile(r"\[((SC|DIM|FORM|GAP|BL|PKG|IND)_X\w+)\]")
_LEVEL = re.compile(r"(?<![\d.,(])\d[.,]\d(?![\d.,(]*\d)")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[\u00a0\u202f.,]\d+)*(?!\w)")
_PIECE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)")  # a PDF keeps no narrow blanks
Said = dict[str, set[Decimal | None]]


@dataclass
class Figures:
    """What one file states: by printed id every value that stands anywhere beside it."""

    levels: Said = field(default_factory=lambda: defaultdict(set))
    targets: Said = field(default_factory=lambda: defaultdict(set))
    coverage: Said = field(default_factory=lambda: defaultdict(set))  # 0 to 1
    places: Said = field(default_factory=lambda: defaultdict(set))  # of a gap in their order
    lines: Said = field(default_factory=lambda: defaultdict(set))  # amount of a budget line
    packages: Said = field(default_factory=lambda: defaultdict(set))  # total of an offer
    years: tuple[Decimal, ...] = ()
    subtotals: set[Decimal] = field(default_factory=set)
    support: set[Decimal] = field(default_factory=set)
    totals: set[Decimal] = field(default_factory=set)
    indicators: set[str] = field(default_factory=set)

    def one(self, said: Said) -> dict[str, Decimal | None]:
        """The value of each id; AssertionError where two different ones stand in the file."""
        double = {name: values for name, values in said.items() if len(values) != 1}
        assert not double, double
        return {name: next(iter(values)) for name, values in said.items()}


# --- Word -----------------------------------------------------------------------------------------


def in_word(path: Path, language: str) -> Figures:
    """The figures of tables and sentences of a Word report."""
    document = Document(str(path))
    found = Figures()
    for table in document.tables:
        _of_table(table, language, found)
    for paragraph in document.paragraphs:
        for name, kind in _ID.findall(paragraph.text):
            stated = _LEVEL.findall(paragraph.text.split(f"[{name}]")[0])
            if kind == "GAP" and paragraph.text.count("[GAP_") == 1 and len(stated) >= 2:
                level, target = (_read(one, language) for one in stated[:2])
                found.levels[name.replace("GAP", "SC", 1)].add(level)
                found.targets[name.replace("GAP", "SC", 1)].add(target)
            elif kind == "SC" and len(stated) == 1:
                found.levels[name].add(_read(stated[0], language))
    return found


def _of_table(table: Table, language: str, found: Figures) -> None:
    rows = [_cells(row) for row in table._tbl.tr_lst]

    def read(text: str) -> Decimal | None:
        return _read(text, language)

    for cells in rows:
        named = [(at, *_ID.findall(text)[0]) for at, text in enumerate(cells) if _ID.search(text)]
        for at, name, kind in named[:1] if named and named[0][2] != "IND" else ():
            if kind == "SC" and len(cells) == 7:
                level, target, covered = (2, 4, 5) if at else (1, 4, 5)
                found.levels[name].add(read(cells[level]))
                found.targets[name].add(read(cells[target]))
                found.coverage[name].add(_share(read(cells[covered])))
            elif kind in {"DIM", "FORM"} and len(cells) == 6:
                found.levels[name].add(read(cells[1]))
                found.coverage[name].add(_share(read(cells[4])))
            elif kind == "GAP" and len(cells) == 7:
                found.places[name].add(read(cells[0]))
                found.levels[name.replace("GAP", "SC", 1)].add(read(cells[2]))
                found.targets[name.replace("GAP", "SC", 1)].add(read(cells[3]))
            elif kind == "BL":
                found.lines[name].add(read(cells[-1]))
            elif kind == "PKG":
                found.packages[name].add(read(cells[-1]))
        found.indicators |= {
            name for text in cells for name, kind in _ID.findall(text) if kind == "IND"
        }
    if len(rows) > 4 and {len(cells) for cells in rows} == {3}:
        ends = [cells[2] for cells in rows[-3:]]
        if ends == ["", "", ""] and all(read(cells[1]) is not None for cells in rows[-3:]):
            subtotal, support, total = (_known(read(cells[1])) for cells in rows[-3:])
            found.subtotals.add(subtotal)
            found.support.add(support)
            found.totals.add(total)
            if re.search(r"(^|\s)1$", rows[1][0]):  # year 1
                found.years = tuple(_known(read(cells[1])) for cells in rows[1:-3])


def _cells(row: Any) -> list[str]:
    return [
        "\n".join(
            "".join(part.text or "" for part in paragraph.iter(qn("w:t")))
            for paragraph in cell.iter(qn("w:p"))
        ).strip()
        for cell in row.tc_lst
    ]


def _read(text: str, language: str) -> Decimal | None:
    """The number that a cell holds, or begins with; None for a dash."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    digits = re.sub("[\u00a0\u202f]", "", found.group())
    if language in COMMA:
        return Decimal(digits.replace(".", "").replace(",", "."))
    return Decimal(digits.replace(",", ""))


def _share(per_cent: Decimal | None) -> Decimal | None:
    return None if per_cent is None else per_cent / 100


def _known(value: Decimal | None) -> Decimal:
    assert value is not None
    return value


# --- PDF ------------------------------------------------------------------------------------------


def numbers_of_word(path: Path) -> Counter[str]:
    """Every number of the body of a Word file, as it is written, with how often it stands there."""
    body = Document(str(path)).element.body
    lines = (
        "".join(_text(part) for part in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br")))
        for paragraph in body.iter(qn("w:p"))
    )
    return numbers_in(lines)


def numbers_of_pdf(path: Path) -> Counter[str]:
    """Every number of the text of a PDF, headers and page numbers among them."""
    done = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return numbers_in(done.stdout.decode("utf-8").split("\n"))


def _text(part: Any) -> str:
    return part.text or "" if part.tag == qn("w:t") else " "


def numbers_in(lines: Iterable[str]) -> Counter[str]:
    """Each number as written, with its separators; a space parts two."""
    return Counter(found for line in lines for found in _PIECE.findall(line.replace("\u200b", "")))


# --- the annex ------------------------------------------------------------------------------------

_LEVELS, _PROFILE, _GAPS, _BUDGET = 3, 4, 6, 7  # sheets by their place, the same in all languages
_FIRST = 5  # first row of lines, from 1


def in_annex(book: Any) -> Figures:
    """The figures of an annex that LibreOffice has computed anew."""
    found = Figures()
    sheets = book.worksheets
    for row in _lines(sheets[_LEVELS]):
        found.levels[row[0]].add(_cell(row[10]))
        found.targets[row[0]].add(_cell(row[11]))
        found.coverage[row[0]].add(_cell(row[7]))
    for row in _lines(sheets[_PROFILE]):
        found.levels[row[0]].add(_cell(row[2]))
        found.coverage[row[0]].add(_cell(row[3]))
    for row in _lines(sheets[_GAPS]):
        found.places[row[0]].add(_cell(row[2]))
    years: dict[int, Decimal] = defaultdict(Decimal)
    for row in _lines(sheets[_BUDGET]):
        amount = Decimal(str(row[8])).quantize(Decimal("0.01"))
        found.lines[row[0]].add(amount)
        years[int(row[4])] += amount
    found.years = tuple(amount for _, amount in sorted(years.items()))
    rest = [
        Decimal(str(row[8])).quantize(Decimal("0.01"))
        for row in sheets[_BUDGET].iter_rows(min_row=_FIRST, values_only=True)
        if not row[0] and row[3]
    ]
    for place, one in zip((found.subtotals, found.support, found.totals), rest[-3:], strict=True):
        place.add(one)
    return found


def _lines(sheet: Any) -> Iterator[Any]:
    rows = sheet.iter_rows(min_row=_FIRST, values_only=True)
    return (row for row in rows if row[0])


def _cell(value: Any) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, int | float) else None


# --- IATI -----------------------------------------------------------------------------------------


def in_iati(path: Path) -> Figures:
    """Amounts of the years, support cost included, and the levels of the indicators."""
    activity = etree.parse(str(path)).getroot()
    found = Figures()
    found.years = tuple(Decimal(str(one.text)) for one in activity.iter("value"))
    for indicator in activity.iter("indicator"):
        said = " ".join(str(text) for text in indicator.itertext())
        named = re.search(r"IND_(X\w+)", said)
        assert named is not None
        found.indicators.add(named.group())
        baseline, target = indicator.find("baseline"), indicator.find("period/target")
        if baseline is not None and target is not None and baseline.get("value"):
            score = "SC_" + named.group(1).rpartition("_")[0]
            found.levels[score].add(Decimal(str(baseline.get("value"))))
            found.targets[score].add(Decimal(str(target.get("value"))))
    return found
