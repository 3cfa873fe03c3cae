"""`tana pack check`: everything wrong with a pack at once, and what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assessments.pack.check_changes import check_history
from assessments.pack.check_method import questions_per_tier
from assessments.pack.check_requirements import MANDATORY
from assessments.pack.check_wording import check_wording
from assessments.pack.load import find_pack, read_pack
from assessments.pack.model import Pack
from assessments.pack.tables import Faults
from assessments.problems import Problem, refuses


class PackReport(BaseModel):
    """What a pack holds and what is wrong with it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pack: str
    version: str = ""
    languages: tuple[str, ...] = ()
    questions: int = 0
    requirements: int = 0
    interventions: int = 0
    rules: int = 0
    mandatory_unasked: tuple[str, ...] = ()  # paragraphs, by reference
    workload: Mapping[str, Mapping[str, int]] = {}  # institution -> tier -> questions
    problems: tuple[Problem, ...] = ()

    @property
    def sound(self) -> bool:
        """True where the pack can be used."""
        return not refuses(self.problems)


def check_pack(folder: Path | str, *, earlier: Iterable[Pack] = ()) -> PackReport:
    """Every fault of the pack in `folder` (an id or a folder), with what the pack holds.

    `earlier` are versions of it that were used: none of their questions may vanish undeclared.

    Raises UnknownPack where there is none.
    """
    path = find_pack(folder)
    pack, problems = read_pack(path)
    faults = Faults(list(problems))
    if pack is not None:
        check_history(pack, earlier, faults)
        check_wording(path, pack.languages, faults)
    ordered = tuple(
        sorted(faults.problems, key=lambda p: (p.severity != "file", p.file, p.row or 0, p.column))
    )
    if pack is None:
        return PackReport(pack=path.name, problems=ordered)
    tiers = questions_per_tier(pack.questions, pack.institutions)
    return PackReport(
        pack=pack.id,
        version=pack.version,
        languages=pack.languages,
        questions=len(pack.questions),
        requirements=len(pack.requirements),
        interventions=len(pack.interventions),
        rules=len(pack.tailoring),
        mandatory_unasked=tuple(
            requirement.ref
            for requirement in pack.requirements
            if requirement.obligation in MANDATORY and requirement.question not in pack.question
        ),
        workload={
            code: {tier.value: count for tier, count in counts.items()}
            for code, counts in tiers.items()
        },
        problems=ordered,
    )
