"""Where things stand in a response workbook; writing and reading agree on it here."""

from __future__ import annotations

from collections.abc import Mapping

from assessments.language import Translator
from assessments.workbook.response.form import Choice

LAYOUT = "response-1"
PREFIX = "tana_response_"  # of the document's properties
HIDDEN = "tana_response"  # sheet
PARTS = ("level", "paragraph", "activity")
COLUMNS = ("id", "text", "choice", "words", "evidence")
FIRST_ROW = 4  # of the lines, from 1; the headings stand above it
SIGNED_BY, SIGNED_ON = "response_signed_by", "response_signed_on"  # defined names


def sheet_names(translate: Translator) -> Mapping[str, str]:
    """The visible sheets by part; at most 31 characters, as Excel asks."""
    names = {
        "level": translate("Findings"),
        "paragraph": translate("Convention"),
        "activity": translate("Activities"),
    }
    return {part: name[:31] for part, name in names.items()}


def headings(translate: Translator) -> Mapping[str, str]:
    """The column headings."""
    return {
        "id": translate("Id"),
        "text": translate("What the report says"),
        "choice": translate("Response"),
        "words": translate("In your own words"),
        "evidence": translate("Document that shows it"),
    }


def choice_labels(translate: Translator) -> Mapping[Choice, str]:
    """The choices as they are shown."""
    return {
        Choice.ACCEPT: translate("accept"),
        Choice.CORRECT: translate("correct"),
        Choice.OBJECT: translate("object"),
    }
