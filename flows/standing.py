"""Where each assessment stands: who answered, what is known, which run, whether approved."""

from __future__ import annotations

from assessments.errors import UnknownPack
from assessments.results import AnswersReview, Value
from assessments.store import Assessment, Store
from flows.own_pack import own_pack
from flows.still_holds import changed_since, standing_approval


class Standing(Value):
    """One assessment as an officer wants to see it."""

    iso3: str
    round: str
    pack: str
    answered: tuple[str, ...]
    silent: tuple[str, ...]
    coverage: float | None
    run: str  # key of the run that stands, "" where there is none
    run_state: str  # none, current, out of date
    approval: str


def standing(store: Store) -> tuple[Standing, ...]:
    """Every assessment of the store, by country and round."""
    return tuple(_one(store, item) for item in store.assessments())


def _one(store: Store, assessment: Assessment) -> Standing:
    iso3, round_ = assessment.iso3, assessment.round
    answered = tuple(sorted(item.institution for item in store.submissions(iso3, round_)))
    run = store.latest_run(iso3, round_, results=["answers_review"])
    coverage = None
    state = "none"
    if run is not None:
        because = changed_since(store, run)
        state = f"{run.key[:12]} " + (f"out of date: {because}" if because else "current")
        review = AnswersReview.model_validate_json(run.results["answers_review"])
        coverage = next((line.coverage for line in review.coverage if line.part == "all"), None)
    return Standing(
        iso3=iso3,
        round=round_,
        pack=assessment.pack_id,
        answered=answered,
        silent=tuple(code for code in _asked(store, assessment) if code not in answered),
        coverage=coverage,
        run=run.key if run else "",
        run_state=state,
        approval=_approval(store, iso3, round_),
    )


def _asked(store: Store, assessment: Assessment) -> tuple[str, ...]:
    try:
        pack = own_pack(assessment, store=store)
    except UnknownPack:  # a pack of the user's own that has been moved: its answers remain
        return ()
    return tuple(code for code in pack.institutions if pack.asked_of(code))


def _approval(store: Store, iso3: str, round_: str) -> str:
    approval = standing_approval(store, iso3, round_)
    if approval is None:
        return "draft"
    when = f"{approval.approved_at:%Y-%m-%d}"
    if approval.valid:
        return f"approved by {approval.name}, {when}"
    return f"void ({approval.void_because}); was approved by {approval.name}, {when}"
