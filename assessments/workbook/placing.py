"""Where what was entered goes in a workbook that is built anew."""

from __future__ import annotations

from collections.abc import Mapping

from assessments.pack.model import Question, QuestionType
from assessments.workbook.entered import ALONE, TICK, VERDICT, Entered, Row, Scribe
from assessments.workbook.hidden import TABLE_PART_COLUMNS, TABLE_PART_ROW, table_first_row
from assessments.workbook.layout import Part
from assessments.workbook.plan import Place, Plan

Spot = tuple[str, int, int]  # sheet, row, column


def by_sheet(
    planned: Plan, scribe: Scribe, entered: Mapping[str, Entered]
) -> dict[str, dict[tuple[int, int], str | float]]:
    """Sheet -> cell -> what goes into it, for all questions."""
    found: dict[str, dict[tuple[int, int], str | float]] = {}
    for name, line in entered.items():
        place = planned.places[name]
        cells = answer_cells(place, scribe, line)
        for key, content in {**line.reason, **line.evidence, **line.comment}.items():
            cells[beside_cell(place, key)] = scribe.written_beside(content, key)
        for content in line.verdict.values():
            cells[verdict_cell(place)] = scribe.written_beside(content, VERDICT)
        for (sheet, row, column), value in cells.items():
            if value is not None:
                found.setdefault(sheet, {})[row, column] = value
    return found


def answer_cells(place: Place, scribe: Scribe, entered: Entered) -> dict[Spot, str | float | None]:
    """Every answer cell of a question with what goes into it; None stays blank."""
    question, column = place.question, Part.ANSWER.column
    if question.type is QuestionType.TABLE:
        cells: dict[Spot, str | float | None] = {}
        for number, row in enumerate(entered.rows):
            cells |= row_cells(place, scribe, row, number)
        return cells
    if question.type is QuestionType.SELECT_MULTIPLE:
        spots = {
            choice.name: (place.sheet, place.tick_row(number), column)
            for number, choice in enumerate(question.choices)
        }
        asked: Question | None = None
    else:
        spots, asked = {ALONE: (place.sheet, place.row, column)}, question
    return {
        spot: scribe.written(entered.answer[key], asked or TICK) if key in entered.answer else None
        for key, spot in spots.items()
    }


def row_cells(
    place: Place, scribe: Scribe, row: Row, number: int
) -> dict[Spot, str | float | None]:
    question = place.question
    line = table_first_row(place) + (_fixed(question, row.key) if row.key else number)
    return {
        (place.table_sheet, line, 2 + index): (
            scribe.written(row.cells[column.name], column) if column.name in row.cells else None
        )
        for index, column in enumerate(question.columns)
        if column.name != question.row_key
    }


def _fixed(question: Question, key: str) -> int:
    column = next(column for column in question.columns if column.name == question.row_key)
    return [choice.name for choice in column.choices].index(key)


def verdict_cell(place: Place) -> Spot:
    """Where what is known already is confirmed or disputed."""
    return place.sheet, place.known_row, Part.ANSWER.column


def beside_cell(place: Place, key: str) -> Spot:
    part = Part(key)
    if place.table_sheet:
        return place.table_sheet, TABLE_PART_ROW, TABLE_PART_COLUMNS[part]
    return place.sheet, place.row, part.column
