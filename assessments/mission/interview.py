"""The guide for an interview with one institution: what is worth asking, and room for notes.

It is the interviewer's and not handed over. An answer given in confidence is never printed in it,
nor anything that another institution said.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from assessments.language import written_date
from assessments.mission import wording
from assessments.mission.kit import CLOSING, OPENING, Asking, Mission, Visit
from assessments.mission.paper import Paper, to_fill_in
from assessments.pack.model import QuestionType
from assessments.workbook.layout import labels

_OPTIONS = 8  # of a list are printed; a longer one stands in the questionnaire


def interview_guide(mission: Mission, visit: Visit) -> Paper:
    """The guide for one visit, marked as its most sensitive question asks."""
    translate = mission.translate
    word = wording.sensitivity_word(visit.mark, translate)
    own = translate("For the interviewer, not to be handed over")
    title = translate("Interview guide")
    paper = wording.new_paper(mission, title, f"{word.upper()} · {own}" if word else own)
    paper.title(
        translate(
            "Interview guide: {institution}", institution=mission.institution(visit.institution)
        ),
        mission.title,
    )
    _facts(mission, visit, paper)
    _opening(mission, paper)
    for topic, items in groupby(visit.asked, key=lambda item: item.question.sub_dimension):
        _topic(mission, topic, list(items), paper)
    _further(mission, visit, paper)
    _closing(mission, paper)
    return paper


def _facts(mission: Mission, visit: Visit, paper: Paper) -> None:
    translate = mission.translate
    if visit.received:
        stands = translate(
            "Questionnaire received on {date}: {answered} of {questions} questions answered. Asked "
            "here is what is open, what a firm answer would change most first.",
            date=written_date(visit.received, mission.language),
            answered=visit.answered,
            questions=visit.questions,
        )
    else:
        stands = translate(
            "No questionnaire has come back yet. Asked here are core questions; the questionnaire "
            "is still to be filled in."
        )
    answers_on = mission.pack.institutions[visit.institution].hint.in_(mission.language)
    rows = [
        (translate("Answers on"), answers_on),
        (translate("Where it stands"), stands),
        (translate("Length"), _time(mission, visit)),
        (translate("Date, place, posts present (no names)"), to_fill_in(translate("to be noted"))),
    ]
    paper.table((4, 13), (), rows)


def _time(mission: Mission, visit: Visit) -> str:
    return wording.extent(len(visit.asked), visit.length, mission.translate)


def _opening(mission: Mission, paper: Paper) -> None:
    translate = mission.translate
    paper.heading(translate("To begin with ({minutes} minutes)", minutes=OPENING))
    paper.points(
        (
            mission.pack.purpose.in_(mission.language)
            or translate("Say what the assessment is for."),
            wording.confidentiality(mission),
            translate(
                "Ask whether notes may be taken. No names of persons, no running cases; stop where "
                "one begins."
            ),
        )
    )


def _topic(mission: Mission, topic: str, items: list[Asking], paper: Paper) -> None:
    sub = mission.pack.sub_dimension.get(topic)
    paper.heading(sub.name.in_(mission.language) if sub else topic)
    translate = mission.translate
    paper.table(
        (10.5, 6.5),
        (translate("Question"), translate("Notes")),
        [("\n".join(_asked(mission, item)), "") for item in items],
        least=2.4,
    )


def _asked(mission: Mission, item: Asking) -> Iterator[str]:
    """The lines of one question; those after the first are small."""
    translate, question = mission.translate, item.question
    mark = wording.sensitivity_word(question.sensitivity, translate)
    yield question.label.in_(mission.language)
    yield "\t" + " · ".join(filter(None, (question.name, mark)))
    for reason in item.reasons:
        yield "\t" + translate("Why: {reason}", reason=" ".join(reason.split()))
    if item.in_confidence:
        yield "\t" + translate("It has answered in confidence; the answer is not printed here.")
    elif item.before:
        yield "\t" + translate("Its answer: {answer}", answer="; ".join(item.before.splitlines()))
    options = list(labels(question, mission.language, translate).values())
    if question.choices and len(options) <= _OPTIONS:
        yield "\t" + translate("Possible: {answers}", answers=" / ".join(options))
    elif question.type is QuestionType.TABLE:
        columns = [column.label.in_(mission.language) for column in question.columns]
        yield "\t" + translate("For each: {columns}", columns="; ".join(columns))
    if question.evidence:
        yield "\t" + translate("Ask to see the document: title, number, date.")


def _further(mission: Mission, visit: Visit, paper: Paper) -> None:
    if not visit.further:
        return
    paper.heading(mission.translate("If time is left"))
    paper.points(
        f"{item.question.label.in_(mission.language)} · {item.question.name}"
        for item in visit.further
    )


def _closing(mission: Mission, paper: Paper) -> None:
    translate = mission.translate
    paper.heading(translate("To end with ({minutes} minutes)", minutes=CLOSING))
    paper.points(
        (
            translate("What did we not ask that matters?"),
            translate("Which documents were promised, by which post, until when?"),
            translate(
                "Answers count once they are in the questionnaire: ask for it, or enter what was "
                "said and let the institution confirm it."
            ),
        )
    )
    paper.lines(4)
