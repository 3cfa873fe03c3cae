"""How far respondents agree, and who scores itself systematically high or low.

Agreement is Krippendorff's alpha on ordinal levels: 1 is full agreement, 0 is what chance gives,
below 0 is systematic disagreement. Source: K. Krippendorff, Content Analysis, 4th edition 2018;
computed by the library `krippendorff`. Limit: with few shared questions it is a hint, no finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from assessments.pack.model import Pack
from assessments.results import Answer
from assessments.scoring.gather import AGREED, Gathered, gather, score_of


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on the questions of one part that two or more respondents scored."""

    part: str  # sub-dimension code, or "all"
    questions: int  # scored by at least two
    alpha: float | None  # -1 to 1; None where fewer than two differ or share a question


@dataclass(frozen=True, slots=True)
class Leaning:
    """How far one institution stands above or below the others on the same questions."""

    institution: str
    questions: int
    difference: float  # levels, own answers minus the mean of the others; + is kinder


def agreement(pack: Pack, answers: Iterable[Answer]) -> tuple[Agreement, ...]:
    """Agreement over the whole questionnaire and for each sub-dimension with shared questions."""
    shared = _shared(gather(pack, answers))
    lines = [_agreement("all", shared)]
    for sub in pack.sub_dimensions:
        part = [said for code, said in shared if code == sub.code]
        if part:
            lines.append(_agreement(sub.code, [(sub.code, said) for said in part]))
    return tuple(lines)


def leanings(pack: Pack, answers: Iterable[Answer]) -> tuple[Leaning, ...]:
    """Each institution against the others on shared questions, the kindest first."""
    differences: dict[str, list[float]] = {}
    for _, said in _shared(gather(pack, answers)):
        for institution, score in said.items():
            others = fmean(value for name, value in said.items() if name != institution)
            differences.setdefault(institution, []).append(score - others)
    found = [
        Leaning(institution, len(values), round(fmean(values), 4))
        for institution, values in differences.items()
    ]
    return tuple(sorted(found, key=lambda item: (-item.difference, item.institution)))


def _shared(gathered: Mapping[str, Gathered]) -> list[tuple[str, Mapping[str, float]]]:
    """(sub-dimension, institution -> score) of every question that two or more scored."""
    found: list[tuple[str, Mapping[str, float]]] = []
    for item in gathered.values():
        said = {
            answer.institution: score
            for answer in item.voices
            if answer.institution != AGREED
            and (score := score_of(item.question, answer)) is not None
        }
        if len(said) > 1:
            found.append((item.question.sub_dimension, said))
    return found


def _agreement(part: str, shared: Sequence[tuple[str, Mapping[str, float]]]) -> Agreement:
    import krippendorff

    institutions = sorted({name for _, said in shared for name in said})
    table = [[said.get(name, float("nan")) for _, said in shared] for name in institutions]
    distinct = {score for _, said in shared for score in said.values()}
    if len(distinct) < 2:  # alpha is not defined where nothing varies
        return Agreement(part, len(shared), None)
    alpha = krippendorff.alpha(reliability_data=table, level_of_measurement="ordinal")
    return Agreement(part, len(shared), round(float(alpha), 4))
