"""An example country as its report is made from, by the library alone: no notebooks, no run."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from example_answers import ROUND, example_submissions

from assessments.pack.model import Pack
from assessments.report import Edition, Provenance, ReportInputs
from assessments.runner.material import Material, material_of
from assessments.scoring.publication import public_answers
from assessments.settings import Settings
from assessments.store import open_store
from flows.compute import Results


def material(folder: Path, iso3: str, pack: Pack) -> Material:
    """The example's answers, accepted into a store of their own in `folder`."""
    with open_store(Settings(home=folder)) as store:
        store.open_assessment(iso3, ROUND, pack.id, pack.version, pack.digest)
        store.accept_many(example_submissions(pack, iso3))
        return material_of(store, iso3, ROUND, pack)


def report_inputs(given: Material, results: Results, edition: Edition) -> ReportInputs:
    """What a report of this edition is made from."""
    answers = given.answers
    return ReportInputs(
        pack=given.pack,
        country=results.design.country,
        review=results.review,
        scores=results.scores,
        priorities=results.priorities,
        design=results.design,
        answers=public_answers(given.pack, answers) if edition == "public" else answers,
        edition=edition,
        provenance=Provenance(
            run="1" * 64, made_at=datetime(2026, 5, 1, tzinfo=UTC), tana_version="0"
        ),
    )
