"""The grammar of a pack's rules: what a rule consists of, and how the text of one is read.

The subset of XLSForm's XPath is stated in `questionnaires/README.md`; whatever lies outside it is
refused with the piece and the reason. `expressions` evaluates what is read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assessments.errors import TanaError

Operator = Literal["=", "!=", "<", "<=", ">", ">="]
ORDER: frozenset[str] = frozenset({"<", "<=", ">", ">="})
_REMEDY = (
    "Write it with ${QUESTION}, 'text', numbers, = != < <= > >=, and, or, not(), selected(), "
    "count-selected() and parentheses only."
)


class UnsupportedExpression(TanaError):
    """A rule uses something outside the subset; `part` is the piece that cannot be read."""

    def __init__(self, text: str, part: str, reason: str) -> None:
        self.text = text
        self.part = part
        self.reason = reason
        super().__init__(f"The rule «{text}» cannot be read at «{part}»: {reason}.", _REMEDY)


# --- what a rule consists of ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Constant:
    """A text or a number as written."""

    value: str | float


@dataclass(frozen=True, slots=True)
class Reference:
    """The answer to a question, or a fact of the country."""

    name: str


@dataclass(frozen=True, slots=True)
class Here:
    """`.`, the cell that the constraint stands on."""


@dataclass(frozen=True, slots=True)
class CountSelected:
    """How many choices of a question are selected."""

    of: Reference | Here


Operand = Constant | Reference | Here | CountSelected


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two operands side by side."""

    left: Operand
    operator: Operator
    right: Operand


@dataclass(frozen=True, slots=True)
class Selected:
    """True where the choice is among those selected (or the single answer)."""

    of: Reference | Here
    choice: str


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    of: Node


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds (`and`)."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds (`or`)."""

    parts: tuple[Node, ...]


Node = Comparison | Selected | Not | All | Any


def atoms_and_operands(node: Node) -> Iterator[Comparison | Selected | Operand]:
    """Every comparison, selection and operand of a rule, in the order written."""
    match node:
        case All(parts) | Any(parts):
            for part in parts:
                yield from atoms_and_operands(part)
        case Not(of):
            yield from atoms_and_operands(of)
        case Selected(asked, _):
            yield node
            yield asked
        case Comparison(left, _, right):
            yield node
            for operand in (left, right):
                yield operand
                if isinstance(operand, CountSelected):
                    yield operand.of


# --- reading ----------------------------------------------------------------------------------

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<reference>\$\{\s*(?P<name>[A-Za-z_][A-Za-z0-9_.-]*)\s*\})
    | (?P<string>'[^']*'|"[^"]*")
    | (?P<number>(?:\d+(?:\.\d*)?|\.\d+))
    | (?P<operator><=|>=|!=|=|<|>)
    | (?P<sign>[(),.-])
    | (?P<word>[A-Za-z_][A-Za-z0-9_-]*)
    )""",
    re.VERBOSE,
)
_UNSUPPORTED = {
    "+": "arithmetic is not supported in rules",
    "*": "arithmetic is not supported in rules",
    "/": "paths are not supported; name the question as ${QUESTION}",
    "|": "unions are not supported",
    "[": "predicates are not supported",
    "$": "a question is named ${QUESTION}",
    "'": "a text in quotes is not closed",
    '"': "a text in quotes is not closed",
    "\u2018": "curly quotes are not supported; write straight ones",
    "\u2019": "curly quotes are not supported; write straight ones",
}


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def _tokens(text: str) -> list[_Token]:
    tokens, position = [], 0
    stripped = text.rstrip()
    while position < len(stripped):
        match = _TOKEN.match(stripped, position)
        if match is None:
            rest = stripped[position:].lstrip()
            why = _UNSUPPORTED.get(rest[0], "this sign is not part of the supported rules")
            raise UnsupportedExpression(text, rest[:20], why)
        kind = str(match.lastgroup)
        if match.group("reference"):
            tokens.append(_Token("reference", match.group("name")))
        elif match.group("string"):
            tokens.append(_Token("string", match.group("string")[1:-1]))
        else:
            tokens.append(_Token(kind, match.group(kind)))
        position = match.end()
    return tokens


_DEEPEST = 60  # nested parentheses; no person writes more, and the stack is finite


class _Reader:
    """Recursive descent over the tokens of one rule."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.position = 0
        self.depth = 0

    def read(self) -> Node:
        if not self.tokens:
            raise UnsupportedExpression(self.text, self.text, "the rule is empty")
        node = self._either()
        if self.position < len(self.tokens):
            raise self._refusal("something follows a complete rule; join parts with and / or")
        return node

    def _peek(self) -> _Token:
        if self.position < len(self.tokens):
            return self.tokens[self.position]
        return _Token("end", "")

    def _take(self) -> _Token:
        token = self._peek()
        self.position += 1
        return token

    def _is(self, kind: str, *texts: str) -> bool:
        token = self._peek()
        return token.kind == kind and (not texts or token.text in texts)

    def _refusal(self, reason: str) -> UnsupportedExpression:
        token = self._peek()
        return UnsupportedExpression(self.text, token.text or "the end", reason)

    def _expect(self, sign: str, reason: str) -> None:
        if not self._is("sign", sign):
            raise self._refusal(reason)
        self.position += 1

    def _either(self) -> Node:
        parts = [self._every()]
        while self._is("word", "or"):
            self.position += 1
            parts.append(self._every())
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def _every(self) -> Node:
        parts = [self._single()]
        while self._is("word", "and"):
            self.position += 1
            parts.append(self._single())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _single(self) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._refusal("the rule is nested too deeply")
        try:
            if self._is("sign", "("):
                self.position += 1
                node = self._either()
                self._expect(")", "a closing parenthesis is missing")
                return node
            if self._is("word", "not"):
                self.position += 1
                self._expect("(", "not needs parentheses: not(...)")
                node = self._either()
                self._expect(")", "a closing parenthesis is missing")
                return Not(node)
            if self._is("word", "selected"):
                return self._selected()
            return self._comparison()
        finally:
            self.depth -= 1

    def _selected(self) -> Node:
        self.position += 1
        self._expect("(", "selected needs parentheses: selected(${QUESTION}, 'choice')")
        of = self._asked()
        self._expect(",", "selected needs two parts: selected(${QUESTION}, 'choice')")
        if not self._is("string"):
            raise self._refusal("the second part of selected is a choice in quotes")
        choice = self._take().text
        self._expect(")", "a closing parenthesis is missing")
        return Selected(of, choice)

    def _asked(self) -> Reference | Here:
        if self._is("reference"):
            return Reference(self._take().text)
        if self._is("sign", "."):
            self.position += 1
            return Here()
        raise self._refusal("a question ${QUESTION} is expected")

    def _comparison(self) -> Node:
        left = self._operand()
        if not self._is("operator"):
            raise self._refusal("a comparison (= != < <= > >=) is expected here")
        operator: Operator = self._take().text  # type: ignore[assignment]
        return Comparison(left, operator, self._operand())

    def _operand(self) -> Operand:
        token = self._peek()
        if token.kind == "reference" or (token.kind == "sign" and token.text == "."):
            return self._asked()
        if token.kind == "string":
            self.position += 1
            return Constant(token.text)
        if token.kind == "number":
            self.position += 1
            return Constant(float(token.text))
        if token.kind == "sign" and token.text == "-":
            self.position += 1
            if not self._is("number"):
                raise self._refusal("arithmetic is not supported in rules")
            return Constant(-float(self._take().text))
        if token.kind == "word":
            return self._word(token)
        raise self._refusal("a question, a text or a number is expected here")

    def _word(self, token: _Token) -> Operand:
        if token.text == "count-selected":
            self.position += 1
            self._expect("(", "count-selected needs parentheses: count-selected(${QUESTION})")
            of = self._asked()
            self._expect(")", "a closing parenthesis is missing")
            return CountSelected(of)
        after = self.tokens[self.position + 1 : self.position + 2]
        if after and after[0] == _Token("sign", "("):
            raise self._refusal(f"the function {token.text}() is not supported")
        if token.text in {"and", "or"}:
            raise self._refusal("a part is missing beside and / or")
        if token.text in {"div", "mod"}:
            raise self._refusal("arithmetic is not supported in rules")
        raise self._refusal(f"a text stands in quotes ('{token.text}'), a question as ${{...}}")


def read(text: str) -> Node:
    """What the rule `text` consists of.

    Raises UnsupportedExpression naming the piece that cannot be read, and why.
    """
    return _Reader(text).read()
