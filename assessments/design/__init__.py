"""From gaps to a tailored project: packages, logical framework, work plan, budget and risks."""

from assessments.design.compare import Comparison, Difference, Side, compare_designs
from assessments.design.corridors import Corridor, CorridorView, End, corridor_view
from assessments.design.design import UnusableBudget, design_project
from assessments.design.logframe import deciding_fact
from assessments.design.optimum import PrerequisiteCycle
from assessments.design.tailor import Override

__all__ = [
    "Comparison",
    "Corridor",
    "CorridorView",
    "Difference",
    "End",
    "Override",
    "PrerequisiteCycle",
    "Side",
    "UnusableBudget",
    "compare_designs",
    "corridor_view",
    "deciding_fact",
    "design_project",
]
