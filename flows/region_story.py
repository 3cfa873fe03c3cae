"""What the countries of a region share, on the page of a run: no names and no ranks."""

from __future__ import annotations

from collections.abc import Sequence

from assessments.pack.model import Pack
from assessments.results import PUBLIC_EDITION, Scores
from assessments.scoring import region_view
from assessments.store import open_store
from flows.compute import Results
from flows.retrying import patient
from flows.still_holds import Outcome, pack_of_run
from flows.write_reports import has_public_edition


def shared_rows(pack: Pack, members: Sequence[Scores]) -> list[dict[str, str | int | float]]:
    """One row a sub-dimension with enough members to tell none of them apart; shared gaps first."""
    lines = [line for line in region_view(members).lines if line.counts is not None]
    return [
        {
            "sub-dimension": f"{line.sub_dimension} {pack.sub_dimension[line.sub_dimension].name}",
            "members with a level": line.known,
            **{f"at level {level}": count for level, count in enumerate(line.counts or ())},
            "median level": line.middle if line.middle is not None else "",
            "below their target": line.below if line.below is not None else "",
            "shared gap": "yes" if line.shared_gap else "",
        }
        for line in sorted(lines, key=lambda one: not one.shared_gap)
    ]


@patient("tell the shared gaps", "Tell the shared gaps")
def tell_shared_gaps(outcomes: Sequence[Outcome]) -> None:
    """Levels of the public editions as distributions; nothing where there are too few members."""
    with open_store() as store:
        runs = [run for one in outcomes if (run := store.run(one.run)) is not None]
        told = [run for run in runs if has_public_edition(run)]
        if not told:
            return
        pack = pack_of_run(store, told[0])
    members = [Results.stored(run.results, PUBLIC_EDITION).scores for run in told]
    rows = shared_rows(pack, members)
    if rows:
        from prefect.artifacts import create_table_artifact

        create_table_artifact(
            key=f"shared-gaps-{told[0].round}".lower(),
            description=f"{told[0].round}: levels of {len(members)} countries as distributions, "
            "from public answers; no country is named or ranked",
            table=rows,
        )
