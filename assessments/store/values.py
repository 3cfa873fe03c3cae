"""What goes into the store and what comes out of it, as frozen values."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from assessments.results import Answer, AnswerState, Sensitivity, Value


class Assessment(Value):
    """A country in a round, with the pack its questionnaires were built from."""

    iso3: str
    round: str
    pack_id: str
    pack_version: str
    pack_digest: str
    pack_folder: str = ""  # "" for a pack that ships with tana
    opened_at: datetime
    opened_by: str = ""


class Submission(Value):
    """One institution's answers as read from one file, ready to be accepted."""

    iso3: str
    round: str
    institution: str
    workbook_sha256: str
    answers: tuple[Answer, ...]
    file_name: str = ""
    size: int = 0  # bytes
    language: str = ""
    tier: str = ""
    pack_version: str = ""  # of the questionnaire; "" for the version the assessment stands under
    sensitivity: dict[str, Sensitivity] = Field(default_factory=dict)  # of questions not public
    completes: int | None = None  # newest version it was read beside, 0: none; None: any


class AcceptedSubmission(Value):
    """A submission in the store."""

    iso3: str
    round: str
    institution: str
    version: int  # 1 for the first, counted for each institution
    workbook_sha256: str
    answers_digest: str
    answers: int  # how many, in every state
    file_name: str
    language: str
    tier: str
    pack_version: str  # of the questionnaire; "" for the version the assessment stands under
    received_at: datetime
    received_by: str
    withdrawn_at: datetime | None
    stands: bool  # the version that counts


class Change(Value):
    """How one answer differs from the version before. Says what changed, not to what."""

    question: str
    cell: str
    kind: Literal["added", "removed", "value", "state", "evidence", "comment"]
    was: str  # state in the version before, "" where there was none
    now: str


class TakenOver(Value):
    """An answer that a later return left blank or did not ask: the earlier one stays."""

    question: str
    state: AnswerState
    version: int  # of the return that gave it
    workbook_sha256: str
    cell: str  # sheet!A1 in that workbook


class Acceptance(Value):
    """What became of a submission."""

    new: bool  # False: these answers were there already, and nothing was stored
    institution: str
    version: int
    stands: bool  # False: a later version corrected these answers and still stands
    workbook_sha256: str  # of the file the answers were first received in
    answers_digest: str
    changes: tuple[Change, ...] = ()  # against what stood before
    taken_over: tuple[TakenOver, ...] = ()  # from earlier returns


class Run(Value):
    """A finished run and its four results, as the JSON documents the notebooks wrote."""

    key: str
    iso3: str
    round: str
    answers_digest: str
    made_at: datetime
    made_by: str
    inputs: dict[str, str]
    folder: str
    results: dict[str, str]  # answers_review, scores, priorities, project_design: those asked for


class Approval(Value):
    """A named person's approval, and whether it still holds."""

    run: str
    name: str
    approved_at: datetime
    note: str
    valid: bool
    void_because: str = ""


class MadeReport(Value):
    """A document made from a run."""

    run: str
    path: str
    edition: Literal["public", "restricted"]
    language: str
    sha256: str
    made_at: datetime
    made_by: str


class EvidenceItem(Value):
    """A document of the evidence register and the answers it serves."""

    id: int
    title: str
    reference: str
    evidence_class: str
    classification: Sensitivity
    seen_by: str
    seen_on: str
    added_at: datetime
    answers: tuple[str, ...]  # printed ids; none where no standing answer cites it any more
    provisions: dict[str, str]  # printed id to article, section or page, where one was named


class Deletion(Value):
    """What was removed with an assessment, and what only its owner can remove."""

    iso3: str
    round: str
    originals: int
    reports: int
    left: tuple[str, ...]  # reports outside tana's own folder
    copies: int = 0  # files that the inbox still held of its returns


class AuditEntry(Value):
    """One sealed entry of the audit trail."""

    seq: int
    at: str
    who: str
    what: str
    subject: str
    detail: str
    previous: str
    hash: str


class Verification(Value):
    """What `verify` counted, and the first thing that does not hold."""

    ok: bool
    entries: int
    answers: int
    originals: int
    head: str  # hash of the last entry: keep it elsewhere to notice a trail rewritten as a whole
    first_fault: str = ""
    notes: tuple[str, ...] = ()
