"""The four notebooks of an assessment: in which order, with what result."""

from dataclasses import dataclass
from pathlib import Path

from assessments import paths
from assessments.results import AnswersReview, Priorities, ProjectDesign, Scores, Value


@dataclass(frozen=True, slots=True)
class Step:
    """One notebook, the result it writes, and the parameter its successors read that result by."""

    name: str  # file name without ending
    title: str  # what it does, for an officer
    result: type[Value]
    stored_as: str  # name of the result in the store
    passes_on_as: str  # parameter of later notebooks that holds the path of this result
    needs: tuple[str, ...]  # names of the steps whose results it reads

    @property
    def notebook(self) -> Path:
        """The notebook of record."""
        return paths.NOTEBOOKS / f"{self.name}.ipynb"


STEPS = (
    Step(
        "1_check_answers", "Check the answers", AnswersReview, "answers_review", "review_path", ()
    ),
    Step("2_score_gaps", "Score capability and compliance", Scores, "scores", "scores_path", ()),
    Step(
        "3_set_priorities",
        "Set priorities",
        Priorities,
        "priorities",
        "priorities_path",
        ("2_score_gaps",),
    ),
    Step(
        "4_design_project",
        "Design the project",
        ProjectDesign,
        "project_design",
        "design_path",
        ("2_score_gaps", "3_set_priorities"),
    ),
)
