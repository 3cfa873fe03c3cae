"""Files exported from KoboToolbox or ODK: from one file to a reading for each institution in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, replace
from itertools import groupby

from assessments.errors import PackFault, UnknownPack, UnknownRound
from assessments.intake.completing import Beside, Checked, beside_earlier
from assessments.intake.versions import of_earlier_version, version_asked
from assessments.pack.model import Pack
from assessments.problems import Problem, Severity
from assessments.reference.countries import known
from assessments.results import Answer
from assessments.store import Store
from assessments.untrusted.cells import Cells
from assessments.workbook.read import Reading
from assessments.workbook.xlsform.grid import disagreements
from assessments.workbook.xlsform.submissions import (
    Export,
    Given,
    RowOfExport,
    Submissions,
    read_export_rows,
    wrong_identity,
)


def read_rows(
    cells: Cells, name: str, store: Store, pack: Pack | None, given: Given
) -> list[Checked]:
    """What each institution of the file answers, or why its row counts for nothing."""
    differing = [one.model_copy(update={"file": name}) for one in disagreements(cells)]
    if differing:
        return [_checked(Reading(None, (), tuple(differing), cells.sha256))]
    export = read_export_rows(cells, given)
    found: list[Checked] = []
    ordered = sorted(export.rows, key=lambda row: astuple(row.claim))
    for claim, group in groupby(ordered, key=lambda row: row.claim):
        rows = list(group)
        asked, told = _pack_of(rows[0], export, store, pack, name)
        if asked is None:
            found.append(_checked(Reading(None, (), told, cells.sha256)))
            continue
        submissions = Submissions(export, rows, asked, name)
        found += [_checked(one, asked, told) for one in submissions.of_nobody]
        found += [
            beside_earlier(
                store, asked, claim.iso3, claim.round, code, _reading_of(submissions, code, told)
            )
            for code in submissions.rows
        ]
    return found


def _checked(reading: Reading, pack: Pack | None = None, told: tuple[Problem, ...] = ()) -> Checked:
    problems = (*told, *reading.problems)
    return Checked(replace(reading, problems=problems), pack, problems)


def _reading_of(submissions: Submissions, code: str, told: tuple[Problem, ...]) -> Beside:
    def read(earlier: Iterable[Answer]) -> Checked:
        return _checked(submissions.read(code, earlier), submissions.pack, told)

    return read


def _pack_of(
    row: RowOfExport, export: Export, store: Store, pack: Pack | None, name: str
) -> tuple[Pack | None, tuple[Problem, ...]]:
    """The pack that the rows of an assessment answer, and what is to be said of it or is wrong."""
    wrong = wrong_identity(row, export.main.name, known)
    if wrong is not None:
        return None, (wrong.model_copy(update={"file": name}),)
    claim = row.claim
    error: UnknownRound | UnknownPack | PackFault
    try:
        assessment = store.assessment(claim.iso3, claim.round)
        asked = pack or version_asked(store, assessment, claim.pack, claim.version)
        return asked, of_earlier_version(assessment, asked, name)
    except (UnknownRound, UnknownPack, PackFault) as unknown:
        error = unknown
    code = "assessment-not-opened" if isinstance(error, UnknownRound) else "unknown-pack"
    problem = Problem(code=code, severity=Severity.FILE, message=error.message,
                      remedy=error.remedy, file=name, sheet=export.main.name,
                      row=row.number)  # fmt: skip
    return None, (problem,)
