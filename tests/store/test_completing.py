"""A later return completes an earlier one: a blank takes nothing back, an entry replaces."""

from __future__ import annotations

from typing import Any

from store_samples import SHA, answer, submission

from assessments.results import Answer, AnswerState
from assessments.store import Store

WITHDRAWN = "Withdrawn: I take back my earlier answer"


def _send(store: Store, letter: str, *answers: Answer) -> Any:
    return store.accept(submission(SHA[letter], *answers))


def _standing(store: Store) -> dict[str, Answer]:
    return {item.question: item for item in store.answers("XAA", "2026")}


def test_a_blank_in_a_later_return_leaves_the_earlier_answer_with_its_own_cell(
    store: Store,
) -> None:
    _send(store, "a", answer("Q1", "yes", cell="D7"), answer("Q2", None, cell="D8"))
    told = _send(store, "b", answer("Q1", None, cell="E7"), answer("Q2", "no", cell="E8"))
    now = _standing(store)
    assert (now["Q1"].value, now["Q1"].source.workbook_sha256) == ("yes", SHA["a"])
    assert now["Q1"].source.cell == "D7"
    assert (now["Q2"].value, now["Q2"].source.workbook_sha256) == ("no", SHA["b"])
    (kept,) = told.taken_over
    assert (kept.question, kept.version, kept.cell) == ("Q1", 1, "STR!D7")
    assert [(item.question, item.kind) for item in told.changes] == [("Q2", "added")]


def test_a_return_that_asks_only_a_part_leaves_the_rest_as_it_was(store: Store) -> None:
    _send(store, "a", answer("Q1", "yes"), answer("Q2", "no"))
    told = _send(store, "b", answer("Q2", "partly"))
    assert {name: item.value for name, item in _standing(store).items()} == {
        "Q1": "yes",
        "Q2": "partly",
    }
    assert [item.question for item in told.taken_over] == ["Q1"]
    assert [(item.question, item.kind) for item in told.changes] == [("Q2", "value")]


def test_taking_an_answer_back_is_said_and_then_nothing_stands(store: Store) -> None:
    _send(store, "a", answer("Q1", "yes"))
    told = _send(store, "b", answer("Q1", None, raw=WITHDRAWN))
    assert _standing(store)["Q1"].state is AnswerState.BLANK
    assert told.taken_over == ()
    assert [(item.kind, item.was, item.now) for item in told.changes] == [
        ("removed", "answered", "blank")
    ]
    _send(store, "c", answer("Q1", None))
    assert _standing(store)["Q1"].state is AnswerState.BLANK


def test_what_cannot_be_read_stands_over_the_earlier_answer(store: Store) -> None:
    """She meant to change it: to count the old answer would be a guess."""
    _send(store, "a", answer("Q1", "yes"))
    _send(store, "b", answer("Q1", None, state=AnswerState.UNUSABLE, raw="perhaps"))
    assert _standing(store)["Q1"].state is AnswerState.UNUSABLE


def test_an_answer_skipped_for_a_while_comes_back(store: Store) -> None:
    _send(store, "a", answer("Q1", "yes"), answer("Q2", "partly"))
    skipped = answer("Q2", None, state=AnswerState.SKIPPED)
    _send(store, "b", answer("Q1", "no"), skipped)
    assert _standing(store)["Q2"].state is AnswerState.SKIPPED
    _send(store, "c", answer("Q1", "yes"), answer("Q2", None))
    assert _standing(store)["Q2"].value == "partly"


def test_evidence_given_later_joins_the_earlier_answer(store: Store) -> None:
    _send(store, "a", answer("Q1", "yes", comment="Since 2019."), answer("Q2", "no"))
    _send(store, "b", answer("Q1", None, evidence="Act 5 of 2019"), answer("Q2", None))
    now = _standing(store)["Q1"]
    assert (now.value, now.evidence, now.comment) == ("yes", "Act 5 of 2019", "Since 2019.")
    assert now.source.workbook_sha256 == SHA["a"]
    (document,) = store.evidence("XAA", "2026")
    assert document.answers == (now.id,)


def test_another_answer_does_not_inherit_the_evidence_of_the_old_one(store: Store) -> None:
    _send(store, "a", answer("Q1", "yes", evidence="Act 5 of 2019"))
    _send(store, "b", answer("Q1", "no"))
    assert _standing(store)["Q1"].evidence == ""
    _send(store, "c", answer("Q1", "no", comment="Repealed."), answer("Q2", "yes"))
    _send(store, "d", answer("Q1", "no"), answer("Q2", "no"))
    assert _standing(store)["Q1"].comment == "Repealed."


def test_withdrawing_a_return_leaves_what_stood_before_it(store: Store) -> None:
    _send(store, "a", answer("Q1", "yes"), answer("Q2", None))
    first = store.answers_digest("XAA", "2026")
    _send(store, "b", answer("Q1", None), answer("Q2", "no"))
    both = store.answers_digest("XAA", "2026")
    assert store.withdraw("XAA", "2026", "CA", by="officer", reason="sent in error") == 1
    assert _standing(store)["Q2"].state is AnswerState.BLANK
    assert store.answers_digest("XAA", "2026") == first != both
    _send(store, "c", answer("Q1", "no"), answer("Q2", None))
    then = {item.question: item.value for item in store.answers("XAA", "2026", versions={"CA": 2})}
    assert then == {"Q1": "yes", "Q2": "no"}  # what a run on the withdrawn version rested on


def test_a_dry_run_foresees_what_would_be_taken_over(store: Store) -> None:
    _send(store, "a", answer("Q1", "yes"))
    foreseen = store.foresee(submission(SHA["b"], answer("Q1", None), answer("Q2", "no")))
    assert [item.question for item in foreseen.taken_over] == ["Q1"]
    assert len(store.submissions("XAA", "2026", history=True)) == 1
