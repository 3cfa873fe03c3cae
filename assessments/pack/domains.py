"""Whether a rule can ever fire, and whether two rules can fire together.

A rule that never fires helps nobody, and one that requires what another rules out would decide
by accident. The search is finite: choices are few, and of numbers only those beside the cut
points of the rules make a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Literal

from assessments.pack.grammar import (
    All,
    Any,
    Comparison,
    Constant,
    CountSelected,
    Node,
    Not,
    Operand,
    Reference,
    Selected,
    atoms_and_operands,
)
from assessments.results import AnswerValue

if TYPE_CHECKING:
    from assessments.pack.expressions import Expression

Domains = Mapping[str, "Domain"]


@dataclass(frozen=True, slots=True)
class Domain:
    """What a question or fact can be. Unanswered (`''`) is always possible unless `known`."""

    kind: Literal["one", "several", "number", "text"]
    choices: tuple[str, ...] = ()
    exclusive: frozenset[str] = frozenset()  # choices that cannot stand beside others
    low: float | None = None
    high: float | None = None
    whole: bool = False  # whole numbers only
    known: bool = False  # never unanswered


def satisfiable(expression: Expression, domains: Domains) -> bool:
    """True where some answers make the rule fire."""
    return example(domains, expression) is not None


def overlap(first: Expression, second: Expression, domains: Domains) -> bool:
    """True where some answers make both rules fire."""
    return example(domains, first, second) is not None


def contradicts(first: Expression, second: Expression, domains: Domains) -> bool:
    """True where the two rules can never fire together."""
    return not overlap(first, second, domains)


def example(
    domains: Domains,
    *expressions: Expression,
    known: Sequence[Expression] = (),
    also: Sequence[Expression] = (),
) -> dict[str, AnswerValue] | None:
    """Answers that make all the rules fire at once; None where there are none.

    A name without a domain is taken to hold any text or number. Of each of `known` something that
    it reads is answered. `also` are conditions that hold besides.
    """
    every = (*expressions, *also)
    names = sorted({name for expression in every for name in expression.names})
    whole = All(tuple(expression.node for expression in every))

    def values(name: str) -> Iterator[AnswerValue]:
        return _values(name, domains.get(name), whole)

    # few values first; sets of choices, of which there may be very many, last
    names.sort(key=lambda name: _breadth(domains.get(name)))
    return _search(every, names, values, {}, [one.names for one in known])


def _breadth(domain: Domain | None) -> int:
    if domain is None:
        return 1000
    return len(domain.choices) if domain.kind == "one" else {"several": 2000}.get(domain.kind, 500)


def _search(
    expressions: Sequence[Expression],
    names: Sequence[str],
    values: Callable[[str], Iterator[AnswerValue]],
    chosen: dict[str, AnswerValue],
    known: Sequence[frozenset[str]],
) -> dict[str, AnswerValue] | None:
    settled = [_settled(expression.node, chosen, expression) for expression in expressions]
    silent = any(all(chosen.get(name, "open") == "" for name in read) for read in known)
    if False in settled or silent:
        return None
    if all(settled):
        return dict(chosen)
    name = names[len(chosen)]
    for value in values(name):
        found = _search(expressions, names, values, {**chosen, name: value}, known)
        if found is not None:
            return found
    return None


def _settled(node: Node, chosen: Mapping[str, AnswerValue], expression: Expression) -> bool | None:
    """What the rule says already, with some names chosen; None where it is still open."""
    match node:
        case All(parts):
            found = [_settled(part, chosen, expression) for part in parts]
            return False if False in found else (None if None in found else True)
        case Any(parts):
            found = [_settled(part, chosen, expression) for part in parts]
            return True if True in found else (None if None in found else False)
        case Not(inner):
            settled = _settled(inner, chosen, expression)
            return None if settled is None else not settled
        case _:
            names = {part.name for part in atoms_and_operands(node) if isinstance(part, Reference)}
            if not names <= chosen.keys():
                return None
            return type(expression)(node, "").holds(chosen)


def _values(name: str, domain: Domain | None, node: Node) -> Iterator[AnswerValue]:
    """The values of `name` that can make a difference to the rule."""
    if domain is None or not domain.known:
        yield ""
    if domain is None:
        yield from _numbers(Domain("number"), node)
        yield from _texts(node)
        mentioned = sorted(
            part.choice
            for part in atoms_and_operands(node)
            if isinstance(part, Selected) and part.of == Reference(name)
        )
        yield from _sets(name, Domain("several", (*dict.fromkeys(mentioned), "another")), node)
    elif domain.kind == "one":
        yield from domain.choices
    elif domain.kind == "several":
        yield from _sets(name, domain, node)
    elif domain.kind == "number":
        yield from _numbers(domain, node)
    else:
        yield from _texts(node)


def _constants(node: Node) -> Iterator[str | float]:
    for part in atoms_and_operands(node):
        if isinstance(part, Constant):
            yield part.value


def _numbers(domain: Domain, node: Node) -> Iterator[float]:
    cuts = set()
    for value in _constants(node):
        try:
            cuts.add(float(value))
        except ValueError:
            continue  # a text of another comparison
    bounds = {float(bound) for bound in (domain.low, domain.high) if bound is not None}
    step = 1.0 if domain.whole else 0.5
    points = sorted(cuts | bounds | {0.0})
    between = [(low + high) / 2 for low, high in pairwise(points)]
    candidates = {*points, *between, *(p + step for p in points), *(p - step for p in points)}
    for value in sorted(candidates):
        inside = (domain.low is None or value >= domain.low) and (
            domain.high is None or value <= domain.high
        )
        if inside and (not domain.whole or value.is_integer()):
            yield value


def _texts(node: Node) -> Iterator[str]:
    for value in sorted({value for value in _constants(node) if isinstance(value, str)}):
        yield value
        yield f"{value} and more"  # sorts after it and equals nothing
    yield "0000-01-01"  # a day before every other
    yield "9999-12-31"


def _sets(name: str, domain: Domain, node: Node) -> Iterator[tuple[str, ...]]:
    """Sets of choices: every combination of those that rules name, filled up with others."""
    named: set[str] = set()
    counted = False
    for part in atoms_and_operands(node):
        if isinstance(part, Selected) and part.of == Reference(name):
            named.add(part.choice)
        elif isinstance(part, CountSelected) and part.of == Reference(name):
            counted = True
        elif isinstance(part, Comparison) and Reference(name) in (part.left, part.right):
            named.update(_text_sides(part.left, part.right))
    usual = [choice for choice in domain.choices if choice not in domain.exclusive]
    ruled = [choice for choice in usual if choice in named]
    others = [choice for choice in usual if choice not in named]
    fill = range(len(others) + 1) if counted else range(min(1, len(others)) + 1)
    if ruled:
        yield tuple(ruled)  # what most rules ask for, before the many other combinations
    yield from ((choice,) for choice in domain.choices if choice in domain.exclusive)
    for size in range(len(ruled) + 1):
        for some in combinations(ruled, size):
            for more in fill:
                if some or more:
                    yield (*some, *others[:more])


def _text_sides(*sides: Operand) -> Iterator[str]:
    for side in sides:
        if isinstance(side, Constant) and isinstance(side.value, str):
            yield side.value
