"""Types of a third party's questions: what a workbook can ask, and why it cannot ask the rest."""

from __future__ import annotations

import re

_LEADS = (
    (re.compile(r"select[ _]one[ _](?:external|from[ _]file)\b.*", re.I), ""),
    (re.compile(r"select[ _]multiple[ _]from[ _]file\b.*", re.I), ""),
    (re.compile(r"(?:select[ _]one(?:[ _]from)?|select1)\s+", re.I), "select_one "),
    (re.compile(r"(?:select[ _]multiple(?:[ _]from)?|select all that apply(?:[ _]from)?|select)\s+",
                re.I), "select_multiple "),
)  # fmt: skip
_SAME = {
    "int": "integer", "string": "text", "phone number": "text",
    "begin group": "begin_group", "end group": "end_group",
    "begin repeat": "begin_repeat", "end repeat": "end_repeat", "begin_loop": "begin_loop",
}  # fmt: skip
_TEXTS_ONLY = "It only shows text, and a workbook has hints for that"
METADATA = frozenset(
    {"start", "end", "today", "deviceid", "username", "phonenumber", "simserial", "subscriberid",
     "email", "audit", "start-geopoint", "background-geopoint", "background-audio", "hidden"}
)  # fmt: skip
SHOWN_ONLY = {"note": _TEXTS_ONLY, "acknowledge": _TEXTS_ONLY, "trigger": _TEXTS_ONLY}
UNSUPPORTED = {
    "geopoint": "a place cannot be taken in a workbook",
    "geotrace": "a track cannot be taken in a workbook",
    "geoshape": "an area cannot be drawn in a workbook",
    "image": "a picture cannot be taken in a workbook",
    "photo": "a picture cannot be taken in a workbook",
    "signature": "a signature cannot be drawn in a workbook",
    "audio": "sound cannot be recorded in a workbook",
    "video": "a film cannot be recorded in a workbook",
    "file": "files are not attached to a workbook; evidence is cited",
    "barcode": "a code cannot be scanned in a workbook",
    "time": "a time of day is not supported",
    "datetime": "a date with a time of day is not supported",
    "rank": "an order of choices is not supported",
    "xml-external": "data from another file are not supported",
    "csv-external": "data from another file are not supported",
    "osm": "a map cannot be drawn in a workbook",
    "begin_loop": "a loop over choices is not supported",
    "end_loop": "a loop over choices is not supported",
}


def normal(kind: str) -> str:
    """The type as the pack writes it; an unknown one comes back as it is."""
    text = " ".join(kind.split())
    for lead, instead in _LEADS:
        match = lead.match(text)
        if match is not None:
            return f"{instead}{text[match.end() :]}" if instead else text
    lowered = text.casefold()
    first, _, rest = lowered.partition(" ")
    return _SAME.get(lowered, f"{first} {rest}".strip() if first in UNSUPPORTED else lowered)


def why_not(kind: str) -> str:
    """Why a workbook cannot ask this, "" where it can."""
    if re.match(r"select[ _](one|multiple)[ _](external|from[ _]file)", kind, re.I):
        return "choices from another file are not supported"
    return UNSUPPORTED.get(kind.partition(" ")[0], "")


def is_metadata(kind: str) -> bool:
    """True for what a phone records of itself."""
    return kind in METADATA or kind.startswith("uri:")


def has_other(kind: str) -> bool:
    """True for a select that adds a choice "other" by itself."""
    return re.search(r" or[ _](?:specify[ _])?other$", kind, re.I) is not None
