"""`tana assess`: run the assessment of one or more countries."""

from __future__ import annotations

from typing import Annotated

import typer

from assessments.cli.output import AsJson, By, Round, dump, human, print_json, say


def add_to(app: typer.Typer) -> None:
    """Make the command known."""
    app.command(epilog="Example: tana assess XAA --round 2026")(assess)


@human
def assess(
    countries: Annotated[list[str], typer.Argument(metavar="ISO3...", help="Country codes.")],
    round_: Round = "",
    pack: Annotated[
        str, typer.Option(help="Pack: an id or a folder; the one of the round if not given.")
    ] = "",
    budget: Annotated[
        str, typer.Option(help="Ceiling of the full package in USD, with support cost.")
    ] = "",
    fast_track: Annotated[
        bool,
        typer.Option(
            "--fast-track",
            help="For an ad hoc request, answered on a short questionnaire: a project of one "
            "outcome, with its doubt stated.",
        ),
    ] = False,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Check answers, score, set priorities and design a project; resumes and reuses what holds.

    Only steps whose answers, pack, method or notebook have changed are done again.
    """
    from assessments.cli.arguments import amount, known_country
    from assessments.pack.load import find_pack
    from assessments.settings import read_settings
    from flows.choose import common_round
    from flows.prefect_home import settle_prefect
    from flows.prefect_server import start_server
    from flows.progress import tell
    from flows.still_holds import holding

    codes = [known_country(code) for code in countries]
    ceiling = amount(budget)
    if pack:
        find_pack(pack)
    round_ = common_round(codes, round_)
    settings = read_settings()
    _check_there_is_something(codes, round_, pack)
    budget = "" if ceiling is None else str(ceiling)
    held = holding(codes, round_, budget=budget, fast_track=fast_track, pack=pack)
    outcomes = [held[code] for code in codes if code in held]
    if len(outcomes) < len(codes):
        settle_prefect(settings)
        tell("Prefect's server is starting")
        server_answers = start_server(settings.prefect)
        from flows.assess_region import assess_region

        server_answers()
        outcomes = assess_region(codes, round_, pack, budget, by, fast_track)
    if as_json:
        documents = [dump(outcome) for outcome in outcomes]
        print_json(documents[0] if len(documents) == 1 else {"countries": documents})
        return
    for outcome in outcomes:
        say(f"{outcome.iso3} {outcome.round}: run {outcome.run[:12]}")
        say(f"  recomputed: {', '.join(outcome.recomputed) or 'nothing, all results still hold'}")
        if outcome.reused:
            say(f"  reused: {', '.join(outcome.reused)}")


def _check_there_is_something(codes: list[str], round_: str, pack: str) -> None:
    """Say what is missing before Prefect is started, which takes seconds."""
    from assessments.pack.load import load_pack
    from assessments.runner.material import material_of
    from assessments.store import open_store
    from flows.own_pack import own_pack

    with open_store() as store:
        for code in codes:
            opened = store.assessment(code, round_)
            material_of(store, code, round_, load_pack(pack) if pack else own_pack(opened))
