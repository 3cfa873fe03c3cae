"""`tana status`: where every assessment stands."""

from __future__ import annotations

import typer

from assessments.cli.output import AsJson, dump, human, print_json, print_table, say


def add_to(app: typer.Typer) -> None:
    """Make the command known."""
    app.command(epilog="Example: tana status --json")(status)


@human
def status(as_json: AsJson = False) -> None:
    """List every assessment: who answered, coverage, run and approval."""
    from assessments.settings import read_settings
    from assessments.store import open_store
    from flows.standing import standing
    from flows.under_way import under_way

    with open_store() as store:
        lines = standing(store)
    runs = under_way(read_settings().prefect)
    if as_json:
        print_json({"assessments": dump(lines), "runs": dump(runs)})
        return
    for run in runs:
        said = "is under way" if run.alive else "died: start it again, what was done is kept"
        say(f"{run.flow} {run.name} {said}")
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
