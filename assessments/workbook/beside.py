"""What stands beside an answer: a reason for giving none, evidence and its kind, a comment."""

from __future__ import annotations

from assessments.pack.model import Pack
from assessments.results import AnswerState
from assessments.untrusted.cells import Cell, shown
from assessments.workbook.findings import Findings, as_seen, merged
from assessments.workbook.layout import Part, choice_labels
from assessments.workbook.located import Located, Spot
from assessments.workbook.values import LONGEST_TEXT, choice_of, is_blank, suspects, text_of, tidy


class Beside:
    """Reads the cells beside the answers of a workbook in one language."""

    def __init__(self, pack: Pack, language: str, findings: Findings) -> None:
        self.findings = findings
        self.reasons = pack.choice_lists.get("no_answer_reasons", ())
        self.reason_labels = choice_labels(self.reasons, language)
        self.classes = {c.name: c for c in pack.choice_lists.get("evidence_classes", ())}
        self.class_labels = choice_labels(self.classes.values(), language)

    def _entry(self, place: Located, spot: Spot) -> Cell | None:
        """An entry beside the answer, None where it is blank; told where it is merged."""
        area = place.sheet.merge_over(*spot)
        if area is not None and not area.single:
            top = place.sheet.at(area.top, area.left)
            cell = place.sheet.at(*spot)
            if not (is_blank(top) and is_blank(cell)):
                self.findings.report(place, spot, "merged-cell", value=str(area))
        cell = place.sheet.at(*spot)
        return None if is_blank(cell) else cell

    def reason(self, place: Located) -> tuple[AnswerState | None, str]:
        """The state a reason stands for, and its text."""
        spot = place.parts[Part.REASON]
        cell = self._entry(place, spot)
        if cell is None:
            return None, ""
        text = shown(cell)
        if merged(place, spot):
            return None, text
        found = as_seen(place.sheet, spot, choice_of(cell, None, self.reason_labels))
        if found.code:
            self.findings.unusable(place, spot, found)
            return None, text
        self.findings.notes(place, spot, cell)
        reason = next(choice for choice in self.reasons if choice.name == found.value)
        state = reason.kind or reason.name
        known = {s.value for s in AnswerState}
        return AnswerState(state) if state in known else AnswerState.NO_INFORMATION, text

    def evidence_class(self, place: Located) -> str:
        spot = place.parts[Part.EVIDENCE_CLASS]
        cell = self._entry(place, spot)
        if cell is None:
            return ""
        found = as_seen(place.sheet, spot, choice_of(cell, None, self.class_labels))
        if found.code:
            self.findings.unusable(place, spot, found)
        return str(found.value or "")

    def text(self, place: Located, part: Part) -> str:
        """Evidence or comment; characters that hide text are taken out and reported."""
        spot = place.parts[part]
        cell = self._entry(place, spot)
        if cell is None:
            return ""
        found = as_seen(place.sheet, spot, text_of(cell))
        if not found.code:
            return str(found.value or "")
        self.findings.unusable(place, spot, found)
        if found.code in ("formula-error", "formula-not-calculated"):
            return ""
        clear = "".join(letter for letter in shown(cell) if not suspects(letter))
        return tidy(clear)[:LONGEST_TEXT]
