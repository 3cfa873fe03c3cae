"""The sheets of levels and of the profile: the steps of the method, a formula each.

Beside every formula stands the value that the report prints and the difference between the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.pack.method import AggregationName
from assessments.report import findings
from assessments.report.annex.book import FIRST, Book, Column, Formula, at, listed
from assessments.report.annex.data import Lines
from assessments.report.annex.formulas import across, aggregated, rounded
from assessments.report.annex.method import method_of
from assessments.report.terms import N_
from assessments.report.voices import Voices
from assessments.results import ProfileLine, SubDimensionScore
from assessments.scoring.aggregate import one_decides

_COLUMNS = {
    "id": Column(N_("Score id"), 23),
    "code": Column(N_("Code"), 8),
    "name": Column(N_("Sub-dimension"), 40),
    "aggregation": Column(N_("Aggregation"), 15),
    "agreed": Column(N_("Agreed value"), 9),
    "rated": Column(N_("Self-rating, where facts are too few"), 11),
    "facts": Column(N_("Level of the facts"), 9),
    "coverage": Column(N_("Coverage"), 9),
    "failing": Column(N_("Essential and failing"), 9),
    "essential": Column(N_("Essential and missing"), 9),
    "level": Column(N_("Level"), 8),
    "target": Column(N_("Target"), 8),
    "gap": Column(N_("Gap"), 8),
    "stored": Column(N_("Level in the report"), 9),
    "difference": Column(N_("Difference"), 10),
    "weight": Column(N_("Weight"), 8),
    "applies": Column(N_("Applies"), 8),
    "covered": Column(N_("Coverage in the profile"), 9),
    "counted": Column(N_("Level in the profile"), 9),
    "counted_weight": Column(N_("Weight in the profile"), 9),
}
_AT = {name: number for number, name in enumerate(_COLUMNS)}


@dataclass(frozen=True, slots=True)
class Levels:
    """Where the level of each sub-dimension stands."""

    sheet: str
    rows: Mapping[str, int]  # sub-dimension -> row

    def cells(self, column: str, codes: Sequence[str]) -> list[str]:
        return [at(self.sheet, self.rows[code], _AT[column]) for code in codes]


def write_levels(
    book: Book,
    voices: Voices,
    name: str,
    shown: Sequence[SubDimensionScore],
    lines: Mapping[str, Lines],
    method: Mapping[str, str],
) -> Levels:
    """Write the sheet of sub-dimensions."""
    sheet = book.sheet(
        name,
        book.translate("Each level is a formula on the data sheet; the last column must be 0."),
        book.in_words(_COLUMNS.values()),
    )
    rows = {}
    for row, score in enumerate(shown, start=FIRST):
        rows[score.sub_dimension] = row
        _line(book, voices, sheet, name, row, score, lines.get(score.id), method)
    return Levels(name, rows)


def _line(
    book: Book,
    voices: Voices,
    sheet: object,
    name: str,
    row: int,
    score: SubDimensionScore,
    lines: Lines | None,
    method: Mapping[str, str],
) -> None:
    cell = {column: at(name, row, number) for column, number in _AT.items()}
    said = {
        "id": score.id,
        "code": score.sub_dimension,
        "name": voices.sub_name(score.sub_dimension),
        "aggregation": voices.words.term(score.aggregation),
    }
    for column, text in said.items():
        book.write(sheet, row, _AT[column], text)
    agreed = score.level if score.basis == "validated" else None
    rated = score.level if score.basis == "self_rated" else None
    for column, given in (("agreed", agreed), ("rated", rated), ("target", score.target)):
        book.write(sheet, row, _AT[column], given, "level", given=True)
    for column, formula in _formulas(score, lines, method, cell).items():
        style = "share" if column in ("coverage", "covered") else "level"
        book.write(sheet, row, _AT[column], formula, style)
    book.write(sheet, row, _AT["stored"], score.level, "level")
    weight = Formula(method[f"weight {score.sub_dimension}"])
    book.write(sheet, row, _AT["weight"], weight, "whole")


def _formulas(
    score: SubDimensionScore,
    lines: Lines | None,
    method: Mapping[str, str],
    cell: Mapping[str, str],
) -> Mapping[str, Formula]:
    rule = AggregationName(score.aggregation)
    if lines is None:
        found = {
            "facts": Formula('""'),
            "coverage": Formula('""'),
            "failing": Formula("0", 0),
            "essential": Formula("0", 0),
            "applies": Formula(f'OR({cell["rated"]}<>"",{cell["agreed"]}<>"")'),
        }
        number, worst = 0, '""'
    else:
        due = f"SUM({lines.column('due_weight')})"
        found = {
            "facts": Formula(rounded(aggregated(rule, lines.facts())), score.facts_level),
            "coverage": Formula(
                f'IF({due}=0,"",ROUND(SUM({lines.column("known_weight")})/{due},4))', score.coverage
            ),
            "failing": Formula(f"SUM({lines.column('fails')})", len(score.knocked_out_by)),
            "essential": Formula(f"SUM({lines.column('essential')})"),
            "applies": Formula(f"COUNT({lines.column('established')})>0"),
        }
        number = lines.number
        worst = aggregated(rule, lines.facts("established"))
    cap = f"IF({cell['failing']}>0,{method['knockout.cap']},4)"
    open_ = (
        f"OR({cell['coverage']}=0,{cell['coverage']}<{method['sub_dimension_floor']},"
        f"{cell['essential']}>0)"
    )
    if one_decides(rule):
        open_ = f'OR({open_},AND({method["published"]}="established",{cell["coverage"]}<1))'
    facts = cell["facts"]
    from_facts = (
        f'IF(OR({facts}="",{cell["coverage"]}=""),"",IF({open_},"",ROUND(MIN({facts},{cap}),4)))'
    )
    few = f'IF({cell["rated"]}="","",{cell["rated"]})'
    level = (
        f'IF({cell["agreed"]}<>"",{cell["agreed"]},'
        f"IF({number}<{method['minimum_facts']},{few},{from_facts}))"
    )
    level_cell = cell["level"]
    strict = f'{method["published"]}="established"'
    held = f"IF({cell['essential']}+{cell['failing']}>0,{method['knockout.cap']},4)"
    lowest = f'IF({worst}="",0,MIN({worst},{held}))'
    if one_decides(rule):
        lowest = f"IF({cell['coverage']}<1,0,{lowest})"
    judged = f'OR({cell["agreed"]}<>"",{cell["rated"]}<>"")'
    gap = (
        f'IF(OR({level_cell}="",{cell["target"]}=""),"",'
        f"ROUND(MAX(0,{cell['target']}-{level_cell}),4))"
    )
    return found | {
        "level": Formula(level, score.level),
        "gap": Formula(gap, score.gap),
        "difference": Formula(f"ROUND(N({level_cell})-N({cell['stored']}),3)", 0),
        "covered": Formula(f"IF({cell['applies']},MAX(N({cell['coverage']}),IF({judged},1,0)),0)"),
        "counted": Formula(
            f'IF({cell["applies"]},IF({level_cell}<>"",{level_cell},IF({strict},{lowest},"")),"")',
            score.level,
        ),
        "counted_weight": Formula(f"IF({cell['applies']},{cell['weight']},0)"),
    }


def write_profile(
    book: Book, voices: Voices, name: str, levels: Levels, method: Mapping[str, str]
) -> None:
    """Write the sheet of dimensions and forms of cooperation, with its chart."""
    translate = book.translate
    sheet = book.sheet(
        name,
        translate("A profile, never an index: its lines are not added up to one figure."),
        (
            Column(translate("Id"), 24),
            Column(translate("Part"), 44),
            Column(translate("Level"), 9),
            Column(translate("Coverage"), 9),
            Column(translate("Lowest"), 9),
            Column(translate("Highest"), 9),
            Column(translate("Level in the report"), 10),
            Column(translate("Difference"), 10),
        ),
    )
    scores = voices.inputs.scores
    profile = [*scores.dimensions, *scores.forms]
    for row, line in enumerate(profile, start=FIRST):
        _profile_line(book, voices, sheet, name, row, line, levels, method)
    last = FIRST + len(scores.dimensions) - 1
    chart = book.workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": translate("Level"),
            "categories": [name[:31], FIRST, 1, last, 1],
            "values": [name[:31], FIRST, 2, last, 2],
            "fill": {"color": "#1F6F8B"},
            "data_labels": {"value": True, "num_format": "0.0"},
            "gap": 60,
        }
    )
    chart.set_x_axis({"min": 0, "max": 4, "major_unit": 1, "reverse": book.rtl})
    chart.set_y_axis({"reverse": True})
    chart.set_title({"name": translate("Level by dimension, 0 to 4"), "name_font": {"size": 11}})
    chart.set_legend({"none": True})
    chart.set_size({"width": 620, "height": 330})
    sheet.insert_chart(FIRST, 9, chart, {"description": translate("Profile")})


def _profile_line(
    book: Book,
    voices: Voices,
    sheet: object,
    name: str,
    row: int,
    line: ProfileLine,
    levels: Levels,
    method: Mapping[str, str],
) -> None:
    codes = [code for code in _members(voices, line) if code in levels.rows]
    book.write(sheet, row, 0, line.id)
    book.write(sheet, row, 1, findings.part_name(voices, line.code), "label")
    book.write(sheet, row, 6, line.level, "level")
    rule = method_of(voices).aggregation.profile.value
    if codes:
        counted, weight = levels.cells("counted", codes), levels.cells("counted_weight", codes)
        covered = levels.cells("covered", codes)
        stated = listed(levels.cells("level", codes))
        total = f"SUM({listed(weight)})"
        products = "+".join(f"{w}*{c}" for w, c in zip(weight, covered, strict=True))
        coverage = f'IF({total}=0,"",ROUND(({products})/{total},4))'
        here = at(name, row, 3)
        level = (
            f'IF(OR({here}="",COUNT({stated})=0),"",IF({here}<{method["floor"]},"",'
            f"ROUND({across(rule, counted, weight)},4)))"
        )
        book.write(sheet, row, 2, Formula(level, line.level), "level")
        book.write(sheet, row, 3, Formula(coverage, line.coverage), "share")
        for column, end, value in ((4, "MIN", line.lowest), (5, "MAX", line.highest)):
            formula = f'IF(COUNT({stated})=0,"",{end}({stated}))'
            book.write(sheet, row, column, Formula(formula, value), "level")
    else:
        for column in range(2, 6):
            book.write(sheet, row, column, voices.words.not_shown() if column == 2 else None)
    level_cell, stored = at(name, row, 2), at(name, row, 6)
    book.write(sheet, row, 7, Formula(f"ROUND(N({level_cell})-N({stored}),3)", 0), "level")


def _members(voices: Voices, line: ProfileLine) -> list[str]:
    """Sub-dimensions of a dimension, or of a form of cooperation outside of the context."""
    pack = voices.pack
    if line.code in pack.dimension:
        return [sub.code for sub in pack.sub_dimensions if sub.dimension == line.code]
    return [
        sub.code
        for sub in pack.sub_dimensions
        if sub.cooperation_form == line.code and not pack.dimension[sub.dimension].context
    ]
