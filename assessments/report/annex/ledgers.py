"""The sheets of the Convention's paragraphs, of the gaps in order, and of the budget."""

from __future__ import annotations

from collections.abc import Mapping

from assessments.report import findings
from assessments.report.annex.book import FIRST, Book, Column, Formula, at, span
from assessments.report.ranking import TIE_BREAKER
from assessments.report.voices import Voices
from assessments.results import Verdict
from assessments.scoring.compliance import MANDATORY


def write_paragraphs(book: Book, voices: Voices, name: str) -> None:
    """Every paragraph, and how many mandatory ones stand at each verdict."""
    translate, words = book.translate, voices.words
    sheet = book.sheet(
        name,
        translate("Each paragraph as the answers give it; the counts are formulas."),
        (
            Column(translate("Id"), 30),
            Column(translate("Paragraph"), 10),
            Column(translate("What the Convention asks"), 70),
            Column(translate("Obligation"), 18),
            Column(translate("Mandatory"), 10),
            Column(translate("Stands at"), 14),
            Column(translate("Question"), 12),
            Column("", 3),
            Column(translate("Mandatory paragraphs"), 22),
            Column(translate("Count"), 8),
            Column(translate("Count in the report"), 9),
            Column(translate("Difference"), 10),
        ),
    )
    known = {status.id: status for status in voices.inputs.scores.requirements}
    rows = findings.compliance(voices).all
    for row, shown in enumerate(rows, start=FIRST):
        status = known[shown.id]
        line = (shown.id, shown.ref, shown.text, shown.obligation)
        for column, text in enumerate(line):
            book.write(sheet, row, column, text)
        book.write(sheet, row, 4, int(status.obligation in MANDATORY), "whole")
        book.write(sheet, row, 5, shown.verdict)
        asked = status.question if voices.may_show(status.sensitivity) else ""
        book.write(sheet, row, 6, asked)
    last = FIRST + max(len(rows), 1) - 1
    counts = {line.verdict: line.count for line in voices.inputs.scores.mandatory}
    mandatory, stands = span(name, FIRST, last, 4), span(name, FIRST, last, 5)
    for row, verdict in enumerate(Verdict, start=FIRST):
        book.write(sheet, row, 8, words.verdict(verdict), "label")
        here, stored = at(name, row, 9), at(name, row, 10)
        count = f"COUNTIFS({mandatory},1,{stands},{at(name, row, 8)})"
        book.write(sheet, row, 9, Formula(count, counts.get(verdict, 0)), "whole")
        book.write(sheet, row, 10, counts.get(verdict, 0), "whole")
        book.write(sheet, row, 11, Formula(f"{here}-{stored}", 0), "whole")
    chart = book.workbook.add_chart({"type": "column"})
    end = FIRST + len(Verdict) - 1
    chart.add_series(
        {
            "name": translate("Mandatory paragraphs"),
            "categories": [name[:31], FIRST, 8, end, 8],
            "values": [name[:31], FIRST, 9, end, 9],
            "fill": {"color": "#1F3B6E"},
            "data_labels": {"value": True},
            "gap": 60,
        }
    )
    chart.set_x_axis({"reverse": book.rtl})
    chart.set_title(
        {"name": translate("Mandatory paragraphs by where they stand"), "name_font": {"size": 11}}
    )
    chart.set_legend({"none": True})
    sheet.insert_chart(
        end + 2, 8, chart, {"description": translate("Mandatory paragraphs by where they stand")}
    )


def write_gaps(book: Book, voices: Voices, name: str, method: Mapping[str, str]) -> None:
    """The gaps in order, the severity as the product of its factors."""
    translate, words = book.translate, voices.words
    gaps = voices.inputs.priorities.gaps
    factors = [part.name for part in gaps[0].parts if part.name != TIE_BREAKER] if gaps else []
    sheet = book.sheet(
        name,
        translate("Severity is the product of its factors; change one to try it."),
        (
            Column(translate("Id"), 24),
            Column(translate("Gap"), 46),
            Column(translate.of("report", "Place"), 7),
            *(Column(words.term(factor), 11) for factor in factors),
            Column(translate("Severity"), 10),
            Column(translate("Severity in the report"), 10),
            Column(translate("Difference"), 10),
        ),
    )
    first = 3
    after = first + len(factors)
    for row, gap in enumerate(gaps, start=FIRST):
        book.write(sheet, row, 0, gap.id)
        book.write(sheet, row, 1, voices.sub_name(gap.sub_dimension), "label")
        book.write(sheet, row, 2, gap.rank, "whole")
        values = {part.name: part.value for part in gap.parts}
        for column, factor in enumerate(factors, start=first):
            book.write(sheet, row, column, values.get(factor), "level", given=True)
        product = f"{method['weight_of_severity']}*PRODUCT({at(name, row, first)}:"
        product += f"{at(name, row, after - 1).rpartition('!')[2]})"
        book.write(sheet, row, after, Formula(f"ROUND({product},4)", gap.severity), "level")
        book.write(sheet, row, after + 1, gap.severity, "level")
        difference = f"ROUND({at(name, row, after)}-{at(name, row, after + 1)},3)"
        book.write(sheet, row, after + 2, Formula(difference, 0), "level")
    if not gaps:
        return
    last = FIRST + len(gaps) - 1
    chart = book.workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": translate("Severity"),
            "categories": [name[:31], FIRST, 1, last, 1],
            "values": [name[:31], FIRST, after, last, after],
            "fill": {"color": "#9C3D2A"},
            "gap": 40,
        }
    )
    chart.set_y_axis({"reverse": True, "num_font": {"size": 8}})
    chart.set_x_axis({"reverse": book.rtl})
    chart.set_title({"name": translate("Severity of the gaps"), "name_font": {"size": 11}})
    chart.set_legend({"none": True})
    chart.set_size({"width": 700, "height": 120 + 18 * len(gaps)})
    sheet.insert_chart(FIRST, after + 4, chart, {"description": translate("Severity of the gaps")})


def write_budget(book: Book, voices: Voices, name: str) -> None:
    """Every budget line, and the sums as formulas."""
    translate, words = book.translate, voices.words
    budget = voices.inputs.design.budget
    sheet = book.sheet(
        name,
        f"{words.term(budget.package)} · {budget.currency}. "
        + translate("Quantities and unit costs on yellow ground can be replaced by quotations."),
        (
            Column(translate("Id"), 34),
            Column(translate("Activity"), 26),
            Column(translate("What is paid for"), 60),
            Column(translate("Category"), 24),
            Column(translate("Year"), 7),
            Column(translate("Quantity"), 10),
            Column(translate("Unit"), 18),
            Column(translate("Unit cost"), 13),
            Column(translate("Amount"), 14),
            Column(translate("Amount in the report"), 14),
            Column(translate("Difference"), 10),
        ),
    )
    row = FIRST
    for row, line in enumerate(budget.lines, start=FIRST):
        texts = (
            line.id,
            line.activity,
            voices.printed(line.description, 400),
            words.term(line.category),
        )
        for column, text in enumerate(texts):
            book.write(sheet, row, column, text)
        book.write(sheet, row, 4, line.year, "whole")
        book.write(sheet, row, 5, line.quantity, "whole", given=True)
        book.write(sheet, row, 6, voices.printed(line.unit))
        book.write(sheet, row, 7, line.unit_cost, "money", given=True)
        amount = f"ROUND({at(name, row, 5)}*{at(name, row, 7)},2)"
        _sum(book, sheet, name, row, amount, float(line.amount))
    last = row
    row += 2
    sums = [
        (
            words.term(total.key),
            f"SUMIFS({span(name, FIRST, last, 8)},{span(name, FIRST, last, 3)},{at(name, n, 3)})",
            float(total.amount),
        )
        for n, total in enumerate(budget.by_category, start=row)
    ]
    first = row
    for label, formula, stored in sums:
        book.write(sheet, row, 3, label, "label")
        _sum(book, sheet, name, row, formula, stored)
        row += 1
    end = row - 1
    rate = float(budget.support_rate)
    subtotal = f"SUM({span(name, FIRST, last, 8)})"
    for label, formula, stored in (
        (translate("Subtotal"), subtotal, float(budget.subtotal)),
        (
            translate("Programme support cost"),
            f"ROUND({at(name, row, 8)}*{at(name, row + 1, 5)},2)",
            float(budget.support_cost),
        ),
        (
            translate("Total"),
            f"{at(name, row, 8)}+{at(name, row + 1, 8)}",
            float(budget.total),
        ),
    ):
        book.write(sheet, row, 3, label, "label")
        if stored == float(budget.support_cost) and label == translate("Programme support cost"):
            book.write(sheet, row, 5, rate, "share", given=True)
        _sum(book, sheet, name, row, formula, stored)
        row += 1
    if sums:
        _budget_chart(book, sheet, name, first, end, row + 1)


def _sum(book: Book, sheet: object, name: str, row: int, formula: str, stored: float) -> None:
    """A computed amount, the one of the report, and the difference."""
    book.write(sheet, row, 8, Formula(formula, stored), "money")
    book.write(sheet, row, 9, stored, "money")
    difference = f"ROUND({at(name, row, 8)}-{at(name, row, 9)},2)"
    book.write(sheet, row, 10, Formula(difference, 0), "money")


def _budget_chart(book: Book, sheet: object, name: str, first: int, last: int, row: int) -> None:
    title = book.translate("Budget by category")
    chart = book.workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": title,
            "categories": [name[:31], first, 3, last, 3],
            "values": [name[:31], first, 8, last, 8],
            "fill": {"color": "#3280A8"},
            "data_labels": {"value": True, "num_format": "#,##0"},
            "gap": 50,
        }
    )
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"reverse": book.rtl, "num_format": "#,##0"})
    chart.set_title({"name": title, "name_font": {"size": 11}})
    chart.set_legend({"none": True})
    chart.set_size({"width": 640, "height": 300})
    sheet.insert_chart(row, 2, chart, {"description": title})  # type: ignore[attr-defined]
