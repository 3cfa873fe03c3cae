"""Two versions of the small pack: what is declared, what is carried over, what is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pack_folder import PackFolder
from two_versions import declare, declared, first_version, second_version

from assessments.pack.carry import carry_over
from assessments.pack.check import check_pack
from assessments.pack.compare import compare_packs
from assessments.pack.load import load_pack
from assessments.pack.model import Pack
from assessments.problems import Problem
from assessments.results import Answer, AnswerState, AnswerValue, Source


@pytest.fixture
def old(tmp_path: Path) -> PackFolder:
    return first_version(tmp_path / "v1")


@pytest.fixture
def new(tmp_path: Path) -> PackFolder:
    return second_version(tmp_path / "v2")


@pytest.fixture
def packs(old: PackFolder, new: PackFolder) -> tuple[Pack, Pack]:
    return load_pack(old.folder), load_pack(new.folder)


def answer(question: str, value: AnswerValue | None, institution: str = "CA") -> Answer:
    return Answer(
        id=f"ANS_XAA_2026_{institution}_{question}",
        question=question,
        institution=institution,
        state=AnswerState.BLANK if value is None else AnswerState.ANSWERED,
        value=value,
        evidence="Law 5",
        source=Source(workbook_sha256="a" * 64, sheet="OPS", cell="D7"),
    )


def carried(packs: tuple[Pack, Pack], *answers: Answer) -> dict[str, Answer]:
    return {item.question: item for item in carry_over(answers, *packs).answers}


# --- what changed -------------------------------------------------------------------------------


def test_a_declared_version_leaves_nothing_unaccounted_for(packs):
    difference = compare_packs(*packs)
    assert (difference.added, difference.removed) == ((), ())
    assert [row.kind for row in difference.declared] == [
        "renamed", "reworded", "rescaled", "rescaled", "split", "merged", "dropped",
    ]  # fmt: skip
    assert all(change.declared for change in difference.changed if not change.comparable)


def test_the_declared_version_is_sound_against_the_one_before(old, new):
    report = check_pack(new.folder, earlier=[load_pack(old.folder)])
    assert [str(problem) for problem in report.problems] == []


def test_a_row_says_its_rule_in_one_line(packs):
    rules = [row.rule for row in compare_packs(*packs).declared]
    assert rules[0] == "renamed LEG_1_03 to LEG_1_05 (version 1 to 2)"
    assert rules[3] == "rescaled OPS_1_01 (version 1 to 2, not comparable)"
    assert rules[6] == "dropped OPS_1_23 (version 1 to 2)"


# --- what an old answer is worth ------------------------------------------------------------------


def test_a_renamed_question_keeps_its_answer_its_evidence_and_its_cell(packs):
    found = carried(packs, answer("LEG_1_03", ("evidence", "service")))["LEG_1_05"]
    assert (found.value, found.evidence, found.source.cell) == (
        ("evidence", "service"),
        "Law 5",
        "D7",
    )
    assert found.id == "ANS_XAA_2026_CA_LEG_1_05"
    assert found.carried_from == "ANS_XAA_2026_CA_LEG_1_03"
    assert found.carried == "renamed LEG_1_03 to LEG_1_05 (version 1 to 2)"


def test_ninety_days_are_three_months(packs):
    assert carried(packs, answer("OPS_1_07", 90.0))["OPS_1_08"].value == pytest.approx(3)


def test_a_level_that_is_not_comparable_is_shown_and_never_scored(packs):
    found = carried(packs, answer("OPS_1_01", "3"))["OPS_1_01"]
    assert (found.state, found.value, found.raw) == (AnswerState.BLANK, None, "3")
    assert found.carried.endswith("not comparable)")


def test_a_split_answers_only_the_part_that_was_asked(packs):
    found = carried(packs, answer("OPS_1_20", "partly"))
    assert found["OPS_1_30"].value == "partly"
    assert (found["OPS_1_31"].state, found["OPS_1_31"].raw) == (AnswerState.BLANK, "partly")


def test_merged_counts_are_added_and_half_a_sum_is_none(packs):
    both = carried(packs, answer("OPS_1_21", 4.0), answer("OPS_1_22", 7.0))["OPS_1_32"]
    assert (both.value, both.state) == (11.0, AnswerState.ANSWERED)
    half = carried(packs, answer("OPS_1_21", 4.0), answer("OPS_1_22", None))["OPS_1_32"]
    assert (half.value, half.raw) == (None, "OPS_1_21: 4; OPS_1_22: blank")


def test_merged_choices_must_agree(packs, new):
    declare(new, ["1", "2", "merged", "OPS_1_20|OPS_1_24", "OPS_1_30", "", "y", "One now."])
    second = load_pack(new.folder)
    pair = [answer("OPS_1_20", "yes"), answer("OPS_1_24", "yes")]
    assert carried((packs[0], second), *pair)["OPS_1_30"].value == "yes"
    pair[1] = answer("OPS_1_24", "no")
    differing = carried((packs[0], second), *pair)["OPS_1_30"]
    assert (differing.state, differing.raw) == (
        AnswerState.BLANK,
        "OPS_1_20: yes; OPS_1_24: no",
    )


def test_a_dropped_question_is_kept_apart(packs):
    over = carry_over([answer("OPS_1_23", "A remark")], *packs)
    assert over.answers == ()
    assert [item.value for item in over.left] == ["A remark"]


def test_what_did_not_change_is_carried_without_a_mark(packs):
    given = answer("LEG_1_02", "yes", "PROS")
    assert carried(packs, given)["LEG_1_02"] == given


def test_an_undeclared_new_wording_is_not_compared(packs, new):
    new.set("survey.csv", "LEG_1_02", "label::English (en)", "Is there a good law?")
    found = carried((packs[0], load_pack(new.folder)), answer("LEG_1_02", "yes"))["LEG_1_02"]
    assert (found.state, found.raw) == (AnswerState.BLANK, "yes")
    assert found.carried == "its label changed (version 1 to 2)"


def test_a_choice_worth_nothing_now_is_left_open(packs, new):
    declare(new, ["1", "2", "rescaled", "LEG_1_02", "LEG_1_02", "yes=yes|partly=|no=no", "y", "R"])
    second = load_pack(new.folder)
    found = carried((packs[0], second), answer("LEG_1_02", "partly"))["LEG_1_02"]
    assert (found.state, found.raw) == (AnswerState.BLANK, "partly")


def test_no_information_stays_no_information(packs):
    unknown = answer("LEG_1_03", None).model_copy(update={"state": AnswerState.NO_INFORMATION})
    assert carried(packs, unknown)["LEG_1_05"].state is AnswerState.NO_INFORMATION


# --- what is refused ----------------------------------------------------------------------------


def row_with(change: int, **cells: str) -> list[str]:
    """One of the declared rows with other cells."""
    header = ["from_version", "to_version", "kind", "old", "new", "mapping", "comparable", "reason"]
    row = list(declared()[change])
    for column, value in cells.items():
        row[header.index(column)] = value
    return row


Fault = tuple[Callable[[], list[list[str]]], str, str]


def replaced(change: int, **cells: str) -> Callable[[], list[list[str]]]:
    def rows() -> list[list[str]]:
        found = declared()
        found[change] = row_with(change, **cells)
        return found

    return rows


FAULTS: dict[str, Fault] = {
    "no such question now": (replaced(0, new="LEG_1_99"), "unknown-question", "new"),
    "no such question then": (replaced(0, old="LEG_1_98"), "unknown-question", "old"),
    "a choice of nothing": (
        replaced(3, mapping="0=0|1=1|2=1|3=3|4=5"), "unknown-choice", "mapping"),
    "a mapping with a hole": (
        replaced(3, mapping="0=0|1=1|2=1|3=3"), "mapping-not-total", "mapping"),
    "a mapping of nobody's": (
        replaced(4, mapping="OPS_9: yes=yes"), "unreadable-mapping", "mapping"),
    "no mapping at all": (replaced(2, mapping=""), "no-mapping", "mapping"),
    "divided by nothing": (replaced(2, mapping="/0"), "unreadable-mapping", "mapping"),
    "a factor of no number": (replaced(3, mapping="*2"), "mapping-of-no-number", "mapping"),
    "split into one": (replaced(4, new="OPS_1_30"), "wrong-number-of-questions", "new"),
    "no such kind": (replaced(6, kind="deleted"), "not-allowed", "kind"),
    "no reason": (replaced(0, reason=""), "no-reason", "reason"),
    "dropped and still asked": (replaced(6, old="LEG_1_02"), "still-asked", "old"),
    "said twice": (
        lambda: [*declared(), row_with(0, kind="dropped", new="")], "declared-twice", "old"),
    "a circle": (
        lambda: [*declared(), row_with(6, from_version="2", to_version="1")],
        "version-circle", "to_version"),
    "leads nowhere": (
        lambda: [*declared(), row_with(6, from_version="0.8", to_version="0.9")],
        "version-leads-nowhere", "to_version"),
    "two versions follow one": (
        lambda: [*declared(), row_with(6, old="LEG_1_01", to_version="3")],
        "two-next-versions", "to_version"),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_a_faulty_row_is_named_with_its_cell_and_remedy(case: str, old, new) -> None:
    rows, code, column = FAULTS[case]
    declare(new, *rows())
    report = check_pack(new.folder, earlier=[load_pack(old.folder)])
    hits = [problem for problem in report.problems if problem.code == code]
    assert hits, [str(problem) for problem in report.problems]
    assert {(hit.file, hit.column) for hit in hits} == {("changes.csv", column)}
    assert all(hit.row and hit.remedy for hit in hits)
    assert not report.sound


def problems(new: PackFolder, old: PackFolder) -> list[Problem]:
    return list(check_pack(new.folder, earlier=[load_pack(old.folder)]).problems)


def test_a_question_cannot_vanish_undeclared(old, new):
    declare(new, *declared()[:-1])
    [found] = problems(new, old)
    assert (found.code, found.question) == ("undeclared-removal", "OPS_1_23")
    assert check_pack(new.folder).sound  # nothing is known of version 1 here


def test_a_changed_meaning_is_told_and_does_not_refuse(old, new):
    new.set("survey.csv", "LEG_1_02", "label::English (en)", "Is there a good law?")
    [found] = problems(new, old)
    assert (found.code, found.question, found.severity) == ("undeclared-change", "LEG_1_02", "note")


def test_answers_given_in_confidence_stay_confidential(old, new):
    old.set("survey.csv", "LEG_1_03", "sensitivity", "confidential")
    [found] = problems(new, old)
    assert (found.code, found.row) == ("sensitivity-lowered", 2)


def test_a_name_is_not_reused(old, new):
    old.add("survey.csv", type="text", name="LEG_1_05", label="Another", dimension="LEG",
            sub_dimension="LEG-1", institutions="CA", lead="CA", tier="core")  # fmt: skip
    assert "name-reused" in {problem.code for problem in problems(new, old)}


def test_three_versions_are_walked_step_by_step(packs, new, tmp_path):
    """LEG_1_03 became LEG_1_05 in version 2 and LEG_1_06 in version 3."""
    new.set("settings.csv", "small", "version", "3")
    for file in ("survey.csv", "requirements.csv"):
        path = new.folder / file
        path.write_text(path.read_text().replace("LEG_1_05", "LEG_1_06"), newline="")
    declare(
        new, *declared(), ["2", "3", "renamed", "LEG_1_05", "LEG_1_06", "", "y", "In line again."]
    )
    found = carried((packs[0], load_pack(new.folder)), answer("LEG_1_03", ("evidence",)))
    assert found["LEG_1_06"].carried_from == "ANS_XAA_2026_CA_LEG_1_03"
    assert found["LEG_1_06"].carried == (
        "renamed LEG_1_03 to LEG_1_05 (version 1 to 2); "
        "renamed LEG_1_05 to LEG_1_06 (version 2 to 3)"
    )
