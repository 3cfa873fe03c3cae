"""What every value that crosses a boundary is: frozen, strict, and marked with who may see it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

PUBLIC_EDITION = "public_"  # before the names under which a run keeps its public edition


class Value(BaseModel):
    """Base of all result models."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sensitivity(StrEnum):
    """Who may see an answer; whatever rests on it inherits the highest."""

    PUBLIC = "public"
    RESTRICTED = "restricted"
    CONFIDENTIAL = "confidential"

    @classmethod
    def highest(cls, *marks: Sensitivity) -> Sensitivity:
        """The strictest of `marks`; public where there is none."""
        order = list(cls)
        return max(marks, key=order.index, default=cls.PUBLIC)
