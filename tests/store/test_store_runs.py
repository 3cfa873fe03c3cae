"""Runs, approvals and reports."""

from __future__ import annotations

import pytest
from store_samples import SHA, answer, submission

from assessments.errors import AnswersChanged, Mistake, NothingToAssess
from assessments.store import Store


def test_same_key_is_the_same_run(store: Store) -> None:
    assert store.latest_run("XAA", "2026") is None
    assert store.save_run("k1", "XAA", "2026", {"scores": '{"a":1}'}, inputs={"pack": "d"})
    assert not store.save_run("k1", "XAA", "2026", {"scores": '{"a":1}'}, inputs={"pack": "d"})
    run = store.latest_run("XAA", "2026")
    assert run is not None
    assert (run.key, run.results, run.inputs) == ("k1", {"scores": '{"a":1}'}, {"pack": "d"})
    assert store.run("k2") is None


def test_a_run_comes_with_the_results_that_are_asked_for(store: Store) -> None:
    store.save_run("k1", "XAA", "2026", {"scores": "{}", "priorities": '{"a":1}'})
    found = store.run("k1", results=["priorities"]), store.latest_run("XAA", "2026", results=())
    assert [run and run.results for run in found] == [{"priorities": '{"a":1}'}, {}]


def test_key_of_another_assessment_is_refused(store: Store) -> None:
    store.open_assessment("XBB", "2026", "cooperation", "2026.1", "d" * 64)
    store.save_run("k1", "XAA", "2026", {"scores": "{}"})
    with pytest.raises(Mistake, match="kept for another assessment"):
        store.save_run("k1", "XBB", "2026", {"scores": "{}"})


def test_approval_is_void_when_answers_change_and_holds_again_when_withdrawn(store: Store) -> None:
    store.accept(submission(SHA["a"], answer("Q1", "yes")))
    store.save_run("k1", "XAA", "2026", {"scores": "{}"})
    assert store.approval("XAA", "2026") is None
    assert store.approve("k1", " A. Person ").name == "A. Person"
    approval = store.approval("XAA", "2026")
    assert approval is not None
    assert approval.valid
    store.accept(submission(SHA["b"], answer("Q1", "no")))
    approval = store.approval("XAA", "2026")
    assert approval is not None
    assert (approval.valid, approval.void_because) == (False, "answers have changed since the run")
    with pytest.raises(NothingToAssess, match="answers have changed"):
        store.approve("k1", "A. Person")
    store.withdraw("XAA", "2026", "CA", by="officer", reason="error")
    approval = store.approval("XAA", "2026")
    assert approval is not None
    assert approval.valid


def test_approval_is_void_when_another_run_stands_until_the_first_is_used_again(
    store: Store,
) -> None:
    store.save_run("k1", "XAA", "2026", {"scores": "{}"})
    store.approve("k1", "A. Person")
    store.save_run("k2", "XAA", "2026", {"scores": "[]"})
    approval = store.approval("XAA", "2026")
    assert approval is not None
    assert (approval.valid, approval.void_because) == (False, "another run stands now")
    store.use_run("k1")
    approval = store.approval("XAA", "2026")
    assert approval is not None
    assert approval.valid
    assert [entry.what for entry in store.audit()][-2:] == ["run", "run reused"]


def test_approval_needs_a_name_and_a_run(store: Store) -> None:
    with pytest.raises(Mistake, match="no run k9"):
        store.approve("k9", "A. Person")
    store.save_run("k1", "XAA", "2026", {"scores": "{}"})
    with pytest.raises(Mistake, match="needs the name"):
        store.approve("k1", "  ")


def test_reports_made_are_remembered(store: Store) -> None:
    store.save_run("k1", "XAA", "2026", {"scores": "{}"})
    made = store.add_report(
        "k1", "/tmp/r.docx", edition="public", language="en", sha256="f" * 64, by="officer"
    )
    assert store.reports("XAA", "2026") == (made,)
    with pytest.raises(Mistake, match="no run k9"):
        store.add_report("k9", "x", edition="public", language="en", sha256="f")


def test_run_on_answers_that_changed_meanwhile_is_not_kept(store: Store) -> None:
    """Its results rest on what stood when it began; the key would say something else."""
    began_with = store.answers_digest("XAA", "2026")
    store.accept(submission(SHA["b"], answer("Q1", "no")))
    with pytest.raises(AnswersChanged, match="came in while"):
        store.save_run("k1", "XAA", "2026", {"scores": "{}"}, inputs={"answers": began_with})
    assert store.latest_run("XAA", "2026") is None
