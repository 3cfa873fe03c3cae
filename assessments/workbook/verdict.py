"""What the respondent says of a value that is known already: confirmed, disputed, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assessments.language import Listing, Translator
from assessments.pack.model import QuestionType
from assessments.problems import Problem
from assessments.results import AnswerValue
from assessments.untrusted.cells import address, shown
from assessments.workbook.findings import as_seen
from assessments.workbook.identity import NotedKnown
from assessments.workbook.known import CONFIRM, in_words, overlaid, restored, verdicts
from assessments.workbook.layout import Part
from assessments.workbook.located import Located
from assessments.workbook.texts import fault
from assessments.workbook.values import choice_of, is_blank


@dataclass(frozen=True, slots=True)
class Given:
    """What a question's own cells say, or what that is together with the verdict."""

    value: AnswerValue | None
    raw: str
    unusable: bool
    confirmed: bool = False  # the value is the one that was known


def judge(
    place: Located, noted: NotedKnown, given: Given, translate: Translator
) -> tuple[Given, list[Problem]]:
    """The answer after the verdict, and what is wrong with it.

    Only a confirmed value becomes an answer. Its `raw` says what was confirmed and from where.
    """
    line, question = place.known, place.question
    cell = None if line is None else line.sheet.at(*line.spot)
    if line is None or cell is None or is_blank(cell):
        return given, []

    def wrong(code: str, **fields: str | Listing) -> tuple[Given, list[Problem]]:
        raw = "; ".join(part for part in (given.raw, said) if part)
        problem = fault(
            code,
            sheet=line.sheet.name,
            cell=address(*line.spot),
            question=question.name,
            **fields,  # type: ignore[arg-type]
        )
        return Given(None, raw, unusable=True), [problem]

    labels = verdicts(translate)
    found = as_seen(line.sheet, line.spot, choice_of(cell, None, labels))
    said = f"{shown(cell)}: {noted.text} ({noted.source})"
    if found.code:
        return wrong(found.code, **dict(found.fields))
    if found.value != CONFIRM:
        answered = given.value is not None or given.raw
        reason = place.sheet.text(*place.parts[Part.REASON]).strip()
        if answered or reason:
            return given, []
        return wrong("disputed-without-answer", value=noted.text[:200])
    value = restored(question, noted.value)
    shown_as_noted = _words(line.sheet.text(*line.text)) == _words(noted.text)
    if value is None or not shown_as_noted or line.text in line.sheet.masks:
        return wrong("changed-known")
    if question.type is QuestionType.TABLE:
        whole = overlaid(question, value, given.value)
        raw = "; ".join(part for part in (given.raw, said) if part)
        return Given(whole, raw, given.unusable, confirmed=True), []
    if given.value is None and not given.raw:
        return Given(value, said, unusable=False, confirmed=True), []
    if given.value == value:
        return replace(given, raw=said), []
    other = given.raw
    if given.value is not None:
        other = in_words(question, given.value, translate.language, translate)
    return wrong("confirmed-and-answered", value=noted.text[:200], other=other)


def _words(text: str) -> list[str]:
    return text.split()
