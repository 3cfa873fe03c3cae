"""Write the view of a region: what holds between several States, from their public editions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from assessments.design import End
from assessments.errors import Mistake, NothingToAssess
from assessments.language import words
from assessments.reference import networks_of_region
from assessments.report import ReportFiles
from assessments.report.region import MemberInputs, RegionInputs, write_region
from assessments.results import PUBLIC_EDITION
from assessments.settings import private_folder
from assessments.store import Run, Store, open_store
from flows.compute import Results
from flows.still_holds import pack_of_run
from flows.write_reports import approval_of, has_public_edition, run_that_stands


def write_region_report(
    iso3s: Sequence[str],
    round_: str,
    out: Path,
    *,
    language: str = "en",
    pdf: bool = False,
    template: Path | None = None,
    by: str = "",
) -> ReportFiles:
    """The document in `out`, and a line in the audit trail of every State in it.

    Raises NothingToAssess where a State has no run or none with a public edition, Mistake where
    they answered different questionnaires, UnknownLanguage, and TemplateFault.
    """
    words(language)  # raises before anything is made
    with open_store() as store:
        runs = [run_that_stands(store, iso3, round_) for iso3 in sorted(iso3s)]
        private_folder(out.resolve())
        name = f"region_{'_'.join(run.iso3 for run in runs)}_{round_}_public_{language}.docx"
        made = write_region(
            region_inputs(store, runs), out / name, template=template, language=language, pdf=pdf
        )
        for run in runs:
            store.add_report(
                run.key,
                made.docx,
                edition="public",
                language=language,
                sha256=hashlib.sha256(made.docx.read_bytes()).hexdigest(),
                by=by,
            )
    return made


def region_inputs(store: Store, runs: Sequence[Run]) -> RegionInputs:
    """The public editions of these runs side by side, in the order of the countries' codes.

    Raises Mistake where they were assessed with different packs, NothingToAssess where one has no
    public edition.
    """
    packs = {pack.digest: pack for pack in (pack_of_run(store, run) for run in runs)}
    if len(packs) > 1:
        raise Mistake(
            "These States were assessed with different questionnaires or methods: "
            f"{', '.join(sorted(f'{pack.id} {pack.version}' for pack in packs.values()))}.",
            "Name States of one questionnaire, and assess them anew with one method.",
        )
    return RegionInputs(
        pack=next(iter(packs.values())),
        round=runs[0].round,
        members=tuple(_member(store, run) for run in runs),
    )


def _member(store: Store, run: Run) -> MemberInputs:
    if not has_public_edition(run):
        raise NothingToAssess(
            f"The run of {run.iso3} {run.round} has no public edition, and the view of a region "
            "rests on public editions alone.",
            "Move what its notebooks compute otherwise into method.toml or the library and run "
            f"`tana assess {run.iso3} --round {run.round}`.",
        )
    found = Results.stored(run.results, PUBLIC_EDITION)
    country = found.design.country
    return MemberInputs(
        end=End(country, found.scores, found.design, networks_of_region(country)),
        run=run.key,
        made_at=run.made_at,
        approval=approval_of(store, run),
    )
