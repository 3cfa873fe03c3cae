"""The report of a second round finds the first one in the store, each edition its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from example_answers import ROUND, example_submissions

from assessments.pack.load import load_pack
from assessments.report import Edition, ReportInputs
from assessments.report.compose import compose
from assessments.results import PUBLIC_EDITION, Answer
from assessments.runner.material import material_of
from assessments.scoring.publication import closed_questions
from assessments.settings import Settings
from assessments.store import Store, Submission, open_store
from assessments.trace import trace
from flows.compute import compute
from flows.public_edition import compute_public
from flows.still_holds import rests_on
from flows.write_reports import report_inputs

ISO, LATER = "XAA", "2028"
PACK = load_pack("cooperation")


def _better(answer: Answer) -> Answer:
    """The same answer two years later: every no of a public question became a yes."""
    told = answer.question not in closed_questions(PACK)
    return answer.model_copy(
        update={
            "id": answer.id.replace(ROUND, LATER),
            "value": "yes" if answer.value == "no" and told else answer.value,
        }
    )


def _two_years_later(one: Submission) -> Submission:
    return one.model_copy(
        update={
            "round": LATER,
            "workbook_sha256": "f" + one.workbook_sha256[1:],
            "answers": tuple(_better(answer) for answer in one.answers),
        }
    )


def _assess(store: Store, round_: str, key: str, given: tuple[Submission, ...]) -> None:
    store.open_assessment(ISO, round_, PACK.id, PACK.version, PACK.digest)
    store.accept_many(given)
    material = material_of(store, ISO, round_, PACK)
    results = compute(material).documents()
    results |= compute_public(material).documents(PUBLIC_EDITION)
    store.save_run(key * 64, ISO, round_, results, inputs=rests_on(PACK.digest))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(Settings(home=tmp_path_factory.mktemp("rounds"))) as opened:
        given = example_submissions(PACK, ISO)
        _assess(opened, ROUND, "1", given)
        _assess(opened, LATER, "2", tuple(map(_two_years_later, given)))
        yield opened


def _inputs(store: Store, round_: str, edition: Edition) -> ReportInputs:
    run = store.latest_run(ISO, round_)
    assert run is not None
    return report_inputs(store, run, edition=edition)


def test_the_first_round_has_nothing_before_it(store: Store) -> None:
    assert _inputs(store, ROUND, "public").earlier is None


NO_BASELINE = "no baseline was stated; the change is that of the shared questions"


@pytest.mark.parametrize("edition", ["public", "restricted"])
def test_baseline_and_now_are_the_levels_of_the_two_reports(store: Store, edition: Edition) -> None:
    first, second = _inputs(store, ROUND, edition), _inputs(store, LATER, edition)
    then = {one.id: one.level for one in first.scores.sub_dimensions}
    lines = compose(second).progress.lines
    assert len(lines) > 20
    for line in lines:
        if line.baseline_id:
            assert line.baseline == f"{then[line.baseline_id]:.1f}"
            assert line.note == ""  # the same questionnaire: nothing broke
        else:
            assert line.note in (
                "",
                "no baseline was stated; the change is that of the shared questions",
            )
    assert any(line.change.startswith("+") for line in lines)


def test_a_baseline_is_traced_to_the_answers_of_its_own_round(store: Store) -> None:
    line = next(x for x in compose(_inputs(store, LATER, "public")).progress.lines if x.baseline_id)
    chain = trace(line.baseline_id, store, PACK).chain
    answers = {link.id for link in chain if link.id.startswith("ANS_")}
    assert answers
    assert all(f"_{ROUND}_" in one for one in answers)
