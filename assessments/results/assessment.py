"""Which assessment it is, and what is known of its country beforehand."""

from __future__ import annotations

from assessments.language import Said
from assessments.results.value import Value


class AssessmentRef(Value):
    """Which assessment, and with which pack and method."""

    iso3: str
    round: str
    pack: str
    pack_version: str
    pack_digest: str
    method_version: str


class CountryProfile(Value):
    """What is known of a country before anyone is asked: pre-fill, for it to confirm."""

    iso3: str
    un_name: str
    fictional: bool = False
    region: str = ""
    subregion: str = ""
    income_group: str = ""  # low, lower_middle, upper_middle, high, "" unknown
    resource_setting: str = ""  # low, low_middle, middle, high, "" unknown
    legal_tradition: str = ""  # civil, common, mixed, islamic, "" unknown
    treaty_effect: str = ""  # monist, dualist, mixed, "" unknown
    official_languages: tuple[str, ...] = ()  # ISO 639 codes
    working_language: str = "en"  # of questionnaires and report, a language of the pack if it can
    networks: tuple[str, ...] = ()  # codes of reference networks
    ldc: bool = False
    lldc: bool = False
    sids: bool = False
    untoc_status: str = ""  # ratified, acceded ..., "" unknown
    untoc_year: str = ""
    notes: tuple[Said, ...] = ()  # verification marks worth printing
