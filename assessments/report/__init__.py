"""The Word report of a country: findings, and apart from them a tailored project design.

`write_report` makes it from the results of one run; `check_template` reads a template an officer
has edited and says what is wrong in it. Nothing heavy is imported before one of them is called.
"""

from pathlib import Path

from assessments.problems import Problem
from assessments.report.inputs import Approval, Edition, Provenance, ReportFiles, ReportInputs

__all__ = [
    "Approval",
    "Edition",
    "Provenance",
    "ReportFiles",
    "ReportInputs",
    "check_template",
    "write_report",
]


def write_report(
    context_inputs: ReportInputs,
    out: Path,
    *,
    template: Path | None = None,
    language: str = "en",
    pdf: bool = False,
) -> ReportFiles:
    """Write one country's report; see `assessments.report.write.write_report`."""
    from assessments.report.write import write_report as write

    return write(context_inputs, out, template=template, language=language, pdf=pdf)


def check_template(path: Path) -> tuple[Problem, ...]:
    """What is wrong in a Word template, with places; see `assessments.report.template`."""
    from assessments.report.template import check_template as check

    return check(path)
