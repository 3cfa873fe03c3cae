"""Read a returned questionnaire: who it is, what it answers, and everything that is wrong with it.

Bad content is data: problems are collected and returned all at once, never raised. A problem of
severity `file` means that nothing of the file may be stored; a bad cell becomes an answer in state
`unusable` with what was in it kept as `raw`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assessments.pack.model import Pack
from assessments.problems import Problem, refuses
from assessments.results import Answer
from assessments.untrusted import Cells, Unreadable, read_cells
from assessments.untrusted.cells import address
from assessments.untrusted.texts import refusal
from assessments.workbook.answers import Reader
from assessments.workbook.identity import Identity, check_identity, identify
from assessments.workbook.located import Structure
from assessments.workbook.structure import locate


@dataclass(frozen=True, slots=True)
class Reading:
    """One returned workbook."""

    identity: Identity | None  # None where the file could not be read or says not who it is
    answers: tuple[Answer, ...]  # one a question that the workbook asks, in the pack's order
    problems: tuple[Problem, ...]
    sha256: str = ""  # of the received bytes, "" where they could not be read
    filled_by: str = ""  # post and unit, as the respondent gave it

    @property
    def accepted(self) -> bool:
        """True where nothing refuses the file."""
        return self.identity is not None and not refuses(self.problems)

    @property
    def language(self) -> str:
        """The respondent's language, for feedback; English where it is not known."""
        return self.identity.speaks if self.identity else "en"


def read_workbook(source: Path | bytes, pack: Pack, *, name: str = "") -> Reading:
    """Check and read a returned workbook against `pack`.

    `source` is a path, or bytes already received; `name` is the file's name as problems print it.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    try:
        cells = read_cells(source, name)
    except Unreadable as refused:
        return Reading(None, (), refused.problems)
    return read_answers(cells, pack, name=name)


def whose(source: Path | bytes, name: str = "") -> tuple[Identity | None, tuple[Problem, ...]]:
    """Which pack, country and institution a workbook names, before a pack is chosen."""
    try:
        cells = read_cells(source, name)
    except Unreadable as refused:
        return None, refused.problems
    identity, problems = identify(cells)
    return identity, _named(problems, name)


def read_answers(
    cells: Cells, pack: Pack, *, name: str = "", earlier: Iterable[Answer] = ()
) -> Reading:
    """As `read_workbook`, of cells already read.

    `earlier` are the institution's answers of earlier returns, which skip logic reads where this
    workbook leaves a question blank or does not ask it.
    """
    identity, problems = identify(cells)
    if identity is None:
        return Reading(None, (), _named(problems, name), cells.sha256)
    problems = check_identity(identity, pack)
    if refuses(problems):
        return Reading(identity, (), _named(problems, name), cells.sha256)
    structure = locate(cells, pack, identity)
    reader = Reader(cells, pack, identity, name, earlier)
    answers = reader.read(structure.located)
    found = (
        *problems,
        *structure.problems,
        *_disagreements(cells, structure),
        *reader.problems,
    )
    return Reading(identity, answers, _named(found, name), cells.sha256, structure.filled_by)


def _disagreements(cells: Cells, structure: Structure) -> list[Problem]:
    """Every cell of the questionnaire in which the two readers see different values.

    Which of them is right is not decided here or anywhere: the file is refused. A sheet that is
    not part of the questionnaire is read for nothing and may differ.
    """
    if not cells.differences:
        return []
    owner: dict[tuple[str, int, int], str] = {}
    for place in structure.located:
        name, question = place.sheet.name, place.question.name
        spots = {place.spot, *place.parts.values(), *place.ticks.values()}
        spots |= {(row, column) for row, _ in place.rows for column in place.columns.values()}
        owner |= {(name, *spot): question for spot in spots}
    extra = {problem.sheet for problem in structure.problems if problem.code == "extra-sheet"}
    return [
        refusal(
            "readers-disagree",
            sheet=sheet,
            cell=address(row, column),
            one=one or "—",
            other=other or "—",
        ).model_copy(update={"question": owner.get((sheet, row, column), "")})
        for (sheet, row, column), (one, other) in cells.differences.items()
        if sheet not in extra
    ]


def _named(problems: tuple[Problem, ...] | list[Problem], name: str) -> tuple[Problem, ...]:
    return tuple(problem.model_copy(update={"file": name}) for problem in problems)
