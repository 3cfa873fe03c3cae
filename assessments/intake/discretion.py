"""What a receipt tells of a file without telling what was answered in confidence.

A problem quotes what stands in its cell, so that a person knows it again. A receipt goes further
than the file does: onto a terminal, into a log, onto Prefect's page. Where the question is not
public, or the cell belongs to no question, its place has to do there. The copy that says what to
correct holds the cell itself, and is told everything.
"""

from __future__ import annotations

from collections.abc import Iterable

from assessments.pack.model import Pack
from assessments.problems import Problem
from assessments.workbook.texts import in_language

WITHHELD = "…"
_QUOTED = frozenset({"value", "other", "one", "suggestion"})
# what fills these messages is a place, a name of ours, a code point or a count, never an answer
_STRUCTURAL = frozenset(
    {
        *("missing-answer-cell", "missing-column", "moved-heading", "moved-answer-cell"),
        *("two-answers", "shared-answer-cell", "duplicate-id", "moved-table-heading"),
        *("unknown-question", "changed-question", "changed-known", "merged-cell"),
        *("invisible-characters", "too-long", "duplicate-cell"),
    }
)


def discreet(problems: Iterable[Problem], pack: Pack | None) -> tuple[Problem, ...]:
    """The same problems; those that quote an answer which is not public keep its place only."""
    found = tuple(problems)
    if not any(problem.cell for problem in found):
        return found
    public = frozenset[str]() if pack is None else _public_questions(pack)
    return tuple(_withheld(one) if _quotes(one, public) else one for one in found)


def _public_questions(pack: Pack) -> frozenset[str]:
    from assessments.scoring.publication import closed_questions  # most files have no problem

    return frozenset(question.name for question in pack.questions) - closed_questions(pack)


def _quotes(problem: Problem, public: frozenset[str]) -> bool:
    """True where the message repeats what stands in a cell that not everybody may read.

    Rows of an export (`row`) are told by country, institution and version.
    """
    told = problem.code in _STRUCTURAL or problem.row is not None
    return bool(problem.cell) and not told and problem.question not in public


def _withheld(problem: Problem) -> Problem:
    fields = tuple(
        (name, WITHHELD if name in _QUOTED and text else text) for name, text in problem.fields
    )
    return in_language(problem.model_copy(update={"fields": fields}), "en")
