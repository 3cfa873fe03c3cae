"""Put two half-filled copies of one questionnaire together, with what stands against each other.

The merged workbook is built anew and filled with what was entered, cell by cell, so that whatever
software did to the copies does not come along. What cannot be carried over safely refuses the
merge; what stands outside the answer cells stays behind, and is said.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assessments.errors import TanaError
from assessments.pack.model import Pack
from assessments.problems import Problem, Severity
from assessments.results import CountryProfile
from assessments.untrusted import Unreadable, read_cells
from assessments.untrusted.cells import Cells
from assessments.workbook.clashes import Teller
from assessments.workbook.conflicts import Conflict, Merged
from assessments.workbook.entered import Entered, Scribe
from assessments.workbook.fill import write_cells
from assessments.workbook.identity import Identity, identify
from assessments.workbook.known import Known, restored
from assessments.workbook.placing import by_sheet
from assessments.workbook.plan import Edition, plan
from assessments.workbook.read import read_answers
from assessments.workbook.structure import locate
from assessments.workbook.texts import fault
from assessments.workbook.three_ways import Outcome, three_ways
from assessments.workbook.write import write_edition

_ALIKE = ("pack", "pack_version", "iso3", "round", "institution", "tier")
# an answer under them would count in the merged workbook although it does not in the copy
_UNSAFE = frozenset(
    {
        "changed-question",
        "disguised-answer",  # the merged workbook would show what is stored, and count it
        "merged-cell",
        "outside-table",
        "formula-not-calculated",
        "open-conflict",  # of an earlier merge: settled first
    }
)
_LEFT_BEHIND = {"stray-entry": "left-behind-entry", "extra-sheet": "left-behind-sheet"}


class CannotMerge(TanaError):
    """The three workbooks do not go together; `problems` says why, file by file."""

    def __init__(self, message: str, remedy: str, problems: Sequence[Problem] = ()) -> None:
        self.problems = tuple(problems)
        super().__init__(message, remedy)


@dataclass(frozen=True, slots=True)
class Taken:
    """One part of a question that came from the copies."""

    question: str
    part: str  # answer, evidence, comment
    origin: str  # first, second, both


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What became of the two copies."""

    out: Path
    taken: tuple[Taken, ...]
    conflicts: tuple[Conflict, ...]
    left_behind: tuple[Problem, ...]  # what stands outside the answer cells of the copies


@dataclass(frozen=True, slots=True)
class Copy:
    """One of the three workbooks, as it was read."""

    name: str
    cells: Cells
    identity: Identity
    entered: Mapping[str, Entered]
    filled_by: str
    left_behind: tuple[Problem, ...]

    @property
    def who(self) -> str:
        return f"{self.name} ({self.filled_by})" if self.filled_by else self.name


def identity_of(path: Path) -> tuple[Cells, Identity]:
    """The cells of a workbook and who it says it is. Raises CannotMerge."""
    try:
        cells = read_cells(path, path.name)
    except Unreadable as refused:
        raise _refused(path.name, refused.problems) from None
    identity, problems = identify(cells)
    if identity is None:
        raise _refused(path.name, problems)
    return cells, identity


def merge_workbooks(
    files: tuple[Path, Path, Path],
    read_before: tuple[tuple[Cells, Identity], ...],
    pack: Pack,
    country: CountryProfile,
    out: Path,
) -> MergeResult:
    """Merge the base and its two copies (in this order) into `out`.

    `read_before` is what `identity_of` gave for each. Raises CannotMerge where they are not copies
    of one workbook, or where one cannot be read safely.
    """
    _require_alike(files, [identity for _, identity in read_before])
    copies = [
        _copy(path.name, cells, identity, pack)
        for path, (cells, identity) in zip(files, read_before, strict=True)
    ]
    base, first, second = copies
    outcomes = {
        name: three_ways(base.entered[name], first.entered[name], second.entered[name])
        for name in base.entered
        if name in first.entered and name in second.entered
    }
    names = dict.fromkeys(copy.filled_by for copy in copies if copy.filled_by)
    edition = replace(_edition(base.identity, pack, country, outcomes), filled_by="; ".join(names))
    planned, scribe = plan(edition), Scribe(pack, edition.language)
    told = Teller(planned, scribe)
    conflicts = tuple(
        told.conflict(name, clash, outcome)
        for name, outcome in outcomes.items()
        for clash in outcome.clashes
    )
    entries = by_sheet(planned, scribe, {name: item.entered for name, item in outcomes.items()})
    blank = out.with_name(f".{out.name}.{os.getpid()}.blank")
    try:
        data = write_edition(edition, blank, Merged(first.who, second.who, conflicts)).read_bytes()
    finally:
        blank.unlink(missing_ok=True)
    write_cells(data, entries, out)
    return MergeResult(
        out,
        tuple(
            Taken(name, part, origin)
            for name, outcome in outcomes.items()
            for part, origin in outcome.taken.items()
        ),
        conflicts,
        (*first.left_behind, *second.left_behind),
    )


def _refused(name: str, problems: Sequence[Problem]) -> CannotMerge:
    named = [problem.model_copy(update={"file": name}) for problem in problems]
    return CannotMerge(
        f"{name} cannot be merged.",
        "Nothing was written. Mend what follows and merge again.",
        named,
    )


def _require_alike(files: Sequence[Path], identities: Sequence[Identity]) -> None:
    base = identities[0]
    for path, other in zip(files[1:], identities[1:], strict=True):
        for key in _ALIKE:
            one, two = str(getattr(base, key)), str(getattr(other, key))
            if one != two:
                raise CannotMerge(
                    f"{path.name} is no copy of {files[0].name}: its {key.replace('_', ' ')} is "
                    f"{two}, not {one}.",
                    "Merge only copies of one workbook. Nothing was written.",
                )


def _copy(name: str, cells: Cells, identity: Identity, pack: Pack) -> Copy:
    problems = read_answers(cells, pack, name=name).problems
    unsafe = [p for p in problems if p.severity is Severity.FILE or p.code in _UNSAFE]
    if unsafe:
        raise _refused(name, unsafe)
    structure = locate(cells, pack, identity)
    scribe = Scribe(pack, identity.language, epoch_1904=cells.epoch_1904)
    return Copy(
        name=name,
        cells=cells,
        identity=identity,
        entered={place.question.name: scribe.entered(place) for place in structure.located},
        filled_by=structure.filled_by,
        left_behind=tuple(_left_behind(p) for p in problems if p.code in _LEFT_BEHIND),
    )


def _left_behind(problem: Problem) -> Problem:
    """What stands outside the answer cells of a copy, as the merge sees it."""
    return fault(
        _LEFT_BEHIND[problem.code],
        file=problem.file,
        sheet=problem.sheet,
        cell=problem.cell,
        value=dict(problem.fields)["value"],
    )


def _edition(
    identity: Identity, pack: Pack, country: CountryProfile, outcomes: Mapping[str, Outcome]
) -> Edition:
    return Edition(
        pack,
        country,
        identity.round,
        identity.institution,
        identity.language,
        identity.tier,
        identity.reference_date,
        identity.deadline,
        return_to=identity.return_to,
        only=identity.only,
        known={
            name: Known(value, noted.source, noted.text)
            for name, noted in identity.known.items()
            if name in pack.question
            and (value := restored(pack.question[name], noted.value)) is not None
        },
        why=identity.why,
        rows={name: len(item.entered.rows) for name, item in outcomes.items()},
    )
