"""`tana demo`: the whole job on four fictional countries."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessments.cli.output import AsJson, human, print_json, say


def add_to(app: typer.Typer) -> None:
    """Make the command known."""
    app.command(
        epilog="Example: tana demo --out ./demo-reports",
    )(demo)


@human
def demo(
    out: Annotated[
        Path | None, typer.Option(help="Folder for the reports; TANA_HOME/reports if not given.")
    ] = None,
    if_missing: Annotated[
        bool, typer.Option("--if-missing", help="Do nothing where the demo has run already.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take four fictional countries from Excel questionnaires to Word reports.

    Builds and fills the workbooks, ingests them as if they had come by mail, assesses, designs a
    project for each country and writes its report. Refuses where the store holds other countries.
    """
    from assessments.settings import read_settings
    from flows.examples import already_there, refuse_beside_real_work
    from flows.prefect_home import settle_prefect
    from flows.prefect_server import start_server

    settings = read_settings()
    if if_missing and already_there(settings):
        if as_json:
            print_json({"already_there": True})
        else:
            say("The demo is there already.")
        return
    refuse_beside_real_work(settings)
    settle_prefect(settings)
    server_answers = start_server(settings.prefect)
    from flows.demo import run_demo

    result = run_demo(settings, out, server_answers)
    if as_json:
        print_json(result.model_dump(mode="json"))
        return
    say()
    say("Reports:")
    for country in result.countries:
        say(
            f"  {country.iso3}  {country.report}  "
            f"({country.answers} answers, coverage {country.coverage:.0%})"
        )
    say()
    say("What to try next:")
    example = result.countries[0]
    say("  tana status")
    say(f"  tana trace {result.example_id}")
    say(f"  tana assess {example.iso3} --round {example.round}      (nothing to recompute)")
    say("  tana design XAA XAB --compare --round 2026")
    say("  make lab")
