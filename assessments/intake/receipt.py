"""What became of a received file, as an officer reads it and as `--json` prints it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pydantic import Field

from assessments.problems import Problem, Severity
from assessments.results import Answer, AnswerState, Value
from assessments.store import Change, TakenOver


class Receipt(Value):
    """One file's way through intake."""

    file: str
    accepted: bool  # False: refused, and the store is exactly as before
    dry_run: bool = False  # True: only checked
    new: bool = False  # False where these answers were there already
    version: int | None = None
    stands: bool = False  # False where a later version corrected these answers
    country: str = ""
    round: str = ""
    institution: str = ""
    language: str = ""
    workbook_sha256: str = ""
    answers: dict[str, int] = Field(default_factory=dict)  # how many in each state
    problems: tuple[Problem, ...] = ()
    checked_file: str = ""  # copy with a note on each bad cell, "" where none was written
    changes: tuple[Change, ...] = ()  # against what stood before
    taken_over: tuple[TakenOver, ...] = ()  # answers of earlier returns that this one left blank

    @property
    def exit_status(self) -> int:
        """1 where a person has something to mend, else 0."""
        return int(any(problem.severity is not Severity.NOTE for problem in self.problems))


def count_states(answers: Iterable[Answer]) -> dict[str, int]:
    """How many answers are in each state, every state named."""
    found = Counter(answer.state.value for answer in answers)
    return {state.value: found[state.value] for state in AnswerState}
