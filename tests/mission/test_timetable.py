"""Who is visited when: halves of days, ways between, weekends of the country."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from assessments.mission.timetable import Kind, timetable, weekend, working_days


def test_a_visit_that_does_not_fit_before_noon_begins_after_it() -> None:
    opening, first, second, *_ = timetable([("CA", 90), ("PROS", 60)])
    assert (opening.day, opening.begin, opening.end) == (1, 9 * 60, 10 * 60)
    assert (first.day, first.begin, first.end) == (1, 10 * 60 + 30, 12 * 60)
    assert (second.day, second.begin) == (1, 14 * 60)


def test_the_last_day_is_for_all_institutions_together() -> None:
    sessions = timetable([("CA", 90)])
    assert [(s.kind, s.day) for s in sessions[-2:]] == [(Kind.VALIDATION, 2), (Kind.DEBRIEF, 2)]


def test_sessions_never_overlap_and_leave_half_an_hour_for_the_way() -> None:
    sessions = timetable([(f"I{n}", 35 + 20 * n) for n in range(9)])
    for earlier, later in pairwise(sessions):
        assert later.day > earlier.day or later.begin >= earlier.end + 30


def test_an_interview_longer_than_half_a_day_takes_the_half_day() -> None:
    *_, interview, _, _ = timetable([("CA", 600)])
    assert (interview.begin, interview.end) == (14 * 60, 17 * 60)


def test_weekends_are_those_of_the_country() -> None:
    assert weekend("FRA") == {5, 6}
    assert weekend("EGY") == {4, 5}
    assert weekend("IRN") == {4}
    assert weekend("XAA") == {5, 6}  # fictional: as in most countries
    thursday = date(2026, 9, 10)
    assert working_days(thursday, 3, "FRA")[1:] == (date(2026, 9, 11), date(2026, 9, 14))
    assert working_days(thursday, 3, "EGY")[1:] == (date(2026, 9, 13), date(2026, 9, 14))
