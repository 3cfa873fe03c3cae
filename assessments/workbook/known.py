"""What is known already, shown under its question to be confirmed or disputed.

A desk review, an earlier round, the lead institution or the respondent herself may have said it.
It counts for nothing until the respondent chooses "Confirmed" in the cell beside it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.language import Translator, all_of
from assessments.pack.model import Question, QuestionType, TableColumn
from assessments.results import AnswerValue
from assessments.workbook.layout import choice_labels, labels
from assessments.workbook.values import plain

CONFIRM, DISPUTE = "confirm", "dispute"


@dataclass(frozen=True, slots=True)
class Known:
    """One answer that somebody gave already."""

    value: AnswerValue
    source: str  # where it comes from, in the workbook's language
    text: str  # the value in words, in the workbook's language


def stated_by(institution: str, translate: Translator) -> str:
    """Source of a fact that another institution stated."""
    return translate("stated by {institution}", institution=institution)


def answered_in(round_: str, translate: Translator) -> str:
    """Source of the respondent's own answer of an earlier round."""
    return translate("your answer of round {round}", round=round_)


def answered_before(file_name: str, cell: str, translate: Translator) -> str:
    """Source of the respondent's own answer of this round."""
    return translate("your answer in {file}, {cell}", file=file_name, cell=cell)


def verdicts(translate: Translator) -> dict[str, str]:
    """What the cell beside it offers."""
    return {CONFIRM: translate("Confirmed"), DISPUTE: translate("Disputed")}


def known(
    question: Question, value: AnswerValue, source: str, language: str, translate: Translator
) -> Known:
    """A value that is known, in words of the workbook's language."""
    return Known(value, source, in_words(question, value, language, translate))


def in_words(question: Question, value: AnswerValue, language: str, translate: Translator) -> str:
    """A value as the respondent reads it; a table has one line a row."""
    if isinstance(value, tuple) and question.type is QuestionType.TABLE:
        rows = (row for row in value if isinstance(row, dict))
        return "\n".join(_row(question, row, language, translate) for row in rows)
    shown = labels(question, language, translate)
    if isinstance(value, tuple):
        names = [shown.get(str(name), str(name)) for name in value]
        return translate.joined(names) or translate("None of them")
    return shown.get(value, value) if isinstance(value, str) else plain(value)


def _row(
    question: Question, row: Mapping[str, str | float], language: str, translate: Translator
) -> str:
    told, key = [], ""
    for column in question.columns:
        if column.name not in row:
            continue
        cell = row[column.name]
        shown = labels(column, language, translate)
        several = str(cell).split("|") if column.type is QuestionType.SELECT_MULTIPLE else [cell]
        text = translate.listed(all_of(shown.get(str(one), plain(one)) for one in several))
        if column.name == question.row_key:
            key = f"{text}: "
        else:
            told.append(f"{column.label.in_(language)}: {text}")
    return key + translate.joined(told)


def stored(value: AnswerValue) -> str:
    """The value for the hidden identity sheet."""
    return json.dumps(value, ensure_ascii=False)


def restored(question: Question, text: str) -> AnswerValue | None:
    """The value that the hidden sheet keeps; None where it is none that the question takes."""
    try:
        value: Any = json.loads(text)
    except ValueError:
        return None
    if question.type is QuestionType.TABLE:
        if not isinstance(value, list) or not all(_is_row(question, row) for row in value):
            return None
        return tuple({name: _cell(cell) for name, cell in row.items()} for row in value)
    if question.type is QuestionType.SELECT_MULTIPLE:
        names = {choice.name for choice in question.choices}
        return tuple(value) if isinstance(value, list) and names.issuperset(value) else None
    return _cell(value) if _takes(question, value) else None


def _is_row(question: Question, row: object) -> bool:
    columns = {column.name: column for column in question.columns}
    return isinstance(row, dict) and all(
        name in columns and _takes(columns[name], cell) for name, cell in row.items()
    )


def _takes(asked: Question | TableColumn, value: object) -> bool:
    if asked.type in (QuestionType.INTEGER, QuestionType.DECIMAL):
        return isinstance(value, int | float) and not isinstance(value, bool)
    if asked.type in (QuestionType.SELECT_ONE, QuestionType.LEVEL):
        return value in choice_labels(asked.choices, "en")
    return isinstance(value, str)


def _cell(value: str | float) -> str | float:
    return value if isinstance(value, str) else float(value)


def overlaid(
    question: Question, known_value: AnswerValue, given: AnswerValue | None
) -> AnswerValue:
    """A confirmed table with what was entered besides: its cells win, its further rows follow."""
    rows = [dict(row) for row in known_value if isinstance(row, dict)]  # type: ignore[union-attr]
    entered = [row for row in given or () if isinstance(row, dict)]  # type: ignore[union-attr]
    if not question.row_key:
        return (*rows, *(row for row in entered if row not in rows))
    by_key = {row[question.row_key]: row for row in rows}
    for row in entered:
        by_key.setdefault(row[question.row_key], {}).update(row)
    return tuple(by_key.values())
