"""Which country and round an officer means, in a command and in Prefect's form alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from assessments.errors import Mistake, TanaError
from assessments.identifiers import ROUND
from assessments.reference import country as profile_of
from assessments.store import open_store


def chosen_country(code: str) -> str:
    """The ISO 3166-1 alpha-3 code, in capitals. Raises UnknownCountry."""
    return profile_of(code).iso3


def named_round(text: str) -> str:
    """A well-formed round. Raises Mistake."""
    if not ROUND.match(text):
        raise Mistake(f"{text!r} is no round.", "A round is a year, such as 2026 or 2026b.")
    return text


def chosen_round(iso3: str, given: str = "") -> str:
    """The round named, else the one that is open for this country.

    Raises Mistake where several are open, or what is named is no round. Where none is open, this
    year's: what needs it will say that it was never opened.
    """
    if given:
        return named_round(given)
    with open_store() as store:
        rounds = [item.round for item in store.assessments() if item.iso3 == iso3]
    if len(rounds) > 1:
        raise Mistake(
            f"{iso3} has the rounds {', '.join(rounds)}.",
            f"Say which one you mean: --round {rounds[-1]}",
        )
    return rounds[0] if rounds else this_year()


def common_round(iso3s: Iterable[str], given: str = "") -> str:
    """One round for several countries. Raises Mistake where each has another."""
    rounds = sorted({chosen_round(iso3, given) for iso3 in iso3s})
    if len(rounds) > 1:
        raise Mistake(
            f"These countries have the rounds {', '.join(rounds)}.",
            f"Say which one you mean: --round {rounds[-1]}",
        )
    return rounds[0] if rounds else given or this_year()


def doubt_of_round(iso3: str, round_: str) -> str:
    """What speaks against this round, in a sentence; "" where nothing does.

    A round that is not open is one of this year or the next; of those that are open the latest is
    worked on. Neither is certain, so nothing is refused for it.
    """
    with open_store() as store:
        opened = sorted(item.round for item in store.assessments() if item.iso3 == iso3)
    if round_ not in opened:
        ahead = int(round_[:4]) - int(this_year())
        if 0 <= ahead <= 1:
            return ""
        where = "in the past" if ahead < 0 else "far ahead"
        return f"Round {round_} of {iso3} lies {where} and was never opened. Is the year right?"
    if opened[-1] > round_:
        return f"{iso3} has a later round: {opened[-1]}. Is {round_} the one you mean?"
    return ""


def this_year() -> str:
    """The round that questionnaires are built for where none is named."""
    return f"{datetime.now(UTC):%Y}"


def named_run() -> str:
    """The name of a flow's run, such as `XAA 2026`, from its parameters; called by Prefect."""
    from prefect.runtime import flow_run

    given = flow_run.parameters
    country = str(given.get("country", "")).strip().upper()[:3]
    countries = given.get("countries")
    if countries is not None:
        country = " ".join(countries[:3]) + (" ..." if len(countries) > 3 else "")
        country = country or "all countries"
    round_ = str(given.get("round", ""))
    if country and not round_ and countries is None:
        try:
            round_ = chosen_round(country)
        except TanaError:  # the flow itself will say so
            round_ = ""
    return f"{country} {round_}".strip()
