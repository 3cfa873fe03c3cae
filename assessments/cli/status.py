"""`tana status`: where every assessment stands."""

from __future__ import annotations

import typer

from assessments.cli.output import AsJson, human, print_json, print_table, say


def add_to(app: typer.Typer) -> None:
    """Make the command known."""
    app.command(epilog="Example: tana status --json")(status)


@human
def status(as_json: AsJson = False) -> None:
    """List every assessment: who answered, coverage, run and approval."""
    from assessments.store import open_store
    from flows.standing import standing

    with open_store() as store:
        lines = standing(store)
    if as_json:
        print_json({"assessments": [line.model_dump(mode="json") for line in lines]})
        return
    if not lines:
        say("No assessment yet. Try `tana demo`, or open one with `tana questionnaire build`.")
        return
    print_table(
        ("country", "round", "answered", "silent", "coverage", "run", "approval"),
        (
            (
                line.iso3,
                line.round,
                " ".join(line.answered) or "nobody yet",
                " ".join(line.silent) or "none",
                "" if line.coverage is None else f"{line.coverage:.0%}",
                line.run_state,
                line.approval,
            )
            for line in lines
        ),
    )
