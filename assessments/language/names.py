"""Names of languages and their codes, as CLDR has them and as headings of a form write them."""

from __future__ import annotations

import difflib
import re
from functools import cache

# known without loading CLDR, which every reading of a pack would wait for
_OFTEN = {
    "English": "en",
    "French": "fr",
    "Spanish": "es",
    "Arabic": "ar",
    "Russian": "ru",
    "Chinese": "zh",
}


def named(code: str) -> str:
    """`French (fr)`: a language as XLSForm writes it."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(code, sep="-").get_display_name("en") or code
    except (UnknownLocaleError, ValueError):
        name = code
    return f"{name.split(' (')[0]} ({code})"


@cache
def codes() -> dict[str, str]:
    """Codes by name in lower case: English names, those in the language itself, and the codes."""
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


def nearest_language(name: str) -> str:
    """`French (fr)` for a name that comes near, else the same as an example."""
    near = difflib.get_close_matches(name.casefold(), codes(), n=1, cutoff=0.6)
    return named(codes()[near[0]]) if near else "French (fr)"


def disagreement(name: str, code: str) -> str:
    """How to write `name (code)`, where the two are different languages or the code is none.

    "" where they go together; a name that nobody knows goes with any code that is one.
    """
    if _OFTEN.get(name) == code:
        return ""
    base, meant = code.partition("-")[0], codes().get(name.strip().casefold(), "")
    exists = base in codes().values()
    if not exists:
        return named(meant) if meant else nearest_language(name)
    if meant in ("", base):
        return ""
    return f"{named(meant)}» or «{named(code)}"
