"""The data sheet: each scored question once, with what it counts for. All levels are formulas on
it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.report.annex.book import FIRST, Book, Cell, Column, Formula, at, span
from assessments.report.annex.formulas import Facts, grade, logarithm
from assessments.report.terms import N_
from assessments.report.voices import Voices
from assessments.results import FactScore, SubDimensionScore

_COLUMNS = {
    "id": Column(N_("Score id"), 23),
    "sub": Column(N_("Sub-dimension"), 9),
    "question": Column(N_("Question"), 11),
    "wording": Column(N_("Wording"), 46),
    "score": Column(N_("Score 0 to 4"), 8),
    "weight": Column(N_("Weight"), 8),
    "knockout": Column(N_("Essential"), 9),
    "disputed": Column(N_("Disputed"), 9),
    "due": Column(N_("Answer due"), 9),
    "implied": Column(N_("Counts as, where not asked"), 10),
    "unconfirmed": Column(N_("Follows from an unanswered one"), 11),
    "state": Column(N_("State"), 14),
    "evidence": Column(N_("Evidence"), 14),
    "answers": Column(N_("Answers"), 30),
    "counted": Column(N_("Counted"), 9),
    "established": Column(N_("Established"), 9),
    "due_weight": Column(N_("Weight due"), 9),
    "known_weight": Column(N_("Weight known"), 9),
    "fails": Column(N_("Essential and failing"), 10),
    "essential": Column(N_("Essential and missing"), 10),
    "logarithm": Column(N_("Logarithm"), 9),
    "grade": Column(N_("Grade"), 7),
}
_AT = {name: number for number, name in enumerate(_COLUMNS)}


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the facts of one sub-dimension stand on the data sheet."""

    sheet: str
    first: int
    last: int

    def column(self, name: str) -> str:
        return span(self.sheet, self.first, self.last, _AT[name])

    @property
    def number(self) -> int:
        return self.last - self.first + 1

    def facts(self, counted: str = "counted") -> Facts:
        """The ranges that an aggregation reads."""
        return Facts(
            self.column(counted),
            self.column("weight"),
            self.column("logarithm"),
            self.column("grade"),
        )


def write_data(
    book: Book,
    voices: Voices,
    name: str,
    shown: Iterable[SubDimensionScore],
    method: Mapping[str, str],
) -> Mapping[str, Lines]:
    """Write the sheet; returns where each sub-dimension's facts stand."""
    sheet = book.sheet(
        name,
        book.translate("One scored question a line. Change a score on yellow ground to try it."),
        book.in_words(_COLUMNS.values()),
    )
    found, row = {}, FIRST
    for score in shown:
        first = row
        for fact in score.facts:
            _line(book, voices, sheet, name, row, score, fact, method)
            row += 1
        if row > first:
            found[score.id] = Lines(name, first, row - 1)
    sheet.autofilter(FIRST - 1, 0, max(row - 1, FIRST), len(_COLUMNS) - 1)
    return found


def _line(
    book: Book,
    voices: Voices,
    sheet: object,
    name: str,
    row: int,
    score: SubDimensionScore,
    fact: FactScore,
    method: Mapping[str, str],
) -> None:
    words = voices.words
    given: dict[str, tuple[Cell, str]] = {
        "score": (fact.score, "level"),
        "weight": (fact.weight, "whole"),
        "knockout": (fact.knockout, "text"),
        "disputed": (fact.disputed, "text"),
        "due": (fact.due, "text"),
        "implied": (fact.implied, "level"),
        "unconfirmed": (fact.unconfirmed, "text"),
    }
    said = {
        "id": score.id,
        "sub": score.sub_dimension,
        "question": fact.question,
        "wording": voices.question_label(fact.question),
        "state": words.state(fact.state),
        "evidence": words.evidence(fact.evidence),
        "answers": "; ".join(voice.answer for voice in fact.voices),
    }
    for column, text in said.items():
        book.write(sheet, row, _AT[column], text)
    for column, (value, style) in given.items():
        book.write(sheet, row, _AT[column], value, style, given=True)
    for column, formula in _formulas(name, row, fact, method).items():
        style = "whole" if column in ("fails", "essential") else "level"
        book.write(sheet, row, _AT[column], formula, "text" if column == "grade" else style)


def _formulas(
    name: str, row: int, fact: FactScore, method: Mapping[str, str]
) -> Mapping[str, Formula]:
    cell = {column: at(name, row, number) for column, number in _AT.items()}
    score, implied, due = cell["score"], cell["implied"], cell["due"]
    missing = f'AND({due},OR({score}="",{cell["unconfirmed"]}))'
    value = f'IF({implied}<>"",{implied},{score})'
    established = (
        f'IF(AND({score}<>"",NOT({cell["unconfirmed"]})),{score},'
        f'IF({implied}<>"",{implied},IF({due},0,"")))'
    )
    fails = (
        f'IF(AND({cell["knockout"]},NOT({cell["disputed"]}),{value}<>""),'
        f"IF({value}<={method['knockout.fails_at']},1,0),0)"
    )
    strict = f'{method["published"]}="established"'
    counts = f'IF({strict},{cell["established"]},IF({score}="","",{score}))'
    return {
        "counted": Formula(counts, fact.score),
        "established": Formula(established),
        "due_weight": Formula(f'IF(OR({due},{implied}<>""),{cell["weight"]},0)'),
        "known_weight": Formula(f"IF({missing},0,{cell['due_weight']})"),
        "fails": Formula(fails),
        "essential": Formula(f"IF(AND({missing},{cell['knockout']}),1,0)"),
        "logarithm": Formula(logarithm(cell["counted"])),
        "grade": Formula(grade(cell["counted"])),
    }
