"""Invented countries: the four of the examples, and those a programme adds for its rehearsals.

All bear codes that ISO 3166-1 leaves to users, so that no invented answer can be taken for a
State's. A programme's own stand in a CSV file that the setting `fictional_countries` names.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from assessments.errors import Mistake
from assessments.reference.tables import table
from assessments.settings import read_settings

# User-assigned, but XKA to XKZ, some of which are in use for a place that is not invented.
_CODE = re.compile(r"X[A-JL-Z][A-Z]\Z")
_NEEDED = ("iso3", "un_name")


@cache
def fictional_countries() -> dict[str, dict[str, str]]:
    """The row of each invented country, by code. Raises Mistake where the file cannot be used."""
    rows = {row["iso3"]: row for row in table("fictional_countries")}
    own = read_settings().fictional_countries
    if own is None:
        return rows
    columns = tuple(next(iter(rows.values())))
    for number, row in enumerate(_own(own), 2):
        code = (row.get("iso3") or "").strip()
        if not _CODE.match(code) or code in rows:
            raise Mistake(
                f"Line {number} of {own}: {code!r} is no code for an invented country.",
                "Use each of XAE to XZZ once, without XKA to XKZ: ISO 3166-1 leaves them to users.",
            )
        rows[code] = {name: (row.get(name) or "").strip() for name in columns} | {"iso3": code}
        if not rows[code]["un_name"]:
            raise Mistake(f"Line {number} of {own}: {code} has no un_name.", "Give it a name.")
    return rows


def _own(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Mistake(
            f"The file of fictional countries {path} cannot be read ({error}).",
            "Mend the setting fictional_countries, or leave it out.",
        ) from None
    if missing:
        raise Mistake(
            f"{path} has no column {', '.join(missing)}.",
            "Write it like assessments/reference/data/fictional_countries.csv.",
        )
    return rows
