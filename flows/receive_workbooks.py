"""Receive returned workbooks: check each, keep the good ones, say what to correct in the others."""

from __future__ import annotations

from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.schemas.objects import State
from prefect.task_runners import ThreadPoolTaskRunner

from assessments.errors import StoreFault, TanaError
from assessments.intake import Receipt, receive_all
from assessments.settings import read_settings
from assessments.store import open_store
from flows.progress import tell

_AT_ONCE = 2  # each file is read in a process of its own


def _worth_retrying(_task: object, _run: object, state: State[tuple[Receipt, ...]]) -> bool:
    """A busy or absent database may answer later; a refused file never will be better."""
    try:
        state.result()
    except (StoreFault, OSError):
        return True
    except TanaError:
        return False
    return False


@task(
    name="receive a workbook",
    task_run_name="receive {name}",
    retries=2,
    retry_delay_seconds=1,
    retry_condition_fn=_worth_retrying,
    persist_result=False,
)
def receive_one(
    path: Path, name: str, dry_run: bool, by: str, checked_in: Path | None
) -> tuple[Receipt, ...]:
    """Check one file and store its answers; safe to repeat, because the same file is kept once."""
    settings = read_settings()
    with open_store(settings) as store:
        receipts = receive_all(path, store, settings, dry_run=dry_run, by=by, out=checked_in)
    for receipt in receipts:
        outcome = "accepted" if receipt.accepted else "refused"
        remarks = len(receipt.problems)
        tell(f"{name}: {outcome}, {remarks} remark{'' if remarks == 1 else 's'}")
    return receipts


@flow(
    name="receive_workbooks",
    task_runner=ThreadPoolTaskRunner(max_workers=_AT_ONCE),  # type: ignore[arg-type]
    persist_result=False,
    validate_parameters=False,
)
def receive_workbooks(
    files: list[Path],
    dry_run: bool = False,
    by: str = "",
    checked_in: Path | None = None,
) -> list[Receipt]:
    """Check workbooks and store what is good. One refused file never holds up the others.

    `checked_in` is the folder for the copies that say what to correct; beside each file where it
    is not given.
    """
    futures = [receive_one.submit(path, path.name, dry_run, by, checked_in) for path in files]
    receipts = [receipt for future in futures for receipt in future.result()]
    _tell_officer(receipts)
    return receipts


def _tell_officer(receipts: list[Receipt]) -> None:
    create_table_artifact(
        key="received-workbooks",
        description="Workbooks received, and what came of each",
        table=[
            {
                "file": Path(receipt.file).name,
                "country": receipt.country,
                "round": receipt.round,
                "institution": receipt.institution,
                "outcome": "accepted" if receipt.accepted else "refused",
                "version": receipt.version,
                "to correct": len(receipt.problems),
            }
            for receipt in receipts
        ],
    )
    refused = [
        f"- **{Path(receipt.file).name}**: {problem.message} {problem.remedy}"
        for receipt in receipts
        if not receipt.accepted
        for problem in receipt.problems[:3]
    ]
    if refused:
        create_markdown_artifact(
            key="refused-workbooks",
            markdown="# Refused workbooks\n\nNothing of these was stored.\n\n" + "\n".join(refused),
        )
