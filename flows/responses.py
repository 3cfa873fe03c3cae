"""The Government's response to a report: its workbook, and what it said that still stands."""

from __future__ import annotations

from pathlib import Path

from assessments.errors import NothingToAssess
from assessments.language import languages
from assessments.report import Edition, ReportInputs
from assessments.report.statements import form_of
from assessments.report.wording import Wording
from assessments.store import Store
from assessments.workbook.response.claim import Claim
from assessments.workbook.response.form import Form
from assessments.workbook.response.write import write_response
from flows.write_reports import report_inputs


def printed_form(store: Store, claim: Claim) -> Form | None:
    """What the report that a returned workbook names states now; None where there is none."""
    run = store.latest_run(claim.iso3, claim.round)
    if run is None:
        return None
    edition: Edition = "restricted" if claim.edition == "restricted" else "public"
    try:
        inputs = report_inputs(store, run, edition=edition)
    except NothingToAssess:
        return None
    return form_of(inputs, Wording(claim.language))


def response_workbook(inputs: ReportInputs, out: Path, language: str = "") -> Path:
    """The workbook in which the Government responds, in its own language unless told otherwise.

    What it said before of statements that are still the same stands in it.
    """
    own = inputs.country.working_language
    chosen = language or (own if own in languages() else "en")
    form = form_of(inputs, Wording(chosen))
    return write_response(form, out, inputs.responses)
