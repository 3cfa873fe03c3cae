"""Reading answers: the standing version of each institution, in one order always."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Select, Table, select

from assessments.errors import StoreFault
from assessments.results import Answer, AnswerState, AnswerValue, EvidenceState, Row, Source
from assessments.store.completing import Standing, standing_answers
from assessments.store.digest import canonical, sha256_text
from assessments.store.lookup import assessment_row
from assessments.store.tables import ASSESSMENT, SUBMISSION
from assessments.store.values import AcceptedSubmission

DECISIONS = "DECISIONS"  # stands for an institution where decisions on the project are kept
# the same for what the Government said of a report, by the edition it was shown
RESPONSES = {"public": "RESPONSE_PUBLIC", "restricted": "RESPONSE_RESTRICTED"}
_NO_RESPONDENTS = frozenset({DECISIONS, *RESPONSES.values()})


def submissions(
    connection: Connection, iso3: str, round_: str, *, history: bool = False
) -> tuple[AcceptedSubmission, ...]:
    """The standing submissions by institution; with `history` all versions, the withdrawn and
    decisions on the project and responses to the report too.
    """
    assessment_row(connection, iso3, round_)
    query = _of_assessment(iso3, round_, SUBMISSION, ASSESSMENT.c.iso3, ASSESSMENT.c.round)
    rows = sorted(connection.execute(query).mappings(), key=lambda row: str(row["institution"]))
    standing = {row["institution"]: row["id"] for row in rows if row["withdrawn_at"] is None}
    found = [_submission(row, stands=standing.get(row["institution"]) == row["id"]) for row in rows]
    return tuple(
        item
        for item in found
        if history or (item.stands and item.institution not in _NO_RESPONDENTS)
    )


def answers(
    connection: Connection, iso3: str, round_: str, *, versions: Mapping[str, int] | None = None
) -> tuple[Answer, ...]:
    """Every standing answer, by institution, then as in the workbook.

    A later return completes the ones before it; each answer names the workbook it was given in.
    With `versions` (institution to version), what stood then: what an earlier run rested on.
    """
    assessment = assessment_row(connection, iso3, round_)
    standing = standing_answers(connection, assessment["id"], versions)
    return tuple(_answer(item) for item in standing if _giver(item) not in _NO_RESPONDENTS)


def decisions(connection: Connection, iso3: str, round_: str) -> tuple[Answer, ...]:
    """The standing decisions on the project, kept as answers are; a later one replaces its like."""
    assessment = assessment_row(connection, iso3, round_)
    standing = standing_answers(connection, assessment["id"])
    return tuple(_answer(item) for item in standing if _giver(item) == DECISIONS)


def responses(connection: Connection, iso3: str, round_: str, edition: str) -> tuple[Answer, ...]:
    """What the Government said of an edition, finding by finding, kept as answers are."""
    assessment = assessment_row(connection, iso3, round_)
    standing = standing_answers(connection, assessment["id"])
    return tuple(_answer(item) for item in standing if _giver(item) == RESPONSES[edition])


def _giver(standing: Standing) -> str:
    return str(standing.given_in["institution"])


def answers_digest(connection: Connection, iso3: str, round_: str) -> str:
    """One digest of all standing answers and decisions: it changes when any of them does."""
    assessment = assessment_row(connection, iso3, round_)
    return standing_digest(connection, assessment["id"])


def standing_digest(connection: Connection, assessment_id: int) -> str:
    """Digest over the own digests of all returns that count: the later ones complete the earlier.

    An institution with one return counts with that return alone. What was said of a report counts
    nowhere in it: a run does not rest on what is said of its results.
    """
    query = select(
        SUBMISSION.c.institution, SUBMISSION.c.workbook_sha256, SUBMISSION.c.answers_digest
    ).where(
        SUBMISSION.c.assessment_id == assessment_id,
        SUBMISSION.c.withdrawn_at.is_(None),
        SUBMISSION.c.institution.not_in(RESPONSES.values()),
    )
    return sha256_text(canonical(sorted(list(row) for row in connection.execute(query))))


def originals_of_only(connection: Connection, assessment_id: int) -> list[str]:
    """Digests of the originals that no other assessment refers to."""
    used = SUBMISSION.c.workbook_sha256
    query = select(used).where(SUBMISSION.c.assessment_id == assessment_id)
    others = select(used).where(SUBMISSION.c.assessment_id != assessment_id)
    return sorted(set(connection.execute(query.where(used.not_in(others))).scalars()))


def _of_assessment(iso3: str, round_: str, *columns: Table | Column[str]) -> Select[Any]:
    return (
        select(*columns)
        .join(ASSESSMENT, ASSESSMENT.c.id == SUBMISSION.c.assessment_id)
        .where(ASSESSMENT.c.iso3 == iso3, ASSESSMENT.c.round == round_)
        .order_by(SUBMISSION.c.version)
    )


def _submission(row: RowMapping, *, stands: bool) -> AcceptedSubmission:
    own = AcceptedSubmission.model_fields.keys() - {"stands", "answers"}
    return AcceptedSubmission.model_validate(
        {name: row[name] for name in own} | {"answers": row["answer_count"], "stands": stands}
    )


def _answer(standing: Standing) -> Answer:
    row, submission = standing.row, standing.given_in
    # Values were validated on their way in and are sealed by a digest: no second validation here.
    return Answer.model_construct(
        id=row["printed_id"],
        question=row["question"],
        institution=submission["institution"],
        state=AnswerState(row["state"]),
        value=_value(row["value"], row["printed_id"]),
        raw=row["raw"],
        evidence=row["evidence"],
        evidence_class=row["evidence_class"],
        evidence_state=EvidenceState(row["evidence_state"]),
        comment=row["comment"],
        source=Source.model_construct(
            workbook_sha256=submission["workbook_sha256"],
            sheet=row["sheet"],
            cell=row["cell"],
            file_name=submission["file_name"],
        ),
    )


def _value(stored: str | None, printed: str) -> AnswerValue | None:
    if stored is None:
        return None
    try:
        value: object = json.loads(stored)
        if isinstance(value, str):
            return value
        if isinstance(value, int | float):
            return float(value)
        if isinstance(value, list):
            return _sequence(value)
    except ValueError:
        pass
    raise StoreFault(
        f"The stored value of {printed} cannot be read: the store was edited.",
        "Run `tana db verify`, then bring back a backup with `tana db restore`.",
    )


def _sequence(items: list[object]) -> tuple[str, ...] | tuple[Row, ...]:
    rows = [item for item in items if isinstance(item, dict)]
    if rows:
        return tuple(_row(row) for row in rows)
    return tuple(str(item) for item in items)


def _row(row: dict[str, object]) -> Row:
    return {name: cell if isinstance(cell, str) else float(str(cell)) for name, cell in row.items()}
