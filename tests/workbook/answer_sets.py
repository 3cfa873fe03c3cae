"""Answer sets made up at random: what is typed, and what has to be read of it.

What has to be read is worked out here, from what was meant, and not by asking the reader. Texts
are drawn from all of Unicode, numbers and dates go to their limits, and every state of an answer
comes up. Some sets hold one entry that no cell of Excel can keep; those have to be refused when
they are filled in.
"""

from __future__ import annotations

import csv
import io
import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from assessments.results import AnswerState, AnswerValue

S = AnswerState
Read = tuple[AnswerState, AnswerValue | None, str, str, str]  # ..., evidence, its kind, comment
HEADER = (
    "question", "item", "column", "value",
    "no_answer_because", "evidence", "evidence_class", "comment",
)  # fmt: skip

# characters that hide text or turn its direction, fillers and letters that are blanks, tags, and
# control characters: Unicode, chapter 23; joiners, marks and variation selectors belong to writing
_HIDING = {0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x200B, 0x2800, 0x3164, 0xFEFF, 0xFFA0}
_HIDING |= {*range(0x180B, 0x1810), *range(0x202A, 0x202F), *range(0x2060, 0x2070)}
_HIDING |= {*range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080), 0x7F}
_HIDING |= {*range(0x20)} - {0x09, 0x0A, 0x0D}
LONGEST_ANSWER = 10_000  # characters that are kept of one answer
LONGEST_CELL = 32_767  # UTF-16 units that Excel keeps in a cell


@dataclass
class AnswerSet:
    """One respondent's answers."""

    lines: list[dict[str, str]] = field(default_factory=list)
    expected: dict[str, Read] = field(default_factory=dict)
    unfit: str = ""  # the question whose entry has to be refused, "" where there is none

    def as_csv(self) -> str:
        text = io.StringIO()
        writer = csv.DictWriter(
            text, HEADER, restval="", lineterminator="\n", quoting=csv.QUOTE_ALL
        )
        text.write(",".join(HEADER) + "\n")
        writer.writerows(self.lines)
        return text.getvalue()


# --- texts ------------------------------------------------------------------------------------


def _scalar(chance: random.Random) -> str:
    """Any character of Unicode, of any plane, assigned or not."""
    planes = ((0x20, 0x7F), (0xA0, 0x600), (0x600, 0x3000), (0x3000, 0xD800), (0xE000, 0x10000),
              (0x10000, 0x20000), (0x20000, 0x110000))  # fmt: skip
    return chr(chance.randrange(*chance.choice(planes)))


def _any(chance: random.Random) -> str:
    return "".join(_scalar(chance) for _ in range(chance.randint(1, 60)))


_ODD: tuple[str, ...] = (
    "=1+1", "+44 20 7946", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0", '"', '""quoted""', "a,b;c|d",
    "'apostrophe first", "''two", "_x000D_", "_x0041_x", "_x005F_x0041_", "__x0009_", "_xZZZZ_",
    "tab\there", "two\nlines", "three\r\nlines\rof it", " outer spaces ", "\u00a0no-break\u3000",
    "e\u0301 and é", "\u212b \u2126 \uf900", "क्‍ष", "👩‍👩‍👧‍👦 🏴",
    "\u05d0\u05d1 abc \u0645\u0631\u062d\u0628\u0627 123",
    "<b>&amp;</b>", "]]>", "<!-- -->", "NULL", "nan", "#REF!", "TRUE", "1e5", "007", "12,5",
    "\x00nul", "bell\x07", "unit\x1f", "del\x7f", "zero\u200bwidth", "turned\u202etxt", "\ufeffbom",
    "\ufffe\uffff", "\U0001fffe", "\U0010ffff", "\ue000", "\x85next", "\u2028line", "\x1c",
)  # fmt: skip


class Chance(random.Random):
    """Draws everything. `office`: only texts that LibreOffice itself saves unchanged."""

    office = False


# LibreOffice 7.4 takes tabs, control characters and what is no character out when it saves as ods,
# and writes a literal `_x005F_x0041_` so that it reads as `_x0041_`
_CHANGED_BY_OFFICE = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\ufffe\uffff]|_x005F_x[0-9A-F]{4}_")


def _text(chance: Chance) -> str:
    while True:
        text = _drawn_text(chance)
        if not (chance.office and _CHANGED_BY_OFFICE.search(text)):
            return text


def _drawn_text(chance: Chance) -> str:
    drawn = chance.random()
    if drawn < 0.5:
        return _any(chance)
    if drawn < 0.9:
        return chance.choice(_ODD)
    if drawn < 0.95:
        return chance.choice(" \t\n") * chance.randint(1, 4)  # nothing that a person sees
    length = chance.choice((LONGEST_ANSWER, LONGEST_ANSWER + 1, LONGEST_CELL))
    return chance.choice(("a", "ش", "é")) * length


def _kept(text: str) -> str:
    """A text as it comes back: NFC, one kind of line end, no outer spaces."""
    ends = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", ends).strip()


def _hides(text: str) -> bool:
    return any(ord(letter) in _HIDING for letter in text)


def _typed(text: str) -> str:
    """As the answers file writes it: a leading apostrophe means that the rest is text."""
    return f"'{text}" if text.startswith("'") else text


# --- one cell: what is typed, and what has to be read (None: nothing; _BAD: unusable) ---------

_BAD = "\x00unusable"
Cell = tuple[str, str | float | None]


def _text_cell(chance: Chance) -> Cell:
    text = _text(chance)
    if not text.strip():
        return _typed(text), None
    unusable = _hides(text) or len(_kept(text)) > LONGEST_ANSWER
    return _typed(text), _BAD if unusable else _kept(text)


def _choice_cell(*names: str) -> Callable[[Chance], Cell]:
    def make(chance: Chance) -> Cell:
        if chance.random() < 0.1:
            return chance.choice(("Yes!!", "perhaps", "0,5", "؟")), _BAD
        name = chance.choice(names)
        return name, name

    return make


def _number_text(chance: Chance, whole: bool) -> str:
    """Up to the 15 digits that Excel keeps, from the smallest to the largest it knows."""
    digits = chance.randint(1, 15)
    mantissa = chance.randrange(10 ** (digits - 1), 10**digits)
    shift = 0 if whole else chance.choice((-1, -2, -7, 0, 3, -290, 290))
    text = format(Decimal(mantissa).scaleb(shift), "f")
    return f"-{text}" if chance.random() < 0.2 else text


def _number_cell(low: float, high: float, *, whole: bool) -> Callable[[Chance], Cell]:
    def make(chance: Chance) -> Cell:
        drawn = chance.random()
        if drawn < 0.1:
            return chance.choice(("abt 40", "'45", "1 200", "٤٥", "NaN", "1e5", "12,5")), _BAD
        if drawn < 0.2:
            return "12.5", _BAD if whole else 12.5
        text = (
            str(chance.choice((0, 1, 41, -1, 100_000, 100_001, 1800, 2030, 2031)))
            if drawn < 0.6
            else _number_text(chance, whole)
        )
        return text, float(text) if low <= float(text) <= high else _BAD

    return make


def _date_cell(chance: Chance) -> Cell:
    drawn = chance.random()
    if drawn < 0.1:
        return chance.choice(("n/a", "2023-02-29", "12/05/2024", "'2024", "2024")), _BAD
    edges = ("0001-01-01", "1899-12-31", "1900-01-01", "1900-02-28", "1900-03-01", "1904-01-01",
             "1905-07-16", "1969-12-31", "2000-02-29", "9999-12-31")  # fmt: skip
    if drawn < 0.5:
        day = chance.choice(edges)
    else:
        day = (date(1, 1, 1) + timedelta(days=chance.randrange(3_652_058))).isoformat()
    return day, day


_CELLS: dict[str, Callable[[Chance], Cell]] = {
    "STR_1_01": _choice_cell("0", "1", "2", "3", "4"),
    "STR_1_02": _choice_cell("yes", "partly", "no"),
    "STR_1_03": _date_cell,
    "OPS_1_01": _number_cell(0, 100_000, whole=True),
    "OPS_1_02": _number_cell(float("-inf"), float("inf"), whole=False),
    "OPS_1_04": _text_cell,
}
_FREE = {
    "partner": _text_cell,
    "form": _choice_cell("mla", "ext"),
    "year": _number_cell(1800, 2030, whole=True),
}
_FIXED = {"law": _choice_cell("yes", "partly", "no"), "since": _date_cell}
_CHANNELS = ("diplomatic", "direct", "interpol")
_REASONS = {
    "no_information": S.NO_INFORMATION,
    "not_applicable": S.NOT_APPLICABLE,
    "withheld": S.WITHHELD,
}


# --- one respondent ---------------------------------------------------------------------------


class _Respondent:
    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.made = AnswerSet()

    def _line(self, question: str, **cells: str) -> None:
        self.made.lines.append({"question": question, **cells})

    def _beside(self) -> tuple[dict[str, str], str]:
        """Reason, evidence, its kind and comment as typed; and the reason's name."""
        chance, cells = self.chance, dict[str, str]()
        if chance.random() < 0.25:
            cells["no_answer_because"] = chance.choice(tuple(_REASONS))
        if chance.random() < 0.3:
            cells["evidence"] = _text(chance)
            cells["evidence_class"] = chance.choice(("law", "observation", "statement"))
        if chance.random() < 0.3:
            cells["comment"] = _text(chance)
        return cells, cells.get("no_answer_because", "")

    def _expect(
        self, question: str, given: object, bad: bool, cells: dict[str, str], reason: str
    ) -> None:
        """`given` is the value, None for none; `bad` says that something else was typed."""
        state, value = (S.ANSWERED, given) if given is not None else (S.BLANK, None)
        if bad or (given is not None and reason):
            state, value = S.UNUSABLE, None
        elif reason:
            state, value = _REASONS[reason], None
        self.made.expected[question] = (
            state, value,  # type: ignore[assignment]
            _beside_kept(cells.get("evidence", "")),
            cells.get("evidence_class", ""),
            _beside_kept(cells.get("comment", "")),
        )  # fmt: skip

    def simple(self, question: str) -> None:
        cells, reason = self._beside()
        typed, read = _CELLS[question](self.chance) if self.chance.random() < 0.75 else ("", None)
        self._line(question, value=typed, **cells)
        bad = read is _BAD
        self._expect(question, None if bad else read, bad, cells, reason)

    def ticks(self, question: str) -> None:
        cells, reason = self._beside()
        given: dict[str, str] = {}
        for channel in _CHANNELS:
            if self.chance.random() < 0.5:
                given[channel] = self.chance.choice(("yes", "yes", "no", "perhaps"))
                self._line(question, item=channel, value=given[channel])
        if cells:
            self._line(question, **cells)
        bad = "perhaps" in given.values()
        chosen = tuple(name for name in _CHANNELS if given.get(name) == "yes")
        self._expect(question, chosen if given and not bad else None, bad, cells, reason)

    def table(self, question: str, items: tuple[str, ...], columns: object, key: str) -> None:
        cells, reason = self._beside()
        rows, bad = [], False
        for item in items:
            row: dict[str, object] = {}
            for column, make in columns.items():  # type: ignore[attr-defined]
                if self.chance.random() < 0.6:
                    continue
                typed, read = make(self.chance)
                self._line(question, item=item, column=column, value=typed)
                if read is _BAD:
                    bad = True
                elif read is not None:
                    row[column] = read
            if row:
                rows.append({key: item, **row} if key else row)
        if cells:
            self._line(question, **cells)
        # a bad cell is left out of its row; only a table without any good cell is unusable
        self._expect(question, tuple(rows) or None, bad and not rows, cells, reason)
        if bad and rows and reason:
            self.made.expected[question] = (S.UNUSABLE, None, *self.made.expected[question][2:])

    def skip(self) -> None:
        """The two rules of the small pack."""
        expected = self.made.expected
        state, value, *_ = expected["STR_1_02"]
        if state is not S.UNUSABLE and value == "no":
            expected["STR_1_03"] = (S.SKIPPED, None, *expected["STR_1_03"][2:])
        state, value, *_ = expected["OPS_1_03"]
        if state is not S.UNUSABLE and "diplomatic" not in (value or ()):  # type: ignore[operator]
            expected["OPS_1_04"] = (S.SKIPPED, None, *expected["OPS_1_04"][2:])

    def spoil(self) -> None:
        """One entry more than a cell can keep."""
        question, value = self.chance.choice(
            (
                ("OPS_1_02", "9007199254740993"),  # 16 digits
                ("OPS_1_02", "0.1234567890123456"),
                ("OPS_1_02", "9" * 400),
                ("OPS_1_02", f"0.{'0' * 320}1"),
                ("OPS_1_04", "x" * (LONGEST_CELL + 1)),
                ("OPS_1_04", "😀" * (LONGEST_CELL // 2 + 1)),
            )
        )
        self.made.lines = [line for line in self.made.lines if line["question"] != question]
        self._line(question, value=value)
        self.made.unfit = question


def _beside_kept(text: str) -> str:
    """Evidence and comments: what hides is taken out, what is too long is cut; both are told."""
    clear = "".join(letter for letter in text if ord(letter) not in _HIDING)
    return _kept(clear)[:LONGEST_ANSWER] if text.strip() else ""


def make(number: int, spoiled: float = 0.03, *, office: bool = False) -> AnswerSet:
    """Answer set `number`; the same number gives the same set.

    With `office` only of texts that LibreOffice itself saves unchanged.
    """
    respondent = _Respondent(Chance(f"answers {number}"))
    respondent.chance.office = office
    if respondent.chance.random() < 0.03:  # all blank
        return AnswerSet(expected=_blank())
    for question in _CELLS:
        respondent.simple(question)
    respondent.ticks("OPS_1_03")
    respondent.table("LEG_1_02", tuple(str(n) for n in range(1, 16)), _FREE, "")
    respondent.table("LEG_1_03", ("mla", "ext"), _FIXED, "form")
    respondent.skip()
    if respondent.chance.random() < spoiled:
        respondent.spoil()
    return respondent.made


def _blank() -> dict[str, Read]:
    questions = (*_CELLS, "OPS_1_03", "LEG_1_02", "LEG_1_03")
    nothing: dict[str, Read] = dict.fromkeys(questions, (S.BLANK, None, "", "", ""))
    return nothing | {"OPS_1_04": (S.SKIPPED, None, "", "", "")}
