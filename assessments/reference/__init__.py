"""What is known of States and networks before anyone is asked.

Facts come from public sources kept in `data/` with their verification marks, and from ISO 3166
(pycountry) and CLDR (Babel). All of it is pre-fill: the country confirms or corrects it.
"""

from assessments.reference.countries import (
    alpha2,
    countries,
    country,
    country_name,
    known,
    un_members,
)
from assessments.reference.networks import (
    Network,
    network,
    networks,
    networks_of,
    networks_of_region,
)

__all__ = [
    "Network",
    "alpha2",
    "countries",
    "country",
    "country_name",
    "known",
    "network",
    "networks",
    "networks_of",
    "networks_of_region",
    "un_members",
]
