"""The result of notebook 1_check_answers: who answered what, and what an analyst should look at."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from assessments.language import Said
from assessments.results.answers import AnswerState, Voice
from assessments.results.assessment import AssessmentRef
from assessments.results.value import Sensitivity, Value


class Respondent(Value):
    """One institution's current submission."""

    institution: str
    workbook_sha256: str
    version: int
    received_at: datetime
    asked: int  # questions put to it, without those skipped or not applicable
    answered: int
    unusable: int
    with_evidence: int  # answers of those that ask for a document which cite one


class StateCount(Value):
    """How many question-respondent pairs are in one state."""

    state: AnswerState
    count: int


class CoverageLine(Value):
    """Answered against applicable questions of one part, by weight; each question counts once."""

    id: str
    part: str  # dimension or sub-dimension code, or "all"
    applicable: int
    answered: int
    coverage: float | None  # 0 to 1, None where nothing applies


class Divergence(Value):
    """Respondents two or more levels apart on one question. Shown, never averaged."""

    question: str
    sub_dimension: str
    voices: tuple[Voice, ...]
    spread: float
    sensitivity: Sensitivity


class Attention(Value):
    """An answer that an analyst should look at: unusable, implausible, without evidence."""

    answer: str
    question: str
    institution: str
    code: str
    message: Said
    sensitivity: Sensitivity


class AnswersReview(Value):
    """Result of notebook 1_check_answers."""

    schema_version: Literal[1] = 1
    assessment: AssessmentRef
    respondents: tuple[Respondent, ...]
    silent: tuple[str, ...]  # institutions of the pack that have not answered
    states: tuple[StateCount, ...]
    coverage: tuple[CoverageLine, ...]
    divergences: tuple[Divergence, ...]
    attention: tuple[Attention, ...]
