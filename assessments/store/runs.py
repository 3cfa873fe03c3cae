"""Runs, their approvals and the reports made from them.

A run is keyed by the content hash of its inputs: the same key is the same result, and saving it
again only makes it the run that stands now. An approval binds to a run; when another run stands, or
the answers changed since, it is void and says why.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select, update

from assessments.errors import AnswersChanged, Mistake, NothingToAssess
from assessments.store import audit
from assessments.store.answers import standing_digest
from assessments.store.digest import canonical, sha256_text
from assessments.store.lookup import assessment_row, subject
from assessments.store.tables import APPROVAL, ASSESSMENT, REPORT, RUN, RUN_RESULT
from assessments.store.values import Approval, MadeReport, Run


def save_run(
    connection: Connection,
    key: str,
    iso3: str,
    round_: str,
    results: Mapping[str, str],
    *,
    inputs: Mapping[str, str],
    folder: str,
    at: datetime,
    by: str,
) -> bool:
    """Keep a run's results and make it the one that stands; True where it was not there yet.

    Raises Mistake where another assessment or other results are kept under the same key, and
    AnswersChanged where `inputs` name other answers than those that stand now.
    """
    assessment = assessment_row(connection, iso3, round_)
    answers_digest = standing_digest(connection, assessment["id"])
    if inputs.get("answers", answers_digest) != answers_digest:
        raise AnswersChanged(
            f"Answers of {iso3} {round_} came in while it was being assessed.",
            f"Run: tana assess {iso3} --round {round_}",
        )
    kept = _row(connection, key)
    if kept is not None:
        _same_run(connection, kept, assessment["id"], results)
        use_run(connection, key, at=at, by=by)
        return False
    connection.execute(
        insert(RUN),
        {
            "key": key,
            "assessment_id": assessment["id"],
            "answers_digest": answers_digest,
            "made_at": at,
            "made_by": by,
            "inputs": canonical(dict(inputs)),
            "folder": folder,
        },
    )
    connection.execute(
        insert(RUN_RESULT),
        [
            {"run_key": key, "name": name, "document": text, "digest": sha256_text(text)}
            for name, text in results.items()
        ],
    )
    _stand(connection, assessment["id"], key)
    audit.append(
        connection,
        at=at,
        who=by,
        what=audit.RUN_SAVED,
        subject=subject(iso3, round_),
        detail={
            "run": key,
            "results": {name: sha256_text(text) for name, text in results.items()},
            "answers_digest": answers_digest,
            "inputs": sha256_text(canonical(dict(inputs))),
            "folder": folder,
        },
    )
    return True


def use_run(connection: Connection, key: str, *, at: datetime, by: str) -> None:
    """Let an earlier run stand again, where its inputs are those of today.

    Raises Mistake where there is no run of this key.
    """
    row = _row(connection, key)
    if row is None:
        raise Mistake(f"There is no run {key}.", "Run `tana assess` for this country and round.")
    if row["current_run"] == key:
        return
    _stand(connection, row["assessment_id"], key)
    audit.append(
        connection,
        at=at,
        who=by,
        what=audit.RUN_REUSED,
        subject=subject(row["iso3"], row["round"]),
        detail={"run": key},
    )


def run(connection: Connection, key: str, results: Collection[str] | None = None) -> Run | None:
    """The run of this key, or None; with all its results or, where named, with these alone."""
    row = _row(connection, key)
    if row is None:
        return None
    query = select(RUN_RESULT.c.name, RUN_RESULT.c.document).where(RUN_RESULT.c.run_key == key)
    if results is not None:
        query = query.where(RUN_RESULT.c.name.in_(results))
    documents = {found.name: found.document for found in connection.execute(query)}
    own = Run.model_fields.keys() - {"inputs", "results"}
    return Run.model_validate(
        {name: row[name] for name in own}
        | {"inputs": json.loads(row["inputs"]), "results": documents}
    )


def latest_run(
    connection: Connection, iso3: str, round_: str, results: Collection[str] | None = None
) -> Run | None:
    """The run that stands now, as `run` gives it; None where the assessment was never run."""
    key = assessment_row(connection, iso3, round_)["current_run"]
    return None if key is None else run(connection, key, results)


def approve(
    connection: Connection, key: str, name: str, *, at: datetime, note: str = ""
) -> Approval:
    """Record that a named person approves a run.

    Raises Mistake where there is no such run or name, or its answers have changed since.
    """
    row = _row(connection, key)
    if row is None:
        raise Mistake(f"There is no run {key}.", "Run `tana assess` for this country and round.")
    if not name.strip():
        raise Mistake("An approval needs the name of the person who approves.", "Give --by NAME.")
    void = _void_because(connection, row)
    if void:
        raise NothingToAssess(
            f"This run cannot be approved: {void}.", "Run `tana assess` again, then approve."
        )
    connection.execute(
        insert(APPROVAL),
        {"run_key": key, "name": name.strip(), "approved_at": at, "note": note},
    )
    audit.append(
        connection,
        at=at,
        who=name.strip(),
        what=audit.APPROVED,
        subject=subject(row["iso3"], row["round"]),
        detail={"run": key, "note": note},
    )
    return Approval(run=key, name=name.strip(), approved_at=at, note=note, valid=True)


def approval(connection: Connection, iso3: str, round_: str) -> Approval | None:
    """The approval that counts: of the run that stands, else the last one, which is void."""
    assessment = assessment_row(connection, iso3, round_)
    query = (
        select(APPROVAL)
        .join(RUN, RUN.c.key == APPROVAL.c.run_key)
        .where(RUN.c.assessment_id == assessment["id"])
        .order_by(APPROVAL.c.id.desc())
    )
    given = list(connection.execute(query).mappings())
    if not given:
        return None
    current = [row for row in given if row["run_key"] == assessment["current_run"]]
    chosen = (current or given)[0]
    approved = _row(connection, chosen["run_key"])
    assert approved is not None  # a foreign key holds it
    void = _void_because(connection, approved)
    return Approval(
        run=chosen["run_key"],
        name=chosen["name"],
        approved_at=chosen["approved_at"],
        note=chosen["note"],
        valid=not void,
        void_because=void,
    )


def add_report(connection: Connection, report: MadeReport) -> None:
    """Record a document made from a run.

    Raises Mistake where there is no such run.
    """
    row = _row(connection, report.run)
    if row is None:
        raise Mistake(f"There is no run {report.run}.", "Run `tana assess` first.")
    values = report.model_dump(exclude={"run"}) | {"run_key": report.run}
    connection.execute(insert(REPORT), values)
    audit.append(
        connection,
        at=report.made_at,
        who=report.made_by,
        what=audit.REPORTED,
        subject=subject(row["iso3"], row["round"]),
        detail={
            "run": report.run,
            "edition": report.edition,
            "language": report.language,
            "sha256": report.sha256,
            "path": report.path,
        },
    )


def reports(connection: Connection, iso3: str, round_: str) -> tuple[MadeReport, ...]:
    """Documents made of an assessment, oldest first."""
    assessment = assessment_row(connection, iso3, round_)
    query = (
        select(REPORT)
        .join(RUN, RUN.c.key == REPORT.c.run_key)
        .where(RUN.c.assessment_id == assessment["id"])
        .order_by(REPORT.c.id)
    )
    own = MadeReport.model_fields.keys() - {"run"}
    return tuple(
        MadeReport.model_validate({name: row[name] for name in own} | {"run": row["run_key"]})
        for row in connection.execute(query).mappings()
    )


def _row(connection: Connection, key: str) -> RowMapping | None:
    query = (
        select(RUN, ASSESSMENT.c.iso3, ASSESSMENT.c.round, ASSESSMENT.c.current_run)
        .join(ASSESSMENT, ASSESSMENT.c.id == RUN.c.assessment_id)
        .where(RUN.c.key == key)
    )
    return connection.execute(query).mappings().first()


def _stand(connection: Connection, assessment_id: int, key: str) -> None:
    connection.execute(
        update(ASSESSMENT).where(ASSESSMENT.c.id == assessment_id).values(current_run=key)
    )


def _void_because(connection: Connection, row: RowMapping) -> str:
    if row["current_run"] != row["key"]:
        return "another run stands now"
    if standing_digest(connection, row["assessment_id"]) != row["answers_digest"]:
        return "answers have changed since the run"
    return ""


def _same_run(
    connection: Connection, kept: RowMapping, assessment_id: int, results: Mapping[str, str]
) -> None:
    query = select(RUN_RESULT.c.name).where(RUN_RESULT.c.run_key == kept["key"])
    names = set(connection.execute(query).scalars())
    if kept["assessment_id"] != assessment_id or names != set(results):
        raise Mistake(
            f"Run {kept['key']} is kept for another assessment or with other results.",
            "A run's key is made from all its inputs; give each run its own key.",
        )
