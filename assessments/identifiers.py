"""Printed ids: what a reader of a report can hand to `tana trace`.

Every id matches `[A-Za-z][A-Za-z0-9_]{0,39}`, so that it can be a Word bookmark and an Excel
defined name, and says by its prefix what it names: `SC_XAA_2026_STR_1` is the score of
sub-dimension STR-1 in country XAA's assessment of round 2026.
"""

import re
from enum import StrEnum
from functools import lru_cache

PRINTED_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}\Z")
ROUND = re.compile(r"[0-9]{4}[a-z]?\Z")  # a year, with a letter where one year sees two rounds


class Kind(StrEnum):
    """What a printed id names; the value is its prefix."""

    ANSWER = "ANS"
    SCORE = "SC"  # a sub-dimension's level
    DIMENSION = "DIM"
    FORM = "FORM"  # a cooperation form's profile line
    REQUIREMENT = "REQ"
    GAP = "GAP"
    INTERVENTION = "INT"
    OUTCOME = "OC"
    OUTPUT = "OUT"
    ACTIVITY = "ACT"
    BUDGET_LINE = "BL"
    INDICATOR = "IND"
    RISK = "RISK"
    PACKAGE = "PKG"
    COVERAGE = "COV"


_PREFIXES = frozenset(kind.value for kind in Kind)


def printed_id(kind: Kind, iso3: str, round_: str, *local: str | int) -> str:
    """The id of one thing in one assessment; dashes and dots of codes become underscores.

    Raises ValueError where the result would be no valid printed id.
    """
    tail = "_".join([_joined(str(part)) for part in local])
    name = f"{kind.value}_{iso3}_{round_}_{tail}".rstrip("_")
    if not PRINTED_ID.match(name):
        raise ValueError(f"{name!r} is no printed id (letters, digits, underscores, at most 40)")
    return name


@lru_cache(maxsize=10_000)  # the codes of a pack come back in every workbook and report
def _joined(part: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "_", part).strip("_")


def split_id(name: str) -> tuple[Kind, str, str, str]:
    """(kind, iso3, round, local part) of a printed id.

    Raises ValueError where `name` was not made by `printed_id`.
    """
    parts = name.split("_", 3)
    if not PRINTED_ID.match(name) or len(parts) < 3 or parts[0] not in _PREFIXES:
        raise ValueError(f"{name!r} is no id of a report")
    return Kind(parts[0]), parts[1], parts[2], parts[3] if len(parts) == 4 else ""
