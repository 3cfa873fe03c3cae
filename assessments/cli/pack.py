"""`tana pack`: look at, check and compare questionnaire packs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assessments.cli.forms import add_to as add_forms_to
from assessments.cli.output import AsJson, dump, human, print_json, print_table, say
from assessments.cli.review import review

if TYPE_CHECKING:
    from assessments.pack.compare import Change

app = typer.Typer(
    help="List, show, check and compare questionnaire packs; turn them into XLSForms and back.",
    no_args_is_help=True,
)

PackArgument = Annotated[str, typer.Argument(help="A pack's id or its folder.")]


@app.command("list", epilog="Example: tana pack list")
@human
def list_(as_json: AsJson = False) -> None:
    """List the packs that ship with tana."""
    from assessments.pack.load import list_packs, load_pack

    packs = [load_pack(name) for name in list_packs()]
    if as_json:
        print_json(
            {
                "packs": [
                    {
                        "id": pack.id,
                        "version": pack.version,
                        "title": str(pack.title),
                        "languages": pack.languages,
                        "questions": len(pack.questions),
                    }
                    for pack in packs
                ]
            }
        )
        return
    print_table(
        ("pack", "version", "questions", "languages", "title"),
        (
            (pack.id, pack.version, len(pack.questions), " ".join(pack.languages), pack.title)
            for pack in packs
        ),
    )


@app.command(epilog="Example: tana pack show cooperation")
@human
def show(pack: PackArgument = "cooperation", as_json: AsJson = False) -> None:
    """Show a pack: what it asks of whom, what it scores, what it offers."""
    from assessments.pack.load import load_pack
    from assessments.pack.model import Tier

    loaded = load_pack(pack)
    asked = {
        code: {tier.value: len(loaded.asked_of(code, tier)) for tier in Tier}
        for code in loaded.institutions
        if loaded.asked_of(code)
    }
    if as_json:
        print_json(
            {
                "id": loaded.id,
                "version": loaded.version,
                "title": str(loaded.title),
                "languages": loaded.languages,
                "digest": loaded.digest,
                "piloted": loaded.piloted,
                "questions": len(loaded.questions),
                "sub_dimensions": len(loaded.sub_dimensions),
                "requirements": len(loaded.requirements),
                "interventions": len(loaded.interventions),
                "tailoring_rules": len(loaded.tailoring),
                "method": loaded.method.version if loaded.method else None,
                "asked": asked,
            }
        )
        return
    say(f"{loaded.title} ({loaded.id} {loaded.version})")
    say(f"Languages: {', '.join(loaded.languages)}")
    say("Piloted with a country: " + ("yes" if loaded.piloted else "not yet"))
    say(
        f"{len(loaded.questions)} questions, {len(loaded.sub_dimensions)} sub-dimensions, "
        f"{len(loaded.requirements)} treaty requirements, {len(loaded.interventions)} "
        f"interventions, {len(loaded.tailoring)} tailoring rules"
    )
    say()
    print_table(
        ("institution", *(tier.value.replace("_", " ") for tier in Tier), ""),
        (
            (code, *counts.values(), loaded.institutions[code].label)
            for code, counts in asked.items()
        ),
    )


@app.command(epilog="Example: tana pack check questionnaires/cooperation")
@human
def check(
    pack: PackArgument = "cooperation",
    against: Annotated[
        list[str] | None,
        typer.Option("--against", help="An earlier version, by folder: nothing of it may vanish."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check every cross-reference of a pack and report all faults at once.

    Also against the earlier versions that were sent out from here: no question may vanish.
    """
    from assessments.pack.check import check_pack
    from assessments.pack.load import find_pack, load_pack
    from assessments.problems import refuses
    from flows.earlier_packs import earlier_packs

    earlier = [*(load_pack(folder) for folder in against or ()), *earlier_packs(pack)]
    found = check_pack(find_pack(pack), earlier=earlier)
    if as_json:
        print_json(dump(found))
    else:
        for problem in found.problems:
            say(f"{problem.severity.value}: {problem}")
        say(
            f"{found.questions} questions, {found.requirements} requirements, "
            f"{found.interventions} interventions, {len(found.problems)} problems"
        )
    if refuses(found.problems):
        raise typer.Exit(1)


@app.command(epilog="Example: tana pack diff old/cooperation questionnaires/cooperation")
@human
def diff(
    old: Annotated[str, typer.Argument(help="The earlier pack: id or folder.")],
    new: Annotated[str, typer.Argument(help="The later pack: id or folder.")],
    as_json: AsJson = False,
) -> None:
    """Show question by question what changed between two packs.

    Declared: changes.csv of the new pack accounts for it. BREAKS: nothing accounts for it, and
    earlier answers are not compared with later ones.
    """
    from assessments.pack.compare import compare_packs
    from assessments.pack.load import load_pack

    difference = compare_packs(load_pack(old), load_pack(new))
    if as_json:
        print_json(dump(difference))
        return
    say(f"{difference.old} -> {difference.new}")
    for row in difference.declared:
        say(f"declared {row.rule}: {row.reason}")
    for name in difference.added:
        say(f"added    {name}")
    for name in difference.removed:
        say(f"removed  {name}: no row of changes.csv says what became of it")
    for change in difference.changed:
        what = f"{change.question} {change.aspect}"
        say(f"{_standing(change)} {what}: {change.before} -> {change.after}")


def _standing(change: Change) -> str:
    """What a change does to earlier answers, in a word of the same width as the others."""
    if change.declared:
        return "declared"
    return "changed " if change.comparable else "BREAKS  "


add_forms_to(app)
app.add_typer(review, name="review")
