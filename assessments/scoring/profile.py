"""Profile lines: dimensions and cooperation forms, shown apart, never added to one number.

A line is for orientation: it always stands with its lowest and highest sub-dimension and with
how many of them have a level. Below the coverage floor there is no value. PEFA gives no method
for adding up across indicators, and neither does this assessment for a country.
"""

from __future__ import annotations

from collections.abc import Sequence

from assessments.identifiers import Kind, printed_id
from assessments.pack.method import Method
from assessments.pack.model import Pack
from assessments.results import AssessmentRef, ProfileLine, Sensitivity
from assessments.scoring.aggregate import aggregate
from assessments.scoring.capability import Scored
from assessments.scoring.establish import PLACES

_KINDS = ("formal", "informal", "support")


def dimension_lines(
    pack: Pack,
    method: Method,
    scored: Sequence[Scored],
    ref: AssessmentRef,
    untold: frozenset[str] = frozenset(),
) -> tuple[ProfileLine, ...]:
    """One line a dimension, in the order of the framework."""
    return tuple(
        _line(
            method,
            dimension.code,
            printed_id(Kind.DIMENSION, ref.iso3, ref.round, dimension.code),
            [item for item in scored if item.shown.dimension == dimension.code],
            untold,
        )
        for dimension in pack.dimensions
    )


def form_lines(
    pack: Pack,
    method: Method,
    scored: Sequence[Scored],
    ref: AssessmentRef,
    untold: frozenset[str] = frozenset(),
) -> tuple[ProfileLine, ...]:
    """One line a cooperation form, formal ones first; context belongs to none."""
    lines = []
    forms = sorted(
        pack.cooperation_forms.values(),
        key=lambda form: _KINDS.index(form.kind) if form.kind in _KINDS else len(_KINDS),
    )
    for form in forms:
        chosen = [
            item
            for item in scored
            if pack.sub_dimension[item.shown.sub_dimension].cooperation_form == form.name
            and not pack.dimension[item.shown.dimension].context
        ]
        if chosen:
            id_ = printed_id(Kind.FORM, ref.iso3, ref.round, form.name)
            lines.append(_line(method, form.name, id_, chosen, untold))
    return tuple(lines)


def _line(
    method: Method, code: str, id_: str, all_: Sequence[Scored], untold: frozenset[str]
) -> ProfileLine:
    scored = [s for s in all_ if s.shown.level is not None or s.shown.sub_dimension not in untold]
    applying = [item for item in scored if item.applies]
    weight = {s.shown.sub_dimension: method.weight_of(s.shown.sub_dimension).value for s in scored}
    total = sum(weight[item.shown.sub_dimension] for item in applying)
    coverage = None
    if total > 0:
        covered = sum(weight[i.shown.sub_dimension] * i.coverage for i in applying)
        coverage = round(covered / total, PLACES)
    levels = [item.shown.level for item in scored if item.shown.level is not None]
    level = None
    if coverage is not None and levels and coverage >= method.coverage.floor.value:
        strict = method.published.value == "established"
        counted = [i for i in applying if strict or i.shown.level is not None]
        level = aggregate(
            method.aggregation.profile.value,
            [(i.established, weight[i.shown.sub_dimension]) for i in counted],
        )
    return ProfileLine(
        id=id_,
        code=code,
        level=None if level is None else round(level, PLACES),
        coverage=coverage,
        lowest=min(levels, default=None),
        highest=max(levels, default=None),
        scored=len(levels),
        of=len(all_),
        sensitivity=Sensitivity.highest(*(item.shown.sensitivity for item in scored))
        if scored
        else Sensitivity.RESTRICTED,
    )
