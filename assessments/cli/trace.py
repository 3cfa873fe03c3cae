"""`tana trace`: from any printed id back to the workbook's cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assessments.cli.output import AsJson, human, print_json, say

if TYPE_CHECKING:
    from assessments.pack.model import Pack
    from assessments.store import Store


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
        chain = follow(name, store, _pack_of(name, store), restricted=restricted)
    if as_json:
        print_json(chain.document())
        return
    if chain.note:
        say(chain.note)
    for link in chain.chain:
        say(f"{link.kind:<13} {link.id:<28} {link.text}")
        if link.cell:
            answered = link.state if link.value is None else f"{link.state}: {link.value}"
            say(f"{'':<13} {'':<28} {answered}")
            say(
                f"{'':<13} {'':<28} {link.institution}, {link.file_name}, sheet {link.sheet}, "
                f"cell {link.cell}, SHA-256 {(link.workbook_sha256 or '')[:12]}"
            )
        for item in link.documents or ():
            seen = f"seen by {item.seen_by} {item.seen_on}" if item.seen_by else "stated only"
            named = ", ".join(filter(None, (item.title, item.provision, item.reference)))
            say(f"{'document':<13} {f'no. {item.number}':<28} {named} ({seen})")


def _pack_of(name: str, store: Store) -> Pack:
    """The pack of the assessment that the id names; a rule's id names none."""
    from assessments.errors import UnknownRound
    from assessments.identifiers import split_id
    from assessments.pack.load import load_pack
    from flows.own_pack import own_pack

    try:
        _, iso3, round_, _ = split_id(name)
        return own_pack(store.assessment(iso3, round_))
    except (ValueError, UnknownRound):
        return load_pack("cooperation")
