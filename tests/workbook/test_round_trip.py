"""What is filled in is what is read, in every language."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assessments.errors import UnknownInstitution, UnknownLanguage, UnknownRound
from assessments.pack.model import Pack
from assessments.results import AnswerState, EvidenceState
from assessments.workbook.fill import UnfitAnswers
from assessments.workbook.read import Reading, read_workbook

from .conftest import GOOD_VALUES

S = AnswerState


def values(reading: Reading) -> dict[str, object]:
    return {answer.question: answer.value for answer in reading.answers}


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_every_kind_of_answer_comes_back_in_every_language(
    fill: Callable[..., Path], pack: Pack, language: str
) -> None:
    reading = read_workbook(fill(language=language), pack)
    assert [str(problem) for problem in reading.problems] == []
    assert values(reading) == GOOD_VALUES
    assert {answer.state for answer in reading.answers} == {S.ANSWERED}
    assert reading.accepted


def test_a_blank_workbook_has_no_problem_and_no_answer(
    build: Callable[..., Path], pack: Pack
) -> None:
    reading = read_workbook(build(), pack)
    assert reading.problems == ()
    states = {answer.question: answer.state for answer in reading.answers}
    # OPS_1_04 is asked only where the diplomatic channel is ticked
    assert states.pop("OPS_1_04") is S.SKIPPED
    assert set(states.values()) == {S.BLANK}


def test_an_answer_knows_its_cell_its_id_and_its_evidence(
    fill: Callable[..., Path], pack: Pack
) -> None:
    path = fill()
    answer = next(a for a in read_workbook(path, pack).answers if a.question == "STR_1_01")
    assert answer.id == "ANS_XAA_2026_CA_STR_1_01"
    # row 4 headings, 5 the sub-dimension, facts in rows 6 and 7, the level last in row 8
    assert (answer.source.sheet, answer.source.cell) == ("STR Strategies of national", "E8")
    assert (answer.evidence, answer.evidence_class) == ("Decree 12 of 2020", "law")
    # The class is of the kind `seen`, but an institution does not attest its own documents.
    assert answer.evidence_state is EvidenceState.STATED
    assert answer.source.file_name == path.name


def test_identity_says_who_is_asked_what(build: Callable[..., Path], pack: Pack) -> None:
    identity = read_workbook(build("POL", "fr"), pack).identity
    assert identity is not None
    assert (identity.pack, identity.pack_version, identity.iso3) == ("cooperation", "1.0", "XAA")
    assert (identity.round, identity.institution, identity.language) == ("2026", "POL", "fr")
    assert "LEG_1_02" not in identity.hashes  # not asked of the police
    assert set(identity.hashes) == {q.name for q in pack.asked_of("POL")}


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        ("no_information", S.NO_INFORMATION),
        ("not_applicable", S.NOT_APPLICABLE),
        ("withheld", S.WITHHELD),
    ],
)
def test_a_reason_is_a_state_and_no_problem(
    fill: Callable[..., Path], pack: Pack, reason: str, state: AnswerState
) -> None:
    lines = f"OPS_1_01,,,,{reason},,,\nLEG_1_02,,,,{reason},,,\nOPS_1_03,,,,{reason},,,\n"
    reading = read_workbook(fill(lines, language="ar"), pack)
    assert reading.problems == ()
    states = {answer.question: answer.state for answer in reading.answers}
    assert {states[name] for name in ("OPS_1_01", "LEG_1_02", "OPS_1_03")} == {state}


def test_skip_logic_skips_and_an_answer_given_all_the_same_is_kept_and_told(
    fill: Callable[..., Path], pack: Pack
) -> None:
    reading = read_workbook(fill("STR_1_02,,,no,,,,\nSTR_1_03,,,2027-12-31,,,,\n"), pack)
    answer = next(a for a in reading.answers if a.question == "STR_1_03")
    assert (answer.state, answer.value, answer.raw) == (S.SKIPPED, None, "2027-12-31")
    assert [(p.code, p.severity.value) for p in reading.problems] == [
        ("answered-though-skipped", "note")
    ]


def test_an_answer_that_rests_on_an_unusable_one_is_not_skipped(
    fill: Callable[..., Path], pack: Pack
) -> None:
    lines = "OPS_1_03,interpol,,perhaps,,,,\nOPS_1_04,,,Translation,,,,\n"
    reading = read_workbook(fill(lines), pack)
    states = {answer.question: answer.state for answer in reading.answers}
    assert (states["OPS_1_03"], states["OPS_1_04"]) == (S.UNUSABLE, S.ANSWERED)


def test_a_no_alone_answers_that_none_applies(fill: Callable[..., Path], pack: Pack) -> None:
    reading = read_workbook(fill("OPS_1_03,interpol,,no,,,,\n"), pack)
    answer = next(a for a in reading.answers if a.question == "OPS_1_03")
    assert (answer.state, answer.value) == (S.ANSWERED, ())


def test_answers_that_fit_no_cell_are_refused_all_at_once(fill: Callable[..., Path]) -> None:
    lines = (
        "XXX_1_01,,,1,,,,\nLEG_1_02,99,partner,x,,,,\nLEG_1_02,1,colour,x,,,,\nOPS_1_03,,,a,,,,\n"
    )
    with pytest.raises(UnfitAnswers) as caught:
        fill(lines)
    for said in ("line 2: XXX_1_01", "row '99'", "column 'colour'", "choice 'a'"):
        assert said in str(caught.value)


def test_unknown_institution_language_and_round_are_named(build: Callable[..., Path]) -> None:
    with pytest.raises(UnknownInstitution, match=r"NAVY.*CA, POL"):
        build("NAVY")
    with pytest.raises(UnknownLanguage, match="'ru'"):
        build("CA", "ru")
    from assessments.pack.model import Tier
    from assessments.workbook.write import build_workbook

    from .conftest import COUNTRY, date, small_pack

    with pytest.raises(UnknownRound, match="'26'"):
        build_workbook(
            small_pack(), COUNTRY, "26", "CA", "en", Tier.DEEP, Path("/nowhere/a.xlsx"),
            reference_date=date(2026, 1, 1), deadline=date(2026, 2, 1),
        )  # fmt: skip
