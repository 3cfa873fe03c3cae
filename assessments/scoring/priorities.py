"""Set priorities: which gaps come first, why, and how far the order depends on the weights.

Context has no target, so it is never a gap. A sub-dimension without a level is no gap either:
it stands in the list of what to ask next. The parts of a severity are all shown, because the
first question of a delegation is why one gap stands above another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assessments.identifiers import Kind, printed_id
from assessments.language import Said
from assessments.pack.expressions import chosen
from assessments.pack.method import Method
from assessments.pack.model import Pack
from assessments.results import (
    Answer,
    CountryProfile,
    EvidenceState,
    Gap,
    NotScored,
    Priorities,
    RequirementStatus,
    Scores,
    Sensitivity,
)
from assessments.scoring import priority_words as words
from assessments.scoring.assess import Workings, workings
from assessments.scoring.doubt import top_probabilities
from assessments.scoring.gather import Gathered
from assessments.scoring.severity import Drivers, breadth_of, order, shifts, waiting_for

Robustness = Literal["robust", "depends_on_weights", "needs_evidence_first"]


def set_priorities(
    pack: Pack,
    country: CountryProfile,
    scores: Scores,
    answers: Iterable[Answer],
    work: Workings | None = None,
) -> Priorities:
    """The gaps of one assessment in order, each with its parts and its robustness.

    `work` is what `scores` came from, where that is at hand; else it is worked out again.
    Raises NoMethod where the pack has no method.
    """
    work = work or workings(pack, country, answers, scores.assessment)
    method = work.method
    contenders = contenders_of(pack, work, scores)
    drivers = [item for item in contenders if item.gap > 0]
    ranked = order(method, drivers)
    ranges = _rank_ranges(method, drivers)
    chances = top_probabilities(method, work.scored, contenders)
    reach = {item.shown.sub_dimension: item.within_reach for item in work.scored}
    gaps = []
    for rank, item in enumerate(ranked, start=1):
        code = item.score.sub_dimension
        place = _Place(rank, *ranges[code], chances[code])
        gaps.append(_gap(pack, work, scores, item, place, reach[code]))
    return Priorities(
        assessment=scores.assessment,
        gaps=tuple(gaps),
        strengths=tuple(
            score.id
            for score in scores.sub_dimensions
            if score.level is not None and score.target is not None and score.gap == 0
        ),
        not_scored=tuple(
            NotScored(sub_dimension=score.sub_dimension, reason=score.because)
            for score in scores.sub_dimensions
            if score.level is None
        ),
    )


def contenders_of(pack: Pack, work: Workings, scores: Scores) -> tuple[Drivers, ...]:
    """Each level that has a target, with what makes its gap severe, in the order of the framework.

    Those at their target have no gap today, and may have one in a draw.
    """
    method = work.method
    known = [s for s in scores.sub_dimensions if s.gap is not None]
    codes = frozenset(s.sub_dimension for s in known if s.gap)
    breadth = breadth_of(pack)
    unmet = _unmet(pack, scores.requirements)
    named = frozenset(chosen(work.values.get(method.priorities.national_priority.value)))
    found = []
    for score in known:
        code = score.sub_dimension
        forms, institutions = breadth[code]
        own = {code, score.dimension, pack.sub_dimension[code].cooperation_form}
        dependency = method.dependencies.get(code)
        first = dependency.comes_first if dependency else ()
        found.append(
            Drivers(
                score=score,
                level=score.level or 0.0,
                target=score.target or 0.0,
                gap=score.gap or 0.0,
                unmet=unmet.get(code, ()),
                forms=forms,
                institutions=institutions,
                waiting=waiting_for(method, code, codes),
                first=tuple(name for name in first if name in codes),
                national=bool(own & named),
            )
        )
    return tuple(found)


def _unmet(
    pack: Pack, statuses: Sequence[RequirementStatus]
) -> Mapping[str, tuple[RequirementStatus, ...]]:
    found: dict[str, tuple[RequirementStatus, ...]] = {}
    for status in statuses:
        if status.gap:
            code = pack.requirement[status.requirement].sub_dimension
            found[code] = (*found.get(code, ()), status)
    return found


def _rank_ranges(method: Method, drivers: Sequence[Drivers]) -> Mapping[str, tuple[int, int]]:
    """Best and worst rank of each gap when each weight moves by the method's share."""
    best: dict[str, int] = {}
    worst: dict[str, int] = {}
    orders = [order(method, drivers), *(order(method, drivers, s) for s in shifts(method, drivers))]
    for ranked in orders:
        for rank, item in enumerate(ranked, start=1):
            code = item.score.sub_dimension
            best[code] = min(rank, best.get(code, rank))
            worst[code] = max(rank, worst.get(code, rank))
    return {code: (best[code], worst[code]) for code in best}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a gap stands in the order, and how far that moves."""

    rank: int
    best: int
    worst: int
    probability_top: float  # 0 to 1

    def crosses(self, top: int) -> bool:
        """True where moving a weight takes it over the line of the top gaps."""
        return (self.best <= top) != (self.worst <= top)

    def keeps_side(self, top: int) -> float:
        """Share of the draws (0 to 1) in which it stays on its side of that line."""
        return self.probability_top if self.rank <= top else 1 - self.probability_top


def _gap(
    pack: Pack,
    work: Workings,
    scores: Scores,
    item: Drivers,
    place: _Place,
    within_reach: float | None,
) -> Gap:
    method, score, ref = work.method, item.score, scores.assessment
    label, because = _robustness(method, item, place, within_reach)
    parts = item.parts(method)
    national = work.gathered.get(method.priorities.national_priority.value)
    return Gap(
        id=printed_id(Kind.GAP, ref.iso3, ref.round, score.sub_dimension),
        rank=place.rank,
        sub_dimension=score.sub_dimension,
        score=score.id,
        level=item.level,
        target=item.target,
        gap=item.gap,
        severity=round(item.severity(method), 4),
        parts=parts,
        unmet=tuple(status.id for status in item.unmet),
        depends_on=item.first,
        robustness=label,
        best_rank=place.best,
        worst_rank=place.worst,
        probability_top=place.probability_top,
        reason=_reason(pack, method, item, place, because),
        sensitivity=_sensitivity(item, national),
    )


def _reason(pack: Pack, method: Method, item: Drivers, place: _Place, because: Said) -> Said:
    name = str(pack.sub_dimension[item.score.sub_dimension].name)
    visible = ("compliance", "enabling")
    return Said.together(
        words.why_ranked(place.rank, name, item.level, item.target),
        *(p.reason for p in item.parts(method) if p.name in visible and p.value > 1),
        words.national_part(True) if item.national else "",
        words.rank_moves(place.best, place.worst, method.priorities.weight_shift.value),
        because,
    )


def _sensitivity(item: Drivers, national: Gathered | None) -> Sensitivity:
    marks = [item.score.sensitivity, *(status.sensitivity for status in item.unmet)]
    if item.national and national is not None:
        marks.append(national.question.sensitivity)
    return Sensitivity.highest(*marks)


def _robustness(
    method: Method, item: Drivers, place: _Place, within_reach: float | None
) -> tuple[Robustness, Said]:
    """Whether the decision stands, with the reason where it is the answers that are unsure.

    Evidence first: where what is missing or disputed could close the gap, money should wait for
    an answer. Then: does it stay on its side of the line of the top gaps when any weight moves?
    Last: does it stay there in enough of the draws, or are the answers too unsure for that?
    """
    top = method.simulation.top.value
    if _needs_evidence(method, item, within_reach):
        return "needs_evidence_first", words.needs_evidence()
    if place.crosses(top):
        return "depends_on_weights", Said()
    share = place.keeps_side(top)
    if share < method.simulation.robust_from.value:
        return "needs_evidence_first", words.unsure_place(place.rank <= top, share, top)
    return "robust", Said()


def _needs_evidence(method: Method, item: Drivers, within_reach: float | None) -> bool:
    score = item.score
    closes = score.high is not None and score.high >= item.target
    if score.basis == "self_rated":
        return closes and score.evidence not in method.evidence.lifts_claim.value
    if (
        score.coverage is not None
        and score.coverage < method.priorities.weak_evidence_coverage.value
    ):
        return True
    if within_reach is not None and within_reach >= item.target:
        return True
    return closes and score.divergent and score.evidence is not EvidenceState.SEEN
