"""The fields of the annexes; see `context` for the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from assessments.report.context_findings import Fact, PrintedId
from assessments.report.context_tailoring import Rule


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer that this version may show."""

    id: PrintedId
    institution: Annotated[str, "institution"]
    answer: Annotated[str, "answer in words"]
    evidence: Annotated[str, "document cited; may be empty"]


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """One question with what each institution answered."""

    code: Annotated[str, "code of the question, as STR_1_05"]
    question: Annotated[str, "its wording"]
    answers: Annotated[tuple[ShownAnswer, ...], "answers, one for each institution"]


@dataclass(frozen=True, slots=True)
class Annexes:
    """What stands behind the findings."""

    answers_note: Annotated[str, "which answers are shown"]
    answers: Annotated[tuple[AnsweredQuestion, ...], "answers by question"]
    rules: Annotated[tuple[Rule, ...], "tailoring rules that were applied"]
    context: Annotated[tuple[Fact, ...], "what the rules knew of the country"]
    assumptions: Annotated[tuple[str, ...], "what was assumed where nothing is known"]
    method: Annotated[tuple[Fact, ...], "versions"]
    glossary: Annotated[tuple[Fact, ...], "terms"]
