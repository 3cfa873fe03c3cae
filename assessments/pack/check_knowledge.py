"""Faults between the tables of a scored pack: paragraphs, interventions, rules, costs, method."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from assessments.pack import knowledge_tables as tables
from assessments.pack.check_method import check_method_names, check_tiers
from assessments.pack.check_requirements import check_requirements
from assessments.pack.check_rules import Place, can_fire, check_rule, domains_of
from assessments.pack.check_tailoring import check_tailoring
from assessments.pack.domains import Domain
from assessments.pack.draft import Draft
from assessments.pack.method_file import circles
from assessments.pack.model import Intervention
from assessments.pack.tables import nearest

_CENT = 0.005


def check_knowledge(draft: Draft) -> None:
    """Note every fault between the tables of a scored pack."""
    domains = domains_of(draft)
    _check_framework(draft)
    check_requirements(draft, domains)
    for offer in draft.interventions.values():
        _check_intervention(draft, offer, domains)
    _check_prerequisite_circles(draft)
    check_tailoring(draft, domains)
    _check_cost_shares(draft)
    check_method_names(draft)
    check_tiers(draft)


def _check_codes(
    place: Place, codes: Iterable[str], known: Iterable[str], what: str, code: str
) -> None:
    names = list(known)
    for name in codes:
        if name not in names:
            place.wrong(code, f"«{name}» is no {what}.", f"Correct the code{nearest(name, names)}.")


def _check_framework(draft: Draft) -> None:
    served = {code for offer in draft.interventions.values() for code in offer.sub_dimensions}
    institutions = [choice.name for choice in draft.choice_lists["institutions"]]
    forms = [choice.name for choice in draft.choice_lists.get("cooperation_forms", ())]
    for sub in draft.sub_dimensions.values():
        place = Place(draft, tables.FRAMEWORK, sub.code, "institutions")
        _check_codes(place, sub.institutions, institutions, "institution", "unknown-institution")
        place = Place(draft, tables.FRAMEWORK, sub.code, "cooperation_form")
        _check_codes(place, filter(None, [sub.cooperation_form]), forms,
                     "form of cooperation", "unknown-form")  # fmt: skip
        if sub.code not in served and not sub.no_intervention_reason:
            draft.wrong(
                tables.FRAMEWORK, sub.code, "no-intervention", "no_intervention_reason",
                f"Nothing is offered for {sub.code}, and no reason is given.",
                "Add an intervention, or say why there is none.",
            )  # fmt: skip


def _check_intervention(draft: Draft, offer: Intervention, domains: Mapping[str, Domain]) -> None:
    def place(column: str) -> Place:
        return Place(draft, tables.INTERVENTIONS, offer.name, column)

    _check_codes(place("sub_dimensions"), offer.sub_dimensions, draft.sub_dimensions,
                 "sub-dimension", "unknown-sub-dimension")  # fmt: skip
    _check_codes(place("prerequisites"), offer.prerequisites, draft.interventions,
                 "intervention", "unknown-intervention")  # fmt: skip
    institutions = [choice.name for choice in draft.choice_lists["institutions"]]
    _check_codes(place("lead"), filter(None, [offer.lead]), institutions,
                 "institution", "unknown-institution")  # fmt: skip
    check_refs(place("untoc_refs"), offer.untoc_refs)
    if not offer.sub_dimensions:
        place("sub_dimensions").wrong(
            "no-sub-dimension", "It serves no sub-dimension.", "Name at least one."
        )
    for low, high, column, what in (
        (offer.unit_cost_low, offer.unit_cost_high, "unit_cost_low_usd", "cost"),
        (offer.months_min, offer.months_max, "months_min", "duration"),
    ):
        if low > high:
            place(column).wrong(
                "range-upside-down", f"The lowest {what} {low} is above the highest {high}.",
                "Exchange or correct them.",
            )  # fmt: skip
    for column in ("in_place", "already_used"):
        rule = getattr(offer, column)
        if rule is not None and check_rule(rule, place(column), domains):
            can_fire(rule, place(column), domains, needs_answer=True)


def check_refs(place: Place, refs: Iterable[str]) -> None:
    """A paragraph may be named in full, or by the beginning of its reference."""
    known = [requirement.ref for requirement in place.draft.requirements.values()]
    for ref in refs:
        if not any(full == ref or full.startswith((ref, f"{ref}(")) for full in known):
            place.wrong(
                "unknown-paragraph", f"«{ref}» is no paragraph of requirements.csv.",
                f"Correct the reference{nearest(ref, known)}.",
            )  # fmt: skip


def _check_prerequisite_circles(draft: Draft) -> None:
    arrows = {offer.name: offer.prerequisites for offer in draft.interventions.values()}
    for circle in circles(arrows):
        draft.wrong(
            tables.INTERVENTIONS, circle[0], "circular-prerequisite", "prerequisites",
            f"Each waits for the next: {' → '.join(circle)}.", "Remove one of them.",
        )  # fmt: skip


def _check_cost_shares(draft: Draft) -> None:
    sums: dict[str, float] = defaultdict(float)
    first: dict[str, str] = {}
    for share in draft.cost_shares:
        sums[share.type] += share.share
        first.setdefault(share.type, f"{share.type} {share.category}")
    used = {offer.type: offer.name for offer in reversed(draft.interventions.values())}
    for kind, total in sums.items():
        if abs(total - 1.0) > _CENT:
            draft.wrong(
                tables.COST_SHARES, first[kind], "shares-not-one", "share",
                f"The shares of «{kind}» add to {total:g}.", "Make them add to 1.",
            )  # fmt: skip
        if kind not in used:
            draft.wrong(
                tables.COST_SHARES, first[kind], "unused-type", "type",
                f"No intervention is of the type «{kind}».",
                f"Correct or remove it{nearest(kind, list(used))}.", note=True,
            )  # fmt: skip
    for kind, name in used.items():
        if kind not in sums:
            draft.wrong(
                tables.INTERVENTIONS, name, "type-without-shares", "type",
                f"{tables.COST_SHARES} says nothing on the type «{kind}».",
                f"Add its shares{nearest(kind, list(sums))}.",
            )  # fmt: skip
