"""Check a file that was taken in against the questionnaire it answers; nothing is stored here."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assessments.errors import PackFault, UnknownPack, UnknownRound
from assessments.intake.completing import Checked, beside_earlier
from assessments.intake.csv_lines import cells_of_text, is_csv
from assessments.intake.decisions import Decided, is_decisions, read_decisions, take_decisions
from assessments.intake.exports import read_rows
from assessments.intake.judgements import is_judgements, read_judgements, take_judgements
from assessments.intake.responses import FormOf, check_response
from assessments.intake.taking import Taken
from assessments.intake.versions import of_earlier_version, version_asked
from assessments.pack.load import load_pack
from assessments.pack.model import Pack
from assessments.problems import Problem, Severity
from assessments.reference.countries import known
from assessments.results import Answer
from assessments.store import Assessment, Incoming, Store
from assessments.store.packs import pack_of
from assessments.untrusted import Cells, Unreadable
from assessments.workbook.identity import Identity, identify
from assessments.workbook.read import Reading, read_answers
from assessments.workbook.response.claim import is_response
from assessments.workbook.xlsform.submissions import Given, is_export

_PACK_ID = re.compile(r"[A-Za-z0-9_-]+\Z")


def check(
    taken: Taken, store: Store, pack: Pack | None, given: Given, form_of: FormOf | None = None
) -> list[Checked]:
    """What the file holds: one submission, or those of an export, and all that is wrong with each.

    `pack` only where the store knows of none; `given` and `form_of` as in `receive_all`.
    """
    cells, name = taken.cells, taken.source.name
    if isinstance(cells, Unreadable):
        return _check_other(taken.incoming, name, store, pack, given, cells)
    if is_response(cells):
        return [check_response(cells, name, store, form_of)]
    identity, faults = identify(cells)
    if identity is None and is_export(cells, given):
        return read_rows(cells, name, store, pack, given)
    if identity is None and (is_judgements(cells) or is_decisions(cells)):
        return [_check_lines(cells, name, store, pack)]
    if identity is None:
        problems = tuple(fault.model_copy(update={"file": name}) for fault in faults)
        return [Checked(Reading(None, (), problems, cells.sha256), None, problems)]
    return [_check_workbook(cells, identity, name, store, pack)]


def _check_other(
    incoming: Incoming, name: str, store: Store, pack: Pack | None, given: Given,
    refused: Unreadable,
) -> list[Checked]:  # fmt: skip
    """A file that is no workbook: an export, judgements or decisions as CSV, or refused."""
    problems = refused.problems
    try:
        cells = cells_of_text(incoming.path, name, refused)
    except Unreadable as unreadable:
        cells, problems = None, unreadable.problems
    if cells is not None and is_export(cells, given):
        return read_rows(cells, name, store, pack, given)
    if cells is not None and is_csv(refused) and (is_judgements(cells) or is_decisions(cells)):
        return [_check_lines(cells, name, store, pack)]
    return [Checked(Reading(None, (), problems), None, problems)]


def _check_workbook(
    cells: Cells, identity: Identity, name: str, store: Store, pack: Pack | None
) -> Checked:
    assessment, problems = _assessment_of(identity.iso3, identity.round, name, store)
    pack = _pack_of(identity, assessment, store, pack)
    if pack is None:
        unknown = _unknown_pack(identity, name)
        reading = Reading(identity, (), (unknown,), cells.sha256)
        return Checked(reading, None, (*problems, unknown))

    def read(earlier: Iterable[Answer]) -> Checked:
        reading = read_answers(cells, pack, name=name, earlier=earlier)
        told: tuple[Problem, ...] = ()
        if assessment is not None and reading.accepted:
            told = of_earlier_version(assessment, pack, name)
        return Checked(reading, pack, (*problems, *told, *reading.problems))

    if assessment is None:
        return read(())
    who = identity.iso3, identity.round, identity.institution
    return beside_earlier(store, pack, *who, read)


def _check_lines(cells: Cells, name: str, store: Store, pack: Pack | None) -> Checked:
    """A table of judgements or of decisions; each fault refuses it."""
    given = take_decisions(cells, name) if is_decisions(cells) else take_judgements(cells, name)
    if isinstance(given, tuple):
        return Checked(Reading(None, (), given, cells.sha256), None, given)
    assessment, problems = _assessment_of(given.iso3, given.round, name, store)
    if assessment is None:
        return Checked(Reading(None, (), problems, cells.sha256), None, problems)
    asked = pack or pack_of(store, assessment)
    if isinstance(given, Decided):
        reading = read_decisions(given, asked)
    else:
        reading = read_judgements(given, asked)
    return Checked(reading, asked, reading.problems)


def _assessment_of(
    iso3: str, round_: str, name: str, store: Store
) -> tuple[Assessment | None, tuple[Problem, ...]]:
    """The assessment a file belongs to, or why there is none."""
    if not known(iso3):
        problem = Problem(
            code="unknown-country",
            severity=Severity.FILE,
            message=f"The workbook is for a country with the code {iso3[:20]}, which is none.",
            remedy="Copy the answers into the workbook that was sent out and return that one.",
            file=name,
        )
        return None, (problem,)
    try:
        return store.assessment(iso3, round_), ()
    except UnknownRound as unknown:
        problem = Problem(
            code="assessment-not-opened",
            severity=Severity.FILE,
            message=unknown.message,
            remedy=unknown.remedy,
            file=name,
        )
        return None, (problem,)


def _pack_of(
    identity: Identity, assessment: Assessment | None, store: Store, pack: Pack | None
) -> Pack | None:
    """The pack the assessment was opened with; without one, the pack the workbook names."""
    if pack is not None:
        return pack
    if assessment is not None:
        return version_asked(store, assessment, identity.pack, identity.pack_version)
    folders = (item.pack_folder for item in store.assessments() if item.pack_id == identity.pack)
    named = identity.pack if _PACK_ID.match(identity.pack) else ""  # never a path
    wanted = next(folders, "") or named
    if not wanted:
        return None
    try:
        return load_pack(wanted)
    except (UnknownPack, PackFault):
        return None


def _unknown_pack(identity: Identity, name: str) -> Problem:
    return Problem(
        code="unknown-pack",
        severity=Severity.FILE,
        message=f"The workbook belongs to the questionnaire {identity.pack[:60]}, unknown here.",
        remedy="Send it to the office that asked for it, or install that pack.",
        file=name,
    )
