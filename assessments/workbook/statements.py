"""What every respondent is told, in a workbook as on a phone: what it is for, and who sees it."""

from __future__ import annotations

from assessments.language import Translator
from assessments.pack.model import Pack, Question
from assessments.results import Sensitivity


def purpose(pack: Pack, language: str, translate: Translator) -> str:
    """What the answers are for: the pack's own words, ours where it has none."""
    return pack.purpose.in_(language) or translate(
        "Your answers show what works and what is missing in your institution’s part of "
        "international cooperation. They are the basis of a plan of assistance that your "
        "country can discuss, correct and adopt. This is no inspection and no ranking."
    )


def confidentiality(pack: Pack, language: str, translate: Translator) -> str:
    """Who sees the answers, and what must not be written: the pack's own words, or ours."""
    return pack.confidentiality.in_(language) or translate(
        "Answers are used for planning assistance only; restricted ones are left out of "
        "public reports. Write no names of suspects, victims, witnesses or informants, "
        "and no details of running cases."
    )


def in_confidence(question: Question, translate: Translator) -> str:
    """Who will not see the answer, as the cover promises; "" where it may be published."""
    marks = {
        Sensitivity.RESTRICTED: translate("Restricted"),
        Sensitivity.CONFIDENTIAL: translate("Confidential"),
    }
    mark = marks.get(question.sensitivity)
    if mark is None:
        return ""
    return translate(
        "{mark}: not shown to other institutions, left out of public reports.", mark=mark
    )
