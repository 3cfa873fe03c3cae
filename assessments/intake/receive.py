"""Receive a file: check everything, then store all of it or nothing, once.

The file is first copied, byte for byte, into a private place: what is hashed, checked and kept is
that copy, whatever happens to the file meanwhile. A refused file leaves neither copy nor row. An
accepted one is renamed to its SHA-256 and forced to the disk before the transaction that refers to
it. When a process is killed in between, a copy without a row may stay; running the same command
again completes it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from pathlib import Path

from assessments.errors import Mistake, Overtaken
from assessments.intake.checked import write_checked_copy
from assessments.intake.checking import check
from assessments.intake.completing import Checked, read_again, read_as_before
from assessments.intake.discretion import discreet
from assessments.intake.receipt import Receipt, count_states
from assessments.intake.responses import FormOf
from assessments.intake.taking import Taken, disk_fault, take_in
from assessments.pack.model import Pack
from assessments.problems import Problem, Severity, refuses
from assessments.results import Sensitivity
from assessments.settings import Settings
from assessments.store import Acceptance, Incoming, Store, Submission
from assessments.workbook.xlsform.submissions import Given

_READ_AHEAD = 3  # files: two cores are then busy while one is checked; with more they would wait


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
    form_of: FormOf | None = None,
) -> tuple[Receipt, ...]:
    """Check a file and, where nothing refuses it, store its answers once.

    A workbook is one submission; a file exported from KoboToolbox or ODK has one for each
    institution, and one that is refused does not hold up the others. `given` says for which
    country, round and institution such a file is where it does not say so itself.
    `form_of` tells what a report states now; without it a Government's response is refused.

    Problems are in the receipt, all at once. Where there are any, `FILE.checked.xlsx` is written
    beside the file, or into `out`. `pack` is only needed for a pack the store does not know of;
    `settings` may be left out, since the store knows its places.
    Raises Mistake where the path names no file, TanaError where it cannot be read, StoreFault
    where the store or its disk does not do what is asked; the store is then as before.
    """
    taken = take_in(Path(path), store)
    return _receipts(
        taken, store, dry_run=dry_run, by=by, out=out, pack=pack, given=given, form_of=form_of
    )


def receive_files(
    paths: Iterable[str | Path],
    store: Store,
    *,
    dry_run: bool = False,
    by: str = "",
    out: str | Path | None = None,
    given: Given | None = None,
    form_of: FormOf | None = None,
) -> Iterator[tuple[Receipt, ...]]:
    """As `receive_all` for one file after the other; the next are read while one is stored.

    What is stored, and in which order, is the same. Raises as `receive_all` does, at the file
    concerned: those before it are stored, those behind it are not.
    """
    waiting = iter(paths)
    ahead: deque[Future[Taken]] = deque()
    with ThreadPoolExecutor(_READ_AHEAD) as readers:
        try:
            while True:
                for path in islice(waiting, _READ_AHEAD - len(ahead)):
                    ahead.append(readers.submit(take_in, Path(path), store))
                if not ahead:
                    return
                taken = ahead.popleft().result()
                yield _receipts(
                    taken, store, dry_run=dry_run, by=by, out=out, given=given, form_of=form_of
                )
        finally:
            for future in ahead:  # where something was raised, or nobody listens any more
                if not future.cancel() and future.exception() is None:
                    store.originals.drop(future.result().incoming)


def _receipts(
    taken: Taken,
    store: Store,
    *,
    dry_run: bool,
    by: str,
    out: str | Path | None,
    pack: Pack | None = None,
    given: Given | None = None,
    form_of: FormOf | None = None,
) -> tuple[Receipt, ...]:
    """Check what was read, and store all of each submission or nothing."""
    source, incoming = taken.source, taken.incoming
    try:
        several = check(taken, store, pack, given or Given(), form_of)
        settled = [_settle(source, incoming, one, store, dry_run, by) for one in several]
        return _with_checked_copy(settled, source, _content(incoming, store), out)
    except OSError as error:
        raise disk_fault(source, store, error) from None
    finally:
        store.originals.drop(incoming)


def _settle(
    source: Path, incoming: Incoming, checked: Checked, store: Store, dry_run: bool, by: str
) -> tuple[Checked, Receipt]:
    """Store what nothing refuses; the receipt says what became of it."""
    while True:  # ends: each time round, another return of the institution was stored
        if refuses(checked.problems):
            return checked, _refused(source, incoming, checked, dry_run=dry_run)
        try:
            checked, foreseen = _foreseen(source, incoming, checked, store)
            if dry_run:
                acceptance = foreseen
            else:
                acceptance = _accept(source, incoming, checked, store, by, foreseen)
        except Overtaken:
            checked = read_again(store, checked)
            continue
        receipt = _receipt(source, incoming, checked, acceptance=acceptance, dry_run=dry_run)
        return checked, receipt


def _foreseen(
    source: Path, incoming: Incoming, checked: Checked, store: Store
) -> tuple[Checked, Acceptance]:
    """What would become of it; a copy of what was received before reads as it did then."""
    foreseen = store.foresee(_submission(source, incoming, checked))
    if foreseen.new:
        for then in read_as_before(store, checked):
            known = store.foresee(_submission(source, incoming, then))
            if not known.new:
                return then, known
    return checked, foreseen


def _with_checked_copy(
    settled: list[tuple[Checked, Receipt]],
    source: Path,
    content: Path,
    out: str | Path | None,
) -> tuple[Receipt, ...]:
    """The receipts, with the path of the one copy that says what to correct in the file."""
    several = [checked for checked, _ in settled]
    who = next((one for one in several if one.reading.identity and one.pack), several[0])
    problems = tuple(problem for one in several for problem in one.reading.problems)
    first, *others = (receipt for _, receipt in settled)
    first = write_checked_copy(
        first,
        incoming=content,
        source=source,
        out=Path(out) if out is not None else None,
        reading=replace(who.reading, problems=problems),
        pack=who.pack,
    )
    return (first, *others)


def _content(incoming: Incoming, store: Store) -> Path:
    """Where the received bytes are now: still waiting, or kept."""
    return incoming.path if incoming.path.exists() else store.originals.path(incoming.sha256)


# --- storing ----------------------------------------------------------------------------------


def _submission(source: Path, incoming: Incoming, checked: Checked) -> Submission:
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
        }
        | dict(checked.sensitivity),
        completes=checked.completes,
    )


def _accept(
    source: Path, incoming: Incoming, checked: Checked, store: Store, by: str, foreseen: Acceptance
) -> Acceptance:
    # another submission of the same file may have kept it
    if foreseen.new and incoming.path.exists():
        store.originals.keep(incoming)
    return store.accept(_submission(source, incoming, checked), by=by)


# --- telling ----------------------------------------------------------------------------------


def _refused(source: Path, incoming: Incoming, checked: Checked, *, dry_run: bool) -> Receipt:
    receipt = _receipt(source, incoming, checked, dry_run=dry_run)
    return receipt.model_copy(update={"accepted": False})


def _receipt(
    source: Path,
    incoming: Incoming,
    checked: Checked,
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
        problems=(*discreet(checked.problems, checked.pack), *_notes(source.name, stored)),
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
