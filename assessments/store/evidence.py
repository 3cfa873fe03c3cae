"""The evidence register: documents that answers rest on, one document for many answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from assessments.errors import Mistake
from assessments.results import Sensitivity
from assessments.store import audit
from assessments.store.columns import storable
from assessments.store.lookup import assessment_row, subject
from assessments.store.tables import ANSWER, ANSWER_EVIDENCE, EVIDENCE, SUBMISSION
from assessments.store.values import EvidenceItem


def add_evidence(
    connection: Connection,
    iso3: str,
    round_: str,
    *,
    title: str,
    reference: str = "",
    provision: str = "",
    evidence_class: str = "",
    classification: Sensitivity = Sensitivity.PUBLIC,
    seen_by: str = "",
    seen_on: date | None = None,
    answers: Iterable[str] = (),
    at: datetime,
    by: str,
) -> int:
    """Register a document, or find it where it is there already, and cite it for `answers`.

    Returns its number. Raises Mistake where it has no title or an answer is unknown.
    """
    assessment = assessment_row(connection, iso3, round_)
    if not title.strip():
        raise Mistake("A document needs a title.", "Give the title as the document prints it.")
    cited = tuple(dict.fromkeys(answers))
    _require_answers(connection, assessment["id"], cited)
    key = {
        "assessment_id": assessment["id"],
        "title": storable(title.strip()),
        "reference": storable(reference.strip()),
        "provision": storable(provision.strip()),
    }
    query = select(EVIDENCE.c.id).where(*(EVIDENCE.c[name] == value for name, value in key.items()))
    number = connection.execute(query).scalar()
    if number is None:
        row = key | {
            "evidence_class": evidence_class,
            "classification": classification.value,
            "seen_by": storable(seen_by),
            "seen_on": seen_on.isoformat() if seen_on else "",
            "added_at": at,
        }
        made = connection.execute(insert(EVIDENCE).values(row).returning(EVIDENCE.c.id))
        number = made.scalar_one()
    linked = select(ANSWER_EVIDENCE.c.answer).where(ANSWER_EVIDENCE.c.evidence_id == number)
    there = set(connection.execute(linked).scalars())
    links = [{"evidence_id": number, "answer": name} for name in cited if name not in there]
    if links:
        connection.execute(insert(ANSWER_EVIDENCE), links)
    audit.append(
        connection,
        at=at,
        who=by,
        what=audit.EVIDENCE_ADDED,
        subject=subject(iso3, round_),
        detail={"evidence": number, "answers": list(cited)},
    )
    return int(number)


def evidence(connection: Connection, iso3: str, round_: str) -> tuple[EvidenceItem, ...]:
    """The register of one assessment, in the order of registration."""
    assessment = assessment_row(connection, iso3, round_)
    items = select(EVIDENCE).where(EVIDENCE.c.assessment_id == assessment["id"])
    links = (
        select(ANSWER_EVIDENCE)
        .join(EVIDENCE, EVIDENCE.c.id == ANSWER_EVIDENCE.c.evidence_id)
        .where(EVIDENCE.c.assessment_id == assessment["id"])
    )
    serves: dict[int, list[str]] = {}
    for link in connection.execute(links):
        serves.setdefault(link.evidence_id, []).append(link.answer)
    own = EvidenceItem.model_fields.keys() - {"answers"}
    return tuple(
        EvidenceItem.model_validate(
            {name: row[name] for name in own} | {"answers": sorted(serves.get(row["id"], []))}
        )
        for row in connection.execute(items.order_by(EVIDENCE.c.id)).mappings()
    )


def _require_answers(connection: Connection, assessment_id: int, cited: tuple[str, ...]) -> None:
    query = (
        select(ANSWER.c.printed_id)
        .join(SUBMISSION, SUBMISSION.c.id == ANSWER.c.submission_id)
        .where(SUBMISSION.c.assessment_id == assessment_id, ANSWER.c.printed_id.in_(cited))
    )
    known = set(connection.execute(query).scalars())
    missing = [name for name in cited if name not in known]
    if missing:
        raise Mistake(
            f"No answer {', '.join(missing)} was received.", "Use the ids that the report prints."
        )
