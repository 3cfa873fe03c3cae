"""`tana evidence`: the register of documents that answers rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assessments.cli.output import AsJson, Round, dump, human, print_json, print_table, say

if TYPE_CHECKING:
    from assessments.store import EvidenceItem

app = typer.Typer(help="The register of documents that answers rest on.", no_args_is_help=True)


@app.command("list", epilog="Example: tana evidence list XAA --round 2026")
@human
def list_(
    country: Annotated[str, typer.Argument(metavar="ISO3")],
    round_: Round = "",
    restricted: Annotated[
        bool,
        typer.Option("--restricted", help="Name restricted and confidential documents too."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List each document once, with who has seen it and how many answers it serves."""
    from assessments.cli.arguments import known_country
    from assessments.store import open_store
    from flows.choose import chosen_round

    code = known_country(country)
    round_ = chosen_round(code, round_)
    with open_store() as store:
        items = [_shown(item, restricted) for item in store.evidence(code, round_)]
    if as_json:
        print_json({"iso3": code, "round": round_, "documents": dump(items)})
        return
    if not items:
        say(f"{code} {round_}: no document was cited yet.")
        return
    print_table(
        ("no.", "document", "class", "seen by", "on", "answers"),
        (
            (
                item.id,
                " ".join(filter(None, (item.title, item.reference))),
                item.evidence_class,
                item.seen_by or "stated only",
                item.seen_on,
                len(item.answers),
            )
            for item in items
        ),
    )


def _shown(item: EvidenceItem, restricted: bool) -> EvidenceItem:
    """A document as this reader may see it: its title can tell what was answered."""
    if restricted or item.classification.value == "public":
        return item
    hidden = {"title": f"[{item.classification.value}]", "reference": "", "provisions": {}}
    return item.model_copy(update=hidden)
