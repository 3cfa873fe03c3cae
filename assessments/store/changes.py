"""What a later return of an institution says differently."""

from __future__ import annotations

from collections.abc import Iterable

from assessments.results import AnswerState
from assessments.store.completing import Columns, says_the_same
from assessments.store.values import Change

_SILENT = {AnswerState.BLANK.value, AnswerState.SKIPPED.value}


def changes(before: Iterable[Columns], after: Iterable[Columns]) -> tuple[Change, ...]:
    """What a later return says differently, in the order of the workbook."""
    old, new = ({row["question"]: row for row in rows} for rows in (before, after))
    found = [_change(old.get(question), row) for question, row in new.items()]
    return tuple(change for change in found if change is not None)


def _change(was: Columns | None, now: Columns) -> Change | None:
    kind = "added" if was is None else _difference(was, now)
    if kind is None:
        return None
    return Change.model_validate(
        {
            "question": now["question"],
            "cell": f"{now['sheet']}!{now['cell']}",
            "kind": kind,
            "was": was["state"] if was is not None else "",
            "now": now["state"],
        }
    )


def _difference(was: Columns, now: Columns) -> str | None:
    if was["state"] != now["state"]:
        if was["state"] in _SILENT and now["state"] not in _SILENT:
            return "added"
        return "removed" if now["state"] in _SILENT and was["state"] not in _SILENT else "state"
    if not says_the_same(was, now):
        return "value"
    evidence = ("evidence", "evidence_class", "evidence_state")
    if any(was[name] != now[name] for name in evidence):
        return "evidence"
    return "comment" if was["comment"] != now["comment"] else None
