"""Why a question comes again in a follow-up, in the respondent's language."""

from __future__ import annotations

from assessments.language import Translator


def left_blank(translate: Translator) -> str:
    return translate("It was left blank.")


def not_readable(raw: str, translate: Translator) -> str:
    return translate("What stood in the cell could not be counted: “{value}”.", value=raw[:200])


def without_document(translate: Translator) -> str:
    return translate("Please name the document that shows your answer: title, number, date.")


def answered_otherwise(institutions: str, translate: Translator) -> str:
    """Only where the question is public: who answers it otherwise, not what."""
    return translate("It was answered differently by: {institutions}.", institutions=institutions)


def hardly_goes_with(others: str, sentence: str, translate: Translator) -> str:
    """`sentence` is the pack's; `others` are the ids of the questions it hardly goes with."""
    return translate(
        "It hardly goes with the answer to {questions}: {sentence} Please check.",
        questions=others,
        sentence=sentence,
    )


def follows_from(question: str, translate: Translator) -> str:
    return translate("It depends on {question}, which is asked again.", question=question)
