"""The submissions of one assessment as they stand side by side, and those that join them.

What becomes of a submission is decided here, in memory, before anything is written: known already,
or a new version with what it changes and what it leaves as an earlier one gave it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from assessments.errors import Overtaken
from assessments.results import Sensitivity
from assessments.store import audit
from assessments.store.changes import changes
from assessments.store.completing import (
    Columns,
    Standing,
    standing_answers,
    taken_over,
    together,
)
from assessments.store.digest import STORED, AnswerRow, file_digest, rows_and_digests
from assessments.store.evidence import register_cited
from assessments.store.tables import ANSWER, SUBMISSION
from assessments.store.values import Acceptance, Submission, TakenOver

_CHUNK = 20_000  # rows a statement; larger ones gain nothing and hold more memory
_IDS = 500  # submissions asked for in one statement
_OPEN = Sensitivity.PUBLIC
_EVIDENCE = STORED.index("evidence")
# made once: to make a statement takes as long as to run it
_HELD = (
    select(SUBMISSION)
    .where(SUBMISSION.c.assessment_id == bindparam("assessment"))
    .order_by(SUBMISSION.c.version)
)
_ADDED = insert(SUBMISSION).returning(SUBMISSION.c.id, sort_by_parameter_order=True)


@dataclass(slots=True)
class Version:
    """One submission of an assessment: stored already, or about to be."""

    columns: dict[str, Any]  # of table submission, without the id where it is not stored yet
    rows: list[AnswerRow] | None = None  # its answers; None as long as only the store knows them
    marks: Mapping[str, Sensitivity] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, int]:
        return self.columns["institution"], self.columns["version"]


@dataclass(slots=True)
class Shelf:
    """The submissions of one assessment, and those that join them."""

    connection: Connection
    assessment_id: int
    held: list[Version]  # by version
    new: list[Version] = field(default_factory=list)

    @classmethod
    def of(cls, connection: Connection, assessment_id: int) -> Shelf:
        rows = connection.execute(_HELD, {"assessment": assessment_id}).mappings()
        return cls(connection, assessment_id, [Version(dict(row)) for row in rows])

    def standing(self, institution: str) -> Version | None:
        """The version of an institution that counts."""
        for version in reversed(self.held):
            columns = version.columns
            if columns["institution"] == institution and columns["withdrawn_at"] is None:
                return version
        return None

    def same(self, submission: Submission, content: str) -> Version | None:
        """A version of the institution that was not withdrawn, of the same bytes or answers."""
        for version in reversed(self.held):
            columns = version.columns
            same_file = columns["workbook_sha256"] == submission.workbook_sha256
            if (
                columns["withdrawn_at"] is None
                and columns["institution"] == submission.institution
                and (same_file or columns["content_digest"] == content)
            ):
                return version
        return None

    def place(self, submission: Submission, *, at: datetime, by: str) -> Acceptance:
        """Find the submission's place; what becomes of it."""
        rows, (content, digest) = rows_and_digests(submission.answers)
        standing = self.standing(submission.institution)
        before = self._together(submission.institution)
        same = self.same(submission, content)
        if same is not None:
            return _known(same, stands=standing is not None and standing.key == same.key)
        _require_beside(submission, 0 if standing is None else standing.columns["version"])
        versions = (
            version.columns["version"]
            for version in self.held
            if version.columns["institution"] == submission.institution
        )
        columns = {
            "assessment_id": self.assessment_id,
            "institution": submission.institution,
            "version": max(versions, default=0) + 1,
            "workbook_sha256": submission.workbook_sha256,
            "content_digest": content,
            "answers_digest": digest,
            "answer_count": len(rows),
            "file_name": submission.file_name,
            "size": submission.size,
            "language": submission.language,
            "tier": submission.tier,
            "pack_version": submission.pack_version,
            "received_at": at,
            "received_by": by,
            "withdrawn_at": None,
        }
        version = Version(columns, rows, submission.sensitivity)
        self.held.append(version)
        self.new.append(version)
        return Acceptance(
            new=True,
            institution=submission.institution,
            version=columns["version"],
            stands=True,
            workbook_sha256=submission.workbook_sha256,
            answers_digest=digest,
            **(self._against(before, columns) if standing is not None else {}),
        )

    def _against(self, before: tuple[Standing, ...], newest: Columns) -> dict[str, Any]:
        """What the newest return changes, and what it leaves as an earlier one gave it."""
        now = self._together(newest["institution"])
        return {
            "changes": changes((item.row for item in before), (item.row for item in now)),
            "taken_over": tuple(
                TakenOver(
                    question=item.row["question"],
                    state=item.row["state"],
                    version=item.given_in["version"],
                    workbook_sha256=item.given_in["workbook_sha256"],
                    cell=f"{item.row['sheet']}!{item.row['cell']}",
                )
                for item in taken_over(now, newest)
            ),
        }

    def _together(self, institution: str, *, cited_only: bool = False) -> tuple[Standing, ...]:
        """The standing answers of an institution as its returns complete each other.

        With `cited_only`, those without evidence may be left out.
        """
        counting = [
            version
            for version in self.held
            if version.columns["institution"] == institution
            and version.columns["withdrawn_at"] is None
        ]
        self._read([version for version in counting if version.rows is None])
        alone = cited_only and len(counting) == 1  # what completes another needs all of it
        return together(
            (
                version.columns,
                [
                    dict(zip(STORED, row, strict=True))
                    for row in version.rows or ()
                    if row[_EVIDENCE] or not alone
                ],
            )
            for version in counting
        )

    def _read(self, stored: Sequence[Version]) -> None:
        """Fetch the answers of these versions, all in one go."""
        by_id = {version.columns["id"]: version for version in stored}
        for version in stored:
            version.rows = []
        for number, *row in _stored_rows(self.connection, list(by_id)):
            held = by_id[number].rows
            assert held is not None
            held.append(tuple(row))

    def _cited(self) -> tuple[Standing, ...]:
        """The standing answers that cite a document, by institution."""
        if any(version.rows is None for version in self.held):
            return standing_answers(self.connection, self.assessment_id, cited_only=True)
        institutions = sorted({version.key[0] for version in self.held})
        return tuple(item for one in institutions for item in self._together(one, cited_only=True))

    def store(self, connection: Connection, about: str, *, at: datetime, by: str) -> None:
        """Write what is new, with its evidence and its audit entries."""
        if not self.new:
            return
        ids = connection.execute(_ADDED, [version.columns for version in self.new]).scalars()
        insert_answers(
            connection,
            [
                (number, *row)
                for number, version in zip(list(ids), self.new, strict=True)
                for row in version.rows or ()
            ],
        )
        marks = {
            question: Sensitivity.highest(*(item.marks.get(question, _OPEN) for item in self.new))
            for version in self.new
            for question in version.marks
        }
        register = register_cited(connection, self.assessment_id, self._cited(), marks=marks, at=at)
        audit.append_all(
            connection,
            at=at,
            who=by,
            what=audit.ACCEPTED,
            subject=about,
            details=[
                {
                    "institution": version.columns["institution"],
                    "version": version.columns["version"],
                    "workbook_sha256": version.columns["workbook_sha256"],
                    "answers": version.columns["answer_count"],
                    "pack_version": version.columns["pack_version"],
                    "answers_digest": version.columns["answers_digest"],
                    "file": file_digest(version.columns),
                    "register": register,
                }
                for version in self.new
            ],
        )


def _require_beside(submission: Submission, newest: int) -> None:
    """Nothing came in since the submission was read: its skip logic read the earlier answers."""
    if submission.completes in (None, newest):
        return
    raise Overtaken(
        f"Another return of {submission.institution} came in while {submission.file_name} was "
        "read.",
        "Nothing of it was stored. Run the command again.",
    )


def _known(version: Version, *, stands: bool) -> Acceptance:
    return Acceptance(
        new=False,
        institution=version.columns["institution"],
        version=version.columns["version"],
        stands=stands,
        workbook_sha256=version.columns["workbook_sha256"],
        answers_digest=version.columns["answers_digest"],
    )


def insert_answers(connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write answers: the id of the submission, then the stored columns.

    Past SQLAlchemy's own executemany, which takes as long again as the database does.
    """
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    names = ("submission_id", *STORED)
    statement = (
        f"INSERT INTO {ANSWER.name} ({', '.join(names)}) VALUES ({', '.join([mark] * len(names))})"
    )
    for start in range(0, len(rows), _CHUNK):
        connection.exec_driver_sql(statement, list(rows[start : start + _CHUNK]))


def _stored_rows(connection: Connection, submissions: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """Id of the submission and stored columns, each submission in the order of its workbook."""
    for start in range(0, len(submissions), _IDS):
        query = (
            select(ANSWER.c.submission_id, *(ANSWER.c[name] for name in STORED))
            .where(ANSWER.c.submission_id.in_(submissions[start : start + _IDS]))
            .order_by(ANSWER.c.submission_id, ANSWER.c.ordinal)
        )
        yield from map(tuple, connection.execute(query))
