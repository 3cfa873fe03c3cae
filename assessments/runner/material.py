"""What a notebook works on: everything known of one assessment, read from the store.

The store is opened read-only; only a flow writes to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from assessments.design import Decision, decisions_of
from assessments.errors import NothingToAssess
from assessments.pack.load import find_pack, load_pack
from assessments.pack.method_trial import with_trial
from assessments.pack.model import Pack
from assessments.reference import country
from assessments.results import Answer, AnswerState, AssessmentRef, CountryProfile, Respondent
from assessments.results import Value as ResultValue
from assessments.runner.execute import read_result
from assessments.store import AcceptedSubmission, Store, open_store
from assessments.store.carried import answers_under

Result = TypeVar("Result", bound=ResultValue)


@dataclass(frozen=True, slots=True)
class Material:
    """One assessment as it stands: the pack, the country, the answers and who gave them."""

    ref: AssessmentRef
    pack: Pack
    country: CountryProfile
    answers: tuple[Answer, ...]
    respondents: tuple[Respondent, ...]
    decisions: tuple[Decision, ...] = ()  # on the project


def load_material(
    iso3: str,
    round_: str,
    pack: str = "cooperation",
    trial: Mapping[str, str | float] | None = None,
) -> Material:
    """Everything the four notebooks need, from the configured store.

    `trial` sets values of the method by their path for this reading alone; the method's version
    then says so. Raises UnknownCountry, UnknownPack, UnknownRound, NothingToAssess where no
    workbook of this assessment has been accepted yet, and Mistake for a trial that cannot be.
    """
    with open_store(read_only=True) as store:
        loaded = load_pack(find_pack(pack))
        return material_of(store, iso3, round_, with_trial(loaded, trial) if trial else loaded)


def material_of(store: Store, iso3: str, round_: str, pack: Pack) -> Material:
    """The same from an open store and a loaded pack."""
    profile = country(iso3)
    store.assessment(iso3, round_)  # raises UnknownRound, naming what there is
    submissions = store.submissions(iso3, round_)
    answers = answers_under(store, iso3, round_, pack).answers
    if not answers:
        raise NothingToAssess(
            f"{iso3} has no accepted answers for round {round_}.",
            "Ingest the returned workbooks first: tana ingest FILE...",
        )
    if pack.method is None:
        raise NothingToAssess(
            f"The pack {pack.id} has no method: it collects answers, and nothing in it is scored.",
            "Export the answers with `tana export`, or give the pack a framework and a method.",
        )
    ref = AssessmentRef(
        iso3=iso3,
        round=round_,
        pack=pack.id,
        pack_version=pack.version,
        pack_digest=pack.digest,
        method_version=pack.method.version if pack.method else "",
    )
    return Material(
        ref=ref,
        pack=pack,
        country=profile,
        answers=answers,
        respondents=tuple(_respondent(submission, answers, pack) for submission in submissions),
        decisions=decisions_of(store.decisions(iso3, round_)),
    )


def counted(material: Material, answers: tuple[Answer, ...]) -> tuple[Respondent, ...]:
    """The respondents with the counts of these answers alone."""
    return tuple(
        one.model_copy(update=_counts(one.institution, answers, material.pack))
        for one in material.respondents
    )


def _respondent(
    submission: AcceptedSubmission, answers: tuple[Answer, ...], pack: Pack
) -> Respondent:
    return Respondent(
        institution=submission.institution,
        workbook_sha256=submission.workbook_sha256,
        version=submission.version,
        received_at=submission.received_at,
        **_counts(submission.institution, answers, pack),
    )


def _counts(institution: str, answers: tuple[Answer, ...], pack: Pack) -> dict[str, int]:
    """What one institution was asked and answered; skipped questions were not put to it."""
    theirs = [answer for answer in answers if answer.institution == institution]
    due = [
        answer
        for answer in theirs
        if answer.state not in {AnswerState.SKIPPED, AnswerState.NOT_APPLICABLE}
    ]
    given = [answer for answer in due if answer.state is AnswerState.ANSWERED]
    return {
        "asked": len(due),
        "answered": len(given),
        "unusable": sum(answer.state is AnswerState.UNUSABLE for answer in due),
        "with_evidence": sum(
            bool(answer.evidence)
            and answer.question in pack.question
            and pack.question[answer.question].evidence
            for answer in given
        ),
    }


def earlier_result(path: str, result: type[Result]) -> Result | None:
    """The result an earlier notebook wrote to `path`; None where `path` is empty."""
    from pathlib import Path

    return read_result(Path(path), result, "the earlier notebook") if path else None
