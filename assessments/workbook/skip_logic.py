"""Which questions of a return are not asked, given its other answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessments.results import Answer, AnswerState, AnswerValue
from assessments.workbook.answer_cells import written
from assessments.workbook.findings import Findings
from assessments.workbook.located import Located


def skipping(
    located: Sequence[Located],
    answers: Sequence[Answer],
    earlier: Mapping[str, Answer],
    findings: Findings,
) -> list[Answer]:
    """The answers, with those in state `skipped` that the pack's rules leave out.

    `earlier` are answers of earlier returns, by question; they count where nothing is given now.
    """
    known = dict(earlier) | {
        a.question: a
        for a in answers
        if a.state is not AnswerState.BLANK or a.raw or a.question not in earlier
    }
    values: dict[str, AnswerValue | None] = {name: a.value for name, a in known.items()}
    unusable = {name for name, a in known.items() if a.state is AnswerState.UNUSABLE}
    done = []
    for place, answer in zip(located, answers, strict=True):
        rule = place.question.relevant
        # what rests on an unusable answer, or one not asked here, is taken as asked
        open_rule = rule is None or not rule.names <= values.keys() or rule.names & unusable
        if open_rule or rule is None or rule.holds(values):
            done.append(answer)
            continue
        given = answer.raw or written(answer.value)
        if given:
            findings.report(place, place.spot, "answered-though-skipped", value=given[:200])
        values[answer.question] = None
        update = {"state": AnswerState.SKIPPED, "value": None, "raw": given}
        done.append(answer.model_copy(update=update))
    return done
