"""Design from today's answers without keeping anything: to try a budget, to compare, to pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from assessments.design import CorridorView, End, corridor_view
from assessments.errors import Mistake
from assessments.pack.load import load_pack
from assessments.pack.model import SOURCE_LANGUAGE, Pack
from assessments.reference import networks_of_region
from assessments.report.pack_voices import TextVoices
from assessments.report.wording import Wording
from assessments.results import ProjectDesign
from assessments.runner.material import material_of
from assessments.store import open_store
from flows.compute import compute
from flows.own_pack import own_pack


def design_now(iso3: str, round_: str, pack: str, budget: Decimal | None) -> ProjectDesign:
    """The project as the answers stand now; without `pack`, with the one of the round.

    Raises UnknownCountry, UnknownRound, NothingToAssess, and UnusableBudget.
    """
    return _end_now(iso3, round_, pack, budget)[1].design


def corridors_now(iso3s: Sequence[str], round_: str, pack: str) -> CorridorView:
    """Every corridor between these States as their answers stand now. Raises as `design_now`,
    and Mistake where they were assessed with different packs.
    """
    found = [_end_now(iso3, round_, pack, None) for iso3 in iso3s]
    packs = {used.id: used for used, _ in found}
    if len(packs) > 1:
        raise Mistake(
            f"These States answered different questionnaires: {', '.join(sorted(packs))}.",
            "Name States of one questionnaire.",
        )
    return corridor_view(found[0][0], [end for _, end in found])


def said_in(language: str, iso3: str, round_: str, pack: str) -> Callable[[str], str]:
    """How a sentence of a design reads in `language`; English as it stands, without a look.

    Raises UnknownLanguage, UnknownRound and UnknownPack.
    """
    if language == SOURCE_LANGUAGE:
        return str
    words = Wording(language)
    with open_store() as store:
        loaded = load_pack(pack) if pack else own_pack(store.assessment(iso3, round_))
    return TextVoices(loaded, words).printed


def _end_now(iso3: str, round_: str, pack: str, budget: Decimal | None) -> tuple[Pack, End]:
    with open_store() as store:
        loaded = load_pack(pack) if pack else own_pack(store.assessment(iso3, round_))
        material = material_of(store, iso3, round_, loaded)
    found = compute(material, budget)
    could_join = networks_of_region(material.country)
    return material.pack, End(found.design.country, found.scores, found.design, could_join)
