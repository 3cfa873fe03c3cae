"""What the rules knew of the country, in words: codes of the reference data and of the method."""

from __future__ import annotations

from collections.abc import Sequence

from assessments.language import Said
from assessments.report.terms import N_
from assessments.report.voices import Voices
from assessments.report.wording import Wording

_CODES = {
    "civil": N_("civil law"),
    "common": N_("common law"),
    "islamic": N_("Islamic law"),
    "mixed": N_("mixed"),
    "monist": N_("monist: treaties are applied directly"),
    "dualist": N_("dualist: treaties are put into national law first"),
    "low": N_("low"),
    "low_middle": N_("low to middle"),
    "middle": N_("middle"),
    "high": N_("high"),
    "ratified": N_("ratified"),
    "acceded": N_("acceded"),
    "succeeded": N_("succeeded"),
    "yes": N_("yes"),
    "no": N_("no"),
    "unknown": N_("unknown"),
}
# Regions of the United Nations' statistical division.
REGIONS = (
    N_("Africa"), N_("Americas"), N_("Asia"), N_("Europe"), N_("Oceania"),
    N_("Australia and New Zealand"), N_("Central Asia"), N_("Eastern Asia"), N_("Eastern Europe"),
    N_("Latin America and the Caribbean"), N_("Melanesia"), N_("Micronesia"),
    N_("Northern Africa"), N_("Northern America"), N_("Northern Europe"), N_("Polynesia"),
    N_("South-eastern Asia"), N_("Southern Asia"), N_("Southern Europe"),
    N_("Sub-Saharan Africa"), N_("Western Asia"), N_("Western Europe"), N_("Caribbean"),
    N_("Central America"), N_("Eastern Africa"), N_("Middle Africa"), N_("South America"),
    N_("Southern Africa"), N_("Western Africa"),
)  # fmt: skip


def fact_value(voices: Voices, name: str, value: str, longest: int = 200) -> str:
    """The value of one fact as a reader understands it."""
    values = _several(value)
    if name == "official_languages":
        said = voices.words.listed([language_name(voices.words, code) for code in values])
    elif name == "institutions":
        said = voices.words.listed([voices.institution(code) for code in values])
    else:
        said = voices.words.listed([voices.printed(_CODES.get(one, one)) for one in values])
    return voices.plain(said, longest)


def _several(value: str) -> Sequence[str]:
    """The codes of a fact with several values; else the value itself."""
    if isinstance(value, Said) and isinstance(codes := value.values.get("values"), tuple):
        return [str(code) for code in codes]
    return [value]


def language_name(words: Wording, code: str) -> str:
    """A language by its code, as the reader's language names it."""
    from babel import Locale

    names = Locale.parse(words.figures.locale).languages
    return str(names.get(code) or words.say(_CODES.get(code, code)))
