"""Write the Word report of the run that stands."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

from assessments import __version__
from assessments.errors import NothingToAssess
from assessments.language import words
from assessments.report import Approval, Provenance, ReportFiles, ReportInputs, write_report
from assessments.results import AnswersReview, Priorities, ProjectDesign, Scores
from assessments.runner import STEPS
from assessments.settings import private_folder
from assessments.store import Run, Store, open_store
from assessments.store.carried import answers_under
from flows.still_holds import NOTEBOOK, pack_of_run, standing_approval


def write_country_report(
    iso3: str,
    round_: str,
    out: Path,
    *,
    language: str = "en",
    restricted: bool = False,
    pdf: bool = False,
    template: Path | None = None,
    by: str = "",
) -> ReportFiles:
    """The report in `out`, and a line in the audit trail. An old report stays until it is whole.

    Raises NothingToAssess where there is no run, UnknownLanguage, and TemplateFault for a template
    that cannot be used.
    """
    words(language)  # raises before anything is made
    with open_store() as store:
        run = store.latest_run(iso3, round_)
        if run is None:
            raise NothingToAssess(
                f"{iso3} {round_} was not assessed yet.",
                f"Run: tana assess {iso3} --round {round_}",
            )
        edition: Literal["public", "restricted"] = "restricted" if restricted else "public"
        private_folder(out.resolve())
        made = write_report(
            report_inputs(store, run),
            out / f"{iso3}_{round_}_{edition}_{language}.docx",
            template=template,
            language=language,
            restricted=restricted,
            pdf=pdf,
        )
        store.add_report(
            run.key,
            made.docx,
            edition=edition,
            language=language,
            sha256=hashlib.sha256(made.docx.read_bytes()).hexdigest(),
            by=by,
        )
    return made


def report_inputs(store: Store, run: Run) -> ReportInputs:
    """What a report, an export and the officer's page are made from; redact it first.

    Raises NothingToAssess where the pack has been edited since.
    """
    review = AnswersReview.model_validate_json(run.results["answers_review"])
    design = ProjectDesign.model_validate_json(run.results["project_design"])
    pack = pack_of_run(store, run)
    versions = {respondent.institution: respondent.version for respondent in review.respondents}
    approval = standing_approval(store, run.iso3, run.round)
    return ReportInputs(
        pack=pack,
        country=design.country,
        review=review,
        scores=Scores.model_validate_json(run.results["scores"]),
        priorities=Priorities.model_validate_json(run.results["priorities"]),
        design=design,
        # What the run rested on, not what may have come in since.
        answers=answers_under(store, run.iso3, run.round, pack, versions=versions).answers,
        provenance=Provenance(
            run=run.key,
            made_at=run.made_at,
            tana_version=__version__,
            notebooks=tuple(
                (step.name, run.inputs.get(NOTEBOOK + step.name, "")) for step in STEPS
            ),
            approval=Approval(by=approval.name, at=approval.approved_at)
            if approval and approval.valid and approval.run == run.key
            else None,
        ),
    )
