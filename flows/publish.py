"""An approval in a named person's name, and the report without DRAFT that it allows."""

from __future__ import annotations

from pathlib import Path

from assessments.results import Value
from assessments.settings import read_settings
from assessments.store import Approval, open_store
from flows.still_holds import approve_run, standing_approval
from flows.write_reports import write_country_report


class Published(Value):
    """An approval, and the reports that were written under it."""

    iso3: str
    round: str
    approval: Approval
    reports: tuple[str, ...]


def publish(
    iso3: str,
    round_: str,
    *,
    by: str,
    note: str = "",
    out: Path | None = None,
    language: str = "en",
    restricted: bool = False,
    pdf: bool = False,
) -> Published:
    """Approve the run that stands and write its report, or reports with `restricted`.

    Safe to repeat: the same person approves the same run once. Raises NothingToAssess where there
    is no run, or where it is out of date; UnknownLanguage.
    """
    with open_store() as store:
        approval = standing_approval(store, iso3, round_)
        if approval is None or not approval.valid or approval.name != by.strip():
            approval = approve_run(store, iso3, round_, by=by, note=note)
    folder = out or read_settings().reports
    reports = []
    for edition in (False, True) if restricted else (False,):
        made = write_country_report(
            iso3, round_, folder, language=language, restricted=edition, pdf=pdf, by=by
        )
        reports += [str(path) for path in (made.docx, made.pdf) if path]
    return Published(iso3=iso3, round=round_, approval=approval, reports=tuple(reports))
