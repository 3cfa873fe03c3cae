"""`tana method`: check the method against what is published, try a change, make one the record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessments.cli.output import AsJson, dump, human, print_json, print_table, say

if TYPE_CHECKING:
    from flows.check_method import MethodCheck
    from flows.try_method import MethodTrial

app = typer.Typer(help="Check, try and adopt a scoring method.", no_args_is_help=True)

PackOption = Annotated[str, typer.Option(help="A pack's id or its folder.")]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="A value by its path: weights.LEG=2. Repeat."),
]
FileOption = Annotated[
    Path | None, typer.Option("--method", metavar="FILE", help="A changed copy of method.toml.")
]


@app.command(epilog="Example: tana method selfcheck --asem ../shared/checks/asem")
@human
def selfcheck(
    asem: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder of the published ASEM index.")
    ] = None,
    pack: PackOption = "cooperation",
    as_json: AsJson = False,
) -> None:
    """Compute PEFA's tables, the worked examples and a published index anew; say what differs."""
    from flows.check_method import check_method

    found = check_method(pack, asem)
    if as_json:
        print_json(dump(found))
    else:
        _say_check(found)
    if not found.holds:
        raise typer.Exit(1)


def _say_check(found: MethodCheck) -> None:
    for name, table in (("PEFA M1", found.pefa_m1), ("PEFA M2", found.pefa_m2)):
        say(f"{name}: {table.rows} rows, {len(table.differences)} differ")
        for line in (*table.differences, *([table.note] if table.note else [])):
            say(f"  {line}")
    examples = found.worked_examples
    say(f"Worked examples: {examples.examples}, {len(examples.differences)} differ")
    for line in examples.differences:
        say(f"  {line}")
    if found.asem is not None:
        say(
            f"ASEM index: {found.asem.countries} countries, largest difference "
            f"{found.asem.max_abs_diff:.1e}, {found.asem.rank_mismatches} ranks differ"
        )


@app.command("try", epilog="Example: tana method try --set weights.LEG=2")
@human
def try_(
    set_: SetOption = None,
    method: FileOption = None,
    notebooks: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder of changed notebooks to run in place of ours."),
    ] = None,
    pack: PackOption = "",
    as_json: AsJson = False,
) -> None:
    """Recompute stored assessments with a changed method; results stay as they are."""
    from flows.try_method import try_method

    found = try_method(set_ or [], method, notebooks, pack)
    if as_json:
        print_json(dump(found))
        return
    _say_trial(found)


def _say_trial(found: MethodTrial) -> None:
    for value in found.changed:
        say(f"{value.path}: {value.before} -> {value.after}")
    if not found.countries:
        say("No assessment has answers yet.")
    for one in found.countries:
        say()
        if one.error:
            say(f"{one.iso3} {one.round}: could not be tried. {one.error}")
            continue
        say(f"{one.iso3} {one.round}: {one.in_short}")
        print_table(
            ("sub-dimension", "level", "now", "gap", "now", "rank", "now"),
            (
                (
                    move.sub_dimension,
                    *(_or_dash(level) for level in (move.level_before, move.level_after)),
                    *(_or_dash(gap) for gap in (move.gap_before, move.gap_after)),
                    *(_or_dash(rank) for rank in (move.rank_before, move.rank_after)),
                )
                for move in one.moves
            ),
        )
        for package in one.packages:
            added, dropped = ", ".join(package.added), ", ".join(package.dropped)
            say(f"{package.name}: + {added or 'nothing'}; - {dropped or 'nothing'}")


def _or_dash(value: float | None) -> str:
    return "-" if value is None else f"{value:.4g}"


@app.command(epilog='Example: tana method adopt --set weights.LEG=1.2 --by NAME --because "..."')
@human
def adopt(
    by: Annotated[str, typer.Option(help="Who decides this.")],
    because: Annotated[str, typer.Option(help="Why, for whoever reads the audit trail.")],
    set_: SetOption = None,
    method: FileOption = None,
    pack: PackOption = "cooperation",
    as_json: AsJson = False,
) -> None:
    """Make a changed method the method of record; what was made before keeps its version."""
    from flows.try_method import adopt_method

    made = adopt_method(set_ or [], method, pack, by=by, because=because)
    if as_json:
        print_json(dump(made))
        return
    say(f"Method {made.version} of {made.pack} is the method of record, by {made.by}.")
    say(f"Because: {made.because}")
    say("Assess again to use it: tana assess ISO3. Reports made before keep their version.")
