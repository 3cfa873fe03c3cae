"""From gaps to a tailored project: packages, logical framework, work plan, budget and risks."""

from assessments.design.compare import Comparison, Difference, Side, compare_designs
from assessments.design.corridors import Corridor, CorridorView, End, corridor_view
from assessments.design.decisions import BUDGET, CHOICES, Decision, decisions_of
from assessments.design.design import UnusableBudget, design_project
from assessments.design.logframe import deciding_fact
from assessments.design.optimum import PrerequisiteCycle

__all__ = [
    "BUDGET",
    "CHOICES",
    "Comparison",
    "Corridor",
    "CorridorView",
    "Decision",
    "Difference",
    "End",
    "PrerequisiteCycle",
    "Side",
    "UnusableBudget",
    "compare_designs",
    "corridor_view",
    "deciding_fact",
    "decisions_of",
    "design_project",
]
