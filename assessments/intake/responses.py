"""A returned response workbook: what the Government says of a report, checked against that report.

What the report states now comes from above (`form_of`), because a report is composed from results,
which intake knows nothing of.
"""

from __future__ import annotations

from collections.abc import Callable

from assessments.errors import UnknownRound
from assessments.intake.completing import Checked
from assessments.pack.model import Tier
from assessments.problems import Problem
from assessments.reference.countries import known
from assessments.results import Sensitivity
from assessments.store import RESPONSES, Store
from assessments.store.packs import pack_of
from assessments.untrusted import Cells
from assessments.workbook.identity import Identity
from assessments.workbook.read import Reading
from assessments.workbook.response.claim import Claim, claim_of
from assessments.workbook.response.form import Form
from assessments.workbook.response.read import read_responses
from assessments.workbook.texts import fault

FormOf = Callable[[Store, Claim], Form | None]  # None where there is no such report


def check_response(cells: Cells, name: str, store: Store, form_of: FormOf | None) -> Checked:
    """The responses of one workbook, and all that is wrong with it."""
    claim = claim_of(cells)
    if isinstance(claim, tuple):
        return _refused(cells, name, claim)
    form = form_of(store, claim) if form_of is not None and _opened(store, claim) else None
    if form is None:
        what = f"{claim.iso3} {claim.round} ({claim.edition})"
        return _refused(cells, name, (fault("response-without-report", value=what),))
    pack = pack_of(store, store.assessment(claim.iso3, claim.round))
    giver = RESPONSES[claim.edition]
    read = read_responses(cells, claim, form, giver, name)
    identity = Identity(
        pack=pack.id,
        pack_version=pack.version,
        pack_digest=pack.digest,
        iso3=claim.iso3,
        round=claim.round,
        institution=giver,
        language=claim.language,
        tier=Tier.DEEP,
    )
    reading = Reading(identity, read.answers, read.problems, cells.sha256)
    closed = claim.edition != "public"
    marks = {one.question: Sensitivity.RESTRICTED for one in read.answers if closed}
    return Checked(reading, pack, read.problems, sensitivity=marks)


def _opened(store: Store, claim: Claim) -> bool:
    try:
        return known(claim.iso3) and bool(store.assessment(claim.iso3, claim.round))
    except UnknownRound:
        return False


def _refused(cells: Cells, name: str, problems: tuple[Problem, ...]) -> Checked:
    told = tuple(problem.model_copy(update={"file": name}) for problem in problems)
    return Checked(Reading(None, (), told, cells.sha256), None, told)
