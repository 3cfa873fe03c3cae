"""Receive returned workbooks: check each, keep the good ones, say what to correct in the others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from prefect import flow
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.task_runners import ThreadPoolTaskRunner

from assessments.errors import RunFailed, TanaError
from assessments.intake import Receipt, receive_all
from assessments.problems import Severity
from assessments.settings import read_settings
from assessments.store import open_store
from flows.inbox import Inbox, LeftAlone
from flows.progress import tell
from flows.progress_bar import Progress
from flows.responses import printed_form
from flows.retrying import patient
from flows.run_story import tell_standing
from flows.under_way import known_to_run

_AT_ONCE = 2  # each file is read in a process of its own


@patient("receive a workbook", "receive {name}")
def receive_one(
    path: Path, name: str, dry_run: bool, by: str, checked_in: Path | None
) -> tuple[Receipt, ...]:
    """Check one file and store its answers; safe to repeat, because the same file is kept once."""
    settings = read_settings()
    with open_store(settings) as store:
        receipts = receive_all(
            path, store, settings, dry_run=dry_run, by=by, out=checked_in, form_of=printed_form
        )
    for receipt in receipts:
        outcome = "accepted" if receipt.accepted else "refused"
        remarks = len(receipt.problems)
        tell(f"{name}: {outcome}, {remarks} remark{'' if remarks == 1 else 's'}")
    return receipts


def _named() -> str:
    """The name of a run; called by Prefect."""
    from prefect.runtime import flow_run

    files = flow_run.parameters.get("files")
    if files is None:
        return f"Inbox {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    return f"{len(files)} file{'' if len(files) == 1 else 's'}"


@flow(
    name="receive_workbooks",
    flow_run_name=_named,
    task_runner=ThreadPoolTaskRunner(max_workers=_AT_ONCE),  # type: ignore[arg-type]
    persist_result=False,
    validate_parameters=False,
)
def receive_workbooks(
    files: Sequence[Path] | None = None,
    dry_run: bool = False,
    by: str = "",
    checked_in: Path | None = None,
) -> list[Receipt]:
    """Check workbooks and store what is good. One refused file never holds up the others.

    Without `files`, what lies in the inbox. `checked_in` is the folder for the copies that say what
    to correct; beside each file where it is not given. Raises RunFailed after all others are done,
    naming each file that could not be received and why; it stays where it is.
    """
    with known_to_run():
        if files is not None:
            receipts, failed = _receive(list(files), dry_run, by, checked_in)
            _tell_officer(receipts, [])
            _raise(failed)
            return _all(receipts)
        return _receive_inbox(by)


def _receive_inbox(by: str) -> list[Receipt]:
    with Inbox.held(read_settings().inbox_folder) as inbox:
        if inbox is None:
            tell("Another run is at the inbox; nothing to do here")
            return []
        files, left = inbox.take()
        receipts, failed = _receive(files, False, by or "inbox", inbox.to_send_back)
        for path, of_file in receipts.items():
            # An export holds several submissions; what was refused of it has to come again.
            refused = [receipt for receipt in of_file if not receipt.accepted]
            if refused:
                problems = [str(problem) for receipt in refused for problem in receipt.problems]
                inbox.refused(path, "\n".join(problems) + "\n")
            else:
                inbox.accepted(path)
    if receipts or left:
        _tell_officer(receipts, left)
    _raise(failed)
    tell(f"Inbox: {len(receipts)} files read, {len(left)} left alone")
    return _all(receipts)


Receipts = dict[Path, tuple[Receipt, ...]]


def _all(receipts: Receipts) -> list[Receipt]:
    return [receipt for of_file in receipts.values() for receipt in of_file]


def _receive(
    files: list[Path], dry_run: bool, by: str, checked_in: Path | None
) -> tuple[Receipts, dict[Path, TanaError]]:
    futures = {path: receive_one.submit(path, path.name, dry_run, by, checked_in) for path in files}
    receipts: Receipts = {}
    failed: dict[Path, TanaError] = {}
    progress = Progress(len(files), f"{len(files)} workbooks: read") if len(files) > 1 else None
    for path, future in futures.items():
        try:
            receipts[path] = future.result()
        except TanaError as error:
            failed[path] = error
        if progress:
            progress.step()
    return receipts, failed


def _raise(failed: dict[Path, TanaError]) -> None:
    if len(failed) == 1:
        raise next(iter(failed.values()))
    if failed:
        raise RunFailed(
            "; ".join(f"{path.name}: {error.message}" for path, error in failed.items()),
            next(iter(failed.values())).remedy,
        )


def _tell_officer(receipts: Receipts, left: list[LeftAlone]) -> None:
    create_table_artifact(
        key="received-workbooks",
        description="Workbooks received, and what came of each",
        table=[_line(path, receipt) for path, of_file in receipts.items() for receipt in of_file]
        + [{"file": item.name, "outcome": f"left alone: it {item.because}"} for item in left],
    )
    refused = [
        f"- **{path.name}**: {problem.message} {problem.remedy}"
        for path, of_file in receipts.items()
        for receipt in of_file
        if not receipt.accepted
        for problem in receipt.problems
        if problem.severity is Severity.FILE  # what is wrong with a cell may quote its answer
    ]
    if refused:
        create_markdown_artifact(
            key="refused-workbooks",
            description="Why workbooks were refused",
            markdown="# Refused workbooks\n\nNothing of these was stored.\n\n" + "\n".join(refused),
        )
    if any(receipt.new for receipt in _all(receipts)):
        tell_standing()


def _line(path: Path, receipt: Receipt) -> dict[str, object]:
    if not receipt.accepted:
        outcome = "refused"
    elif receipt.dry_run:
        outcome = "checked only"
    else:
        outcome = "accepted" if receipt.new else "was there already"
    return {
        "file": path.name,
        "country": receipt.country,
        "round": receipt.round,
        "institution": receipt.institution,
        "outcome": outcome,
        "version": receipt.version,
        "to correct": len(receipt.problems),
        "what to send back": Path(receipt.checked_file).name if receipt.checked_file else "",
    }
