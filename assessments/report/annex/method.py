"""The method sheet: every threshold and weight that the formulas read, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping

from assessments.errors import NothingToAssess
from assessments.pack.method import Method
from assessments.report.annex.book import FIRST, Book, Column, at
from assessments.report.annex.formulas import PEFA_TABLE
from assessments.report.voices import Voices
from assessments.scoring.aggregate import PEFA_M2, PEFA_M2_LEVELS


def method_of(voices: Voices) -> Method:
    """The method; NothingToAssess for a pack that scores nothing."""
    method = voices.pack.method
    if method is None:
        raise NothingToAssess(
            f"The pack {voices.pack.id} has no method, so that there is nothing to compute.",
            "Export its answers with --to csv.",
        )
    return method


def write_method(book: Book, voices: Voices, name: str) -> Mapping[str, str]:
    """Write the sheet; returns the cell of each value by its key."""
    method, translate = method_of(voices), book.translate
    sheet = book.sheet(
        name,
        translate("Change a value on yellow ground and see what follows on the other sheets."),
        (
            Column(translate("Value of the method"), 34),
            Column(translate("Value"), 14),
            Column(translate("Reason"), 100),
        ),
    )
    knockout, priorities = method.knockout, method.priorities
    rows: dict[str, tuple[str | float, str]] = {
        "published": (method.published.value, method.published.reason),
        "minimum_facts": (method.minimum_facts.value, method.minimum_facts.reason),
        "sub_dimension_floor": (
            method.coverage.sub_dimension_floor.value,
            method.coverage.sub_dimension_floor.reason,
        ),
        "floor": (method.coverage.floor.value, method.coverage.floor.reason),
        "knockout.cap": (knockout.cap, knockout.reason),
        "knockout.fails_at": (knockout.fails_at, knockout.reason),
        "weight_of_severity": (
            priorities.weight_of_severity.value,
            priorities.weight_of_severity.reason,
        ),
    }
    for sub in voices.pack.sub_dimensions:
        weight = method.weight_of(sub.code)
        rows[f"weight {sub.code}"] = (weight.value, weight.reason)
    cells = {}
    for row, (key, (value, reason)) in enumerate(rows.items(), start=FIRST):
        book.write(sheet, row, 0, key, "label")
        book.write(sheet, row, 1, value, "whole", given=True)
        book.write(sheet, row, 2, reason)
        cells[key] = at(name, row, 1)
    _pefa(book, sheet, name, FIRST + len(rows) + 1)
    return cells


def _pefa(book: Book, sheet: object, name: str, row: int) -> None:
    """PEFA's conversion table, which the aggregation of this name reads."""
    book.write(sheet, row, 0, book.translate("PEFA M2: grades, lowest first"), "label")
    first, last = row + 1, row + len(PEFA_M2)
    for line, (grades, whole) in enumerate(PEFA_M2.items(), start=first):
        book.write(sheet, line, 0, grades)
        book.write(sheet, line, 1, PEFA_M2_LEVELS[whole], "level")
        book.write(sheet, line, 2, whole)
    table = f"{at(name, first, 0)}:{at(name, last, 1).rpartition('!')[2]}"
    book.workbook.define_name(PEFA_TABLE, f"={table}")
