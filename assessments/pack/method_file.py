"""Reading `method.toml`: every fault named with its line, all of them at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from assessments.errors import Mistake
from assessments.pack.method import Method
from assessments.pack.tables import Faults, nearest

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

METHOD = "method.toml"
_SUB_DIMENSION_TABLES = (
    ("weights", "sub_dimension", "overrides"),
    ("aggregation", "overrides"),
    ("targets", "sub_dimension"),
    ("targets", "resource_setting", "low"),
    ("targets", "resource_setting", "low_middle"),
    ("targets", "resource_setting", "middle"),
    ("targets", "resource_setting", "high"),
    ("dependencies",),
)


def read_method(
    folder: Path, faults: Faults, name: str = METHOD
) -> tuple[Method | None, Mapping[str, Any], str]:
    """The method (None where it has faults), its raw values, and its text."""
    try:
        text = (folder / name).read_text(encoding="utf-8-sig")
        raw = tomllib.loads(text)
    except UnicodeDecodeError:
        faults.add("not-utf-8", f"{METHOD} is not UTF-8 text.", "Save it as UTF-8.", file=METHOD)
        return None, {}, ""
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        faults.add(
            "not-toml", f"{METHOD} cannot be read: {error}.",
            "Correct the line; a text stands in quotation marks.",
            file=METHOD, row=int(line[1]) if line else None,
        )  # fmt: skip
        return None, {}, ""
    try:
        return Method.model_validate(raw), raw, text
    except ValidationError as error:
        for detail in error.errors():
            _add(detail, text, faults)
        return None, raw, text


def _add(detail: ErrorDetails, text: str, faults: Faults) -> None:
    path = [str(part) for part in detail["loc"] if part != "[key]"]
    name, value = ".".join(path), detail.get("input")
    kind, last = detail["type"], path[-1] if path else ""
    row = line_of(text, path)
    if last == "reason" and kind in {"missing", "string_too_short"}:
        owner = ".".join(path[:-1])
        faults.add(
            "missing-reason", f"«{owner}» has no reason.",
            "Write in `reason` why the value is as it is.", file=METHOD, row=row, column=name,
        )  # fmt: skip
    elif kind == "missing":
        faults.add(
            "missing-value", f"«{name}» is missing.", "Add it, with its reason.",
            file=METHOD, row=row, column=name,
        )  # fmt: skip
    elif kind == "extra_forbidden":
        known = _fields_beside(path)
        faults.add(
            "unknown-key", f"«{name}» is not part of a method.",
            f"Correct its name or remove it{nearest(last, known)}.",
            file=METHOD, row=row, column=name,
        )  # fmt: skip
    elif "weights" in path and kind == "greater_than_equal":
        faults.add(
            "negative-weight", f"The weight «{name}» is {value}.",
            "Write 0 to leave the part out, or a positive number.",
            file=METHOD, row=row, column=name,
        )  # fmt: skip
    else:
        faults.add(
            "wrong-value", f"«{name}» is {value!r}: {detail['msg']}.", "Correct the value.",
            file=METHOD, row=row, column=name,
        )  # fmt: skip


def _fields_beside(path: list[str]) -> list[str]:
    """Names that a method knows on the level of the last part of `path`."""
    model: Any = Method
    for part in path[:-1]:
        field = getattr(model, "model_fields", {}).get(part)
        if field is None:
            break
        model = field.annotation
    return list(getattr(model, "model_fields", {}) or Method.model_fields)


def line_of(text: str, path: Iterable[str]) -> int | None:
    """The line on which `path` stands, or the nearest part of it that stands anywhere."""
    wanted, lines = list(path), text.splitlines()
    best: tuple[int, int] = (0, 0)
    table: list[str] = []
    for number, line in enumerate(lines, start=1):
        header = re.fullmatch(r"\s*\[+([^\]]+)\]+\s*(?:#.*)?", line)
        key = re.match(r"\s*([A-Za-z0-9_.\"-]+)\s*=", line)
        if header:
            table = _keys(header[1])
            here = table
        elif key:
            here = [*table, *_keys(key[1])]
        else:
            continue
        if here == wanted[: len(here)] and len(here) > best[0]:
            best = (len(here), number)
    return best[1] or None


def _keys(dotted: str) -> list[str]:
    return [part.strip().strip('"') for part in dotted.strip().split(".")]


def check_method(
    raw: Mapping[str, Any],
    text: str,
    sub_dimensions: Mapping[str, str],
    context: frozenset[str],
    faults: Faults,
) -> None:
    """Faults between the method and its framework; `sub_dimensions` maps a code to its dimension.

    Works on the raw values, so that these faults are found beside those of single values.
    """
    dimensions = sorted(set(sub_dimensions.values()))
    weights = _at(raw, ("weights", "dimension"))
    for code in weights:
        if code not in dimensions:
            faults.add(
                "unknown-dimension", f"«{code}» is no dimension of the framework.",
                f"Correct the code{nearest(code, dimensions)}.",
                file=METHOD, row=line_of(text, ("weights", "dimension", code)),
                column=f"weights.dimension.{code}",
            )  # fmt: skip
    for code in dimensions:
        if code not in weights and code not in context:
            faults.add(
                "missing-weight", f"The dimension «{code}» has no weight.",
                "Add it with its reason; 0 leaves it out of the order of gaps.",
                file=METHOD, column=f"weights.dimension.{code}",
            )  # fmt: skip
    for path in _SUB_DIMENSION_TABLES:
        for code in _at(raw, path):
            _known_sub(code, (*path, code), sub_dimensions, text, faults)
    for code, rule in _at(raw, ("dependencies",)).items():
        for first in rule.get("comes_first", ()) if isinstance(rule, Mapping) else ():
            _known_sub(first, ("dependencies", code, "comes_first"), sub_dimensions, text, faults)
    _check_sums(raw, text, sub_dimensions, faults)
    _check_circles(_at(raw, ("dependencies",)), text, faults)


def _known_sub(
    code: str, path: tuple[str, ...], known: Mapping[str, str], text: str, faults: Faults
) -> None:
    if code not in known:
        faults.add(
            "unknown-sub-dimension", f"«{code}» is no sub-dimension of the framework.",
            f"Correct the code{nearest(str(code), list(known))}.",
            file=METHOD, row=line_of(text, path), column=".".join(path),
        )  # fmt: skip


def _check_sums(
    raw: Mapping[str, Any], text: str, sub_dimensions: Mapping[str, str], faults: Faults
) -> None:
    weights = [_value(weight) for weight in _at(raw, ("weights", "dimension")).values()]
    if weights and not any(weights):
        faults.add(
            "weights-sum-to-nothing", "The weights of the dimensions sum to nothing.",
            "Give at least one a weight above 0.", file=METHOD,
            row=line_of(text, ("weights", "dimension")), column="weights.dimension",
        )  # fmt: skip
    default = _value(_at(raw, ("weights", "sub_dimension")).get("default"))
    overrides = _at(raw, ("weights", "sub_dimension", "overrides"))
    for dimension in sorted(set(sub_dimensions.values())):
        codes = [code for code, own in sub_dimensions.items() if own == dimension]
        if not any(_value(overrides[c]) if c in overrides else default for c in codes):
            faults.add(
                "weights-sum-to-nothing",
                f"The weights of the sub-dimensions of «{dimension}» sum to nothing.",
                "Give at least one a weight above 0.", file=METHOD,
                row=line_of(text, ("weights", "sub_dimension")), column="weights.sub_dimension",
            )  # fmt: skip


def _check_circles(dependencies: Mapping[str, Any], text: str, faults: Faults) -> None:
    arrows = {
        code: tuple(rule.get("comes_first", ()))
        for code, rule in dependencies.items()
        if isinstance(rule, Mapping)
    }
    for circle in circles(arrows):
        faults.add(
            "circular-dependency", f"Each waits for the next: {' → '.join(circle)}.",
            "Remove one of them.", file=METHOD,
            row=line_of(text, ("dependencies", circle[0])), column=f"dependencies.{circle[0]}",
        )  # fmt: skip


def circles(arrows: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Every closed chain of `arrows` once, its first name repeated at its end."""
    done: set[str] = set()
    for start in arrows:
        yield from _walk(start, (), arrows, done)


def _walk(
    name: str, trail: tuple[str, ...], arrows: Mapping[str, Iterable[str]], done: set[str]
) -> Iterator[tuple[str, ...]]:
    if name in trail:
        yield (*trail[trail.index(name) :], name)
        return
    if name in done:
        return
    for following in arrows.get(name, ()):
        yield from _walk(following, (*trail, name), arrows, done)
    done.add(name)


def _at(raw: Mapping[str, Any], path: Iterable[str]) -> Mapping[str, Any]:
    found: Any = raw
    for part in path:
        found = found.get(part) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _value(weight: Any) -> float:
    value = weight.get("value") if isinstance(weight, Mapping) else None
    return float(value) if isinstance(value, int | float) else 0.0


def with_values(method: Method, settings: Mapping[str, str | float]) -> Method:
    """The method with some values changed, to see what a change would do.

    A setting names a value by its path: `weights.dimension.LEG`, `coverage.floor`,
    `knockout.cap`; `weights.LEG` is short for a dimension's weight. The reason of a changed value
    says that it is a trial. Raises Mistake naming every setting that cannot be applied.
    """
    raw = method.model_dump(mode="json")
    wrong = []
    for path, value in settings.items():
        parts = path.split(".")
        if parts[0] == "weights" and len(parts) == 2:
            group = "sub_dimension.overrides" if "-" in parts[1] else "dimension"
            parts = ["weights", *group.split("."), parts[1]]
        if not _set(raw, parts, value):
            wrong.append(f"«{path}» is no value of the method")
    faults = Faults()
    try:
        changed = Method.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors():
            _add(detail, "", faults)
    wrong += [f"{problem.message.rstrip('.')}" for problem in faults.problems]
    if wrong:
        raise Mistake(
            f"The method cannot be changed so: {'; '.join(wrong)}.",
            f"Name a value by its path in {METHOD}, for example weights.dimension.LEG=2.",
        )
    return changed


def _set(raw: dict[str, Any], parts: list[str], value: str | float) -> bool:
    owner: Any = raw
    for part in parts[:-1]:
        owner = owner.get(part) if isinstance(owner, dict) else None
    if not isinstance(owner, dict):
        return False
    if parts[:-1] == ["weights", "sub_dimension", "overrides"]:
        owner.setdefault(parts[-1], {"value": 1.0, "reason": "trial", "source": ""})
    held = owner.get(parts[-1])
    if isinstance(held, dict) and "value" in held:
        owner, key = held, "value"
    elif parts[-1] in owner and not isinstance(held, dict | list):
        key = parts[-1]
    else:
        return False
    owner[key] = value
    if "reason" in owner and key != "reason":
        owner["reason"] = f"trial: set to {value}"
        owner.pop("reason_in", None)
    return True
