"""What the countries of a region share, on the page of a run: no names and no ranks."""

from __future__ import annotations

from assessments.pack.model import Pack
from assessments.scoring import Region


def shared_rows(pack: Pack, region: Region) -> list[dict[str, str | int | float]]:
    """One row a sub-dimension with enough members to tell none of them apart; shared gaps first."""
    lines = [line for line in region.lines if line.counts is not None]
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
