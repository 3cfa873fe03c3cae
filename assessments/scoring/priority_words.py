"""Why a gap stands where it stands among the others."""

from __future__ import annotations

from collections.abc import Sequence

from assessments.language import Said, Share


def gap_part(level: float, target: float) -> Said:
    """Distance to the target."""
    return Said("Level {level}, target {target}.", level=level, target=target)


def weight_part(dimension: str, sub_dimension: str) -> Said:
    """Weights of the method."""
    return Said(
        "Weight of {dimension} times weight of {sub_dimension} in the method.",
        dimension=dimension,
        sub_dimension=sub_dimension,
    )


def compliance_part(refs: Sequence[str]) -> Said:
    """Mandatory paragraphs behind the gap."""
    if not refs:
        return Said("No mandatory paragraph is known to be unmet.")
    return Said("Mandatory paragraphs not or partly met: {refs}.", refs=tuple(refs))


def breadth_part(forms: int, institutions: int) -> Said:
    """How many gain."""
    return Said(
        "Helps {forms} and {institutions}.",
        forms=Said.counted("{n} cooperation form", "{n} cooperation forms", forms),
        institutions=Said.counted("{n} institution", "{n} institutions", institutions),
    )


def enabling_part(waiting: Sequence[str]) -> Said:
    """Other gaps that wait."""
    if not waiting:
        return Said("No other gap waits for it.")
    return Said("Comes before {gaps}.", gaps=tuple(waiting))


def national_part(chosen: bool) -> Said:
    """The government's own priority breaks ties."""
    if chosen:
        return Said("The government names it among its own priorities; this breaks ties.")
    return Said("Not named among the government's own priorities.")


def why_ranked(rank: int, name: str, level: float, target: float) -> Said:
    """The sentence that opens a gap."""
    return Said(
        "{name} is at {level} against a target of {target} (rank {rank}).",
        name=name,
        level=level,
        target=target,
        rank=rank,
    )


def rank_moves(best: int, worst: int, share: float) -> Said:
    """What moving each weight does."""
    if best == worst:
        return Said(
            "Its rank does not change when any weight moves by {share}.", share=Share(share)
        )
    return Said(
        "Its rank lies between {best} and {worst} when any weight moves by {share}.",
        best=best,
        worst=worst,
        share=Share(share),
    )


def needs_evidence() -> Said:
    """The unknown part could turn the decision."""
    return Said(
        "Ask for answers or documents first: what is missing or disputed could close the gap."
    )


def unsure_place(among: bool, share: float, top: int) -> Said:
    """The doubt of the answers, and not a weight, moves it over the line of the first gaps."""
    if among:
        return Said(
            "Ask for documents first: it stays among the first {top} in no more than {share} of "
            "the simulated cases.",
            top=top,
            share=Share(share),
        )
    return Said(
        "Ask for documents first: it stays outside the first {top} in no more than {share} of the "
        "simulated cases.",
        top=top,
        share=Share(share),
    )
