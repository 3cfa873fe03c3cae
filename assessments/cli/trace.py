"""`tana trace`: from any printed id back to the workbook's cell."""

from __future__ import annotations

from typing import Annotated

import typer

from assessments.cli.output import AsJson, dump, human, print_json, say


def add_to(app: typer.Typer) -> None:
    """Make the command known."""
    app.command(epilog="Example: tana trace GAP_XAA_2026_TEC_1")(trace)


@human
def trace(
    name: Annotated[str, typer.Argument(metavar="ID", help="An id printed in a report.")],
    restricted: Annotated[
        bool, typer.Option("--restricted", help="Show restricted and confidential answers too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Follow a number or finding to the rule, the score, the answers and the cell it came from."""
    from assessments.store import open_store
    from assessments.trace import trace as follow

    with open_store() as store:
        chain = follow(name, store, restricted=restricted)
    if as_json:
        print_json(dump(chain))
        return
    for link in chain.chain:
        say(f"{link.kind:<13} {link.id:<28} {link.text}")
