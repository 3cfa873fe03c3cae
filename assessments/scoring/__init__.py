"""Scoring: from answers to levels, compliance, priorities and doubt. Values in, values out.

review_answers      who answered, coverage, disagreement, what needs a look
score_assessment    the two ledgers: capability and compliance
set_priorities      the gaps in order, with every part of their severity
agreement, leanings how far respondents agree, who rates itself high or low
worth_asking        which open question could change the priorities most
workings, ledgers   the same in two steps: everything between answers and result, and the result
simulate            the draws behind the doubt
contradictions      law against practice, and the two sides of one cooperation
compare_rounds      two rounds of one country, on what both asked alike
region_view         a network's members as distributions, without names or ranks
"""

from assessments.scoring.agreement import Agreement, Leaning, agreement, leanings
from assessments.scoring.asking import WorthAsking, worth_asking
from assessments.scoring.assess import NoMethod, Workings, ledgers, score_assessment, workings
from assessments.scoring.contradictions import Contradiction, contradictions
from assessments.scoring.doubt import Doubt, LevelDoubt, simulate
from assessments.scoring.gather import AGREED, answer_values, gather, tier_asked
from assessments.scoring.priorities import set_priorities
from assessments.scoring.region import Region, region_view
from assessments.scoring.review import review_answers
from assessments.scoring.rounds import BreakKind, RoundLine, compare_rounds

__all__ = [
    "AGREED",
    "Agreement",
    "BreakKind",
    "Contradiction",
    "Doubt",
    "Leaning",
    "LevelDoubt",
    "NoMethod",
    "Region",
    "RoundLine",
    "Workings",
    "WorthAsking",
    "agreement",
    "answer_values",
    "compare_rounds",
    "contradictions",
    "gather",
    "leanings",
    "ledgers",
    "region_view",
    "review_answers",
    "score_assessment",
    "set_priorities",
    "simulate",
    "tier_asked",
    "workings",
    "worth_asking",
]
