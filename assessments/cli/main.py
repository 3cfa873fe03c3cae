"""`tana`: the command of programme officers. Every subcommand has help with an example."""

import typer

from assessments.cli import (
    approve,
    assess,
    assessment,
    database,
    demo,
    design,
    evidence,
    export,
    ingest,
    method,
    mission,
    pack,
    questionnaire,
    report,
    serve,
    status,
    trace,
)

app = typer.Typer(
    name="tana",
    help="Technical assistance needs assessment: from Excel questionnaires to a project "
    "a country recognizes as its own.",
    epilog="Start with: tana demo. Every command has --help with an example, and --json.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for module in (demo, ingest, assess, status, design, report, approve, trace, export, serve):
    module.add_to(app)
for module, name in (
    (pack, "pack"),
    (questionnaire, "questionnaire"),
    (assessment, "assessment"),
    (evidence, "evidence"),
    (method, "method"),
    (database, "db"),
):
    app.add_typer(module.app, name=name)
mission.add_to(questionnaire.app)


def run() -> None:
    """The entry point of the `tana` command."""
    app()
