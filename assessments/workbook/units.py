"""Units of the pack's figures as an officer reads them beside the answer cell."""

from assessments.language import Translator


def N_(text: str) -> str:
    """Mark a text for the catalogues."""
    return text


UNITS = (
    N_("agreements"),
    N_("cases"),
    N_("computers per person"),
    N_("count"),
    N_("days"),
    N_("devices"),
    N_("enquiries"),
    N_("files per person"),
    N_("hearings"),
    N_("hours"),
    N_("meetings"),
    N_("messages"),
    N_("months"),
    N_("operations"),
    N_("orders"),
    N_("percent"),
    N_("persons"),
    N_("requests"),
    N_("requests per year"),
    N_("rooms"),
    N_("transmissions"),
    N_("treaties"),
    N_("years"),
)


def unit_shown(unit: str, translate: Translator) -> str:
    """The unit in the workbook's language; codes such as USD as they are."""
    return "" if unit in ("", "level") else translate(unit)
