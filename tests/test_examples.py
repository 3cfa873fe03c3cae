"""The invented answers of the four example countries: format, silence, disagreement, stories."""

from __future__ import annotations

import csv
import importlib.util
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pycountry
import pytest
from babel import Locale

from assessments.pack.load import find_pack, load_pack
from assessments.pack.model import Pack, Tier
from assessments.paths import EXAMPLES
from assessments.reference import country
from assessments.results import (
    Answer,
    AnswerState,
    AssessmentRef,
    ProjectDesign,
    Scores,
    SubDimensionScore,
)
from assessments.scoring import score_assessment
from assessments.workbook.fill import HEADER, fill_workbook
from assessments.workbook.read import read_workbook
from assessments.workbook.write import build_workbook

COUNTRIES = ("XAA", "XAB", "XAC", "XAD")
EVERYWHERE = {"CA", "PROS", "JUD", "POL", "MOJ", "MFA", "COORD", "EXPERT"}
SILENT = {"XAA": {"CUST", "WPU"}, "XAB": {"ARO"}, "XAC": {"WPU"}, "XAD": {"CUST"}}
FILES = sorted(EXAMPLES.glob("X*/*.csv"))
PAGE_SCRIPT = Path(__file__).parents[1] / "docs" / "differences" / "make.py"

# what was typed and cannot be read, as decided when the answers were written
UNREADABLE = {
    "XAA": {
        ("COORD", "STR_1_04"),  # fin 2027
        ("JUD", "OPS_3_08"),  # n/a
        ("MFA", "LEG_1_04"),  # voir annexe
        ("POL", "HUM_2_03"),  # 12 ou 15
        ("PRIS", "OPS_7_05"),  # env. 40
        ("PROS", "HUM_2_01"),  # a level's name
    },
    "XAB": {
        ("CA", "HUM_5_03"),  # abt 3
        ("COORD", "CTX_6_02"),  # see annex
        ("JUD", "HUM_2_06"),  # Two
        ("MFA", "LEG_6_03"),  # a date in a number
        ("POL", "COO_3_02"),  # 190 (approx.)
        ("PRIS", "OPS_7_09"),  # Yes!!
        ("PROS", "OPS_2_04"),  # 2 or 3
    },
    "XAC": {
        ("ARO", "OPS_5_04"),  # "there is none"
        ("CA", "HUM_4_04"),  # 95 thousand, in words
        ("FIU", "COO_4_03"),  # 52 or 55
        ("JUD", "OPS_3_08"),  # -380
        ("POL", "HUM_3_03"),  # Arabic figures, stored as text
        ("PRIS", "OPS_7_05"),  # thousands space
        ("PROS", "OPS_2_01"),  # a level's name
    },
    "XAD": {
        ("ARO", "OPS_5_05"),  # USD 18,4 millones
        ("CA", "HUM_1_05"),  # 140 per cent
        ("COORD", "STR_1_04"),  # a year where a date is asked
        ("JUD", "HUM_2_06"),  # ver anexo
        ("MFA", "LEG_1_03"),  # n/d
        ("POL", "COO_3_02"),  # thousands space
        ("PROS", "OPS_3_07"),  # 45 o 50
        ("WPU", "LEG_8_02"),  # ¡¡Sí!!
    },
}


def lines(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(find_pack("cooperation"))


@pytest.fixture(scope="module")
def answers(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Answer]]:
    """Every example, built, filled and read as a workbook that came by mail."""
    folder = tmp_path_factory.mktemp("examples")
    found: dict[str, list[Answer]] = {code: [] for code in COUNTRIES}
    for file in FILES:
        code, profile = file.parent.name, country(file.parent.name)
        language = profile.working_language
        blank = build_workbook(
            pack,
            profile,
            "2026",
            file.stem,
            language if language in pack.languages else "en",
            Tier.DEEP,
            folder / code / f"{file.stem}.xlsx",
            reference_date=date(2026, 3, 31),
            deadline=date(2026, 6, 30),
        )
        reading = read_workbook(fill_workbook(blank, file, folder / f"{code}_{file.stem}"), pack)
        assert reading.accepted, (file, reading.problems)
        found[code] += reading.answers
    return found


@pytest.fixture(scope="module")
def levels(
    pack: Pack, answers: Mapping[str, list[Answer]]
) -> Mapping[str, Mapping[str, SubDimensionScore]]:
    return {
        code: {one.sub_dimension: one for one in _scores(pack, code, answers[code]).sub_dimensions}
        for code in COUNTRIES
    }


def _scores(pack: Pack, code: str, given: list[Answer]) -> Scores:
    assert pack.method is not None
    ref = AssessmentRef(
        iso3=code,
        round="2026",
        pack=pack.id,
        pack_version=pack.version,
        pack_digest=pack.digest,
        method_version=pack.method.version,
    )
    return score_assessment(pack, country(code), given, ref)


# --- the files --------------------------------------------------------------------------------


def test_only_the_four_fictional_countries_have_answers() -> None:
    assert {file.parent.name for file in FILES} == set(COUNTRIES)
    assert {path.name for path in EXAMPLES.iterdir() if path.is_dir()} == set(COUNTRIES)
    assert all(country(code).fictional for code in COUNTRIES)


def test_the_four_corners_hold() -> None:
    """Civil or common law and low or high resources in every pairing, and four languages."""
    four = [country(code) for code in COUNTRIES]
    corners = {(one.legal_tradition, one.resource_setting.startswith("low")) for one in four}
    assert corners == {("civil", True), ("common", True), ("civil", False), ("common", False)}
    assert {one.working_language for one in four} == {"fr", "en", "ar", "es"}


@pytest.mark.parametrize("code", COUNTRIES)
def test_eight_institutions_answer_everywhere_and_some_are_silent(code: str, pack: Pack) -> None:
    present = {file.stem for file in FILES if file.parent.name == code}
    assert present >= EVERYWHERE
    assert set(pack.institutions) - present - {"AGREED"} == SILENT[code]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_each_file_answers_what_its_institution_is_asked(file: Path, pack: Pack) -> None:
    assert file.read_text(encoding="utf-8").splitlines()[0] == ",".join(HEADER)
    asked = {question.name for question in pack.asked_of(file.stem)}
    given = {line["question"] for line in lines(file)}
    assert given <= asked
    # nearly all of it: what is missing was left blank on purpose or skipped
    assert len(given) >= 0.75 * len(asked)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_no_line_is_empty_and_every_reason_and_class_is_known(file: Path, pack: Pack) -> None:
    reasons = {choice.name for choice in pack.choice_lists["no_answer_reasons"]}
    classes = {choice.name for choice in pack.choice_lists["evidence_classes"]}
    for line in lines(file):
        assert any(line[column] for column in HEADER[3:]), line
        assert line["no_answer_because"] in {"", *reasons}
        assert line["evidence_class"] in {"", *classes}
        assert not (line["value"] and line["no_answer_because"]), line


def test_no_state_is_named() -> None:
    text = "\n".join(file.read_text(encoding="utf-8") for file in FILES)
    states = {one.alpha_2 for one in pycountry.countries}
    for language in ("en", "fr", "es", "ar"):
        for alpha2, name in Locale(language).territories.items():
            if alpha2 in states and len(name) > 3:
                assert not re.search(rf"\b{re.escape(name)}\b", text), name
    codes = set(re.findall(r"\b[A-Z]{3}\b", text))
    assert not codes & {one.alpha_3 for one in pycountry.countries}


def test_free_text_is_in_the_working_language_of_the_country() -> None:
    said = {
        code: " ".join(line["comment"] for file in FILES if file.parent.name == code
                       for line in lines(file))
        for code in COUNTRIES
    }  # fmt: skip
    marks = {"XAA": r"\bles\b", "XAB": r"\bthe\b", "XAC": r"[\u0621-\u064a]{3}", "XAD": r"\blos\b"}
    for code, mark in marks.items():
        assert {other for other in COUNTRIES if re.search(marks[other], said[code])} == {code}, mark


# --- the answers, as they arrive --------------------------------------------------------------


@pytest.mark.parametrize("code", COUNTRIES)
def test_what_cannot_be_read_is_kept_as_written(
    code: str, answers: Mapping[str, list[Answer]]
) -> None:
    spoilt = [one for one in answers[code] if one.state is AnswerState.UNUSABLE]
    assert {(one.institution, one.question) for one in spoilt} == UNREADABLE[code]
    assert all(one.raw and one.value is None for one in spoilt)


def test_more_requests_are_executed_than_received_in_one_country(
    answers: Mapping[str, list[Answer]],
) -> None:
    number = {(one.institution, one.question): one.value for one in answers["XAA"]}
    assert number["CA", "OPS_1_03"] == 46
    assert number["CA", "OPS_1_04"] == 52


def test_every_state_of_an_answer_occurs(answers: Mapping[str, list[Answer]]) -> None:
    states = Counter(one.state for given in answers.values() for one in given)
    assert set(states) == set(AnswerState)
    for code in COUNTRIES:
        here = {one.state for one in answers[code]}
        assert here >= {AnswerState.BLANK, AnswerState.NO_INFORMATION, AnswerState.WITHHELD}, code


def test_institutions_of_each_country_disagree_by_two_levels(
    pack: Pack, answers: Mapping[str, list[Answer]]
) -> None:
    apart: dict[str, set[str]] = {code: set() for code in COUNTRIES}
    for code in COUNTRIES:
        ratings: dict[str, list[int]] = {}
        for one in answers[code]:
            if pack.question[one.question].is_level and one.state is AnswerState.ANSWERED:
                ratings.setdefault(one.question, []).append(int(str(one.value)))
        apart[code] = {name for name, given in ratings.items() if max(given) - min(given) >= 2}
    assert "OPS_1_01" in apart["XAA"] & apart["XAC"]  # procedure on paper, nobody has seen it
    assert "COO_2_01" in apart["XAA"]
    assert sum(map(len, apart.values())) >= 8


def test_every_class_of_evidence_is_cited_and_some_claims_have_none(
    pack: Pack, answers: Mapping[str, list[Answer]]
) -> None:
    cited = {one.evidence_class for given in answers.values() for one in given}
    stated = {"law", "official_document", "statistics", "case_record", "funded_use"}
    assert cited >= {*stated, "document_seen", "practice_observed", ""}
    for code in COUNTRIES:
        wanted = [one for one in answers[code] if pack.question[one.question].evidence]
        assert any(one.evidence for one in wanted)
        assert any(not one.evidence and one.value == "yes" for one in wanted)


# --- the stories ------------------------------------------------------------------------------

Levels = Mapping[str, Mapping[str, SubDimensionScore]]


@pytest.mark.parametrize("code", COUNTRIES)
def test_most_capabilities_have_a_level(code: str, levels: Levels) -> None:
    assert sum(one.level is not None for one in levels[code].values()) >= 0.9 * len(levels[code])


@pytest.mark.parametrize("capability", ["OPS-1", "TEC-1", "HUM-4", "LEG-6"])
def test_three_countries_share_a_gap(capability: str, levels: Levels) -> None:
    """So that different advice on the same gap can be shown."""
    for code in ("XAA", "XAB", "XAD"):
        gap = levels[code][capability].gap
        assert gap is not None, code
        assert gap >= 0.5, code


@pytest.mark.parametrize(
    ("capability", "weaker", "stronger"),
    [
        ("LEG-1", "XAC", "XAA"),  # a treaty is needed there, the Convention suffices here
        ("LEG-3", "XAA", "XAB"),  # an old chapter, a modern act
        ("TEC-1", "XAD", "XAC"),  # a spreadsheet, a linked system
        ("TEC-3", "XAB", "XAC"),  # one line that fails, nine rooms
        ("OPS-2", "XAD", "XAC"),  # half of the requests come back, one in seven
        ("OPS-6", "XAD", "XAC"),  # electronic evidence
        ("COO-5", "XAC", "XAD"),  # in no network, the network is used
        ("COO-4", "XAB", "XAA"),  # in no group of units, a member
        ("HUM-1", "XAB", "XAC"),  # half a post, fourteen
    ],
)
def test_the_levels_tell_the_story(
    capability: str, weaker: str, stronger: str, levels: Levels
) -> None:
    below, above = levels[weaker][capability].level, levels[stronger][capability].level
    assert below is not None
    assert above is not None
    assert above - below >= 1 or (capability == "LEG-3" and above > below)


def test_secrecy_leaves_the_evidence_of_one_country_without_a_level(levels: Levels) -> None:
    assert levels["XAC"]["STR-4"].level is None


def _the_page() -> Any:
    """The script that writes the page on what differs."""
    found = importlib.util.spec_from_file_location("differences", PAGE_SCRIPT)
    assert found is not None
    assert found.loader is not None
    script = importlib.util.module_from_spec(found)
    found.loader.exec_module(script)
    return script


@pytest.fixture(scope="module")
def designs(pack: Pack, answers: Mapping[str, list[Answer]]) -> Mapping[str, ProjectDesign]:
    design_of = _the_page().design_of
    return {code: design_of(pack, code, answers[code]) for code in COUNTRIES}


def test_the_page_on_what_differs_holds_for_every_pair(
    pack: Pack, designs: Mapping[str, ProjectDesign]
) -> None:
    """Made anew by `make differences`."""
    page = _the_page().page(pack, designs)
    assert (PAGE_SCRIPT.parents[1] / "differences.md").read_text(encoding="utf-8") == page
    rules = {rule.name for rule in pack.tailoring}
    for first, second in combinations(COUNTRIES, 2):
        part = page.split(f"## {first} and {second}\n")[1].split("\n## ")[0]
        named = set(re.findall(r"TAI_\d+", part))
        assert named <= rules
        assert len(named) >= 10, (first, second)


def test_the_same_gap_in_two_countries_brings_different_advice(
    designs: Mapping[str, ProjectDesign],
) -> None:
    """Neither lets persons be transferred under a law: one needs a code chapter, one an act."""
    civil, common = designs["XAA"], designs["XAB"]
    advice = [
        {rule.how for rule in one.rules if rule.how}
        for design in (civil, common)
        for one in design.interventions
        if one.intervention == "INT_009"
    ]
    assert len(advice) == 2
    assert advice[0] != advice[1]
    chosen = [{one.intervention for one in design.interventions} for design in (civil, common)]
    assert chosen[0] - chosen[1]
    assert chosen[1] - chosen[0]
