"""Ask an institution once more, and only what is worth it: a short workbook with the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from assessments.errors import NothingToAssess, UnknownInstitution
from assessments.pack.model import Pack, Tier
from assessments.reference import country
from assessments.results import AssessmentRef
from assessments.scoring.asking import worth_asking
from assessments.settings import private_folder
from assessments.store import AcceptedSubmission, Store, open_store
from assessments.store.carried import answers_under
from assessments.store.reference_date import reference_date
from assessments.workbook.write import build_workbook
from flows.known_already import known_already
from flows.open_questions import OpenQuestions
from flows.own_pack import own_pack

WEEKS_TO_ANSWER = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that comes again."""

    question: str
    codes: tuple[str, ...]  # blank, unusable, evidence, disputed, contradicted, depends
    worth: float | None  # how much a firm answer could change the priorities; None: not scored


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What came of it; no workbook where nothing is to be asked again."""

    workbook: Path | None
    questions: tuple[Asked, ...]  # the most worth asking first
    held_back: int  # doubts that would show what another institution said in confidence
    answered_by_lead: int  # blanks on facts that their lead has answered: not asked again


def follow_up(
    iso3: str,
    round_: str,
    institution: str,
    out: Path,
    *,
    language: str = "",
    deadline: date | None = None,
) -> FollowUp:
    """Write `ISO3_ROUND_CODE_followup.xlsx` into `out`, unless nothing has to be asked again.

    Raises UnknownRound, UnknownInstitution, and NothingToAssess where the institution has not
    answered yet.
    """
    profile = country(iso3)
    with open_store() as store:
        pack = own_pack(store.assessment(iso3, round_))
        submission = _submission(store, pack, iso3, round_, institution)
        answers = answers_under(store, iso3, round_, pack).answers
        spoken = language or submission.language
        spoken = spoken if spoken in pack.languages else "en"
        tier = Tier(submission.tier or Tier.DEEP)
        counted_at = reference_date(store, iso3, round_)
        others = known_already(store, pack, iso3, round_, spoken, asked=(institution,), tier=tier)
    search = OpenQuestions(pack, institution, tier, spoken, answers)
    ref = AssessmentRef(
        iso3=iso3,
        round=round_,
        pack=pack.id,
        pack_version=pack.version,
        pack_digest=pack.digest,
        method_version=pack.method.version if pack.method else "",
    )
    worth: dict[str, float] = {}
    if pack.method is not None:
        worth = {w.question: w.worth for w in worth_asking(pack, profile, answers, ref)}
    asked = tuple(
        Asked(name, tuple(dict.fromkeys(code for code, _ in found)), worth.get(name))
        for name, found in search.found.items()
    )
    ranked = tuple(sorted(asked, key=lambda item: (-(item.worth or 0.0), item.question)))
    if not ranked:
        return FollowUp(None, (), search.held_back, search.answered_by_lead)
    today = datetime.now(UTC).date()
    private_folder(out.resolve())
    path = build_workbook(
        pack,
        profile,
        round_,
        institution,
        spoken,
        tier,
        out / f"{iso3}_{round_}_{institution}_followup.xlsx",
        reference_date=counted_at or submission.received_at.date(),  # a round opened before
        # its date was kept has only the day of the return
        deadline=deadline or today + timedelta(weeks=WEEKS_TO_ANSWER),
        known={
            name: value
            for name, value in (others.of(institution, tier) | search.own).items()
            if name in search.found
        },
        why={name: tuple(text for _, text in found) for name, found in search.found.items()},
    )
    return FollowUp(path, ranked, search.held_back, search.answered_by_lead)


def _submission(
    store: Store, pack: Pack, iso3: str, round_: str, institution: str
) -> AcceptedSubmission:
    if institution not in pack.institutions:
        raise UnknownInstitution(
            f"{institution!r} is no respondent of {pack.id}.",
            f"Use one of {', '.join(pack.institutions)}.",
        )
    for submission in store.submissions(iso3, round_):
        if submission.institution == institution:
            return submission
    raise NothingToAssess(
        f"{institution} has not answered for {iso3} {round_} yet.",
        "Send it the whole questionnaire: tana questionnaire build --institution.",
    )
