"""`tana db`: keep the store: upgrade, verify, backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessments.cli.output import AsJson, dump, human, print_json, say

app = typer.Typer(help="Upgrade, verify, back up and restore the store.", no_args_is_help=True)


@app.command(epilog="Example: tana db upgrade")
@human
def upgrade(as_json: AsJson = False) -> None:
    """Bring the store to this version of tana (SQLite stores are upgraded at first use anyway)."""
    from assessments.store import upgrade_store

    revision = upgrade_store()
    if as_json:
        print_json({"revision": revision})
    else:
        say(f"The store is at revision {revision}.")


@app.command(epilog="Example: tana db verify --json")
@human
def verify(as_json: AsJson = False) -> None:
    """Recompute digests, audit chain, originals and counts; name the first thing that fails."""
    from assessments.store import open_store

    with open_store() as store:
        found = store.verify()
    if as_json:
        print_json(dump(found))
    elif found.ok:
        say(
            f"Holds: {found.entries} audit entries, {found.answers} answers, "
            f"{found.originals} originals."
        )
    else:
        say(f"Does not hold: {found.first_fault}")
    if not found.ok:
        raise typer.Exit(1)


@app.command(epilog="Example: tana db backup backups/2026-11-23")
@human
def backup(
    target: Annotated[Path, typer.Argument(help="Where to write the backup.")],
    as_json: AsJson = False,
) -> None:
    """Write a consistent copy of the store and its originals, also while others ingest."""
    from assessments.store import open_store

    with open_store() as store:
        originals = store.backup(target)
    if as_json:
        print_json({"backup": str(target), "originals": originals})
    else:
        say(f"Backup written: {target} ({originals} originals)")


@app.command(epilog="Example: tana db restore backups/2026-11-23 --overwrite")
@human
def restore(
    source: Annotated[Path, typer.Argument(help="A backup made by `tana db backup`.")],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace what is in the store now.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Put a backup back; refuses where the store holds something, unless told to overwrite."""
    from assessments.store import open_store

    with open_store() as store:
        found = store.restore(source, overwrite=overwrite)
    if as_json:
        print_json(dump(found))
    else:
        say(f"Restored: {found.answers} answers, {found.originals} originals.")
