"""What an institution answered, what became of it, and where it stands in its file."""

from __future__ import annotations

from enum import StrEnum

from assessments.results.value import Value


class AnswerState(StrEnum):
    """What became of a question. Only `answered` scores."""

    ANSWERED = "answered"
    NO_INFORMATION = "no_information"  # asked, not known
    NOT_APPLICABLE = "not_applicable"
    WITHHELD = "withheld"
    SKIPPED = "skipped"  # by skip logic
    BLANK = "blank"
    UNUSABLE = "unusable"  # a value was given that cannot be read as an answer


class EvidenceState(StrEnum):
    """What stands behind an answer, strongest first."""

    SEEN = "document_seen"
    OBSERVED = "expert_observed"
    STATED = "stated_only"


# Canonical answer values: a choice name or text (str), choice names (tuple of str), a number,
# an ISO date (str), or the rows of a table (column name -> str or number; absent = blank).
Row = dict[str, str | float]
AnswerValue = str | float | tuple[str, ...] | tuple[Row, ...]


class Source(Value):
    """Where an answer stands in the file it came from."""

    workbook_sha256: str
    sheet: str
    cell: str  # A1 address; stands even where the cell is blank
    file_name: str = ""


class Answer(Value):
    """One institution's answer to one question, in the version that stands now."""

    id: str  # ANS_XAA_2026_CA_STR_1_02
    question: str
    institution: str
    state: AnswerState
    value: AnswerValue | None = None  # only where state is answered
    raw: str = ""  # what was in the cell, where it could not be read
    evidence: str = ""  # the respondent's reference to a document
    evidence_class: str = ""  # choice of list `evidence_classes`, "" where none was given
    evidence_state: EvidenceState = EvidenceState.STATED
    comment: str = ""
    source: Source
    # An answer given to an earlier version of the pack, and the rule that brought it here.
    carried: str = ""
    carried_from: str = ""  # id of the answer as it was given


class Voice(Value):
    """What one institution said on one question, as it can be shown beside the others."""

    institution: str
    answer: str  # id
    state: AnswerState
    score: float | None = None  # 0 to 4
    text: str = ""  # the answer in words, English
