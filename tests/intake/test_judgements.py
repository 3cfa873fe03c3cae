"""What a validation meeting agreed comes in as CSV and stands beside what the others said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from example_answers import ROUND, example_submissions

from assessments.intake import Receipt, receive
from assessments.pack.load import load_pack
from assessments.reference import country
from assessments.results import AnswerState, EvidenceState
from assessments.runner.material import material_of
from assessments.scoring import AGREED, review_answers, score_assessment
from assessments.settings import Settings
from assessments.store import Store, open_store

ISO = "XAA"
HEADING = "country,round,institution,question,value,who,when,why,dissent"
PACK = load_pack("cooperation")


def _opened(home: Path) -> Iterator[Store]:
    with open_store(Settings(home=home)) as opened:
        opened.open_assessment(ISO, ROUND, PACK.id, PACK.version, PACK.digest)
        for one in example_submissions(PACK, ISO):
            if one.institution in ("CA", "PROS", "MOJ"):
                opened.accept(one)
        yield opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    yield from _opened(tmp_path / "home")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that nothing is accepted into."""
    yield from _opened(tmp_path_factory.mktemp("kept") / "home")


def _divergent(store: Store) -> str:
    """A question on which institutions are two levels or more apart, and that has choices."""
    found = material_of(store, ISO, ROUND, PACK)
    review = review_answers(PACK, found.answers, found.respondents, found.ref)
    return next(d.question for d in review.divergences if PACK.question[d.question].choices)


def _file(folder: Path, *lines: str, heading: str = HEADING) -> Path:
    path = folder / "meeting.csv"
    path.write_text("\n".join((heading, *lines)) + "\n", encoding="utf-8")
    return path


def _line(question: str, value: str, institution: str = AGREED, **cells: str) -> str:
    given = {
        "who": "Validation meeting", "when": "2026-05-12", "why": "The decree was on the table.",
        "dissent": "", **cells,
    }  # fmt: skip
    rest = ",".join(given[c] for c in ("who", "when", "why", "dissent"))
    return f"{ISO},{ROUND},{institution},{question},{value},{rest}"


def _codes(receipt: Receipt) -> list[str]:
    return [problem.code for problem in receipt.problems]


def test_an_agreed_value_stands_first_beside_the_originals_with_its_dissent(
    store: Store, tmp_path: Path
) -> None:
    question = _divergent(store)
    before = [a for a in store.answers(ISO, ROUND) if a.question == question]
    value = PACK.question[question].choices[0].name
    path = _file(tmp_path, _line(question, value, dissent="The police hold to their answer."))
    receipt = receive(path, store, by="registry")
    assert (receipt.accepted, receipt.new, receipt.institution) == (True, True, AGREED)

    after = [a for a in store.answers(ISO, ROUND) if a.question == question]
    agreed = next(a for a in after if a.institution == AGREED)
    assert [a for a in after if a.institution != AGREED] == before
    assert (agreed.value, agreed.state) == (value, AnswerState.ANSWERED)
    assert agreed.evidence_state is EvidenceState.OBSERVED
    assert agreed.comment == (
        "Validation meeting, 2026-05-12: The decree was on the table. "
        "Dissent: The police hold to their answer."
    )
    assert (agreed.source.file_name, agreed.source.cell) == ("meeting.csv", "E2")

    found = material_of(store, ISO, ROUND, PACK)
    scores = score_assessment(PACK, country(ISO), found.answers, found.ref)
    sub = PACK.question[question].sub_dimension
    score = next(one for one in scores.sub_dimensions if one.sub_dimension == sub)
    voices = [
        voice
        for fact in score.facts
        if fact.question == question
        for voice in fact.voices
    ] or list(score.self_rated)  # fmt: skip
    assert voices[0].institution == AGREED
    assert {voice.institution for voice in voices} > {AGREED}
    assert not any(fact.disputed for fact in score.facts if fact.question == question)


def test_an_expert_rates_a_level_and_a_meeting_may_say_why_there_is_no_value(
    store: Store, tmp_path: Path
) -> None:
    level = next(q.name for q in PACK.questions if q.is_level)
    assert receive(_file(tmp_path, _line(level, "2", "EXPERT")), store).accepted
    heading = HEADING + ",no_answer_because"
    none = _line(level, "") + ",not_applicable"
    assert receive(_file(tmp_path, none, heading=heading), store).accepted
    said = {a.institution: a for a in store.answers(ISO, ROUND) if a.question == level}
    assert said["EXPERT"].value == "2"
    assert said[AGREED].state is AnswerState.NOT_APPLICABLE


def test_the_same_file_twice_is_stored_once_and_semicolons_separate_too(
    store: Store, tmp_path: Path
) -> None:
    line = _line(_divergent(store), "yes")
    path = _file(tmp_path, line.replace(",", ";"), heading=HEADING.replace(",", ";"))
    value = PACK.question[_divergent(store)].choices[0].name
    path.write_text(path.read_text().replace(";yes;", f";{value};"))
    assert receive(path, store).new
    again = receive(path, store)
    assert (again.accepted, again.new) == (True, False)


def test_numbers_several_choices_and_the_survey_s_own_limits_are_read(
    store: Store, tmp_path: Path
) -> None:
    number = _plain("integer")
    many = next(q for q in PACK.questions if q.type.value == "select_multiple")
    two = [choice.name for choice in many.choices if not choice.exclusive][:2]
    receipt = receive(_file(tmp_path, _line(number, "12"), _line(many.name, ";".join(two))), store)
    assert receipt.problems == ()
    said = {a.question: a.value for a in store.answers(ISO, ROUND) if a.institution == AGREED}
    assert said == {number: 12, many.name: tuple(two)}


def _plain(kind: str) -> str:
    return next(q.name for q in PACK.questions if q.type.value == kind)


Q = next(q.name for q in PACK.questions if q.is_level)
NUMBER = _plain("integer")


@pytest.mark.parametrize(
    ("lines", "heading", "code"),
    [
        ((_line(Q, "9"),), HEADING, "unknown-choice"),
        ((_line(NUMBER, "many"),), HEADING, "not-a-number"),
        ((_line(NUMBER, "-4"),), HEADING, "out-of-range"),
        ((_line("NO_SUCH", "2"),), HEADING, "judgement"),
        ((_line(Q, "2", why=""),), HEADING, "judgement"),
        ((_line(Q, "2", who="hid\u200bden"),), HEADING, "judgement"),
        ((_line(Q, "2", when="12 May"),), HEADING, "judgement"),
        ((_line(Q, ""),), HEADING, "judgement"),
        ((_line(Q, "2") + ",withheld",), HEADING + ",no_answer_because", "judgement"),
        ((_line(Q, "2"), _line(Q, "3")), HEADING, "judgements-twice"),
        ((_line(Q, "2", "CA"),), HEADING, "judgements-not-a-judge"),
        ((_line(Q, "2"), _line(Q, "2", "EXPERT")), HEADING, "judgements-of-several"),
        ((_line(Q, "2").replace(ISO, "QQQ"),), HEADING, "unknown-country"),
        ((_line(Q, "2").replace(ISO, "XAB"),), HEADING, "assessment-not-opened"),
        (("Q,A. Judge,Because",), "question,who,why", "judgements-columns"),
        ((_line("OPS_8_02", "nan"),), HEADING, "not-a-number"),
        ((_line("OPS_8_02", "1_000"),), HEADING, "not-a-number"),
        (("OPS_1_01,yes",), "question,value", "csv-not-workbook"),
        ((), HEADING, "judgements-of-several"),
    ],
)
def test_a_fault_refuses_the_file_whole_and_says_what_to_do(
    kept: Store, tmp_path: Path, lines: tuple[str, ...], heading: str, code: str
) -> None:
    before = kept.answers(ISO, ROUND)
    receipt = receive(_file(tmp_path, *lines, heading=heading), kept)
    assert (receipt.accepted, receipt.exit_status) == (False, 1)
    assert code in _codes(receipt)
    assert all(problem.remedy for problem in receipt.problems)
    assert kept.answers(ISO, ROUND) == before


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00a", "who,why\nM\u00fcller,x".encode("latin-1"), b"a,b\n\0,1", b"a\n" * 2**20],
)
def test_bytes_that_are_no_table_in_text_are_refused(
    kept: Store, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "meeting.csv"
    path.write_bytes(content)
    receipt = receive(path, kept)
    assert not receipt.accepted
    assert receipt.problems[0].remedy


def test_a_dry_run_of_judgements_stores_nothing(kept: Store, tmp_path: Path) -> None:
    receipt = receive(_file(tmp_path, _line(Q, "2")), kept, dry_run=True)
    assert (receipt.accepted, receipt.dry_run) == (True, True)
    assert AGREED not in {a.institution for a in kept.answers(ISO, ROUND)}
