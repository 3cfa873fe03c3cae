"""What is wrong with the cells of a returned questionnaire, gathered while its answers are read."""

from __future__ import annotations

from assessments.problems import Problem
from assessments.untrusted.cells import Cell, Mask, Sheet, address, shown
from assessments.workbook.located import Located, Spot
from assessments.workbook.texts import fault
from assessments.workbook.values import Found


def as_seen(sheet: Sheet, spot: Spot, found: Found) -> Found:
    """What was found, unless the cell's number format shows something else."""
    if found.code or sheet.masks.get(spot) is not Mask.OTHER:
        return found
    return Found(code="disguised-answer", fields={"value": sheet.text(*spot)[:200]})


def merged(place: Located, spot: Spot) -> bool:
    """True where the cell is one with others."""
    area = place.sheet.merge_over(*spot)
    return area is not None and not area.single


class Findings:
    """Gathers problems, each with its sheet, cell and question."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def report(self, place: Located, spot: Spot, code: str, **fields: object) -> None:
        """Something that is wrong with a cell of a question."""
        self.problems.append(
            fault(
                code,
                sheet=place.sheet.name,
                cell=address(*spot),
                question=place.question.name,
                **fields,  # type: ignore[arg-type]
            )
        )

    def unusable(self, place: Located, spot: Spot, found: Found) -> None:
        """What makes the cell's entry unusable."""
        self.problems.append(found.problem(place.sheet.name, address(*spot), place.question.name))

    def notes(self, place: Located, spot: Spot, cell: Cell) -> None:
        """What a reader should look at although the entry counts."""
        value = shown(cell)[:200]
        if place.sheet.hides(*spot):
            self.report(place, spot, "hidden-answer", value=value)
        if place.sheet.masks.get(spot) is Mask.UNSEEN:
            self.report(place, spot, "unseen-answer", value=value)
        if cell.formula:
            self.report(place, spot, "formula-answer", value=value)
