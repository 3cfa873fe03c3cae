"""Does the store hold together? Recomputes what can be recomputed and names the first fault.

Checked, in this order: the database file itself, foreign keys, the audit chain, assessments with
their evidence, submissions with their withdrawals, answers, runs with inputs and results, approvals
and reports, each against its entry, and the originals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Connection, RowMapping, func, select, text

from assessments.store import audit
from assessments.store.columns import iso
from assessments.store.digest import STORED, AnswerRow, digests, file_digest, sha256_text
from assessments.store.evidence import register_digest
from assessments.store.lookup import subject
from assessments.store.models import ALL
from assessments.store.originals import Originals
from assessments.store.tables import (
    ANSWER,
    APPROVAL,
    ASSESSMENT,
    AUDIT,
    REPORT,
    RUN,
    RUN_RESULT,
    SUBMISSION,
)
from assessments.store.told import Told
from assessments.store.values import Verification

_PIECE = 500  # submissions whose answers are held in memory at once


def verify(connection: Connection, originals: Originals | None) -> Verification:
    """Check the store as this transaction sees it; `originals` None leaves the files out."""
    notes: list[str] = []
    first = next(_faults(connection, originals), "")
    kept = set(connection.execute(select(SUBMISSION.c.workbook_sha256)).scalars())
    if originals is not None and (loose := originals.names() - kept):
        notes.append(
            f"{len(loose)} received files belong to no submission; they are harmless, and "
            "left by a process that was stopped or by a deletion that was interrupted."
        )
    return Verification(
        ok=not first,
        entries=_count(connection, AUDIT.c.seq),
        answers=_count(connection, ANSWER.c.id),
        originals=len(kept),
        head=connection.execute(select(AUDIT.c.hash).order_by(AUDIT.c.seq.desc()).limit(1)).scalar()
        or audit.GENESIS,
        first_fault=first,
        notes=tuple(notes),
    )


def _count(connection: Connection, column: object) -> int:
    return int(connection.execute(select(func.count(column))).scalar_one())  # type: ignore[arg-type]


def _faults(connection: Connection, originals: Originals | None) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        yield from _damaged(connection)
    yield from _foreign_keys(connection)
    trail = list(connection.execute(select(AUDIT).order_by(AUDIT.c.seq)).mappings())
    yield from audit.chain_faults(trail)
    told = Told.read(trail)
    yield from _assessments(connection, told)
    yield from _submissions(connection, told)
    yield from _answers(connection)
    yield from _runs(connection, told)
    if originals is not None:
        for sha256 in sorted(
            set(connection.execute(select(SUBMISSION.c.workbook_sha256)).scalars())
        ):
            if fault := originals.fault(sha256):
                yield fault


def _damaged(connection: Connection) -> Iterator[str]:
    answer = connection.execute(text("PRAGMA quick_check(1)")).scalar()
    if answer != "ok":
        yield f"the database file is damaged ({answer})"


def _foreign_keys(connection: Connection) -> Iterator[str]:
    for table in ALL:
        for key in table.foreign_keys:
            parent = key.column
            lost = (
                select(func.count())
                .select_from(table.outerjoin(parent.table, key.parent == parent))
                .where(parent.is_(None), key.parent.is_not(None))
            )
            if connection.execute(lost).scalar():
                yield f"rows of {table.name} refer to a {parent.table.name} that is not there"


def _assessments(connection: Connection, told: Told) -> Iterator[str]:
    rows = {
        subject(row["iso3"], row["round"]): row
        for row in connection.execute(select(ASSESSMENT)).mappings()
    }
    for about in sorted(told.opened.keys() ^ rows.keys()):
        where = "was removed" if about in told.opened else "has no entry in the audit trail"
        yield f"assessment {about} {where}"
    for about, row in sorted(rows.items()):
        said = told.opened[about]
        pack = ("pack_id", "pack_version", "pack_digest", "pack_folder")
        if any(row[name] != said.get(name, row[name]) for name in pack):  # older entries say less
            yield f"assessment {about} names another pack than the one it was opened with"
        if (iso(row["opened_at"]), row["opened_by"]) != (said["at"], said["by"]):
            yield f"who opened assessment {about}, or when, was edited"
        if row["current_run"] != told.current.get(about):
            yield f"assessment {about} points to a run that no entry made current"
        said_register = told.register.get(about)
        if said_register is not None and register_digest(connection, row["id"]) != said_register:
            yield f"the evidence register of {about} was edited"


def _submissions(connection: Connection, told: Told) -> Iterator[str]:
    query = select(SUBMISSION, ASSESSMENT.c.iso3, ASSESSMENT.c.round).join(
        ASSESSMENT, ASSESSMENT.c.id == SUBMISSION.c.assessment_id
    )
    rows = {
        (subject(row["iso3"], row["round"]), row["institution"], row["version"]): row
        for row in connection.execute(query).mappings()
    }
    for key in sorted(told.accepted.keys() ^ rows.keys()):
        name = "{} {} version {}".format(*key)
        where = "was removed" if key in told.accepted else "has no entry in the audit trail"
        yield f"submission {name} {where}"
    for key, row in sorted(rows.items()):
        said = told.accepted[key]
        same = (
            row["workbook_sha256"] == said["workbook_sha256"]
            and row["answers_digest"] == said["answers_digest"]
            and row["answer_count"] == said["answers"]
            and row["pack_version"] == said.get("pack_version", "")
            and (iso(row["received_at"]), row["received_by"]) == (said["at"], said["by"])
            and said.get("file", file_digest(row)) == file_digest(row)
        )
        if not same:
            yield "submission {} {} version {} was edited".format(*key)
        if row["withdrawn_at"] is None:
            stands = key not in told.withdrawn
        else:
            stands = told.withdrawn.get(key) == iso(row["withdrawn_at"])
        if not stands:
            yield "the withdrawal of submission {} {} version {} was edited".format(*key)


def _answers(connection: Connection) -> Iterator[str]:
    held = select(
        SUBMISSION.c.id,
        SUBMISSION.c.institution,
        SUBMISSION.c.version,
        SUBMISSION.c.answers_digest,
        SUBMISSION.c.content_digest,
        SUBMISSION.c.answer_count,
    ).order_by(SUBMISSION.c.id)
    submissions = list(connection.execute(held))
    for start in range(0, len(submissions), _PIECE):
        piece = submissions[start : start + _PIECE]
        query = (
            select(ANSWER.c.submission_id, *(ANSWER.c[name] for name in STORED))
            .where(ANSWER.c.submission_id.between(piece[0].id, piece[-1].id))
            .order_by(ANSWER.c.submission_id, ANSWER.c.ordinal, ANSWER.c.id)
        )
        found: dict[int, list[AnswerRow]] = {}
        for row in connection.execute(query):
            found.setdefault(row[0], []).append(tuple(row[1:]))
        for item in piece:
            rows = found.get(item.id, [])
            if len(rows) != item.answer_count:
                yield (
                    f"{item.institution} version {item.version} has {len(rows)} answers, "
                    f"{item.answer_count} were accepted"
                )
            content, stored = digests(rows)
            if stored != item.answers_digest:
                yield f"answers of {item.institution} version {item.version} were edited"
            if content != item.content_digest:
                yield f"the content digest of {item.institution} version {item.version} was edited"


def _runs(connection: Connection, told: Told) -> Iterator[str]:
    rows = {row["key"]: row for row in connection.execute(select(RUN)).mappings()}
    found: dict[str, dict[str, str]] = {key: {} for key in rows}
    for result in connection.execute(select(RUN_RESULT)):
        if sha256_text(result.document) != result.digest:
            yield f"the result {result.name} of run {result.run_key} was edited"
        found.setdefault(result.run_key, {})[result.name] = result.digest
    for key in sorted(told.runs.keys() | found.keys()):
        if told.runs.get(key) != found.get(key) or not _as_saved(rows[key], told.saved[key]):
            yield f"run {key} is not the one that the audit trail tells of"
    approvals: Counter[tuple[str, ...]] = Counter(
        (row.run_key, row.name, iso(row.approved_at), row.note)
        for row in connection.execute(select(APPROVAL))
    )
    for key, name, at, _ in sorted((approvals - told.approved) + (told.approved - approvals)):
        yield f"the approval of run {key} by {name} at {at} does not match the audit trail"
    paths = {
        (
            row.run_key,
            row.edition,
            row.language,
            row.sha256,
            iso(row.made_at),
            row.made_by,
        ): row.path
        for row in connection.execute(select(REPORT))
    }
    reports = _count(connection, REPORT.c.id)
    for key, edition, *_ in sorted(paths.keys() ^ told.reported.keys()):
        yield f"a {edition} report of run {key} does not match the audit trail"
    if reports != len(paths):
        yield "a report is recorded twice"
    for said, path in paths.items():
        if told.reported[said] not in (None, path):
            yield f"where a {said[1]} report of run {said[0]} was written to was edited"


def _as_saved(row: RowMapping, said: dict[str, object]) -> bool:
    """True where a run says of itself what its entry does; older entries say less."""
    own = {
        "at": iso(row["made_at"]),
        "by": row["made_by"],
        "answers_digest": row["answers_digest"],
        "inputs": sha256_text(row["inputs"]),
        "folder": row["folder"],
    }
    return all(said.get(name, value) == value for name, value in own.items())
