"""What a cell's number format shows of the value behind it (ECMA-376 part 1, 18.8.31).

A format is up to four sections: for positive and negative numbers, for zero, for text. Spreadsheets
offer figures, dates, currencies and fractions; by hand anything can be written there, and
`;;;"No"` shows No over a stored Yes. What is plain is described here; the rest is `OTHER`, or
`UNSEEN` where nothing at all would be shown.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assessments.untrusted.cells import CellKind, Mask

_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
_TOKEN = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].|.', re.DOTALL)
LONGEST_CODE = 255  # Excel's own limit
# what takes no ink: colours, locales, numerals, calendars, conditions, widths of letters, fillers
_INKLESS = re.compile(
    r"\[(?:black|blue|cyan|green|magenta|red|yellow|color ?\d+|\$-[^\]]*|natnum[^\]]*|dbnum\d"
    r"|~?(?:buddhist|gregorian|hijri|rokuyou)|[<>=]+-?[0-9.]+)\]|_.|\*\s",
    re.IGNORECASE | re.DOTALL,
)
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_PERCENT = frozenset((9, 10))
# a currency or unit: at most five letters, no figure and no sign
_UNIT = r'(?:"[^"0-9+\-()]{1,5}"|\\[^0-9+\-()]|\[\$[^\]0-9-]{1,5}(?:-[0-9A-Fa-f,]+)?\]|[$€£¥ ])'
_DIGITS = (
    r"(?:\\?\([#?0]+\\?\)\\? ?)?[#?0]+(?:\\?[-,. '][#?0]+)*\.?"  # no comma at the end: it takes
    r"(?:E[+-][#?0]+| ?[#?]+ */ *(?:[#?]+|[1-9][0-9]*))?%?"  # three digits away
)
_FIGURE = re.compile(rf"(?:\\?\+)?{_UNIT}*(?:General|{_DIGITS}){_UNIT}*%?", re.IGNORECASE)
_BELOW_ZERO = re.compile(
    rf"(?:{_UNIT}|\\?[-(]|\"[-(]\")*(?:General|{_DIGITS})(?:{_UNIT}|\\?[-)]|\"[-)]\")*%?",
    re.IGNORECASE,
)
_ACCOUNTS_ZERO = re.compile(rf'{_UNIT}*(?:\\?-|"-")(?:{_UNIT}|[?#])*')  # shown as a dash
_DATE = re.compile(
    r"(?:[ymdhsgbe]|a{3,4}|am/pm|a/p|\[(?:h+|m+|s+)\]|\.0*|[-/:, ']"
    r'|"[^"0-9]{0,8}"|\\[^0-9]|\[\$[^\]0-9-]+\])+',
    re.IGNORECASE,
)
_TEXT = re.compile(r"\s*(?:@|General)\s*", re.IGNORECASE)
_WHITE = re.compile(r"\[white\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[[<>=]")
_PLACEHOLDER = re.compile(r"[#?0@ymdhs]|General", re.IGNORECASE)


def kind_of_numbers(number: int, code: str | None) -> CellKind:
    """Whether a format shows numbers as numbers, percentages or dates; `code` if it has its own."""
    if code is not None:
        bare = _LITERAL.sub("", code)
        if re.search(r"[ymdhs]", bare, re.IGNORECASE) and "General" not in bare:
            return CellKind.DATE
        return CellKind.PERCENT if "%" in bare else CellKind.NUMBER
    if number in _BUILT_IN_DATES:
        return CellKind.DATE
    return CellKind.PERCENT if number in _PERCENT else CellKind.NUMBER


@lru_cache(maxsize=1000)
def is_plain(code: str) -> bool:
    """True where the format shows every value as what it is."""
    return all(mask_of(code, value) is None for value in (1.0, -1.0, 0.0, "text"))


def misleads(code: str) -> bool:
    """True where a rule with this format may show a figure as something else than it is."""
    return not is_plain(code) or kind_of_numbers(0, code) is not CellKind.NUMBER


def sections(code: str) -> tuple[str, ...]:
    """The sections of a format."""
    found = [""]
    for token in _TOKEN.findall(code):
        if token == ";":
            found.append("")
        else:
            found[-1] += token
    return tuple(found)


def mask_of(code: str, value: float | str | bool) -> Mask | None:
    """What is wrong with how the format shows this value; None where it is seen as it is."""
    if len(code) > LONGEST_CODE:
        return Mask.OTHER
    parts = sections(code) if code else ("General",)
    if isinstance(value, str | bool):
        return _of_text(parts)
    if any(_CONDITION.search(part) for part in parts):  # which of them applies is not worked out
        masks = [_of_number(part, value) for part in parts if "@" not in part]
        return next((mask for mask in masks if mask is not None), None)
    numeric = parts[:-1] if len(parts) > 1 and "@" in parts[-1] else parts[:3]
    if value < 0 and len(numeric) > 1:
        return _of_number(numeric[1], value)
    if value == 0 and len(numeric) > 2:
        return _of_number(numeric[2], value)
    return _of_number(numeric[0], max(value, 0.0))


def _of_text(parts: tuple[str, ...]) -> Mask | None:
    """A text section is the fourth, or the last with an @; without one texts are shown as such."""
    if len(parts) < 4 and "@" not in parts[-1]:
        return None
    bare = _ink(parts[min(len(parts), 4) - 1])
    return None if _TEXT.fullmatch(bare) else _otherwise(bare)


def _of_number(section: str, value: float) -> Mask | None:
    bare = _ink(section)
    if value == 0 and _ACCOUNTS_ZERO.fullmatch(bare):
        return None
    figure = _BELOW_ZERO if value < 0 else _FIGURE
    plain = figure.fullmatch(bare) or _DATE.fullmatch(bare) or _TEXT.fullmatch(bare)
    if plain and _PLACEHOLDER.search(_LITERAL.sub("", bare)):
        return None
    return _otherwise(bare)


def _ink(section: str) -> str:
    return "".join(token for token in _TOKEN.findall(section) if not _INKLESS.fullmatch(token))


def _otherwise(bare: str) -> Mask:
    """Of a section that is not plain: nothing is seen, or something else."""
    seen = not _WHITE.search(bare) and bare.replace('""', "").strip()
    return Mask.OTHER if seen else Mask.UNSEEN
