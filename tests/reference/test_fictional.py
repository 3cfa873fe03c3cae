"""Invented countries of a programme's own: where they come from, and what may be none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ASKED = (
    "from assessments.reference import country\n"
    "from assessments.errors import TanaError\n"
    "try:\n"
    "    one = country('XZA')\n"
    "    print(one.un_name, one.fictional, one.working_language, one.networks)\n"
    "except TanaError as error:\n"
    "    print(type(error).__name__, error.message)\n"
)


def _said(file: Path | None) -> str:
    """What a process of its own knows of XZA: countries are read once for each."""
    given = {} if file is None else {"TANA_FICTIONAL_COUNTRIES": str(file)}
    done = subprocess.run(
        [sys.executable, "-c", ASKED], env={**os.environ, **given}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_a_country_of_the_programme_s_own_file_is_known_and_fictional(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("iso3,un_name,working_language\nXZA,Examplia,fr\n", encoding="utf-8")
    assert _said(file) == "Examplia True fr ()"
    assert _said(None).startswith("UnknownCountry")


@pytest.mark.parametrize(("text", "told"), [
    ("iso3,un_name\nKEN,Invented\n", "Line 2"),
    ("iso3,un_name\nXKX,Invented\n", "'XKX' is no code for an invented country"),
    ("iso3,un_name\nXAA,Invented\n", "'XAA' is no code"),
    ("iso3,un_name\nXZA,One\nXZA,Two\n", "Line 3"),
    ("iso3,un_name\nXZA,\n", "has no un_name"),
    ("code,name\nXZA,One\n", "has no column iso3, un_name"),
])  # fmt: skip
def test_no_file_gives_a_state_invented_answers(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "own.csv"
    file.write_text(text, encoding="utf-8")
    said = _said(file)
    assert said.startswith("Mistake")
    assert told in said


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "none.csv" in _said(tmp_path / "none.csv")
