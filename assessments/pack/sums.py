"""Sums of questions, from which rates are made: `${OPS_1_04} + ${OPS_1_05}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assessments.pack.grammar import UnsupportedExpression
from assessments.results import AnswerValue

_TERM = re.compile(r"\s*(?P<sign>[+-])?\s*\$\{\s*(?P<name>[A-Za-z_][A-Za-z0-9_.-]*)\s*\}\s*")


@dataclass(frozen=True, slots=True)
class Sum:
    """Questions added to and taken from each other."""

    terms: tuple[tuple[int, str], ...]  # +1 or -1, question

    @property
    def names(self) -> frozenset[str]:
        """The questions the sum reads."""
        return frozenset(name for _, name in self.terms)

    def value(self, values: Mapping[str, AnswerValue | None]) -> float | None:
        """The sum; None where one of its questions has no number (missing is never zero)."""
        total = 0.0
        for sign, name in self.terms:
            value = values.get(name)
            if isinstance(value, bool) or not isinstance(value, int | float):
                return None
            total += sign * value
        return total


def parse_sum(text: str) -> Sum:
    """Read a sum of questions.

    Raises UnsupportedExpression naming the piece that cannot be read, and why.
    """
    terms: list[tuple[int, str]] = []
    position = 0
    while position < len(text):
        match = _TERM.match(text, position)
        if match is None or (terms and not match.group("sign")):
            piece = text[position:].strip() or text
            why = "a rate is a sum of questions: ${QUESTION} + ${QUESTION}"
            raise UnsupportedExpression(text, piece, why)
        terms.append((-1 if match.group("sign") == "-" else 1, match.group("name")))
        position = match.end()
    if not terms:
        raise UnsupportedExpression(text, text, "the sum is empty")
    return Sum(tuple(terms))
