"""A pack's rule as an Excel formula, so that a workbook greys out what skip logic skips."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

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
    Reference,
    Selected,
)

if TYPE_CHECKING:
    from assessments.pack.expressions import Expression

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SPELLS_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def to_excel(
    expression: Expression,
    address_of: Callable[[str], str],
    selected: Callable[[str, str], str] | None = None,
    count_selected: Callable[[str], str] | None = None,
    here: str = "",
) -> str:
    """The rule as a formula without `=`.

    `address_of` gives the cell (or formula) that holds a question's answer as it is stored:
    choice names, not labels. `selected(name, choice)` and `count_selected(name)` give the
    workbook's own formulas for answers of several choices; without them a cell is taken to hold
    choice names separated by `; `. `here` is the cell a constraint stands on. As in the library,
    an empty cell is `''`, equals no number, and makes every comparison of order false.
    """
    return _Formula(address_of, selected, count_selected, here).of(expression.node)


class _Formula:
    def __init__(
        self,
        address_of: Callable[[str], str],
        selected: Callable[[str, str], str] | None,
        count_selected: Callable[[str], str] | None,
        here: str,
    ) -> None:
        self.address_of = address_of
        self.selected = selected
        self.count_selected = count_selected
        self.here = here

    def of(self, node: Node) -> str:
        match node:
            case All(parts):
                return f"AND({','.join(self.of(part) for part in parts)})"
            case Any(parts):
                return f"OR({','.join(self.of(part) for part in parts)})"
            case Not(inner):
                return f"NOT({self.of(inner)})"
            case Selected(asked, choice):
                return self._has(asked, choice)
            case Comparison(left, operator, right):
                if operator in ORDER:
                    return self._numbers(left, operator, right)
                equal = self._equal(left, right)
                return f"NOT({equal})" if operator == "!=" else equal

    def _place(self, asked: Reference | Here) -> str:
        return self.here if isinstance(asked, Here) else self.address_of(asked.name)

    def _has(self, asked: Reference | Here, choice: str) -> str:
        if self.selected is not None and isinstance(asked, Reference):
            return self.selected(asked.name, choice)
        held = f'"; "&{self._place(asked)}&"; "'
        return f"ISNUMBER(FIND({_quoted(f'; {choice}; ')},{held}))"

    def _count(self, asked: Reference | Here) -> str:
        if self.count_selected is not None and isinstance(asked, Reference):
            return self.count_selected(asked.name)
        cell = self._place(asked)
        return f'IF(TRIM({cell})="",0,LEN({cell})-LEN(SUBSTITUTE({cell},";",""))+1)'

    def _equal(self, left: Operand, right: Operand) -> str:
        if any(_is_numeric(side) for side in (left, right)):
            return self._numbers(left, "=", right)
        return f"(({self._text(left)})=({self._text(right)}))"

    def _text(self, operand: Operand) -> str:
        match operand:
            case Constant(value):
                return _quoted(value) if isinstance(value, str) else _plain(value)
            case CountSelected(asked):
                return self._count(asked)
            case Reference() | Here():
                # &"" makes an empty cell '' rather than 0
                return f'{self._place(operand)}&""'

    def _numbers(self, left: Operand, sign: str, right: Operand) -> str:
        # Excel sorts any text above any number and takes an empty cell for 0, so both sides
        # must be numbers before they are compared.
        cells = [self._place(side) for side in (left, right) if isinstance(side, Reference | Here)]
        compared = f"IFERROR({self._number(left)}{sign}{self._number(right)},FALSE)"
        for cell in cells:
            compared = f'IF({cell}="",FALSE,{compared})'
        return compared

    def _number(self, operand: Operand) -> str:
        match operand:
            case Constant(str() as value):
                if day := _DATE.fullmatch(value):
                    return "DATE({},{},{})".format(*(int(part) for part in day.groups()))
                return f"VALUE({_quoted(value)})"
            case Constant(value):
                return _plain(value)
            case CountSelected(asked):
                return self._count(asked)
            case Reference() | Here():
                return f"VALUE({self._place(operand)})"


def _is_numeric(operand: Operand) -> bool:
    if isinstance(operand, CountSelected):
        return True
    if not isinstance(operand, Constant):
        return False
    return not isinstance(operand.value, str) or bool(_SPELLS_NUMBER.fullmatch(operand.value))


def _plain(value: str | float) -> str:
    number = float(value)
    return str(int(number)) if number.is_integer() else repr(number)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
