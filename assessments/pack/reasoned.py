"""What a method is made of: values that each carry the reason an analyst can read out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assessments.pack.model import SOURCE_LANGUAGE, Words

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Level = Annotated[float, Field(ge=0, le=4)]  # 0 absent .. 4 sustained
Share = Annotated[float, Field(ge=0, le=1)]  # part of a whole
Positive = Annotated[float, Field(gt=0)]
Factor = Annotated[float, Field(ge=1)]  # multiplies a severity, never lowers it
Count = Annotated[int, Field(ge=0)]


class Part(BaseModel):
    """Base of everything in a method: frozen, and a misspelt key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Reasoned(Part):
    """A decision of the method with the reason an analyst can read out to a delegation."""

    reason: Text
    source: str = ""  # where the rule was published; empty: our own design
    reason_in: Mapping[str, Text] = Field(default_factory=dict)  # language code -> the reason
    unreviewed: tuple[Text, ...] = ()  # languages no speaker has checked yet

    @property
    def why(self) -> Words:
        """The reason, as reports print it in their own language."""
        return Words({SOURCE_LANGUAGE: self.reason, **self.reason_in}, frozenset(self.unreviewed))


class LevelValue(Reasoned):
    """A level or a distance between levels, 0 to 4."""

    value: Level


class ShareValue(Reasoned):
    """A share, 0 to 1."""

    value: Share


class FactorValue(Reasoned):
    """A multiplier of a severity, 1 or more."""

    value: Factor


class Weight(Reasoned):
    """How much a part counts beside the others; 0 removes it, negative is refused."""

    value: Annotated[float, Field(ge=0)]


class CountValue(Reasoned):
    """A whole number, 0 or more."""

    value: Count


class PositiveCountValue(Reasoned):
    """A whole number, 1 or more."""

    value: Annotated[int, Field(ge=1)]


class TextValue(Reasoned):
    """A name or code."""

    value: Text


def reasons(part: object) -> Iterator[Words]:
    """The reasons anywhere inside a part of a method that stand in other languages too."""
    if isinstance(part, Reasoned) and part.reason_in:
        yield part.why
    inside: tuple[object, ...] = ()
    if isinstance(part, Part):
        inside = tuple(value for _, value in part)
    elif isinstance(part, Mapping):
        inside = tuple(part.values())
    for one in inside:
        yield from reasons(one)
