"""The results of a run as flat tables with a data dictionary, for whoever computes with them.

Each column says what it means and in which unit, so that a table can be read years later without
this program. `tana export` writes them as CSV or Parquet.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import Any

from assessments.pack.model import Question, QuestionType
from assessments.report.inputs import ReportInputs

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column and how its cell comes out of a record."""

    name: str
    meaning: str
    unit: str
    of: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `rows` hold one cell a column."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Cell], ...]


_OWN = frozenset({"id", "institution", "row"})  # columns of ours in a table of a list
LEVEL = "level 0 to 4; empty: not enough information"
SHARE = "0 to 1"


def _same(name: str, meaning: str, unit: str = "") -> Column:
    """A column that is the record's own attribute of this name."""
    return Column(name, meaning, unit, lambda record: getattr(record, name))


_ID = _same("id", "printed id, for `tana trace`")
_ANSWERS = (
    _ID,
    _same("question", "question of the pack"),
    _same("institution", "who answered"),
    _same("state", "what became of the question; only `answered` has a value"),
    Column(
        "value", "the answer as text: a choice's name, a number, a date; lists are parted by |, "
        "tables are JSON (and stand cell by cell in the table `lists`)", "the question's unit",
        lambda answer: _text(answer.value),
    ),
    Column("sheet", "sheet of the workbook", "", lambda answer: answer.source.sheet),
    Column("cell", "cell of the sheet", "", lambda answer: answer.source.cell),
    _same("carried", "the rule by which it was carried over from an earlier question; else empty"),
    Column(
        "workbook_sha256", "SHA-256 of the received file", "",
        lambda answer: answer.source.workbook_sha256,
    ),
)  # fmt: skip
_SCORES = (
    _ID,
    _same("sub_dimension", "sub-dimension of the pack"),
    _same("level", "level that the answers give", LEVEL),
    _same("low", "lower end of the interval", LEVEL),
    _same("high", "upper end of the interval", LEVEL),
    _same("facts_level", "level by facts alone, without self-rating", LEVEL),
    _same("basis", "what the level rests on: facts, self_rated, validated or none"),
    _same("coverage", "part of the applicable questions answered, by weight", SHARE),
    _same("target", "level aimed at; empty for context", LEVEL),
)
_REQUIREMENTS = (
    _ID,
    _same("ref", "paragraph of the Convention"),
    _same("obligation", "mandatory, mandatory_qualified ..."),
    _same("verdict", "met, partly, not_met, not_applicable or unknown"),
    _same("disputed", "respondents contradict each other", "true or false"),
    _same("question", "question that decides it"),
)
_GAPS = (
    _ID,
    _same("rank", "order of severity", "1 is the most severe"),
    _same("sub_dimension", "sub-dimension of the pack"),
    _same("severity", "gap by weight and factors of the method", "no unit"),
    _same("robustness", "robust, depends_on_weights or needs_evidence_first"),
)
_BUDGET = (
    _ID,
    _same("activity", "printed id of the activity"),
    _same("outcome", "printed id of the outcome"),
    _same("category", "UN harmonized budget category"),
    _same("description", "what is paid"),
    _same("year", "year of the project", "1 is the first"),
    _same("quantity", "how many units", "units"),
    _same("unit", "unit of the quantity"),
    _same("unit_cost", "planning figure of one unit", "currency of the budget"),
    _same("unit_cost_low", "low end of the illustrative range", "currency of the budget"),
    _same("unit_cost_high", "high end of the illustrative range", "currency of the budget"),
    _same("amount", "cost of the line, without support cost", "currency of the budget"),
    _same("basis", "where the figure comes from"),
)
_LISTS = (
    Column("question", "question of the pack", "", itemgetter("question")),
    Column("institution", "who answered", "", itemgetter("institution")),
    Column("row", "row of the respondent's table", "1 is the first", itemgetter("row")),
    Column("column", "column of the respondent's table", "", itemgetter("column")),
    Column("value", "what was entered, as text", "", lambda row: _text(row["value"])),
)

_AUTHORITIES = (
    Column("institution", "code of the institution", "", itemgetter("institution")),
    Column("function", "what it is, by function; never a person", "", itemgetter("function")),
    Column("responded", "it has answered its questionnaire", "true or false",
           itemgetter("responded")),
    Column("answered", "questions it has answered", "questions", itemgetter("answered")),
    Column("leads", "questions of the pack that it leads", "questions", itemgetter("leads")),
)  # fmt: skip
_DOCUMENTS = (
    Column("document", "title and place as the answer cites them", "", itemgetter("document")),
    Column("class", "kind of evidence; `law` for legislation", "", itemgetter("class")),
    Column("institution", "who cites it", "", itemgetter("institution")),
    Column("question", "question that it is cited for", "", itemgetter("question")),
    Column("answer", "printed id of the answer, for `tana trace`", "", itemgetter("answer")),
)


def tables(shown: ReportInputs) -> tuple[Table, ...]:
    """All tables of these inputs, in their edition."""
    return (
        _table("answers", "one answer of one institution a row", _ANSWERS, shown.answers),
        _table("scores", "one sub-dimension a row", _SCORES, shown.scores.sub_dimensions),
        _table("requirements", "one paragraph a row", _REQUIREMENTS, shown.scores.requirements),
        _table("gaps", "one gap a row, the most severe first", _GAPS, shown.priorities.gaps),
        _table("budget", "one budget line a row, full package", _BUDGET, shown.design.budget.lines),
        _table(
            "lists", "what institutions listed (authorities, laws, treaties), one cell a row",
            _LISTS, _listed(shown),
        ),
        _table(
            "authorities", "the institutions of the assessment by function, one a row",
            _AUTHORITIES, _authorities(shown),
        ),
        _table(
            "documents", "legislation and other documents that answers cite, one citation a row",
            _DOCUMENTS, _documents(shown),
        ),
        *_wide(shown),
    )  # fmt: skip


def _authorities(shown: ReportInputs) -> list[dict[str, object]]:
    """Who was asked, in the order of the pack. No question asks for the directory itself."""
    answered = {one.institution: one.answered for one in shown.review.respondents}
    asked = {*answered, *shown.review.silent}
    return [
        {
            "institution": code,
            "function": str(choice.label),
            "responded": code in answered,
            "answered": answered.get(code, 0),
            "leads": sum(question.lead == code for question in shown.pack.questions),
        }
        for code, choice in shown.pack.institutions.items()
        if code in asked
    ]


def _documents(shown: ReportInputs) -> list[dict[str, object]]:
    """Every citation of an answer of this edition, laws first."""
    cited = [answer for answer in shown.answers if answer.evidence]
    cited.sort(key=lambda one: (one.evidence_class != "law", one.evidence_class, one.evidence))
    return [
        {
            "document": answer.evidence,
            "class": answer.evidence_class,
            "institution": answer.institution,
            "question": answer.question,
            "answer": answer.id,
        }
        for answer in cited
    ]


def dictionary(all_tables: Iterable[Table]) -> Table:
    """The data dictionary of these tables: every column with its meaning and unit."""
    rows = tuple(
        {
            "table": table.name,
            "table_meaning": table.meaning,
            "column": column.name,
            "meaning": column.meaning,
            "unit": column.unit,
        }
        for table in all_tables
        for column in table.columns
    )
    names = ("table", "table_meaning", "column", "meaning", "unit")
    columns = tuple(Column(name, "", "", itemgetter(name)) for name in names)
    return Table("data_dictionary", "what every column means", columns, rows)


def _table(
    name: str, meaning: str, columns: tuple[Column, ...], records: Iterable[object]
) -> Table:
    rows = tuple(
        {column.name: _cell(column.of(record)) for column in columns} for record in records
    )
    return Table(name, meaning, columns, rows)


def _cell(value: object) -> Cell:
    """A value as a table holds it; amounts as text, to the cent."""
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _text(value: object) -> str | None:
    """An answer of any type as text, so that one column holds them all."""
    if value is None:
        return None
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, tuple) and value and isinstance(value[0], Mapping):
        return json.dumps(value, ensure_ascii=False)
    return "|".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _wide(shown: ReportInputs) -> Iterator[Table]:
    """Each list that was answered (laws, treaties ...) as a table with its own columns."""
    for question in shown.pack.questions:
        rows = [
            {"answer": answer, "row": number, "entry": row}
            for answer in shown.answers
            if answer.question == question.name and isinstance(answer.value, tuple)
            for number, row in enumerate(answer.value, start=1)
            if isinstance(row, Mapping)
        ]
        if question.type is not QuestionType.TABLE or not rows:
            continue
        columns = (
            Column(
                "id", "printed id of the answer, for `tana trace`", "", lambda r: r["answer"].id
            ),
            Column("institution", "who answered", "", lambda r: r["answer"].institution),
            Column("row", "row of the respondent's table", "1 is the first", itemgetter("row")),
            *(
                Column(
                    f"{own.name}_given" if own.name in _OWN else own.name,
                    str(own.label),
                    "",
                    partial(_entry, own.name),
                )
                for own in question.columns
            ),
        )
        yield _table(f"list_{question.name}", str(question.label), columns, rows)


def _entry(column: str, record: Mapping[str, Mapping[str, object]]) -> str | None:
    """What was entered in a column, as text; None where nothing was."""
    return _text(record["entry"].get(column))


def _listed(shown: ReportInputs) -> list[dict[str, object]]:
    """The cells of answered table questions, so that laws and authorities come out as lists."""
    asked: Mapping[str, Question] = shown.pack.question
    return [
        {
            "question": answer.question,
            "institution": answer.institution,
            "row": number,
            "column": column,
            "value": value,
        }
        for answer in shown.answers
        if answer.question in asked
        and asked[answer.question].type is QuestionType.TABLE
        and isinstance(answer.value, tuple)
        for number, row in enumerate(answer.value, start=1)
        if isinstance(row, Mapping)
        for column, value in row.items()
    ]
