"""Several processes at once: the store is made once, and each submission is stored exactly once."""

from __future__ import annotations

import multiprocessing
from multiprocessing.synchronize import Barrier as Gate
from pathlib import Path

from store_samples import PACK, answer, submission

from assessments.store import open_store

PROCESSES = 6
ROUNDS = 5


def _ingest(address: str, own: int, gate: Gate) -> None:
    """Open a store that may not exist yet, then send a file all share and one of one's own."""
    gate.wait()
    with open_store(address) as store:
        store.open_assessment("XAA", "2026", *PACK)
        for number in range(ROUNDS):
            shared = answer("Q1", f"shared {number}")
            store.accept(submission(f"{number:064d}", shared))
            institution = f"I{own}"
            mine = answer("Q1", f"{own} {number}", institution=institution)
            sha256 = f"{own + 1}{number:063d}"
            store.accept(submission(sha256, mine, institution=institution))


def test_processes_at_once_store_each_submission_exactly_once(address: str, tmp_path: Path) -> None:
    """Six processes make the store, open the assessment and send 5 shared and 5 own files each."""
    # Fresh processes, as people start them: a fork would inherit what other tests have loaded.
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(PROCESSES)
    workers = [
        context.Process(target=_ingest, args=(address, own, gate)) for own in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers] == [0] * PROCESSES
    with open_store(address) as store:
        everything = store.submissions("XAA", "2026", history=True)
        hashes = [item.workbook_sha256 for item in everything]
        assert len(hashes) == len(set(hashes)) == ROUNDS + PROCESSES * ROUNDS
        for institution in ("CA", "I0", "I5"):
            versions = [item.version for item in everything if item.institution == institution]
            assert versions == list(range(1, ROUNDS + 1))
        trail = store.audit()
        assert [entry.seq for entry in trail] == list(range(1, len(hashes) + 2))
        assert "missing from" in store.verify().first_fault  # no originals here: all else holds
