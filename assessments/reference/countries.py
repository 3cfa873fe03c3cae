"""Countries: UN statistical name, region, resources, legal tradition, languages, UNTOC status.

Real States come from `data/countries.csv`; the four countries of the examples are invented and
bear codes that ISO 3166-1 leaves to users (XAA to XZZ), so that no answer about a real State is
ever made up. Legal tradition is coded from a public fact book: a pre-fill that the country
confirms, never printed as fact. ISO codes come from pycountry, official languages and names in
other languages from CLDR through Babel.
"""

from difflib import get_close_matches
from functools import cache

from assessments.errors import UnknownCountry
from assessments.language import Said
from assessments.reference.fictional import fictional_countries
from assessments.reference.networks import networks_of
from assessments.reference.tables import listed, table
from assessments.results import CountryProfile

_SOURCE_LANGUAGE = "en"
_SHORTEST_CODE_MATCH = 0.6  # two of three letters in order


@cache
def countries() -> tuple[CountryProfile, ...]:
    """Every country that can be assessed, real ones first, each group by code."""
    return tuple(country(iso3) for iso3 in (*_real(), *fictional_countries()))


def known(iso3: str) -> bool:
    """True where `iso3` is the code of a country that can be assessed."""
    return iso3 in _real() or iso3 in fictional_countries()


@cache
def country(iso3: str) -> CountryProfile:
    """What is known of a country before anyone is asked.

    `iso3` is an ISO 3166-1 alpha-3 code, in capitals or not. Raises UnknownCountry, which names
    countries of a similar code or name.
    """
    code = iso3.strip().upper()
    if code in fictional_countries():
        return _fictional_profile(fictional_countries()[code])
    if code in _real():
        return _real_profile(_real()[code])
    raise UnknownCountry(f"{iso3!r} is no country code known here.", _suggestion(iso3))


def un_members() -> tuple[str, ...]:
    """Codes of the Member States of the United Nations, sorted."""
    return tuple(sorted(code for code, row in _real().items() if row["un_member"] == "yes"))


def country_name(iso3: str, language: str) -> str:
    """A country's name for a reader of `language` (ISO 639 code).

    In English the UN statistical name; elsewhere CLDR's name. Where CLDR has none, or the country
    is invented, the English name. Raises UnknownCountry.
    """
    profile = country(iso3)
    if language == _SOURCE_LANGUAGE or profile.fictional:
        return profile.un_name
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return profile.un_name
    return str(names.get(alpha2(profile.iso3)) or profile.un_name)


@cache
def _real() -> dict[str, dict[str, str]]:
    return {row["iso3"]: row for row in table("countries")}


def _real_profile(row: dict[str, str]) -> CountryProfile:
    languages = _official_languages(row["iso3"])
    return CountryProfile(
        iso3=row["iso3"],
        un_name=row["un_name"],
        region=row["region"],
        subregion=row["intermediate_region"] or row["subregion"],
        income_group=row["income_group"],
        resource_setting=row["resource_setting"],
        legal_tradition=row["legal_tradition"],
        official_languages=languages,
        working_language=_working_language(languages),
        networks=networks_of(row["iso3"]),
        ldc=row["ldc"] == "yes",
        lldc=row["lldc"] == "yes",
        sids=row["sids"] == "yes",
        untoc_status=row["untoc_status"],
        untoc_year=row["untoc_year"],
        notes=_notes(row),
    )


def _fictional_profile(row: dict[str, str]) -> CountryProfile:
    return CountryProfile(
        iso3=row["iso3"],
        un_name=row["un_name"],
        fictional=True,
        region=row["region"],
        subregion=row["intermediate_region"] or row["subregion"],
        income_group=row["income_group"],
        resource_setting=row["resource_setting"],
        legal_tradition=row["legal_tradition"],
        treaty_effect=row["treaty_effect"],
        official_languages=listed(row["official_languages"]),
        working_language=row["working_language"] or _SOURCE_LANGUAGE,
        networks=networks_of(row["iso3"]),
        ldc=row["ldc"] == "yes",
        lldc=row["lldc"] == "yes",
        sids=row["sids"] == "yes",
        untoc_status=row["untoc_status"],
        untoc_year=row["untoc_year"],
        notes=(Said("Fictional country; any likeness to a State is unintended."),),
    )


def _notes(row: dict[str, str]) -> tuple[Said, ...]:
    """What a reader must know before relying on the pre-fill."""
    notes = []
    if row["legal_tradition"]:
        parts = ", ".join(listed(row["legal_components"])).replace("_", " ")
        notes.append(
            Said(
                "Legal tradition pre-filled from a public fact book ({parts}), to be confirmed by "
                "the country.",
                parts=parts,
            )
        )
    else:
        notes.append(Said("Legal tradition not pre-filled: to be stated by the country."))
    if row["legal_note"]:
        notes.append(Said("Legal tradition: {note}.", note=row["legal_note"]))
    notes.append(Said("Effect of treaties in national law: to be stated by the country."))
    if row["untoc_verification"] != "verified":
        notes.append(
            Said(
                "UNTOC participation {state}: {source}.",
                state=row["untoc_verification"],
                source=row["untoc_source"],
            )
        )
    if row["income_group"]:
        notes.append(
            Said("Income group: World Bank classification as of {day}.", day=row["income_as_of"])
        )
    return tuple(notes)


def _official_languages(iso3: str) -> tuple[str, ...]:
    """ISO 639 codes of official languages, most spoken first, as CLDR has them."""
    from babel.languages import get_official_languages

    return tuple(get_official_languages(alpha2(iso3), regional=False, de_facto=True))


def _working_language(official: tuple[str, ...]) -> str:
    """The first official language in which questionnaires are offered, otherwise English."""
    offered = {row["language"] for row in table("working_languages")}
    return next((language for language in official if language in offered), _SOURCE_LANGUAGE)


@cache
def alpha2(iso3: str) -> str:
    """The ISO 3166-1 alpha-2 code; for a fictional XAB the user-assigned XB."""
    import pycountry

    if iso3 in fictional_countries():
        return f"X{iso3[-1]}"
    return str(pycountry.countries.lookup(iso3).alpha_2)


def _suggestion(wanted: str) -> str:
    """Countries whose code or name resembles what was asked for."""
    names = {
        code: row["un_name"]
        for rows in (_real(), fictional_countries())
        for code, row in rows.items()
    }
    text = wanted.strip()
    codes = get_close_matches(text.upper(), names, n=4, cutoff=_SHORTEST_CODE_MATCH)
    folded = {name.casefold(): code for code, name in names.items()}
    named = [folded[name] for name in get_close_matches(text.casefold(), folded, n=3)]
    within = [code for name, code in folded.items() if len(text) > 3 and text.casefold() in name]
    found = list(dict.fromkeys([*named, *within[:3], *codes]))[:5]
    use = "Use the three-letter code of ISO 3166-1, for example KEN."
    if not found:
        return use
    return f"{use} Did you mean " + ", ".join(f"{code} ({names[code]})" for code in found) + "?"
