"""The Excel annex of a report, with the trace of every id that it prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assessments.report import ReportInputs
from assessments.report.annex import write_annex
from assessments.report.annex.trace import Step
from assessments.report.wording import Wording
from assessments.results import Sensitivity
from assessments.trace_index import KINDS, index_results


def excel_annex(inputs: ReportInputs, out: Path, language: str = "") -> Path:
    """Write the annex of this edition to `out`; in English unless told otherwise."""
    return write_annex(inputs, out, Wording(language or "en"), _steps(inputs))


def _steps(inputs: ReportInputs) -> Iterator[Step]:
    """Every id of this edition; the public one tells of public grounds alone."""
    results = (inputs.review, inputs.scores, inputs.priorities, inputs.design)
    index = index_results(inputs.pack, inputs.answers, *results)
    for node in sorted(index.nodes.values(), key=lambda node: (KINDS.index(node.kind), node.id)):
        if inputs.edition == "public" and node.sensitivity is not Sensitivity.PUBLIC:
            continue
        answer = node.answer
        if answer is None:
            yield Step(node.kind, node.id, node.rests_on)
            continue
        yield Step(
            node.kind,
            node.id,
            node.rests_on,
            institution=answer.institution,
            question=answer.question,
            state=answer.state,
            sheet=answer.source.sheet,
            cell=answer.source.cell,
            workbook_sha256=answer.source.workbook_sha256,
        )
