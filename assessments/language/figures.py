"""Numbers, shares, money, lists and dates as a language writes them (CLDR, through Babel)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

# A page says its direction itself, paragraph by paragraph.
_MARKS = re.compile("[\u200e\u200f\u061c]")
_COMMA = {"ar": "\u060c "}
_SEMICOLON = {"ar": "\u061b ", "fr": "\u00a0; "}  # between two items; a plain one elsewhere
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Figures:
    """Writes values for one language. Figures are 0 to 9 in all of them, as in the workbooks."""

    language: str

    @property
    def locale(self) -> str:
        """English as the United Nations write it: day before month."""
        return "en_GB" if self.language == "en" else self.language

    @property
    def semicolon(self) -> str:
        """What parts two items that hold commas, with its spaces."""
        return _SEMICOLON.get(self.language, "; ")

    def decimal(self, number: float | Decimal, pattern: str = "#,##0.##") -> str:
        """A number; `pattern` is CLDR's."""
        return _decimal(number or 0, pattern, self.locale)  # no minus before a zero

    def whole(self, number: int) -> str:
        """A whole number, grouped."""
        return self.decimal(number, "#,##0")

    def share(self, share: float | Decimal) -> str:
        """0 to 1 as a whole per cent."""
        from babel.numbers import format_percent

        return _unmarked(format_percent(share, locale=self.locale))

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount with its currency's code on the side where the language writes it; cents only
        where there are any."""
        from babel.numbers import format_currency

        figure = "#,##0" if amount == amount.to_integral() else "#,##0.00"
        pattern = _currency_pattern(self.locale).replace("#", figure)
        return _unmarked(format_currency(amount, currency, format=pattern, locale=self.locale,
                                         currency_digits=False))  # fmt: skip

    def listed(self, items: Sequence[str], *, either: bool = False) -> str:
        """`items` in a sentence: a, b and c; parted by semicolons where one holds a comma.

        `either`: one of them is meant: a, b or c.
        """
        from babel.lists import format_list

        known = [item for item in items if item]
        style: Literal["standard", "or"] = "or" if either else "standard"
        if len(known) > 2 and any("," in item or "\u060c" in item for item in known):
            last = format_list(["", known[-1]], style, locale=self.locale).strip()
            return self.semicolon.join([*known[:-1], last])
        return format_list(known, style, locale=self.locale) if known else ""

    def parted(self, items: Sequence[str]) -> str:
        """`items` side by side, parted by the language's semicolon."""
        return self.semicolon.join(item for item in items if item)

    def commas(self, items: Sequence[str]) -> str:
        """`items` side by side, parted by the language's comma."""
        return _COMMA.get(self.language, ", ").join(item for item in items if item)

    def money_range(self, low: Decimal, high: Decimal, currency: str) -> str:
        """From one amount to another, the currency's code once, on the side of the language."""
        bare, whole = f"\u00a0{currency}", self.money(high, currency)
        if whole.endswith(bare):  # behind both
            return f"{self.money(low, currency).removesuffix(bare)}\u2013{whole}"
        return f"{self.money(low, currency)}\u2013{whole.removeprefix(currency).lstrip()}"

    def day(self, day: date | datetime) -> str:
        """A date in words."""
        from babel.dates import format_date

        return format_date(day, format="long", locale=self.locale)


@lru_cache(_REMEMBERED, typed=True)  # a report says the same few numbers thousands of times
def _decimal(number: float | Decimal, pattern: str, locale: str) -> str:
    from babel.numbers import format_decimal

    return _unmarked(format_decimal(number, format=pattern, locale=locale))


@cache
def _currency_pattern(locale: str) -> str:
    """The language's pattern with the code for the sign and # for the figure."""
    from babel import Locale

    whole = Locale.parse(locale).currency_formats["standard"].pattern.split(";")[0]
    pattern = re.sub(r"[#,0.]+", "#", _unmarked(whole)).replace("\u00a4", "\u00a4\u00a4")
    return pattern.replace("\u00a4#", "\u00a4\u00a0#")  # a code is parted from its figure


def _unmarked(text: str) -> str:
    return _MARKS.sub("", text)
