"""Language columns of a form: which heading is which language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

_WORDED = re.compile(r"(?P<stem>[^:]+?)\s*::?\s*(?P<language>.+)")
_CODE = re.compile(r"\(\s*(?P<code>[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\s*\)\s*$")


def columns_of(header: Sequence[str], stem: str) -> dict[str, str]:
    """Language code -> heading, for the headings `stem::Language (code)` in their order."""
    found = {}
    for column in header:
        start, _, language = column.partition("::")
        code = _CODE.search(language)
        if start == stem and code is not None:
            found[code["code"]] = column
    return found


def column_of(header: Sequence[str], stem: str, language: str) -> str:
    """The heading of a language, "" where there is none."""
    return columns_of(header, stem).get(language, "")


def split_heading(heading: str) -> tuple[str, str]:
    """(`label`, `French (fr)`) of `label::French (fr)`; the second is "" for a plain heading."""
    match = _WORDED.fullmatch(heading.strip())
    if match is None:
        return heading.strip(), ""
    return match["stem"].strip(), match["language"].strip()


def code_of(language: str) -> str:
    """`fr` of `French (fr)`, `French`, `Français` or `fr`; "" where none is recognized."""
    match = _CODE.search(language)
    if match is not None:
        return match["code"].lower()
    return _names().get(language.strip().casefold(), "")


def named(code: str) -> str:
    """`French (fr)`: a language as XLSForm writes it."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(code, sep="-").get_display_name("en") or code
    except (UnknownLocaleError, ValueError):
        name = code
    return f"{name.split(' (')[0]} ({code})"


def known_names() -> tuple[str, ...]:
    """Every name under which a language is recognized."""
    return tuple(_names())


@cache
def _names() -> dict[str, str]:
    """Names of languages, in English and in the language itself, and their codes."""
    from babel import Locale, UnknownLocaleError

    found: dict[str, str] = {}
    for code, name in Locale("en").languages.items():
        if not re.fullmatch(r"[a-z]{2,3}", code):
            continue
        found.setdefault(name.casefold(), code)
        if len(code) == 2:
            found[code] = code
            try:
                own = Locale.parse(code).get_display_name(code)
            except (UnknownLocaleError, ValueError):
                continue
            if own:
                found.setdefault(own.casefold(), code)
    return found
