"""`tana assessment`: take back answers, move to a later version of the pack, delete on request."""

from __future__ import annotations

from typing import Annotated

import typer

from assessments.cli.output import AsJson, Round, dump, human, print_json, say

app = typer.Typer(
    help="Withdraw an institution's answers, move an assessment to a later version of its pack, or "
    "delete it; the audit trail tells of it.",
    no_args_is_help=True,
)

Country = Annotated[str, typer.Argument(metavar="ISO3")]
NamedBy = Annotated[str, typer.Option("--by", help="Who does this, for the audit trail.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, for the audit trail. No answers.")]


@app.command(
    epilog="Example: tana assessment withdraw XAA --round 2026 --institution POL "
    "--by 'Head of unit' --reason 'sent in error'"
)
@human
def withdraw(
    country: Country,
    institution: Annotated[str, typer.Option("--institution", help="Code, such as POL.")],
    by: NamedBy,
    reason: Reason,
    round_: Round = "",
    as_json: AsJson = False,
) -> None:
    """Take back an institution's standing answers; the version before, if any, stands again.

    The withdrawn version stays in the history and can be sent again.
    """
    from assessments.cli.arguments import known_country
    from assessments.store import open_store
    from flows.choose import chosen_round

    code, name = known_country(country), institution.upper()
    round_ = chosen_round(code, round_)
    with open_store() as store:
        stands = store.withdraw(code, round_, name, by=by, reason=reason)
    if as_json:
        print_json({"iso3": code, "round": round_, "institution": name, "stands": stands})
        return
    then = f"version {stands} stands again" if stands else "it has no standing answers now"
    say(f"{code} {round_} {name}: withdrawn; {then}. An approval that rested on it is void.")


@app.command(
    epilog="Example: tana assessment move XAA --round 2026 --by 'Head of unit' "
    "--reason 'version 2 asks about months' --dry-run"
)
@human
def move(
    country: Country,
    by: NamedBy,
    reason: Reason,
    round_: Round = "",
    pack: Annotated[str, typer.Option("--pack", help="The later version, by id or folder.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would become of the answers.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Let an assessment go on under a later version of its pack; its answers are carried over.

    Answers stay stored as they were given. Workbooks of the earlier version may still come back.
    An approval that rested on the earlier version is void.
    """
    from assessments.cli.arguments import known_country
    from flows.choose import chosen_round
    from flows.move_version import move_version

    code = known_country(country)
    round_ = chosen_round(code, round_)
    moved = move_version(code, round_, pack=pack, by=by, reason=reason, dry_run=dry_run)
    if as_json:
        print_json(dump(moved))
        return
    would = "would move" if dry_run else "moved"
    say(f"{moved.iso3} {moved.round}: {would} from {moved.before} to {moved.after}")
    for rule in moved.declared:
        say(f"  {rule}")
    say(
        f"{moved.carried} answers are carried over, {len(moved.to_confirm)} cannot be compared and "
        f"are asked again, {len(moved.left)} are to questions no longer asked and stay as given."
    )
    for name in moved.to_confirm:
        say(f"  asked again: {name}")
    for name in moved.left:
        say(f"  no longer asked: {name}")


@app.command(
    epilog="Example: tana assessment delete XAA --round 2026 --by 'Head of unit' "
    "--reason 'asked by the State' --yes"
)
@human
def delete(
    country: Country,
    by: NamedBy,
    reason: Reason,
    round_: Round = "",
    yes: Annotated[bool, typer.Option("--yes", help="Really delete; cannot be undone.")] = False,
    as_json: AsJson = False,
) -> None:
    """Delete all answers, originals, runs and reports of an assessment; one audit entry stays."""
    from assessments.cli.arguments import known_country
    from assessments.errors import Mistake
    from assessments.store import open_store
    from flows.choose import chosen_round
    from flows.delete_assessment import delete_assessment

    code = known_country(country)
    round_ = chosen_round(code, round_)
    with open_store() as store:
        held = len(store.submissions(code, round_, history=True))
        if not yes:
            raise Mistake(
                f"This would delete {code} {round_} with {held} received workbooks, for good.",
                "Say --yes to delete it, after a `tana db backup` if it may be needed again.",
            )
    gone = delete_assessment(code, round_, by=by, reason=reason)
    if as_json:
        print_json(dump(gone))
        return
    say(
        f"{code} {round_}: deleted, with {gone.originals} received files, {gone.reports} reports "
        f"and {gone.copies} copies in the inbox. The audit trail keeps who, when and why."
    )
    for path in gone.left:
        say(f"  Not in tana's own folder, delete it yourself: {path}")
    say("Backups, exports and copies sent out are not reached by this.")
