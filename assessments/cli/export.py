"""`tana export`: answers and scores as tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessments.cli.output import AsJson, By, Round, human, print_json, say


def add_to(app: typer.Typer) -> None:
    """Make the command known."""
    app.command(epilog="Example: tana export XAA --round 2026 --to csv --out out")(export)


@human
def export(
    country: Annotated[str, typer.Argument(metavar="ISO3")],
    out: Annotated[Path, typer.Option(help="Folder for the files.")],
    round_: Round = "2026",
    to: Annotated[str, typer.Option("--to", help="csv")] = "csv",
    restricted: Annotated[
        bool, typer.Option("--restricted", help="Include restricted and confidential values.")
    ] = False,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Write answers, scores, gaps and budget as CSV; cells that look like formulas are quoted."""
    from assessments.cli.arguments import known_country
    from flows.export_tables import export_tables

    files = export_tables(known_country(country), round_, to, out, restricted=restricted, by=by)
    if as_json:
        print_json({"files": [str(path) for path in files]})
        return
    for path in files:
        say(str(path))
