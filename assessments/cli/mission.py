"""`tana questionnaire kit`: the papers an officer sends and carries on a mission."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessments.cli.output import AsJson, Round, counted, human, print_json, say
from assessments.cli.questionnaire import AskedTier, CountryLanguage, Deadline, Institutions

EXAMPLE = "tana questionnaire kit XAA --round 2026 --start 2026-09-07 --out mission"


def add_to(app: typer.Typer) -> None:
    """Add the command to those on questionnaires."""
    app.command(epilog=f"Example: {EXAMPLE}")(human(kit))


def kit(
    country: Annotated[str, typer.Argument(help="ISO 3166-1 alpha-3 code.")],
    out: Annotated[Path, typer.Option(help="Folder for the papers.")],
    round_: Round = "",
    institution: Institutions = None,
    language: CountryLanguage = "",
    tier: AskedTier = "standard",
    office: Annotated[str, typer.Option(help="Office that sends it, as the papers name it.")] = "",
    deadline: Deadline = "",
    start: Annotated[
        str, typer.Option(help="First day of the mission; left open if not given.")
    ] = "",
    minutes: Annotated[int, typer.Option(help="Length of one interview.")] = 90,
    pack: Annotated[
        str, typer.Option(help="A pack's id or folder, where the round is not open yet.")
    ] = "cooperation",
    as_json: AsJson = False,
) -> None:
    """Write what an officer sends and carries on a mission, as Word files to edit.

    Request letter, sheet for the focal point, draft agenda, and an interview guide for each
    institution: what its answers leave open, the most worth asking first; core questions where it
    has not answered yet. No names of persons; nothing an institution said in confidence.
    """
    from assessments.cli.arguments import day, known_country
    from flows.choose import chosen_round, doubt_of_round
    from flows.mission_kit import mission_kit
    from flows.progress import warn

    code = known_country(country)
    round_ = chosen_round(code, round_)
    warn(doubt_of_round(code, round_))
    made = mission_kit(
        code,
        round_,
        out,
        institutions=tuple(institution or ()),
        language=language,
        tier=tier,
        office=office,
        deadline=day(deadline, "--deadline") if deadline else None,
        start=day(start, "--start") if start else None,
        minutes=minutes,
        pack=pack,
    )
    if as_json:
        print_json({"papers": [str(path) for path in made.papers], "held_back": made.held_back})
        return
    for path in made.papers:
        say(str(path))
    for name, count in made.held_back.items():
        doubts = counted(count, "contradiction")
        say(
            f"  Not in the guide of {name}: {doubts} that would show what another institution "
            "answered in confidence. To be taken up with care."
        )
