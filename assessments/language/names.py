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
# in which the languages of a form are named by those who write one, beside the language itself
_NAMED_IN = ("en", "fr", "es", "ar", "ru", "zh", "pt")


def named(code: str) -> str:
    """`French (fr)`: a language as XLSForm writes it."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(code, sep="-").get_display_name("en") or code
    except (UnknownLocaleError, ValueError):
        name = Locale("en").languages.get(code, code)
    return f"{name.split(' (')[0]} ({code})"


@cache
def codes() -> dict[str, str]:
    """Codes by name in lower case: English names, those in the language itself, and the codes."""
    from babel import Locale

    found: dict[str, str] = {}
    for code, name in Locale("en").languages.items():
        if not re.fullmatch(r"[a-z]{2,3}", code):
            continue
        found.setdefault(name.casefold(), code)
        if len(code) == 2:
            found[code] = code
            if own := _own_name(code):
                found.setdefault(own, code)
    return found


def nearest_language(name: str) -> str:
    """`French (fr)` for a name that comes near, else the same as an example."""
    near = difflib.get_close_matches(name.casefold(), codes(), n=1, cutoff=0.6)
    return named(codes()[near[0]]) if near else "French (fr)"


def disagreement(name: str, code: str) -> str:
    """How to write `name (code)`, where the two are not one language that CLDR knows.

    "" where they go together: the name is that of the language in English, in the language itself
    or in another that forms are written in, a word of variety may stand beside it (`French Canada
    (fr)`). Where CLDR has no name of the language in itself, any name goes with its code.
    """
    if _OFTEN.get(name) == code:
        return ""
    base, shown = code.partition("-")[0], name.strip().casefold()
    meant = codes().get(shown, "")
    if base not in codes().values():
        return named(meant) if meant else nearest_language(name)
    if meant == base:
        return ""
    if meant:
        return f"{named(meant)}» or «{named(code)}"
    own = _own_name(base)
    if not own or any(_says(shown, known) for known in {own, *_names_of(base)}):
        return ""
    return named(code)


def _own_name(code: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return (Locale.parse(code).get_display_name(code) or "").casefold()
    except (UnknownLocaleError, ValueError):
        return ""


def _names_of(base: str) -> set[str]:
    """The language and its varieties (`canadian french`) in the languages of forms."""
    from babel import Locale

    return {
        name.casefold()
        for told in _NAMED_IN
        for code, name in Locale(told).languages.items()
        if code.partition("_")[0] == base
    }


def _says(shown: str, known: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(known)}(?!\w)", shown) is not None
