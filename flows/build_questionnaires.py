"""Build the workbooks of a country's institutions and open the assessment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from assessments.errors import Mistake, UnknownInstitution, UnknownLanguage, UnknownRound
from assessments.pack.load import list_packs, load_pack
from assessments.pack.model import Pack, Tier
from assessments.reference import country as profile_of
from assessments.settings import private_folder
from assessments.store import open_store
from assessments.store.packs import keep_pack, pack_of
from assessments.store.reference_date import settle_reference_date
from assessments.workbook.write import build_workbook
from flows.known_already import known_already
from flows.progress import tell

WEEKS_TO_ANSWER = 6


def build_questionnaires(
    iso3: str,
    round_: str,
    out: Path,
    *,
    institutions: tuple[str, ...] = (),
    language: str = "",
    tier: str = "standard",
    reference_date: date | None = None,
    deadline: date | None = None,
    return_to: str = "",
    pack: str = "cooperation",
    by: str = "",
    prefill: Path | None = None,
    prefill_from: str = "",
) -> list[Path]:
    """One workbook for each institution, in `out`; the assessment is open from then on.

    What the lead of a question has answered already is shown to the others, and what `prefill`
    (a CSV of a desk review) or the round `prefill_from` knows to all it concerns: to be confirmed.
    All counts of a round refer to one date: that of its first questionnaires, else
    `reference_date`, else today.
    Raises UnknownCountry, UnknownInstitution, UnknownLanguage, UnknownPack, and Mistake for an
    unknown tier, another date, or a round that was opened with another pack; UnfitPrefill.
    """
    profile = profile_of(iso3)
    loaded = _asked(iso3, round_, load_pack(pack))
    asked = respondents(loaded, institutions, tier_named(tier))
    spoken = spoken_language(loaded, language, profile.working_language)
    today = datetime.now(UTC).date()
    due = deadline or today + timedelta(weeks=WEEKS_TO_ANSWER)
    with open_store() as store:
        known = known_already(
            store,
            loaded,
            iso3,
            round_,
            spoken,
            asked=asked,
            tier=tier_named(tier),
            prefill=prefill,
            prefill_from=prefill_from,
        )
        counted_at = settle_reference_date(store, iso3, round_, reference_date, today, by=by)
    private_folder(out.resolve())
    made = [
        build_workbook(
            loaded,
            profile,
            round_,
            institution,
            spoken,
            tier_named(tier),
            out / f"{iso3}_{round_}_{institution}.xlsx",
            reference_date=counted_at,
            deadline=due,
            return_to=return_to,
            known=known.of(institution, tier_named(tier)),
        )
        for institution in asked
    ]
    with open_store() as store:
        store.open_assessment(
            iso3,
            round_,
            loaded.id,
            loaded.version,
            loaded.digest,
            pack_folder="" if pack in list_packs() else loaded.folder,
            by=by,
        )
        keep_pack(store, loaded, by=by)
    return made


def _asked(iso3: str, round_: str, pack: Pack) -> Pack:
    """The pack; where the round is open under another version of it, that version."""
    with open_store() as store:
        try:
            opened = store.assessment(iso3, round_)
        except UnknownRound:
            return pack
        if opened.pack_id != pack.id or opened.pack_version == pack.version:
            return pack
        tell(
            f"{iso3} {round_} stands under version {opened.pack_version} of {pack.id}: built from "
            f"that. To go on under {pack.version}: tana assessment move {iso3} --round {round_}"
        )
        return pack_of(store, opened)


def tier_named(name: str) -> Tier:
    """The tier of this name. Raises Mistake."""
    try:
        return Tier(name)
    except ValueError:
        raise Mistake(
            f"{name!r} is no tier.", f"Choose one of {', '.join(tier.value for tier in Tier)}."
        ) from None


def spoken_language(pack: Pack, wanted: str, working_language: str) -> str:
    """The language of what is sent. Raises UnknownLanguage."""
    if wanted and wanted not in pack.languages:
        raise UnknownLanguage(
            f"{pack.id} does not speak {wanted!r}.", f"Choose from {', '.join(pack.languages)}."
        )
    # A pack that does not speak the country's working language is sent in English.
    return wanted or (working_language if working_language in pack.languages else "en")


def respondents(pack: Pack, wanted: tuple[str, ...], tier: Tier) -> tuple[str, ...]:
    """Who is asked anything; those wanted, where any are. Raises UnknownInstitution."""
    known = tuple(code for code in pack.institutions if pack.asked_of(code, tier))
    for code in wanted:
        if code not in known:
            raise UnknownInstitution(
                f"{code!r} is asked nothing in {pack.id}.",
                f"Choose from {', '.join(known)}.",
            )
    return wanted or known
