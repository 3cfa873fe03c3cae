"""The view of a region: every State reads it, so that it rests on public editions and on no other.

Three example countries in a real store, each with its run.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document
from example_answers import ROUND, example_submissions

from assessments.errors import Mistake, NothingToAssess
from assessments.pack.load import load_pack
from assessments.report import Approval
from assessments.report.context_region import RegionReport
from assessments.report.region import RegionInputs, compose_region
from assessments.report.wording import Wording
from assessments.results import PUBLIC_EDITION, Answer, AnswerState, Sensitivity
from assessments.runner.material import material_of
from assessments.scoring.publication import closed_questions
from assessments.settings import Settings
from assessments.store import Store, Submission, open_store
from flows.compute import compute
from flows.public_edition import compute_public
from flows.still_holds import NAMED_PACK, rests_on
from flows.write_region import region_inputs, write_region_report

STATES = ("XAA", "XAB", "XAD")
PACK = load_pack("cooperation")
CLOSED = closed_questions(PACK)


def _withheld(answer: Answer) -> Answer:
    if answer.question not in CLOSED:
        return answer
    return answer.model_copy(update={"state": AnswerState.WITHHELD, "value": None})


def _silent(one: Submission) -> Submission:
    return one.model_copy(update={"answers": tuple(map(_withheld, one.answers))})


def _assess(store: Store, iso3: str, *, silent: bool = False) -> None:
    given = example_submissions(PACK, iso3)
    store.open_assessment(iso3, ROUND, PACK.id, PACK.version, PACK.digest)
    store.accept_many(tuple(map(_silent, given)) if silent else given)
    material = material_of(store, iso3, ROUND, PACK)
    results = compute(material).documents()
    results |= compute_public(material).documents(PUBLIC_EDITION)
    store.save_run(iso3.ljust(64, "0"), iso3, ROUND, results, inputs=rests_on(PACK.digest))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("region")
    with open_store(Settings(home=folder)) as opened:
        for iso3 in STATES:
            _assess(opened, iso3)
    return folder


@pytest.fixture
def store(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("TANA_HOME", str(home))
    with open_store() as opened:
        yield opened


@pytest.fixture
def inputs(store: Store) -> RegionInputs:
    return inputs_of(store)


def inputs_of(store: Store) -> RegionInputs:
    runs = [store.latest_run(iso3, ROUND) for iso3 in STATES]
    return region_inputs(store, [run for run in runs if run is not None])


def composed(inputs: RegionInputs, language: str = "en") -> RegionReport:
    return compose_region(inputs, Wording(language))


def test_it_shows_every_pair_both_ways_with_the_weakest_link_of_the_public_levels(
    inputs: RegionInputs,
) -> None:
    levels = {
        one.id: one.level
        for member in inputs.members
        for one in member.end.scores.sub_dimensions
        if one.sensitivity is Sensitivity.PUBLIC
    }
    report = composed(inputs)
    assert len(report.forms) > 5
    for form in report.forms:
        pairs = [(one.requesting, one.requested) for one in form.directions]
        assert len(pairs) == len(set(pairs)) == len(STATES) * (len(STATES) - 1), form.name
        for one in form.directions:
            assert one.weakest
            assert one.held_by or one.shared
            for held in one.held_by:
                assert f"{levels[held.id]:.1f}" == one.level


def test_no_answer_that_is_not_public_changes_a_word_of_it(
    inputs: RegionInputs, tmp_path: Path
) -> None:
    with open_store(Settings(home=tmp_path)) as other:
        for iso3 in STATES:
            _assess(other, iso3, silent=True)
        silent = inputs_of(other)
    moved = replace(silent, members=tuple(
        replace(one, made_at=known.made_at)
        for one, known in zip(silent.members, inputs.members, strict=True)
    ))  # fmt: skip
    assert composed(moved) == composed(inputs)


def test_what_rests_on_closed_answers_is_named_and_not_shown(inputs: RegionInputs) -> None:
    report = composed(inputs)
    assert "Witness protection cooperation" in report.left_out
    assert "Witness protection cooperation" not in {form.name for form in report.forms}


def test_it_is_a_draft_until_the_report_of_every_state_is_approved(inputs: RegionInputs) -> None:
    approval = Approval(by="A. Officer", at=datetime(2026, 11, 3, tzinfo=UTC))
    first, *rest = inputs.members
    some = composed(replace(inputs, members=(replace(first, approval=approval), *rest)))
    assert some.cover.status == "DRAFT"
    assert first.end.country.un_name not in some.cover.status_line
    assert all(one.end.country.un_name in some.cover.status_line for one in rest)
    every = tuple(replace(one, approval=approval) for one in inputs.members)
    assert composed(replace(inputs, members=every)).cover.status == "Approved"


def test_shared_gaps_are_counted_without_a_name(inputs: RegionInputs) -> None:
    report = composed(inputs)
    names = [member.name for member in report.members]
    assert len(report.shared) > 5
    assert not any(name in str(report.shared) for name in names)
    two = composed(replace(inputs, members=inputs.members[:2]))
    assert two.shared == ()


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_it_speaks_the_language_of_its_reader(inputs: RegionInputs, language: str) -> None:
    english, other = composed(inputs), composed(inputs, language)
    for ours, theirs in zip(english.forms, other.forms, strict=True):
        for one, two in zip(ours.directions, theirs.directions, strict=True):
            assert (one.requesting, one.requested) == (two.requesting, two.requested)
            assert one.weakest != two.weakest
            assert [held.id for held in one.held_by] == [held.id for held in two.held_by]
    assert not re.search(r"\b(the|rests on|is reckoned)\b", str((other.reading, other.joint_lead)))


def test_the_word_file_stands_with_every_id_and_in_the_audit_trail(
    store: Store, inputs: RegionInputs, tmp_path: Path
) -> None:
    before = len(store.audit())
    made = write_region_report(STATES, ROUND, tmp_path, language="ar", by="officer")
    assert made.docx.name == "region_XAA_XAB_XAD_2026_public_ar.docx"
    assert {one.split("_")[1] for one in made.printed_ids} == set(STATES)
    text = "\n".join(
        cell.text
        for table in Document(str(made.docx)).tables
        for row in table.rows
        for cell in row.cells
    )
    for member in inputs.members:
        assert member.end.country.un_name in text
    assert len(store.audit()) == before + len(STATES)


def test_a_state_without_a_run_is_named(store: Store, tmp_path: Path) -> None:
    store.open_assessment("XAC", ROUND, PACK.id, PACK.version, PACK.digest)
    with pytest.raises(NothingToAssess, match="XAC 2026 was not assessed"):
        write_region_report(("XAA", "XAC"), ROUND, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_states_of_two_methods_do_not_stand_side_by_side(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    shutil.copytree(PACK.folder, folder)
    method = folder / "method.toml"
    method.write_text(
        method.read_text(encoding="utf-8").replace("interpretation = 0.15", "interpretation = 0.2"),
        encoding="utf-8",
    )
    other = load_pack(folder)
    first, second = (store.latest_run(iso3, ROUND) for iso3 in STATES[:2])
    assert first is not None
    assert second is not None
    named = second.inputs | rests_on(other.digest) | {NAMED_PACK: str(folder)}
    with pytest.raises(Mistake, match="different questionnaires or methods"):
        region_inputs(store, [first, second.model_copy(update={"inputs": named})])
