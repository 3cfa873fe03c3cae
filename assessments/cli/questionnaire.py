"""`tana questionnaire`: build workbooks, merge copies, follow up, fill them for rehearsals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessments.cli.output import AsJson, By, Round, counted, dump, human, print_json, say
from assessments.untrusted.cells import address

if TYPE_CHECKING:
    from assessments.workbook.merge import MergeResult

Institutions = Annotated[
    list[str] | None,
    typer.Option("--institution", help="Institution code; all respondents if not given."),
]
CountryLanguage = Annotated[
    str,
    typer.Option("--language", help="Language code; the country's working language if not given."),
]
AskedTier = Annotated[str, typer.Option("--tier", help="fast_track, core, standard or deep.")]
Deadline = Annotated[str, typer.Option("--deadline", help="Return by; six weeks from today.")]

app = typer.Typer(
    help="Build questionnaires in Excel; merge copies; follow up; fill them from text.",
    no_args_is_help=True,
)


@app.command(
    epilog="Example: tana questionnaire build --country XAA --round 2026 --language fr --out out"
)
@human
def build(
    country: Annotated[str, typer.Option(help="ISO 3166-1 alpha-3 code.")],
    out: Annotated[Path, typer.Option(help="Folder for the workbooks.")],
    round_: Round = "",
    institution: Institutions = None,
    language: CountryLanguage = "",
    tier: AskedTier = "standard",
    reference_date: Annotated[
        str, typer.Option(help="The date that all counts use; today if not given.")
    ] = "",
    deadline: Deadline = "",
    return_to: Annotated[
        str, typer.Option(help="Office or e-mail address to return it to, as the cover prints it.")
    ] = "",
    pack: Annotated[str, typer.Option(help="A pack's id or folder.")] = "cooperation",
    prefill: Annotated[
        Path | None,
        typer.Option(help="CSV of what a desk review knows: question,item,column,value,source."),
    ] = None,
    prefill_from: Annotated[
        str, typer.Option(help="An earlier round, whose answers are shown to be confirmed.")
    ] = "",
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Write one workbook for each institution and open the assessment."""
    from assessments.cli.arguments import day, existing_files, known_country, known_round
    from flows.build_questionnaires import build_questionnaires
    from flows.choose import doubt_of_round, this_year
    from flows.progress import warn

    existing_files([prefill] if prefill else [])
    code, round_ = known_country(country), known_round(round_ or this_year())
    warn(doubt_of_round(code, round_))
    made = build_questionnaires(
        code,
        round_,
        out,
        institutions=tuple(institution or ()),
        language=language,
        tier=tier,
        reference_date=day(reference_date, "--reference-date") if reference_date else None,
        deadline=day(deadline, "--deadline") if deadline else None,
        return_to=return_to,
        pack=pack,
        by=by,
        prefill=prefill,
        prefill_from=known_round(prefill_from) if prefill_from else "",
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


@app.command(
    epilog="Example: tana questionnaire merge sent/XAA_2026_CA.xlsx legal.xlsx police.xlsx "
    "--out CA.xlsx"
)
@human
def merge(
    base: Annotated[Path, typer.Argument(help="The workbook that both started from.")],
    first: Annotated[Path, typer.Argument(help="One colleague's copy.")],
    second: Annotated[Path, typer.Argument(help="The other colleague's copy.")],
    out: Annotated[Path, typer.Option(help="The merged workbook.")],
    pack: Annotated[
        str, typer.Option(help="A pack's folder, where no assessment here was opened with it.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Put two half-filled copies of one workbook together.

    What both answered differently is left as it was and listed on a sheet of its own.
    Exit status 1 where there is such a conflict, or where the files do not go together.
    """
    from assessments.cli.arguments import existing_files
    from flows.merge_copies import merge_copies

    existing_files((base, first, second))
    result = merge_copies(base, first, second, out, pack)
    names = {"first": str(first), "second": str(second), "both": "both"}
    if as_json:
        print_json(
            {
                "workbook": str(result.out),
                "merged": [
                    {"question": item.question, "part": item.part, "from": names[item.origin]}
                    for item in result.taken
                ],
                "conflicts": [
                    {
                        "question": item.question,
                        "part": item.part,
                        "sheet": next(iter(item.cells))[0],
                        "cell": address(*next(iter(item.cells))[1:]),
                        "base": item.base,
                        "first": item.first,
                        "second": item.second,
                    }
                    for item in result.conflicts
                ],
                "left_behind": [dump(problem) for problem in result.left_behind],
            }
        )
    else:
        _tell_merge(result, names)
    if result.conflicts:
        raise typer.Exit(1)


@app.command(
    epilog="Example: tana questionnaire followup XAA --round 2026 --institution CA --out to-send"
)
@human
def followup(
    country: Annotated[str, typer.Argument(help="ISO 3166-1 alpha-3 code.")],
    institution: Annotated[str, typer.Option(help="Institution code.")],
    out: Annotated[Path, typer.Option(help="Folder for the workbook.")],
    round_: Round = "",
    language: Annotated[
        str, typer.Option(help="Language code; that of its last return if not given.")
    ] = "",
    deadline: Annotated[str, typer.Option(help="Return by; three weeks from today.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write a short workbook of what an institution should be asked again, with the reasons.

    What is blank, unreadable, without the document it asks for, or contradicted. Nothing is written
    where nothing has to be asked. When it comes back it completes the earlier return.
    """
    from assessments.cli.arguments import day, known_country
    from flows.choose import chosen_round
    from flows.follow_up import follow_up

    code = known_country(country)
    made = follow_up(
        code,
        chosen_round(code, round_),
        institution,
        out,
        language=language,
        deadline=day(deadline, "--deadline") if deadline else None,
    )
    if as_json:
        print_json(
            {
                "workbook": str(made.workbook) if made.workbook else None,
                "questions": [
                    {"question": item.question, "because": item.codes, "worth": item.worth}
                    for item in made.questions
                ],
                "held_back": made.held_back,
                "answered_by_lead": made.answered_by_lead,
            }
        )
        return
    if made.workbook is None:
        say(f"Nothing has to be asked of {institution} again; no workbook was written.")
    else:
        asked = counted(len(made.questions), "question")
        say(f"{made.workbook}: {asked}, the most worth asking first:")
        for item in made.questions[:10]:
            say(f"  {item.question} ({', '.join(item.codes)})")
    if made.answered_by_lead:
        blanks = counted(made.answered_by_lead, "blank")
        say(f"  Not asked again: {blanks} on facts that the leading institution has answered.")
    if made.held_back:
        doubts = counted(made.held_back, "contradiction")
        say(
            f"  Not in it: {doubts} that would show what another institution answered in "
            "confidence. To be taken up in person."
        )


def _tell_merge(result: MergeResult, names: dict[str, str]) -> None:
    say(str(result.out))
    for origin, name in names.items():
        count = len({item.question for item in result.taken if item.origin == origin})
        say(f"  {counted(count, 'question')} from {name}")
    for problem in result.left_behind:
        say(f"  left behind: {problem}")
    if result.conflicts:
        conflicts = counted(len(result.conflicts), "conflict")
        say(f"  {conflicts}, listed on a sheet of their own; nothing decided:")
    for item in result.conflicts:
        say(f"    {item.question} {item.part}: {item.first or '-'} / {item.second or '-'}")
