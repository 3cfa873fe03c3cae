"""The defined names of a returned workbook: where each leads, and which lead to two places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from assessments.language import Listing, all_of
from assessments.untrusted.cells import Area, Cells, Sheet, address
from assessments.workbook.layout import CONFLICTS_NAME, CORRECTIONS_NAME, FILLED_BY_NAME

Target = tuple[Sheet, Area]
_OURS = ("q_", "h_", "t_")


class Names:
    """Names are compared without regard to case, as Excel does."""

    def __init__(self, cells: Cells) -> None:
        self._written: dict[str, str] = {}
        self._targets: dict[str, list[Target]] = defaultdict(list)
        sheets = {title: cells.sheet(title) for title in {entry.sheet for entry in cells.names}}
        for written, title, area, _, _ in cells.names:
            name = written.casefold()
            self._written.setdefault(name, written)
            sheet = sheets[title]
            if sheet is None or area is None:
                continue  # its cells were deleted
            targets = self._targets[name]
            if not targets or (sheet, area) not in targets:
                targets.append((sheet, area))

    def targets(self, name: str) -> list[Target]:
        """Every place the name leads to; more than one where a sheet was copied."""
        return self._targets.get(name.casefold(), [])

    def one(self, name: str) -> Target | None:
        """The one place of the name; None where there is none, or two."""
        found = self.targets(name)
        return found[0] if len(found) == 1 else None

    def answers(self) -> Iterator[str]:
        """The names of answer cells, as written."""
        return (written for name, written in self._written.items() if name.startswith("q_"))

    @property
    def none_of_ours(self) -> bool:
        """True where no cell of the questionnaire has its name any more."""
        return not any(name.startswith(_OURS) for name in self._written)

    def sheets(self) -> set[str]:
        """The sheets that any name of the questionnaire leads to."""
        extra = (CORRECTIONS_NAME, CONFLICTS_NAME, FILLED_BY_NAME)
        return {
            sheet.name
            for name, found in self._targets.items()
            if name.startswith(_OURS) or name in extra
            for sheet, _ in found
        }


def places(targets: Iterable[Target]) -> Listing:
    """`Sheet!E6 and Copy!E6`"""
    return all_of(sorted(f"{sheet.name}!{address(area.top, area.left)}" for sheet, area in targets))
