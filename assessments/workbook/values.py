"""One cell as an answer: the value it holds, or the problem that makes it unusable.

Strict on purpose: what a person would have to guess is not guessed here. A number stored as text
is unusable even where it reads clearly, and the remedy says what to type; `12,5` is twelve and a
half in Paris and a slip in London. Coded answers match a label of the workbook's language, the
English label or the choice's name, after NFC and without regard to case and outer spaces; anything
else is flagged with the nearest choice. A date may be a real date or text such as 2024-05-31,
which cannot be misread.
"""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assessments.language import Listing, all_of, one_of
from assessments.pack.model import Question, QuestionType, TableColumn
from assessments.problems import Problem
from assessments.untrusted.cells import Cell, CellKind, shown
from assessments.workbook.texts import fault

LONGEST_TEXT = 10_000
# left-to-right and right-to-left marks and joiners are part of Arabic, Persian and Hindi writing
# fillers, blanks that are letters, and tags, which carry a text that nobody sees
_SUSPECT = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_UNSEEN = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp"})  # categories of characters without ink
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_YEAR_1900, _YEAR_2100 = "1905-03-14", "1905-09-30"  # the days with these serial numbers
# Excel counts a 29 February 1900 that never was, LibreOffice does not: the serial number of an
# earlier day means one day to the one and the next to the other
FIRST_SURE_DAY = date(1900, 3, 1)
_LINE_END = re.compile("\r\n?")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_GROUPED = re.compile(r"\d{1,3}([ \u00a0\u202f\u2009'’]\d{3})+\Z")
_AMBIGUOUS = re.compile(r"\d{1,3}([.,]\d{3})+\Z")


@dataclass(frozen=True, slots=True)
class Found:
    """What a cell says: a value, or the code and fields of a problem. Both empty: a blank cell."""

    value: str | float | None = None
    code: str = ""
    fields: Mapping[str, str | Listing] = field(default_factory=dict)

    def problem(self, sheet: str, cell: str, question: str) -> Problem:
        return fault(
            self.code,
            sheet=sheet,
            cell=cell,
            question=question,
            **dict[str, Any](self.fields),
        )


BLANK = Found()


def plain(value: str | float) -> str:
    """A number without a useless fraction, a text as it is."""
    return f"{value:.15g}" if isinstance(value, float) else value


def tidy(text: str) -> str:
    """NFC, one kind of line end, without outer spaces."""
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()


def alike(text: str) -> str:
    """Texts that a person takes for one: without regard to case, to ’ or ', to kinds of blanks."""
    return " ".join(tidy(text).replace("’", "'").split()).casefold()


def is_blank(cell: Cell | None) -> bool:
    """True where a person sees an empty cell."""
    return cell is None or (cell.kind is CellKind.TEXT and not str(cell.value).strip())


def value_of(
    cell: Cell | None,
    asked: Question | TableColumn,
    labels: Mapping[str, str],
    epoch_1904: bool = False,
) -> Found:
    """The cell as an answer to `asked`; `labels` are the choices as the workbook shows them."""
    if cell is None or is_blank(cell):
        return BLANK
    text = shown(cell)[:200]
    if cell.kind is CellKind.ERROR:
        return Found(code="formula-error", fields={"value": text})
    if cell.kind is CellKind.UNCALCULATED:
        return Found(code="formula-not-calculated", fields={"value": text})
    if cell.kind is CellKind.TEXT and (hidden := _hidden(str(cell.value))):
        return Found(code="invisible-characters", fields={"value": hidden})
    if asked.type in (QuestionType.SELECT_ONE, QuestionType.LEVEL):
        return choice_of(cell, asked, labels)
    if asked.type is QuestionType.SELECT_MULTIPLE:
        return _several(cell, asked, labels)
    if asked.type in (QuestionType.INTEGER, QuestionType.DECIMAL):
        return _number(cell, whole=asked.type is QuestionType.INTEGER)
    if asked.type is QuestionType.DATE:
        return _date(cell, epoch_1904)
    return text_of(cell)


def suspects(text: str) -> Listing | None:
    """The code points of characters that hide or turn text; None where there are none."""
    found = {*_SUSPECT.findall(text), *_CONTROL.findall(text)}
    return all_of(f"U+{ord(character):04X}" for character in sorted(found)) if found else None


def _hidden(text: str) -> Listing | None:
    """As `suspects`, and the code points of a text in which there is nothing to see."""
    if text.isascii() and text.isprintable() and not text.isspace():
        return None  # plain letters, digits and signs: most entries
    unseen = all(unicodedata.category(letter) in _UNSEEN for letter in text)
    if unseen and text.strip():
        return all_of(f"U+{ord(letter):04X}" for letter in sorted(set(text.strip())))
    return suspects(text)


def text_of(cell: Cell) -> Found:
    """Free text, evidence or comment. A number typed there is text."""
    text = tidy(shown(cell))
    if cell.kind is CellKind.ERROR:
        return Found(code="formula-error", fields={"value": text[:40]})
    if cell.kind is CellKind.UNCALCULATED:
        return Found(code="formula-not-calculated", fields={"value": text[:40]})
    if hidden := _hidden(shown(cell)):
        return Found(code="invisible-characters", fields={"value": hidden})
    if len(text) > LONGEST_TEXT:
        fields = {"value": str(len(text)), "limit": str(LONGEST_TEXT)}
        return Found(code="too-long", fields=fields)
    return Found(text or None)


def choice_of(cell: Cell, asked: Question | TableColumn | None, labels: Mapping[str, str]) -> Found:
    """The choice that the cell names."""
    text = tidy(shown(cell))
    if cell.kind is CellKind.TEXT:
        for name, label in labels.items():
            if label == text:  # as the drop-down writes it
                return Found(name)
    if cell.kind in (CellKind.TEXT, CellKind.NUMBER):
        known = dict(_known(labels, asked)).get(alike(text))
        if known is not None:
            return Found(known)
    return Found(
        code="unknown-choice",
        fields={"value": text[:200], "suggestion": _nearest(text, labels.values())},
    )


def _known(
    labels: Mapping[str, str], asked: Question | TableColumn | None
) -> Iterable[tuple[str, str]]:
    """Every way to write a choice that means one thing: shown label, English label, name.

    Later pairs win, so that what the drop-down shows is what counts.
    """
    pairs: list[tuple[str, str]] = []
    if asked is not None:
        english = [(alike(str(choice.label)), choice.name) for choice in asked.choices]
        texts = [text for text, _ in english]
        pairs += [(text, name) for text, name in english if texts.count(text) == 1]
    pairs += [(name.casefold(), name) for name in labels]
    pairs += [(alike(label), name) for name, label in labels.items()]
    return pairs


SHORT_LIST = 6  # as many choices as a remedy can name


def _nearest(text: str, labels: Iterable[str]) -> Listing:
    """All of a short list, so that nothing is suggested; of a long one the label most alike."""
    shown_labels = list(labels)
    if len(shown_labels) <= SHORT_LIST:
        return one_of(shown_labels)
    folded = {_skeleton(label): label for label in shown_labels}
    close = difflib.get_close_matches(_skeleton(text), list(folded), n=1, cutoff=0.5)
    if close:
        return one_of([folded[close[0]]])
    return one_of(shown_labels[:SHORT_LIST])


def _skeleton(text: str) -> str:
    """Letters without marks, Cyrillic and Greek look-alikes as Latin, in lower case."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return plain.translate(_LOOKALIKES)


_LOOKALIKES = str.maketrans("аеорсухіјѕнктмвοαερυν", "aeopcyxijshktmboaepuv")


def _several(cell: Cell, asked: Question | TableColumn, labels: Mapping[str, str]) -> Found:
    """A table's cell with choices separated by semicolons; stored as names separated by a bar."""
    names = []
    for piece in re.split(r"[;|؛\n]", shown(cell)):
        if piece.strip():
            part = Cell(cell.row, cell.column, CellKind.TEXT, piece)
            found = choice_of(part, asked, labels)
            if found.code:
                return found
            names.append(str(found.value))
    return Found("|".join(dict.fromkeys(names)) or None)


def _number(cell: Cell, whole: bool) -> Found:
    text = shown(cell)[:200]
    if cell.kind is CellKind.DATE:
        return Found(code="date-for-number", fields={"value": text})
    if cell.kind is CellKind.PERCENT:
        return Found(code="percent-for-number", fields={"value": text})
    if cell.kind is not CellKind.NUMBER:
        return _text_for_number(text)
    value = float(cell.value)
    if not math.isfinite(value):  # of a text with more digits than a number holds
        return Found(code="not-a-number", fields={"value": text})
    if whole and not value.is_integer():
        return Found(code="not-a-whole-number", fields={"value": text})
    return Found(value)


def _text_for_number(text: str) -> Found:
    """A number as text, with what to type where it can mean one thing only."""
    plain = "".join(_digit(character) for character in tidy(text))
    if _GROUPED.match(plain):
        plain = re.sub(r"\D", "", plain)
    elif re.fullmatch(r"\d+,\d+", plain) and not _AMBIGUOUS.match(plain):
        plain = plain.replace(",", ".")
    if re.fullmatch(r"[+-]?\d+(\.\d+)?", plain) and not _AMBIGUOUS.match(plain):
        return Found(code="number-as-text", fields={"value": text, "suggestion": plain})
    return Found(code="not-a-number", fields={"value": text})


def _digit(character: str) -> str:
    """Arabic-Indic and other digits as 0 to 9."""
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def _date(cell: Cell, epoch_1904: bool) -> Found:
    text = shown(cell)[:200]
    if cell.kind is CellKind.DATE:
        if epoch_1904:
            return Found(code="other-date-epoch", fields={"value": text})
        day = text[:10]
        sure = day >= FIRST_SURE_DAY.isoformat() and not year_alone(day)
        return Found(day) if sure and _real_date(day) else _no_date(text)
    plain = "".join(_digit(character) for character in tidy(text))
    if cell.kind is CellKind.TEXT and _ISO_DATE.match(plain) and _real_date(plain):
        return Found(plain)
    return _no_date(text)


def year_alone(day: str) -> bool:
    """True for a day of 1905 that a year typed into a date cell turns into: 2024 is 16 July."""
    return _YEAR_1900 <= day <= _YEAR_2100


def _no_date(text: str) -> Found:
    return Found(code="not-a-date", fields={"value": text})


def _real_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
