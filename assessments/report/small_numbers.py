"""Numbers that could point to a protected person: no version of a report prints them."""

from __future__ import annotations

from dataclasses import replace

from assessments.report.inputs import ReportInputs
from assessments.results import Answer, AnswerState

SMALL = "small_number"  # stands for the value; the composer prints it in words


def without_small_numbers(inputs: ReportInputs) -> ReportInputs:
    """The inputs with a mark for each small number of the forms that the method protects."""
    if inputs.pack.method is None:
        return inputs
    protected = inputs.pack.method.small_numbers.protected

    def small(answer: Answer) -> bool:
        question = inputs.pack.question.get(answer.question)
        return (
            answer.state is AnswerState.ANSWERED
            and isinstance(answer.value, int | float)
            and 0 < answer.value < protected.value
            and question is not None
            and question.cooperation_form in protected.forms
        )

    hidden = {"value": SMALL, "comment": "", "evidence": ""}
    return replace(
        inputs,
        answers=tuple(a.model_copy(update=hidden) if small(a) else a for a in inputs.answers),
    )
