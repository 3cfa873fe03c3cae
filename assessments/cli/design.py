"""`tana design`: packages to choose from, why two countries differ, what holds between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assessments.cli.output import AsJson, Round, dump, human, print_json, print_table, say
from assessments.errors import Mistake

if TYPE_CHECKING:
    from assessments.design import CorridorView


def add_to(app: typer.Typer) -> None:
    """Make the command known."""
    app.command(epilog="Example: tana design XAA --round 2026 --budget 900000")(design)


@human
def design(
    countries: Annotated[list[str], typer.Argument(metavar="ISO3 [ISO3 ...]")],
    round_: Round = "",
    budget: Annotated[
        str, typer.Option(help="Ceiling of the full package in USD, with support cost.")
    ] = "",
    compare: Annotated[
        bool, typer.Option("--compare", help="Two countries: what differs, and which rule made it.")
    ] = False,
    corridors: Annotated[
        bool,
        typer.Option(
            "--corridors",
            help="Two or more countries: the weakest link of each form of cooperation between "
            "them, and what they could do together.",
        ),
    ] = False,
    pack: Annotated[
        str, typer.Option(help="Pack: an id or a folder; the one of the round if not given.")
    ] = "",
    language: Annotated[
        str, typer.Option(help="Language of titles and reasons: en, fr, es or ar.")
    ] = "en",
    as_json: AsJson = False,
) -> None:
    """Design from the accepted answers without keeping anything: to try a budget, or to compare."""
    from assessments.cli.arguments import amount, known_country
    from flows.choose import common_round
    from flows.design_now import corridors_now, design_now, said_in

    codes = list(dict.fromkeys(known_country(code) for code in countries))
    round_ = common_round(codes, round_)
    read = said_in(language, codes[0], round_, pack)
    if corridors:
        if len(codes) < 2 or compare or budget:
            raise Mistake(
                "A corridor has two ends, and neither a budget nor a comparison.",
                "tana design XAA XAB --corridors.",
            )
        _tell_corridors(corridors_now(codes, round_, pack), read, as_json)
        return
    if compare != (len(codes) == 2) or len(codes) > 2:
        raise Mistake(
            "A comparison takes two countries, a design one.",
            "tana design XAA, or tana design XAA XAB --compare.",
        )
    designs = [design_now(code, round_, pack, amount(budget)) for code in codes]
    if compare:
        _compare(designs[0], designs[1], read, as_json)
        return
    made = designs[0]
    if as_json:
        print_json(
            {
                "packages": [
                    {
                        "name": package.name,
                        "total": str(package.total),
                        "benefit": package.benefit,
                        "chosen": list(package.chosen),
                    }
                    for package in made.packages
                ],
                "rejected": [
                    {"id": item.intervention, "code": item.code, "reason": read(item.reason)}
                    for item in made.rejected
                ],
                "frontier": dump(made.frontier),
                "runner_up": dump(made.runner_up) if made.runner_up else None,
                "assumptions": list(map(read, made.assumptions)),
                "messages": list(map(read, made.messages)),
            }
        )
        return
    say(read(made.title))
    for line in made.messages:
        say(read(line))
    for line in made.assumptions:
        say(f"Assumed: {read(line)}")
    say()
    print_table(
        ("package", "total USD", "benefit", "interventions"),
        (
            (package.name, f"{package.total:,.2f}", f"{package.benefit:.2f}", len(package.chosen))
            for package in made.packages
        ),
    )
    say()
    if made.frontier:
        print_table(
            ("what money buys, USD", "benefit", "interventions"),
            (
                (f"{point.total:,.2f}", f"{point.benefit:.2f}", len(point.chosen))
                for point in made.frontier
            ),
        )
    if made.runner_up:
        say(
            f"Next best: USD {made.runner_up.total:,.2f}, benefit {made.runner_up.benefit:.2f}, "
            f"without {', '.join(sorted({*made.packages[-1].chosen} - {*made.runner_up.chosen}))}, "
            f"with {', '.join(sorted({*made.runner_up.chosen} - {*made.packages[-1].chosen}))}"
        )
    say()
    for chosen in made.interventions:
        say(f"{chosen.intervention}  {read(chosen.title)}  ({', '.join(chosen.packages)})")
        say(f"    {read(chosen.why)}")
    say()
    say("Left out:")
    for item in made.rejected:
        say(f"  {item.intervention}  {read(item.title)}: {read(item.reason)}")


def _read(value: Any, read: Callable[[str], str]) -> Any:
    """A result with its sentences as a reader meets them, not as the store keeps them."""
    found = dump(value)
    for name in ("title", "because", "reason", "quantity"):
        said = getattr(value, name, "")
        if said:
            found[name] = read(said)
    return found


def _tell_corridors(view: CorridorView, read: Callable[[str], str], as_json: bool) -> None:
    if as_json:
        print_json({**dump(view), "joint": [_read(one, read) for one in view.joint]})
        return
    print_table(
        ("form", "from", "to", "carries at most", "weakest link", "not known"),
        (
            (
                one.form,
                one.requesting,
                one.requested,
                "not known" if one.at_most is None else f"{one.at_most:.1f}",
                ", ".join(link.replace("_", " ") for link in one.weakest),
                ", ".join(link.replace("_", " ") for link in one.unknown),
            )
            for one in view.corridors
        ),
    )
    say()
    say("Cheaper together:" if view.joint else "Nothing is cheaper together.")
    for joint in view.joint:
        say(f"{joint.intervention}  {read(joint.title)}  ({', '.join(joint.countries)})")
        say(
            f"    USD {joint.together:,.2f} together, {joint.apart:,.2f} apart. "
            f"{read(joint.because)}"
        )
    for offer in view.networks:
        say(f"{offer.network}  {offer.name}: could join {', '.join(offer.could_join)}")


def _compare(first: object, second: object, read: Callable[[str], str], as_json: bool) -> None:
    from assessments.design import compare_designs
    from assessments.results import ProjectDesign

    assert isinstance(first, ProjectDesign)
    assert isinstance(second, ProjectDesign)
    found = compare_designs(first, second)
    if as_json:
        differences = [
            {
                **_read(one, read),
                "first": _read(one.first, read),
                "second": _read(one.second, read),
            }
            for one in found.differences
        ]
        print_json({**dump(found), "differences": differences})
        return
    say(f"{found.first} and {found.second}: {len(found.differences)} interventions differ")
    for item in found.differences:
        say(f"{item.intervention}  {read(item.title)}")
        say(f"    {read(item.because)}")
        if item.rules:
            say(f"    rules: {', '.join(item.rules)}")
    say(f"The same in both: {', '.join(found.same) or 'none'}")
