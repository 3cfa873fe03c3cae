"""The four results of an assessment, straight from the library, without notebooks or a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessments.design import design_project
from assessments.pack.model import Pack
from assessments.reference import networks_of_region
from assessments.results import AnswersReview, Priorities, ProjectDesign, Scores
from assessments.runner.material import Material
from assessments.scoring import review_answers, set_priorities
from assessments.scoring.assess import Workings, ledgers, workings


@dataclass(frozen=True, slots=True)
class Results:
    """The four results of one assessment."""

    review: AnswersReview
    scores: Scores
    priorities: Priorities
    design: ProjectDesign

    @classmethod
    def stored(cls, documents: Mapping[str, str], prefix: str = "") -> Results:
        """From the documents of a run. Raises KeyError where one is not there."""
        return cls(
            AnswersReview.model_validate_json(documents[prefix + "answers_review"]),
            Scores.model_validate_json(documents[prefix + "scores"]),
            Priorities.model_validate_json(documents[prefix + "priorities"]),
            ProjectDesign.model_validate_json(documents[prefix + "project_design"]),
        )

    def documents(self, prefix: str = "") -> dict[str, str]:
        """As a run keeps them."""
        return {
            prefix + "answers_review": self.review.model_dump_json(),
            prefix + "scores": self.scores.model_dump_json(),
            prefix + "priorities": self.priorities.model_dump_json(),
            prefix + "project_design": self.design.model_dump_json(),
        }


def compute(
    material: Material, budget: Decimal | None = None, *, fast_track: bool = False
) -> Results:
    """All four results of one assessment; nothing is kept. Raises UnusableBudget."""
    work = workings(material.pack, material.country, material.answers, material.ref)
    return completed(
        material, work, ledgers(material.pack, work, material.ref), budget, fast_track=fast_track
    )


def completed(
    material: Material,
    work: Workings,
    scores: Scores,
    budget: Decimal | None,
    *,
    fast_track: bool = False,
    reviewed: Pack | None = None,
) -> Results:
    """The results that follow from these scores and what they came from.

    `reviewed` is the part of the pack that the review is of, where that is not the whole.
    """
    pack, country, answers = material.pack, material.country, material.answers
    priorities = set_priorities(pack, country, scores, answers, work)
    design = design_project(
        pack,
        country,
        answers,
        scores,
        priorities,
        budget=budget,
        regional_networks=networks_of_region(country),
        decisions=material.decisions,
        fast_track=fast_track,
    )
    review = review_answers(reviewed or pack, answers, material.respondents, material.ref)
    return Results(review, scores, priorities, design)
