"""The shape of the store, as SQLModel models: what is made, migrated, backed up and verified.

An assessment has submissions (one version of one institution's answers), a submission has answers.
Table models do not validate (a SQLModel trap): values are validated where they come in, by the
frozen models of `assessments.results` and `assessments.store.values`. Statements do not load this
module but `assessments.store.tables`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Table, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from assessments.store.columns import Instant

_STANDING = text("withdrawn_at IS NULL")


class AssessmentRow(SQLModel, table=True):
    """A country in a round, opened when its questionnaires were built."""

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("iso3", "round", name="uq_assessment_iso3_round"),)

    id: int | None = Field(default=None, primary_key=True)
    iso3: str
    round: str
    pack_id: str
    pack_version: str
    pack_digest: str
    pack_folder: str = ""  # "" for a pack that ships with tana
    opened_at: datetime = Field(sa_type=Instant)
    opened_by: str = ""
    current_run: str | None = Field(default=None)  # key of the run that stands now


class SubmissionRow(SQLModel, table=True):
    """One version of one institution's answers. Never changed, but for its withdrawal."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint(
            "assessment_id", "institution", "version", name="uq_submission_institution_version"
        ),
        # The same file counts once for an institution, and an export of KoboToolbox or ODK holds
        # several; a withdrawn one may come again.
        Index(
            "uq_submission_standing_file",
            "assessment_id",
            "institution",
            "workbook_sha256",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id", ondelete="CASCADE")
    institution: str
    version: int
    workbook_sha256: str = Field(index=True)
    content_digest: str  # what was answered, wherever it stood
    answers_digest: str  # every stored column of every answer
    answer_count: int
    file_name: str = ""
    size: int = 0
    language: str = ""
    tier: str = ""
    pack_version: str = ""  # that the answers were given to; "" the one of the assessment
    received_at: datetime = Field(sa_type=Instant)
    received_by: str = ""
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)


class AnswerRow(SQLModel, table=True):
    """One answer as it was received, with its place in the workbook."""

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("submission_id", "question", name="uq_answer_submission_question"),
    )

    id: int | None = Field(default=None, primary_key=True)
    submission_id: int = Field(foreign_key="submission.id", ondelete="CASCADE")
    ordinal: int  # order in the workbook
    printed_id: str = Field(index=True)
    question: str
    state: str
    value: str | None = Field(default=None)  # JSON, only where answered
    raw: str = ""
    evidence: str = ""
    evidence_class: str = ""
    evidence_state: str = ""
    comment: str = ""
    sheet: str = ""
    cell: str = ""


class RunRow(SQLModel, table=True):
    """One finished run, keyed by the content hash of its inputs."""

    __tablename__ = "run"

    key: str = Field(primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id", ondelete="CASCADE", index=True)
    answers_digest: str  # of the answers it rests on
    made_at: datetime = Field(sa_type=Instant)
    made_by: str = ""
    inputs: str  # JSON: name -> digest of everything the key was made from
    folder: str = ""


class RunResultRow(SQLModel, table=True):
    """One notebook's validated result."""

    __tablename__ = "run_result"

    run_key: str = Field(foreign_key="run.key", ondelete="CASCADE", primary_key=True)
    name: str = Field(primary_key=True)  # answers_review, scores, priorities, project_design
    document: str  # JSON
    digest: str


class ApprovalRow(SQLModel, table=True):
    """A named person's approval of a run."""

    __tablename__ = "approval"

    id: int | None = Field(default=None, primary_key=True)
    run_key: str = Field(foreign_key="run.key", ondelete="CASCADE", index=True)
    name: str
    approved_at: datetime = Field(sa_type=Instant)
    note: str = ""


class ReportRow(SQLModel, table=True):
    """A document that was made from a run."""

    __tablename__ = "report"

    id: int | None = Field(default=None, primary_key=True)
    run_key: str = Field(foreign_key="run.key", ondelete="CASCADE", index=True)
    path: str
    edition: str  # public or restricted
    language: str
    sha256: str
    made_at: datetime = Field(sa_type=Instant)
    made_by: str = ""


class EvidenceRow(SQLModel, table=True):
    """A document that answers rest on; it is cited, and need not be attached."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("assessment_id", "document", name="uq_evidence_document"),)

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id", ondelete="CASCADE")
    document: str  # title and reference in the one spelling that documents are compared by
    title: str
    reference: str = ""  # number, citation or link
    evidence_class: str = ""
    classification: str = "public"  # of the most sensitive question it was ever cited for
    seen_by: str = ""  # institution or person, "" where it is only stated
    seen_on: str = ""  # ISO date; of receipt where a workbook says so
    seen_origin: str = "workbook"  # or "officer", whose word stays when workbooks change
    added_at: datetime = Field(sa_type=Instant)


class AnswerEvidenceRow(SQLModel, table=True):
    """Which answers a document serves, by printed id: it outlives a corrected version."""

    __tablename__ = "answer_evidence"

    evidence_id: int = Field(foreign_key="evidence.id", ondelete="CASCADE", primary_key=True)
    answer: str = Field(primary_key=True)
    provision: str = ""  # article, section or page of the document that this answer cites
    origin: str = "workbook"  # or "officer"


class AuditRow(SQLModel, table=True):
    """Who did what when, each entry sealed with the hash of the one before it."""

    __tablename__ = "audit"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: str  # ISO text, because it is hashed as it stands
    who: str
    what: str
    subject: str  # XAA/2026
    detail: str  # JSON, without answers
    previous: str
    hash: str


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


# In the order in which rows can be written without breaking a foreign key.
ALL = tuple(
    _table(model)
    for model in (
        AssessmentRow,
        SubmissionRow,
        AnswerRow,
        RunRow,
        RunResultRow,
        ApprovalRow,
        ReportRow,
        EvidenceRow,
        AnswerEvidenceRow,
        AuditRow,
    )
)
