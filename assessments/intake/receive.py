"""Receive a file: check everything, then store all of it or nothing, once.

The file is first copied, byte for byte, into a private place: what is hashed, checked and kept is
that copy, whatever happens to the file meanwhile. A refused file leaves neither copy nor row. An
accepted one is renamed to its SHA-256 and forced to the disk before the transaction that refers to
it. When a process is killed in between, a copy without a row may stay; running the same command
again completes it.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from assessments.errors import Mistake, PackFault, StoreFault, TanaError, UnknownPack, UnknownRound
from assessments.intake.checked import write_checked_copy
from assessments.intake.exports import cells_of_export, read_rows
from assessments.intake.receipt import Receipt, count_states
from assessments.intake.versions import of_earlier_version, version_asked
from assessments.pack.load import load_pack
from assessments.pack.model import Pack
from assessments.problems import Problem, Severity, refuses
from assessments.reference.countries import known
from assessments.results import Answer, Sensitivity
from assessments.settings import Settings
from assessments.store import Acceptance, Assessment, Incoming, Store, Submission
from assessments.store.carried import answers_under
from assessments.untrusted import Unreadable, read_cells
from assessments.untrusted.cells import Cells
from assessments.untrusted.preflight import LIMITS
from assessments.workbook.identity import Identity, identify
from assessments.workbook.read import Reading, read_answers
from assessments.workbook.xlsform.submissions import Given, is_export

_PACK_ID = re.compile(r"[A-Za-z0-9_-]+\Z")


@dataclass(frozen=True, slots=True)
class _Checked:
    """A file after all checks, before anything is stored."""

    reading: Reading
    pack: Pack | None
    problems: tuple[Problem, ...]


def receive(
    path: str | Path,
    store: Store,
    settings: Settings | None = None,
    *,
    dry_run: bool = False,
    by: str = "",
    out: str | Path | None = None,
    pack: Pack | None = None,
) -> Receipt:
    """`receive_all` of a file that is one submission, as every workbook is.

    Raises Mistake where the file holds several.
    """
    several = receive_all(path, store, settings, dry_run=dry_run, by=by, out=out, pack=pack)
    if len(several) > 1:
        raise Mistake(f"{path} holds {len(several)} submissions.", "Receive all of them.")
    return several[0]


def receive_all(
    path: str | Path,
    store: Store,
    settings: Settings | None = None,  # noqa: ARG001 - the store knows its places
    *,
    dry_run: bool = False,
    by: str = "",
    out: str | Path | None = None,
    pack: Pack | None = None,
    given: Given | None = None,
) -> tuple[Receipt, ...]:
    """Check a file and, where nothing refuses it, store its answers once.

    A workbook is one submission; a file exported from KoboToolbox or ODK has one for each
    institution, and one that is refused does not hold up the others. `given` says for which
    country, round and institution such a file is where it does not say so itself.

    Problems are in the receipt, all at once. Where there are any, `FILE.checked.xlsx` is written
    beside the file, or into `out`. `pack` is only needed for a pack the store does not know of;
    `settings` may be left out, since the store knows its places.
    Raises Mistake where the path names no file, TanaError where it cannot be read, StoreFault
    where the store or its disk does not do what is asked; the store is then as before.
    """
    source = Path(path)
    _require_file(source)
    incoming = _take(source, store)
    try:
        several = _check(incoming, source.name, store, pack, given or Given())
        receipts = [_settle(source, incoming, one, store, dry_run, by) for one in several]
        return _with_checked_copy(receipts, several, source, _content(incoming, store), out)
    except OSError as error:  # the disk, or the pipe to the process that reads
        raise _disk_fault(source, store, error) from None
    finally:
        store.originals.drop(incoming)


def _settle(
    source: Path, incoming: Incoming, checked: _Checked, store: Store, dry_run: bool, by: str
) -> Receipt:
    """Store what nothing refuses; the receipt says what became of it."""
    if refuses(checked.problems):
        return _refused(source, incoming, checked, dry_run=dry_run)
    if dry_run:
        foreseen = store.foresee(_submission(source, incoming, checked))
        return _receipt(source, incoming, checked, acceptance=foreseen, dry_run=True)
    acceptance = _accept(source, incoming, checked, store, by)
    return _receipt(source, incoming, checked, acceptance=acceptance)


def _with_checked_copy(
    receipts: list[Receipt],
    several: list[_Checked],
    source: Path,
    content: Path,
    out: str | Path | None,
) -> tuple[Receipt, ...]:
    """The receipts, with the path of the one copy that says what to correct in the file."""
    who = next((one for one in several if one.reading.identity and one.pack), several[0])
    problems = tuple(problem for one in several for problem in one.reading.problems)
    first, *others = receipts
    first = write_checked_copy(
        first,
        incoming=content,
        source=source,
        out=Path(out) if out is not None else None,
        reading=replace(who.reading, problems=problems),
        pack=who.pack,
    )
    return (first, *others)


def _require_file(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise Mistake(
            f"There is no file {path}.", "Give the path of a returned workbook."
        ) from None
    except OSError as error:
        raise TanaError(
            f"{path} cannot be read ({error.strerror}).", "Check the rights of file and folder."
        ) from None
    if stat.S_ISDIR(mode):
        raise Mistake(
            f"{path} is a folder.", "Name the workbooks in it, for example with /*.xlsx behind it."
        )
    if not stat.S_ISREG(mode):
        raise Mistake(f"{path} is no ordinary file.", "Save the workbook as a file first.")
    if not os.access(path, os.R_OK):
        raise TanaError(f"{path} cannot be read.", "Check the rights of the file.")


def _take(source: Path, store: Store) -> Incoming:
    try:
        store.originals.sweep()
        return store.originals.take(source, limit=LIMITS.file)
    except OSError as error:
        raise _disk_fault(source, store, error) from None


def _disk_fault(source: Path, store: Store, error: OSError) -> StoreFault:
    return StoreFault(
        f"{source.name} could not be received into {store.originals.folder} "
        f"({error.strerror or type(error).__name__}).",
        "Nothing of it was stored. Mend the cause (disk space, rights) and run the command again.",
    )


def _content(incoming: Incoming, store: Store) -> Path:
    """Where the received bytes are now: still waiting, or kept."""
    return incoming.path if incoming.path.exists() else store.originals.path(incoming.sha256)


# --- checking ---------------------------------------------------------------------------------


def _check(
    incoming: Incoming, name: str, store: Store, pack: Pack | None, given: Given
) -> list[_Checked]:
    """What the file holds: one submission, or those of an export."""
    try:
        cells = read_cells(incoming.path, name)
    except Unreadable as refused:
        return _check_other(incoming, name, store, pack, given, refused)
    identity, faults = identify(cells)
    if identity is None and is_export(cells, given):
        return _check_rows(cells, name, store, pack, given)
    if identity is None:
        problems = tuple(fault.model_copy(update={"file": name}) for fault in faults)
        return [_Checked(Reading(None, (), problems, cells.sha256), None, problems)]
    return [_check_workbook(cells, identity, name, store, pack)]


def _check_other(
    incoming: Incoming, name: str, store: Store, pack: Pack | None, given: Given,
    refused: Unreadable,
) -> list[_Checked]:  # fmt: skip
    """A file that is no workbook: an export as CSV, or refused."""
    problems = refused.problems
    try:
        cells = cells_of_export(incoming.path, name, refused, given)
    except Unreadable as unreadable:
        cells, problems = None, unreadable.problems
    if cells is None:
        return [_Checked(Reading(None, (), problems), None, problems)]
    return _check_rows(cells, name, store, pack, given)


def _check_rows(
    cells: Cells, name: str, store: Store, pack: Pack | None, given: Given
) -> list[_Checked]:
    return [
        _Checked(reading, asked, reading.problems)
        for reading, asked in read_rows(cells, name, store, pack, given)
    ]


def _check_workbook(
    cells: Cells, identity: Identity, name: str, store: Store, pack: Pack | None
) -> _Checked:
    assessment, problems = _assessment_of(identity, name, store)
    pack = _pack_of(identity, assessment, store, pack)
    if pack is None:
        reading = Reading(identity, (), (_unknown_pack(identity, name),), cells.sha256)
    else:
        earlier = _earlier(identity, store, pack) if assessment is not None else ()
        reading = read_answers(cells, pack, name=name, earlier=earlier)
    if assessment is not None and pack is not None and reading.accepted:
        problems = (*problems, *of_earlier_version(assessment, pack, name))
    return _Checked(reading, pack, (*problems, *reading.problems))


def _earlier(identity: Identity, store: Store, pack: Pack) -> tuple[Answer, ...]:
    """What the institution answered in earlier returns, as answers to this version."""
    answers = answers_under(store, identity.iso3, identity.round, pack).answers
    return tuple(item for item in answers if item.institution == identity.institution)


def _assessment_of(
    identity: Identity, name: str, store: Store
) -> tuple[Assessment | None, tuple[Problem, ...]]:
    """The assessment a workbook belongs to, or why there is none."""
    if not known(identity.iso3):
        problem = Problem(
            code="unknown-country",
            severity=Severity.FILE,
            message=f"The workbook is for a country with the code {identity.iso3}, which is none.",
            remedy="Copy the answers into the workbook that was sent out and return that one.",
            file=name,
        )
        return None, (problem,)
    try:
        return store.assessment(identity.iso3, identity.round), ()
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


# --- storing ----------------------------------------------------------------------------------


def _submission(source: Path, incoming: Incoming, checked: _Checked) -> Submission:
    reading, identity = checked.reading, checked.reading.identity
    assert identity is not None  # a reading without one is refused
    return Submission(
        iso3=identity.iso3,
        round=identity.round,
        institution=identity.institution,
        workbook_sha256=incoming.sha256,
        answers=reading.answers,
        file_name=source.name,
        size=incoming.size,
        language=identity.language,
        tier=identity.tier.value,
        pack_version=identity.pack_version,
        sensitivity={
            question.name: question.sensitivity
            for question in (checked.pack.questions if checked.pack else ())
            if question.sensitivity is not Sensitivity.PUBLIC
        },
    )


def _accept(
    source: Path, incoming: Incoming, checked: _Checked, store: Store, by: str
) -> Acceptance:
    submission = _submission(source, incoming, checked)
    # another submission of the same file may have kept it
    if store.foresee(submission).new and incoming.path.exists():
        store.originals.keep(incoming)
    return store.accept(submission, by=by)


# --- telling ----------------------------------------------------------------------------------


def _refused(source: Path, incoming: Incoming, checked: _Checked, *, dry_run: bool) -> Receipt:
    receipt = _receipt(source, incoming, checked, dry_run=dry_run)
    return receipt.model_copy(update={"accepted": False})


def _receipt(
    source: Path,
    incoming: Incoming,
    checked: _Checked,
    *,
    acceptance: Acceptance | None = None,
    dry_run: bool = False,
) -> Receipt:
    identity = checked.reading.identity
    stored = None if dry_run else acceptance
    return Receipt(
        file=str(source),
        accepted=True,
        dry_run=dry_run,
        new=stored is not None and stored.new,
        version=stored.version if stored else None,
        stands=stored is not None and stored.stands,
        country=identity.iso3 if identity else "",
        round=identity.round if identity else "",
        institution=identity.institution if identity else "",
        language=identity.language if identity else "",
        workbook_sha256=incoming.sha256,
        answers=count_states(checked.reading.answers),
        problems=(*checked.problems, *_notes(source.name, stored)),
        changes=acceptance.changes if acceptance else (),
        taken_over=acceptance.taken_over if acceptance else (),
    )


def _notes(name: str, acceptance: Acceptance | None) -> tuple[Problem, ...]:
    if acceptance is None or acceptance.new:
        return ()
    if acceptance.stands:
        return (
            Problem(
                code="already-received",
                severity=Severity.NOTE,
                message=f"These answers of {acceptance.institution} are there already, as version "
                f"{acceptance.version}; nothing was stored.",
                remedy="Nothing has to be done.",
                file=name,
            ),
        )
    return (
        Problem(
            code="superseded",
            severity=Severity.NOTE,
            message=f"These answers of {acceptance.institution} are those of version "
            f"{acceptance.version}, which was corrected since; the correction stands.",
            remedy="To go back to them, withdraw the later version.",
            file=name,
        ),
    )
