"""Write the questionnaire of one institution as an Excel workbook it can fill in offline."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assessments.errors import Mistake, UnknownInstitution, UnknownLanguage, UnknownRound
from assessments.identifiers import ROUND
from assessments.language import words_or_english
from assessments.pack.model import Pack, Tier
from assessments.results import CountryProfile

if TYPE_CHECKING:
    from assessments.workbook.conflicts import Merged
    from assessments.workbook.known import Known
    from assessments.workbook.plan import Edition


def build_workbook(
    pack: Pack,
    country: CountryProfile,
    round_: str,
    institution: str,
    language: str,
    tier: Tier,
    out: Path,
    *,
    reference_date: date,
    deadline: date,
    return_to: str = "",
    known: Mapping[str, Known] | None = None,
    why: Mapping[str, tuple[str, ...]] | None = None,
) -> Path:
    """Write the workbook to `out`, moved into place when it is complete; returns `out`.

    All counts in it are asked for the last full year before `reference_date`; `return_to` is the
    office or address that the cover names. `known` is shown under its question, to be confirmed or
    disputed. With `why` (question -> why it is asked again) the workbook is a follow-up, and asks
    these questions alone. Raises UnknownInstitution, UnknownLanguage, UnknownRound, TextTooLong,
    and Mistake where the institution is asked nothing at this tier.
    """
    from assessments.workbook.plan import Edition

    _check(pack, round_, institution, language)
    edition = Edition(
        pack,
        country,
        round_,
        institution,
        language,
        tier,
        reference_date.isoformat(),
        deadline.isoformat(),
        return_to=return_to,
        only=frozenset(why or ()),
        known=known or {},
        why=why or {},
    )
    if not edition.questions:
        raise Mistake(
            f"{institution} is asked nothing in the {tier.value} tier of {pack.id}.",
            "Choose another tier or institution.",
        )
    return write_edition(edition, out)


def write_edition(edition: Edition, out: Path, merged: Merged | None = None) -> Path:
    """Write one workbook, with a conflict sheet where it was merged; moved into place whole."""
    from assessments.workbook import conflicts, cover, hidden, known_line, sections, tables
    from assessments.workbook.book import Book
    from assessments.workbook.plan import plan

    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    disputed = merged if merged is not None and merged.conflicts else None
    try:
        book = Book(str(temporary), plan(edition))
        counted = date.fromisoformat(edition.reference_date)
        moment = datetime(counted.year, counted.month, counted.day)
        title = edition.pack.title.in_(edition.language)
        book.workbook.set_properties({"title": title, "created": moment, "author": "tana"})
        book.sheet(cover.cover_title(book), cover.cover_title(book))
        if disputed:
            name = conflicts.conflicts_title(book.translate)
            book.sheet(name, name)
        for section in book.plan.sections:
            sections.write_section(book, section)
        for place in book.plan.tables:
            tables.write_table(book, place)
        hidden.create(book)
        cover.write_cover(book)
        if disputed:
            conflicts.write_conflicts(book, disputed)
        listed = conflicts.identity_rows(disputed) if disputed else []
        hidden.write(book, [*known_line.identity_rows(book), *listed])
        book.workbook.close()
        temporary.replace(out)
    finally:
        temporary.unlink(missing_ok=True)
    return out


def _check(pack: Pack, round_: str, institution: str, language: str) -> None:
    if institution not in pack.institutions:
        raise UnknownInstitution(
            f"{institution!r} is no respondent of {pack.id}.",
            f"Use one of {', '.join(pack.institutions)}.",
        )
    if language not in pack.languages:
        raise UnknownLanguage(
            f"{pack.id} has no questions in {language!r}.",
            f"Use one of {', '.join(pack.languages)}.",
        )
    words_or_english(language)
    if not ROUND.match(round_):
        raise UnknownRound(f"{round_!r} is no round.", "A round is a year such as 2026 or 2026b.")
