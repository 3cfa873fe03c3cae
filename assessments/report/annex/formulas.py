"""The method in Excel: how facts become a level, and levels a profile, as formulas over cells.

Each function returns a formula without its leading `=`. Only functions that Excel 2010 and
LibreOffice both know are used. An empty text stands where there is no value, never a zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assessments.pack.method import AggregationName
from assessments.report.annex.book import listed

PEFA_TABLE = "pefa_m2_table"  # defined name of PEFA's conversion table on the method sheet


class Facts(NamedTuple):
    """The columns of one sub-dimension's facts: ranges of equal length."""

    counted: str  # score that counts, or an empty text
    weight: str
    logarithm: str  # of the score, 0 where there is none
    grade: str  # PEFA's letter, or an empty text


class _Parts(NamedTuple):
    """What an aggregation reads of its scores, each as a formula."""

    scores: str  # as the arguments of MIN, MAX and COUNT
    products: str  # sum of scores by their weights
    logarithms: str  # sum of their logarithms by their weights
    weights: str  # sum of the weights of those that count
    grades: str  # PEFA's letters, from the lowest to the highest


def aggregated(name: AggregationName, facts: Facts) -> str:
    """The level that this aggregation makes of the facts; an empty text where none counts."""
    counted, weights = facts.counted, f"ISNUMBER({facts.counted})*{facts.weight}"
    whole = _aggregated(
        name,
        _Parts(
            scores=counted,
            products=f"SUMPRODUCT({counted},{facts.weight})",
            logarithms=f"SUMPRODUCT({weights}*{facts.logarithm})",
            weights=f"SUMPRODUCT({weights})",
            grades="&".join(f'REPT("{one}",COUNTIF({facts.grade},"{one}"))' for one in "DCBA"),
        ),
    )
    return f'IF(COUNT({counted})=0,"",{whole})'


def across(name: AggregationName, counted: Sequence[str], weight: Sequence[str]) -> str:
    """One level of several, which stand in cells apart from each other with their weights."""
    pairs = list(zip(counted, weight, strict=True))
    return _aggregated(
        name,
        _Parts(
            scores=listed(counted),
            products=_sum(f"N({c})*{w}" for c, w in pairs),
            logarithms=_sum(f"IF(N({c})>0,{w}*LN({c}),0)" for c, w in pairs),
            weights=_sum(f"ISNUMBER({c})*{w}" for c, w in pairs),
            grades="&".join(
                f'IF(ISNUMBER({c}),IF({_step(c)}={step},"{letter}",""),"")'
                for step, letter in enumerate("DCBA")
                for c in counted
            ),
        ),
    )


def _aggregated(name: AggregationName, of: _Parts) -> str:
    """PEFA's goes by the published table, and never above the best score."""
    best = f"MAX({of.scores})"
    return {
        AggregationName.WEIGHTED_MEAN: f"{of.products}/{of.weights}",
        AggregationName.WEAKEST_LINK: f"MIN(MIN({of.scores})+0.5,{best})",
        AggregationName.GEOMETRIC_MEAN: (
            f"IF(MIN({of.scores})<=0,0,EXP({of.logarithms}/{of.weights}))"
        ),
        AggregationName.PEFA_M2: (
            f"IF(COUNT({of.scores})=1,{best},MIN(VLOOKUP({of.grades},{PEFA_TABLE},2,FALSE),{best}))"
        ),
    }[name]


def _sum(terms: Iterable[str]) -> str:
    return f"({'+'.join(terms)})"


def _step(score: str) -> str:
    """PEFA's grade of a score as a step, 0 (D) to 3 (A); a grade counts only when it is reached."""
    return f"MAX(0,MIN(3,INT({score})-1))"


def grade(score: str) -> str:
    """PEFA's letter of a score."""
    return f'IF({score}="","",MID("DCBA",{_step(score)}+1,1))'


def logarithm(score: str) -> str:
    """The natural logarithm of a score above 0, else 0."""
    return f"IF(N({score})>0,LN({score}),0)"


def rounded(formula: str) -> str:
    """To the four decimals that are kept; an empty text stays one."""
    return f'IF({formula}="","",ROUND({formula},4))'
