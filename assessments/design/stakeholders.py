"""Who has a part in the project: what each institution brings, lacks and gains."""

from __future__ import annotations

from collections.abc import Sequence

from assessments.design.phrases import inside, quoted
from assessments.language import Said
from assessments.pack.model import Pack
from assessments.results import (
    ChosenIntervention,
    Gap,
    Outcome,
    Scores,
    Sensitivity,
    Stakeholder,
)

_MOST = 6  # areas that a cell has room for; all stand in the tables of Part A


def stakeholders(
    pack: Pack,
    scores: Scores,
    gaps: Sequence[Gap],
    chosen: Sequence[ChosenIntervention],
    outcomes: Sequence[Outcome],
) -> tuple[Stakeholder, ...]:
    """Every institution of the pack that leads, lacks or takes part in something chosen.

    Only public levels are named, because this table stands in both versions of a report.
    """
    strong = {
        s.sub_dimension: s.id
        for s in scores.sub_dimensions
        if s.level is not None and s.target is not None and s.level >= s.target
        and s.sensitivity is Sensitivity.PUBLIC
    }  # fmt: skip
    weak = {g.sub_dimension: g.id for g in gaps if g.sensitivity is Sensitivity.PUBLIC}
    found = []
    for code in pack.institutions:
        leads = [
            one.title
            for one in chosen
            if one.lead == code and one.sensitivity is Sensitivity.PUBLIC
        ]
        own = [s for s in pack.sub_dimensions if code in s.institutions]
        mine = {s.code for s in own}
        gains = [one.text for one in outcomes if code in one.institutions]
        if not (leads or gains or any(s.code in weak for s in own)):
            continue
        found.append(
            Stakeholder(
                institution=code,
                involvement=_involvement(leads),
                assets=_assets([str(s.name) for s in own if s.code in strong]),
                gaps=_gaps([str(pack.sub_dimension[code].name) for code in weak if code in mine]),
                desired=_desired(gains),
                rests_on=tuple(ids[s.code] for ids in (strong, weak) for s in own if s.code in ids),
            )
        )
    return tuple(found)


# --- sentences ------------------------------------------------------------------------------------


def _involvement(leads: Sequence[str]) -> Said:
    if not leads:
        return Said("Consulted; gives answers and takes part in the validation.")
    return Said("Leads {titles}.", titles=quoted(leads))


def _assets(strengths: Sequence[str]) -> Said:
    if not strengths:
        return Said("To be established with the institution.")
    left = len(strengths) - _MOST
    if left <= 0:
        return Said("{areas}", areas=inside(strengths))
    return Said(
        "{areas} ({more})",
        areas=inside(strengths[:_MOST]),
        more=Said.counted("and {n} more strength", "and {n} more strengths", left),
    )


def _gaps(gaps: Sequence[str]) -> Said:
    """The gaps an institution shares in, most severe first; the rest are counted."""
    left = len(gaps) - _MOST
    if left <= 0:
        return Said("{areas}", areas=inside(gaps)) if gaps else Said()
    return Said(
        "{areas} ({more})",
        areas=inside(gaps[:_MOST]),
        more=Said.counted("and {n} more gap", "and {n} more gaps", left),
    )


def _desired(outcomes: Sequence[Said]) -> Said:
    return Said.together(*outcomes) if outcomes else Said("Informed of the results.")
