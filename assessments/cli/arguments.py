"""Arguments as people type them: checked against what there is, with the remedy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from assessments.errors import Mistake


def known_country(code: str) -> str:
    """The ISO 3166-1 alpha-3 code, in capitals. Raises UnknownCountry."""
    from assessments.reference import country

    return country(code.upper()).iso3


def known_round(text: str) -> str:
    """A well-formed round. Raises Mistake."""
    from flows.choose import named_round

    return named_round(text)


def amount(text: str) -> Decimal | None:
    """An amount in USD, None where nothing was given. Raises Mistake."""
    if not text:
        return None
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite() or value < 0:
        raise Mistake(f"{text!r} is no amount in USD.", "Give a number, such as 900000.")
    return value


def day(text: str, name: str) -> date:
    """A date as YYYY-MM-DD. Raises Mistake naming the option."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Mistake(f"{text!r} is no date for {name}.", "Write it as 2026-12-31.") from None


def existing_files(paths: Iterable[Path]) -> None:
    """Make sure that all are files before work on the first begins. Raises Mistake."""
    folders = [str(path) for path in paths if path.is_dir()]
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise Mistake(f"There is no file {', '.join(missing)}.", "Check the path and its spelling.")
    if folders:
        raise Mistake(
            f"{', '.join(folders)} is a folder.",
            "Name the workbooks in it, for example with /*.xlsx behind it.",
        )
