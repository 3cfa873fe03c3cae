"""`tana pack export` and `tana pack import`: packs as XLSForms, and XLSForms as packs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessments.cli.output import AsJson, dump, human, print_json, say


def add_to(app: typer.Typer) -> None:
    """Make the commands known."""
    app.command(
        "export", epilog="Example: tana pack export cooperation --to xlsform --out form.xlsx"
    )(export)
    app.command("import", epilog="Example: tana pack import form.xlsx --out packs/form")(import_)


@human
def export(
    pack: Annotated[str, typer.Argument(help="A pack's id or its folder.")] = "cooperation",
    to: Annotated[str, typer.Option("--to", help="The format: xlsform.")] = "xlsform",
    out: Annotated[Path, typer.Option(help="The Excel file to write.")] = ...,  # type: ignore[assignment]
    institution: Annotated[str, typer.Option(help="Only this institution's questions.")] = "",
    tier: Annotated[
        str, typer.Option(help="Only up to this tier: fast_track, core, standard, deep.")
    ] = "",
    country: Annotated[str, typer.Option(help="Fix the country, so that nobody types it.")] = "",
    round_: Annotated[str, typer.Option("--round", help="Fix the round, with the country.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write a pack as an XLSForm for KoboToolbox or ODK.

    Without options it is the whole pack, and `tana pack import` gives the same pack back. A form
    for one country, institution or tier is for collecting answers.
    """
    from assessments.cli.arguments import known_country, known_round
    from assessments.errors import Mistake
    from assessments.pack.load import load_pack
    from assessments.workbook.xlsform.form import checked_selection
    from assessments.workbook.xlsform.write import write_form

    if to != "xlsform":
        raise Mistake(f"{to!r} is no format of a pack.", "Write --to xlsform.")
    if out.suffix.lower() != ".xlsx":
        raise Mistake(f"{out} is no Excel file.", "Give a name that ends in .xlsx.")
    if not out.resolve().parent.is_dir():
        raise Mistake(f"There is no folder {out.resolve().parent}.", "Make it, or name another.")
    loaded = load_pack(pack)
    selection = checked_selection(
        loaded,
        institution=institution,
        tier=tier,
        iso3=known_country(country) if country else "",
        round_=known_round(round_) if round_ else "",
    )
    write_form(loaded, out, selection)
    questions = len(selection.questions(loaded))
    if as_json:
        print_json(
            {
                "file": str(out),
                "form_id": selection.form_id(loaded),
                "version": loaded.version,
                "questions": questions,
                "languages": loaded.languages,
                "whole_pack": selection.whole,
            }
        )
        return
    say(f"{out}: {questions} questions in {', '.join(loaded.languages)}")


@human
def import_(
    file: Annotated[Path, typer.Argument(help="An XLSForm in Excel.")],
    out: Annotated[Path, typer.Option(help="The folder of the pack, new or empty.")],
    leave_out: Annotated[
        bool,
        typer.Option(
            "--leave-out", help="Leave out, with a note, what a workbook cannot ask or check."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a pack of an XLSForm: of our own export, or of a third party's form (not scored).

    Everything that is wrong is named at once, with sheet, row and remedy; then nothing is written.
    """
    from assessments.cli.arguments import existing_files
    from assessments.workbook.xlsform.unpack import import_form

    existing_files([file])
    report = import_form(file, out, leave_out=leave_out)
    if as_json:
        print_json(dump(report))
    else:
        for problem in report.problems:
            say(f"{problem.severity.value}: {problem}")
        if report.imported:
            kind = "scored" if report.scored else "not scored"
            say(f"{out}: the pack {report.pack} {report.version}, {report.questions} questions, "
                f"{kind}")  # fmt: skip
        else:
            say(f"{file.name}: not imported, nothing was written")
    if not report.imported:
        raise typer.Exit(1)
