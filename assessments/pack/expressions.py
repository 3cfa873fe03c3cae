"""Rules of a pack: the subset of XLSForm's XPath that says when a question is asked, when an
answer is impossible and when an intervention fits.

`parse` reads the text an expert wrote and refuses, with the reason, whatever lies outside the
subset (see `questionnaires/README.md`). Nothing is ever evaluated as code. An unanswered
question is `''`; comparisons of order with it are false, as in XPath.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assessments.pack.domains import Domain, contradicts, example, overlap, satisfiable
from assessments.pack.formula import to_excel
from assessments.pack.grammar import (
    ORDER,
    All,
    Any,
    Comparison,
    Constant,
    CountSelected,
    Here,
    Node,
    Not,
    Operand,
    Operator,
    Reference,
    Selected,
    UnsupportedExpression,
    atoms_and_operands,
    read,
)
from assessments.results import AnswerValue

__all__ = [
    "Domain",
    "Expression",
    "UnsupportedExpression",
    "Values",
    "chosen",
    "contradicts",
    "example",
    "overlap",
    "parse",
    "satisfiable",
    "to_excel",
]

Values = Mapping[str, AnswerValue | None]

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Expression:
    """A rule that was read and understood. Equal where the rule is equal, however spaced."""

    node: Node
    text: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and self.node == other.node

    def __hash__(self) -> int:
        return hash(self.node)

    def __str__(self) -> str:
        return self.text

    @cached_property
    def names(self) -> frozenset[str]:
        """The questions and facts the rule reads."""
        return frozenset(
            part.name for part in atoms_and_operands(self.node) if isinstance(part, Reference)
        )

    @cached_property
    def reads_here(self) -> bool:
        """True where the rule reads `.`, which only a constraint has."""
        return any(isinstance(part, Here) for part in atoms_and_operands(self.node))

    def holds(self, values: Values, here: AnswerValue | None = None) -> bool:
        """True where the rule fires. A name absent from `values`, or None, is unanswered."""
        return _holds(self.node, values, here)


# --- evaluation -------------------------------------------------------------------------------


def _holds(node: Node, values: Values, here: AnswerValue | None) -> bool:
    match node:
        case All(parts):
            return all(_holds(part, values, here) for part in parts)
        case Any(parts):
            return any(_holds(part, values, here) for part in parts)
        case Not(inner):
            return not _holds(inner, values, here)
        case Selected(of, choice):
            return choice in chosen(_answer(of, values, here))
        case Comparison(left, operator, right):
            return _compare(_operand(left, values, here), operator, _operand(right, values, here))


def _answer(operand: Reference | Here, values: Values, here: AnswerValue | None) -> AnswerValue:
    value = here if isinstance(operand, Here) else values.get(operand.name)
    return "" if value is None else value


def _operand(operand: Operand, values: Values, here: AnswerValue | None) -> str | float:
    match operand:
        case Constant(value):
            return value
        case CountSelected(of):
            return float(len(chosen(_answer(of, values, here))))
        case Reference() | Here():
            answer = _answer(operand, values, here)
            return " ".join(chosen(answer)) if isinstance(answer, tuple) else answer


def chosen(value: AnswerValue | None) -> tuple[str, ...]:
    """The choices in an answer: several, one, or none. Rows of a table are no choices."""
    if isinstance(value, tuple):
        return tuple(item for item in value if isinstance(item, str))
    return (value,) if isinstance(value, str) and value else ()


def as_number(value: str | float) -> float | None:
    """The number that `value` is or spells; None where it is no number."""
    if isinstance(value, str):
        return float(value) if _NUMBER.fullmatch(value.strip()) else None
    return float(value)


def _compare(left: str | float, operator: Operator, right: str | float) -> bool:
    if operator not in ORDER:
        return _equal(left, right) is (operator == "=")
    first, second = _orderable(left), _orderable(right)
    if first is None or second is None or type(first) is not type(second):
        return False
    match operator:
        case "<":
            return first < second  # type: ignore[operator]
        case "<=":
            return first <= second  # type: ignore[operator]
        case ">":
            return first > second  # type: ignore[operator]
        case _:
            return first >= second  # type: ignore[operator]


def _orderable(value: str | float) -> float | str | None:
    """A number, or an ISO date (whose text orders as its day does); None for any other text."""
    number = as_number(value)
    if number is not None:
        return number
    return value if isinstance(value, str) and _DATE.fullmatch(value) else None


def _equal(left: str | float, right: str | float) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    first, second = as_number(left), as_number(right)
    return first is not None and first == second


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Read a rule.

    Raises UnsupportedExpression naming the piece that cannot be read, and why.
    """
    return Expression(read(text), text.strip())
