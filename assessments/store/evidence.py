"""The evidence register: documents that answers rest on, one document for many answers.

What standing answers cite is registered when they are accepted and renewed when they are corrected
or withdrawn, in the same transaction. A document stays registered when nothing cites it any more.
An officer may register a document too, without a workbook and without a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, bindparam, delete, insert, select, update

from assessments.errors import Mistake
from assessments.results import EvidenceState, Sensitivity
from assessments.store import audit
from assessments.store.citation import citations, document_key
from assessments.store.columns import iso, storable
from assessments.store.completing import Standing
from assessments.store.digest import canonical, sha256_text
from assessments.store.lookup import assessment_row, subject
from assessments.store.tables import ANSWER, ANSWER_EVIDENCE, EVIDENCE, SUBMISSION
from assessments.store.values import EvidenceItem

WORKBOOK, OFFICER = "workbook", "officer"  # who says that an answer rests on a document
_REGISTERED = (
    select(EVIDENCE)
    .where(EVIDENCE.c.assessment_id == bindparam("assessment"))
    .order_by(EVIDENCE.c.id)
)
_CITING = (
    select(ANSWER_EVIDENCE)
    .join(EVIDENCE, EVIDENCE.c.id == ANSWER_EVIDENCE.c.evidence_id)
    .where(EVIDENCE.c.assessment_id == bindparam("assessment"))
)
_ADDED = insert(EVIDENCE).returning(EVIDENCE.c.id, sort_by_parameter_order=True)
_SEEN = {EvidenceState.SEEN.value, EvidenceState.OBSERVED.value}


@dataclass(slots=True)
class _Document:
    """A document as the standing answers cite it."""

    title: str
    reference: str
    evidence_class: str = ""
    seen_by: str = ""
    seen_on: str = ""
    mark: Sensitivity = Sensitivity.PUBLIC
    provisions: dict[str, list[str]] = field(default_factory=dict)  # by answer


def register_cited(
    connection: Connection,
    assessment_id: int,
    standing: Iterable[Standing],
    *,
    marks: Mapping[str, Sensitivity],
    at: datetime,
) -> str:
    """Bring the register in line with what standing answers cite; returns its digest.

    `standing` are the answers of the assessment, at least those with evidence. `marks` are the
    sensitivities of questions: a document is as sensitive as the most sensitive question it was
    ever cited for.
    """
    cited = _cited(standing, marks)
    known = _rows(connection, assessment_id)
    if not cited and not known:
        return ""
    for key, row in known.items():
        _renew(connection, row, cited.get(key))
    documents = {row["id"]: cited.get(key) for key, row in known.items()}
    linked = _officers_links(connection, documents) if documents else set()
    if new := [(key, document) for key, document in cited.items() if key not in known]:
        rows = [_row(assessment_id, key, document, at) for key, document in new]
        ids = connection.execute(_ADDED, rows).scalars()
        documents |= {number: item for number, (_, item) in zip(ids, new, strict=True)}
    _link(connection, documents, linked)
    return register_digest(connection, assessment_id)


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
    title, reference = storable(title.strip()), storable(reference.strip())
    if not title:
        raise Mistake("A document needs a title.", "Give the title as the document prints it.")
    names = tuple(dict.fromkeys(answers))
    _require_answers(connection, assessment["id"], names)
    key = document_key(title, reference)
    row = _rows(connection, assessment["id"]).get(key)
    said = {"seen_by": storable(seen_by), "seen_on": seen_on.isoformat() if seen_on else ""}
    if row is None:
        values = {
            "assessment_id": assessment["id"],
            "document": key,
            "title": title,
            "reference": reference,
            "evidence_class": evidence_class,
            "classification": classification.value,
            "seen_origin": OFFICER if seen_by else WORKBOOK,
            "added_at": at,
            **said,
        }
        made = connection.execute(insert(EVIDENCE).values(values).returning(EVIDENCE.c.id))
        number = int(made.scalar_one())
    else:
        number = int(row["id"])
        highest = Sensitivity.highest(Sensitivity(row["classification"]), classification)
        changed: dict[str, object] = {
            "classification": highest.value,
            "evidence_class": row["evidence_class"] or evidence_class,
        }
        if seen_by:
            changed |= {**said, "seen_origin": OFFICER}
        connection.execute(update(EVIDENCE).where(EVIDENCE.c.id == number).values(changed))
    linked = select(ANSWER_EVIDENCE.c.answer).where(ANSWER_EVIDENCE.c.evidence_id == number)
    there = set(connection.execute(linked).scalars())
    links = [
        {"evidence_id": number, "answer": name, "provision": storable(provision), "origin": OFFICER}
        for name in names
        if name not in there
    ]
    if links:
        connection.execute(insert(ANSWER_EVIDENCE), links)
    audit.append(
        connection,
        at=at,
        who=by,
        what=audit.EVIDENCE_ADDED,
        subject=subject(iso3, round_),
        detail={
            "evidence": number,
            "answers": list(names),
            "register": register_digest(connection, assessment["id"]),
        },
    )
    return number


def evidence(connection: Connection, iso3: str, round_: str) -> tuple[EvidenceItem, ...]:
    """The register of one assessment, in the order of registration."""
    assessment = assessment_row(connection, iso3, round_)
    provisions: dict[int, dict[str, str]] = {}
    for link in _links(connection, assessment["id"]):
        provisions.setdefault(link.evidence_id, {})[link.answer] = link.provision
    own = EvidenceItem.model_fields.keys() - {"answers", "provisions"}
    return tuple(
        EvidenceItem.model_validate(
            {name: row[name] for name in own}
            | {
                "answers": tuple(provisions.get(row["id"], {})),
                "provisions": {
                    name: text for name, text in provisions.get(row["id"], {}).items() if text
                },
            }
        )
        for row in _rows(connection, assessment["id"]).values()
    )


def register_digest(connection: Connection, assessment_id: int) -> str:
    """One digest of the register of an assessment, "" where it is empty."""
    rows = [
        [iso(value) if isinstance(value, datetime) else value for value in row.values()]
        for row in _rows(connection, assessment_id).values()
    ]
    if not rows:
        return ""
    links = [list(link) for link in _links(connection, assessment_id)]
    return sha256_text(canonical([rows, links]))


def _cited(standing: Iterable[Standing], marks: Mapping[str, Sensitivity]) -> dict[str, _Document]:
    """Documents by key, in the order of institutions and of their workbooks."""
    found: dict[str, _Document] = {}
    for answer in standing:
        row, origin = answer.row, answer.evidence_in
        for item in citations(row["evidence"]):
            document = found.setdefault(item.document, _Document(item.title, item.reference))
            document.evidence_class = document.evidence_class or row["evidence_class"]
            if row["evidence_state"] in _SEEN and not document.seen_by:
                document.seen_by = origin["institution"]
                document.seen_on = origin["received_at"].astimezone(UTC).date().isoformat()
            if (mark := marks.get(row["question"])) is not None:
                document.mark = Sensitivity.highest(document.mark, mark)
            named = document.provisions.setdefault(row["printed_id"], [])
            if item.provision and item.provision not in named:
                named.append(item.provision)
    return found


def _renew(connection: Connection, row: RowMapping, cited: _Document | None) -> None:
    """Bring one document's own columns in line with the answers that cite it."""
    values: dict[str, str] = {}
    if cited is not None:
        mark = Sensitivity.highest(Sensitivity(row["classification"]), cited.mark)
        values = {
            "classification": mark.value,
            "evidence_class": row["evidence_class"] or cited.evidence_class,
        }
    if row["seen_origin"] == WORKBOOK:
        values["seen_by"] = cited.seen_by if cited else ""
        values["seen_on"] = cited.seen_on if cited else ""
    if any(row[name] != value for name, value in values.items()):
        connection.execute(update(EVIDENCE).where(EVIDENCE.c.id == row["id"]).values(values))


def _row(assessment_id: int, key: str, cited: _Document, at: datetime) -> dict[str, object]:
    """A document that is registered because answers cite it."""
    return {
        "assessment_id": assessment_id,
        "document": key,
        "title": cited.title,
        "reference": cited.reference,
        "evidence_class": cited.evidence_class,
        "classification": cited.mark.value,
        "seen_by": cited.seen_by,
        "seen_on": cited.seen_on,
        "seen_origin": WORKBOOK,
        "added_at": at,
    }


def _officers_links(connection: Connection, documents: Iterable[int]) -> set[tuple[int, str]]:
    """Remove the links that workbooks made; those of an officer stay, and are returned."""
    held = ANSWER_EVIDENCE.c
    mine = held.evidence_id.in_(list(documents))
    connection.execute(delete(ANSWER_EVIDENCE).where(mine, held.origin == WORKBOOK))
    query = select(held.evidence_id, held.answer).where(mine)
    return {(row.evidence_id, row.answer) for row in connection.execute(query)}


def _link(
    connection: Connection,
    documents: Mapping[int, _Document | None],
    there: set[tuple[int, str]],
) -> None:
    """Link answers to the documents that they cite in their workbooks."""
    links = [
        {
            "evidence_id": number,
            "answer": answer,
            "provision": "; ".join(provisions),
            "origin": WORKBOOK,
        }
        for number, document in documents.items()
        if document is not None
        for answer, provisions in document.provisions.items()
        if (number, answer) not in there
    ]
    if links:
        connection.execute(insert(ANSWER_EVIDENCE), links)


def _rows(connection: Connection, assessment_id: int) -> dict[str, RowMapping]:
    rows = connection.execute(_REGISTERED, {"assessment": assessment_id}).mappings()
    return {row["document"]: row for row in rows}


def _links(connection: Connection, assessment_id: int) -> list[Row[Any]]:
    # Sorted here: databases differ in how they order text.
    rows = connection.execute(_CITING, {"assessment": assessment_id})
    return sorted(rows, key=attrgetter("evidence_id", "answer"))


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
