"""Send, correct, merge, withdraw, send again: real workbooks in any order, and a dictionary."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from intake_samples import build, fill, small_pack
from private_postgresql import empty_database

from assessments.errors import Mistake
from assessments.intake import receive
from assessments.reference.countries import country
from assessments.results import AnswerState
from assessments.settings import Settings
from assessments.store import open_store
from assessments.workbook.merge import identity_of, merge_workbooks

Value = str | int | None | tuple[str, str | int | None, str | int | None]  # a tuple: open conflict
Given = tuple[Value, ...]
CHOICES = {"yes": "Yes", "no": "No"}
QUESTIONS = ("STR_1_01", "STR_1_02")
ENTRIES = st.tuples(st.sampled_from([None, "yes", "no"]), st.sampled_from([None, 3, 4]))


class Desk:
    """Writes each workbook once, however often it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pack = small_pack(folder)
        self.blank = build(self.pack, folder / "blank.xlsx", "XAA")
        self.filled = cache(self._filled)
        self.rezipped = cache(self._rezipped)
        self.merged = cache(self._merged)

    def _filled(self, given: Given, name: str = "CA") -> Path:
        shown = {
            question: CHOICES.get(str(value), value)
            for question, value in zip(QUESTIONS, given, strict=True)
            if value is not None
        }
        return fill(self.blank, self.folder / f"{given}" / f"{name}.xlsx", shown)

    def _rezipped(self, given: Given) -> Path:
        source = self.filled(given)
        target = source.with_name("again.xlsx")
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name))
        return target

    def _merged(self, one: Given, other: Given) -> Path:
        files = (self.blank, self.filled(one, "first"), self.filled(other, "second"))
        before = tuple(identity_of(path) for path in files)
        out = self.folder / f"{one}" / f"with {other}.xlsx"
        merge_workbooks(files, before, self.pack, country("XAA"), out)
        return out


@cache
def desk() -> Desk:
    return Desk(Path(tempfile.mkdtemp(prefix="tana-desk-")))


def together(one: Given, other: Given) -> Given:
    """What two colleagues' copies say together: what they answer differently is open."""
    return tuple(
        a if b is None or a == b else b if a is None else ("open", a, b)  # type: ignore[misc, arg-type]
        for a, b in zip(one, other, strict=True)
    )


class IntakeModel(RuleBasedStateMachine):
    """The model: the versions of one institution, newest last: bytes, entries, withdrawn."""

    server = ""  # of PostgreSQL; "" for SQLite

    @initialize()
    def begin(self) -> None:
        self.ending = ExitStack()
        self.home = Path(tempfile.mkdtemp(prefix="tana-model-"))
        self.ending.callback(shutil.rmtree, self.home, ignore_errors=True)
        address = self.ending.enter_context(empty_database(self.server)) if self.server else ""
        self.store = self.ending.enter_context(
            open_store(Settings(home=self.home, database_url=address))
        )
        pack = desk().pack
        self.store.open_assessment(
            *("XAA", "2026", pack.id, pack.version, pack.digest), pack_folder=pack.folder
        )
        self.versions: list[tuple[bytes, Given, bool]] = []
        self.entries = 1

    def teardown(self) -> None:
        if hasattr(self, "ending"):
            self.ending.close()

    def _alive(self) -> list[int]:
        return [place for place, version in enumerate(self.versions) if not version[2]]

    def _send(self, file: Path, given: Given, *, dry_run: bool = False) -> None:
        content = file.read_bytes()
        there = [
            place
            for place in self._alive()
            if self.versions[place][0] == content or self.versions[place][1] == given
        ]
        receipt = receive(file, self.store, dry_run=dry_run)
        assert receipt.accepted
        if dry_run:
            assert (receipt.new, receipt.version) == (False, None)
        elif there:
            assert (receipt.new, receipt.version) == (False, there[-1] + 1)
        else:
            self.versions.append((content, given, False))
            self.entries += 1
            assert (receipt.new, receipt.version) == (True, len(self.versions))

    @rule(given=ENTRIES)
    def send(self, given: Given) -> None:
        self._send(desk().filled(given), given)

    @rule(given=ENTRIES)
    def send_zipped_anew(self, given: Given) -> None:
        self._send(desk().rezipped(given), given)

    @rule(one=ENTRIES, other=ENTRIES)
    def merge_and_send(self, one: Given, other: Given) -> None:
        self._send(desk().merged(one, other), together(one, other))

    @rule(given=ENTRIES)
    def dry_run(self, given: Given) -> None:
        self._send(desk().filled(given), given, dry_run=True)

    @rule()
    def withdraw(self) -> None:
        alive = self._alive()
        who = {"by": "officer", "reason": "test"}
        if not alive:
            with pytest.raises(Mistake):
                self.store.withdraw("XAA", "2026", "CA", **who)
            return
        stands = self.store.withdraw("XAA", "2026", "CA", **who)
        content, given, _ = self.versions[alive[-1]]
        self.versions[alive[-1]] = (content, given, True)
        self.entries += 1
        assert stands == (alive[-2] + 1 if len(alive) > 1 else None)

    @invariant()
    def store_says_what_the_dictionary_says(self) -> None:
        if not hasattr(self, "store"):
            return
        standing: list[Value] = [None, None]
        for place in self._alive():
            given = self.versions[place][1]
            standing = [n if n is not None else o for n, o in zip(given, standing, strict=True)]
        answers = {item.question: item for item in self.store.answers("XAA", "2026")}
        assert bool(answers) is bool(self._alive())
        for question, value in zip(QUESTIONS, standing, strict=True):
            found = answers.get(question)
            if isinstance(value, tuple):
                assert found is not None
                assert (found.state, found.value) == (AnswerState.UNUSABLE, None)
            elif found is not None:
                assert found.value == value
        held = self.store.submissions("XAA", "2026", history=True)
        assert len(held) == len(self.versions)
        assert self.store.originals.names() == {item.workbook_sha256 for item in held}
        assert len(self.store.audit()) == self.entries
        verified = self.store.verify()
        assert verified.ok, verified.first_fault


def _run(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        IntakeModel,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_any_order_on_sqlite() -> None:
    _run(examples=6, steps=10)


def test_any_order_on_postgresql(postgresql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(IntakeModel, "server", postgresql)
    _run(examples=2, steps=10)
