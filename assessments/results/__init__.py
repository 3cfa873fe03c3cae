"""The values that cross a boundary: between layers, out of a notebook, into the store, to a report.

All are frozen and forbid unknown fields. A result that a notebook writes carries
`schema_version`; a reader refuses another version. Missing is never zero: a level, rate or
verdict that is not known is `None` or `unknown`, never 0. Sentences are messages with their values
(`Said`), names are codes: results speak no language, the report does.
"""

from assessments.results.answers import (
    Answer,
    AnswerState,
    AnswerValue,
    EvidenceState,
    Row,
    Source,
    Voice,
)
from assessments.results.assessment import AssessmentRef, CountryProfile
from assessments.results.priorities import Gap, NotScored, Part, Priorities
from assessments.results.project import (
    Activity,
    AppliedRule,
    Budget,
    BudgetLine,
    BudgetTotal,
    ChosenIntervention,
    DonorProject,
    FrontierPoint,
    Indicator,
    Outcome,
    Output,
    Package,
    ProjectDesign,
    RejectedIntervention,
    Risk,
    Stakeholder,
)
from assessments.results.review import (
    AnswersReview,
    Attention,
    CoverageLine,
    Divergence,
    Respondent,
    StateCount,
)
from assessments.results.scores import (
    FactScore,
    ProfileLine,
    Rate,
    RequirementStatus,
    Scores,
    SubDimensionScore,
    Verdict,
    VerdictCount,
)
from assessments.results.value import PUBLIC_EDITION, Sensitivity, Value

__all__ = [
    "PUBLIC_EDITION",
    "Activity",
    "Answer",
    "AnswerState",
    "AnswerValue",
    "AnswersReview",
    "AppliedRule",
    "AssessmentRef",
    "Attention",
    "Budget",
    "BudgetLine",
    "BudgetTotal",
    "ChosenIntervention",
    "CountryProfile",
    "CoverageLine",
    "Divergence",
    "DonorProject",
    "EvidenceState",
    "FactScore",
    "FrontierPoint",
    "Gap",
    "Indicator",
    "NotScored",
    "Outcome",
    "Output",
    "Package",
    "Part",
    "Priorities",
    "ProfileLine",
    "ProjectDesign",
    "Rate",
    "RejectedIntervention",
    "RequirementStatus",
    "Respondent",
    "Risk",
    "Row",
    "Scores",
    "Sensitivity",
    "Source",
    "Stakeholder",
    "StateCount",
    "SubDimensionScore",
    "Value",
    "Verdict",
    "VerdictCount",
    "Voice",
]
