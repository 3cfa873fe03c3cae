"""A run's story on its page in Prefect: who answered, profile, priorities, project, where to look.

Prefect's page has other readers than the store: it shows what the public report may say, and no
answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_table_artifact,
)
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey

from assessments.report.inputs import ReportInputs
from assessments.report.region import RegionInputs
from assessments.results import PUBLIC_EDITION, Sensitivity
from assessments.runner import STEPS
from assessments.scoring import region_view
from assessments.scoring.region import MemberScores
from assessments.store import Run, open_store
from flows.choose import doubt_of_round
from flows.region_story import shared_rows
from flows.retrying import patient
from flows.standing import standing
from flows.still_holds import Outcome, pack_of_run
from flows.write_reports import has_public_edition, report_inputs

_PUBLIC_SCORES = f"{PUBLIC_EDITION}scores"


@patient("tell the officer", "{outcome.iso3} {outcome.round}: Tell the officer")
def tell_officer(outcome: Outcome) -> None:
    """Put the artifacts of one country's run on its page."""
    with open_store() as store:
        run = store.run(outcome.run)
        if run is None or not has_public_edition(run):
            return
        shown = report_inputs(store, run, edition="public")
    key = artifact_key(outcome.iso3, outcome.round)
    what = f"{outcome.iso3} {outcome.round}"
    _who_answered(key, what, shown)
    _profile(key, what, shown)
    _priorities(key, what, outcome, shown)
    _notebooks(key, what, run)


def artifact_key(iso3: str, round_: str) -> str:
    """How the artifacts of an assessment are named: `xaa-2026`."""
    return f"{iso3}-{round_}".lower()


def forget_story(iso3: str, round_: str) -> None:
    """Remove the artifacts of an assessment, of all its runs."""
    ending = ArtifactFilterKey(like_=f"%-{artifact_key(iso3, round_)}")
    with get_client(sync_client=True) as client:
        while found := client.read_artifacts(artifact_filter=ArtifactFilter(key=ending), limit=100):
            for artifact in found:
                client.delete_artifact(artifact.id)


def _who_answered(key: str, what: str, shown: ReportInputs) -> None:
    review = shown.review
    create_table_artifact(
        key=f"answered-{key}",
        description=f"{what}: who answered. Silent: {', '.join(review.silent) or 'nobody'}.",
        table=[
            {
                "institution": one.institution,
                "version": one.version,
                "received": f"{one.received_at:%Y-%m-%d %H:%M} UTC",
                "asked": one.asked,
                "answered": one.answered,
                "not readable": one.unusable,
                "with a document": one.with_evidence,
            }
            for one in review.respondents
        ],
    )


def _profile(key: str, what: str, shown: ReportInputs) -> None:
    create_table_artifact(
        key=f"profile-{key}",
        description=f"{what}: levels 0 to 4 by dimension, with coverage. No total, no ranking.",
        table=[
            {
                "dimension": line.code,
                "level": "not enough information" if line.level is None else f"{line.level:.1f}",
                "coverage": "" if line.coverage is None else f"{line.coverage:.0%}",
                "sub-dimensions with a level": f"{line.scored} of {line.of}",
            }
            for line in shown.scores.dimensions
        ],
    )


def _priorities(key: str, what: str, outcome: Outcome, shown: ReportInputs) -> None:
    doubt = doubt_of_round(outcome.iso3, outcome.round)
    lines = [
        f"# {what}: draft run {outcome.run[:12]}",
        "",
        *([f"**{doubt}**", ""] if doubt else []),
        f"Done now: {', '.join(outcome.recomputed) or 'nothing, all results still hold'}.  ",
        f"Reused: {', '.join(outcome.reused) or 'nothing'}.",
        "",
        "## First priorities (public ones)",
        "",
        *(f"{gap.rank}. {gap.sub_dimension}: {gap.reason}" for gap in shown.priorities.gaps[:5]),
        "",
        "## Packages",
        "",
        "| package | total with support cost | interventions |",
        "|---|---|---|",
        *(
            f"| {package.name} | USD {package.total:,.0f} | {len(package.chosen)} |"
            for package in shown.design.packages
        ),
        "",
        "This is a draft: approve it with the deployment `publish_report`, or with "
        f"`tana approve {outcome.iso3} --round {outcome.round} --by NAME`.",
    ]
    create_markdown_artifact(
        key=f"assessment-{key}",
        description=f"{what}: priorities and packages",
        markdown="\n".join(lines),
    )


def _notebooks(key: str, what: str, run: Run) -> None:
    for step in STEPS:
        folder = Path(run.folder) / step.name / run.inputs.get(step.name, "")[:16]
        executed = folder / f"{step.name}.ipynb"
        if executed.is_file():
            name = step.name.replace("_", "-")
            link(f"{name}-{key}", executed, f"{what}: the executed notebook of «{step.title}»")


def link(key: str, path: Path, description: str) -> None:
    """A link to a file on the machine that runs tana, with its path to copy."""
    create_link_artifact(key=key, link=path.as_uri(), link_text=str(path), description=description)


def link_report(iso3: str, round_: str, report: Path) -> None:
    """The link from a run's page to its report."""
    what = f"{iso3} {round_}: the report, a DRAFT until it is approved"
    link(f"report-{artifact_key(iso3, round_)}", report, what)


def tell_corridors(found: RegionInputs) -> None:
    """The weakest links between each two of the countries, as their public editions have them."""
    states = ", ".join(member.end.country.iso3 for member in found.members)
    create_table_artifact(
        key=f"corridors-{found.round}".lower(),
        description=f"{found.round}: what cooperation between {states} carries at most (0-4), and "
        "its weakest link, from public answers alone",
        table=[
            {
                "form": one.form,
                "requesting": one.requesting,
                "requested": one.requested,
                "carries at most": "not known" if one.at_most is None else f"{one.at_most:.1f}",
                "weakest link": ", ".join(link.replace("_", " ") for link in one.weakest),
            }
            for one in found.view.corridors
            if one.sensitivity is Sensitivity.PUBLIC
        ],
    )


@patient("tell where all stand", "Tell where all stand")
def tell_standing() -> None:
    """Where every assessment stands now, so that a void approval is seen on the page too."""
    with open_store() as store:
        lines = standing(store)
    create_table_artifact(
        key="standing",
        description="Where every assessment stands, as `tana status` says it",
        table=[
            {
                "country": line.iso3,
                "round": line.round,
                "answered": " ".join(line.answered) or "nobody yet",
                "silent": " ".join(line.silent) or "none",
                "coverage": "" if line.coverage is None else f"{line.coverage:.0%}",
                "run": line.run_state,
                "approval": line.approval,
            }
            for line in lines
        ],
    )


@patient("tell the shared gaps", "Tell the shared gaps")
def tell_shared_gaps(outcomes: Sequence[Outcome]) -> None:
    """Levels of the public editions as distributions; nothing where there are too few members."""
    with open_store() as store:
        runs = filter(None, (store.run(one.run, results=[_PUBLIC_SCORES]) for one in outcomes))
        told = filter(has_public_edition, runs)
        first = next(told, None)
        if first is None:
            return
        pack = pack_of_run(store, first)
        # one after the other: all results of all countries would be much
        region = region_view(map(_public_scores, chain([first], told)))
    rows = shared_rows(pack, region)
    if rows:
        create_table_artifact(
            key=f"shared-gaps-{first.round}".lower(),
            description=f"{first.round}: levels of {region.members} countries as distributions, "
            "from public answers; no country is named or ranked",
            table=rows,
        )


def _public_scores(run: Run) -> MemberScores:
    return MemberScores.model_validate_json(run.results[_PUBLIC_SCORES])
