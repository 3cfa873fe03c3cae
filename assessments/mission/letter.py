"""The letter that asks a State for its answers, a focal point and a mission."""

from __future__ import annotations

from assessments.language import written_date
from assessments.mission import wording
from assessments.mission.kit import Mission
from assessments.mission.paper import Paper, to_fill_in


def letter(mission: Mission, days: int) -> Paper:
    """One page or little more, with places to complete; the mission is to take `days`."""
    translate = mission.translate
    paper = wording.new_paper(
        mission, translate("Request letter"), wording.for_the_authorities(translate)
    )
    _head(mission, paper)
    _body(mission, paper, days)
    _close(mission, paper)
    return paper


def _head(mission: Mission, paper: Paper) -> None:
    translate = mission.translate
    paper.text(wording.office(mission), "Heading 2")
    date, reference = (to_fill_in(text) for text in (translate("date"), translate("reference")))
    paper.text(
        translate("Date: {date}", date=date)
        + "     "
        + translate("Reference: {reference}", reference=reference)
    )
    paper.text(
        translate(
            "To: {post}",
            post=to_fill_in(translate("post and authority that receives the letter")),
        )
    )
    paper.text(
        translate("Subject: {title}, {round}", title=mission.title, round=mission.round),
        "Heading 1",
    )
    paper.text(translate("Sir or Madam,"))


def _body(mission: Mission, paper: Paper, days: int) -> None:
    translate = mission.translate
    paper.text(
        translate(
            "We would be grateful if the competent authorities of your country could take part in "
            "an assessment of which technical assistance would be of use to them."
        )
        + f" {mission.pack.purpose.in_(mission.language)}".rstrip()
    )
    paper.text(
        translate(
            "Each institution below receives a questionnaire in Excel that holds only its own "
            "questions and can be filled in without the Internet. May we ask to have them back by "
            "{date}. A partly filled questionnaire is welcome.",
            date=written_date(mission.deadline, mission.language),
        )
    )
    paper.table(
        (5, 5, 4),
        (translate("Institution"), translate("Extent"), translate("File")),
        wording.questionnaires(mission, mission.visits, standing=False),
    )
    paper.text(
        translate(
            "We would also ask you to designate a focal point, named to us by post and unit. The "
            "enclosed sheet says what the focal point does."
        )
    )
    paper.text(
        translate(
            "To complete the answers in conversation we propose a mission of {days}. A draft "
            "agenda is enclosed; please change it as suits your institutions.",
            days=wording.days_of_mission(mission, days),
        )
    )
    paper.text(wording.confidentiality(mission))
    paper.text(wording.what_it_is(translate))


def _close(mission: Mission, paper: Paper) -> None:
    translate = mission.translate
    paper.text(translate("Accept, Sir or Madam, the assurances of our highest consideration."))
    paper.lines(2)
    paper.text(
        translate(
            "{post}, {office}",
            post=to_fill_in(translate("post of the signatory")),
            office=wording.office(mission),
        )
    )
    paper.text(
        translate(
            "Enclosures: {questionnaires}; sheet for the focal point; draft agenda of the mission",
            questionnaires=translate.ngettext(
                "{count} questionnaire", "{count} questionnaires", len(mission.visits)
            ),
        )
    )
