"""Design from today's answers without keeping anything: to try a budget or to compare."""

from __future__ import annotations

from decimal import Decimal

from assessments.design import design_project
from assessments.pack.load import load_pack
from assessments.reference import networks_of_region
from assessments.results import ProjectDesign
from assessments.runner.material import material_of
from assessments.scoring import score_assessment, set_priorities
from assessments.store import open_store
from flows.own_pack import own_pack


def design_now(iso3: str, round_: str, pack: str, budget: Decimal | None) -> ProjectDesign:
    """The project as the answers stand now; without `pack`, with the one of the round.

    Raises UnknownCountry, UnknownRound, NothingToAssess, and UnusableBudget.
    """
    with open_store() as store:
        loaded = load_pack(pack) if pack else own_pack(store.assessment(iso3, round_))
        material = material_of(store, iso3, round_, loaded)
    scores = score_assessment(material.pack, material.country, material.answers, material.ref)
    priorities = set_priorities(material.pack, material.country, scores, material.answers)
    return design_project(
        material.pack,
        material.country,
        material.answers,
        scores,
        priorities,
        budget=budget,
        regional_networks=networks_of_region(material.country),
    )
