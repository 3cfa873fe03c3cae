"""The data sheet: each scored question once, with what it counts for. All levels are formulas on
it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.report.annex.book import FIRST, Book, Cell, Column, Formula, at, span
from assessments.report.annex.formulas import Facts, grade, logarithm
from assessments.report.voices import Voices
from assessments.results import FactScore, SubDimensionScore

_LETTERS = (
    "id", "sub", "question", "wording", "score", "weight", "knockout", "disputed", "due",
    "implied", "unconfirmed", "state", "evidence", "answers", "counted", "established",
    "due_weight", "known_weight", "fails", "essential", "logarithm", "grade",
)  # fmt: skip
_AT = {name: number for number, name in enumerate(_LETTERS)}


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
    translate = book.translate
    sheet = book.sheet(
        name,
        translate("One scored question a line. Change a score on yellow ground to try it."),
        (
            Column(translate("Score id"), 23),
            Column(translate("Sub-dimension"), 9),
            Column(translate("Question"), 11),
            Column(translate("Wording"), 46),
            Column(translate("Score 0 to 4"), 8, "level"),
            Column(translate("Weight"), 8),
            Column(translate("Essential"), 9),
            Column(translate("Disputed"), 9),
            Column(translate("Answer due"), 9),
            Column(translate("Counts as, where not asked"), 10),
            Column(translate("Follows from an unanswered one"), 11),
            Column(translate("State"), 14),
            Column(translate("Evidence"), 14),
            Column(translate("Answers"), 30),
            Column(translate("Counted"), 9),
            Column(translate("Established"), 9),
            Column(translate("Weight due"), 9),
            Column(translate("Weight known"), 9),
            Column(translate("Essential and failing"), 10),
            Column(translate("Essential and missing"), 10),
            Column(translate("Logarithm"), 9),
            Column(translate("Grade"), 7),
        ),
    )
    found, row = {}, FIRST
    for score in shown:
        first = row
        for fact in score.facts:
            _line(book, voices, sheet, name, row, score, fact, method)
            row += 1
        if row > first:
            found[score.id] = Lines(name, first, row - 1)
    sheet.autofilter(FIRST - 1, 0, max(row - 1, FIRST), len(_LETTERS) - 1)
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
