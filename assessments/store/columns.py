"""Column types that mean the same on SQLite and PostgreSQL, and text that both can hold."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator, TypeEngine


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. ISO text on SQLite, which has no such type; `timestamptz` on PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> object:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else iso(moment)

    def process_result_value(
        self,
        value: object,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> datetime | None:
        if value is None:
            return None
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        return moment.astimezone(UTC)


def iso(moment: datetime) -> str:
    """`moment` in UTC as text of fixed width, which sorts by time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def storable(text: str) -> str:
    """`text` as both databases can hold it.

    PostgreSQL holds no NUL, UTF-8 no lone surrogate; a cell can smuggle either in by Excel's
    `_x0000_` escapes. They are kept visibly, as a backslash escape, never dropped.
    """
    if text.isascii() and "\x00" not in text:  # as it nearly always is
        return text
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\x00", "\\x00")
