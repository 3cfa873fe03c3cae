"""One institution's returns as one set of answers: a later return completes an earlier one.

A blank cell says nothing. It takes nothing back either: the answer of the earlier return stays,
with the cell of the workbook it was given in. An entry of the later return (answer, reason,
unreadable cell, withdrawal) replaces the earlier one. What is stored of each return stays as it was
received; the two are put together here, whenever answers are read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from assessments.results import AnswerState
from assessments.store.tables import ANSWER, SUBMISSION

Columns = Mapping[str, Any] | RowMapping  # a stored answer, or a submission, by column
_BLANK, _SKIPPED = AnswerState.BLANK.value, AnswerState.SKIPPED.value
_ANSWERED = AnswerState.ANSWERED.value
_EVIDENCE = ("evidence", "evidence_class", "evidence_state")


@dataclass(frozen=True, slots=True)
class Standing:
    """One answer as it stands, with the returns that its value and its evidence were given in."""

    row: Columns
    given_in: Columns  # the submission
    evidence_in: Columns


def together(returns: Iterable[tuple[Columns, Sequence[Columns]]]) -> tuple[Standing, ...]:
    """The standing answers of one institution from its returns, oldest first.

    In the order of the first workbook, with what only later ones asked behind it.
    """
    standing: dict[str, Standing] = {}
    given: dict[str, Standing] = {}  # the last answer to each question that nobody took back
    for submission, rows in returns:
        for row in rows:
            question, new = row["question"], Standing(row, submission, submission)
            standing[question] = _completed(given.get(question), new)
            if is_withdrawn(row):
                given.pop(question, None)
            elif standing[question].row["state"] not in (_BLANK, _SKIPPED):
                given[question] = standing[question]
    return tuple(standing.values())


def is_withdrawn(row: Columns) -> bool:
    """True where the respondent took her earlier answer back: the words of it are kept as raw."""
    return bool(row["state"] == _BLANK and row["raw"])


def says_the_same(one: Columns, other: Columns) -> bool:
    """True where both are one answer; one may say in `raw` that it was confirmed."""
    names = ("state", "value") if one["state"] == _ANSWERED else ("state", "value", "raw")
    return all(one[name] == other[name] for name in names)


def taken_over(standing: Iterable[Standing], newest: Columns) -> list[Standing]:
    """The answers that an earlier return gave and `newest` left blank or did not ask."""
    return [
        item
        for item in standing
        if item.given_in["version"] != newest["version"]
        and item.row["state"] not in (_BLANK, _SKIPPED)
    ]


def _completed(earlier: Standing | None, new: Standing) -> Standing:
    if earlier is None or is_withdrawn(new.row) or new.row["state"] == _SKIPPED:
        return new
    if new.row["state"] == _BLANK:
        return _beside(earlier, first=new, then=earlier)
    if says_the_same(new.row, earlier.row):
        return _beside(new, first=new, then=earlier)
    return new


def _beside(answer: Standing, *, first: Standing, then: Standing) -> Standing:
    """`answer` with the evidence and the comment of `first`, or where it has none of `then`."""
    source = first if first.row["evidence"] else then
    comment = first.row["comment"] or then.row["comment"]
    beside = {name: source.row[name] for name in _EVIDENCE} | {"comment": comment}
    if all(answer.row[name] == value for name, value in beside.items()):
        return answer
    return replace(answer, row=dict(answer.row) | beside, evidence_in=source.evidence_in)


def standing_answers(
    connection: Connection,
    assessment_id: int,
    versions: Mapping[str, int] | None = None,
    *,
    cited_only: bool = False,
) -> tuple[Standing, ...]:
    """The standing answers of an assessment, by institution.

    With `versions` (institution to version), what stood when that version was the newest. With
    `cited_only`, those without evidence may be left out.
    """
    query = select(SUBMISSION).where(SUBMISSION.c.assessment_id == assessment_id)
    rows = connection.execute(query.order_by(SUBMISSION.c.version)).mappings().all()
    by_institution: dict[str, list[RowMapping]] = {}
    for row in rows:
        by_institution.setdefault(str(row["institution"]), []).append(row)
    counting = {
        institution: _counting(own, None if versions is None else versions.get(institution, 0))
        for institution, own in sorted(by_institution.items())
    }
    alone = {own[0]["id"] for own in counting.values() if len(own) == 1}
    several = {row["id"] for own in counting.values() if len(own) > 1 for row in own}
    # what completes another needs all of it
    answers = _answers(connection, several, cited_only=False)
    answers |= _answers(connection, alone, cited_only)
    return tuple(
        item
        for own in counting.values()
        for item in together((row, answers.get(row["id"], ())) for row in own)
    )


def _counting(own: Sequence[RowMapping], newest: int | None) -> list[RowMapping]:
    """The returns that count, or counted when version `newest` was accepted.

    Only the newest return can be withdrawn: one that was withdrawn before `newest` came was gone.
    """
    if newest is None:
        return [row for row in own if row["withdrawn_at"] is None]
    at: datetime | None = next((r["received_at"] for r in own if r["version"] == newest), None)
    return [
        row
        for row in own
        if row["version"] == newest
        or (
            at is not None
            and row["version"] < newest
            and (row["withdrawn_at"] is None or row["withdrawn_at"] > at)
        )
    ]


def _answers(
    connection: Connection, submissions: Collection[int], cited_only: bool
) -> dict[int, Sequence[RowMapping]]:
    """The answers of submissions, each in the order of its workbook."""
    if not submissions:
        return {}
    query = select(ANSWER).where(ANSWER.c.submission_id.in_(sorted(submissions)))
    if cited_only:
        query = query.where(ANSWER.c.evidence != "")
    rows = connection.execute(query.order_by(ANSWER.c.submission_id, ANSWER.c.ordinal)).mappings()
    return {number: list(own) for number, own in groupby(rows, itemgetter("submission_id"))}
