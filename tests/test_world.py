"""The world that benchmarks are run on: invented, the same each time, with every kind of answer."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from assessments.pack.load import load_pack
from assessments.reference import known
from assessments.untrusted import read_cells
from assessments.workbook.read import read_answers
from benchmarks import world

PACK = load_pack("cooperation")


def test_no_country_of_the_world_is_a_state_or_an_example() -> None:
    codes = world.codes()
    assert len(set(codes)) == 193
    assert not any(known(code) for code in codes)
    assert all(code[0] == "X" and code[1] not in "AK" for code in codes)


def test_an_institution_says_the_same_each_time_and_others_see_it_otherwise() -> None:
    first, again = (list(world.said(PACK, "XBA", "CA")) for _ in range(2))
    assert first == again
    given = [
        {line["question"]: line.get("value") for line in world.said(PACK, "XBA", code)}
        for code in ("CA", "PROS")
    ]
    common = given[0].keys() & given[1].keys()
    assert any(given[0][name] != given[1][name] for name in common)


def test_a_returned_workbook_is_a_real_one_with_every_state(tmp_path: Path) -> None:
    world._write_countries(tmp_path / "countries.csv")
    world._make(tmp_path, "XBA")
    files = sorted((tmp_path / "XBA").iterdir())
    assert [file.stem.rpartition("_")[2] for file in files] == sorted(world.INSTITUTIONS)
    states: Counter[str] = Counter()
    for file in files:
        result = read_answers(read_cells(file, twice=False), PACK)
        assert result.accepted, result.problems
        states.update(answer.state.value for answer in result.answers)
    assert states.keys() >= {"answered", "blank", "no_information", "withheld", "not_applicable",
                             "skipped", "unusable"}  # fmt: skip
    assert states["answered"] > states.total() / 2
