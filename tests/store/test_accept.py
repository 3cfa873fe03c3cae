"""Accepting submissions: once, whole, with history. On SQLite and on PostgreSQL."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text
from store_samples import PACK, SHA, answer, submission

from assessments.errors import Mistake, StoreFault, UnknownRound
from assessments.results import AnswerState
from assessments.store import Change, Store


def test_answers_come_back_as_they_were_given(store: Store) -> None:
    """Every kind of value, text in Arabic, and the place of a blank cell survive the store."""
    rows = ({"treaty": "UNTOC", "year": 2003.0}, {"treaty": "UNCAC"})
    given = (
        answer("STR_1_01", "3", cell="D7"),
        answer("STR_1_02", 12.5, cell="D8", comment="بحسب القانون"),
        answer("STR_1_03", ("mla", "extradition"), cell="D9"),
        answer("STR_1_04", rows, cell="D10"),
        answer("STR_1_05", None, cell="D11"),
        answer("STR_1_06", None, state=AnswerState.UNUSABLE, raw="ca. ten", cell="D12"),
    )
    accepted = store.accept(submission(SHA["a"], *given), by="officer")
    assert (accepted.new, accepted.version, accepted.stands) == (True, 1, True)
    found = store.answers("XAA", "2026")
    assert [item.value for item in found] == ["3", 12.5, ("mla", "extradition"), rows, None, None]
    assert [item.source.cell for item in found] == ["D7", "D8", "D9", "D10", "D11", "D12"]
    assert {item.source.workbook_sha256 for item in found} == {SHA["a"]}
    assert found[1].comment == "بحسب القانون"
    assert (found[5].state, found[5].raw) == (AnswerState.UNUSABLE, "ca. ten")


def test_stored_value_is_json_in_column_value_of_table_answer(store: Store) -> None:
    store.accept(submission(SHA["a"], answer("STR_1_03", ("b", "a"))))
    with store.database.reading() as connection:
        stored = connection.execute(text("SELECT value FROM answer")).scalar_one()
    assert json.loads(stored) == ["b", "a"]


def test_same_file_twice_is_stored_once(store: Store) -> None:
    first = store.accept(submission(SHA["a"], answer("STR_1_01")))
    again = store.accept(submission(SHA["a"], answer("STR_1_01")))
    assert (first.new, again.new, again.version) == (True, False, 1)
    assert len(store.submissions("XAA", "2026", history=True)) == 1


def test_rezipped_copy_of_the_same_answers_changes_nothing(store: Store) -> None:
    """Other bytes and another cell, because a row was inserted, but the same answers."""
    store.accept(submission(SHA["a"], answer("STR_1_01", cell="D7")))
    before = store.answers_digest("XAA", "2026")
    again = store.accept(submission(SHA["b"], answer("STR_1_01", cell="D8")))
    assert (again.new, again.version, again.workbook_sha256) == (False, 1, SHA["a"])
    assert store.answers_digest("XAA", "2026") == before
    assert [entry.what for entry in store.audit()] == ["opened", "accepted"]


def test_corrected_file_is_a_new_version_with_a_visible_difference(store: Store) -> None:
    store.accept(
        submission(SHA["a"], answer("Q1", "yes"), answer("Q2", None, cell="D8"), answer("Q3", 4.0))
    )
    second = store.accept(
        submission(SHA["b"], answer("Q1", "no"), answer("Q2", 7.0, cell="D8"), answer("Q3", 4.0))
    )
    assert (second.new, second.version) == (True, 2)
    assert second.changes == (
        Change(question="Q1", cell="STR!D7", kind="value", was="answered", now="answered"),
        Change(question="Q2", cell="STR!D8", kind="added", was="blank", now="answered"),
    )
    assert [item.value for item in store.answers("XAA", "2026")] == ["no", 7.0, 4.0]
    old = store.answers("XAA", "2026", versions={"CA": 1})
    assert [item.value for item in old] == ["yes", None, 4.0]
    both = store.submissions("XAA", "2026", history=True)
    assert [(item.version, item.stands) for item in both] == [(1, False), (2, True)]


def test_an_old_file_sent_again_does_not_undo_the_correction(store: Store) -> None:
    """A late mail with the first file: the correction stands, and the answer says so."""
    store.accept(submission(SHA["a"], answer("Q1", "yes")))
    store.accept(submission(SHA["b"], answer("Q1", "no")))
    late = store.accept(submission(SHA["a"], answer("Q1", "yes")))
    assert (late.new, late.version, late.stands) == (False, 1, False)
    assert store.answers("XAA", "2026")[0].value == "no"


def test_withdrawing_lets_the_version_before_stand_again(store: Store) -> None:
    store.accept(submission(SHA["a"], answer("Q1", "yes")))
    store.accept(submission(SHA["b"], answer("Q1", "no")))
    assert store.withdraw("XAA", "2026", "CA", by="officer", reason="sent in error") == 1
    assert store.answers("XAA", "2026")[0].value == "yes"
    back = store.accept(submission(SHA["b"], answer("Q1", "no")))
    assert (back.new, back.version) == (True, 3)
    assert store.answers("XAA", "2026")[0].value == "no"
    with pytest.raises(Mistake, match="POL has no submission"):
        store.withdraw("XAA", "2026", "POL", by="officer", reason="x")


def test_institutions_have_versions_of_their_own_and_a_fixed_order(store: Store) -> None:
    """The order does not depend on who came first, nor on the database's way of sorting."""
    for sha256, institution in ((SHA["a"], "PROS"), (SHA["b"], "CA"), (SHA["c"], "FIU")):
        item = answer("Q1", institution, institution=institution)
        assert store.accept(submission(sha256, item, institution=institution)).version == 1
    assert [item.institution for item in store.answers("XAA", "2026")] == ["CA", "FIU", "PROS"]


def test_round_that_was_never_opened_is_refused_naming_what_exists(store: Store) -> None:
    with pytest.raises(UnknownRound, match=r"round 2031.*Rounds of XAA: 2026"):
        store.accept(submission(SHA["a"], answer("Q1"), round_="2031"))
    with pytest.raises(UnknownRound, match="This store holds XAA 2026"):
        store.assessment("XBB", "2026")


def test_opening_twice_is_one_assessment_and_another_pack_is_refused(store: Store) -> None:
    first = store.open_assessment("XAA", "2026", *PACK)
    assert store.assessments() == (first,)
    with pytest.raises(Mistake, match="opened with pack cooperation"):
        store.open_assessment("XAA", "2026", "firearms", "1", "e" * 64)
    with pytest.raises(Mistake, match="is no round"):
        store.open_assessment("XAA", "last year", *PACK)


def test_failure_in_the_middle_leaves_nothing(store: Store) -> None:
    """Two answers to one question break a unique key after the submission's row was written."""
    before = store.audit()
    with pytest.raises(StoreFault) as caught:
        store.accept(submission(SHA["a"], answer("Q1", "secret-answer"), answer("Q1", "other")))
    assert "secret-answer" not in str(caught.value)
    assert store.submissions("XAA", "2026", history=True) == ()
    assert store.audit() == before


@pytest.mark.parametrize("hostile", ["nul\x00byte", "lone \ud800 surrogate", "'; DROP TABLE x;--"])
def test_text_that_a_database_cannot_hold_is_kept_visibly(store: Store, hostile: str) -> None:
    store.accept(submission(SHA["a"], answer("Q1", hostile, comment=hostile, evidence=hostile)))
    found = store.answers("XAA", "2026")[0]
    kept = hostile.replace("\x00", "\\x00").replace("\ud800", "\\ud800")
    assert (found.comment, found.evidence) == (kept, kept)


def test_read_only_store_refuses_to_write(store: Store, address: str) -> None:
    from assessments.store import open_store

    with open_store(address, read_only=True) as reader:
        assert len(reader.assessments()) == 1
        with pytest.raises(StoreFault, match="for reading only"):
            reader.open_assessment("XBB", "2026", *PACK)


def test_evidence_is_registered_once_and_serves_many_answers(store: Store) -> None:
    store.accept(submission(SHA["a"], answer("Q1"), answer("Q2"), answer("Q3")))
    ids = [item.id for item in store.answers("XAA", "2026")]
    first = store.add_evidence(
        "XAA", "2026", title="MLA Act 2019", provision="s. 4", answers=ids[:2]
    )
    again = store.add_evidence(
        "XAA", "2026", title="MLA Act 2019", provision="s. 4", answers=ids[1:]
    )
    assert first == again
    (item,) = store.evidence("XAA", "2026")
    assert item.answers == tuple(ids)
    with pytest.raises(Mistake, match="No answer ANS_X"):
        store.add_evidence("XAA", "2026", title="Other", answers=["ANS_X"])
    with pytest.raises(Mistake, match="needs a title"):
        store.add_evidence("XAA", "2026", title=" ")


def test_digests_are_of_one_canonical_json_list_a_line() -> None:
    """Made by hand from the definition; the store has a faster way to the same bytes."""
    from hashlib import sha256

    from assessments.store.digest import answer_row, digests

    rows = [
        answer_row(answer("Q2", None, cell="D8"), 0),
        answer_row(answer("Q1", 'say "ا"', cell="D7"), 1),
    ]
    stored = (
        '[0,"ANS_XAA_2026_CA_Q2","Q2","blank",null,"","","","stated_only","","STR","D8"]\n'
        '[1,"ANS_XAA_2026_CA_Q1","Q1","answered","\\"say \\\\\\"ا\\\\\\"\\"","","","",'
        '"stated_only","","STR","D7"]\n'
    )
    content = (
        '["Q1","answered","\\"say \\\\\\"ا\\\\\\"\\"","","","","stated_only",""]\n'
        '["Q2","blank","","","","","stated_only",""]\n'
    )
    expected = tuple(sha256(text.encode()).hexdigest() for text in (content, stored))
    assert digests(rows) == expected


@pytest.mark.parametrize("text", ["plain", "قانون", "a\x00b", "a\ud800b", r"literally \u0000"])
def test_rows_and_digests_of_all_are_those_of_each(text: str) -> None:
    """Texts that no database holds are found among all of them, and kept as an escape."""
    from assessments.store.digest import answer_row, digests, rows_and_digests

    given = [answer("Q1", "yes"), answer("Q2", text, comment=text)]
    rows, found = rows_and_digests(given)
    assert rows == [answer_row(one, place) for place, one in enumerate(given)]
    assert found == digests(rows)
    assert "\x00" not in rows[1][9]
    assert rows[1][9].encode()


def test_many_at_once_are_stored_as_one_after_the_other_would_be(store: Store) -> None:
    """A correction and a repetition within the batch; and one unknown round undoes all of it."""
    batch = [
        submission(SHA["a"], answer("Q1", "yes")),
        submission(SHA["b"], answer("Q1", "no")),
        submission(SHA["a"], answer("Q1", "yes")),
        submission(SHA["c"], answer("Q1", institution="POL"), institution="POL"),
    ]
    with pytest.raises(UnknownRound):
        store.accept_many([*batch, submission(SHA["d"], answer("Q1"), round_="2031")])
    assert store.submissions("XAA", "2026", history=True) == ()
    told = store.accept_many(batch)
    assert [(item.new, item.version, item.stands) for item in told] == [
        (True, 1, True),
        (True, 2, True),
        (False, 1, False),
        (True, 1, True),
    ]
    assert [change.kind for change in told[1].changes] == ["value"]
    assert [item.value for item in store.answers("XAA", "2026")] == ["no", "yes"]
    assert "missing from" in store.verify().first_fault  # no originals here: all else holds
