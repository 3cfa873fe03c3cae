"""Who a returned workbook is: which pack, country, round, institution, language.

The identity stands twice, on a hidden sheet and in the document's properties, because software
drops one or the other. Where both are there they must agree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from assessments.identifiers import ROUND
from assessments.language import languages
from assessments.pack.model import Pack, Tier
from assessments.problems import Problem
from assessments.untrusted.cells import Cells, Sheet, shown
from assessments.workbook.layout import FOLLOW_UP, IDENTITY, IDENTITY_NAME, LAYOUT
from assessments.workbook.texts import fault

_LISTED = frozenset({"question", "column", "list", "conflict", "known", "why"})
KEYS = (
    "layout",
    "pack",
    "pack_version",
    "pack_digest",
    "iso3",
    "round",
    "institution",
    "language",
    "tier",
)
_SHAPES: Mapping[str, re.Pattern[str]] = {
    "iso3": re.compile(r"[A-Z]{3}\Z"),
    "round": ROUND,
    "tier": re.compile(rf"({'|'.join(Tier)})\Z"),
    "language": re.compile(r"[a-z]{2,3}\Z"),
}


@dataclass(frozen=True, slots=True)
class NotedConflict:
    """What a merge left open, as the hidden sheet lists it."""

    question: str
    part: str
    key: str  # fixed row of a table, "" otherwise
    left: str  # digest of what the merge left in the cells
    both: str  # the two answers, as a person reads them


@dataclass(frozen=True, slots=True)
class NotedKnown:
    """What was shown to be confirmed, as the hidden sheet lists it."""

    source: str
    value: str  # JSON
    text: str  # as the respondent sees it


_COLUMNS = 6  # of the hidden sheet
_Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """What the workbook says it is, and the hash of each question as it was asked."""

    pack: str
    pack_version: str
    pack_digest: str
    iso3: str
    round: str
    institution: str
    language: str
    tier: Tier
    reference_date: str = ""
    deadline: str = ""
    return_to: str = ""
    hashes: Mapping[str, str] = field(default_factory=dict)  # question -> hash of its wording
    units: Mapping[str, str] = field(default_factory=dict)  # question -> unit as it was shown
    conflicts: tuple[NotedConflict, ...] = ()
    known: Mapping[str, NotedKnown] = field(default_factory=dict)  # by question
    why: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # why a question comes again
    only: frozenset[str] = frozenset()  # questions of a follow-up; empty: all that are asked

    def asks(self, question: str) -> bool:
        """True where the workbook was written with this question."""
        return not self.only or question in self.only

    @property
    def speaks(self) -> str:
        """The language to answer in; English where the workbook's own is not spoken."""
        return self.language if self.language in languages() else "en"


def identify(cells: Cells) -> tuple[Identity | None, list[Problem]]:
    """The workbook's identity, or why there is none. All problems refuse the file."""
    sheet = _identity_sheet(cells)
    lines = [] if sheet is None else _lines(sheet)
    on_sheet = {key: value for key, value, *_ in lines if key and key not in _LISTED}
    in_properties = {
        key.removeprefix("tana_"): value
        for key, value in cells.properties.items()
        if key.startswith("tana_")
    }
    if not on_sheet and not in_properties:
        return None, [fault("not-a-questionnaire")]
    facts = in_properties | on_sheet
    problems = [
        fault("identity-contradicts", key=key, one=on_sheet[key], other=in_properties[key])
        for key in KEYS
        if key in on_sheet and key in in_properties and on_sheet[key] != in_properties[key]
    ]
    problems += [
        fault("identity-incomplete", key=key, value=facts.get(key, "")[:40])
        for key in KEYS
        if not facts.get(key) or (key in _SHAPES and not _SHAPES[key].match(facts[key]))
    ]
    if problems:
        return None, problems
    if facts["layout"] != LAYOUT:
        return None, [fault("other-layout", value=facts["layout"][:20])]
    only = frozenset(_of_questions(lines, 4))
    if facts.get("extent") != FOLLOW_UP:
        only = frozenset()
    elif not only:  # the hidden sheet is gone: which questions were asked is not known
        return None, [fault("identity-incomplete", key="questions", value="")]
    return (
        Identity(
            pack=facts["pack"],
            pack_version=facts["pack_version"],
            pack_digest=facts["pack_digest"],
            iso3=facts["iso3"],
            round=facts["round"],
            institution=facts["institution"],
            language=facts["language"],
            tier=Tier(facts["tier"]),
            reference_date=facts.get("reference_date", ""),
            deadline=facts.get("deadline", ""),
            return_to=facts.get("return_to", ""),
            hashes=_of_questions(lines, 4),
            units=_of_questions(lines, 6),
            conflicts=_conflicts(lines),
            known=_known(lines),
            why=_why(lines),
            only=only,
        ),
        [],
    )


def check_identity(identity: Identity, pack: Pack) -> list[Problem]:
    """Problems of a workbook that `pack` cannot read."""
    if identity.pack != pack.id:
        return [fault("other-pack", value=identity.pack[:60], expected=pack.id)]
    if identity.pack_version != pack.version:
        version = identity.pack_version[:20]
        return [fault("other-pack-version", value=version, expected=pack.version)]
    if identity.institution not in pack.institutions:
        return [fault("unknown-institution", value=identity.institution[:20])]
    if identity.language not in pack.languages:
        return [fault("identity-incomplete", key="language", value=identity.language)]
    if identity.pack_digest != pack.digest:
        return [fault("pack-edited")]
    return []


def _identity_sheet(cells: Cells) -> Sheet | None:
    name = next(
        (name for name in cells.names if name.name == IDENTITY_NAME and not name.scope), None
    )
    if name is not None and name.area is not None:
        return cells.sheet(name.sheet)
    return cells.sheet(IDENTITY)


def _lines(sheet: Sheet) -> list[_Line]:
    rows: dict[int, list[str]] = defaultdict(lambda: [""] * _COLUMNS)
    for (row, column), cell in sheet.cells.items():
        line = rows[row]
        if column <= _COLUMNS:
            line[column - 1] = shown(cell)
    return [tuple(rows[row]) for row in sorted(rows)]


def _of_questions(lines: list[_Line], column: int) -> dict[str, str]:
    """What the column says of each question."""
    return {line[1]: line[column - 1] for line in lines if line[0] == "question"}


def _conflicts(lines: list[_Line]) -> tuple[NotedConflict, ...]:
    found = []
    for key, question, where, left, both, _ in lines:
        if key == "conflict":
            part, _, row = where.partition("/")
            found.append(NotedConflict(question, part, row, left, both))
    return tuple(found)


def _known(lines: list[_Line]) -> dict[str, NotedKnown]:
    return {
        question: NotedKnown(source, value, text)
        for key, question, source, value, text, *_ in lines
        if key == "known"
    }


def _why(lines: list[_Line]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, question, text, *_ in lines:
        if key == "why":
            found[question] = (*found.get(question, ()), text)
    return found
