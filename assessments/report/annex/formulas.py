"""The method in Excel: how facts become a level, written as formulas over ranges of cells.

Each function returns a formula without its leading `=`. Only functions that Excel 2010 and
LibreOffice both know are used. An empty text stands where there is no value, never a zero.
"""

from __future__ import annotations

from typing import NamedTuple

from assessments.pack.method import AggregationName

PEFA_TABLE = "pefa_m2_table"  # defined name of PEFA's conversion table on the method sheet


class Facts(NamedTuple):
    """The columns of one sub-dimension's facts: ranges of equal length."""

    counted: str  # score that counts, or an empty text
    weight: str
    logarithm: str  # of the score, 0 where there is none
    grade: str  # PEFA's letter, or an empty text


def aggregated(name: AggregationName, facts: Facts) -> str:
    """The level that this aggregation makes of the facts; an empty text where none counts."""
    whole = {
        AggregationName.WEIGHTED_MEAN: _weighted_mean,
        AggregationName.WEAKEST_LINK: _weakest_link,
        AggregationName.GEOMETRIC_MEAN: _geometric_mean,
        AggregationName.PEFA_M2: _pefa_m2,
    }[name](facts)
    return f'IF(COUNT({facts.counted})=0,"",{whole})'


def _weight(facts: Facts) -> str:
    """The weight of the facts that count."""
    return f"SUMPRODUCT(ISNUMBER({facts.counted})*{facts.weight})"


def _weighted_mean(facts: Facts) -> str:
    return f"SUMPRODUCT({facts.counted},{facts.weight})/{_weight(facts)}"


def _weakest_link(facts: Facts) -> str:
    return f"MIN(MIN({facts.counted})+0.5,MAX({facts.counted}))"


def _geometric_mean(facts: Facts) -> str:
    logs = f"SUMPRODUCT(ISNUMBER({facts.counted})*{facts.weight}*{facts.logarithm})"
    return f"IF(MIN({facts.counted})<=0,0,EXP({logs}/{_weight(facts)}))"


def _pefa_m2(facts: Facts) -> str:
    """By the published table, whose keys run from the lowest grade to the highest."""
    key = "&".join(f'REPT("{grade}",COUNTIF({facts.grade},"{grade}"))' for grade in "DCBA")
    looked_up = f"VLOOKUP({key},{PEFA_TABLE},2,FALSE)"
    best = f"MAX({facts.counted})"
    return f"IF(COUNT({facts.counted})=1,{best},MIN({looked_up},{best}))"


def grade(score: str) -> str:
    """PEFA's letter of a score; a grade counts only when it is reached."""
    return f'IF({score}="","",MID("DCBA",MAX(0,MIN(3,INT({score})-1))+1,1))'


def logarithm(score: str) -> str:
    """The natural logarithm of a score above 0, else 0."""
    return f"IF(N({score})>0,LN({score}),0)"


def rounded(formula: str) -> str:
    """To the four decimals that are kept; an empty text stays one."""
    return f'IF({formula}="","",ROUND({formula},4))'
