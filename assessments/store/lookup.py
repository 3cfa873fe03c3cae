"""Finding an assessment, or saying which there are."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, RowMapping, bindparam, select

from assessments.errors import Mistake, UnknownRound
from assessments.store.tables import ASSESSMENT
from assessments.store.values import Assessment

_NAMED = select(ASSESSMENT).where(
    ASSESSMENT.c.iso3 == bindparam("iso3"), ASSESSMENT.c.round == bindparam("of_round")
)


def subject(iso3: str, round_: str) -> str:
    """How the audit trail names an assessment."""
    return f"{iso3}/{round_}"


def find_assessment(connection: Connection, iso3: str, round_: str) -> RowMapping | None:
    """The row of an assessment, or None."""
    return connection.execute(_NAMED, {"iso3": iso3, "of_round": round_}).mappings().first()


def assessment_row(connection: Connection, iso3: str, round_: str) -> RowMapping:
    """The row of an assessment.

    Raises UnknownRound where it was never opened, naming the rounds and countries there are.
    """
    row = find_assessment(connection, iso3, round_)
    if row is not None:
        return row
    there = all_assessments(connection)
    rounds = [item.round for item in there if item.iso3 == iso3]
    if rounds:
        known = f"Rounds of {iso3}: {', '.join(rounds)}."
    elif there:
        names = ", ".join(f"{item.iso3} {item.round}" for item in there[:20])
        known = f"This store holds {names}{' and more' if len(there) > 20 else ''}."
    else:
        known = "This store holds no assessment yet."
    raise UnknownRound(
        f"No assessment of {iso3} was opened for round {round_}.",
        f"{known} Open it with `tana questionnaire build --country {iso3} --round {round_}`.",
    )


def all_assessments(connection: Connection) -> tuple[Assessment, ...]:
    """All assessments, by country and round."""
    query = select(ASSESSMENT).order_by(ASSESSMENT.c.iso3, ASSESSMENT.c.round)
    return tuple(assessment_of(row) for row in connection.execute(query).mappings())


def assessment_of(row: Mapping[str, object] | RowMapping) -> Assessment:
    """An assessment from its row."""
    return Assessment.model_validate(
        {name: row[name] for name in Assessment.model_fields},
    )


def require_grounds(by: str, reason: str) -> None:
    """Make sure that what takes answers away says who and why. Raises Mistake."""
    if not by.strip() or not reason.strip():
        raise Mistake(
            "Taking answers away needs a name and a reason.", "Give --by NAME and --reason TEXT."
        )
