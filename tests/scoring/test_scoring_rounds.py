"""Two rounds on what both asked alike; a region without names and ranks."""

from __future__ import annotations

import dataclasses

import pytest
from scoring_cases import COUNTRY, REF, answer, method, pack, question, reasoned, requirement, text

from assessments.pack.changes import AnswerMapping, ChangeKind, DeclaredChange
from assessments.pack.model import Pack
from assessments.results import Answer, Scores
from assessments.scoring import compare_rounds, region_view, score_assessment

NAMES = ("A_1_02", "A_1_03", "A_1_04")
OLD = pack([question(name) for name in NAMES])


def scores(pack_: Pack, *values: str | None, names: tuple[str, ...] = NAMES) -> Scores:
    said: list[Answer] = [
        answer(n, v, evidence_state="document_seen") for n, v in zip(names, values, strict=True)
    ]
    return score_assessment(pack_, COUNTRY, said, REF)


def test_the_same_questions_compare_as_stated() -> None:
    """(1 + 2 + 3) / 3 = 2 and (2 + 2 + 4) / 3 = 2.6667."""
    [line] = compare_rounds(OLD, scores(OLD, "1", "2", "3"), OLD, scores(OLD, "2", "2", "4"))
    assert (line.before, line.after, line.change, line.shared) == (2, 2.6667, 0.6667, 3)
    assert line.breaks == ()


def test_a_changed_wording_is_a_break_and_left_out() -> None:
    """A_1_04 asks another thing now: (1 + 2) / 2 = 1.5 and (2 + 2) / 2 = 2."""
    new = pack([*map(question, NAMES[:2]), question("A_1_04", label=text("Something else"))])
    [line] = compare_rounds(OLD, scores(OLD, "1", "2", "0"), new, scores(new, "2", "2", "4"))
    assert (line.before, line.after, line.change) == (1.5, 2, 0.5)
    assert [(b.question, b.because) for b in line.breaks] == [("A_1_04", "its label changed")]


def test_another_hint_is_no_break() -> None:
    new = pack([*map(question, NAMES[:2]), question("A_1_04", hint=text("In words"))])
    [line] = compare_rounds(OLD, scores(OLD, "1", "2", "3"), new, scores(new, "1", "2", "3"))
    assert (line.breaks, line.shared) == ((), 3)


def test_questions_added_and_removed_are_breaks() -> None:
    new = pack([question("A_1_02"), question("A_1_03"), question("A_1_05")])
    names = ("A_1_02", "A_1_03", "A_1_05")
    [line] = compare_rounds(
        OLD, scores(OLD, "1", "2", "3"), new, scores(new, "1", "2", "0", names=names)
    )
    assert {b.question for b in line.breaks} == {"A_1_04", "A_1_05"}
    assert line.change == 0


def declared(kind: ChangeKind, *, comparable: bool = True, new: str = "A_1_14") -> DeclaredChange:
    """A row of changes.csv about A_1_04."""
    mappings = {"A_1_04": AnswerMapping({"yes": "no"})} if kind is ChangeKind.RESCALED else {}
    return DeclaredChange(
        "1", "2", kind, ("A_1_04",), (new,), mappings, comparable, text("Because.")
    )


def second(row: DeclaredChange, *names: str) -> Pack:
    """Version 2 of the pack, which declares `row`."""
    return dataclasses.replace(pack([question(n) for n in names]), version="2", changes=(row,))


def test_a_renamed_question_is_compared_under_its_new_name() -> None:
    """(1 + 2 + 3) / 3 = 2 and (2 + 2 + 4) / 3 = 2.6667."""
    names = ("A_1_02", "A_1_03", "A_1_14")
    new = second(declared(ChangeKind.RENAMED), *names)
    old = dataclasses.replace(OLD, version="1")
    [line] = compare_rounds(
        old, scores(OLD, "1", "2", "3"), new, scores(new, "2", "2", "4", names=names)
    )
    assert (line.before, line.after, line.shared, line.breaks) == (2, 2.6667, 3, ())


@pytest.mark.parametrize("kind", [ChangeKind.RENAMED, ChangeKind.RESCALED])
def test_what_the_pack_declares_not_comparable_is_a_break_with_its_rule(kind: ChangeKind) -> None:
    names = ("A_1_02", "A_1_03", "A_1_14")
    new = second(declared(kind, comparable=False), *names)
    old = dataclasses.replace(OLD, version="1")
    [line] = compare_rounds(
        old, scores(OLD, "1", "2", "3"), new, scores(new, "2", "2", "4", names=names)
    )
    assert (line.shared, line.change) == (2, 0.5)
    rule = f"{kind.value} A_1_04 to A_1_14 (version 1 to 2, not comparable)"
    assert {(b.question, b.because) for b in line.breaks} == {("A_1_04", rule), ("A_1_14", rule)}


def test_an_answer_missing_in_one_round_is_not_compared_and_not_zero() -> None:
    [line] = compare_rounds(OLD, scores(OLD, "1", "2", "3"), OLD, scores(OLD, "1", "2", None))
    assert (line.shared, line.change) == (2, 0)


def test_nothing_shared_is_no_change_rather_than_zero() -> None:
    none = scores(OLD, None, None, None)
    [line] = compare_rounds(OLD, none, OLD, scores(OLD, "1", "2", "3"))
    assert (line.before, line.after, line.change, line.shared) == (None, None, None, 0)


def test_another_rule_of_aggregation_is_a_break() -> None:
    raw = method().model_dump(mode="json")["aggregation"]
    other = method(aggregation={**raw, "default": reasoned("weakest_link")})
    new = dataclasses.replace(OLD, method=other)
    [line] = compare_rounds(OLD, scores(OLD, "1", "2", "3"), new, scores(new, "1", "2", "3"))
    assert line.breaks[-1].because == "weighted_mean became weakest_link"


def test_a_new_sub_dimension_has_nothing_to_compare_with() -> None:
    before = scores(OLD, "1", "2", "3").model_copy(update={"sub_dimensions": ()})
    [line] = compare_rounds(OLD, before, OLD, scores(OLD, "1", "2", "3"))
    assert (line.stated_before, line.change) == (None, None)


def test_two_countries_are_no_rounds() -> None:
    other = scores(OLD, "1", "2", "3")
    ref = REF.model_copy(update={"iso3": "XAB"})
    with pytest.raises(ValueError, match="one country"):
        compare_rounds(OLD, other.model_copy(update={"assessment": ref}), OLD, other)


def test_a_region_is_a_distribution_without_names_or_ranks() -> None:
    """Levels 1, 2, 3 and none; the target is 3, so two of three known are below it."""
    members = [scores(OLD, v, v, v) for v in ("1", "2", "3", None)]
    region = region_view(members)
    [line] = region.lines
    assert (line.members, line.known, line.counts) == (4, 3, (0, 1, 1, 1, 0))
    assert (line.middle, line.below, line.shared_gap) == (2, 2, True)
    assert "XA" not in repr(region)
    assert region_view(members[::-1]) == region


def test_too_few_members_are_not_shown() -> None:
    [line] = region_view([scores(OLD, "1", "1", "1"), scores(OLD, "2", "2", "2")]).lines
    assert (line.counts, line.middle, line.below) == (None, None, None)
    assert "could be told apart" in line.because


def test_context_has_no_target_and_shares_no_gap() -> None:
    context = pack([question(name) for name in NAMES], context=("A",))
    [line] = region_view([scores(context, v, v, v) for v in "111"]).lines
    assert (line.below, line.shared_gap) == (None, False)


def test_paragraphs_that_half_of_the_members_do_not_meet() -> None:
    """18(13): unmet at 0 and partly at 2, met at 4: two of three."""
    law = pack([question(name) for name in NAMES], [requirement("18(13)", "A_1_02")])
    [shared] = region_view([scores(law, v, "1", "1") for v in ("0", "2", "4")]).paragraphs
    assert (shared.ref, shared.unmet, shared.known) == ("18(13)", 2, 3)
    assert region_view([scores(law, "4", "1", "1")] * 3).paragraphs == ()


def test_no_members_are_an_empty_region() -> None:
    region = region_view([])
    assert (region.members, region.lines, region.paragraphs) == (0, (), ())


def test_a_level_that_rests_on_what_may_not_be_told_is_left_out() -> None:
    """A_1_04 is closed now: its 3 is told by neither level nor change; (1 + 2) / 2 = 1.5."""
    before, after = scores(OLD, "1", "2", "3"), scores(OLD, "2", "2", None)
    [line] = compare_rounds(OLD, before, OLD, after, untold={"A_1_04"})
    assert (line.stated_before, line.before, line.after, line.shared) == (None, 1.5, 2, 2)


def test_the_earlier_name_of_what_may_not_be_told_is_closed_too() -> None:
    names = ("A_1_02", "A_1_03", "A_1_14")
    new = second(declared(ChangeKind.RENAMED), *names)
    old = dataclasses.replace(OLD, version="1")
    [line] = compare_rounds(
        old, scores(OLD, "1", "2", "3"), new, scores(new, "2", "2", None, names=names),
        untold={"A_1_14"},
    )  # fmt: skip
    assert line.stated_before is None
