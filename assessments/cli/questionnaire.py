"""`tana questionnaire`: build workbooks, and fill them for rehearsals."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessments.cli.output import AsJson, By, Round, human, print_json, say

app = typer.Typer(help="Build questionnaires in Excel; fill them from text.", no_args_is_help=True)


@app.command(
    epilog="Example: tana questionnaire build --country XAA --round 2026 --language fr --out out"
)
@human
def build(
    country: Annotated[str, typer.Option(help="ISO 3166-1 alpha-3 code.")],
    out: Annotated[Path, typer.Option(help="Folder for the workbooks.")],
    round_: Round = "2026",
    institution: Annotated[
        list[str] | None, typer.Option(help="Institution code; all respondents if not given.")
    ] = None,
    language: Annotated[
        str, typer.Option(help="Language code; the country's working language if not given.")
    ] = "",
    tier: Annotated[str, typer.Option(help="core, standard or deep.")] = "standard",
    reference_date: Annotated[
        str, typer.Option(help="The date that all counts use; today if not given.")
    ] = "",
    deadline: Annotated[str, typer.Option(help="Return by; six weeks from today.")] = "",
    pack: Annotated[str, typer.Option(help="A pack's id or folder.")] = "cooperation",
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Write one workbook for each institution and open the assessment."""
    from assessments.cli.arguments import day, known_country, known_round
    from flows.build_questionnaires import build_questionnaires

    made = build_questionnaires(
        known_country(country),
        known_round(round_),
        out,
        institutions=tuple(institution or ()),
        language=language,
        tier=tier,
        reference_date=day(reference_date, "--reference-date") if reference_date else None,
        deadline=day(deadline, "--deadline") if deadline else None,
        pack=pack,
        by=by,
    )
    if as_json:
        print_json({"workbooks": [str(path) for path in made]})
        return
    for path in made:
        say(str(path))


@app.command(epilog="Example: tana questionnaire fill --answers CA.csv XAA_2026_CA.xlsx")
@human
def fill(
    workbook: Annotated[Path, typer.Argument(help="A workbook made by `build`.")],
    answers: Annotated[Path, typer.Option(help="CSV of answers: see questionnaires/examples.")],
    out: Annotated[
        Path | None, typer.Option(help="Where to write; WORKBOOK.filled.xlsx if not given.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Fill a workbook from text, for rehearsals and tests."""
    from assessments.workbook.fill import fill_workbook

    target = out or workbook.with_suffix(".filled.xlsx")
    fill_workbook(workbook, answers, target)
    if as_json:
        print_json({"workbook": str(target)})
    else:
        say(str(target))
