"""The public edition of an assessment: the same computation, fed with public answers alone.

It is kept with the run, so that an approval covers both. The library computes it; where changed
notebooks give other results than the library does there is none, because it would speak of another
method than the run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from assessments.results import PUBLIC_EDITION
from assessments.runner.material import Material, counted
from assessments.scoring.assess import ledgers, workings
from assessments.scoring.publication import (
    closed_parts,
    open_part,
    public_answers,
    without_untold,
)
from flows.compute import Results, completed, compute


def compute_public(
    material: Material, budget: Decimal | None = None, *, fast_track: bool = False
) -> Results:
    """All four results from the answers that anyone may see, and no other."""
    pack, ref = material.pack, material.ref
    answers = public_answers(pack, material.answers)
    public = replace(material, answers=answers, respondents=counted(material, answers))
    work = workings(pack, public.country, answers, ref)
    scores = ledgers(pack, work, ref, untold=closed_parts(pack))
    found = completed(public, work, scores, budget, fast_track=fast_track, reviewed=open_part(pack))
    return Results(
        found.review, *without_untold(pack, found.scores, found.priorities, found.design)
    )


def public_documents(
    material: Material,
    budget: Decimal | None,
    kept: Mapping[str, str],
    *,
    fast_track: bool = False,
    tried: bool = False,
) -> dict[str, str]:
    """The public edition for a run whose results are `kept`; empty where notebooks differ.

    Notebooks that are `tried` are known to give what the library gives: it is not computed again.
    """
    if not tried and compute(material, budget, fast_track=fast_track) != Results.stored(kept):
        return {}
    return compute_public(material, budget, fast_track=fast_track).documents(PUBLIC_EDITION)
