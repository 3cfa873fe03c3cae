"""The plain spelling of cells and shared texts, read without building a tree.

Nearly all that Excel, LibreOffice, openpyxl and XlsxWriter write of a sheet is cells in one order,
with one order of attributes, and texts without markup. That much is a regular language, and
matching it is several times as fast as walking a tree. A part is plain only if the pattern covers
every character of it: where anything else stands there (another order, a comment, an entity of its
own, a prefix, a cell twice), these functions return None and the part is parsed. They never guess.
What they take for plain has one meaning in XML, provided that the part is well-formed; that it is
well-formed is seen by the second reader, whose parser goes over the whole part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache
from operator import ge

from assessments.untrusted.cells import (
    LAST_COLUMN,
    LAST_ROW,
    MOST_CELLS,
    Area,
    Cell,
    CellKind,
    area,
    column_number,
)
from assessments.untrusted.parts import MAIN, unescaped, whole

# row, column, type, style, stored value, formula, own text: as spelled, nothing interpreted
Stored = tuple[int, int, str, int, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Ordinary:
    """The cells that most are, as they are spelled: a shared text in a style that hides nothing."""

    texts: Mapping[str, str]  # by the text's number
    styles: Set[str]


@dataclass(frozen=True, slots=True)
class Rows:
    """What is stored in a worksheet part, and what may hide it."""

    # ordinary cells as they are; in the place of each other one something, which `stored` replaces
    cells: dict[tuple[int, int], Cell]
    stored: Iterable[Stored]  # may be read once
    hidden_rows: set[int]  # complete when `stored` has been read
    hidden_columns: tuple[tuple[int, int], ...]
    merged: tuple[Area, ...]


def _uncaptured(pattern: str) -> str:
    """The pattern with its groups open to nobody."""
    return re.sub(r"\((?!\?)", "(?:", pattern)


_TEXT = r"[^<>]*"
_ATTRIBUTES = r'(?: [A-Za-z][A-Za-z0-9:]*="[^"<>&]*")*'
_T = rf'<t(?: xml:space="preserve")?>({_TEXT})</t>'
_INSIDE = (
    rf"(<f{_ATTRIBUTES}(?:/>|>({_TEXT})</f>))?"
    rf"(<v>({_TEXT})</v>|<v ?/>)?"
    rf"(<is>{_T}</is>)?"
)
_TOKEN = re.compile(
    r'(<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,5})")?'
    # a run of empty cells of one row, as most cells of a table are, is one token
    r'(?:/>(?:<c r="[A-Z]{1,2}\3"(?: s="[0-9]{1,5}")?/>)*'
    r'|(?: t="([A-Za-z]{1,9})")?(?:/>|>(?:<v>([^<>]+)</v>'
    r'|<is><t(?: xml:space="preserve")?>([^<>]+)</t></is>'
    rf"|({_uncaptured(_INSIDE)}))</c>))"
    rf'|<row r="([0-9]{{1,7}})"({_ATTRIBUTES}) ?(/?)>|</row>)'
)
_CELL = re.compile(_INSIDE)
_new = tuple.__new__  # without a call of Python for each of thousands of cells
_PLACE = Cell(0, 0, CellKind.TEXT, "")  # until it is known what stands there
_ANOTHER = "/><c"  # in a run of empty cells
_LETTERS = re.compile(r'<c r="([A-Z]+)')
_ATTRIBUTE = re.compile(r' ([A-Za-z0-9:]+)="([^"]*)"')
_ITEM = re.compile(rf"(<si>{_T}</si>)")
_DECLARED = (
    r"""(?:<\?xml version=["']1\.0["'](?: encoding=["'][Uu][Tt][Ff]-8["'])?"""
    r"""(?: standalone=["'](?:yes|no)["'])? ?\?>\s*)?"""
)
_SHEET = re.compile(rf'{_DECLARED}<worksheet((?: [A-Za-z0-9:]+="[^"<>&]*")+)>')
# what stands around the rows must be ordinary elements of one namespace; then these are what they
# look like
_UNUSUAL = ("<!", "<?", "xmlns=")
_PREFIXED = re.compile(r":(?:mergeCell|cols?)\b")
_MERGED = re.compile(r'<mergeCell ref="([A-Z0-9:]+)" ?/>')
_COLUMN = re.compile(r"<col((?: [A-Za-z0-9:]+=\"[^\"<>&]*\")*) ?/>")
_STRINGS = re.compile(rf'{_DECLARED}<sst((?: [A-Za-z]+="[^"<>&]*")+)>')
_MEANT = f' xmlns="{MAIN[1:-1]}"'
_ENTITY = re.compile(r"&(#([0-9]{1,7});|[^;]*;?)")
_ALLOWED = range(32, 0xD800)  # of the code points of XML 1.0 those that programs write
_CHARACTERS = {"amp;": "&", "lt;": "<", "gt;": ">", "quot;": '"', "apos;": "'"}


def rows(part: bytes, ordinary: Ordinary) -> Rows | None:
    """The cells that hold something; None where the part is not spelled plainly."""
    text = _decoded(part)
    head = _SHEET.match(text)
    begin, end = text.find("<sheetData>"), text.find("</sheetData>")
    if head is None or _MEANT not in head[1] or not head.end() <= begin < end:
        return None
    before, after = text[head.end() : begin], text[end + len("</sheetData>") :]
    around = before + after
    if text.count("sheetData") != 2 or any(sign in around for sign in _UNUSUAL):
        return None
    if (":mergeCell" in around or ":col" in around) and _PREFIXED.search(around):
        return None
    columns, merged = _COLUMN.findall(before), _MERGED.findall(after)
    if around.count("<col ") != len(columns) or around.count("<mergeCell ") != len(merged):
        return None
    found = _cells(text[begin + len("<sheetData>") : end], ordinary)
    if found is None:
        return None
    cells, stored, hidden_rows = found
    hidden = (dict(_ATTRIBUTE.findall(column)) for column in columns if "hidden" in column)
    return Rows(
        cells,
        stored,
        hidden_rows,
        tuple(
            (whole(column["min"]), whole(column["max"]))
            for column in hidden
            if column["hidden"] in ("1", "true")
        ),
        tuple(one for one in map(area, merged) if one is not None),
    )


def strings(part: bytes) -> list[str] | None:
    """The shared texts; None where the part is not spelled plainly."""
    text = _decoded(part).rstrip()
    head = _STRINGS.match(text)
    if head is None or _MEANT not in head[1] or not text.endswith("</sst>"):
        return None
    body = text[head.end() : -len("</sst>")]
    items = _ITEM.findall(body)
    if sum(len(whole) for whole, _ in items) != len(body):
        return None
    try:
        return [
            unescaped(_characters(item)) if "&" in item or "_x" in item else item
            for _, item in items
        ]
    except KeyError:
        return None


def _decoded(part: bytes) -> str:
    """The part as text; "" where its line ends or bytes are none that stand for themselves."""
    try:
        text = part.decode()
    except UnicodeDecodeError:
        return ""
    return "" if "\r" in text else text


_Found = tuple[dict[tuple[int, int], Cell], list[Stored], set[int]]


def _cells(body: str, ordinary: Ordinary) -> _Found | None:
    if body.count("<c ") > MOST_CELLS:
        return None
    tokens = _TOKEN.findall(body)
    if sum([len(token[0]) for token in tokens]) != len(body):
        return None
    try:
        return _as_stored(tokens, ordinary)
    except KeyError:
        return None


def _as_stored(tokens: Iterable[tuple[str, ...]], ordinary: Ordinary) -> _Found | None:
    """What the tokens of a sheet say, one after the other. KeyError: they are not plain."""
    texts, styles = ordinary.texts, ordinary.styles
    hidden: set[int] = set()
    cells: dict[tuple[int, int], Cell] = {}
    found: list[Stored] = []
    row = column = 0
    open_row = ""  # the number of the row that is open, as spelled
    for token, letters, number, style, kind, value, own, inside, new_row, said, shut in tokens:
        if letters:
            before, column = column, column_number(letters)
            if number != open_row or not before < column <= LAST_COLUMN:
                return None  # among others where a cell stands twice: the parser says which
            if kind == "s" and value in texts and style in styles:  # nine in ten
                cells[row, column] = _new(Cell, (row, column, CellKind.TEXT, texts[value], False))
            elif value or own or inside:
                cells[row, column] = _PLACE
                inner = _inner(value, own, inside)
                found.append((row, column, kind or "n", int(style or 0), *inner))
            elif _ANOTHER in token:
                column = _last_column(token)
        elif new_row:
            before, row = row, int(new_row)
            if open_row or not before < row <= LAST_ROW:
                return None
            if _is_hidden(said):
                hidden.add(row)
            open_row, column = "" if shut else new_row, 0
        elif not open_row:
            return None
        else:
            open_row = ""
    return None if open_row else (cells, found, hidden)


def _last_column(run: str) -> int:
    """Where a run of empty cells of one row ends. KeyError: it goes back, or on one spot."""
    columns = [column_number(letters) for letters in _LETTERS.findall(run)]
    if any(map(ge, columns, columns[1:])):
        raise KeyError(run)
    return columns[-1]


def _inner(value: str, own: str, inside: str) -> tuple[str | None, str | None, str | None]:
    """Stored value, formula and own text of a cell, of which it has one or more."""
    if value:
        return _characters(value), None, None
    if own:
        return None, None, unescaped(_characters(own))
    found = _CELL.fullmatch(inside)
    assert found is not None  # the token holds nothing else
    f, formula, v, value, i, inline = found.groups("")
    return (
        _characters(value) if v else None,
        _characters(formula) if f else None,
        unescaped(_characters(inline)) if i else None,
    )


@cache
def _is_hidden(said: str) -> bool:
    """Whether a row that says this besides its number is hidden. KeyError: it is not plain."""
    attributes = dict(_ATTRIBUTE.findall(said))
    if len(attributes) != said.count('="') or "r" in attributes:
        raise KeyError(said)
    return attributes.get("hidden") in ("1", "true")


def _characters(text: str) -> str:
    """The text with references to characters replaced. Raises KeyError for any other entity."""
    return text if "&" not in text else _ENTITY.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    decimal = found[2]
    if decimal is None:
        return _CHARACTERS[found[1]]
    code = int(decimal)
    if code in _ALLOWED or code in (9, 10, 13):
        return chr(code)
    raise KeyError(decimal)
