"""Whether a run still says what today's answers, pack, method and notebooks would say.

A run records the digests of all it rests on. An approval binds to it: any change voids it visibly.
"""

from __future__ import annotations

from collections.abc import Sequence

from assessments.errors import NothingToAssess, UnknownPack, UnknownRound
from assessments.pack.load import load_pack
from assessments.pack.model import Pack
from assessments.results import Value
from assessments.runner import STEPS, notebook_digest
from assessments.runner.keys import library_digest
from assessments.store import Approval, Run, Store, open_store
from flows.own_pack import own_pack

PACK, LIBRARY, NOTEBOOK = "pack", "library", "notebook "  # names of digests
BUDGET, FAST_TRACK, NAMED_PACK = "budget", "fast track", "named pack"  # what the officer asked for


class Outcome(Value):
    """What an assessment run came to, for the officer who asked for it."""

    iso3: str
    round: str
    run: str  # the run's key: what an approval binds to
    recomputed: tuple[str, ...]  # steps done now
    reused: tuple[str, ...]  # steps whose result still held


def rests_on(pack_digest: str) -> dict[str, str]:
    """The digests that a run of today records, besides its answers and steps."""
    notebooks = {NOTEBOOK + step.name: notebook_digest(step.notebook) for step in STEPS}
    return {PACK: pack_digest, LIBRARY: library_digest(), **notebooks}


def _pack_today(store: Store, run: Run, digest: str = "") -> Pack:
    """The pack a run was asked for, as it is now; with `digest`, under that method if known."""
    named = run.inputs.get(NAMED_PACK, "")
    if named:
        return load_pack(named)
    return own_pack(store.assessment(run.iso3, run.round), digest, store)


def changed_since(store: Store, run: Run) -> str:
    """What has changed under a run, in words for an officer; "" where it still holds."""
    if run.answers_digest != store.answers_digest(run.iso3, run.round):
        return "answers have changed since"
    try:
        pack = _pack_today(store, run)
    except UnknownPack:
        return "its pack is not where it was"
    today = rests_on(pack.digest)
    if run.inputs.get(PACK) != today[PACK]:
        return "the pack or its method has changed since"
    if any(run.inputs.get(name) != digest for name, digest in today.items()):
        return "the way results are computed has changed since"
    return ""


def holding(
    iso3s: Sequence[str], round_: str, *, budget: str, fast_track: bool, pack: str
) -> dict[str, Outcome]:
    """The runs that stand and say today what was asked for, by country; the others are left out.

    So that asking again costs nothing. What was never opened is left out too: whoever assesses it
    is told.
    """
    steps = tuple(step.name for step in STEPS)
    found = {}
    with open_store() as store:
        for iso3 in iso3s:
            try:
                run = store.latest_run(iso3, round_, results=())
            except UnknownRound:
                continue
            if (
                run is not None
                and run.inputs.get(BUDGET) == budget
                and bool(run.inputs.get(FAST_TRACK)) == fast_track
                and run.inputs.get(NAMED_PACK, "") == pack
                and not changed_since(store, run)
            ):
                found[iso3] = Outcome(
                    iso3=iso3, round=round_, run=run.key, recomputed=(), reused=steps
                )
    return found


def standing_approval(store: Store, iso3: str, round_: str) -> Approval | None:
    """The last approval, void with its reason where anything it rests on has changed."""
    approval = store.approval(iso3, round_)
    if approval is None or not approval.valid:
        return approval
    run = store.run(approval.run, results=())
    because = changed_since(store, run) if run else "its run is gone"
    if not because:
        return approval
    return approval.model_copy(update={"valid": False, "void_because": because})


def approve_run(store: Store, iso3: str, round_: str, *, by: str, note: str) -> Approval:
    """Approve the run that stands. Raises NothingToAssess where there is none or it is outdated."""
    again = f"Run: tana assess {iso3} --round {round_}"
    run = store.latest_run(iso3, round_)
    if run is None:
        raise NothingToAssess(f"{iso3} {round_} has no run to approve.", again)
    because = changed_since(store, run)
    if because:
        raise NothingToAssess(f"This run cannot be approved: {because}.", f"{again}, then approve.")
    return store.approve(run.key, by, note=note)


def pack_of_run(store: Store, run: Run) -> Pack:
    """The pack with the method that a run was made with.

    Raises NothingToAssess where it has been edited since: its words and marks would be others.
    """
    pack = _pack_today(store, run, run.inputs.get(PACK, ""))
    if pack.digest != run.inputs.get(PACK):
        raise NothingToAssess(
            f"The pack has been edited since {run.iso3} {run.round} was assessed.",
            f"Run: tana assess {run.iso3} --round {run.round}",
        )
    return pack
