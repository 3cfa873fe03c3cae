"""`tana pack review`: a pack goes out for comment, and the comments come back into one list."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessments.cli.output import AsJson, dump, human, print_json, say

review = typer.Typer(
    help="Send a pack to experts for comment and merge what they say.", no_args_is_help=True
)

PackOption = Annotated[str, typer.Option("--pack", help="A pack's id or its folder.")]


@review.command(epilog="Example: tana pack review export --out review.xlsx")
@human
def export(
    out: Annotated[Path, typer.Option(help="The workbook to write.")],
    pack: PackOption = "cooperation",
    as_json: AsJson = False,
) -> None:
    """Write a workbook with every question, level text, paragraph and rule, to comment on."""
    from assessments.pack.load import load_pack
    from assessments.workbook.review import write_review

    made = write_review(load_pack(pack), out)
    if as_json:
        print_json({"workbook": str(made)})
        return
    say(f"{made}: send it to each reviewer, who names a legal tradition and a resource setting")


@review.command(epilog="Example: tana pack review merge returned/*.xlsx --out reviews.csv")
@human
def merge(
    files: Annotated[list[Path], typer.Argument(help="Returned workbooks.")],
    out: Annotated[Path, typer.Option(help="The list; decisions that stand in it are kept.")],
    pack: PackOption = "cooperation",
    as_json: AsJson = False,
) -> None:
    """Merge comments by legal tradition and resource setting into a list, with decisions kept.

    Exit status 1 where a workbook cannot be used; the others are merged all the same.
    """
    from collections import Counter

    from pydantic import ValidationError

    from assessments.cli.arguments import existing_files
    from assessments.errors import Mistake
    from assessments.pack.load import load_pack
    from assessments.workbook.review import as_csv, from_csv, merged, read_review

    existing_files(files)
    loaded = load_pack(pack)
    try:
        kept = from_csv(out.read_text(encoding="utf-8-sig")) if out.is_file() else ()
    except (ValidationError, ValueError) as error:
        raise Mistake(
            f"{out} is no list of comments.", "Name the list of an earlier merge, or a new file."
        ) from error
    read = [read_review(file, loaded) for file in files]
    comments = [comment for found, _ in read for comment in found]
    problems = [problem for _, faults in read for problem in faults]
    listed = merged(kept, comments, loaded)
    out.parent.mkdir(parents=True, exist_ok=True)
    scratch = out.with_suffix(".part")
    scratch.write_text(as_csv(listed), encoding="utf-8-sig")
    scratch.replace(out)
    counts = Counter((one.legal_tradition, one.resource_setting) for one in listed)
    if as_json:
        print_json(
            {
                "list": str(out),
                "comments": len(listed),
                "decided": sum(bool(one.decision) for one in listed),
                "by": [
                    {"legal_tradition": a, "resource_setting": b, "comments": n}
                    for (a, b), n in sorted(counts.items())
                ],
                "problems": [dump(problem) for problem in problems],
            }
        )
    else:
        for (tradition, setting), number in sorted(counts.items()):
            say(f"{tradition:<10} {setting:<12} {number} comments")
        say(f"{out}: {len(listed)} comments, {sum(bool(o.decision) for o in listed)} decided")
        for problem in problems:
            say(str(problem))
    if problems:
        raise typer.Exit(1)
