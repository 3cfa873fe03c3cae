"""Words that several papers of a kit share."""

from __future__ import annotations

from collections.abc import Iterable

from assessments.language import Translator, written_date
from assessments.mission.kit import Mission, Visit
from assessments.mission.paper import Paper, to_fill_in
from assessments.results import Sensitivity


def new_paper(mission: Mission, title: str, mark: str) -> Paper:
    """An empty paper with the head and foot that all of them bear."""
    place = f"{mission.country.un_name} · {mission.round}"
    if mission.country.fictional:
        place = f"{place} · " + mission.translate("fictional country")
    page_of = mission.translate("Page {page} of {pages}", page="{page}", pages="{pages}")
    return Paper(mission.language, f"{title}: {place}", place, mark, page_of)


def for_the_authorities(translate: Translator) -> str:
    """The mark of a paper that holds nothing of any answer."""
    return translate("For the authorities of the country")


def sensitivity_word(mark: Sensitivity, translate: Translator) -> str:
    """Restricted or Confidential; "" for what may be published."""
    return {
        Sensitivity.PUBLIC: "",
        Sensitivity.RESTRICTED: translate("Restricted"),
        Sensitivity.CONFIDENTIAL: translate("Confidential"),
    }[mark]


def extent(questions: int, minutes: float, translate: Translator) -> str:
    """How many questions, and minutes to the next five: nobody knows them more exactly."""
    return translate(
        "{questions}, {time}",
        questions=translate.ngettext("{count} question", "{count} questions", questions),
        time=translate("about {minutes} minutes", minutes=max(5, round(minutes / 5) * 5)),
    )


def office(mission: Mission) -> str:
    """The office that sends the papers, or the place for it."""
    return mission.office or to_fill_in(mission.translate("office that sends this"))


def days_of_mission(mission: Mission, days: int) -> str:
    """How long, and from when."""
    count = mission.translate.ngettext("{count} working day", "{count} working days", days)
    begin = (
        written_date(mission.start, mission.language)
        if mission.start
        else to_fill_in(mission.translate("first day"))
    )
    return mission.translate("{days} from {date}", days=count, date=begin)


def what_it_is(translate: Translator) -> str:
    """What becomes of the answers, and what does not."""
    return translate(
        "The result is a planning assessment from answers given by national authorities: findings, "
        "and apart from them a proposed project that your Government can discuss, correct and "
        "adopt. It is no rating, no review and no certification, countries are not compared or "
        "ranked, and it is no official document of any organization."
    )


def confidentiality(mission: Mission) -> str:
    """Who sees the answers, as the cover of the questionnaire says it."""
    return mission.pack.confidentiality.in_(mission.language) or mission.translate(
        "Answers are used for planning assistance only; restricted ones are left out of "
        "public reports. Write no names of suspects, victims, witnesses or informants, "
        "and no details of running cases."
    )


def questionnaires(
    mission: Mission, visits: Iterable[Visit], *, standing: bool
) -> list[tuple[str, ...]]:
    """One line an institution: name, extent, file; and whether it has come back."""
    translate = mission.translate
    rows = []
    for visit in visits:
        row = [
            mission.institution(visit.institution),
            extent(visit.questions, visit.minutes, translate),
            mission.workbook(visit.institution),
        ]
        if standing:
            row.append(
                translate("received on {date}", date=written_date(visit.received, mission.language))
                if visit.received
                else translate("not received yet")
            )
        rows.append(tuple(row))
    return rows
