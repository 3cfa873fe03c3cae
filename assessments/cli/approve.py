"""`tana approve`: a named person approves the run that stands."""

from __future__ import annotations

from pathlib import Path
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
    round_: Round = "",
    out: Annotated[
        Path | None, typer.Option(help="Folder of the report; TANA_HOME/reports if not given.")
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the report.")] = "en",
    note: Annotated[str, typer.Option(help="A remark to keep with the approval.")] = "",
    as_json: AsJson = False,
) -> None:
    """Approve the run that stands and write its report without DRAFT.

    Recorded are the name, the time and the run. Any later change of an answer, method or pack
    voids the approval.
    """
    from assessments.cli.arguments import known_country
    from flows.choose import chosen_round
    from flows.publish import publish

    code = known_country(country)
    round_ = chosen_round(code, round_)
    published = publish(code, round_, by=by, note=note, out=out, language=language)
    if as_json:
        print_json({**dump(published.approval), "reports": list(published.reports)})
        return
    approval = published.approval
    say(f"{code} {round_}: run {approval.run[:12]} approved by {approval.name}.")
    for report in published.reports:
        say(f"  {report}")
