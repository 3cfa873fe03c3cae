"""The draft agenda of a mission, day by day, for the authorities to change."""

from __future__ import annotations

from datetime import date

from assessments.language import written_date
from assessments.mission import wording
from assessments.mission.kit import Mission
from assessments.mission.paper import Paper, to_fill_in
from assessments.mission.timetable import Kind, Session


def agenda(mission: Mission, sessions: tuple[Session, ...], days: tuple[date, ...]) -> Paper:
    """A table a day. `days` are the dates of the days; empty where the mission has no date yet."""
    translate = mission.translate
    paper = wording.new_paper(
        mission, translate("Draft agenda of the mission"), wording.for_the_authorities(translate)
    )
    paper.title(translate("Draft agenda of the mission"), mission.title)
    last = max(session.day for session in sessions)
    paper.text(
        translate(
            "{days}. Times and places are proposals; each institution says where it receives us.",
            days=wording.days_of_mission(mission, last),
        )
    )
    for day in range(1, last + 1):
        paper.heading(_day(mission, day, days))
        paper.table(
            (2.6, 5, 5, 4.4),
            (translate("Time"), translate("With"), translate("About"), translate("Place")),
            [_line(mission, session) for session in sessions if session.day == day],
        )
    paper.heading(translate("To be arranged"))
    paper.points(
        (
            translate(
                "Interpretation into {language}, where it is needed.",
                language=to_fill_in(translate("language")),
            ),
            translate("A room for all institutions on the last day."),
            translate("The witness protection authority is met where it decides, alone."),
            translate(
                "Public holidays in this time: {days}",
                days=to_fill_in(translate("to be confirmed")),
            ),
        )
    )
    return paper


def _day(mission: Mission, number: int, days: tuple[date, ...]) -> str:
    text = mission.translate("Day {number}", number=number)
    if not days:
        return text
    return f"{text}: {written_date(days[number - 1], mission.language)}"


def _line(mission: Mission, session: Session) -> tuple[str, str, str, str]:
    translate = mission.translate
    who, what = {
        Kind.OPENING: (
            translate("Focal point and all institutions"),
            translate("Opening: purpose, what becomes of the answers, order of the visits"),
        ),
        Kind.INTERVIEW: (
            mission.institution(session.institution) if session.institution else "",
            translate("What the questionnaire leaves open; documents to be seen"),
        ),
        Kind.VALIDATION: (
            translate("All institutions"),
            translate("Validation meeting: agree on answers that differ, with dissent on record"),
        ),
        Kind.DEBRIEF: (
            translate("Focal point and the authority that received the letter"),
            translate("Debriefing: what was found, what is still missing, next steps"),
        ),
    }[session.kind]
    return (
        f"{_clock(session.begin)}–{_clock(session.end)}",
        who,
        what,
        to_fill_in(translate("place")),
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
