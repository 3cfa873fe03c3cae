"""`tana report`: write a country's report or the view of a region, or check an edited template."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessments.cli.output import AsJson, By, Round, human, print_json, say
from assessments.errors import Mistake

CHECK_TEMPLATE = "check-template"


def add_to(app: typer.Typer) -> None:
    """Make the command known."""
    app.command(
        epilog="Examples: tana report XAA --round 2026 --out reports; "
        "tana report XAA --template country_brief --pdf --out reports; "
        "tana report XAA XAB XAC --language fr --out reports; "
        "tana report check-template my_template.docx",
    )(report)


@human
def report(
    what: Annotated[
        list[str], typer.Argument(metavar="ISO3 [ISO3 ...] | check-template FILE.docx")
    ],
    round_: Round = "",
    out: Annotated[
        Path | None, typer.Option(help="Folder; TANA_HOME/reports if not given.")
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the report.")] = "en",
    restricted: Annotated[
        bool, typer.Option("--restricted", help="Include restricted and confidential answers.")
    ] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Also as PDF (needs LibreOffice).")] = False,
    template: Annotated[
        Path | None,
        typer.Option(
            help="needs_assessment (findings alone), country_brief (two pages), or a Word template "
            "of your own, checked first."
        ),
    ] = None,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Write the Word report of the run that stands; DRAFT until it is approved.

    Two or more countries: what cooperation between them rests on, and what they could do together,
    from their public answers alone.
    """
    if what[0] == CHECK_TEMPLATE:
        _check_template(what[1:], as_json)
        return
    from assessments.cli.arguments import known_country
    from assessments.settings import read_settings
    from flows.choose import chosen_round, common_round
    from flows.write_region import write_region_report
    from flows.write_reports import write_country_report

    if named := next((name for name in what if name.endswith(".docx")), ""):
        raise Mistake(
            f"{named} stands where a country is expected.",
            "Use --template FILE.docx, or: tana report check-template FILE.docx",
        )
    codes = list(dict.fromkeys(map(known_country, what)))
    folder = out or read_settings().reports
    if len(codes) > 1:
        if restricted:
            raise Mistake(
                "The view of a region has no restricted version: what one State answered in "
                "confidence is not for the others.",
                "Leave out --restricted; `tana design XAA XAB --corridors` shows an officer all.",
            )
        made = write_region_report(
            codes,
            common_round(codes, round_),
            folder,
            language=language,
            pdf=pdf,
            template=_chosen(template),
            by=by,
        )
    else:
        made = write_country_report(
            codes[0],
            chosen_round(codes[0], round_),
            folder,
            language=language,
            restricted=restricted,
            pdf=pdf,
            template=_chosen(template),
            by=by,
        )
    if not made.contents:
        typer.echo(
            "LibreOffice may not run macros here, so the PDF's table of contents has no page "
            "numbers; open the Word file and update its fields for a PDF that has.",
            err=True,
        )
    if as_json:
        pdf_file = str(made.pdf) if made.pdf else None
        print_json({"report": str(made.docx), "pdf": pdf_file, "contents": made.contents})
        return
    say(str(made.docx))
    if made.pdf:
        say(str(made.pdf))


def _chosen(template: Path | None) -> Path | None:
    """The template of that name that the house has, or the file."""
    from assessments.report.write import house_template

    if template is None or template.suffix or template.parent != Path():
        return template
    ours = house_template(template.name)
    if not ours.is_file():
        known = ", ".join(sorted(path.stem for path in ours.parent.glob("*.docx")))
        raise Mistake(f"There is no template {template}.", f"Use {known}, or a file FILE.docx.")
    return ours


def _check_template(files: list[str], as_json: bool) -> None:
    from assessments.problems import refuses
    from assessments.report import check_template

    if len(files) != 1:
        raise Mistake(
            "One template is checked at a time." if files else "No template was given.",
            "tana report check-template FILE.docx",
        )
    problems = check_template(Path(files[0]))
    if as_json:
        print_json(
            {"ok": not refuses(problems), "problems": [item.model_dump() for item in problems]}
        )
    else:
        for problem in problems:
            say(str(problem))
        say("The template can be used." if not refuses(problems) else "The template is refused.")
    if refuses(problems):
        raise typer.Exit(1)
