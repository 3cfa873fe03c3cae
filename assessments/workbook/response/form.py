"""What a Government is asked to respond to, and what it says: values without Excel."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum

from assessments.results import Answer, AnswerState, Value

Part = str  # level, paragraph or activity: one sheet each


class Choice(StrEnum):
    """What can be said of a finding or an activity."""

    ACCEPT = "accept"
    CORRECT = "correct"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Item:
    """One finding or activity, as the report of one edition states it."""

    id: str  # printed id
    part: Part
    text: str  # in the language of the workbook
    content: str  # digest of what is stated, the same in every language


@dataclass(frozen=True, slots=True)
class Form:
    """All that one edition of a report states, in one language."""

    iso3: str
    country: str
    round: str
    edition: str  # public or restricted
    language: str
    run: str  # key of the run behind the report
    title: str  # of the project
    items: tuple[Item, ...]

    @property
    def key(self) -> str:
        """The report's key: it changes when any statement or its wording does."""
        stated = [[item.id, item.part, text_hash(item.text)] for item in self.items]
        return digest([self.iso3, self.round, self.edition, self.language, stated])


class Response(Value):
    """What the Government said of one finding or activity, by whom and when."""

    item: str
    content: str  # digest of the statement that was responded to
    choice: Choice
    words: str
    evidence: str
    signed_by: str  # function and institution; "" where the workbook was not signed
    signed_on: str  # ISO date, "" as above
    answer: str  # printed id of the cell it was given in

    @property
    def remarks(self) -> bool:
        """True for more than a bare acceptance."""
        return self.choice is not Choice.ACCEPT or bool(self.words or self.evidence)

    def as_value(self) -> dict[str, str | float]:
        """As it is kept in the store, where the evidence has a column of its own."""
        fields = ("content", "choice", "words", "signed_by", "signed_on")
        return {name: str(getattr(self, name)) for name in fields}

    @classmethod
    def of(cls, answer: Answer) -> Response | None:
        """A response as it was kept; None for a blank or for what could not be read."""
        if answer.state is not AnswerState.ANSWERED or not isinstance(answer.value, tuple):
            return None
        (row,) = answer.value
        if not isinstance(row, dict):
            return None
        kept = {"item": answer.question, "evidence": answer.evidence, "answer": answer.id}
        return cls.model_validate(row | kept)


def digest(document: object) -> str:
    """SHA-256 of a value made of lists, texts and numbers."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def text_hash(text: str) -> str:
    """Of a statement's wording, whatever a spreadsheet does to its spaces and line ends."""
    return digest(" ".join(text.split()))[:16]
