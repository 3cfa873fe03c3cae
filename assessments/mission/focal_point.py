"""The sheet for the focal point: what to do until when, who answers, where each stands."""

from __future__ import annotations

from assessments.language import written_date
from assessments.mission import wording
from assessments.mission.kit import Mission
from assessments.mission.paper import Paper


def focal_point_sheet(mission: Mission) -> Paper:
    """Two pages: the tasks, then a table to keep track of who fills in what."""
    translate = mission.translate
    paper = wording.new_paper(
        mission, translate("Sheet for the focal point"), wording.for_the_authorities(translate)
    )
    paper.title(translate("Sheet for the focal point"), mission.title)
    paper.text(
        translate(
            "You connect the institutions of your country with the office that asked for their "
            "answers ({office}). You answer no question yourself and are not responsible for what "
            "others answer.",
            office=wording.office(mission),
        )
    )
    _tasks(mission, paper)
    _care(mission, paper)
    _who_answers(mission, paper)
    return paper


def _tasks(mission: Mission, paper: Paper) -> None:
    translate, day = mission.translate, written_date(mission.deadline, mission.language)
    paper.heading(translate("What to do"))
    paper.points(
        (
            translate(
                "Pass each questionnaire to the institution it is for, and to no other. Ask each "
                "for the unit that does the work, with the agreement of its head."
            ),
            translate("Enter below which post and unit fills it in: no names of persons."),
            translate(
                "Have everything back by {date}. Send each file as it is, under its name; do not "
                "merge files or copy answers from one into another.",
                date=day,
            ),
            translate(
                "Where an institution cannot answer, its file may come back partly filled: each "
                "line lets it say why. What is blank counts as not known, never as absent."
            ),
            translate(
                "Confirm the agenda with the institutions: times, places, interpretation, and "
                "public holidays."
            ),
            translate(
                "Invite all of them to the validation meeting on the last day. There they agree on "
                "answers that differ; who disagrees is put on record."
            ),
        ),
        "List Number",
    )


def _care(mission: Mission, paper: Paper) -> None:
    translate = mission.translate
    paper.heading(translate("What to take care of"))
    paper.points(
        (
            wording.confidentiality(mission),
            translate(
                "A filled questionnaire goes by the channel agreed for restricted information, not "
                "by open mail. An institution may return its file to the office directly."
            ),
            translate("The witness protection authority is asked for totals only, never a case."),
        )
    )


def _who_answers(mission: Mission, paper: Paper) -> None:
    translate = mission.translate
    paper.heading(translate("Who answers"))
    rows = [
        (f"{name}\n\t{_answers_on(mission, visit.institution)}", f"{extent}\n\t{file}", "", stands)
        for visit, (name, extent, file, stands) in zip(
            mission.visits,
            wording.questionnaires(mission, mission.visits, standing=True),
            strict=True,
        )
    ]
    paper.table(
        (6, 4, 4, 3),
        (
            translate("Institution"),
            translate("Questionnaire"),
            translate("Post and unit that fills it in"),
            translate("Stands at"),
        ),
        rows,
        least=1.2,
    )


def _answers_on(mission: Mission, code: str) -> str:
    return mission.pack.institutions[code].hint.in_(mission.language)
