"""The method sheet: every threshold and weight that the formulas read, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping

from assessments.errors import NothingToAssess
from assessments.pack.method import Method
from assessments.pack.model import Words
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
            Column(translate("Value of the method"), 48),
            Column(translate("Value"), 14),
            Column(translate("Reason"), 100),
            Column(translate("Name in the method"), 24),
        ),
    )
    knockout, priorities = method.knockout, method.priorities
    least, floor = method.coverage.sub_dimension_floor, method.coverage.floor
    severity = priorities.weight_of_severity
    rows: dict[str, tuple[str, str | float, Words]] = {
        "published": (
            translate("What decides the level stated"),
            method.published.value,
            method.published.why,
        ),
        "minimum_facts": (
            translate("Facts that a level needs"),
            method.minimum_facts.value,
            method.minimum_facts.why,
        ),
        "sub_dimension_floor": (
            translate("Coverage that a sub-dimension needs"), least.value, least.why,
        ),
        "floor": (translate("Coverage that a dimension needs"), floor.value, floor.why),
        "knockout.cap": (
            translate("Level that a failed knock-out question allows"), knockout.cap, knockout.why,
        ),
        "knockout.fails_at": (
            translate("Score at which a knock-out question fails"), knockout.fails_at, knockout.why,
        ),
        "weight_of_severity": (translate("Weight of severity"), severity.value, severity.why),
    }  # fmt: skip
    for sub in voices.pack.sub_dimensions:
        weight = method.weight_of(sub.code)
        label = translate("Weight of {name}", name=voices.sub_name(sub.code))
        rows[f"weight {sub.code}"] = (label, weight.value, weight.why)
    cells = {}
    for row, (key, (label, value, why)) in enumerate(rows.items(), start=FIRST):
        book.write(sheet, row, 0, label, "label")
        book.write(sheet, row, 1, value, "whole", given=True)
        book.write(sheet, row, 2, voices.text(why))
        book.write(sheet, row, 3, key)
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
