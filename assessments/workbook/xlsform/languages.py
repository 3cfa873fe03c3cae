"""Language columns of a form: which heading is which language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assessments.language import codes

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
    return codes().get(language.strip().casefold(), "")
