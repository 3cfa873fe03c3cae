"""`tana export`: results for other programs."""

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
    round_: Round = "",
    to: Annotated[str, typer.Option("--to", help="csv, parquet, xlsx, iati or response")] = "csv",
    restricted: Annotated[
        bool, typer.Option("--restricted", help="Include restricted and confidential values.")
    ] = False,
    start: Annotated[
        str,
        typer.Option(
            help="First day of the project in an IATI file, such as 2027-03-01; the January "
            "after the round if not given."
        ),
    ] = "",
    language: Annotated[
        str,
        typer.Option(
            help="Of the annex (English if not given) or the response (the country's own)."
        ),
    ] = "",
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Write tables with a data dictionary (csv, parquet), the Excel annex with live formulas
    (xlsx), the design as IATI activity file, or
    the workbook in which the Government responds to the report (response).

    Cells that look like formulas are quoted. Who reports to IATI stands in tana.toml (iati_ref,
    iati_name, iati_type).
    """
    from assessments.cli.arguments import day, known_country
    from assessments.settings import read_settings
    from flows.choose import chosen_round
    from flows.export_tables import export_tables

    first = day(start, "--start") if start else None
    code = known_country(country)
    round_ = chosen_round(code, round_)
    files = export_tables(
        code, round_, to, out, restricted=restricted, by=by, start=first, language=language
    )
    if to == "iati" and not read_settings().iati.named:
        typer.echo("Not for publication yet: set iati_ref and iati_name in tana.toml.", err=True)
    if as_json:
        print_json({"files": [str(path) for path in files]})
        return
    for path in files:
        say(str(path))
