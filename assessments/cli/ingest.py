"""`tana ingest`: take in returned workbooks."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Annotated

import typer

from assessments.cli.output import AsJson, By, counted, dump, human, print_json, say

SWITCH_SECONDS = 0.001  # until another thread of the command has its turn; Python's own is 0.005
_SHOWN_CHANGES = 20
# what was answered is not printed: a terminal's history is no place for confidential answers
_CHANGED = {
    "added": "answered now",
    "removed": "no longer answered",
    "value": "another answer",
    "state": "another state",
    "evidence": "other evidence",
    "comment": "another comment",
}


def add_to(app: typer.Typer) -> None:
    """Make the command known."""
    app.command(epilog="Example: tana ingest returned/*.xlsx --by 'registry'")(ingest)


@human
def ingest(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Returned workbooks, exports of KoboToolbox or ODK, judgements, decisions."
        ),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only, store nothing.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for the .checked.xlsx copies; beside each file if not given."),
    ] = None,
    country: Annotated[str, typer.Option(help="Of an export that does not say it.")] = "",
    round_: Annotated[str, typer.Option("--round", help="Of an export that does not say it.")] = "",
    institution: Annotated[str, typer.Option(help="Of an export that does not say it.")] = "",
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Check returned workbooks, store the good answers, say what to correct.

    A file exported from KoboToolbox or ODK (Excel, CSV, or a zip of CSV files) holds one submission
    a row; each is told by itself.

    Where cells have to be corrected, FILE.checked.xlsx holds a copy with a note on each.
    Exit status 1 where anything has to be mended.
    """
    from assessments.cli.arguments import existing_files, known_country, known_round

    existing_files(files)
    from assessments.untrusted.early import read_early

    read_early(files[0])  # first of all: it is read while we load our libraries
    from assessments.intake import receive_files
    from assessments.settings import read_settings
    from assessments.store import open_store
    from assessments.workbook.xlsform.submissions import Given
    from flows.responses import printed_form

    given = Given(
        known_country(country) if country else "",
        known_round(round_) if round_ else "",
        institution,
    )
    settings = read_settings()
    receipts = []
    # files are read while others are checked: who hands over the next one need not wait long
    sys.setswitchinterval(SWITCH_SECONDS)
    with open_store(settings) as store:
        chosen = _without_our_copies(files, as_json)
        received = receive_files(
            chosen, store, dry_run=dry_run, by=by, out=out, given=given, form_of=printed_form
        )
        for file, several in zip(chosen, received, strict=True):
            for receipt in several:
                receipts.append(receipt)
                if not as_json:
                    _tell(file, receipt)
            if file == chosen[0]:  # pack and texts are loaded and stay: not to be looked over again
                gc.freeze()
    if as_json:
        documents = [dump(receipt) for receipt in receipts]
        print_json(documents[0] if len(documents) == 1 else {"files": documents})
    status = max(receipt.exit_status for receipt in receipts)
    if status:
        raise typer.Exit(status)


def _without_our_copies(files: list[Path], as_json: bool) -> list[Path]:
    """Among several files, leave out the copies that say what to correct: a glob finds them too."""
    from assessments.workbook.annotate import CHECKED

    if len(files) == 1:
        return files
    kept = [file for file in files if not file.name.endswith(CHECKED)]
    if len(kept) < len(files) and not as_json:
        say(f"{len(files) - len(kept)} *{CHECKED} left out: they are our copies, not returns")
    return kept or files


def _tell(file: Path, receipt: object) -> None:
    from assessments.intake import Receipt

    assert isinstance(receipt, Receipt)
    if not receipt.accepted:
        say(f"{file.name}: refused, nothing was stored")
    elif receipt.dry_run:
        say(
            f"{file.name}: checked only; it would be accepted for {receipt.country} "
            f"{receipt.round} {receipt.institution}"
        )
    elif receipt.new:
        say(
            f"{file.name}: accepted, {receipt.country} {receipt.round} {receipt.institution} "
            f"version {receipt.version}"
        )
    else:
        say(f"{file.name}: these answers were there already, nothing was stored")
    if receipt.taken_over:
        versions = sorted({item.version for item in receipt.taken_over})
        names = ", ".join(item.question for item in receipt.taken_over[:8])
        more = " …" if len(receipt.taken_over) > 8 else ""
        say(
            f"  {counted(len(receipt.taken_over), 'answer')} kept of version "
            f"{', '.join(map(str, versions))}, left blank or not asked here: {names}{more}"
        )
    if receipt.changes:
        say(f"  {counted(len(receipt.changes), 'answer')} unlike before:")
        for change in receipt.changes[:_SHOWN_CHANGES]:
            say(f"    {change.question} ({change.cell}): {_CHANGED[change.kind]}")
        if len(receipt.changes) > _SHOWN_CHANGES:
            say(f"    and {len(receipt.changes) - _SHOWN_CHANGES} more: all with --json")
    for problem in receipt.problems:
        say(f"  {problem}")
    if receipt.checked_file:
        say(f"  What to correct: {receipt.checked_file}")
