"""The round before this one, as a report of this one may set it beside its own."""

from __future__ import annotations

from assessments.errors import NothingToAssess, UnknownPack
from assessments.pack.model import Pack
from assessments.report.inputs import EarlierRound
from assessments.results import PUBLIC_EDITION, Scores
from assessments.scoring import compare_rounds
from assessments.scoring.publication import closed_questions
from assessments.store import Run, Store
from flows.still_holds import pack_of_run


def earlier_round(
    store: Store, pack: Pack, run: Run, scores: Scores, *, public: bool
) -> EarlierRound | None:
    """The last round of the same country and questionnaire that was assessed before; or None.

    Rounds follow each other by name (2026 before 2028). In the public edition it is the public
    edition of both rounds, without what this round's pack no longer tells. It has no lines where
    the earlier pack is kept no more or the earlier run has no such edition.
    """
    before = _run_before(store, pack, run)
    if before is None:
        return None
    kept = before.results.get(f"{PUBLIC_EDITION if public else ''}scores")
    try:
        old = pack_of_run(store, before)
    except (NothingToAssess, UnknownPack):
        kept = None
    if kept is None:
        return EarlierRound(before.round, before.made_at, (), {})
    then = Scores.model_validate_json(kept)
    untold = closed_questions(pack) if public else ()
    return EarlierRound(
        before.round,
        before.made_at,
        compare_rounds(old, then, pack, scores, untold=untold),
        {one.sub_dimension: one.id for one in then.sub_dimensions},
    )


def _run_before(store: Store, pack: Pack, run: Run) -> Run | None:
    rounds = sorted(
        one.round
        for one in store.assessments()
        if one.iso3 == run.iso3 and one.pack_id == pack.id and one.round < run.round
    )
    runs = (store.latest_run(run.iso3, round_) for round_ in reversed(rounds))
    return next((one for one in runs if one is not None), None)
