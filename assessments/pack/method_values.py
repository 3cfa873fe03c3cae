"""The values of a method one by one, each by its path, with its reason and source.

An analyst wants to see in one place what may be questioned; a trial wants to say what was changed.
Both speak of `weights.dimension.LEG` or `priorities.compliance_factor`, as `method.toml` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic import BaseModel

from assessments.pack.method import Method

_BESIDE = frozenset({"reason", "source", "limits", "reason_in", "unreviewed"})
Plain = str | float | bool | tuple[str | float, ...]


@dataclass(frozen=True, slots=True)
class MethodValue:
    """One value of a method with what is said for it."""

    path: str  # weights.dimension.LEG; a section's only value goes by the section's name
    value: Plain
    reason: str
    source: str  # "" where the value is this project's own choice


def method_values(method: Method, *under: str) -> tuple[MethodValue, ...]:
    """Every value that has a reason, in the order of the file; of the sections `under`, or all."""
    found = _walk("", method)
    return tuple(one for one in found if not under or _below(one.path, under))


def changed_values(before: Method, after: Method) -> tuple[tuple[str, Plain | None, Plain], ...]:
    """(path, value before, value after) of all that differs; None where it was not there."""
    old = {one.path: one.value for one in method_values(before)}
    return tuple(
        (one.path, old.get(one.path), one.value)
        for one in method_values(after)
        if old.get(one.path) != one.value
    )


def _below(path: str, under: tuple[str, ...]) -> bool:
    return any(path == name or path.startswith(f"{name}.") for name in under)


def _walk(path: str, owner: object) -> Iterator[MethodValue]:
    fields = _fields(owner)
    reason = str(fields.get("reason", ""))
    for name, value in fields.items():
        here = path if name == "value" else f"{path}.{name}".lstrip(".")
        if isinstance(value, BaseModel | Mapping):
            yield from _walk(here, value)
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            for number, item in enumerate(value, start=1):
                yield from _walk(f"{here}.{number}", item)
        elif reason and name not in _BESIDE:
            yield MethodValue(here, _plain(value), reason, str(fields.get("source", "")))


def _fields(owner: object) -> Mapping[str, Any]:
    if isinstance(owner, BaseModel):
        return {name: getattr(owner, name) for name in type(owner).model_fields}
    if isinstance(owner, Mapping):
        return {_name(key): value for key, value in owner.items()}
    return {}


def _name(key: object) -> str:
    return str(key.value) if isinstance(key, Enum) else str(key)


def _plain(value: object) -> Plain:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple):
        return tuple(str(item.value) if isinstance(item, Enum) else item for item in value)
    return value if isinstance(value, str | bool | int | float) else str(value)
