"""All papers of a mission, written into a folder."""

from __future__ import annotations

from pathlib import Path

from assessments.mission.agenda import agenda
from assessments.mission.focal_point import focal_point_sheet
from assessments.mission.interview import interview_guide
from assessments.mission.kit import Mission
from assessments.mission.letter import letter
from assessments.mission.timetable import timetable, working_days


def write_kit(mission: Mission, out: Path) -> list[Path]:
    """Letter, sheet and agenda, then one guide an institution, in the order of the visits."""
    sessions = timetable([(visit.institution, visit.length) for visit in mission.visits])
    days = max(session.day for session in sessions)
    dates = working_days(mission.start, days, mission.country.iso3) if mission.start else ()
    name = f"{mission.country.iso3}_{mission.round}"
    return [
        letter(mission, days).save(out / f"{name}_letter.docx"),
        focal_point_sheet(mission).save(out / f"{name}_focal_point.docx"),
        agenda(mission, sessions, dates).save(out / f"{name}_agenda.docx"),
        *(
            interview_guide(mission, visit).save(out / f"{name}_interview_{visit.institution}.docx")
            for visit in mission.visits
        ),
    ]
