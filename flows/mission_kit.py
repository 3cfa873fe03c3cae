"""What an officer sends and carries: gathered from pack and answers, written as Word files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from assessments.errors import Mistake, UnknownLanguage, UnknownRound
from assessments.language import languages, words
from assessments.mission.kit import CLOSING, OPENING, Asking, Mission, Visit, fitted
from assessments.mission.timetable import HALVES
from assessments.mission.write import write_kit
from assessments.pack.load import load_pack
from assessments.pack.model import Pack, Question, Tier
from assessments.reference import country
from assessments.results import Answer, AnswerState, AssessmentRef, CountryProfile, Sensitivity
from assessments.scoring.asking import worth_asking
from assessments.settings import private_folder
from assessments.store import AcceptedSubmission, open_store
from assessments.store.carried import answers_under
from flows.build_questionnaires import WEEKS_TO_ANSWER, respondents, spoken_language, tier_named
from flows.open_questions import OpenQuestions
from flows.own_pack import own_pack

INTERVIEW = 90  # minutes, where nothing else is said
FURTHER = 8  # questions listed beyond those that fit
_SHORTEST, _LONGEST = OPENING + CLOSING + 10, min(end - begin for begin, end in HALVES)


@dataclass(frozen=True, slots=True)
class Kit:
    """What was written, and what the officer should know that stands in none of it."""

    papers: tuple[Path, ...]
    held_back: dict[str, int]  # institution -> doubts that rest on another's answer in confidence


def mission_kit(
    iso3: str,
    round_: str,
    out: Path,
    *,
    institutions: tuple[str, ...] = (),
    language: str = "",
    tier: str = "standard",
    office: str = "",
    deadline: date | None = None,
    start: date | None = None,
    minutes: int = INTERVIEW,
    pack: str = "cooperation",
) -> Kit:
    """Write letter, focal-point sheet, agenda and an interview guide for each institution.

    An institution that has answered is asked what is open, in the order of what a firm answer could
    change; one that has not, the core questions that it leads, in the same order where others have
    answered. `minutes` is the length of one interview. Nothing in the store changes, and the round
    need not be open yet. Raises UnknownCountry, UnknownInstitution, UnknownLanguage, UnknownPack,
    and Mistake for an unknown tier or a length that is none.
    """
    profile = country(iso3)
    if not _SHORTEST <= minutes <= _LONGEST:
        raise Mistake(
            f"An interview of {minutes} minutes cannot be planned.",
            f"Give {_SHORTEST} to {_LONGEST} minutes: no longer than half a day.",
        )
    standing = _standing(iso3, round_, pack)
    loaded = standing.pack
    spoken = _spoken(loaded, language, profile)
    asked = tuple(
        code
        for code in respondents(loaded, institutions, tier_named(tier))
        if loaded.institutions[code].kind != "observer"  # who observes is not interviewed
    )
    if not asked:
        raise Mistake(
            "None of these institutions is interviewed.",
            "Name respondents of the questionnaire that are no observers, or leave it to the pack.",
        )
    search = _Search(profile, round_, standing, spoken, tier_named(tier), minutes)
    visits = tuple(search.visit(code) for code in asked)
    mission = Mission(
        country=profile,
        round=round_,
        pack=loaded,
        language=spoken,
        translate=words(spoken),
        office=office,
        deadline=deadline or datetime.now(UTC).date() + timedelta(weeks=WEEKS_TO_ANSWER),
        start=start,
        visits=tuple(visit for visit in visits if visit.asked),
    )
    private_folder(out.resolve())
    return Kit(tuple(write_kit(mission, out)), search.held_back)


@dataclass(frozen=True, slots=True)
class _Standing:
    """The round as it stands; nothing answered where it is not open yet."""

    pack: Pack
    answers: tuple[Answer, ...] = ()
    submissions: tuple[AcceptedSubmission, ...] = ()


def _standing(iso3: str, round_: str, pack: str) -> _Standing:
    with open_store() as store:
        try:
            opened = store.assessment(iso3, round_)
        except UnknownRound:
            return _Standing(load_pack(pack))
        loaded = own_pack(opened)
        answers = answers_under(store, iso3, round_, loaded).answers
        return _Standing(loaded, answers, store.submissions(iso3, round_))


def _spoken(pack: Pack, wanted: str, profile: CountryProfile) -> str:
    """A language that both the pack and our own words have."""
    spoken = spoken_language(pack, wanted, profile.working_language)
    if spoken in languages():
        return spoken
    if wanted:
        raise UnknownLanguage(
            f"There are no letters in {wanted!r}.", f"Choose from {', '.join(languages())}."
        )
    return "en"


class _Search:
    """What each institution is asked, with how much an answer is worth."""

    def __init__(
        self,
        profile: CountryProfile,
        round_: str,
        standing: _Standing,
        language: str,
        tier: Tier,
        minutes: int,
    ) -> None:
        self.standing, self.language, self.tier, self.minutes = standing, language, tier, minutes
        self.held_back: dict[str, int] = {}
        self.worth = _worth(profile, round_, standing)

    def visit(self, code: str) -> Visit:
        pack = self.standing.pack
        submission = next((s for s in self.standing.submissions if s.institution == code), None)
        tier = Tier(submission.tier or self.tier) if submission else self.tier
        questionnaire = pack.asked_of(code, tier)
        found = self._open(code, tier) if submission else self._core(code)
        asked, further = fitted(found, self.minutes, FURTHER)
        needed = OPENING + CLOSING + sum(item.minutes for item in asked)
        return Visit(
            institution=code,
            questions=len(questionnaire),
            minutes=sum(question.minutes for question in questionnaire),
            received=submission.received_at.date() if submission else None,
            answered=sum(
                answer.institution == code and answer.state is AnswerState.ANSWERED
                for answer in self.standing.answers
            ),
            asked=asked,
            further=further,
            length=round(needed),
        )

    def _core(self, code: str) -> list[Asking]:
        """The core questions that it leads, then those it confirms or disputes."""
        questions = self.standing.pack.asked_of(code, Tier.CORE)
        ranked = sorted(self._ranked(questions), key=lambda question: question.lead != code)
        return [Asking(question, ()) for question in ranked]

    def _open(self, code: str, tier: Tier) -> list[Asking]:
        """What its return leaves open, with the reasons of its follow-up."""
        pack, answers = self.standing.pack, self.standing.answers
        search = OpenQuestions(pack, code, tier, self.language, answers)
        if search.held_back:
            self.held_back[code] = search.held_back
        ranked = self._ranked(pack.question[name] for name in search.found)
        return [self._asking(question, search) for question in ranked]

    def _asking(self, question: Question, search: OpenQuestions) -> Asking:
        public = question.sensitivity is Sensitivity.PUBLIC
        own = search.own.get(question.name)
        reasons = search.found[question.name]
        return Asking(
            question,
            # The reasons of a question in confidence may quote or imply its answer.
            tuple(text for code, text in reasons if public or code in {"blank", "evidence"}),
            before=own.text if own and public else "",
            in_confidence=own is not None and not public,
        )

    def _ranked(self, questions: Iterable[Question]) -> list[Question]:
        """The most valuable first, equals in the order of the questionnaire."""
        return sorted(questions, key=lambda question: -self.worth.get(question.name, 0.0))


def _worth(profile: CountryProfile, round_: str, standing: _Standing) -> dict[str, float]:
    """What a firm answer to each question could change; nothing where nobody has answered."""
    pack = standing.pack
    if pack.method is None or not standing.answers:
        return {}
    ref = AssessmentRef(
        iso3=profile.iso3,
        round=round_,
        pack=pack.id,
        pack_version=pack.version,
        pack_digest=pack.digest,
        method_version=pack.method.version,
    )
    return {
        item.question: item.worth for item in worth_asking(pack, profile, standing.answers, ref)
    }
