"""A region on one page: distributions of levels and shared gaps, no country named or ranked."""

from __future__ import annotations

from example_answers import ROUND, example_submissions

from assessments.pack.load import load_pack
from assessments.reference import country
from assessments.results import AssessmentRef, Scores
from assessments.scoring import region_view, score_assessment
from assessments.scoring.region import MemberScores
from flows.region_story import shared_rows

PACK = load_pack("cooperation")
MEMBERS = ("XAA", "XAB", "XAC", "XAD")


def _scores(iso3: str) -> Scores:
    ref = AssessmentRef(
        iso3=iso3, round=ROUND, pack=PACK.id, pack_version=PACK.version, pack_digest=PACK.digest,
        method_version="",
    )  # fmt: skip
    answers = [a for one in example_submissions(PACK, iso3) for a in one.answers]
    return score_assessment(PACK, country(iso3), answers, ref)


def test_shared_gaps_come_first_and_every_count_adds_up_to_the_members_with_a_level() -> None:
    rows = shared_rows(PACK, region_view(_scores(iso3) for iso3 in MEMBERS))
    assert len(rows) > 30
    shared = [row["shared gap"] == "yes" for row in rows]
    assert shared == sorted(shared, reverse=True)
    for row in rows:
        counts = sum(int(row[f"at level {level}"]) for level in range(5))
        assert counts == row["members with a level"]
        assert 3 <= counts <= len(MEMBERS)
    assert not any(iso3 in str(rows) for iso3 in MEMBERS)


def test_two_members_are_told_nothing_of() -> None:
    assert shared_rows(PACK, region_view([_scores("XAA"), _scores("XAB")])) == []


def test_a_region_is_told_the_same_from_the_part_of_the_scores_that_is_read() -> None:
    whole = [_scores(iso3) for iso3 in MEMBERS]
    part = [MemberScores.model_validate_json(one.model_dump_json()) for one in whole]
    assert region_view(part) == region_view(whole)
