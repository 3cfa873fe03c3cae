"""Derived indicators from hard data: shares, medians and workloads, each with its counts.

The pack writes them as sums of questions. A rate with a part that nobody answered has no value,
and neither has one that rests on numbers that cannot all be right, or on no case at all.
A rate on few cases is marked, because one case moves it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assessments.pack.method import ImpossiblePair, Method, RateRule
from assessments.pack.sums import parse_sum
from assessments.results import Rate, Sensitivity
from assessments.scoring.gather import Gathered


def derive_rates(method: Method, gathered: Mapping[str, Gathered]) -> tuple[Rate, ...]:
    """Every derived indicator of the method, in the order of its names."""
    doubtful = frozenset(n for pair in impossible_pairs(method, gathered) for n in pair.questions)
    return tuple(
        _rate(method, name, rule, gathered, doubtful) for name, rule in sorted(method.rates.items())
    )


@dataclass(frozen=True, slots=True)
class Impossible:
    """Numbers of one institution, or of several, that cannot all be right."""

    rule: ImpossiblePair
    questions: tuple[str, ...]
    part: float
    whole: float


def impossible_pairs(method: Method, gathered: Mapping[str, Gathered]) -> Iterator[Impossible]:
    """Pairs whose part is more than its whole; pairs with a missing number say nothing."""
    values = {name: item.value for name, item in gathered.items()}
    for _, rule in sorted(method.impossible.items()):
        part, whole = parse_sum(rule.part), parse_sum(rule.whole)
        first, second = part.value(values), whole.value(values)
        if first is not None and second is not None and first > second:
            yield Impossible(rule, tuple(sorted(part.names | whole.names)), first, second)


def _rate(
    method: Method,
    name: str,
    rule: RateRule,
    gathered: Mapping[str, Gathered],
    doubtful: frozenset[str],
) -> Rate:
    values = {question: item.value for question, item in gathered.items()}
    sums = [parse_sum(text) for text in (rule.numerator, rule.denominator, rule.cases) if text]
    read = [gathered[n] for n in sorted({n for s in sums for n in s.names}) if n in gathered]
    numerator = parse_sum(rule.numerator).value(values)
    denominator = parse_sum(rule.denominator).value(values) if rule.denominator else None
    cases = parse_sum(rule.cases).value(values) if rule.cases else None
    if rule.protected:
        floor = method.small_numbers.protected.value
    else:
        floor = method.small_numbers.cases.value
    behind = denominator if rule.denominator else cases
    in_doubt = any(doubtful & one.names for one in sums)
    return Rate(
        name=name,
        label=str(rule.words),
        value=None if in_doubt else _value(rule, numerator, behind),
        unit=rule.unit,
        numerator=numerator,
        denominator=behind,
        small_number=behind is not None and behind < floor,
        in_doubt=in_doubt,
        answers=tuple(item.standing.id for item in read if item.standing is not None),
        sensitivity=Sensitivity.highest(*(i.question.sensitivity for i in read if i.voices)),
    )


def _value(rule: RateRule, numerator: float | None, behind: float | None) -> float | None:
    """The indicator; None where a part or the count behind it is missing, or there is no case."""
    counted = bool(rule.denominator or rule.cases)
    if numerator is None or (counted and (behind is None or behind <= 0)):
        return None
    if not rule.denominator or behind is None:
        return numerator
    share = numerator / behind
    return round(share * 100 if rule.unit == "percent" else share, 4)
