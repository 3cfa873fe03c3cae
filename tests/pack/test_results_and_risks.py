"""outcomes.csv and risks.csv: what is read, and how faults are named."""

from pathlib import Path

from assessments.pack.offers import ResultLevel, check_offers, read_outcomes, read_risks
from assessments.pack.tables import Faults

HEAD = "name,level,under,sub_dimensions,types,sentence::English (en),assumption::English (en)\n"


def outcomes(folder: Path, *rows: str) -> tuple[tuple, Faults]:
    (folder / "outcomes.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    faults = Faults()
    return read_outcomes(folder, faults), faults


def test_a_pack_may_have_no_results_and_no_risks(tmp_path: Path) -> None:
    faults = Faults()
    assert read_outcomes(tmp_path, faults) == ()
    assert read_risks(tmp_path, faults) == ()
    assert faults.problems == []


def test_an_outcome_is_read_with_its_gaps(tmp_path: Path) -> None:
    found, faults = outcomes(tmp_path, "law,outcome,,LEG-1|LEG-2,,Work is done by {institutions}.,")
    assert faults.problems == []
    assert found[0].level is ResultLevel.OUTCOME
    assert found[0].sub_dimensions == ("LEG-1", "LEG-2")


def test_a_word_in_braces_that_nothing_fills_is_named(tmp_path: Path) -> None:
    _, faults = outcomes(tmp_path, "law,outcome,,LEG-1,,Work is done by {ministry}.,")
    assert [(p.code, p.row, p.column) for p in faults.problems] == [
        ("unknown-placeholder", 2, "sentence")
    ]


def test_an_output_under_nothing_and_a_type_without_output_are_named(tmp_path: Path) -> None:
    found, faults = outcomes(
        tmp_path,
        "law,outcome,,LEG-1|LEG-99,,Laws are applied.,",
        "law_texts,output,law,,treaty,Texts are handed over.,",
        "stray,output,nowhere,,treaty,Texts are handed over.,",
    )
    check_offers(found, frozenset({"LEG-1"}), frozenset({"treaty", "training"}), faults)
    assert {p.code for p in faults.problems} == {
        "unknown-sub-dimension", "unknown-outcome", "type-without-output",
    }  # fmt: skip


def test_a_risk_outside_one_to_five_and_an_unreadable_condition_are_named(tmp_path: Path) -> None:
    (tmp_path / "risks.csv").write_text(
        "name,scope,category,when,likelihood,impact,residual,"
        "event::English (en),cause::English (en)\n"
        "a,project,political,${X} + 1 = 2,7,3,4,It happens.,It does.\n",
        encoding="utf-8",
    )
    faults = Faults()
    read_risks(tmp_path, faults)
    assert {(p.code, p.row, p.column) for p in faults.problems} == {
        ("unsupported-expression", 2, "when"),
        ("out-of-range", 2, "likelihood"),
    }
