"""`tana approve`: a named person approves the run that stands."""

from __future__ import annotations

from typing import Annotated

import typer

from assessments.cli.output import AsJson, Round, dump, human, print_json, say


def add_to(app: typer.Typer) -> None:
    """Make the command known."""
    app.command(epilog="Example: tana approve XAA --round 2026 --by 'Head of unit'")(approve)


@human
def approve(
    country: Annotated[str, typer.Argument(metavar="ISO3")],
    by: Annotated[str, typer.Option("--by", help="Who approves.")],
    round_: Round = "2026",
    note: Annotated[str, typer.Option(help="A remark to keep with the approval.")] = "",
    as_json: AsJson = False,
) -> None:
    """Approve the run that stands. Any later change of an answer, method or pack voids it."""
    from assessments.cli.arguments import known_country
    from assessments.store import open_store
    from flows.still_holds import approve_run

    with open_store() as store:
        code = known_country(country)
        approval = approve_run(store, code, round_, by=by, note=note)
    if as_json:
        print_json(dump(approval))
    else:
        say(f"{code} {round_}: run {approval.run[:12]} approved by {approval.name}.")
