"""A pack with some values of its method changed: to see what a change would do, or to adopt it.

A trial is held to what a method file is held to: known parts, weights that sum to something, and
every fault named at once. Its version says that it is a trial.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from assessments.errors import Mistake, PackFault
from assessments.pack.method import Method
from assessments.pack.method_file import check_method, read_method, with_values
from assessments.pack.model import Pack
from assessments.pack.tables import Faults, with_more

TRIAL = "trial"


def with_trial(pack: Pack, settings: Mapping[str, str | float]) -> Pack:
    """The pack with values set by their path (`weights.LEG`, `priorities.compliance_factor`).

    Raises Mistake naming every setting that cannot be applied, and where the pack has no method.
    """
    method = _method(pack)
    changed = with_values(method, settings)
    faults = Faults()
    check_in_pack(pack, changed, faults)
    if faults.problems:
        raise Mistake(
            "The method cannot be changed so: "
            + "; ".join(problem.message.rstrip(".") for problem in faults.problems)
            + ".",
            "Name sub-dimensions of the pack, and leave at least one weight above 0.",
        )
    return with_method(pack, changed.model_copy(update={"version": f"{method.version} {TRIAL}"}))


def with_method(pack: Pack, method: Method) -> Pack:
    """The pack with another method; the questions stay."""
    return replace(pack, method=method)


def method_from_file(pack: Pack, file: Path) -> Method:
    """The method in `file`, checked against the pack.

    Raises PackFault with all its problems, Mistake where there is no such file.
    """
    if not file.is_file():
        raise Mistake(f"There is no file {file}.", "Name a copy of the pack's method.toml.")
    faults = Faults()
    method, raw, text = read_method(file.parent, faults, file.name)
    if raw:
        check_method(raw, text, *_parts(pack), faults)
    if method is None or faults.problems:
        raise PackFault(
            f"{file.name} cannot be used{with_more(len(faults.problems))}: {faults.problems[0]}",
            "Correct what is wrong; every value stands with its reason.",
            tuple(faults.problems),
        )
    return method


def check_in_pack(pack: Pack, method: Method, faults: Faults) -> None:
    """Name what a method says of parts that the pack does not have."""
    raw = method.model_dump(mode="json")
    check_method(raw, "", *_parts(pack), faults)


def _parts(pack: Pack) -> tuple[Mapping[str, str], frozenset[str]]:
    subs = {sub.code: sub.dimension for sub in pack.sub_dimensions}
    return subs, frozenset(code for code, own in pack.dimension.items() if own.context)


def _method(pack: Pack) -> Method:
    if pack.method is None:
        raise Mistake(
            f"The pack {pack.id} has no method, so that there is nothing to try.",
            "Name a pack with a method.toml.",
        )
    return pack.method
