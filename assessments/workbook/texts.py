"""What to say about a returned questionnaire: one message and one remedy a fault."""

import re

from assessments.problems import Problem, Severity, as_fields
from assessments.untrusted.texts import TEXTS as UNTRUSTED_TEXTS
from assessments.untrusted.texts import say
from assessments.workbook.response.texts import RESPONSE_TEXTS


def N_(text: str) -> str:
    """Mark a text for the catalogues."""
    return text


_FIELD = re.compile(r"\{[a-z]+\}")
_USE_SENT = N_("Copy the answers into the workbook that was sent to you and return that one.")
_ONE_CELL = N_("Undo the change, or copy the answers into the workbook that was sent to you.")
_DIGITS = N_(
    "Type digits only, without unit or words; if it is not known, choose a reason instead."
)

TEXTS: dict[str, tuple[Severity, str, str]] = {
    # the whole file
    "not-a-questionnaire": (
        Severity.FILE,
        N_("The workbook is no questionnaire of ours: it does not say which pack it belongs to."),
        _USE_SENT,
    ),
    "identity-contradicts": (
        Severity.FILE,
        N_("The workbook says two things about its {key}: {one} and {other}."),
        _USE_SENT,
    ),
    "identity-incomplete": (
        Severity.FILE,
        N_("The workbook does not say its {key}, or says it wrongly ({value})."),
        _USE_SENT,
    ),
    "other-layout": (
        Severity.FILE,
        N_("The workbook was written by another version of this software (layout {value})."),
        N_("Ask for a new workbook and copy the answers into it."),
    ),
    "other-pack": (
        Severity.FILE,
        N_("The workbook belongs to the questionnaire {value}, not to {expected}."),
        N_("Send it to the office that asked for it, or check it with the right pack."),
    ),
    "other-pack-version": (
        Severity.FILE,
        N_("The workbook is of version {value} of the questionnaire; version {expected} is asked."),
        N_("Ask for a new workbook and copy the answers into it."),
    ),
    "earlier-version": (
        Severity.NOTE,
        N_(
            "The workbook is of version {value} of the questionnaire; its answers are carried over "
            "to version {expected}."
        ),
        N_("Nothing has to be done. What cannot be carried over is asked again."),
    ),
    "unknown-institution": (
        Severity.FILE,
        N_("The workbook is for the institution {value}, which the questionnaire does not know."),
        _USE_SENT,
    ),
    "other-wording": (
        Severity.FILE,
        N_("Question {question} has been worded differently since this workbook was written."),
        N_("Ask for a new workbook and copy the answers into it."),
    ),
    # rows of an export from KoboToolbox or ODK
    "row-without-institution": (
        Severity.FILE,
        N_("Row {row} does not say which institution answers, or names one not asked ({value})."),
        N_("Correct the answer in KoboToolbox or ODK and export again."),
    ),
    "row-without-assessment": (
        Severity.FILE,
        N_("Row {row} does not say for which country and round it answers."),
        N_("Say it with --country and --round, or correct it in KoboToolbox or ODK."),
    ),
    "row-of-no-assessment": (
        Severity.FILE,
        N_("Row {row} answers for {value}, which is no country and round."),
        N_("Correct the answer in KoboToolbox or ODK and export again."),
    ),
    "other-form-version": (
        Severity.FILE,
        N_("The row was answered in version {value} of the questionnaire; {expected} is asked."),
        N_("Deploy the form that is exported from this version, and answer in it."),
    ),
    "no-question-of-ours": (
        Severity.FILE,
        N_("No column of the sheet is a question of this questionnaire ({value})."),
        N_("Export with XML names or with the labels of the form, all fields."),
    ),
    "export-lacks-questions": (
        Severity.NOTE,
        N_("The export has no column for the questions {value}; they count as not answered."),
        N_("Export all fields, with repeat groups, if they were answered."),
    ),
    "earlier-row": (
        Severity.NOTE,
        N_("Row {row} of {value} was sent earlier; the row sent last counts."),
        N_("Nothing has to be done."),
    ),
    "earlier-row-says-more": (
        Severity.CELL,
        N_("Row {row} of {value} was sent earlier and alone answers {other}; the last row counts."),
        N_("Bring the answers together in one submission, or take in the earlier one by itself."),
    ),
    "pack-edited": (
        Severity.NOTE,
        N_("The pack was edited after this workbook was written; its questions are the same."),
        N_("Nothing has to be done."),
    ),
    # structure
    "missing-sheet": (
        Severity.FILE,
        N_("The sheet with the questions {value} is missing."),
        _ONE_CELL,
    ),
    "missing-answer-cell": (
        Severity.FILE,
        N_("The answer cell of question {question} is missing: its row or its name was deleted."),
        _ONE_CELL,
    ),
    "missing-column": (
        Severity.FILE,
        N_("A column of sheet {sheet} is missing: {value}."),
        _ONE_CELL,
    ),
    "names-deleted": (
        Severity.FILE,
        N_("The workbook has lost the names by which its answer cells are found."),
        _USE_SENT,
    ),
    "moved-heading": (
        Severity.FILE,
        N_(
            "The heading of a column ({value}) stands at {cell}, "
            "where it is not above its entries any more."
        ),
        _ONE_CELL,
    ),
    "moved-answer-cell": (
        Severity.FILE,
        N_(
            "The answer cell of question {question} stands at {cell}, beside {value}: "
            "cells were moved or sorted."
        ),
        _ONE_CELL,
    ),
    "two-answers": (
        Severity.FILE,
        N_("Question {question} has two answer cells ({value}); which one counts cannot be known."),
        N_("Delete the copied sheet or row and send the workbook again."),
    ),
    "shared-answer-cell": (
        Severity.FILE,
        N_("The questions {value} end on one cell: a cell was moved onto another."),
        _ONE_CELL,
    ),
    "duplicate-id": (
        Severity.FILE,
        N_("The line of question {question} stands twice: in row {value} and in row {row}."),
        N_("Delete the copied row and send the workbook again."),
    ),
    "moved-table-heading": (
        Severity.FILE,
        N_("The heading of column {value} in table {question} is not where the table is."),
        _ONE_CELL,
    ),
    "unknown-question": (
        Severity.FILE,
        N_("The workbook has an answer cell for {value}, which it does not ask."),
        _USE_SENT,
    ),
    "changed-question": (
        Severity.CELL,
        N_("The wording of question {question} was changed in this workbook."),
        N_("Put the original wording back, or answer in the workbook that was sent to you."),
    ),
    "extra-sheet": (
        Severity.NOTE,
        N_("The sheet {value} is not part of the questionnaire; it is not read."),
        N_("Write answers into the answer cells; use the comment column for remarks."),
    ),
    "stray-entry": (
        Severity.NOTE,
        N_("“{value}” stands outside the answer cells; it is not read."),
        N_("If it belongs to an answer, move it into the comment column of that line."),
    ),
    # what a merge cannot take along
    "left-behind-sheet": (
        Severity.NOTE,
        N_(
            "The sheet {value} is not part of the questionnaire; the merged workbook does not "
            "hold it."
        ),
        N_("It stays in this copy. Move what belongs to an answer into the merged workbook."),
    ),
    "left-behind-entry": (
        Severity.NOTE,
        N_("“{value}” stands outside the answer cells; the merged workbook does not hold it."),
        N_("If it belongs to an answer, enter it as a comment in the merged workbook."),
    ),
    "outside-table": (
        Severity.CELL,
        N_("“{value}” stands below the end of the table and is not read as part of it."),
        N_("Insert rows above the line that ends the table and move the entry there."),
    ),
    "hidden-answer": (
        Severity.NOTE,
        N_("An answer stands in a hidden row, column or sheet: “{value}”. It is counted."),
        N_("Show the row and check that the answer is meant."),
    ),
    "unseen-answer": (
        Severity.NOTE,
        N_("The number format of the cell hides its answer: “{value}”. It is counted."),
        N_("Set the cell’s format to General and check that the answer is meant."),
    ),
    # cells
    "disguised-answer": (
        Severity.CELL,
        N_("The cell holds “{value}”, but its number format shows something else."),
        N_("Set the cell’s format to General and type the answer again."),
    ),
    "merged-cell": (
        Severity.CELL,
        N_("The answer cell is merged with others ({value}), so answers may be hidden under it."),
        N_("Unmerge the cells and check each answer."),
    ),
    "formula-error": (
        Severity.CELL,
        N_("The cell shows the error {value} instead of an answer."),
        N_("Type the answer itself."),
    ),
    "formula-not-calculated": (
        Severity.CELL,
        N_("The cell holds a formula whose result was never stored."),
        N_("Type the answer itself."),
    ),
    "formula-answer": (
        Severity.NOTE,
        N_("The answer {value} is the result of a formula; the result is what is stored."),
        N_("Check the figure; typing it in is safer."),
    ),
    "not-a-number": (
        Severity.CELL,
        N_("“{value}” stands where a number is asked."),
        _DIGITS,
    ),
    "number-as-text": (
        Severity.CELL,
        N_("The number {value} is stored as text."),
        N_("Type {suggestion} again as a number; clear the cell’s text format first."),
    ),
    "date-for-number": (
        Severity.CELL,
        N_("The date {value} stands where a number is asked; Excel may have changed it."),
        _DIGITS,
    ),
    "percent-for-number": (
        Severity.CELL,
        N_("The cell is formatted as a percentage and shows {value}."),
        N_("Set the cell’s format to General and type the number alone, for example 50."),
    ),
    "not-a-whole-number": (
        Severity.CELL,
        N_("{value} is no whole number."),
        N_("Type a whole number."),
    ),
    "out-of-range": (
        Severity.CELL,
        N_("{value} is not possible here. {rule}"),
        N_("Check the figure and type it again."),
    ),
    "not-a-date": (
        Severity.CELL,
        N_("“{value}” is no date that can be read."),
        N_("Type the date as year-month-day, for example 2024-05-31."),
    ),
    "other-date-epoch": (
        Severity.CELL,
        N_("The workbook counts dates from 1904, so {value} may be four years off."),
        N_("Type the date as text: year-month-day, for example 2024-05-31."),
    ),
    "unknown-choice": (
        Severity.CELL,
        N_("“{value}” is not on the list."),
        N_("Choose from the list: {suggestion}."),
    ),
    "exclusive-choice": (
        Severity.CELL,
        N_("“{value}” cannot stand beside other choices."),
        N_("Keep either this one or the others."),
    ),
    "not-text": (
        Severity.CELL,
        N_("{value} stands where words are asked."),
        N_("Answer in words."),
    ),
    "invisible-characters": (
        Severity.CELL,
        N_("The cell holds invisible or direction-changing characters ({value})."),
        N_("Clear the cell and type the answer by hand instead of pasting it."),
    ),
    "answer-and-reason": (
        Severity.CELL,
        N_("There is an answer ({value}) and also a reason for giving none ({other})."),
        N_("Keep one of the two and clear the other."),
    ),
    "changed-known": (
        Severity.CELL,
        N_("What was shown as known for question {question} was changed in this workbook."),
        N_("Choose Disputed there and give your own answer above."),
    ),
    "confirmed-and-answered": (
        Severity.CELL,
        N_("“{value}” was confirmed, and another answer was given as well: {other}."),
        N_("Keep one of the two: clear the answer, or choose Disputed."),
    ),
    "disputed-without-answer": (
        Severity.CELL,
        N_("“{value}” was disputed, and no other answer was given."),
        N_("Say above what is right, or choose there why you cannot answer."),
    ),
    "open-conflict": (
        Severity.CELL,
        N_("Two colleagues answered differently: {value}. Neither is counted yet."),
        N_(
            "Agree on one answer and enter it here; if the cell is right as it stands, choose Yes "
            "under “Settled” on the sheet of conflicts."
        ),
    ),
    "answered-though-skipped": (
        Severity.NOTE,
        N_(
            "Question {question} does not apply after the earlier answers; "
            "“{value}” is not counted."
        ),
        N_("If it should count, correct the earlier answer."),
    ),
    "too-long": (
        Severity.CELL,
        N_("The text has {value} characters; at most {limit} are kept."),
        N_("Shorten it, and cite a document for the rest."),
    ),
    **RESPONSE_TEXTS,
}


def fault(
    code: str,
    *,
    file: str = "",
    sheet: str = "",
    cell: str = "",
    row: int | None = None,
    question: str = "",
    **fields: object,
) -> Problem:
    """A problem of this code, in English; `fields` fill its message."""
    severity, message, remedy = TEXTS[code]
    problem = Problem(
        code=code,
        severity=severity,
        message="",
        remedy="",
        file=file,
        sheet=sheet,
        cell=cell,
        row=row,
        question=question,
        fields=as_fields(fields),
    )
    return _say(problem, (message, remedy), "en")


def in_language(problem: Problem, language: str) -> Problem:
    """The same problem in the respondent's language; as it is, where its words are not known."""
    if problem.code in TEXTS:
        text = TEXTS[problem.code][1:]
    elif problem.code in UNTRUSTED_TEXTS:
        text = UNTRUSTED_TEXTS[problem.code]
    else:
        return problem
    told = _say(problem, text, language)
    # a problem that was stored and read back has lost what fills its message
    return problem if _FIELD.search(told.message + told.remedy) and not problem.fields else told


def _say(problem: Problem, text: tuple[str, str], language: str) -> Problem:
    fields = {"question": problem.question, "row": str(problem.row or ""), **dict(problem.fields)}
    filled = problem.model_copy(update={"fields": tuple(fields.items())})
    return say(filled, text, language).model_copy(update={"fields": problem.fields})
