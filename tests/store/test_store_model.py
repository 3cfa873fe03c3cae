"""Ingest, correct, withdraw, send again and dry-run in any order, against a plain dictionary."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from store_samples import PACK, answer, keep_original, submission

from assessments.errors import Mistake
from assessments.store import Store, Submission, open_store

INSTITUTIONS = st.sampled_from(["CA", "POL"])
VALUES = st.sampled_from(["yes", "no", "partly", None])  # None: the cell is left blank
Given = tuple[str | None, str | None]


def _act(value: str | None) -> str:
    return f"Act of {value}" if value else ""


class StoreModel(RuleBasedStateMachine):
    """The model: for each institution the list of its versions, newest last."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tana-model-"))
        self.store: Store = open_store(self.folder / "tana.db")
        self.store.open_assessment("XAA", "2026", *PACK)
        # (bytes, values, withdrawn); an institution without versions is missing
        self.versions: dict[str, list[tuple[str, Given, bool]]] = {}
        self.entries = 1

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _submission(self, institution: str, values: Given, zipped: int) -> Submission:
        """The same values in another zip are other bytes."""
        content = f"{institution} {values} {zipped}".encode()
        sha256 = keep_original(self.store, content, self.folder)
        given = (
            answer(f"Q{number}", value, institution=institution, evidence=_act(value))
            for number, value in enumerate(values)
        )
        return submission(sha256, *given, institution=institution)

    def _alive(self, institution: str) -> list[int]:
        """Positions of versions that were not withdrawn."""
        held = self.versions.get(institution, [])
        return [place for place, version in enumerate(held) if not version[2]]

    def _standing(self, institution: str) -> Given:
        """A blank completes nothing: what was answered before it stands."""
        found: list[str | None] = [None, None]
        for place in self._alive(institution):
            given = self.versions[institution][place][1]
            found = [new or old for new, old in zip(given, found, strict=True)]
        return found[0], found[1]

    def _position(self, item: Submission, values: Given) -> int | None:
        held = self.versions.get(item.institution, [])
        for place in reversed(self._alive(item.institution)):
            if held[place][0] == item.workbook_sha256 or held[place][1] == values:
                return place
        return None

    @rule(institution=INSTITUTIONS, first=VALUES, second=VALUES, zipped=st.integers(0, 2))
    def send(self, institution: str, first: str | None, second: str | None, zipped: int) -> None:
        """New, a correction, the same again or the same zipped anew."""
        values = (first, second)
        item = self._submission(institution, values, zipped)
        there = self._position(item, values)
        told = self.store.accept(item)
        held = self.versions.setdefault(institution, [])
        if there is None:
            held.append((item.workbook_sha256, values, False))
            self.entries += 1
            assert (told.new, told.version, told.stands) == (True, len(held), True)
        else:
            stands = there == self._alive(institution)[-1]
            assert (told.new, told.version, told.stands) == (False, there + 1, stands)

    @rule(institution=INSTITUTIONS, first=VALUES, second=VALUES, zipped=st.integers(0, 2))
    def dry_run(self, institution: str, first: str | None, second: str | None, zipped: int) -> None:
        item = self._submission(institution, (first, second), zipped)
        new = self._position(item, (first, second)) is None
        assert self.store.foresee(item).new is new

    @rule(institution=INSTITUTIONS)
    def withdraw(self, institution: str) -> None:
        alive = self._alive(institution)
        if not alive:
            with pytest.raises(Mistake):
                self.store.withdraw("XAA", "2026", institution, by="officer", reason="test")
            return
        stands = self.store.withdraw("XAA", "2026", institution, by="officer", reason="test")
        sha256, values, _ = self.versions[institution][alive[-1]]
        self.versions[institution][alive[-1]] = (sha256, values, True)
        self.entries += 1
        assert stands == (alive[-2] + 1 if len(alive) > 1 else None)

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = open_store(self.folder / "tana.db")

    @rule()
    def back_up_and_restore(self) -> None:
        self.store.backup(self.folder / "b.tana")
        assert self.store.restore(self.folder / "b.tana", overwrite=True).ok
        self.entries += 1

    @invariant()
    def store_says_what_the_dictionary_says(self) -> None:
        if not hasattr(self, "store"):
            return
        standing = {
            name: self._standing(name) for name in sorted(self.versions) if self._alive(name)
        }
        found: dict[str, tuple[object, ...]] = {}
        for item in self.store.answers("XAA", "2026"):
            found[item.institution] = (*found.get(item.institution, ()), item.value)
        assert found == standing
        history = self.store.submissions("XAA", "2026", history=True)
        assert len(history) == sum(len(held) for held in self.versions.values())
        cited = {item.title for item in self.store.evidence("XAA", "2026") if item.answers}
        assert cited == {_act(v) for values in standing.values() for v in values} - {""}
        assert len(self.store.audit()) == self.entries
        verified = self.store.verify()
        assert verified.ok, verified.first_fault


TestStoreModel = StoreModel.TestCase
TestStoreModel.settings = settings(
    max_examples=8,
    stateful_step_count=14,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
