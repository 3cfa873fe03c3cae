"""Which round is meant where none is named: the open one, and never a guess between two."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessments.errors import Mistake, UnknownCountry
from assessments.settings import Settings
from assessments.store import open_store
from flows.choose import chosen_country, chosen_round, common_round, doubt_of_round, this_year


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """XAA with one round, XAB with two."""
    monkeypatch.setenv("TANA_HOME", str(tmp_path))
    with open_store(Settings(home=tmp_path)) as store:
        for iso3, round_ in (("XAA", "2025"), ("XAB", "2025"), ("XAB", "2026")):
            store.open_assessment(iso3, round_, "cooperation", "1", "digest")


def test_the_only_round_of_a_country_is_meant(opened: None) -> None:
    assert chosen_round("XAA") == "2025"
    assert chosen_round("XAA", "2024") == "2024"


def test_two_rounds_are_told_and_none_is_guessed(opened: None) -> None:
    with pytest.raises(Mistake, match="2025, 2026") as error:
        chosen_round("XAB")
    assert "--round 2026" in error.value.remedy


def test_without_any_round_it_is_this_year(opened: None) -> None:
    assert chosen_round("XAC") == this_year()


def test_countries_of_different_rounds_want_one_named(opened: None) -> None:
    with pytest.raises(Mistake, match="2025"):
        common_round(["XAA", "XAC"])
    assert common_round(["XAA"]) == "2025"


@pytest.mark.parametrize("path", ["../../etc/passwd", "XA", "", "XAA/2026"])
def test_a_path_is_no_country(path: str) -> None:
    with pytest.raises(UnknownCountry):
        chosen_country(path)


@pytest.mark.parametrize("text", ["last year", "26", "2026/..", "../2026"])
def test_what_is_no_year_is_no_round(opened: None, text: str) -> None:
    with pytest.raises(Mistake, match="is no round"):
        chosen_round("XAA", text)


@pytest.mark.parametrize(("round_", "said"), [("1999", "in the past"), ("2199", "far ahead")])
def test_a_year_that_is_probably_a_slip_is_doubted(opened: None, round_: str, said: str) -> None:
    doubt = doubt_of_round("XAA", round_)
    assert f"Round {round_} of XAA lies {said}" in doubt


def test_of_two_open_rounds_the_earlier_one_is_doubted_and_the_later_is_not(opened: None) -> None:
    assert "XAB has a later round: 2026" in doubt_of_round("XAB", "2025")
    assert doubt_of_round("XAB", "2026") == ""


def test_an_open_round_and_the_year_to_come_are_not_doubted(opened: None) -> None:
    assert doubt_of_round("XAA", "2025") == "", "it is past, and it is the one that is open"
    assert doubt_of_round("XAC", this_year()) == ""
    assert doubt_of_round("XAC", str(int(this_year()) + 1)) == ""
