"""Names of the form's own fields: what an exported form asks, and what its answers are read by.

They are the same in every language and version; a change of one makes the answers of forms that
are out unreadable.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

from assessments.workbook.layout import Part

PACK, VERSION, TIER = "tana_pack", "tana_pack_version", "tana_tier"
COUNTRY, ROUND, INSTITUTION = "tana_country", "tana_round", "tana_institution"
FILLED_BY = "tana_filled_by"
STATEMENT = "tana_statement"  # note: what the answers are for, and who sees them
RESPONDENTS = "tana_respondents"  # choice list: who is asked anything
TABLES_NOTE = "_tana"  # sheet of a whole pack: its tables and the columns of each, by a bar

# column of a made sheet: row of survey.csv or choices.csv (from 1), or MADE for what export added
ORIGIN, MADE = "tana_row", "made"
ORIGINAL = "tana_original"  # column: JSON of the cells that export changed in this row

_PARTS = {
    Part.REASON: "reason",
    Part.EVIDENCE: "evidence",
    Part.EVIDENCE_CLASS: "class",
    Part.COMMENT: "comment",
}


class Group(StrEnum):
    """Prefixes of the groups that export makes."""

    IDENTITY = "tana_identity"
    DIMENSION = "dim"
    SUB_DIMENSION = "sub"
    QUESTION = "about"


def part_field(question: str, part: Part) -> str:
    """Field of the reason, evidence, its kind or the comment of a question."""
    return f"{question}__{_PARTS[part]}"


def position_field(question: str) -> str:
    """Field that counts the rows of a fixed-row table."""
    return f"{question}__row"


LONGEST_NAME = 21  # letters of a question that fit a printed id: ANS_XAA_2026b_RESP_ and 40


def short_name(name: str) -> str:
    """The name of a third party's question as an id of a report can hold it.

    A longer one keeps its beginning and gets six digits of its SHA-256, so that the same name
    always becomes the same: answers exported under the long name are found by it.
    """
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[: LONGEST_NAME - 7]}_{hashlib.sha256(name.encode()).hexdigest()[:6]}"
