"""Cooperation between two States as a chain of links: what each link rests on at either end.

A request goes as far as its weakest link. `corridors.csv` says for each form of cooperation which
sub-dimensions carry the legal basis, the authority, the language, the channel and the practice on
the side that requests and on the side that is requested. The table is optional.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assessments.pack.model import Choice, Words
from assessments.pack.tables import Columns, Faults, Record, nearest, read_table

CORRIDORS_FILE = "corridors.csv"
OFFICIAL_LANGUAGE = "official_language"
NETWORK = "network:"  # followed by a kind of network
_HIGHEST = 4.0
_COLUMNS = Columns(
    plain=(
        "form", "link", "requesting", "requested", "shared", "if_shared", "if_not_shared",
        "unreviewed",
    ),
    worded=("reason",),
    needed=("form", "link", "reason"),
)  # fmt: skip


class LinkKind(StrEnum):
    """What a corridor is made of, in the order in which a request meets it."""

    LEGAL_BASIS = "legal_basis"
    AUTHORITY = "authority"
    LANGUAGE = "language"
    CHANNEL = "channel"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class LinkRule:
    """One link of one form of cooperation."""

    form: str  # MLA
    link: LinkKind
    requesting: tuple[str, ...]  # sub-dimensions on the side that asks; the lowest counts
    requested: tuple[str, ...]
    shared: str  # "", "official_language" or "network:KIND": what the two may have in common
    if_shared: float | None  # the link's level where they have it; None: as the ends are
    if_not_shared: float | None  # the link's highest level where they have not
    reason: Words


def read_corridors(folder: Path, faults: Faults) -> tuple[LinkRule, ...]:
    """The rows of a pack; none where it has no such table."""
    if not (folder / CORRIDORS_FILE).exists():
        return ()
    records = read_table(folder, CORRIDORS_FILE, _COLUMNS, faults)
    return tuple(_rule(record) for record in records)


def check_corridors(
    rules: tuple[LinkRule, ...],
    sub_dimensions: Collection[str],
    forms: dict[str, Choice],
    network_kinds: Collection[str],
    faults: Faults,
) -> None:
    """Name unknown codes, a link given twice or not at all, and one that rests on nothing."""
    seen: dict[str, set[LinkKind]] = {}
    for row, rule in enumerate(rules, start=2):

        def wrong(code: str, column: str, message: str, remedy: str, row: int = row) -> None:
            faults.add(code, message, remedy, file=CORRIDORS_FILE, row=row, column=column)

        if rule.form not in forms:
            wrong("unknown-form", "form", f"«{rule.form}» is no form of cooperation.",
                  f"Correct the code{nearest(rule.form, list(forms))}.")  # fmt: skip
        for column, codes in (("requesting", rule.requesting), ("requested", rule.requested)):
            for code in codes:
                if code not in sub_dimensions:
                    wrong("unknown-sub-dimension", column, f"«{code}» is no sub-dimension.",
                          f"Correct the code{nearest(code, list(sub_dimensions))}.")  # fmt: skip
        if not (rule.requesting or rule.requested):
            wrong("no-sub-dimension", "requesting", "The link rests on nothing at either end.",
                  "Name at least one sub-dimension.")  # fmt: skip
        if not _known_in_common(rule.shared, network_kinds):
            wrong("unknown-shared", "shared", f"«{rule.shared}» is nothing two States can share.",
                  f"Write {OFFICIAL_LANGUAGE}, or {NETWORK} and one of: "
                  f"{', '.join(sorted(network_kinds))}.")  # fmt: skip
        if rule.link in seen.setdefault(rule.form, set()):
            wrong("link-twice", "link", f"The {rule.link} of {rule.form} stands twice.",
                  "Keep one row.")  # fmt: skip
        seen[rule.form].add(rule.link)
    for form, links in seen.items():
        for link in (one for one in LinkKind if one not in links):
            faults.add(
                "missing-link", f"{form} has no row for the link {link}.",
                "Add it: a chain is read whole.", file=CORRIDORS_FILE, column="link",
            )  # fmt: skip


def _known_in_common(shared: str, network_kinds: Collection[str]) -> bool:
    if shared.startswith(NETWORK):
        return shared.removeprefix(NETWORK) in network_kinds
    return shared in {"", OFFICIAL_LANGUAGE}


def _rule(record: Record) -> LinkRule:
    return LinkRule(
        form=record.text("form"),
        link=LinkKind(record.one_of("link", [one.value for one in LinkKind])),
        requesting=record.parts("requesting"),
        requested=record.parts("requested"),
        shared=record.text("shared"),
        if_shared=_level(record, "if_shared"),
        if_not_shared=_level(record, "if_not_shared"),
        reason=record.words("reason"),
    )


def _level(record: Record, column: str) -> float | None:
    level = record.number(column)
    if level is not None and not 0 <= level <= _HIGHEST:
        record.wrong(
            "out-of-range", column, f"{level:g} is no level.", "Write a level from 0 to 4."
        )
        return None
    return level
